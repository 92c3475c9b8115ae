"""Judgement scales, words, and building a matrix from answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.weights import SCALES, VERBAL_SCALE, read_judgement
from tests.mcda.weights.strategies import from_pairs, judgement_matrices

# Goepel (2018), Comparison of judgment scales, table 2: what a judgement of 9 becomes; and the value of 3.
AT_NINE = {
    "linear": 9, "logarithmic": np.log2(10), "root_square": 3, "inverse_linear": 9, "balanced": 9, "power": 81,
    "geometric": 256, "koczkodaj": 2, "balanced_n": 9,
}  # fmt: skip
AT_THREE = {"inverse_linear": 9 / 7, "balanced": 1.5, "geometric": 4, "logarithmic": 2, "power": 9}


@pytest.mark.parametrize("scale", AT_NINE)
def test_ends_of_the_scales(scale: Any) -> None:
    assert mcda.apply_scale([[1, 9], [1 / 9, 1]], scale)[0, 1] == pytest.approx(AT_NINE[scale])


@pytest.mark.parametrize("scale", AT_THREE)
def test_inner_values_of_the_scales(scale: Any) -> None:
    assert mcda.apply_scale([[1, 1 / 3], [3, 1]], scale)[1, 0] == pytest.approx(AT_THREE[scale])


@pytest.mark.parametrize("size", [2, 3, 5, 9])
def test_balanced_n_spreads_local_weights_evenly(size: int) -> None:
    # The first is judged x against all others, which are equal: its weight must grow by equal steps (Goepel, 2018).
    weights = []
    for x in range(1, 10):
        pairwise = from_pairs(size, [float(x)] * (size - 1) + [1.0] * ((size - 1) * (size - 2) // 2))
        weights.append(mcda.ahp(mcda.apply_scale(pairwise, "balanced_n")).weights[0])
    assert np.diff(weights) == pytest.approx([(9 / (size + 8) - 1 / size) / 8] * 8)


def test_adaptive_scales_reach_nine_tenths_whatever_the_number() -> None:
    for size in (2, 4, 7):
        pairwise = from_pairs(size, [9.0] * (size - 1) + [1.0] * ((size - 1) * (size - 2) // 2))
        for scale in ("adaptive", "adaptive_balanced"):
            assert mcda.ahp(mcda.apply_scale(pairwise, scale)).weights[0] == pytest.approx(0.9)


@pytest.mark.parametrize("scale", SCALES)
@given(judgement_matrices(1, 6))
def test_every_scale_gives_judgements(scale: Any, pairwise: np.ndarray) -> None:
    scaled = mcda.apply_scale(pairwise, scale)
    found = mcda.ahp(scaled)
    assert found.weights.sum() == pytest.approx(1)
    assert ((scaled > 1) == (pairwise > 1)).all()


def test_scales_refuse_what_they_are_not_defined_for() -> None:
    assert np.isnan(mcda.apply_scale([[1, None], [None, 1]], "power")[0, 1])
    with pytest.raises(mcda.InputError, match=r"from 1/9 to 9. Got 12"):
        mcda.apply_scale([[1, 12], [1 / 12, 1]], "power")
    with pytest.raises(mcda.InputError, match="scale must be one of linear"):
        mcda.apply_scale([[1, 1], [1, 1]], "cubic")  # type: ignore[arg-type]


def test_words_of_the_scale() -> None:
    assert sorted(VERBAL_SCALE.values()) == list(range(1, 10))
    assert read_judgement(" Very  Strong ") == 7
    assert read_judgement("1 / 5") == 0.2
    assert read_judgement(float("nan")) is None
    assert read_judgement(None) is None
    for wrong in ("rather", "0", "-2", "1/0", 0, -1, float("inf"), [3]):
        with pytest.raises(mcda.InputError, match="judgement"):
            read_judgement(wrong)


@given(st.permutations(range(6)))
def test_answers_in_any_order_build_the_same_matrix(order: list[int]) -> None:
    pairs = [("a", "b", 2), ("c", "a", "1/4"), ("a", "d", None), ("b", "c", "moderate"), ("d", "b", 3), ("c", "d", 5)]
    built, names = mcda.comparison_matrix([pairs[k] for k in order], ["a", "b", "c", "d"])
    assert names == ("a", "b", "c", "d")
    assert built == pytest.approx(from_pairs(4, [2, 4, None, 3, 1 / 3, 5]), nan_ok=True)


def test_answers_that_cannot_stand_are_refused() -> None:
    with pytest.raises(mcda.LabelError, match="'z' is compared but is not among"):
        mcda.comparison_matrix([("a", "z", 2)], ["a", "b"])
    with pytest.raises(mcda.InputError, match="compared with itself"):
        mcda.comparison_matrix([("a", "a", 1)])
    with pytest.raises(mcda.InputError, match="compared twice"):
        mcda.comparison_matrix([("a", "b", 2), ("b", "a", "1/2")])
