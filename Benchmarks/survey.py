"""Columns of a survey as the compared packages want them, and what a piece of work cost."""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd

NUMBERS = ["age", "income", "household_size"]
CHOICES = ["occupation", "marital", "gender", "region"]
BOXES = [f"sm_{i}" for i in range(1, 13)]
SCALES = [f"pain_{i}" for i in range(1, 13)]


def read(path):
    return pd.read_csv(path)


def standardised(column):
    values = column.to_numpy(dtype=float)
    values = (values - np.nanmean(values)) / np.nanstd(values)
    return np.nan_to_num(values, nan=0.0)


def codes(survey):
    """Boxes as 1 and 2, scales as 1 to 5, gaps as 0: respondents x 24."""
    boxes = survey[BOXES] + 1
    return pd.concat([boxes, survey[SCALES]], axis=1).fillna(0).to_numpy(dtype=np.int32)


def logged(survey):
    numbers = survey[NUMBERS].astype(float)
    numbers["income"] = np.log(numbers["income"])
    return numbers


def matrix(survey, kind=np.float64):
    """59 standardised columns, gaps at the mean."""
    plain = pd.concat([logged(survey), survey[BOXES + SCALES]], axis=1)
    columns = [standardised(plain[name]) for name in plain]
    for name in ["education"] + CHOICES:
        for answer in sorted(survey[name].dropna().unique()):
            indicator = (survey[name] == answer).astype(float)
            columns.append(standardised(indicator.where(survey[name].notna())))
    return np.ascontiguousarray(np.column_stack(columns), dtype=kind)


def mixed(survey):
    """16 standardised numbers, and 16 choices in which a gap is an answer."""
    numbers = pd.concat([logged(survey), survey[["education"] + SCALES]], axis=1)
    choices = survey[CHOICES + BOXES].astype(object).where(survey[CHOICES + BOXES].notna(), "none")
    return numbers.apply(standardised, axis=0, result_type="broadcast"), choices.astype(str)


def categories(survey):
    """29 choices in which a gap is an answer."""
    names = CHOICES + ["education"] + BOXES + SCALES
    return survey[names].astype(object).where(survey[names].notna(), "none").astype(str)


class Meter:
    def __enter__(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self.began = usage.ru_utime + usage.ru_stime
        self.clock = time.perf_counter()
        return self

    def __exit__(self, *_):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        self.processor = usage.ru_utime + usage.ru_stime - self.began
        self.wall = time.perf_counter() - self.clock
        self.peak = usage.ru_maxrss / 1024


def tell(meter, quality, scale=1):
    """Prints one line; `scale` is what the work done must be multiplied by to be comparable."""
    print(json.dumps({
        "cpu_s": meter.processor * scale, "wall_s": meter.wall * scale, "rss_mb": meter.peak,
        "scale": scale, "quality": quality,
    }))
    sys.stdout.flush()
