"""Arrays of other libraries: computed there, on their device, with the scores of the NumPy path."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import mcda
from tests.mcda.scoring.problems import SCORING, parameters, problem

NUMPY_ONLY = {"codas", "comet"}
EVERYWHERE = sorted(set(SCORING) - NUMPY_ONLY)
# The issue of this part names these; the others come along.
PROMISED = {
    "topsis", "saw", "additive", "wpm", "waspas", "promethee_ii", "vikor", "copras", "aras", "edas", "mabac", "marcos",
    "moora",
}  # fmt: skip


def _devices() -> list[str]:
    try:
        import torch
    except ImportError:
        return ["cpu"]
    return ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]


@pytest.fixture(params=["array_api_strict", *(f"torch:{device}" for device in _devices())])
def library(request: pytest.FixtureRequest) -> Any:
    name, _, device = request.param.partition(":")
    module = pytest.importorskip(name, reason=f"{name} is not installed: its arrays are not tested")
    if name == "torch":
        return lambda values: module.asarray(np.asarray(values, dtype=float), dtype=module.float64, device=device)
    return lambda values: module.asarray(np.asarray(values, dtype=float))


def _here(scores: Any) -> np.ndarray:
    return np.asarray(scores.cpu() if hasattr(scores, "cpu") else scores)


def test_the_promised_methods_take_other_arrays() -> None:
    assert set(EVERYWHERE) >= PROMISED


@pytest.mark.parametrize("name", EVERYWHERE)
def test_scores_are_those_of_numpy_and_stay_in_the_library(library: Any, name: str) -> None:
    matrix, _, directions = problem(3, a=9)
    weights = np.random.default_rng(3).dirichlet(np.ones(4), 12)
    needed = parameters(name, matrix, directions)
    scores = mcda.score(name, library(matrix), library(weights), directions, **needed)
    assert type(scores) is type(library(matrix))
    if hasattr(scores, "device"):
        assert scores.device == library(matrix).device
    assert _here(scores) == pytest.approx(mcda.score(name, matrix, weights, directions, **needed), abs=1e-12)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_stacks_of_matrices_and_plain_weights(library: Any, name: str) -> None:
    matrix, _, directions = problem(4, a=7)
    rng = np.random.default_rng(4)
    stack = matrix * rng.uniform(0.9, 1.1, (5, 1, 7, 4))
    weights = rng.dirichlet(np.ones(4), 3)
    needed = parameters(name, stack, directions)
    scores = mcda.score(name, library(stack), weights, directions, **needed)
    assert tuple(scores.shape) == (5, 3, 7)
    assert _here(scores) == pytest.approx(mcda.score(name, stack, weights, directions, **needed), abs=1e-12)


@pytest.mark.parametrize("name", sorted(NUMPY_ONLY))
def test_the_others_say_that_they_compute_with_numpy(library: Any, name: str) -> None:
    matrix, weights, directions = problem(5)
    with pytest.raises(mcda.InputError, match=r"computes with NumPy\. Got an array of .*; convert it first"):
        mcda.score(name, library(matrix), library(weights), directions, **parameters(name, matrix, directions))


def test_bad_cells_are_named(library: Any) -> None:
    matrix, weights, directions = problem(6)
    matrix[2, 1] = np.nan
    with pytest.raises(mcda.InputError, match=r"matrix\[2, 1\] must be a finite number"):
        mcda.topsis(library(matrix), library(weights), directions)
    with pytest.raises(mcda.InputError, match="must sum to 1"):
        mcda.topsis(library(np.ones((2, 4))), library(weights * 2), directions)


def test_out_and_single_precision(library: Any) -> None:
    matrix, weights, directions = problem(7)
    out = library(np.zeros(6))
    scores = mcda.topsis(library(matrix), library(weights), directions, out=out)
    assert scores is out
    single = mcda.topsis(library(matrix), library(weights), directions, dtype="float32")
    assert "float32" in str(single.dtype)
    assert _here(single) == pytest.approx(_here(out), abs=1e-6)
