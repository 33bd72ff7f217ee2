#!/usr/bin/env python3
"""Latent-class logit of datasets/bank-cards by direct maximisation (numpy, scipy).

Prints the facts that LatentClassLogitTests compares with: nothing here is shared with Tessera, which
climbs by EM. An argument takes the first so many people only. Pairs: the first card is taken with probability 1 / (1 + exp(-beta x)).
"""
import csv
import os
import sys

import numpy as np
from scipy.optimize import minimize

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "..", "datasets", "bank-cards", "bank_choice.csv")) as file:
    rows = list(csv.reader(file))
names = rows[0][2:]
table = np.array([[float(cell) for cell in row] for row in rows[1:]])
person = np.unique(table[:, 0], return_inverse=True)[1]
sign = np.where(table[:, 1] == 1, 1.0, -1.0)
x = table[:, 2:] * sign[:, None]
if len(sys.argv) > 1:
    kept = person < int(sys.argv[1])
    x, person = x[kept], person[kept]
people, width = person.max() + 1, x.shape[1]


def unpack(theta, classes):
    logits = np.concatenate([[0.0], theta[: classes - 1]])
    logs = logits - np.logaddexp.reduce(logits)
    return logs, theta[classes - 1 :].reshape(classes, width)


def loss(theta, classes):
    logs, betas = unpack(theta, classes)
    utility = x @ betas.T
    terms = -np.logaddexp(0, -utility)
    sums = np.zeros((people, classes))
    np.add.at(sums, person, terms)
    joint = sums + logs
    total = np.logaddexp.reduce(joint, axis=1)
    posterior = np.exp(joint - total[:, None])
    missed = 1 / (1 + np.exp(utility))
    slopes = (missed * posterior[person]).T @ x
    shares = posterior.sum(0) - people * np.exp(logs)
    return -total.sum(), -np.concatenate([shares[1:], slopes.ravel()])


def fit(classes, starts, seed=1):
    random = np.random.default_rng(seed)
    best = None
    for _ in range(starts):
        theta = random.normal(size=classes - 1 + classes * width)
        found = minimize(
            loss, theta, args=(classes,), jac=True, method="BFGS",
            options={"gtol": 1e-5, "maxiter": 2000})
        print("start", round(-found.fun, 6), file=sys.stderr)
        if best is None or found.fun < best.fun:
            best = found
    return best


for classes, starts in ((1, 1), (2, 6), (3, 10)):
    best = fit(classes, starts)
    logs, betas = unpack(best.x, classes)
    order = np.argsort(-logs)
    print(f"{classes} classes: log-likelihood {-best.fun:.6f}")
    print("  shares", " ".join(f"{value:.6f}" for value in np.exp(logs[order])))
    for place in order:
        print("  ", " ".join(f"{value:.5f}" for value in betas[place]))
