"""SMAA against exact geometry, closed forms and the thrombolytics case of the R package smaa."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda

FOLDER = Path(__file__).parents[2] / "reference" / "smaa"
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


@pytest.mark.parametrize("name", CASES)
def test_exact_geometry(name: str) -> None:
    case = CASES[name]
    found = mcda.smaa_exact(case["values"])
    assert found.rank_acceptability == pytest.approx(np.array(case["rank_acceptability"]), abs=1e-11)
    assert found.central_weights == pytest.approx(np.array(case["central_weights"]), abs=1e-11)
    if "pairwise_winning" in case:
        assert found.pairwise_winning == pytest.approx(np.array(case["pairwise_winning"]), abs=1e-11)
    assert (found.standard_error == 0).all()


@pytest.mark.parametrize("name", CASES)
def test_draws_within_five_standard_errors(name: str) -> None:
    case, draws = CASES[name], 100_000
    found = mcda.smaa(case["values"], draws=draws, rng=1)
    exact = np.array(case["rank_acceptability"])
    assert (np.abs(found.rank_acceptability - exact) <= 5 * np.sqrt(exact * (1 - exact) / draws) + 1e-12).all()
    assert found.central_weights == pytest.approx(np.array(case["central_weights"]), abs=0.01)
    assert found.draws == draws


def test_thrombolytics_of_rsmaa() -> None:
    """Van Valkenhoef's R package smaa, its own data (GPL, not copied here): 10,000 paired draws, exact answers."""
    folder = os.environ.get("MCDA_REFERENCE")
    if folder is None:
        pytest.skip("set MCDA_REFERENCE to the folder of published cases to run this one")
    data = np.load(Path(folder) / "data" / "smaa-rsmaa-thrombolytics.npz")
    found = mcda.smaa(data["meas"], data["weights"])
    assert found.rank_acceptability == pytest.approx(np.array([[0.3504, 0.6496], [0.6496, 0.3504]]), abs=1e-12)
    central = [[0.186509739794, 0.277220472883, 0.536269787323], [0.407310033319, 0.364147670678, 0.228542296003]]
    assert found.central_weights == pytest.approx(np.array(central), abs=1e-9)
    assert found.confidence_factors == pytest.approx([0.6682, 0.8956], abs=1e-12)
    assert found.pairwise_winning == pytest.approx(np.array([[0, 0.3504], [0.6496, 0]]), abs=1e-12)


def test_paired_draws_by_hand() -> None:
    tables = np.array([[[1, 0], [0, 1]], [[1, 0], [0, 1]], [[2, 0], [3, 0]]])
    weights = np.array([[0.7, 0.3], [0.2, 0.8], [0.5, 0.5]])
    found = mcda.smaa(tables, weights)
    assert found.rank_acceptability == pytest.approx(np.array([[1, 2], [2, 1]]) / 3)
    assert found.central_weights == pytest.approx(np.array([[0.7, 0.3], [0.35, 0.65]]))
    # With (.7, .3) the first wins tables 1 and 2; with (.35, .65) the second wins all three.
    assert found.confidence_factors == pytest.approx([2 / 3, 1])


def test_ties_share_their_places() -> None:
    found = mcda.smaa([[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]], [0.5, 0.5])
    assert found.rank_acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.pairwise_winning.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]
    assert np.isnan(found.central_weights[2]).all()
    assert list(found.weights_frame().index) == [0, 1]
    assert found.confidence_factors.tolist() == [1, 1, 0]


@given(arrays(float, (4, 3), elements=st.integers(0, 10).map(float)))
def test_geometry_and_draws_agree(values: np.ndarray) -> None:
    exact, drawn = mcda.smaa_exact(values), mcda.smaa(values, draws=3000, rng=5)
    assert exact.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(4))
    assert exact.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(4))
    assert exact.rank_acceptability == pytest.approx(drawn.rank_acceptability, abs=0.05)
    assert exact.pairwise_winning == pytest.approx(drawn.pairwise_winning, abs=0.05)


def test_geometry_on_a_set_of_weights_in_other_order_of_labels() -> None:
    values = pd.DataFrame([[0.9, 0.2, 0.5], [0.4, 0.8, 0.6]], index=["x", "y"], columns=["a", "b", "c"])
    known = mcda.weight_set(["c", "a", "b"], ranking=["a", "b"], upper={"c": 0.4})
    exact = mcda.smaa_exact(values, known)
    drawn = mcda.smaa(values, known, draws=40_000)
    assert exact.first_place == pytest.approx(drawn.first_place, abs=0.01)
    assert exact.weights_frame().loc["x"].to_dict() == pytest.approx(drawn.weights_frame().loc["x"].to_dict(), abs=0.01)


