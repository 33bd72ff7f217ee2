"""Invented respondents: three planted groups, drawn with a fixed seed."""
import datetime
import random


def people(rows, seed):
    draw = random.Random(seed)
    result = []
    for number in range(1, rows + 1):
        group = draw.choices([0, 1, 2], [.4, .35, .25])[0]

        def pick(weights):
            return draw.choices(range(len(weights[group])), weights[group])[0]

        def rate(mean):
            return max(1, min(5, round(draw.gauss(mean, 0.9))))
        person = dict(
            number=number, seconds=round(draw.lognormvariate(6, 0.35)),
            age=max(18, min(90, round(draw.gauss([38, 27, 66][group], [7, 5, 8][group])))),
            sex=pick([[50, 47, 2]] * 3), income=pick([[1, 3, 4, 2], [4, 4, 2, 1], [3, 4, 2, 1]]),
            job=pick([[6, 1, .3, .1], [4, 2, 4, .1], [.5, .3, .1, 9]]),
            school=pick([[2, 4, 4], [1, 4, 5], [5, 4, 2]]),
            marital=pick([[1, 8, 2], [8, 1, .5], [1, 5, 3]]),
            kids=pick([[0, 4, 5, 2], [15, 1, .5, 0], [9, .5, .2, 0]]),
            weight=round(draw.uniform(.4, 2), 3), aware=draw.random() < .8,
            acts=[draw.random() < p for p in [[.5, .4, .8, .2, .4], [.7, .7, .3, .7, .3],
                                              [.3, .2, .5, .05, .8]][group]],
            media=[draw.random() < p for p in [[.6, .6, .3, .5], [.2, .2, .1, .9],
                                               [.9, .7, .8, .1]][group]],
            stops=[draw.random() < p for p in [[.5, .6, .5], [.7, .1, .05], [.3, .2, .05]][group]],
            imp=[rate(m) for m in [[4.5, 4.7, 3.6, 2.2], [2.2, 3.1, 4.1, 4.3],
                                   [3.1, 4.3, 3.2, 1.9]][group]],
            sat=[rate(m) for m in [[2.6, 3.4, 3, 3.4], [3.6, 3.4, 2.4, 3],
                                   [3.9, 3.8, 3.5, 3.6]][group]],
            att=[rate(m) for m in [[4, 3.2, 2.2], [2.6, 3.9, 4.3], [3.6, 1.9, 2.1]][group]],
            other=draw.choice(["knitting", "bees, at number %d" % number, "choir"])
            if draw.random() < .06 else "",
            open="" if draw.random() < .5 else "%s number %d, please" % (
                draw.choice(["Improve it for", "Why not ask", "Thank you from"]), number))
        for key in ("income", "school", "marital"):
            if draw.random() < .05:
                person[key] = None
        result.append(person)
    return result


def stamp(person, extra=0, form="%Y-%m-%d %H:%M:%S"):
    moment = datetime.datetime(2026, 3, 1) + datetime.timedelta(seconds=person["number"] * 313)
    return (moment + datetime.timedelta(seconds=extra)).strftime(form)
