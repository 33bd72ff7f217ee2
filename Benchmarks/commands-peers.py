#!/usr/bin/env python3
"""The whole job of a command by another package: reads, works, writes out.csv in this folder."""
import sys


def standardised(rows):
    import numpy as np
    import polars as pl

    table = pl.read_csv(f"{rows}.csv").drop("id").to_numpy().astype(float)
    table = (table - np.nanmean(table, 0)) / np.nanstd(table, 0)
    return np.nan_to_num(table)


def write(labels):
    import polars as pl

    pl.DataFrame({"segment": labels}).write_csv("out.csv")


def kmeans():
    from sklearn.cluster import KMeans

    write(KMeans(8, n_init=10, random_state=1).fit_predict(standardised(200_000)))


def ward():
    import fastcluster
    from scipy.cluster.hierarchy import fcluster

    write(fcluster(fastcluster.linkage_vector(standardised(10_000), "ward"), 8, "maxclust"))


def xlsx():
    import polars as pl

    pl.read_excel("200000.xlsx", engine="calamine").write_csv("out.csv")


def sav():
    import pyreadstat

    pyreadstat.read_sav("200000.sav")[0].to_csv("out.csv", index=False)


{"kmeans": kmeans, "ward": ward, "xlsx": xlsx, "sav": sav}[sys.argv[1]]()
