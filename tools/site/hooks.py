"""Turns what the project's pages have and the site's reader does not know into what it knows."""

import posixpath
import re

# Where a word is explained comes before where it is listed.
BOOST = {"docs/glossary.md": 4, "docs/your-own-file.md": 2, "docs/study-file.md": 2, "docs/cookbook.md": 2, "docs/outputs.md": 0.5,
         "ARCHITECTURE.md": 0.3, "CONTRIBUTING.md": 0.3, "CHANGELOG.md": 0.2}
NAMED = (r"(?<![\w/\[`])(?<!\]\()(`?)"
         r"((?:docs|notebooks-md|datasets|notebooks)/[\w./-]+\.md|(?:ARCHITECTURE|CONTRIBUTING|SECURITY)\.md)\1(?!\])")


def on_page_markdown(markdown, page, config, files):
    page.meta["search"] = {"boost": BOOST.get(page.file.src_uri, 1)}
    folder = posixpath.dirname(page.file.src_uri)
    known = {file.src_uri for file in files}

    def linked(match):
        path = match.group(2)
        if path not in known or path == page.file.src_uri:
            return match.group(0)
        return f"[{path}]({posixpath.relpath(path, folder or '.')})"

    lines, fenced = [], False
    for line in markdown.split("\n"):
        if line.startswith("```"):
            fenced = not fenced
            if fenced:  # ```file NAME, ```console tol=0.15
                line = re.sub(r"^```file (\S+\.(\w+)).*", r'```\2 title="\1"', line)
                line = re.sub(r"^```(console|python) .*", r"```\1", line)
        elif not fenced:  # pages that are named and not linked
            line = re.sub(NAMED, linked, line)
        lines.append(line)
    return "\n".join(lines)
