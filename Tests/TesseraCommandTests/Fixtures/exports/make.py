"""Writes simulated survey exports in the layouts of common platforms.

usage: make.py [FOLDER]

Every respondent is invented: the answers are drawn from two planted groups (families and city
singles) with a fixed seed, so the files are the same bytes each time. The layouts follow the
platforms' own documentation of their exports. Needs pandas and pyreadstat for the .sav and .dta.
"""
import csv
import os
import random
import sys

HERE = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
N = 36
NEEDS = ["space", "safety", "price", "style"]
MEDIA = ["TV", "Radio", "Newspaper", "Social media"]
ACTS = ["Travel", "Sports", "Cooking", "Gaming", "Reading"]
STOPS = ["Too expensive", "Too small", "No child seat"]


def people(seed):
    """One dict a respondent, in codes that every layout words in its own way."""
    draw = random.Random(seed)
    result = []
    for number in range(1, N + 1):
        family = draw.random() < 0.55

        def pick(weights):
            return draw.choices(range(len(weights)), weights)[0]

        def rate(mean):
            return max(1, min(5, round(draw.gauss(mean, 0.8))))

        person = {
            "id": number,
            "family": family,
            "seconds": round(draw.lognormvariate(6, 0.3)),
            "age": pick([1, 4, 5, 2] if family else [5, 4, 2, 3]),
            "gender": pick([50, 47, 3]),
            "income": pick([1, 3, 4, 2] if family else [3, 4, 2, 1]),
            "job": pick([6, 1, 1, 2] if family else [4, 3, 2, 2]),
            "marital": pick([1, 7, 2] if family else [7, 1, 2]),
            "children": pick([1, 3, 4, 2] if family else [12, 1, 1, 0]),
            "weight": round(draw.uniform(0.5, 1.8), 3),
            "acts": [draw.random() < p for p in ([.4, .3, .7, .2, .5] if family
                                                  else [.6, .6, .3, .6, .4])],
            "media": [draw.random() < p for p in ([.7, .5, .3, .4] if family
                                                   else [.3, .2, .2, .8])],
            "stops": [draw.random() < p for p in ([.4, .5, .4] if family else [.5, .1, .02])],
            "imp": [rate(m) for m in ([4.4, 4.6, 3.6, 2.2] if family else [2.2, 3.2, 3.6, 4.3])],
            "sat": [rate(m) for m in ([2.6, 3.4, 3.0, 3.4] if family else [3.6, 3.4, 2.6, 3.0])],
            "aware": draw.random() < 0.8,
        }
        person["considered"] = person["aware"] and draw.random() < 0.5
        person["bought"] = person["considered"] and draw.random() < 0.4
        # Some respondents leave questions out.
        for key in ("income", "age", "marital"):
            if draw.random() < 0.04:
                person[key] = None
        person["open"] = "" if draw.random() < 0.4 else "%s the %s, %s" % (
            draw.choice(["I would like", "Please improve", "I am glad about", "Why is there"]),
            draw.choice(["\"room\"", "price", "boot", "seat", "warranty", "service"]),
            draw.choice(["please", "thank you", "as ever", "at last"]))
        result.append(person)
    return result


def stamp(number, seconds=0):
    total = number * 600 + seconds
    return "2026-03-%02d %02d:%02d:%02d" % (1 + total // 86400, total // 3600 % 24,
                                            total // 60 % 60, total % 60)


def of(words, position):
    return "" if position is None else words[position]


def write(name, rows, delimiter=",", encoding="utf-8", quoting=csv.QUOTE_MINIMAL, bom=""):
    with open(os.path.join(HERE, name), "w", newline="", encoding=encoding) as file:
        file.write(bom)
        csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)


AGE = ["18-29", "30-44", "45-59", "60 and over"]
GENDER = ["Female", "Male", "Other"]
INCOME = ["Under $25,000", "$25,000 to $49,999", "$50,000 to $99,999", "$100,000 or more"]
JOB = ["Employed", "Self-employed", "Student", "Retired"]
MARITAL = ["Single", "Married", "Divorced"]


