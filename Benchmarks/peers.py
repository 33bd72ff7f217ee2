"""Runs one task with one Python package: peers.py TASK PACKAGE FILE.csv

Prints a line of JSON with processor seconds, peak memory and what is to be compared. Reading and
preparing the data is not timed. Packages that need minutes for ten starts run fewer, and the time
is multiplied; the line says by how much.
"""
import sys

import numpy as np

import survey
from survey import Meter, tell


def answer_chances(codes):
    """Log-likelihood of a single class, to which relative tolerances refer."""
    total = 0.0
    for column in codes.T:
        counts = np.bincount(column)[1:]
        counts = counts[counts > 0]
        total += float((counts * np.log(counts / counts.sum())).sum())
    return total


def lca_polca(data, starts=10, tight=False):
    import pandas as pd
    import polars as pl
    import pypolca

    codes = survey.codes(data)
    names = [f"item{j}" for j in range(codes.shape[1])]
    frame = pl.DataFrame(pd.DataFrame(codes, columns=names)).with_columns(pl.all().replace(0, None))
    tolerance = 1e-10 if tight else 1e-6 * abs(answer_chances(codes))
    best = -np.inf
    with Meter() as meter:
        for start in range(starts):
            fit = pypolca.fit(
                " + ".join(names) + " ~ 1", frame, nclass=8, tol=tolerance, na_rm=False, nrep=1,
                seed=start + 1, calc_se=False)
            best = max(best, fit.loglik)
    tell(meter, {"loglik": best}, scale=10 / starts)


def lca_stepmix(data, starts=1):
    from stepmix.stepmix import StepMix

    codes = survey.codes(data).astype(float)
    codes[codes == 0] = np.nan
    codes -= 1
    model = StepMix(
        n_components=8, measurement="categorical_nan", n_init=starts, random_state=1,
        progress_bar=0, verbose=0, max_iter=1000, abs_tol=1e-300, rel_tol=1e-6)
    with Meter() as meter:
        model.fit(codes)
    tell(meter, {"loglik": float(model.score(codes)) * len(codes)}, scale=10 / starts)


def kmeans_sklearn(data):
    from sklearn.cluster import KMeans

    points = survey.matrix(data)
    with Meter() as meter:
        fit = KMeans(8, n_init=10, random_state=1).fit(points)
    tell(meter, {"inertia": float(fit.inertia_)})


def kmeans_faiss(data):
    import faiss

    points = survey.matrix(data, np.float32)
    faiss.omp_set_num_threads(1)
    search = faiss.Kmeans(
        points.shape[1], 8, niter=25, nredo=10, seed=1, max_points_per_centroid=len(points))
    with Meter() as meter:
        search.train(points)
    _, nearest = search.index.search(points, 1)
    gaps = points.astype(float) - search.centroids.astype(float)[nearest[:, 0]]
    tell(meter, {"inertia": float((gaps * gaps).sum())})


def kprototypes_kmodes(data, starts=2):
    from kmodes.kprototypes import KPrototypes

    numbers, choices = survey.mixed(data)
    table = np.column_stack([numbers.to_numpy().astype(object), choices.to_numpy()])
    places = list(range(numbers.shape[1], table.shape[1]))
    with Meter() as meter:
        fit = KPrototypes(8, n_init=starts, random_state=1).fit(table, categorical=places)
    from sklearn.metrics import adjusted_rand_score

    truth = np.loadtxt(sys.argv[3].removesuffix(".csv") + ".truth.csv", skiprows=1)
    ari = float(adjusted_rand_score(truth, fit.labels_))
    tell(meter, {"ari": ari}, scale=1 / starts)


def famd_prince(data):
    import pandas as pd
    import prince

    numbers, choices = survey.mixed(data)
    table = pd.concat([numbers, choices], axis=1)
    analysis = prince.FAMD(n_components=10, random_state=1)
    with Meter() as meter:
        analysis.fit(table)
        analysis.row_coordinates(table)
    tell(meter, {f"eigenvalue_{j + 1}": float(v) for j, v in enumerate(analysis.eigenvalues_)})


def mca_prince(data):
    import prince

    table = survey.categories(data)
    analysis = prince.MCA(n_components=10, random_state=1)
    with Meter() as meter:
        analysis.fit(table)
        analysis.row_coordinates(table)
    tell(meter, {f"eigenvalue_{j + 1}": float(v) for j, v in enumerate(analysis.eigenvalues_)})


TASKS = {
    ("lca", "polca"): lca_polca,
    ("lca-large", "polca"): lambda data: lca_polca(data, starts=1),
    ("lca-tight", "polca"): lambda data: lca_polca(data, tight=True),
    ("lca", "stepmix"): lca_stepmix,
    ("lca-large", "stepmix"): lca_stepmix,
    ("kmeans", "scikit-learn"): kmeans_sklearn,
    ("kmeans", "faiss"): kmeans_faiss,
    ("kprototypes", "kmodes"): kprototypes_kmodes,
    ("famd", "prince"): famd_prince,
    ("mca", "prince"): mca_prince,
}

if __name__ == "__main__":
    task, package, path = sys.argv[1:4]
    TASKS[task, package](survey.read(path))
