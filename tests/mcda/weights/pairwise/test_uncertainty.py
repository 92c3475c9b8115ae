"""Weights under uncertain and interval judgements."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.weights import interval_priorities, interval_uncertainty
from tests.mcda.weights.strategies import from_pairs, weight_vectors


def test_two_things_have_a_closed_form() -> None:
    # ln(w1/w2) = ln 3 + error * Z, so quantiles map through the logistic function.
    found = mcda.weight_uncertainty([[1, 3], [1 / 3, 1]], error=0.4, draws=40_000, coverage=0.8)
    ends = 1 / (1 + np.exp(-(np.log(3) + 0.4 * 1.2816 * np.array([-1, 1]))))
    assert (found.lower[0], found.upper[0]) == pytest.approx(tuple(ends), abs=0.005)
    assert found.rank_probability[0, 0] == pytest.approx(0.997, abs=0.002)  # P(Z > -ln 3 / 0.4)
    assert found.rank_probability.sum(axis=0) == pytest.approx([1, 1])


def test_no_error_gives_the_weights_and_the_same_draws_every_time() -> None:
    pairwise = from_pairs(3, [2, 4, 2])
    assert np.ptp(mcda.weight_uncertainty(pairwise, draws=5).draws, axis=0) == pytest.approx(0, abs=1e-12)
    noisy = from_pairs(3, [2, 9, 2])
    first, second = (mcda.weight_uncertainty(noisy, draws=20) for _ in range(2))
    assert first.draws.tolist() == second.draws.tolist()
    assert np.ptp(first.draws, axis=0).min() > 0.01
    other = mcda.weight_uncertainty(noisy, draws=20, rng=np.random.default_rng(9))
    assert other.draws.tolist() != first.draws.tolist()


def test_gaps_stay_gaps_and_labels_come_out() -> None:
    found = mcda.weight_uncertainty(from_pairs(3, [2, None, 2]), error=0.1, draws=50, labels=["a", "b", "c"])
    assert found.draws.shape == (50, 3)
    assert found.to_frame().index.tolist() == ["a", "b", "c"]
    assert found.mean == pytest.approx([4 / 7, 2 / 7, 1 / 7], abs=0.05)
    assert "50 draws" in repr(found)
    assert "<table" in found._repr_html_()


@settings(max_examples=20)
@given(weight_vectors(2, 5), st.floats(1.01, 2))
def test_intervals_hold_the_weights_they_were_made_around(weights: np.ndarray, width: float) -> None:
    ratios = weights[:, None] / weights
    low = np.where(np.eye(len(weights), dtype=bool), 1.0, ratios / width)
    found = interval_priorities(low, np.where(np.eye(len(weights), dtype=bool), 1.0, ratios * width))
    assert (found.lower <= weights + 1e-7).all()
    assert (weights <= found.upper + 1e-7).all()
    drawn = interval_uncertainty(low, 1 / low.T, draws=30).draws
    assert drawn.sum(axis=1) == pytest.approx(np.ones(30))


def test_points_as_intervals_give_the_weights() -> None:
    pairwise = from_pairs(3, [2, 6, None])
    found = interval_priorities(pairwise, pairwise, labels=["a", "b", "c"])
    assert found.lower == pytest.approx(found.upper)
    assert found.to_frame().loc["a"].to_list() == pytest.approx([0.6, 0.6])


BAD: dict[str, tuple[Any, str]] = {
    "no draws": (lambda: mcda.weight_uncertainty(np.ones((2, 2)), draws=0), "draws must be"),
    "coverage": (lambda: mcda.weight_uncertainty(np.ones((2, 2)), coverage=90), "coverage must be between"),
    "error": (lambda: mcda.weight_uncertainty(np.ones((2, 2)), error=-1), "error must be"),
    "stack": (lambda: mcda.weight_uncertainty(np.ones((2, 2, 2))), "drawn for one matrix"),
    "crossed": (lambda: interval_priorities([[1, 4], [1 / 2, 1]], [[1, 2], [1 / 4, 1]]), "lower must not be above"),
    "shapes": (lambda: interval_priorities(np.ones((2, 2)), np.ones((3, 3))), "the same shape"),
    "not reciprocal": (lambda: interval_priorities([[1, 2], [1, 1]], [[1, 3], [1, 1]]), "reciprocal"),
    "not square": (lambda: interval_priorities(np.ones((2, 3)), np.ones((2, 3))), "must be square"),
    "disconnected": (
        lambda: interval_priorities(from_pairs(3, [2, None, None]), from_pairs(3, [2, None, None])),
        "no judgement connects",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_in_words(what: str) -> None:
    call, message = BAD[what]
    with pytest.raises(mcda.InputError, match=message):
        call()


def test_contradicting_intervals_have_no_weights_but_can_be_drawn_from() -> None:
    circle = from_pairs(3, [3, 1 / 3, 3])
    with pytest.raises(mcda.NoAnswerError, match="contradict each other"):
        interval_priorities(circle, circle)
    assert interval_uncertainty(circle, circle, draws=3).draws == pytest.approx(np.full((3, 3), 1 / 3))
