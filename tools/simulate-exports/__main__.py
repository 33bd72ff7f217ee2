"""Writes simulated survey exports: each platform's layout in each of four languages.

usage: python3 tools/simulate-exports FOLDER [ROWS] [NAME...]      such as qualtrics-de, kobo-fr, sav-es

Every respondent is invented: answers are drawn from three planted groups (families, city singles,
retired people) with a fixed seed. The layouts follow the platforms' own documentation. CSV needs
nothing but Python; .sav, .dta and .xpt need pandas and pyreadstat, .xlsx needs openpyxl.
"""
import os
import sys

sys.dont_write_bytecode = True

from export import Export
from platforms import (alchemer, excel, googleforms, kobo, limesurvey, qualtrics, qualtricscodes, redcap,
                       redcaplabels, surveymonkey, typeform)
from programs import program, xlsx
from words import WORDS

LAYOUTS = dict(
    qualtrics=qualtrics, qualtricscodes=qualtricscodes, surveymonkey=surveymonkey,
    googleforms=googleforms, limesurvey=limesurvey, typeform=typeform, alchemer=alchemer, kobo=kobo,
    redcap=redcap, redcaplabels=redcaplabels, excel=excel, xlsx=xlsx,
    sav=lambda export: program(export, "sav"), dta=lambda export: program(export, "dta"),
    xpt=lambda export: program(export, "xpt"))

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    wanted = sys.argv[3:] or [f"{layout}-{language}" for layout in LAYOUTS for language in WORDS]
    os.makedirs(folder, exist_ok=True)
    for name in wanted:
        layout, language = name.split("-")
        kind, made = LAYOUTS[layout](Export(language, rows))
        with open(os.path.join(folder, f"{name}.{kind}"), "wb") as file:
            file.write(made if isinstance(made, bytes) else made.encode("utf-8"))
