"""The rules of input: each broken rule is refused with the cell, the rule, the value and the remedy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda import arrays, weights

NAN, INF = float("nan"), float("inf")
LABELLED = pd.DataFrame([[1.0, 2.0], [3.0, NAN]], index=["P1", "P2"], columns=["cost", "safety"])


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, NAN]], r"matrix\[0, 1\] must be a finite number. Got nan"),
        ([[1, 2], [INF, 3]], r"matrix\[1, 0\] .* Got inf"),
        (LABELLED, r"matrix\['P2', 'safety'\] must be a finite number"),
        (np.where(np.arange(24).reshape(2, 3, 4) == 17, NAN, 1.0), r"matrix\[1, 1, 1\]"),
        ([1, 2, 3], r"shape \(\.\.\., alternatives, criteria\).*Got shape \(3,\)"),
        (np.empty((0, 3)), r"at least one of each. Got shape \(0, 3\)"),
        (np.empty((3, 0)), r"at least one of each"),
        ([[1, 2], [3]], "rectangular"),
        ([["a", "b"]], "array of numbers"),
        ([[1, None]], r"matrix\[0, 1\] must be a number. Got None"),
        ([[1, "x"], [1, 2]], "array of numbers|must be a number"),
        (np.array([[1, object()]], dtype=object), r"matrix\[0, 1\] must be a number"),
        (np.ma.masked_invalid([[1.0, NAN]]), "masked array"),
        ([[1 + 2j]], "array of numbers"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "column of matrix must be unique. Got 'a'"),
        (pd.DataFrame([[1], [2]], index=["x", "x"]), "row of matrix must be unique. Got 'x'"),
        (pd.DataFrame({"a": [1], "b": ["?"]}), r"matrix\[0, 'b'\] must be a number. Got '\?'"),
    ],
)
def test_bad_matrix(matrix: object, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        arrays.read_matrix(matrix)


@pytest.mark.parametrize(
    ("weights", "normalise", "message"),
    [
        ([0.5, -0.5, 1.0], False, r"weights\['b'\] must not be negative. Got -0.5"),
        ([[0.2, 0.3, 0.5], [0.5, 0.6, -0.1]], True, r"weights\[1, 'c'\] must not be negative"),
        ([0, 0, 0], True, "weights must have at least one positive entry"),
        ([[1, 0, 0], [0, 0, 0]], True, r"weights\[1\] must have at least one positive"),
        ([0.5, 0.5, 0.5], False, "sum to 1 .* Got a sum of 1.5. Pass normalise_weights=True"),
        ([[1, 0, 0], [0.3, 0.3, 0.3]], False, r"weights\[1\] must sum to 1"),
        ([0.5, 0.5], False, r"shape \(\.\.\., 3\), one per criterion of the matrix. Got shape \(2,\)"),
        (1.0, False, r"Got shape \(\)"),
        ([0.5, NAN, 0.5], False, r"weights\['b'\] must be a finite number"),
        ([1, 0, INF], True, r"weights\['c'\] must be a finite number"),
        (np.empty((0, 3)), False, "at least one weighting"),
        ([1, 0, 0], "yes", 'must be True, False or "keep"'),
        (pd.Series({"a": 0.5, "b": 0.5}), False, "weights must have exactly the labels .* missing 'c'|missing"),
        ({"a": 0.2, "b": 0.3, "c": 0.4, "d": 0.1}, False, "unknown \\['d'\\]"),
        (pd.Series([0.1, 0.2, 0.7], index=["a", "a", "b"]), False, "must be unique. Got 'a'"),
        (pd.DataFrame([[0.2, 0.3, -0.5]], index=["Board"], columns=list("abc")), True, r"weights\['Board', 'c'\]"),
    ],
)
def test_bad_weights(weights: object, normalise: bool, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        arrays.read_weights(weights, ["a", "b", "c"], 3, normalise=normalise)


@pytest.mark.parametrize(
    ("directions", "message"),
    [
        (["max", "up"], r"directions\['b'\] must be \"max\" or \"min\".*Got 'up'"),
        (["max", 0], r"Got 0"),
        (["max", NAN], r"Got nan"),
        (["max", None], r"Got None"),
        (["max"], r"one entry per criterion \(2\). Got 1"),
        ("max", "must be a sequence"),
        (1, "must be a sequence"),
        ({"a": "max", "c": "min"}, "missing \\['b'\\], unknown \\['c'\\]"),
    ],
)
def test_bad_directions(directions: object, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        arrays.read_directions(directions, ["a", "b"], 2)


def test_directions_in_every_spelling() -> None:
    for spelling in (
        ["max", "min"],
        [1, -1],
        [1.0, -1.0],
        np.array([1, -1]),
        pd.Series(["min", "max"], index=["b", "a"]),
    ):
        assert arrays.read_directions(spelling, ["a", "b"], 2).tolist() == [1.0, -1.0]


def test_labelled_weights_are_matched_by_label_not_by_position() -> None:
    shuffled = pd.Series({"c": 0.5, "a": 0.2, "b": 0.3})
    assert arrays.read_weights(shuffled, ["a", "b", "c"], 3).values.tolist() == [0.2, 0.3, 0.5]
    assert arrays.read_weights(dict(shuffled), ["a", "b", "c"], 3).values.tolist() == [0.2, 0.3, 0.5]
    frame = pd.DataFrame([shuffled, shuffled], index=["Board", "Clinicians"])
    read = arrays.read_weights(frame, ["a", "b", "c"], 3)
    assert read.values.tolist() == [[0.2, 0.3, 0.5]] * 2
    assert read.rows is not None
    assert list(read.rows) == ["Board", "Clinicians"]


def test_weights_of_every_positive_scale_normalise() -> None:
    for scale in (1e-320, 1e-300, 1.0, 1e300, 5e307):
        assert mcda.normalise_weights(np.array([scale, 3 * scale])) == pytest.approx([0.25, 0.75], rel=1e-2)


def test_normalise_weights_keeps_kind_and_labels() -> None:
    series = mcda.normalise_weights(pd.Series({"a": 2, "b": 6}, name="Board"))
    assert series.to_dict() == {"a": 0.25, "b": 0.75}
    assert series.name == "Board"
    frame = mcda.normalise_weights(pd.DataFrame([[1, 1], [3, 1]], index=["x", "y"], columns=["a", "b"]))
    assert frame.loc["y"].to_dict() == {"a": 0.75, "b": 0.25}
    with pytest.raises(mcda.InputError, match="negative"):
        mcda.normalise_weights({"a": -1, "b": 2})


def test_a_bad_row_far_down_a_long_stack_is_named() -> None:
    weights = np.full((200_000, 2), 0.5)
    weights[150_001, 1] = 0.4
    with pytest.raises(mcda.InputError, match=r"weights\[150001\] must sum to 1 .* Got a sum of 0.9"):
        arrays.read_weights(weights, None, 2)
    weights[150_001, 1] = NAN
    with pytest.raises(mcda.InputError, match=r"weights\[150001, 1\] must be a finite number"):
        arrays.read_weights(weights, None, 2)


def test_figures_whose_sum_overflows_are_finite() -> None:
    assert arrays.read_matrix([[1.7e308, 1.7e308]]).values.tolist() == [[1.7e308, 1.7e308]]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 2], r"bounds must have shape \(3,\)"),
        ([1, 2, NAN], r"bounds\['c'\] must be a finite number"),
        (pd.Series({"a": 1, "b": 2}), "missing \\['c'\\]"),
    ],
)
def test_bad_parameter_per_criterion(value: object, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        arrays.read_per_criterion(value, ["a", "b", "c"], 3, "bounds")


def test_parameter_per_criterion_by_label() -> None:
    frame = pd.DataFrame({"low": [3, 1], "high": [4, 2]}, index=["b", "a"])
    assert arrays.read_per_criterion(frame, ["a", "b"], 2, "bounds", width=2).tolist() == [[1, 2], [3, 4]]
    assert arrays.read_per_criterion(5, ["a", "b"], 2, "q").tolist() == [5, 5]


@pytest.mark.parametrize("seed", [-1, 1.5, "one"])
def test_a_seed_that_starts_no_generator_is_refused(seed):
    problem = mcda.scored_problem(solvers.Problem([0, 0], [1, 1], 1), [[1, 2], [2, 1]])
    for call in (
        lambda: mcda.portfolio_smaa(problem, mcda.weight_set(2), draws=3, rng=seed),
        lambda: weights.variance_between_groups([[0.2, 0.8], [0.5, 0.5], [0.6, 0.4]], ["a", "a", "b"], rng=seed),
    ):
        with pytest.raises(mcda.InputError, match=r"rng \(a seed\) must be a whole number of at least 0, or"):
            call()


def test_a_seed_is_the_number_given_or_one_from_the_generator() -> None:
    from mcda.arrays import read_seed

    assert read_seed(7) == read_seed(np.int64(7)) == 7
    one, other = (read_seed(np.random.default_rng(7)) for _ in range(2))
    assert one == other != 7
    generator = np.random.default_rng(7)
    assert read_seed(generator) != read_seed(generator)
    with pytest.raises(mcda.InputError, match="whole number of at least 0"):
        read_seed(-1)
