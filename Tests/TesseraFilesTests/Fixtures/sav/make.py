"""Writes the SPSS, Stata and SAS fixtures of this folder with pyreadstat 1.3.7.

usage: python3 make.py, in this folder. The same data each time; pandas and pyreadstat are needed.
"""
import datetime

import pandas
import pyreadstat

ROWS = 40
data = pandas.DataFrame(
    {
        "respondent": [float(i + 1) for i in range(ROWS)],
        "gender": [float(1 + i % 2) for i in range(ROWS)],
        "satisfaction_overall": [99.0 if i % 10 == 9 else float(1 + i * 7 % 5) for i in range(ROWS)],
        "income": [None if i % 8 == 3 else 1000.5 * (i + 1) for i in range(ROWS)],
        "w": [0.5 + (i % 4) * 0.25 for i in range(ROWS)],
        "city": [["Zürich", "Genève", "Łódź"][i % 3] for i in range(ROWS)],
        "comment": ["" if i % 5 == 0 else f"answer {i} " + "é" * (i * 9) for i in range(ROWS)],
        "seen_on": [datetime.date(2026, 1, 1) + datetime.timedelta(days=i) for i in range(ROWS)],
        "channel_tv": [float(i % 2) for i in range(ROWS)],
        "channel_web": [float(i % 3 == 0) for i in range(ROWS)],
    }
)
labels = {
    "gender": {1.0: "Männer", 2.0: "Women"},
    "satisfaction_overall": {1.0: "Very poor", 5.0: "Very good", 99.0: "Refused"},
    "channel_tv": {0.0: "no", 1.0: "yes"},
    "channel_web": {0.0: "no", 1.0: "yes"},
}
common = dict(
    file_label="Tessera fixture",
    column_labels={"satisfaction_overall": "How satisfied are you overall? 你好"},
    variable_value_labels=labels,
)
spss = dict(
    common,
    missing_ranges={"satisfaction_overall": [99], "income": [{"lo": 39000, "hi": 50000}]},
    variable_measure={
        "gender": "nominal", "satisfaction_overall": "ordinal", "income": "scale", "w": "scale",
        "city": "nominal", "channel_tv": "nominal", "channel_web": "nominal",
    },
)
pyreadstat.write_sav(data, "plain.sav", **spss)
pyreadstat.write_sav(data, "bytecode.sav", row_compress=True, **spss)
pyreadstat.write_sav(data, "zlib.zsav", compress=True, **spss)
pyreadstat.write_dta(
    data, "stata.dta", file_label="Tessera fixture",
    column_labels=common["column_labels"],
    variable_value_labels={k: {int(c): t for c, t in v.items()} for k, v in labels.items()},
)
short = data.rename(columns={"satisfaction_overall": "satis", "respondent": "respid",
                             "channel_tv": "ch_tv", "channel_web": "ch_web"})
pyreadstat.write_por(short.drop(columns=["comment", "city"]), "portable.por")
pyreadstat.write_xport(short.drop(columns=["comment"]), "transport.xpt", file_format_version=5)
