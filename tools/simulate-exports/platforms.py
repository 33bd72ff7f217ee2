"""The layouts of the platforms' delimited exports."""
import csv

from export import numbered
from people import stamp

BRANDS = ["alto", "brio"]


def qualtrics_frame(export):
    add = export.add
    add("StartDate", stamp, "Start Date")
    add("EndDate", lambda p: stamp(p, p["seconds"]), "End Date")
    add("Status", lambda p: "Survey Preview" if p["number"] == 1 else "IP Address", "Response Type")
    add("IPAddress", lambda p: f"192.0.2.{p['number'] % 250}", "IP Address")
    add("Progress", lambda p: 100, "Progress")
    add("Duration (in seconds)", lambda p: p["seconds"], "Duration (in seconds)")
    add("Finished", lambda p: "True", "Finished")
    add("ResponseId", lambda p: f"R_{p['number'] * 7919:09d}", "Response ID")
    add("LocationLatitude", lambda p: f"{40 + p['number'] % 90 / 10:.4f}", "Location Latitude")
    add("UserLanguage", lambda p: export.language.upper(), "User Language")


def qualtrics_header(export):
    names = [name for name, _, _ in export.columns]
    return [names, [label for _, label, _ in export.columns],
            ['{"ImportId":"%s"}' % name.replace(" ", "_") for name in names]]


def qualtrics(export):
    qualtrics_frame(export)
    names = numbered(export, "Q")
    export.joined(",", names["single"], names["grid"], names["name"])
    return "csv", export.table(qualtrics_header(export))


def qualtricscodes(export):
    qualtrics_frame(export)
    names = numbered(export, "F")
    export.ask(names["single"], names["multi"], names["grid"],
               dict(open=names["name"]("open"), other=lambda key: ("F8_9_TEXT", "Other - Text")),
               codes=True, chosen=(1, ""), ratings="codes")
    return "csv", export.table(qualtrics_header(export))


def surveymonkey(export):
    word = export.word
    below = {"en": ("Response", "Open-Ended Response"), "de": ("Antwort", "Offene Antwort"),
             "fr": ("Réponse", "Réponse ouverte"), "es": ("Respuesta", "Respuesta abierta")}
    plain, free = below[export.language]
    for name, answer in (("Respondent ID", lambda p: 118000000000 + p["number"]),
                         ("Collector ID", lambda p: 460000001), ("Start Date", stamp),
                         ("End Date", lambda p: stamp(p, p["seconds"])),
                         ("IP Address", lambda p: f"192.0.2.{p['number'] % 250}"),
                         ("Email Address", lambda p: "")):
        export.add(name, answer)
    seen = set()

    def first(key):
        return "" if key in seen or seen.add(key) else word[key]
    export.ask(lambda key: (word[key], plain), lambda key, place, option: (first(key), option),
               lambda key, place, item: (first(key), item),
               dict(open=(word["open"], free), other=lambda key: ("", word["other"])))
    rows = [[name for name, _, _ in export.columns], [label for _, label, _ in export.columns]]
    return "csv", export.table(rows)


def googleforms(export):
    word = export.word
    title = {"en": "Timestamp", "de": "Zeitstempel", "fr": "Horodateur", "es": "Marca temporal"}
    export.add(title[export.language], lambda p: stamp(p, 0, "%d/%m/%Y %H:%M:%S"))
    export.joined(", ", lambda key: (word[key], ""),
                  lambda key, place, item: (f"{word[key]} [{item}]", ""),
                  lambda key: (word[key], ""))
    return "csv", export.table()


def limesurvey(export):
    names = export.names()
    for name, answer in (("id", lambda p: p["number"]), ("submitdate", stamp),
                         ("lastpage", lambda p: 7), ("startlanguage", lambda p: export.language),
                         ("seed", lambda p: p["number"] * 37 + 1000000), ("startdate", stamp)):
        export.add(name, answer)
    export.ask(lambda key: (names[key], ""),
               lambda key, place, option: (f"{names[key]}[SQ{place + 1:03d}]", ""),
               lambda key, place, item: (f"{names[key]}[{item}]", ""),
               dict(open=(names["open"], ""), other=lambda key: (f"{names[key]}[other]", "")),
               chosen=(export.word["yes"], export.word["no"]))
    export.add("interviewtime", lambda p: f"{p['seconds']}.{p['number'] % 100:02d}")
    return "csv", export.table(quote=csv.QUOTE_ALL, bom="\ufeff")


