"""``tessera`` on the command line: hands over to the program in this package."""

import os
import sys

from ._call import TesseraError, program


def main() -> None:
    """Becomes the command."""
    try:
        command = program()
        os.execv(command, [command, *sys.argv[1:]])
    except (TesseraError, OSError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
