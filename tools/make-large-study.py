#!/usr/bin/env python3
"""Makes a study of 12 segments and 60 products, all of it simulated, to see whether the report stays
readable."""
import argparse
import csv
import random
from pathlib import Path

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("folder", type=Path, help="where study, tables and survey go")
options.add_argument("respondents", type=int, nargs="?", default=3000)
given = options.parse_args()
folder, count = given.folder, given.respondents
folder.mkdir(parents=True, exist_ok=True)
chance = random.Random(12060)

SEGMENTS = 12
QUESTIONS = [f"habit{i + 1}" for i in range(14)]
NEEDS = [
    ("room", "Room for everybody"), ("safe", "Keeps everybody safe"), ("cheap", "Affordable to buy"),
    ("thrifty", "Cheap to run"), ("quick", "Quick off the line"), ("quiet", "Quiet at speed"),
    ("park", "Easy to park in town"), ("tow", "Tows a caravan"), ("green", "Low emissions"),
    ("smart", "Latest electronics"), ("comfort", "Comfortable on long journeys"),
    ("status", "Something to be seen in"),
]
FEATURES = {
    "seats": ("seats", "", "linear: [2, 7]"), "stars": ("safety", "stars", "linear: [1, 5]"),
    "price": ("price", "USD", "burden: { income: income, full_at: 0.4, zero_at: 1.4 }"),
    "mileage": ("mileage", "mpg", "linear: [15, 60]"), "sprint": ("0 to 60 mph", "s", "linear: [12, 4]"),
    "noise": ("noise at 60 mph", "dB", "linear: [72, 60]"), "length": ("length", "in", "linear: [210, 140]"),
    "towing": ("towing capacity", "lb", "linear: [0, 7000]"), "co2": ("emissions", "g/mi", "linear: [400, 0]"),
    "screen": ("screen", "in", "linear: [0, 16]"), "seat_comfort": ("seat comfort", "points", "linear: [1, 10]"),
    "prestige": ("prestige", "points", "linear: [1, 10]"),
}
profiles = [[chance.randint(1, 4) for _ in QUESTIONS] for _ in range(SEGMENTS)]
weights = [[chance.choice([2, 3, 4, 5, 6]) for _ in NEEDS] for _ in range(SEGMENTS)]
wealth = [chance.uniform(25, 140) for _ in range(SEGMENTS)]

with open(folder / "respondents.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(
        ["id"] + QUESTIONS + ["age"] + [f"imp_{n}" for n, _ in NEEDS] + [f"sat_{n}" for n, _ in NEEDS]
        + ["income", "max_price", "household", "stops"])
    for person in range(count):
        g = chance.randrange(SEGMENTS)
        answers = [a if chance.random() < 0.8 else chance.randint(1, 4) for a in profiles[g]]
        scale = lambda mean: min(7, max(1, round(chance.gauss(mean, 1.1))))
        income = round(max(12, chance.gauss(wealth[g], 18))) * 1000
        stops = [s for s in ("range", "size", "doors") if chance.random() < 0.18]
        table.writerow(
            [person + 1] + answers + [min(89, max(18, round(chance.gauss(25 + 4 * g, 9))))]
            + [scale(w) for w in weights[g]] + [scale(4) for _ in NEEDS]
            + [income, round(income * chance.uniform(0.3, 1.1) / 100) * 100, chance.choice([1, 1, 2, 2, 3, 4, 5, 6]),
               ";".join(stops)])

makers = ["Aster", "Borealis", "Cirrus", "Dorado", "Equinox", "Fennec", "Garnet", "Heron", "Ibis", "Juniper"]
kinds = ["City", "Wagon", "Sport", "Family SUV", "Pickup Crew Cab", "Electric Grand Tourer"]
with open(folder / "products.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["product", "label"] + list(FEATURES))
    for number in range(60):
        kind = number % 6
        table.writerow([
            f"p{number + 1:02}", f"{makers[number // 6]} {kinds[kind]}", [4, 5, 2, 7, 5, 4][kind],
            chance.choice([2, 3, 4, 5]), round([16, 28, 45, 38, 42, 80][kind] * chance.uniform(0.8, 1.3)) * 1000,
            [44, 32, 22, 24, 17, 58][kind] + chance.randint(-3, 3), round([11, 9, 5, 9, 8, 4.5][kind] + chance.uniform(-1, 1), 1),
            chance.randint(60, 72), [150, 185, 172, 195, 208, 190][kind] + chance.randint(-5, 5),
            [0, 2000, 0, 4000, 7000, 1500][kind], [180, 240, 330, 300, 390, 0][kind], chance.choice([6, 8, 10, 12, 15]),
            chance.randint(2, 10), chance.randint(1, 10)])
names = list(FEATURES)
with open(folder / "relations.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["need"] + names)
    for position, (need, _) in enumerate(NEEDS):
        row = [""] * len(names)
        row[position] = 9
        row[(position + 5) % len(names)] = 1
        table.writerow([need] + row)
study = ["title: Twelve segments and sixty products (simulated)", "survey:", "  file: respondents.csv", "  id: id", "  sets:", "    blocks: { column: stops, separator: \";\" }",
         "segments:", f"  active: [{', '.join(QUESTIONS)}]", "  passive: [age]", f"  count: {SEGMENTS}",
         "need_scale: [1, 7]", "needs:"]
study += [f'  {n}: {{ label: "{l}", importance: imp_{n}, satisfaction: sat_{n} }}' for n, l in NEEDS]
study += ["features:"]
for n, (l, u, v) in FEATURES.items():
    unit = f'unit: "{u}", ' if u else ""
    study.append(f'  {n}: {{ label: "{l}", {unit}value: {{ {v} }} }}')
study += ["products: products.csv", "relations: relations.csv", "barriers:",
          '  over_budget: { label: dearer than they would pay, violated_when: "price > max_price" }',
          '  too_few_seats: { label: fewer seats than people in the household, violated_when: "seats < household", strength: 0.7 }',
          '  too_long: { label: too long to park, violated_when: "length > 190", held_by: "blocks includes size", strength: 0.5 }',
          '  too_dirty: { label: emits too much, violated_when: "co2 > 250", held_by: "blocks includes range", strength: 0.5 }',
          "edits:",
          "  p03_seats: { label: Sport with four seats, product: p03, set: { seats: 4 }, cost: 900 }",
          "  p04_cheaper: { label: Family SUV at 30000, product: p04, set: { price: 30000 }, cost: 5000 }"]
(folder / "study.yaml").write_text("\n".join(study) + "\n")
