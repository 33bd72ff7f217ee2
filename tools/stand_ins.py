"""What the names in documents stand for: files that tools/check-documents puts where a page has not made them."""

# What the names on a page stand for: the commands that make it (in a folder with the flagship study), and what it needs beside it.
BESIDE = ["respondents.csv", "products.csv", "relations.csv"]
ALL = "income,occupation,marital_status,education"
STAND_INS = {
    "study.yaml": ("true", BESIDE),
    "tracker.yaml": ("cp study.yaml tracker.yaml", BESIDE),
    "study-tessera": ("tessera run study.yaml -o study-tessera --sav", ["study.yaml", *BESIDE]),
    "wave3.sav": ("tessera convert respondents.csv wave3.sav", []),
    "survey.sav": ("sed -e '1s/$/,w,st,psu/' -e '2,$s/$/,1,1,1/' respondents.csv |"
                   " awk -F, -v OFS=, 'NR > 1 { $NF = NR % 50; $(NF - 1) = NR % 4 } { print }' > design.csv &&"
                   " tessera convert design.csv survey.sav", []),
    "new.csv": ("head -400 respondents.csv > new.csv", []),
    "screened.csv": ("head -300 respondents.csv > screened.csv", []),
    "customers.csv.gz": ("gzip -c respondents.csv > customers.csv.gz", []),
    "w1.csv": ("cp datasets/bike-waves/wave1.csv w1.csv", []),
    "w2.csv": ("cp datasets/bike-waves/wave2.csv w2.csv", []),
    "w3.csv": ("cp datasets/bike-waves/wave3.csv w3.csv", []),
    "c.pptx": ("tessera deck study-tessera && cp study-tessera/deck.pptx c.pptx", []),
    "client.pptx": ("cp c.pptx client.pptx", []),
    "exports": ("mkdir -p exports/2026-1 && cp respondents.csv exports && cp wave3.sav exports/2026-1", []),
    "manifest.yaml": ("true", ["exports", "a.csv", "b.csv"]),
    "a.csv": ("cp new.csv a.csv", []),
    "b.csv": ("cp new.csv b.csv", []),
    "spring-tessera": ("cp -r study-tessera spring-tessera", []),
    "autumn-tessera": ("sed 's/ count: .*/ count: 5/' study.yaml > five.yaml && tessera run five.yaml -o autumn-tessera", []),
    "old-tessera": ("cp -r spring-tessera old-tessera", []),
    "new-tessera": ("cp -r autumn-tessera new-tessera", []),
    "four-tessera": (f"tessera segment respondents.csv --id respondent --active {ALL} --segments 4 -o four-tessera", []),
    "five-tessera": (f"tessera segment respondents.csv --id respondent --active {ALL} --segments 5 -o five-tessera", []),
    "wave2.csv": ("cp respondents.csv wave2.csv", []),
    "assigned-old.csv": ("cp spring-tessera/assignments.csv assigned-old.csv", []),
    "assigned-new.csv": ("cp autumn-tessera/assignments.csv assigned-new.csv", []),
    "health.csv": ("python3 -c \"import random; r = random.Random(1); print('person,year,health')\nfor p in range(400):\n"
                   " h = r.random() < .5\n for y in (1, 2, 3):\n  h = h if r.random() < .9 else not h\n"
                   "  print(p, y, r.choice(['good', 'good', 'fair']) if h else r.choice(['bad', 'bad', 'fair']), sep=',')\""
                   " > health.csv", []),
}
# Commands that cannot run here, and why.
SKIPPED = {
    "tessera run a/study.yaml": "its study is made by tessera-bench",
    "tessera run b/study.yaml": "its study is made by tessera-bench",
    "tessera run c/study.yaml": "its study is made by tessera-bench",
}
