"""Hierarchies: published examples, modes of synthesis, ratings, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import mcda
from tests.mcda.weights.published import case, matrix


def two_levels(name: str, **parameters: Any) -> tuple[dict[str, Any], mcda.Hierarchy]:
    published = case(name)
    names = published["alternatives"]
    return published, mcda.hierarchy(
        {"goal": (published["criteria"], matrix(published["criteria_matrix"]))},
        {leaf: (names, matrix(rows)) for leaf, rows in published["alternative_matrices"].items()},
        **parameters,
    )


def ranking(scores: dict[Any, float]) -> list[int]:
    order = sorted(scores.values(), reverse=True)
    return [order.index(score) + 1 for score in scores.values()]


def test_cities() -> None:
    published, found = two_levels("ahp-saaty-2005-cities-hierarchy")
    expected = published["distributive"]
    scores = list(found.scores.values())
    assert scores == pytest.approx(expected["published"], abs=expected["tolerance"])
    assert scores == pytest.approx(expected["precise"], abs=expected["precise_tolerance"])
    assert list(found.weights.values()) == pytest.approx(published["criteria_weights"], abs=1e-9)
    _, ideal = two_levels("ahp-saaty-2005-cities-hierarchy", synthesis="ideal")
    assert list(ideal.scores.values()) == pytest.approx(published["ideal"], abs=1e-9)


def test_leader() -> None:
    published, found = two_levels("ahp-wikipedia-leader")
    expected = published["distributive"]
    assert list(found.scores.values()) == pytest.approx(expected["published"], abs=expected["tolerance"])
    assert list(found.scores.values()) == pytest.approx(expected["precise"], abs=1e-9)
    assert list(found.weights.values()) == pytest.approx(published["criteria_weights"], abs=1e-3)
    assert ranking(found.scores) == published["ranking"]


def test_car_with_branches_of_unequal_depth() -> None:
    published = case("ahp-wikipedia-car-3level")
    found = mcda.hierarchy(
        {node: (below, matrix(published["matrices"][node])) for node, below in published["tree"].items()},
        {leaf: (published["alternatives"], matrix(m)) for leaf, m in published["alternative_matrices"].items()},
    )
    expected = published["distributive"]
    assert list(found.scores.values()) == pytest.approx(expected["published"], abs=expected["tolerance"])
    assert list(found.scores.values()) == pytest.approx(expected["precise"], abs=1e-9)
    assert ranking(found.scores) == published["ranking"]
    assert [weight for _, weight in found.local["goal"]] == pytest.approx(published["criteria_weights"], abs=1.1e-3)
    assert [weight for _, weight in found.local["Cost"]] == pytest.approx(published["cost_weights"], abs=1e-3)
    assert sum(found.weights.values()) == pytest.approx(1)
    assert found.priorities["Safety"].consistency_ratio < 0.10
    assert found.to_frame().shape == (6, 9)
    assert "8 leaves" in repr(found)


def test_a_copy_reverses_ranks_in_distributive_but_not_in_ideal_mode() -> None:
    published = case("ahp-belton-gear-1983-rank-reversal")
    expected = published["distributive"]
    criteria = {"goal": {"c1": 1 / 3, "c2": 1 / 3, "c3": 1 / 3}}

    def scores(names: str, matrices: list[Any], synthesis: Any) -> list[float]:
        leaves = {f"c{k}": (list(names), matrix(rows)) for k, rows in enumerate(matrices, 1)}
        return list(mcda.hierarchy(criteria, leaves, synthesis=synthesis).scores.values())

    three, four = (scores("ABC", published["three"], "distributive"), scores("ABCD", published["four"], "distributive"))
    assert three + four == pytest.approx(expected["published"], abs=expected["tolerance"])
    assert three + four == pytest.approx(expected["precise"], abs=1e-9)
    assert (three[1] > three[0], four[1] > four[0]) == (True, False)
    assert scores("ABC", published["three"], "ideal") == pytest.approx(published["ideal_three"], abs=1e-9)
    assert scores("ABCD", published["four"], "ideal") == pytest.approx(published["ideal_four"], abs=1e-9)


def test_ratings_do_not_depend_on_the_other_alternatives() -> None:
    intensities = (["high", "medium", "low"], [[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]])
    criteria = {"goal": {"quality": 0.75, "price": 0.25}}

    def found(given: dict[Any, Any]) -> mcda.Hierarchy:
        leaves = {
            "quality": mcda.Ratings(intensities, given),
            "price": mcda.Ratings({"good": 2, "bad": 1}, dict.fromkeys(given, "good")),
        }
        return mcda.hierarchy(criteria, leaves, synthesis="ideal")

    two, three = found({"x": "high", "y": "low"}), found({"x": "high", "y": "low", "z": "high"})
    assert dict(two.performance["quality"]) == pytest.approx({"x": 1, "y": 0.25})
    assert two.scores["y"] / two.scores["x"] == pytest.approx((0.75 * 0.25 + 0.25) / 1)
    assert three.scores["y"] / three.scores["x"] == pytest.approx(two.scores["y"] / two.scores["x"])


def test_labels_measurements_and_weights_alone() -> None:
    frame = pd.DataFrame([[1, 4], [0.25, 1]], index=["a", "b"], columns=["a", "b"])
    found = mcda.hierarchy({"goal": frame}, {"a": pd.Series({"x": 3.0, "y": 1.0}), "b": {"y": 1, "x": 1}})
    assert found.scores == pytest.approx({"x": 0.8 * 0.75 + 0.1, "y": 0.8 * 0.25 + 0.1})
    alone = mcda.hierarchy({"goal": frame.loc[:, ["b", "a"]]})
    assert alone.scores == {}
    assert alone.to_frame()["weight"].to_dict() == pytest.approx({"a": 0.8, "b": 0.2})
    assert "<table" in alone._repr_html_()
    assert np.isclose(sum(found.to_frame()["score"]), 1)


PAIR = (["a", "b"], [[1, 1], [1, 1]])
REFUSED: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "two goals": (({"g": PAIR, "h": {"c": 1.0}},), {}, r"exactly one goal.*\['g', 'h'\]"),
    "two parents": (({"g": {"a": 0.5, "b": 0.5}, "a": {"b": 1.0}},), {}, r"one node only.*\['b'\]"),
    "circle": (({"a": {"b": 1.0}, "b": {"a": 1.0}},), {}, "exactly one goal"),
    "sum": (({"g": {"a": 0.5, "b": 0.4}},), {}, r"must sum to 1\. They sum to 0\.9"),
    "negative weight": (({"g": {"a": 1.5, "b": -0.5}},), {}, "at least 0. Got -0.5 for 'b'"),
    "bad judgement": (({"g": (["a", "b"], [[1, 2], [2, 1]])},), {}, "Node 'g': pairwise must be reciprocal"),
    "a bare list": (({"g": [[1, 2], [0.5, 1]]},), {}, "must be a labelled square DataFrame"),
    "missing leaf": (({"g": PAIR}, {"a": {"x": 1}}), {}, "'b' has no alternatives"),
    "unknown leaf": (({"g": PAIR}, {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1}}), {}, "'c' is not a leaf"),
    "other alternatives": (({"g": PAIR}, {"a": {"x": 1}, "b": {"y": 1}}), {}, r"same alternatives.*\['x', 'y'\]"),
    "nothing measured": (({"g": PAIR}, {"a": {"x": 0}, "b": {"x": 1}}), {}, "no figure above 0"),
    "synthesis": (({"g": PAIR},), {"synthesis": "mode"}, "synthesis must be"),
    "ratings in distributive": (
        ({"g": {"a": 1.0}}, {"a": mcda.Ratings({"high": 1}, {"x": "high"})}),
        {},
        "needs synthesis='ideal'",
    ),
    "unknown intensity": (
        ({"g": {"a": 1.0}}, {"a": mcda.Ratings({"high": 1}, {"x": "huge"})}),
        {"synthesis": "ideal"},
        "no intensity 'huge'",
    ),
    "no intensity": (
        ({"g": {"a": 1.0}}, {"a": mcda.Ratings({"none": 0}, {"x": "none"})}),
        {"synthesis": "ideal"},
        "no intensity above 0",
    ),
    "all at zero": (
        ({"g": {"a": 1.0}}, {"a": mcda.Ratings({"high": 1, "none": 0}, {"x": "none"})}),
        {"synthesis": "ideal"},
        "Every alternative scores 0",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_hierarchies_are_refused_in_words(what: str) -> None:
    arguments, parameters, message = REFUSED[what]
    with pytest.raises(mcda.InputError, match=message):
        mcda.hierarchy(*arguments, **parameters)
