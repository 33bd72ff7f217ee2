"""Columns with their answers, before a layout puts them into a file."""
import csv
import io

from people import people
from words import WORDS

SINGLE = ["age", "sex", "income", "job", "school", "marital", "kids"]
OPTIONS = {"sex": "sexes", "income": "incomes", "job": "jobs", "school": "schools",
           "marital": "maritals"}
MULTI = [("acts", "act"), ("media", "medium"), ("stops", "stop")]
GRID = [("imp", "need", "imps"), ("sat", "need", "sats"), ("att", "statement", "agrees")]


class Export:
    """Columns with their answers, put together by the layouts."""

    def __init__(self, language, rows):
        self.language, self.word = language, WORDS[language]
        self.people = people(rows, sum(map(ord, language)))
        self.columns = []

    def add(self, name, answer, label=""):
        self.columns.append((name, label, [answer(person) for person in self.people]))

    def names(self):
        return dict(zip(SINGLE + ["acts", "media", "stops", "imp", "sat", "att", "open"],
                        self.word["names"]))

    def single(self, key, codes):
        options = self.word.get(OPTIONS.get(key, ""), None)
        if options is None:
            return lambda p: p[key]
        missing = (99 if key == "income" else "") if codes else (
            self.word["refused"] if key == "income" else "")
        return lambda p: missing if p[key] is None else p[key] + 1 if codes else options[p[key]]

    def table(self, header=None, delimiter=",", quote=csv.QUOTE_MINIMAL, bom=""):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=delimiter, quoting=quote, lineterminator="\r\n")
        writer.writerows(header or [[name for name, _, _ in self.columns]])
        writer.writerows(zip(*[answers for _, _, answers in self.columns]))
        return bom + text.getvalue()

    # What the questions are called differs by layout; what is asked does not.
    def ask(self, single, multi, grid, words, codes=False, chosen=None, ratings=None):
        for key in SINGLE:
            self.add(*single(key)[:1], self.single(key, codes), single(key)[1])
        for key, options in MULTI:
            for place, option in enumerate(self.word[options]):
                name, label = multi(key, place, option)
                yes, no = chosen if chosen else (option, "")
                self.add(name, lambda p, k=key, i=place, y=yes, n=no: y if p[k][i] else n, label)
            if key == "acts" and words.get("other"):
                name, label = words["other"](key)
                self.add(name, lambda p: p["other"], label)
        for key, items, scale in GRID:
            for place, item in enumerate(self.word[items]):
                name, label = grid(key, place, item)
                answers = None if ratings == "codes" else self.word[scale]
                self.add(name, lambda p, k=key, i=place, a=answers: a[p[k][i] - 1] if a
                         else p[k][i], label)
        name, label = words["open"]
        self.add(name, lambda p: p["open"], label)

    def joined(self, separator, single, grid, name):
        """As ask does, but with all answers of a question in one cell."""
        for key in SINGLE:
            self.add(single(key)[0], self.single(key, False), single(key)[1])
        for number, (key, options) in enumerate(MULTI):
            names = self.word[options]
            self.add(name(key)[0], lambda p, k=key, n=names: separator.join(
                option for option, on in zip(n, p[k]) if on), name(key)[1])
        for key, items, scale in GRID:
            for place, item in enumerate(self.word[items]):
                self.add(grid(key, place, item)[0], lambda p, k=key, i=place, a=self.word[scale]:
                         a[p[k][i] - 1], grid(key, place, item)[1])
        self.add(name("open")[0], lambda p: p["open"], name("open")[1])


def numbered(export, letter):
    order = SINGLE + [key for key, _ in MULTI] + [key for key, _, _ in GRID] + ["open"]
    word = export.word
    return dict(
        single=lambda key: (f"{letter}{order.index(key) + 1}", word[key]),
        multi=lambda key, place, option: (
            f"{letter}{order.index(key) + 1}_{place + 1}", f"{word[key]} - {option}"),
        grid=lambda key, place, item: (
            f"{letter}{order.index(key) + 1}_{place + 1}", f"{word[key]} - {item}"),
        name=lambda key: (f"{letter}{order.index(key) + 1}", word[key]))
