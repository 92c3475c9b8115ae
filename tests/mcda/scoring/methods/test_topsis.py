"""TOPSIS: Hwang & Yoon 1981, Opricovic & Tzeng 2004; its limits and its invariances."""

from __future__ import annotations

import numpy as np
import pytest

import mcda

FIGHTERS = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
WEIGHTS = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3]
DIRECTIONS = ["max", "max", "max", "min", "max", "max"]


def by_the_book(matrix: np.ndarray, weights: np.ndarray, signs: np.ndarray) -> np.ndarray:
    weighted = weights * matrix / np.linalg.norm(matrix, axis=0)
    ideal, worst = (weighted * signs).max(axis=0) * signs, (weighted * signs).min(axis=0) * signs
    to_ideal, from_worst = np.linalg.norm(weighted - ideal, axis=1), np.linalg.norm(weighted - worst, axis=1)
    closeness: np.ndarray = from_worst / (to_ideal + from_worst)
    return closeness


def test_against_the_formula() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        matrix, weights = rng.random((7, 4)), rng.dirichlet(np.ones(4))
        signs = rng.choice([-1, 1], 4)
        assert mcda.topsis(matrix, weights, signs) == pytest.approx(by_the_book(matrix, weights, signs), abs=1e-13)


def test_vector_normalisation_is_invariant_to_units_but_not_to_the_zero() -> None:
    matrix = np.array(FIGHTERS)
    moved = matrix + np.array([0, 0, 0, 0, 0, 50])
    base = mcda.topsis(matrix, WEIGHTS, DIRECTIONS)
    assert mcda.topsis(matrix * [1, 1e-3, 1e5, 7, 1, 1e-290], WEIGHTS, DIRECTIONS) == pytest.approx(base, abs=1e-12)
    assert abs(mcda.topsis(moved, WEIGHTS, DIRECTIONS) - base).max() > 1e-3
    shifted = mcda.topsis(moved, WEIGHTS, DIRECTIONS, normalisation="minmax")
    assert shifted == pytest.approx(mcda.topsis(matrix, WEIGHTS, DIRECTIONS, normalisation="minmax"), abs=1e-12)


def test_limits() -> None:
    assert mcda.topsis([[3, 4]], [0.5, 0.5], ["max", "min"]).tolist() == [0.5]
    assert mcda.topsis([[3, 4], [3, 4]], [0.5, 0.5], ["max", "min"]).tolist() == [0.5, 0.5]
    # A constant criterion plays no part, whatever its weight.
    assert mcda.topsis([[0, 4], [0, 2], [0, 3]], [1 - 1e-300, 1e-300], ["max", "max"]).tolist() == [1, 0, 0.5]
    # The best and the worst on every criterion.
    assert mcda.topsis([[9, 1], [1, 9]], [0.5, 0.5], ["max", "min"]).tolist() == [1, 0]


def test_unknown_normalisation_is_refused() -> None:
    with pytest.raises(mcda.InputError, match=r"normalisation must be one of .*vector.* Got 'euclid'"):
        mcda.topsis(FIGHTERS, WEIGHTS, DIRECTIONS, normalisation="euclid")
