"""Objective weights: published cases, what other libraries agree on, properties, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from tests.mcda.weights.published import FOLDER, case

CASES = sorted(path.stem for path in FOLDER.glob("weights-*.json"))
OBJECTIVE = [name for name, method in mcda.weighting_methods().items() if method.input == "matrix"]
NEED_POSITIVE = {"merec", "cilos", "idocriw"}


@st.composite
def matrices(draw: st.DrawFn, largest: int = 6) -> np.ndarray:
    shape = (draw(st.integers(2, largest)), draw(st.integers(2, largest)))
    return draw(arrays(float, shape, elements=st.floats(0.5, 50).map(lambda x: round(x, 2))))


@pytest.mark.parametrize("name", CASES)
def test_published_weights(name: str) -> None:
    published = case(name)
    weights = mcda.weigh(published["method"], published["matrix"], published["directions"])
    expected = published["expected"]
    assert weights == pytest.approx(expected["published"], abs=expected["tolerance"], rel=0)
    if "precise" in expected:
        assert weights == pytest.approx(expected["precise"], abs=expected["precise_tolerance"], rel=0)


PEERS = {
    "entropy": "entropy_weights",
    "standard_deviation": "standard_deviation_weights",
    "statistical_variance": "variance_weights",
    "critic": "critic_weights",
    "merec": "merec_weights",
    "cilos": "cilos_weights",
    "idocriw": "idocriw_weights",
    "gini": "gini_weights",
    "angle": "angle_weights",
}


@pytest.mark.parametrize("name", PEERS)
@given(matrix=matrices(), signs=st.lists(st.sampled_from([1, -1]), min_size=6, max_size=6))
def test_agrees_with_pymcdm_where_it_gives_an_answer(name: str, matrix: np.ndarray, signs: list[int]) -> None:
    from pymcdm import weights as peer

    # Constant criteria and repeated extremes are where the peer divides by zero or meets a null space of rank two.
    assume(all(len(set(column)) == len(column) for column in matrix.T))
    directions = np.array(signs[: matrix.shape[1]])
    with np.errstate(all="ignore"):
        try:
            expected = getattr(peer, PEERS[name])(matrix, directions)
        except ValueError:
            reject()  # the null space has two dimensions
    assume(len(expected) == matrix.shape[1])
    assume(np.isfinite(expected).all())
    assume(name != "critic" or len(matrix) > 2)
    tolerance = 1e-6 if name in ("cilos", "idocriw", "angle") else 1e-9
    assert mcda.weigh(name, matrix, directions) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("name", OBJECTIVE)
@given(matrix=matrices(), order=st.randoms())
def test_weights_are_shares_and_order_does_not_matter(name: str, matrix: np.ndarray, order: Any) -> None:
    directions = np.array([1, -1] * 3)[: matrix.shape[1]]
    weights = mcda.weigh(name, matrix, directions)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    columns, rows = list(range(matrix.shape[1])), list(range(len(matrix)))
    order.shuffle(columns)
    shuffled = mcda.weigh(name, matrix[:, columns], directions[columns])
    # Where several alternatives are best on a criterion, CILOS depends on which comes first: the paper's choice.
    if name not in ("cilos", "idocriw"):
        order.shuffle(rows)
        assert mcda.weigh(name, matrix[rows], directions) == pytest.approx(weights, abs=1e-9)
    assert shuffled == pytest.approx(weights[columns], abs=1e-9)


@pytest.mark.parametrize("name", [name for name in OBJECTIVE if name != "standard_deviation"])
@given(matrix=matrices(), factor=st.floats(0.01, 1000))
def test_the_unit_of_a_criterion_does_not_matter(name: str, matrix: np.ndarray, factor: float) -> None:
    scaled = matrix * np.where(np.arange(matrix.shape[1]) == 0, factor, 1.0)
    assert mcda.weigh(name, scaled) == pytest.approx(mcda.weigh(name, matrix), abs=1e-7)


@pytest.mark.parametrize("name", OBJECTIVE)
@pytest.mark.parametrize("exponent", [-300, -160, 160, 300, 307])
def test_the_magnitude_of_all_figures_does_not_matter(name: str, exponent: int) -> None:
    matrix = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 4.0]])
    weights = mcda.weigh(name, matrix * 10.0**exponent, ["max", "min"])
    assert weights == pytest.approx(mcda.weigh(name, matrix, ["max", "min"]), abs=1e-12)


def test_a_range_wider_than_any_number_is_scaled_all_the_same() -> None:
    wide = np.array([[1.7e308, 1.0], [-1.7e308, 2.0], [0.85e308, 4.0]])
    plain = np.array([[1.7, 1.0], [-1.7, 2.0], [0.85, 4.0]])
    for name in ("statistical_variance", "critic"):
        assert mcda.weigh(name, wide) == pytest.approx(mcda.weigh(name, plain), abs=1e-12)
    assert mcda.weigh("standard_deviation", wide, normalisation="minmax") == pytest.approx(
        mcda.weigh("standard_deviation", plain, normalisation="minmax"), abs=1e-12
    )


@pytest.mark.parametrize("name", OBJECTIVE)
def test_a_stack_equals_its_matrices(name: str) -> None:
    stack = np.random.default_rng(1).uniform(1, 9, (2, 3, 5, 4))
    weights = mcda.weigh(name, stack, ["max", "min", "max", "min"])
    assert weights.shape == (2, 3, 4)
    for place in np.ndindex(2, 3):
        assert weights[place] == pytest.approx(mcda.weigh(name, stack[place], ["max", "min", "max", "min"]), abs=1e-14)


@pytest.mark.parametrize("name", OBJECTIVE)
def test_nothing_to_tell_apart_gives_equal_weights(name: str) -> None:
    assert mcda.weigh(name, [[3.3, 0.7, 5], [3.3, 0.7, 5], [3.3, 0.7, 5]]).tolist() == [1 / 3] * 3
    assert mcda.weigh(name, [[3.3, 0.7, 5]]).tolist() == [1 / 3] * 3


@pytest.mark.parametrize("name", [name for name in OBJECTIVE if name not in ("equal", "cilos")])
def test_a_constant_criterion_has_no_weight(name: str) -> None:
    weights = mcda.weigh(name, [[1, 4, 2], [2, 4, 7], [5, 4, 3]])
    assert weights[1] == 0
    others = mcda.weigh(name, [[1, 2], [2, 7], [5, 3]])
    if name != "merec":  # which counts the criteria
        assert weights[[0, 2]] == pytest.approx(others)


def test_cilos_where_nothing_is_lost() -> None:
    # The first alternative is best on both of the first two: neither loses where the other is best.
    weights = mcda.weigh("cilos", [[9, 9, 1], [1, 2, 3]])
    # On the third 2/3 is lost at the first; at the second 8/9 and 7/9 on the others: q1 8/9 = q3 2/3, q2 7/9 = q3 2/3.
    expected = np.array([(2 / 3) / (8 / 9), (2 / 3) / (7 / 9), 1])
    assert weights == pytest.approx(expected / expected.sum())
    assert mcda.weigh("cilos", [[9, 8, 7], [1, 2, 3]]).tolist() == [1 / 3] * 3


@pytest.mark.parametrize("name", OBJECTIVE)
def test_labels_go_in_and_come_out(name: str) -> None:
    frame = pd.DataFrame({"cost": [1.0, 4, 2], "range": [3.0, 9, 8]}, index=["x", "y", "z"])
    weights = mcda.weigh(name, frame, {"range": "max", "cost": "min"})
    assert weights.index.tolist() == ["cost", "range"]
    assert weights.to_numpy() == pytest.approx(mcda.weigh(name, frame.to_numpy(), ["min", "max"]))


@pytest.mark.parametrize("name", OBJECTIVE)
@pytest.mark.parametrize(
    ("matrix", "directions", "message"),
    [
        ([[1, np.nan], [2, 3]], None, "nan"),
        ([1, 2], None, "shape"),
        ([[1, 2], [2, 3]], ["max", "up"], '"max" or "min"'),
        ([[1, 2], [2, 3]], ["max"], "one entry per criterion"),
    ],
)
def test_bad_figures_are_refused(name: str, matrix: Any, directions: Any, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        mcda.weigh(name, matrix, directions)


@pytest.mark.parametrize("name", ["entropy", "gini", "angle", *sorted(NEED_POSITIVE)])
def test_figures_a_method_is_not_defined_for_are_refused(name: str) -> None:
    frame = pd.DataFrame({"cost": [1.0, 2], "trend": [-3.0, 4]})
    with pytest.raises(mcda.InputError, match="criterion 'trend' has -3"):
        mcda.weigh(name, frame)
    rule = "positive" if name in NEED_POSITIVE else "not all zero"
    with pytest.raises(mcda.InputError, match=rule):
        mcda.weigh(name, [[0, 1], [0, 2]])


def test_standard_deviation_variants() -> None:
    matrix = np.array([[0, 10.0], [10, 30], [20, 20]])
    assert mcda.weigh("standard_deviation", matrix, normalisation="minmax") == pytest.approx([0.5, 0.5])
    shares = matrix / matrix.sum(axis=0)
    expected = shares.std(axis=0) / shares.std(axis=0).sum()
    assert mcda.weigh("standard_deviation", matrix, normalisation="sum") == pytest.approx(expected)
    with pytest.raises(mcda.InputError, match="normalisation must be"):
        mcda.weigh("standard_deviation", matrix, normalisation="max")
