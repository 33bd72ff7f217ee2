"""A simulated survey of three kinds of shoppers, and one run of the study that comes along."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

import tessera


@pytest.fixture(scope="session")
def shoppers() -> dict[str, list[Any]]:
    """600 simulated people, whose answers depend on a kind that is not among the columns."""
    chance = random.Random(11)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("id", "often", "where", "spend", "card", "weight")
    }
    for person in range(600):
        kind = person % 3
        columns["id"].append(f"p{person}")
        columns["often"].append(
            chance.choices([1, 2, 3], [[8, 1, 1], [1, 8, 1], [1, 1, 8]][kind])[0]
        )
        columns["where"].append(
            chance.choices(["market", "web", "mall"], [[8, 1, 1], [1, 8, 1], [2, 1, 7]][kind])[0]
        )
        columns["spend"].append(round(chance.gauss([20, 60, 100][kind], 12), 1))
        columns["card"].append(chance.choices(["yes", "no"], [[8, 2], [5, 5], [1, 9]][kind])[0])
        columns["weight"].append(chance.choice([0.5, 1.0, 2.0]))
    # One answer in ten was not given.
    for name in ("often", "where", "card"):
        columns[name] = [None if chance.random() < 0.1 else one for one in columns[name]]
    return columns


@pytest.fixture(scope="session")
def run() -> Iterator[tessera.Run]:
    """The study that comes along, with few replicates."""
    with tessera.run(tessera.example(), replicates=50) as run:
        yield run
