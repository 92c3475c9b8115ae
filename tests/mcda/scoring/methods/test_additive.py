"""Additive value: Keeney & Raiffa 1976, with the zero at doing nothing (Clemen & Smith 2009, Morton 2015)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda

MATRIX = pd.DataFrame(
    [[20.0, 60.0, 3.0], [40.0, 75.0, 5.0]], index=["triage", "records"], columns=["wait", "satisfaction", "safety"]
)
WEIGHTS = pd.Series({"safety": 0.1, "wait": 0.6, "satisfaction": 0.3})
DIRECTIONS = {"wait": "min", "satisfaction": "max", "safety": "max"}
RANGES = {"worse": pd.Series({"wait": 50, "satisfaction": 0, "safety": 1}), "better": [0, 100, 5]}


def test_value_is_the_share_of_each_swing_counted_from_doing_nothing() -> None:
    value = mcda.additive(MATRIX, WEIGHTS, DIRECTIONS, **RANGES, baseline=[40, 60, 3], scale=100)
    assert value["triage"] == pytest.approx(100 * 0.6 * 20 / 50)
    assert value["records"] == pytest.approx(100 * (0.3 * 15 / 100 + 0.1 * 2 / 4))


def test_doing_nothing_is_worth_nothing_and_harm_is_negative() -> None:
    value = mcda.additive(MATRIX, WEIGHTS, DIRECTIONS, **RANGES, baseline=MATRIX)
    assert value.tolist() == [0, 0]
    worse = MATRIX.assign(wait=MATRIX["wait"] + 5)
    assert (mcda.additive(worse, WEIGHTS, DIRECTIONS, **RANGES, baseline=MATRIX) < 0).all()


def test_baseline_frame_is_matched_by_label() -> None:
    baseline = MATRIX - 1.0
    expected = mcda.additive(MATRIX, WEIGHTS, DIRECTIONS, **RANGES, baseline=baseline)
    shuffled = baseline.loc[["records", "triage"], ["safety", "wait", "satisfaction"]]
    pd.testing.assert_series_equal(mcda.additive(MATRIX, WEIGHTS, DIRECTIONS, **RANGES, baseline=shuffled), expected)


def test_levels_beyond_the_range_count_beyond_one() -> None:
    assert mcda.additive([[12.0], [-2.0]], [1], ["max"], worse=0, better=10).tolist() == [1.2, -0.2]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
def test_units_and_origin_do_not_matter(levels: list[float], unit: float, origin: float) -> None:
    matrix = np.array(levels)[:, None]
    base = mcda.additive(matrix, [1], ["max"], worse=0, better=7)
    moved = mcda.additive(matrix * unit + origin, [1], ["max"], worse=origin, better=7 * unit + origin)
    assert moved == pytest.approx(base, rel=1e-6, abs=1e-3)


def test_piecewise_linear_of_two_points_is_the_straight_line() -> None:
    line = mcda.PiecewiseLinear([0, 10], [0, 1])
    matrix = [[-3.0], [4.0], [12.0]]
    curved = mcda.additive(matrix, [1], ["max"], worse=0, better=10, value_functions=[line])
    assert curved == pytest.approx(mcda.additive(matrix, [1], ["max"], worse=0, better=10))


def test_exponential_tends_to_the_straight_line_and_runs_from_0_to_1() -> None:
    matrix = [[0.0], [4.0], [10.0]]
    for rho in (-5, -1e-9, 0, 1e-9, 3):
        value = mcda.additive(matrix, [1], ["max"], worse=0, better=10, value_functions=[mcda.Exponential(rho)])
        assert value[[0, 2]] == pytest.approx([0, 1])
        if abs(rho) < 1e-8:
            assert value[1] == pytest.approx(0.4)
    # Kirkwood 1997: (1 - e^-1.2)/(1 - e^-3)
    value = mcda.additive(matrix, [1], ["max"], worse=0, better=10, value_functions=[mcda.Exponential(3)])
    assert value[1] == pytest.approx((1 - np.exp(-1.2)) / (1 - np.exp(-3)))


def test_value_functions_are_counted_from_the_baseline() -> None:
    curve = mcda.PiecewiseLinear([60, 18, 0], [0, 0.8, 1])
    value = mcda.additive([[18.0]], [1], ["min"], worse=60, better=0, baseline=[39], value_functions=[curve], scale=100)
    assert value == pytest.approx([40])
    labelled = MATRIX[["wait"]]
    by_label = mcda.additive(labelled, [1], ["min"], worse=60, better=0, value_functions={"wait": curve})
    assert by_label["records"] == pytest.approx(0.8 * 20 / 42)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"better": [50, 100, 5]}, r"better\['wait'\] must be less than worse\['wait'\]"),
        ({"worse": [0, 0, 1], "better": [50, 100, 5]}, "must be less than worse"),
        ({"worse": [50, 0]}, r"worse must have shape \(3,\)"),
        ({"baseline": [[1, 2, 3]]}, r"baseline must have shape \(2, 3\)"),
        ({"baseline": [1, 2, float("nan")]}, r"baseline\['safety'\] must be a finite number"),
        ({"baseline": MATRIX.rename(index={"triage": "other"})}, "same index labels"),
        ({"scale": float("inf")}, "scale must be a finite number"),
        ({"value_functions": [None]}, "one entry per criterion"),
        ({"value_functions": {"cost": None}}, "'cost', which is not a criterion"),
        ({"value_functions": [None, None, 3]}, "must be PiecewiseLinear, Exponential or None"),
    ],
)
def test_bad_parameters(change: dict[str, Any], message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        mcda.additive(MATRIX, WEIGHTS, DIRECTIONS, **{**RANGES, **change})


@pytest.mark.parametrize(
    ("levels", "values", "message"),
    [
        ([1], [1], "two or more"),
        ([1, 2], [1], "one value for each"),
        ([1, 1], [0, 1], "strictly"),
        ([0, np.inf], [0, 1], "finite"),
    ],
)
def test_bad_piecewise_linear(levels: list[float], values: list[float], message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        mcda.PiecewiseLinear(levels, values)


def test_bad_curvature() -> None:
    with pytest.raises(mcda.InputError, match="between -100 and 100"):
        mcda.Exponential(1e9)