def qualtrics():
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)",
             "Finished", "ResponseId", "Q1", "Q2", "Q3", "Q4", "Q5"]
    texts = ["Start Date", "End Date", "Response Type", "IP Address", "Progress",
             "Duration (in seconds)", "Finished", "Response ID", "How old are you?",
             "What is your gender?", "What is your yearly household income?",
             "What is your occupation?", "What is your marital status?"]
    for i, act in enumerate(ACTS):
        names.append("Q6_%d" % (i + 1))
        texts.append("Which leisure activities do you do? - Selected Choice - " + act)
    for i, need in enumerate(NEEDS):
        names.append("Q7_%d" % (i + 1))
        texts.append("How important is each of these to you? - " + need.title())
    for i, need in enumerate(NEEDS):
        names.append("Q8_%d" % (i + 1))
        texts.append("How satisfied are you with each of these today? - " + need.title())
    for i, stop in enumerate(STOPS):
        names.append("Q9_%d" % (i + 1))
        texts.append("What stops you from buying? - Selected Choice - " + stop)
    names.append("Q10")
    texts.append("Anything\nelse?")
    ids = ['{"ImportId":"%s"}' % n.replace(" ", "_") for n in names]
    imp = ["Not at all important", "Slightly important", "Moderately important", "Very important",
           "Extremely important"]
    sat = ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied",
           "Very satisfied"]
    rows = [names, texts, ids]
    for p in people(1):
        start = stamp(p["id"])
        rows.append(
            [start, stamp(p["id"], p["seconds"]), "Survey Preview" if p["id"] == 1 else "IP Address",
             "192.0.2.%d" % (p["id"] % 250), 100, p["seconds"], "True", "R_%05d" % p["id"],
             of(AGE, p["age"]), of(GENDER, p["gender"]), of(INCOME, p["income"]),
             of(JOB, p["job"]), of(MARITAL, p["marital"])]
            + [act if on else "" for act, on in zip(ACTS, p["acts"])]
            + [imp[v - 1] for v in p["imp"]] + [sat[v - 1] for v in p["sat"]]
            + [stop if on else "" for stop, on in zip(STOPS, p["stops"])] + [p["open"]])
    write("qualtrics.csv", rows)


def surveymonkey():
    top = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address",
           "Email Address", "What is your age?", "What is your gender?",
           "What is your household income?", "Which media do you use?"]
    top += [""] * len(MEDIA) + ["How important are these needs?"] + [""] * (len(NEEDS) - 1)
    top += ["How satisfied are you with these?"] + [""] * (len(NEEDS) - 1)
    top += ["What would you improve?"]
    second = [""] * 6 + ["Response"] * 3 + MEDIA + ["Other (please specify)"]
    second += [n.title() for n in NEEDS] * 2 + ["Open-Ended Response"]
    rows = [top, second]
    for p in people(2):
        rows.append(
            [118000000000 + p["id"], 460000001, stamp(p["id"]), stamp(p["id"], p["seconds"]), "",
             "", of(AGE, p["age"]), of(GENDER, p["gender"]), of(INCOME, p["income"])]
            + [m if on else "" for m, on in zip(MEDIA, p["media"])] + [""]
            + p["imp"] + p["sat"] + [p["open"]])
    write("surveymonkey.csv", rows)


def googleforms():
    acts = ["Voyages", "Sport", "Cuisine", "Jeux vidéo", "Lecture"]
    names = ["Horodateur", "Quel âge avez-vous ?", "Quel est votre sexe ?",
             "Quelle est votre profession ?", "Quelle est votre situation familiale ?",
             "Quels loisirs pratiquez-vous ?"]
    needs = ["Espace", "Sécurité", "Prix", "Style"]
    names += ["Quelle importance accordez-vous à [%s]" % n for n in needs]
    names += ["Êtes-vous satisfait de [%s]" % n for n in needs]
    names += ["Autres remarques ?"]
    imp = ["Pas du tout important", "Peu important", "Plutôt important", "Important",
           "Très important"]
    sat = ["Pas du tout satisfait", "Peu satisfait", "Plutôt satisfait", "Satisfait",
           "Très satisfait"]
    ages = ["18 à 29 ans", "30 à 44 ans", "45 à 59 ans", "60 ans et plus"]
    rows = [names]
    for p in people(3):
        rows.append(
            ["2026/03/%02d 10:%02d:11 AM UTC+1" % (1 + p["id"] % 28, p["id"] % 60),
             of(ages, p["age"]), ["Femme", "Homme", "Autre"][p["gender"]],
             ["Salarié", "Indépendant", "Étudiant", "Retraité"][p["job"]],
             of(["Célibataire", "Marié", "Divorcé"], p["marital"]),
             ", ".join(a for a, on in zip(acts, p["acts"]) if on)]
            + [imp[v - 1] for v in p["imp"]] + [sat[v - 1] for v in p["sat"]] + [p["open"]])
    write("googleforms_fr.csv", rows)


