"""Segments of a survey, and how well products fit them: the command ``tessera`` from Python.

Every number comes from the command; this package hands data over and reads its files back.
"""

from ._answers import Assignments, Draft, Inspection, Tables, WhatIf
from ._call import DataError, TesseraError
from ._commands import (
    assign,
    draft,
    example,
    fit,
    inspect,
    open_run,
    run,
    segment,
    tables,
    whatif,
)
from ._results import Fit, Run, Segmentation
from ._rows import (
    Assignment,
    Cell,
    Gain,
    Problem,
    ProfileRow,
    Segment,
    Table,
    TableCell,
    Variable,
)
from ._segmenter import Segmenter

__version__ = "0.1.0"

__all__ = [
    "Assignment",
    "Assignments",
    "Cell",
    "DataError",
    "Draft",
    "Fit",
    "Gain",
    "Inspection",
    "Problem",
    "ProfileRow",
    "Run",
    "Segment",
    "Segmentation",
    "Segmenter",
    "Table",
    "TableCell",
    "Tables",
    "TesseraError",
    "Variable",
    "WhatIf",
    "assign",
    "draft",
    "example",
    "fit",
    "inspect",
    "open_run",
    "run",
    "segment",
    "tables",
    "whatif",
]
