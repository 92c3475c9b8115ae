"""Weights, consistency ratio and geometric consistency index of 10,000 judgement matrices of 9 x 9.

Part of the suite in smoke mode (``--benchmark-disable``). No library on the package index gives all three: the peers
give weights and the ratio, and the index is added to their loop as its formula in NumPy.
"""

from __future__ import annotations

import importlib.util
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import mcda

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT, SIZE = 10_000, 9
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.benchmark(timer=time.thread_time)]


def judgements(count: int, integers: bool = False) -> np.ndarray:
    """Draw reciprocal matrices, most of them with a consistency ratio below a tenth, or of whole Saaty numbers."""
    rng = np.random.default_rng(1)
    logs = np.log(rng.dirichlet(np.full(SIZE, 3.0), count))
    errors = np.triu(rng.normal(0.0, 0.35, (count, SIZE, SIZE)), 1)
    matrices = np.exp(logs[:, :, None] - logs[:, None, :] + errors - errors.swapaxes(1, 2))
    if integers:
        above = np.clip(np.rint(np.maximum(matrices, matrices.swapaxes(1, 2))), 1, 9)
        matrices = np.where(matrices >= 1.0, above, 1.0 / above)
    matrices[:, range(SIZE), range(SIZE)] = 1.0
    return matrices


def geometric_index(matrix: np.ndarray, weights: np.ndarray) -> float:
    """Give the geometric consistency index by its formula, around row geometric means."""
    del weights
    logs = np.log(matrix)
    means = logs.mean(axis=1)
    return float(((logs - means[:, None] + means) ** 2).sum() / ((SIZE - 1) * (SIZE - 2)))


def _pydecision(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    from pyDecision.algorithm.ahp import ahp_method

    weights, ratio = ahp_method(matrix, wd="max_eigen")
    return np.asarray(weights), float(ratio)


def _pymcdm(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    from pymcdm.weights.subjective import AHP

    model = AHP(matrix=matrix)
    return np.asarray(model()), float(model.get_cr())


def _ahpy(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    import ahpy

    pairs = {(str(i), str(j)): matrix[i, j] for i in range(SIZE) for j in range(i + 1, SIZE)}
    found = ahpy.Compare("all", pairs, precision=12, random_index="saaty")
    return np.array([found.local_weights[str(i)] for i in range(SIZE)]), float(found.consistency_ratio)


PEERS: dict[str, tuple[str, Callable[[np.ndarray], tuple[np.ndarray, float]]]] = {
    "pymcdm": ("pymcdm", _pymcdm),
    "pyDecision": ("pyDecision", _pydecision),
    "ahpy": ("ahpy", _ahpy),
}


@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean"])
def test_ours(benchmark: Any, method: Any) -> None:
    matrices = judgements(20 if benchmark.disabled else COUNT)
    found = benchmark.pedantic(lambda: mcda.ahp(matrices, method), rounds=9, warmup_rounds=1)
    benchmark.extra_info.update({"who": f"ours, {method}", "count": len(matrices), "index": True})
    assert np.isfinite(found.geometric_consistency_index).all()


@pytest.mark.parametrize("index", [False, True], ids=["without-gci", "with-gci"])
@pytest.mark.parametrize("name", [name for name, (package, _) in PEERS.items() if importlib.util.find_spec(package)])
def test_peer(benchmark: Any, name: str, index: bool) -> None:
    matrices = judgements(3 if benchmark.disabled else 200, integers=name == "pymcdm")
    call = PEERS[name][1]
    ours = mcda.ahp(matrices[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights, _ = call(matrices[0])
    assert weights == pytest.approx(np.asarray(ours.weights), abs=1e-4)

    def loop() -> None:
        for matrix in matrices:
            found, _ = call(matrix)
            if index:
                geometric_index(matrix, found)

    benchmark.pedantic(loop, rounds=5, warmup_rounds=1)
    benchmark.extra_info.update({"who": name, "count": len(matrices), "index": index})
