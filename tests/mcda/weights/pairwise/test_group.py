"""Weights of a group from all its members' answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from tests.mcda.weights.published import case, matrix
from tests.mcda.weights.strategies import incomplete_matrices, judgement_matrices


def test_complete_answers_give_the_geometric_mean() -> None:
    published = case("ahp-group-aij-aip-vacation")
    members = [matrix(rows) for rows in published["matrices"]]
    assert mcda.group_priorities(members) == pytest.approx(published["aij_geometric_mean_priorities"], abs=1e-9)


@given(incomplete_matrices(), st.integers(1, 4))
def test_a_group_of_identical_people_is_that_person(pairwise: np.ndarray, count: int) -> None:
    alone = mcda.ahp(pairwise, "logarithmic_least_squares").weights
    assert mcda.group_priorities([pairwise] * count) == pytest.approx(alone, abs=1e-10)


@given(st.lists(judgement_matrices(4, 4), min_size=2, max_size=4))
def test_member_weights_repeat_members(members: list[np.ndarray]) -> None:
    repeated = [members[0], *members]
    weighted = mcda.group_priorities(members, [2] + [1] * (len(members) - 1))
    assert weighted == pytest.approx(mcda.group_priorities(repeated), abs=1e-12)
    assert mcda.group_priorities(members, [1] + [0] * (len(members) - 1)) == pytest.approx(
        mcda.ahp(members[0], "geometric_mean").weights
    )


def test_members_bridge_each_others_gaps() -> None:
    first = [[1, 2, None], [0.5, 1, None], [None, None, 1]]
    second = [[1, None, None], [None, 1, 3], [None, 1 / 3, 1]]
    assert mcda.group_priorities([first, second]) == pytest.approx([0.6, 0.3, 0.1])
    with pytest.raises(mcda.InputError, match=r"of the group fall into 2 parts.*a, b \| c"):
        mcda.group_priorities([first, first], labels=["a", "b", "c"])


@pytest.mark.parametrize(
    ("members", "shares", "message"),
    [
        (np.ones((3, 3)), None, "one matrix per member"),
        (np.ones((0, 3, 3)), None, "a group has at least one member"),
        (np.ones((2, 3, 3)), [1], "one entry per member"),
        (np.ones((2, 3, 3)), [0, 0], "not all zero"),
        (np.ones((2, 3, 3)), [1, -1], "non-negative"),
        (np.ones((2, 3, 3)), [1, np.nan], "non-negative"),
    ],
)
def test_bad_groups_are_refused(members: Any, shares: Any, message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        mcda.group_priorities(members, shares)