def limesurvey():
    names = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp",
             "Alter", "Geschlecht", "Einkommen", "Familienstand"]
    names += ["Freizeit[SQ%03d]" % (i + 1) for i in range(len(ACTS))]
    names += ["Wichtigkeit[SQ%03d]" % (i + 1) for i in range(len(NEEDS))]
    names += ["Zufriedenheit[SQ%03d]" % (i + 1) for i in range(len(NEEDS))]
    names += ["Kommentar", "interviewtime"]
    rows = [names]
    for p in people(4):
        child = p["marital"] != 0
        rows.append(
            [p["id"], stamp(p["id"], p["seconds"]), 4, "de", 1000000 + p["id"] * 37,
             stamp(p["id"]), stamp(p["id"], p["seconds"]),
             of(["A1", "A2", "A3", "A4"], p["age"]), ["W", "M", "D"][p["gender"]],
             of(["A1", "A2", "A3", "A4"], p["income"]), of(["A1", "A2", "A3"], p["marital"])]
            + ["Y" if on else "" for on in p["acts"]] + p["imp"]
            + [v if child or i else "N/A" for i, v in enumerate(p["sat"])]
            + [p["open"], "%d.%02d" % (p["seconds"], p["id"] % 100)])
    write("limesurvey_de.csv", rows, quoting=csv.QUOTE_ALL, bom="\ufeff")


def kobo():
    codes = ["viajes", "deporte", "cocina", "juegos", "lectura"]
    names = ["start", "end", "edad", "sexo", "ingresos", "estado_civil", "hijos", "actividades"]
    names += ["actividades/" + c for c in codes]
    needs = ["espacio", "seguridad", "precio", "estilo"]
    names += ["importancia_" + n for n in needs] + ["satisfaccion_" + n for n in needs]
    names += ["comentario", "_id", "_uuid", "_submission_time", "_index"]
    rows = [names]
    for p in people(5):
        rows.append(
            ["2026-03-01T10:%02d:11.000+01:00" % (p["id"] % 60),
             "2026-03-01T11:%02d:40.000+01:00" % (p["id"] % 60),
             of([22, 37, 51, 66], p["age"]), ["mujer", "hombre", "otro"][p["gender"]],
             of(["bajo", "medio", "alto", "muy_alto"], p["income"]),
             of(["soltero", "casado", "divorciado"], p["marital"]), p["children"],
             " ".join(c for c, on in zip(codes, p["acts"]) if on)]
            + [int(on) for on in p["acts"]] + p["imp"] + p["sat"]
            + [p["open"], 100 + p["id"], "a-%d" % p["id"], "2026-03-01T10:%02d:50" % (p["id"] % 60),
               p["id"]])
    write("kobo_es.csv", rows, delimiter=";", quoting=csv.QUOTE_ALL)


def redcap():
    names = ["record_id", "redcap_event_name", "age", "sex", "income", "marital_status",
             "num_children"]
    names += ["activities___%d" % (i + 1) for i in range(len(ACTS))]
    names += ["barriers___%d" % (i + 1) for i in range(len(STOPS))]
    names += ["imp_" + n for n in NEEDS] + ["sat_" + n for n in NEEDS] + ["survey_complete"]
    rows = [names]
    for p in people(6):
        rows.append(
            [p["id"], "baseline_arm_1", of([24, 36, 50, 64], p["age"]), p["gender"] + 1,
             of([1, 2, 3, 4], p["income"]), of([1, 2, 3], p["marital"]), p["children"]]
            + [int(on) for on in p["acts"]] + [int(on) for on in p["stops"]] + p["imp"] + p["sat"]
            + [2])
    write("redcap.csv", rows)


