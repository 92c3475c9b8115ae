"""Memory beyond the result stays bounded whatever the number of scenarios."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

import mcda
from tests.mcda.scoring.problems import SCORING, parameters

LIMIT = 18 * 2**20  # below one array of the size of the result, and far below the 64 MiB that are promised
# Their cost per scenario is high: fewer scenarios show as much.
FEWER = {"comet": 1_000, "probid": 1_000, "multimoora": 2_000, "codas": 20_000, "cocoso": 20_000}


@pytest.mark.parametrize("name", SCORING)
def test_extra_memory_is_bounded(name: str) -> None:
    rng = np.random.default_rng(1)
    s = FEWER.get(name, 60_000)
    matrix, weights = rng.uniform(1.0, 9.0, (40, 6)), rng.dirichlet(np.ones(6), s)
    directions = ["max", "min"] * 3
    needed, out = parameters(name, matrix, directions), np.empty((s, 40))
    function = getattr(mcda, name)
    function(matrix, weights, directions, out=out, **needed)  # kernels are loaded once
    tracemalloc.start()
    try:
        function(matrix, weights, directions, out=out, threads=2, **needed)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LIMIT
    assert np.isfinite(out).all()


def test_very_many_alternatives_stay_bounded_too() -> None:
    rng = np.random.default_rng(2)
    matrix, weights = rng.uniform(1.0, 9.0, (20_000, 5)), rng.dirichlet(np.ones(5), 200)
    out = np.empty((200, 20_000))
    tracemalloc.start()
    try:
        mcda.saw(matrix, weights, ["max"] * 5, out=out, threads=2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LIMIT