def typeform(export):
    word = export.word
    export.add("#", lambda p: f"{p['number'] * 99991:032x}")
    export.ask(lambda key: (word[key], ""), lambda key, place, option: (option, ""),
               lambda key, place, item: (f"{word[key]} *{item}*", ""),
               dict(open=(word["open"], "")), ratings="codes")
    export.add("Start Date (UTC)", stamp)
    export.add("Submit Date (UTC)", lambda p: stamp(p, p["seconds"]))
    export.add("Network ID", lambda p: f"{p['number'] * 31:010x}")
    return "csv", export.table()


def alchemer(export):
    word = export.word
    for name, answer in (("Response ID", lambda p: p["number"]), ("Time Started", stamp),
                         ("Date Submitted", lambda p: stamp(p, p["seconds"])),
                         ("Status", lambda p: "Partial" if p["number"] % 17 == 0 else "Complete"),
                         ("Contact ID", lambda p: ""), ("Language", lambda p: "English"),
                         ("SessionID", lambda p: f"{p['number']}_{p['number'] * 7}"),
                         ("Longitude", lambda p: f"-71.{p['number']}")):
        export.add(name, answer)
    export.ask(lambda key: (word[key], ""),
               lambda key, place, option: (f"{option}:{word[key]}", ""),
               lambda key, place, item: (f"{item}:{word[key]}", ""), dict(open=(word["open"], "")),
               ratings="codes")
    return "csv", export.table(quote=csv.QUOTE_ALL)


def kobo(export):
    names = export.names()

    def slug(text):
        return "".join(c if c.isalnum() else "_" for c in text.lower())
    export.add("start", lambda p: stamp(p, 0, "%Y-%m-%dT%H:%M:%S.000+01:00"))
    export.add("end", lambda p: stamp(p, p["seconds"], "%Y-%m-%dT%H:%M:%S.000+01:00"))
    export.ask(lambda key: (f"group1/{names[key]}", ""),
               lambda key, place, option: (f"group2/{names[key]}/{slug(option)}", ""),
               lambda key, place, item: (f"group3/{names[key]}_{slug(item)}", ""),
               dict(open=(names["open"], "")), chosen=(1, 0), ratings="codes")
    for name, answer in (("_id", lambda p: 100 + p["number"]),
                         ("_uuid", lambda p: f"uuid-{p['number']}"), ("_submission_time", stamp),
                         ("_status", lambda p: "submitted_via_web"),
                         ("_index", lambda p: p["number"])):
        export.add(name, answer)
    return "csv", export.table(delimiter=";", quote=csv.QUOTE_ALL)


def redcap(export):
    names = export.names()
    export.add("record_id", lambda p: p["number"])
    export.add("redcap_event_name", lambda p: "baseline_arm_1")
    export.ask(lambda key: (names[key], ""),
               lambda key, place, option: (f"{names[key]}___{place + 1}", ""),
               lambda key, place, item: (f"{names[key]}_{place + 1}", ""),
               dict(open=(names["open"], "")), codes=True, chosen=(1, 0), ratings="codes")
    for brand in BRANDS:
        export.add(f"{brand}_aware", lambda p: int(p["aware"]))
        export.add(f"{brand}_bought", lambda p: int(p["aware"] and p["number"] % 3 == 0))
    export.add("survey_complete", lambda p: 2)
    return "csv", export.table()


def redcaplabels(export):
    word = export.word
    export.add("Record ID", lambda p: p["number"])
    export.ask(lambda key: (word[key], ""),
               lambda key, place, option: (f"{word[key]} (choice={option})", ""),
               lambda key, place, item: (f"{word[key]} {item}", ""), dict(open=(word["open"], "")),
               chosen=("Checked", "Unchecked"))
    return "csv", export.table()


def excel(export):
    """What Excel writes as CSV where the comma is decimal."""
    names, word = export.names(), export.word
    export.add(word["id"], lambda p: p["number"])
    export.add(word["weight"], lambda p: str(p["weight"]).replace(".", ","))
    export.ask(lambda key: (names[key], ""), lambda key, place, option: (option, ""),
               lambda key, place, item: (f"{names[key]}: {item}", ""),
               dict(open=(names["open"], "")), chosen=(1, 0), ratings="codes")
    return "csv", "sep=;\r\n" + export.table(delimiter=";") + "\r\n"
