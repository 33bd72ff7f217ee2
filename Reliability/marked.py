"""A simulated survey whose people carry marks that must come out nowhere, and a study of it."""

STUDY = """title: Simulated privacy
survey:
  file: people.csv
  id: id
  levels: { age: numeric, region: nominal, faith: nominal, kids: numeric }
  sets: { does: { columns: "act_*", chosen: 1 }, stops: { column: stops, separator: ";" } }
segments: { active: [age, job, kids, does], passive: [region, faith, top, stops], count: %d, stability: 0 }
need_scale: [1, 5]
needs:
  room: { importance: imp_room, satisfaction: sat_room }
  cheap: { importance: imp_price }
features:
  seats: { value: { linear: [2, 5] } }
  price: { value: { linear: [50000, 10000] } }
products: { coupe: { seats: 2, price: 35000 }, van: { seats: 7, price: 30000 }, mini: { seats: 4, price: 15000 } }
relations: { room: { seats: 9 }, cheap: { price: 9 } }
barriers:
  too_few: { violated_when: "seats < 3", held_by: "stops includes seats" }
  too_dear: { violated_when: "price > top" }
edits: { roomy: { product: coupe, set: { seats: 4 }, cost: 400 } }
channels: [act_a, act_b]
sensitive: [faith]
privacy: %s
banner: [segments, region]
"""


def draw(rng):
    """A survey with a few people who are alone with their answers."""
    count, rows = rng.randint(180, 420), []
    regions = ["north"] * (count // 2) + ["south"] * (count // 3) + ["atlantis"] * rng.randint(1, 4)
    regions += ["lemuria"] * rng.randint(1, 4)
    regions += ["east"] * (count - len(regions))
    rng.shuffle(regions)
    for place in range(count):
        family = rng.random() < 0.5
        stops = [word for word, chance in (("seats", 0.5 if family else 0.1), ("price", 0.4)) if rng.random() < chance]
        rows.append({
            "id": "CANARYID%04d" % place, "email": "canary%d@example.invalid" % place,
            "name": "Canaryname%d Smith" % place, "phone": "+49 171 555%04d" % place,
            "ip": "192.0.2.%d" % (place % 250), "comment": "CANARYTEXT%d I dislike this" % place,
            "age": rng.randint(30, 70) if family else rng.randint(18, 45), "region": regions[place],
            "faith": rng.choices(["none", "some", "other", "zoroastrian"], [60, 30, 12, 0.6])[0],
            "job": rng.choice(["office", "craft"] if family else ["office", "student"]),
            "kids": rng.choice([1, 2, 3]) if family else int(rng.random() < 0.1),
            "act_a": int(rng.random() < (0.8 if family else 0.2)), "act_b": int(rng.random() < (0.2 if family else 0.7)),
            "act_falconry": int(rng.random() < 0.01), "imp_room": rng.randint(3, 5) if family else rng.randint(1, 3),
            "sat_room": rng.randint(1, 5), "imp_price": rng.randint(1, 5),
            "top": rng.choice([20000, 25000, 30000, 40000]), "stops": ";".join(stops)})
    return rows


def write(folder, rows, name="people.csv"):
    lines = [",".join(rows[0])] + [",".join(str(cell) for cell in row.values()) for row in rows]
    (folder / name).write_text("\n".join(lines) + "\n")
