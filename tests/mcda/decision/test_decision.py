"""The decision and its parts: frozen, labelled, validated."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pytest

import mcda
from mcda.decision import CriteriaTree, Criterion, Decision, Performance, Resource


@pytest.fixture(scope="module")
def decision() -> Decision:
    return mcda.load(mcda.dataset("nhs-digital"))


def test_a_decision_cannot_be_changed(decision: Decision) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        decision.name = "other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        decision.performance.most_likely[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        decision.resources[0].available[0] = 1


def test_a_decision_survives_pickling(decision: Decision) -> None:
    again = pickle.loads(pickle.dumps(decision))  # noqa: S301 - our own bytes
    assert again.input_sha256 == decision.input_sha256
    assert again.projects == decision.projects
    assert (again.performance.most_likely == decision.performance.most_likely).all()


@pytest.mark.parametrize("kind", ["project", "resource", "group", "scenario"])
def test_an_unknown_label_names_the_known_ones(decision: Decision, kind: str) -> None:
    with pytest.raises(mcda.LabelError, match=rf"There is no {kind} 'Z9'\. Known: "):
        getattr(decision, kind)("Z9")


def test_leaves_stand_in_the_order_of_the_tree(decision: Decision) -> None:
    assert decision.criteria.leaf_ids == ("C1", "C2", "C3", "C4", "C5", "C6", "C7a", "C7b", "C8", "C9")
    assert decision.criteria.path("C7a") == ("G", "O3", "C7", "C7a")
    assert decision.criteria.inner == ("G", "O1", "O2", "O3", "C7")


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ((Criterion("G"), Criterion("H")), "exactly one goal"),
        ((Criterion("G"), Criterion("A", "G"), Criterion("A", "G")), "'A' is defined twice"),
        ((Criterion("G"), Criterion("A", "Z")), "unknown parent 'Z'"),
        ((Criterion("G"), Criterion("A", "B"), Criterion("B", "A")), "cycle"),
    ],
)
def test_a_tree_that_is_none_is_refused(nodes: tuple[Criterion, ...], message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        CriteriaTree(nodes)


def test_shapes_must_match_labels(decision: Decision) -> None:
    with pytest.raises(mcda.InputError, match=r"most_likely must have the shape \(2, 1\)"):
        Performance(("a", "b"), ("C1",), np.zeros((2, 1)), np.zeros((1, 1)))
    with pytest.raises(mcda.InputError, match="must state the use of all 40 projects"):
        dataclasses.replace(decision, resources=(Resource("x", "money", (1,), np.ones(1), np.ones((3, 1))),))


def test_a_level_that_was_not_stated_is_said_so() -> None:
    performance = Performance(("a",), ("C1",), np.zeros((1, 1)), np.ones((1, 1)))
    with pytest.raises(mcda.InputError, match="does not state 'optimistic' performance"):
        performance.level("optimistic")
    with pytest.raises(mcda.InputError, match="level is one of"):
        performance.level("best")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("capital_k", "Capital"), ("ig_cyber", "IG cyber"), ("pmo_change", "PMO change"),
        ("test_train", "Test train"), ("health_and_safety", "Health and safety"), ("it", "IT"),
    ],
)  # fmt: skip
def test_identifiers_in_words(identifier: str, words: str) -> None:
    assert Resource(identifier, "team", (1,), np.ones(1), np.ones((1, 1))).name == words


def test_frames_carry_labels(decision: Decision) -> None:
    assert decision.use_frame().loc["P01", ("capital_k", 1)] == 700
    assert decision.projects_frame().loc["P02", "mandatory"]
    assert decision.criteria.to_frame().loc["C7a", "parent"] == "C7"
