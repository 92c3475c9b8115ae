"""Agreement between people: published cases, closed forms, properties, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from mcda.weights import (
    cluster_priorities,
    distance_matrix,
    divisive_judgements,
    individual_priorities,
    member_shares,
    variance_between_groups,
)
from tests.mcda.weights.published import case, matrix
from tests.mcda.weights.strategies import judgement_matrices


@st.composite
def people(draw: st.DrawFn, smallest: int = 2, largest: int = 6) -> np.ndarray:
    shape = (draw(st.integers(smallest, largest)), draw(st.integers(2, 6)))
    raw = draw(arrays(float, shape, elements=st.floats(0.01, 1)))
    return raw / raw.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("variant", ["ahp_os", "goepel_2013"])
def test_consensus_as_published(place: int, variant: Any) -> None:
    published = case("ahp-group-consensus-goepel")
    expected = published["cases"][place]
    found = mcda.consensus(expected["priorities"], variant, scale_maximum=published["scale_maximum"])
    assert found.s_star == pytest.approx(expected["s_star"], abs=1e-9)
    assert found.alpha_entropy == pytest.approx(expected["H_alpha"], abs=1e-9)
    assert found.gamma_entropy == pytest.approx(expected["H_gamma"], abs=1e-9)
    assert found.beta_entropy == pytest.approx(expected["H_beta"], abs=1e-9)


def test_consensus_of_two_opposite_people_is_zero_only_in_the_2013_variant() -> None:
    # Two people cannot reach the entropy of four equal weights, which the AHP-OS variant compares with.
    extremes = [[9 / 12, 1 / 12, 1 / 12, 1 / 12], [1 / 12, 9 / 12, 1 / 12, 1 / 12]]
    assert mcda.consensus(extremes, "goepel_2013").s_star == pytest.approx(0, abs=1e-12)
    assert mcda.consensus(extremes, "ahp_os").s_star > 0.3


@given(people())
def test_consensus_is_a_share(weights: np.ndarray) -> None:
    for variant in ("ahp_os", "goepel_2013"):
        assert 0 <= mcda.consensus(weights, variant).s_star <= 1
        assert mcda.consensus([weights[0]] * 3, variant).s_star == pytest.approx(1)


def test_weights_more_extreme_than_the_scale_are_at_zero_and_say_so() -> None:
    found = mcda.consensus([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert found.s_star == 0
    assert found.unbounded < -0.1


def test_kendall_w_without_and_with_ties() -> None:
    # Kendall (1948) form: six judges in perfect agreement, and the textbook value with ties by hand.
    assert mcda.kendall_w([[3, 1, 2]] * 6).w == 1
    tied = mcda.kendall_w([[1, 2.5, 2.5, 4], [1, 2, 3, 4], [2, 1, 3.5, 3.5]])
    sums = np.array([4, 5.5, 9, 11.5])
    spread = ((sums - sums.mean()) ** 2).sum()
    assert tied.w == pytest.approx(12 * spread / (9 * 60 - 3 * (6 + 0 + 6)))
    assert tied.chi_square == pytest.approx(3 * 3 * tied.w)


@given(people(3), st.floats(0.2, 3))
def test_kendall_w_sees_only_the_order(weights: np.ndarray, power: float) -> None:
    rounded = np.round(weights, 3) + 1
    found = mcda.kendall_w(rounded)
    assert 0 <= found.w <= 1 + 1e-12
    assert 0 <= found.p_value <= 1
    assert mcda.kendall_w(rounded**power).w == pytest.approx(found.w, abs=1e-12)
    assert mcda.kendall_w(-rounded).w == pytest.approx(found.w, abs=1e-12)


def test_rounding_does_not_break_ties() -> None:
    third = 1 / 3
    noisy = np.array([[third, third * (1 + 2e-16), third], [0.2, 0.3, 0.5]])
    exact = np.array([[1, 1, 1], [1, 2, 3]])
    assert mcda.kendall_w(noisy).w == mcda.kendall_w(exact).w
    assert mcda.kendall_w([[1, 1], [1, 1]]).w == 1


@given(people(2, 2))
def test_garuti_is_symmetric_and_one_for_the_same(weights: np.ndarray) -> None:
    x, y = weights
    assert mcda.garuti_compatibility(x, y) == pytest.approx(mcda.garuti_compatibility(y, x))
    assert mcda.garuti_compatibility(x, x) == pytest.approx(1)
    assert 0 < mcda.garuti_compatibility(x, y) <= 1 + 1e-12


def test_garuti_with_nothing_in_common() -> None:
    assert mcda.garuti_compatibility([1, 0, 0], [0, 1, 0]) == 0
    assert mcda.garuti_compatibility([[1, 0], [0.5, 0.5]], [0.5, 0.5]).tolist() == [0.375, 1]


def test_aij_and_aip_as_published() -> None:
    published = case("ahp-group-aij-aip-vacation")
    members = [matrix(rows) for rows in published["matrices"]]
    group = mcda.aggregate_judgements(members)
    assert group == pytest.approx(np.array(published["aij_matrix"]), abs=1e-9)
    assert mcda.ahp(group).weights == pytest.approx(published["aij"], abs=1e-9)
    own = [mcda.ahp(member).weights for member in members]
    assert np.array(own) == pytest.approx(np.array(published["individual_eigenvectors"]), abs=1e-9)
    arithmetic = mcda.aggregate_priorities(own, mean="arithmetic")
    assert arithmetic == pytest.approx(published["aip_arithmetic_of_eigenvectors"], abs=1e-9)
    assert mcda.aggregate_priorities(own) == pytest.approx(published["aip_geometric_of_eigenvectors"], abs=1e-9)


@given(st.lists(judgement_matrices(4, 4), min_size=1, max_size=5), st.randoms())
def test_aij_then_row_means_equals_geometric_aip(members: list[np.ndarray], random: Any) -> None:
    shares = [random.random() + 0.01 for _ in members]
    group = mcda.aggregate_judgements(members, shares)
    assert group * group.T == pytest.approx(np.ones((4, 4)))
    aij = mcda.ahp(group, "geometric_mean").weights
    own = [mcda.ahp(member, "geometric_mean").weights for member in members]
    assert mcda.aggregate_priorities(own, shares) == pytest.approx(aij, abs=1e-12)


@given(judgement_matrices(2, 6), st.integers(1, 4))
def test_aij_of_identical_people_is_that_person(pairwise: np.ndarray, count: int) -> None:
    assert mcda.aggregate_judgements([pairwise] * count) == pytest.approx(pairwise, abs=1e-12)


def test_aij_takes_the_mean_of_those_who_answered() -> None:
    first, second = [[1, 8], [1 / 8, 1]], [[1, None], [None, 1]]
    assert mcda.aggregate_judgements([first, second, second])[0, 1] == pytest.approx(8)
    assert np.isnan(mcda.aggregate_judgements([second, second])[0, 1])


def test_weighted_groups_share_their_weight_among_members() -> None:
    assert member_shares(["a", "a", "b"]).tolist() == [0.25, 0.25, 0.5]
    with pytest.raises(mcda.LabelError, match="'c' has a weight but no member"):
        member_shares(["a", "b"], {"a": 1, "b": 1, "c": 1})
    with pytest.raises(mcda.LabelError, match="'b' has members but no weight"):
        member_shares(["a", "b"], {"a": 1})


def test_variance_share_by_hand_and_by_all_permutations() -> None:
    weights = [[0.5, 0.5], [0.5, 0.5], [0.9, 0.1], [0.9, 0.1]]
    found = variance_between_groups(weights, ["a", "a", "b", "b"], permutations=3000)
    assert found.between == pytest.approx(1)
    # Of the six ways to split four people in two pairs, two separate them fully.
    assert found.p_value == pytest.approx(1 / 3, abs=0.03)
    assert variance_between_groups([[0.5, 0.5]] * 3, ["a", "a", "b"]).p_value == 1


@given(people(4))
def test_variance_shares_add_up(weights: np.ndarray) -> None:
    found = variance_between_groups(weights, ["a", "b"] + ["a"] * (len(weights) - 2), permutations=19)
    assert found.between + found.within == pytest.approx(1)
    assert -1e-12 <= found.between <= 1 + 1e-12
    assert 0.05 <= found.p_value <= 1


@given(people(3))
def test_distances_are_a_metric(weights: np.ndarray) -> None:
    for metric in ("aitchison", "garuti"):
        far = distance_matrix(weights, metric)
        assert far == pytest.approx(far.T, abs=1e-12)
        assert np.diag(far) == pytest.approx(0, abs=1e-12)
        assert far.min() >= -1e-12
    far = distance_matrix(weights)
    assert far[0, 1] <= far[0, 2] + far[2, 1] + 1e-9


def test_clusters_find_who_thinks_alike() -> None:
    weights = np.array([[0.7, 0.2, 0.1], [0.1, 0.2, 0.7], [0.68, 0.21, 0.11], [0.1, 0.21, 0.69], [0.72, 0.19, 0.09]])
    found = cluster_priorities(weights)
    assert found.members(list("abcde")) == [["a", "c", "e"], ["b", "d"]]
    assert found.silhouette > 0.9
    assert cluster_priorities(weights, 1).count == 1
    assert cluster_priorities(weights, 5).members() == [[0], [1], [2], [3], [4]]
    assert cluster_priorities(weights[:2]).count == 1
    assert cluster_priorities([weights[0]] * 4).count == 1


def test_divisive_judgements_name_the_widest_gap() -> None:
    one = [[1, 2, 4], [1 / 2, 1, None], [1 / 4, None, 1]]
    other = [[1, 1 / 2, 2], [2, 1, None], [1 / 2, None, 1]]
    found = divisive_judgements([one, one, other], ["x", "x", "y"], labels=["a", "b", "c"])
    assert [(item["a"], item["b"], item["ratio"]) for item in found] == [
        ("a", "b", pytest.approx(4)),
        ("a", "c", pytest.approx(2)),
    ]
    assert found[0]["means"] == {"x": pytest.approx(2), "y": pytest.approx(0.5)}
    assert found[0]["between"] == 1


def test_gaps_are_borrowed_or_left_out_as_stated() -> None:
    full = [[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]
    nothing = [[1, None, None], [None, 1, None], [None, None, 1]]
    bridged = [[1, 2, None], [1 / 2, 1, 2], [None, 1 / 2, 1]]
    borrowed = individual_priorities([full, nothing, bridged], gaps="borrow")
    assert (borrowed.borrowed, borrowed.left_out) == ((1,), ())
    assert borrowed.weights == pytest.approx(np.tile([4 / 7, 2 / 7, 1 / 7], (3, 1)))
    assert np.isnan(borrowed.consistency_ratio[1])
    left = individual_priorities([full, nothing, bridged], gaps="leave_out")
    assert (left.borrowed, left.left_out) == ((), (1,))
    assert np.isnan(left.weights[1]).all()
    with pytest.raises(mcda.InputError, match="Member 0 cannot borrow the view of group 'x'"):
        individual_priorities([nothing, full], ["x", "y"], gaps="borrow")
    with pytest.raises(mcda.InputError, match="gaps must be 'borrow' or 'leave_out'"):
        individual_priorities([full], gaps="guess")  # type: ignore[arg-type]


HALVES = [[0.5, 0.5], [0.5, 0.5]]
REFUSED: dict[str, tuple[Any, str]] = {
    "sum": (lambda: mcda.consensus([[0.5, 0.4]]), r"Row 0 sums to 0\.9"),
    "negative": (lambda: mcda.consensus([[1.5, -0.5]]), "must be finite and not negative"),
    "NaN": (lambda: mcda.consensus([[0.5, 0.5], [np.nan, 1]]), "Row 1 is"),
    "shape": (lambda: mcda.consensus([0.5, 0.5]), "one row per member"),
    "one thing": (lambda: mcda.consensus([[1.0]]), "two things or more"),
    "variant": (lambda: mcda.consensus(HALVES, "2018"), "variant must be one of ahp_os, goepel_2013"),  # type: ignore[arg-type]
    "scale": (lambda: mcda.consensus(HALVES, scale_maximum=1), "must be above 1"),
    "one member": (lambda: mcda.kendall_w([[1, 2]]), "two members and two things"),
    "infinite score": (lambda: mcda.kendall_w([[1, 2], [1, np.inf]]), "finite"),
    "zero ratio": (lambda: distance_matrix([[1, 0], [0.5, 0.5]]), r"priorities\[0, 1\] is 0"),
    "metric": (lambda: distance_matrix(HALVES, "miles"), "metric must be"),  # type: ignore[arg-type]
    "count": (lambda: cluster_priorities(HALVES, 3), "from 1 to the number of members"),
    "groups": (lambda: variance_between_groups(HALVES, ["a"]), "group of each of the 2 members"),
    "one group": (lambda: variance_between_groups(HALVES, ["a", "a"]), "two groups or more"),
    "mean": (lambda: mcda.aggregate_priorities(HALVES, mean="mode"), "'geometric' or 'arithmetic'"),  # type: ignore[arg-type]
    "all zero": (lambda: mcda.aggregate_priorities([[1, 0], [0, 1]]), "0 everywhere"),
    "members": (lambda: mcda.aggregate_judgements(np.ones((2, 2))), "one matrix per member"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_in_words(what: str) -> None:
    call, message = REFUSED[what]
    with pytest.raises(mcda.InputError, match=message):
        call()
