"""The engine: broadcasting as in a gufunc, blocks, threads, labels, `out`, and other array libraries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.scoring import _engine

DIRECTIONS = ["max", "min", "max"]


def problem(of_matrix: tuple[int, ...], of_weights: tuple[int, ...], a: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(len(of_matrix) * 10 + len(of_weights))
    weights = rng.random((*of_weights, 3)) + 0.01
    return rng.random((*of_matrix, a, 3)) + 0.1, weights / weights.sum(axis=-1, keepdims=True)


SHAPES: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
    ((), ()),
    ((3,), ()),
    ((), (5,)),
    ((3,), (3,)),
    ((3, 1), (5,)),
    ((1, 3), (5, 1)),
    ((3,), (5, 1)),
    ((3, 1, 2), (5, 1)),
    ((2, 1), (4, 2, 3)),
    ((2, 3), (2, 1)),
    ((2, 3, 1, 1), (3, 2, 5)),
    ((1,), (1, 1)),
]


@pytest.mark.parametrize(("of_matrix", "of_weights"), SHAPES)
def test_leading_dimensions_broadcast_as_in_numpy(of_matrix: tuple[int, ...], of_weights: tuple[int, ...]) -> None:
    matrix, weights = problem(of_matrix, of_weights)
    lead = np.broadcast_shapes(of_matrix, of_weights)
    matrices = np.broadcast_to(matrix, (*lead, 4, 3))
    weightings = np.broadcast_to(weights, (*lead, 3))
    one_by_one = np.empty((*lead, 4))
    for index in np.ndindex(lead):
        one_by_one[index] = mcda.topsis(matrices[index], weightings[index], DIRECTIONS)
    assert mcda.topsis(matrix, weights, DIRECTIONS) == pytest.approx(one_by_one, abs=1e-13)


def test_leading_dimensions_that_do_not_broadcast_are_refused() -> None:
    matrix, _ = problem((3,), ())
    _, weights = problem((), (5,))
    with pytest.raises(mcda.InputError, match=r"matrix \(3,\) and of weights \(5,\) must broadcast"):
        mcda.topsis(matrix, weights, DIRECTIONS)


@pytest.mark.parametrize("block", [1, 7, 64])
@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize(("of_matrix", "of_weights"), [((), (50,)), ((50,), ()), ((50,), (50,)), ((5, 1), (20,))])
def test_blocks_and_threads_do_not_change_a_bit_that_matters(
    monkeypatch: pytest.MonkeyPatch, block: int, threads: int, of_matrix: tuple[int, ...], of_weights: tuple[int, ...]
) -> None:
    matrix, weights = problem(of_matrix, of_weights)
    whole = mcda.topsis(matrix, weights, DIRECTIONS)
    monkeypatch.setattr(_engine, "_BLOCK", block)
    monkeypatch.setattr(_engine, "_ROWS_AT_LEAST", 1)
    assert mcda.topsis(matrix, weights, DIRECTIONS, threads=threads) == pytest.approx(whole, abs=1e-14)


def test_what_does_not_depend_on_the_weights_is_computed_once_per_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    from mcda.scoring.methods import _topsis

    seen = []

    def counting(matrices: Any, **parameters: Any) -> Any:
        seen.append(matrices.values.shape[0])
        return _topsis._prepare(matrices, **parameters)

    monkeypatch.setattr(_engine, "_BLOCK", 16)
    monkeypatch.setattr(_topsis, "RECIPE", replace(_topsis.RECIPE, prepare=counting))
    matrix, weights = problem((3, 1), (500,))
    mcda.topsis(matrix, weights, DIRECTIONS)
    assert sum(seen) == 3


def test_out_is_written_and_returned() -> None:
    matrix, weights = problem((), (6,))
    out = np.empty((6, 4))
    assert mcda.topsis(matrix, weights, DIRECTIONS, out=out) is out
    assert out == pytest.approx(mcda.topsis(matrix, weights, DIRECTIONS))


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (np.empty((4, 6)), r"out must have shape \(6, 4\) and dtype float64. Got shape \(4, 6\)"),
        (np.empty((6, 4), np.float32), "dtype float32"),
        (np.empty((4, 6)).T, "C-contiguous"),
        ([1.0, 2.0], "array of the same library"),
    ],
)
def test_bad_out(out: Any, message: str) -> None:
    matrix, weights = problem((), (6,))
    with pytest.raises(mcda.InputError, match=message):
        mcda.topsis(matrix, weights, DIRECTIONS, out=out)


@pytest.mark.parametrize("threads", [0, -1, 1.5, True, "two"])
def test_bad_threads(threads: Any) -> None:
    matrix, weights = problem((), ())
    with pytest.raises(mcda.InputError, match="threads must be a whole number of at least 1"):
        mcda.topsis(matrix, weights, DIRECTIONS, threads=threads)


@pytest.mark.parametrize("dtype", ["float16", int, "complex128", object()])
def test_bad_dtype(dtype: Any) -> None:
    matrix, weights = problem((), ())
    with pytest.raises(mcda.InputError, match="dtype must be float64 or float32"):
        mcda.topsis(matrix, weights, DIRECTIONS, dtype=dtype)


def test_single_precision_on_request_only() -> None:
    matrix, weights = problem((), (6,))
    assert mcda.topsis(matrix.astype(np.float32), weights, DIRECTIONS).dtype == np.float64
    single = mcda.topsis(matrix, weights, DIRECTIONS, dtype=np.float32)
    assert single.dtype == np.float32
    assert single == pytest.approx(mcda.topsis(matrix, weights, DIRECTIONS), abs=1e-6)


def test_labels_of_alternatives_and_scenarios_come_back() -> None:
    matrix = pd.DataFrame([[1, 9, 3], [2, 5, 1]], index=["P1", "P2"], columns=["a", "b", "c"])
    one = mcda.topsis(matrix, {"c": 0.2, "a": 0.5, "b": 0.3}, {"b": "min", "a": "max", "c": "max"})
    assert list(one.index) == ["P1", "P2"]
    weights = pd.DataFrame([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2]], index=["Board", "Staff"], columns=["c", "a", "b"])
    many = mcda.topsis(matrix, weights, DIRECTIONS)
    assert list(many.index) == ["Board", "Staff"]
    assert list(many.columns) == ["P1", "P2"]
    assert many.loc["Board"].tolist() == one.tolist()
    plain = mcda.topsis(matrix, weights[["a", "b", "c"]].to_numpy(), DIRECTIONS)
    assert list(plain.columns) == ["P1", "P2"]
    assert mcda.topsis(matrix.to_numpy(), weights, ["max", "max", "min"]).shape == (2, 2)


def test_labelled_directions_follow_labelled_weights_of_a_plain_matrix() -> None:
    weights = pd.Series([0.5, 0.3, 0.2], index=["a", "b", "c"])
    scores = mcda.topsis([[1, 9, 3], [2, 5, 1]], weights, {"c": "max", "b": "min", "a": "max"})
    assert scores.tolist() == mcda.topsis([[1, 9, 3], [2, 5, 1]], weights.to_numpy(), DIRECTIONS).tolist()


def test_unknown_option_and_method() -> None:
    matrix, weights = problem((), ())
    with pytest.raises(TypeError, match="normalize"):
        mcda.topsis(matrix, weights, DIRECTIONS, normalize=True)  # type: ignore[call-arg]
    with pytest.raises(mcda.LabelError, match=r"No method is called 'topsi'\. Methods: additive, topsis"):
        mcda.score("topsi", matrix, weights, DIRECTIONS)


def test_inputs_are_left_as_they_are() -> None:
    matrix, weights = problem((), (6,))
    before = matrix.copy(), weights.copy()
    mcda.topsis(matrix, weights, DIRECTIONS, normalise_weights=True)
    assert (matrix == before[0]).all()
    assert (weights == before[1]).all()
