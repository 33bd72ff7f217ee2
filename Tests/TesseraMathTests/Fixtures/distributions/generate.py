#!/usr/bin/env python3
"""Writes reference.tsv: values of distributions to 17 digits.

Chances come from mpmath at 50 digits, so they are right to the last digit printed; quantiles start
from scipy and are polished on mpmath's chances. Columns: function, parameters, point, value.
"""

import mpmath as mp
import scipy
import scipy.stats as st

mp.mp.dps = 50
rows = []


def put(name, parameters, point, value):
    text = ",".join(repr(float(p)) for p in parameters)
    rows.append(f"{name}\t{text}\t{float(point)!r}\t{mp.nstr(value, 17)}")


def positive_series(ratio):
    """1 + r(1) + r(1) r(2) + ... for terms that end up shrinking."""
    term = total = mp.mpf(1)
    n = 0
    while term > total * mp.eps:
        term *= ratio(n)
        total += term
        n += 1
    return total


def root(function, start):
    """Polishes a root that is already right to about ten digits."""
    return mp.findroot(function, (start, start * (1 + mp.mpf("1e-9"))), tol=1e-45, verify=False)


def gamma_p(a, x):
    a, x = mp.mpf(a), mp.mpf(x)
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    return front * positive_series(lambda n: x / (a + 1 + n))


def gamma_q(a, x):
    with mp.workdps(350):
        return 1 - gamma_p(a, x)


def beta_series(a, b, x, y):
    front = mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    return front / a * positive_series(lambda n: (a + b + n) / (a + 1 + n) * x)


def beta_p(a, b, x):
    with mp.workdps(350):
        a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
        if x == 0 or x == 1:
            return x
        if x < 0.5:
            return beta_series(a, b, x, 1 - x)
        return 1 - beta_series(b, a, 1 - x, x)


def normal_cdf(x):
    return mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2


def t_sf(v, x):
    with mp.workdps(350):
        return t_tail(mp.mpf(v), mp.mpf(x))


def t_tail(v, x):
    tail = beta_p(v / 2, mp.mpf(1) / 2, v / (v + x * x)) / 2
    return tail if x >= 0 else 1 - tail


def f_sf(a, b, x):
    with mp.workdps(350):
        a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
        return beta_p(b / 2, a / 2, b / (b + a * x))


def f_cdf(a, b, x):
    with mp.workdps(350):
        a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
        return beta_p(a / 2, b / 2, a * x / (b + a * x))


for x in [-37.0, -12.5, -5.0, -1.96, -0.3, 0.0, 0.1, 1.0, 2.5, 6.0]:
    put("normal.cdf", [], x, normal_cdf(x))
for p in [1e-300, 1e-20, 1e-5, 0.025, 0.3, 0.5, 0.75, 0.975, 0.999]:
    x = root(lambda t: mp.log(normal_cdf(t)) - mp.log(p), st.norm.ppf(p))
    put("normal.quantile", [], p, x)
for v in [0.3, 1.0, 2.0, 5.0, 40.0, 1000.0, 20000.0]:
    for m in [0.01, 0.5, 0.98, 1.0, 1.05, 1.5, 4.0]:
        x = float(v * m)
        put("chi.cdf", [v], x, gamma_p(mp.mpf(v) / 2, mp.mpf(x) / 2))
        sf = gamma_q(mp.mpf(v) / 2, mp.mpf(x) / 2)
        if sf > mp.mpf("1e-300"):
            put("chi.sf", [v], x, sf)
    for p in [1e-8, 0.05, 0.5, 0.95]:
        x = root(lambda t: gamma_p(mp.mpf(v) / 2, t / 2) - p, st.chi2.ppf(p, v))
        put("chi.quantile", [v], p, x)
for v in [0.5, 1.0, 2.5, 7.0, 30.0, 1000.0, 1e6]:
    for x in [-8.0, -1.0, 0.001, 0.7, 2.0, 5.5, 40.0]:
        put("t.sf", [v], x, t_sf(v, x))
        d = mp.gamma((mp.mpf(v) + 1) / 2) / mp.gamma(mp.mpf(v) / 2) / mp.sqrt(mp.pi * v)
        put("t.density", [v], x, d * (1 + mp.mpf(x) ** 2 / v) ** (-(mp.mpf(v) + 1) / 2))
    for p in [0.001, 0.2, 0.6, 0.975]:
        x = root(lambda t: 1 - t_sf(v, t) - p, st.t.ppf(p, v))
        put("t.quantile", [v], p, x)
for a, b in [(1.0, 1.0), (2.0, 7.5), (5.0, 20.0), (1.4946, 20.925), (8.0, 18000.0), (300.0, 400.0)]:
    for x in [1e-4, 0.3, 0.95, 1.2, 3.0, 25.0]:
        put("f.cdf", [a, b], x, f_cdf(a, b, x))
        put("f.sf", [a, b], x, f_sf(a, b, x))
    for p in [0.01, 0.5, 0.95, 0.999]:
        x = root(lambda t: f_cdf(a, b, t) - p, st.f.ppf(p, a, b))
        put("f.quantile", [a, b], p, x)
for n, p in [(1, 0.3), (12, 0.5), (400, 0.01), (100000, 0.7)]:
    pm = mp.mpf(p)
    for c in sorted({0, int(n * p), int(n * p) + 3, n}):
        if c > n:
            continue
        put("binomial.mass", [n, p], c, mp.binomial(n, c) * pm**c * (1 - pm) ** (n - c))
        if c < n:
            put("binomial.cdf", [n, p], c, beta_p(n - c, c + 1, 1 - pm))
for x in [1e-8, 0.5, 1.0, 1.5, 2.0, 3.7, 14.9, 15.1, 171.0, 1e6]:
    put("loggamma", [], x, mp.loggamma(x))

with open("reference.tsv", "w") as out:
    out.write(f"# mpmath {mp.__version__}, scipy {scipy.__version__}\n")
    out.write("\n".join(rows) + "\n")