def german_excel():
    names = ["Fragebogennummer", "Gewicht", "Alter", "Geschlecht", "Haushaltseinkommen", "Beruf",
             "Kinder im Haushalt", "Hindernisse_1", "Hindernisse_2", "Hindernisse_3"]
    needs = ["Platz", "Sicherheit", "Preis", "Aussehen"]
    names += ["Wichtigkeit_" + n for n in needs] + ["Zufriedenheit_" + n for n in needs]
    names += ["Bekannt", "Erwogen", "Gekauft", "Bemerkung"]
    rows = [names]
    for p in people(7):
        rows.append(
            [p["id"], str(p["weight"]).replace(".", ","), of([24, 36, 50, 64], p["age"]),
             ["weiblich", "männlich", "divers"][p["gender"]],
             of(["unter 1.500 €", "1.500 bis 2.999 €", "3.000 bis 4.999 €", "5.000 € und mehr"],
                p["income"]),
             ["Angestellte", "Selbstständige", "Studierende", "Rentner"][p["job"]], p["children"]]
            + [int(on) for on in p["stops"]] + p["imp"]
            + [9 if (p["id"] + i) % 23 == 0 else v for i, v in enumerate(p["sat"])]
            + [int(p["aware"]), int(p["considered"]), int(p["bought"]), p["open"]])
    write("excel_de.csv", rows, delimiter=";", encoding="cp1252")


def statistics_programs():
    import pandas
    import pyreadstat

    labels = {
        "age": "Age group", "gender": "Gender", "income": "Household income",
        "job": "Occupation", "marital": "Marital status", "children": "Number of children",
        "wgt": "Design weight", "region": "Region (stratum)",
    }
    values = {
        "age": dict(enumerate(AGE, 1)), "gender": dict(enumerate(GENDER, 1)),
        "income": {**dict(enumerate(INCOME, 1)), 99: "Refused"},
        "job": dict(enumerate(JOB, 1)), "marital": dict(enumerate(MARITAL, 1)),
    }
    rows = []
    for p in people(8):
        row = {"respid": float(p["id"]), "wgt": p["weight"], "region": float(p["id"] % 4 + 1)}
        for key in ("age", "gender", "income", "job", "marital"):
            row[key] = None if p[key] is None else float(p[key] + 1)
        if row["income"] is None:
            row["income"] = 99.0
        row["children"] = float(p["children"])
        for i, on in enumerate(p["acts"]):
            row["act_%d" % (i + 1)] = float(on)
            labels["act_%d" % (i + 1)] = "Activities: " + ACTS[i]
            values["act_%d" % (i + 1)] = {0: "No", 1: "Yes"}
        for i, on in enumerate(p["media"]):
            row["media_%d" % (i + 1)] = float(on)
            labels["media_%d" % (i + 1)] = "Media used: " + MEDIA[i]
            values["media_%d" % (i + 1)] = {0: "No", 1: "Yes"}
        for kind, wording in (("imp", "Importance"), ("sat", "Satisfaction")):
            for i, need in enumerate(NEEDS):
                row["%s_%s" % (kind, need)] = float(p[kind][i])
                labels["%s_%s" % (kind, need)] = "%s: %s" % (wording, need)
                values["%s_%s" % (kind, need)] = {1: "Very low", 5: "Very high"}
        row["comment"] = p["open"]
        rows.append(row)
    frame = pandas.DataFrame(rows)
    pyreadstat.write_sav(
        frame, os.path.join(HERE, "spss.sav"), file_label="Simulated survey",
        column_labels=labels, variable_value_labels=values, missing_ranges={"income": [99]},
        variable_measure={"age": "ordinal", "income": "ordinal", "wgt": "scale"})
    values.pop("income")
    pyreadstat.write_dta(
        frame, os.path.join(HERE, "stata.dta"), column_labels=labels,
        variable_value_labels=values)


if __name__ == "__main__":
    for write_one in (qualtrics, surveymonkey, googleforms, limesurvey, kobo, redcap, german_excel,
                      statistics_programs):
        write_one()