def test_a_method_of_the_table_scores_the_draws() -> None:
    table = np.array([[250, 16, 12], [200, 16, 8], [300, 32, 16], [275, 32, 8]])
    directions = ["min", "max", "max"]
    weights = mcda.weight_set(3, ranking=[0, 1, 2]).draw(500, 2)
    found = mcda.smaa(table, weights, directions, method="topsis")
    ranks = mcda.ranks(mcda.topsis(table, weights, directions), ties="min")
    for place in (1, 2, 3, 4):
        assert found.rank_acceptability[:, place - 1] == pytest.approx((ranks == place).mean(axis=0), abs=0.01)
    lower_is_better = mcda.smaa(table, weights, directions, method="vikor", parameters={"v": 0.3})
    q = mcda.vikor(table, weights, directions, v=0.3)
    assert lower_is_better.first_place == pytest.approx((q == q.min(axis=1, keepdims=True)).mean(axis=0), abs=0.01)


def test_holistic_acceptability_and_frames() -> None:
    found = mcda.smaa_exact([[1, 0], [0, 1], [0.9, 0.9]])
    assert found.holistic([1, 0, 0]) == pytest.approx(found.first_place)
    assert found.holistic()[2] == max(found.holistic())
    assert list(found.to_frame().columns) == ["first", "last", "expected_rank", "confidence"]
    assert found.ranks_frame().shape == (3, 3)
    assert found.pairs_frame().shape == (3, 3)
    assert "2 first in 8" in repr(found)


def test_draws_of_performance() -> None:
    low, mode, high = np.array([[0.0, 10.0]]), np.array([[2.0, 8.0]]), np.array([[10.0, 8.0]])
    drawn = mcda.triangular_draws(low, mode, high, draws=40_000, rng=1)
    # Mean (a + b + c) / 3 and variance (a² + b² + c² - ab - ac - bc) / 18 of the triangular distribution.
    assert drawn.mean(axis=0) == pytest.approx(np.array([[4.0, 26 / 3]]), abs=0.05)
    assert drawn[:, 0, 0].var() == pytest.approx((0 + 4 + 100 - 0 - 0 - 20) / 18, rel=0.03)
    assert drawn.min(axis=0) == pytest.approx(np.array([[0.0, 8.0]]), abs=0.2)
    rows = mcda.triangular_draws([[0, 0]], [[1, 2]], [[2, 4]], draws=50, together="rows")
    assert rows[:, 0, 1] == pytest.approx(2 * rows[:, 0, 0])
    assert mcda.normal_draws([[1.0, 2.0]], 0.0, draws=3).tolist() == [[[1.0, 2.0]]] * 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: mcda.smaa([[1, float("nan")]]), "finite"),
        (lambda: mcda.smaa([1, 2]), "must have shape"),
        (lambda: mcda.smaa(np.ones((3, 2, 2)), np.full((4, 2), 0.5)), "in pairs"),
        (lambda: mcda.smaa([[1, 2]], method="topsis"), "needs directions"),
        (lambda: mcda.smaa([[1, 2]], directions=["max", "max"], method="electre_i"), "not scores"),
        (lambda: mcda.smaa([[1, 2]], parameters={"v": 1}), "parameters need a method"),
        (lambda: mcda.smaa([[1, 2]], mcda.weight_set(3)), "3 criteria"),
        (lambda: mcda.smaa(pd.DataFrame({"a": [1], "b": [2]}), mcda.weight_set(["a", "c"])), "same criteria"),
        (lambda: mcda.smaa([[1, 2]], draws=1.5), "whole number"),  # type: ignore[arg-type]
        (lambda: mcda.smaa_exact(np.ones((2, 2, 2))), "one table"),
        (lambda: mcda.triangular_draws([[0.0]], [[3.0]], [[2.0]]), "mode must lie"),
        (lambda: mcda.normal_draws([[0.0]], [[-1.0]]), "at least 0"),
        (lambda: mcda.smaa_exact([[1, 0], [0, 1]]).holistic([1.0]), "one finite number per rank"),
    ],
)
def test_faults_are_named(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(mcda.McdaError, match=words):
        call()
