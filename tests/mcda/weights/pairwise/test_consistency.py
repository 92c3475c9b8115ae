"""Consistency indices, cycles and repairs: published values, brute force, properties, and what is refused."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.weights import (
    SAATY_SCALE,
    geometric_consistency_threshold,
    harmonic_random_index,
)
from tests.mcda.weights.published import case, matrix
from tests.mcda.weights.strategies import SAATY, from_pairs, incomplete_matrices, judgement_matrices, weight_vectors


def random_matrices(size: int, count: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    rows, columns = np.triu_indices(size, 1)
    drawn = generator.choice(SAATY, (count, len(rows)))
    matrices = np.ones((count, size, size))
    matrices[:, rows, columns], matrices[:, columns, rows] = drawn, 1 / drawn
    return matrices


def test_thresholds_of_the_geometric_index() -> None:
    for size, threshold in case("ahp-gci-3x3")["thresholds"].items():
        assert geometric_consistency_threshold(int(size)) == threshold
    assert geometric_consistency_threshold(2) == 0


@pytest.mark.parametrize("size", [3, 4, 5, 7, 9])
def test_the_threshold_marks_a_ratio_of_a_tenth(size: int) -> None:
    # For small errors the two indices are proportional, which is where the thresholds come from.
    upper = np.triu(np.random.default_rng(size).normal(0, 0.02, (200, size, size)), 1)
    found = mcda.ahp(np.exp(upper - upper.swapaxes(1, 2)), random_index="aguaron_moreno_jimenez")
    at_a_tenth = found.geometric_consistency_index / found.consistency_ratio * 0.10
    assert at_a_tenth.mean() == pytest.approx(geometric_consistency_threshold(size), abs=0.006)


@pytest.mark.parametrize("size", [3, 4, 5, 7, 10])
def test_harmonic_random_index_is_the_mean_of_random_judgements(size: int) -> None:
    index = mcda.consistency(random_matrices(size, 20_000, size)).harmonic_consistency_index
    assert index.mean() == pytest.approx(harmonic_random_index(size), abs=4 * index.std() / 20_000**0.5 + 0.001)


def test_harmonic_random_index_between_and_beyond_its_table() -> None:
    assert harmonic_random_index(10) < harmonic_random_index(12) < harmonic_random_index(15)
    assert harmonic_random_index(25) < harmonic_random_index(50) < 1.75


def test_koczkodaj_by_hand() -> None:
    # Triad 2, 5, 3: min(|1 - 5/(2*3)|, |1 - 6/5|) = 1/6.
    found = mcda.consistency([[1, 2, 5], [1 / 2, 1, 3], [1 / 5, 1 / 3, 1]], labels=["a", "b", "c"])
    assert found.koczkodaj == pytest.approx(1 / 6)
    assert found.worst_triad == ("a", "b", "c")
    assert mcda.consistency([[1, 2, None], [0.5, 1, 2], [None, 0.5, 1]]).worst_triad is None


@given(judgement_matrices(3, 7))
def test_koczkodaj_is_the_worst_triad(pairwise: np.ndarray) -> None:
    worst = 0.0
    for i, j, k in itertools.combinations(range(len(pairwise)), 3):
        around = pairwise[i, j] * pairwise[j, k] / pairwise[i, k]
        worst = max(worst, min(abs(1 - around), abs(1 - 1 / around)))
    assert mcda.consistency(pairwise).koczkodaj == pytest.approx(worst, abs=1e-12)


@given(weight_vectors(1, 8))
def test_consistent_judgements_have_every_index_at_zero(weights: np.ndarray) -> None:
    found = mcda.consistency(weights[:, None] / weights)
    assert found.to_frame()["value"].abs().max() < 1e-11
    assert "acceptable" in repr(found)


def test_a_stack_of_indices() -> None:
    found = mcda.consistency(random_matrices(4, 6, 0).reshape(2, 3, 4, 4))
    assert found.koczkodaj.shape == found.harmonic_consistency_ratio.shape == (2, 3)
    assert found.to_frame().shape == (6, 5)
    assert found.worst_triad is None
    assert "stack of (2, 3)" in repr(found)
    assert "<table" in found._repr_html_()


def test_incomplete_judgements_have_the_indices_that_are_defined() -> None:
    found = mcda.consistency(matrix(case("ahp-incomplete-bozoki-2010-4x4")["matrix"]))
    assert found.consistency_ratio > 0
    assert np.isnan(found.harmonic_consistency_index)
    assert found.koczkodaj > 0
    assert np.isnan(mcda.consistency([[1, 2, None], [0.5, 1, 3], [None, 1 / 3, 1]]).koczkodaj)


def has_cycle(pairwise: np.ndarray) -> bool:
    """Brute force over all orders: no order respects every judgement."""
    size = len(pairwise)
    for order in itertools.product(range(size), repeat=size):
        wrong = any(
            (pairwise[i, j] > 1 and not order[i] < order[j]) or (pairwise[i, j] == 1 and order[i] != order[j])
            for i in range(size)
            for j in range(size)
            if not np.isnan(pairwise[i, j])
        )
        if not wrong:
            return False
    return True


@settings(max_examples=40)
@given(st.one_of(judgement_matrices(2, 4), incomplete_matrices(3, 4)))
def test_cycles_exist_exactly_where_no_order_fits(pairwise: np.ndarray) -> None:
    cycles = mcda.preference_cycles(pairwise)
    assert bool(cycles) == has_cycle(pairwise)
    for cycle in cycles:
        steps = list(zip(cycle.members, (*cycle.members[1:], cycle.members[0]), strict=True))
        assert [pairwise[step] for step in steps] == list(cycle.judgements)
        assert min(cycle.judgements) >= 1 < max(cycle.judgements)


def test_cycles_in_words_strongest_first() -> None:
    frame = pd.DataFrame(
        from_pairs(4, [3, 1 / 2, 1, 4, 2, 1]), index=["a", "b", "c", "d"], columns=["a", "b", "c", "d"]
    )
    assert [str(cycle) for cycle in mcda.preference_cycles(frame)] == [
        "a > b > c > a",
        "a > b > d = a",
        "a = d = c > a",
    ]
    longer = from_pairs(4, [2, None, 1 / 2, 2, None, 2])
    assert str(mcda.preference_cycles(longer, labels="wxyz")[0]) == "w > x > y > z > w"
    with pytest.raises(mcda.InputError, match="sought in one matrix"):
        mcda.preference_cycles(np.ones((2, 2, 2)))


def ratio_if(pairwise: np.ndarray, changes: list[tuple[int, int, float]]) -> float:
    changed = pairwise.copy()
    for row, column, value in changes:
        changed[row, column], changed[column, row] = value, 1 / value
    return float(mcda.ahp(changed).consistency_ratio)


@settings(max_examples=25)
@given(judgement_matrices(3, 4))
def test_the_proposed_change_is_the_smallest_there_is(pairwise: np.ndarray) -> None:
    repairs = mcda.suggest_repairs(pairwise)
    before = ratio_if(pairwise, [])
    pairs = list(itertools.combinations(range(len(pairwise)), 2))
    singles = [
        (abs(np.log(value / pairwise[pair])), [(*pair, value)])
        for pair in pairs
        for value in SAATY_SCALE
        if value != pairwise[pair]
    ]
    good = [size for size, change in singles if ratio_if(pairwise, change) <= 0.10 + 1e-12]
    single = [repair for repair in repairs if len(repair.changes) == 1]
    if before <= 0.10:
        assert repairs == []
    else:
        assert bool(single) == bool(good)
        assert not single or single[0].size == pytest.approx(min(good))
    for repair in repairs:
        changes = [(change.a, change.b, change.proposed) for change in repair.changes]
        assert repair.consistency_ratio_before == pytest.approx(before)
        assert repair.consistency_ratio_after == pytest.approx(ratio_if(pairwise, changes), abs=1e-9)
        assert repair.consistency_ratio_after <= 0.10 + 1e-9
        assert all(change.value == pairwise[change.a, change.b] for change in repair.changes)


def test_two_changes_are_the_smallest_two() -> None:
    pairwise = from_pairs(4, [9, 1 / 5, 4, 7, 1 / 6, 3])
    repair = mcda.suggest_repairs(pairwise)[-1]
    assert len(repair.changes) == 2
    pairs = list(itertools.combinations(range(4), 2))
    best = np.inf
    for first, second in itertools.combinations(pairs, 2):
        for x, y in itertools.product(SAATY_SCALE, repeat=2):
            size = abs(np.log(x / pairwise[first])) + abs(np.log(y / pairwise[second]))
            if size < min(best, repair.size + 1e-9) - 1e-9 and x != pairwise[first] and y != pairwise[second]:
                best = size if ratio_if(pairwise, [(*first, x), (*second, y)]) <= 0.10 else best
    assert best == np.inf or best >= repair.size - 1e-9


def test_repair_of_the_house_example_finds_the_known_judgement() -> None:
    house = matrix(case("ahp-house-inconsistency-localisation")["matrix"])
    repair = mcda.suggest_repairs(house, random_index="saaty_1980")[0]
    assert [(change.a, change.b, change.value) for change in repair.changes] == [(2, 6, 6.0)]
    assert "2 against 6: 6 -> " in str(repair)


def test_repair_keeps_gaps_and_takes_other_scales_and_limits() -> None:
    gapped = from_pairs(4, [2, 4, None, 2, 4, 1 / 5])
    repair = mcda.suggest_repairs(gapped, labels="abcd")[0]
    assert repair.consistency_ratio_after <= 0.10
    assert {(change.a, change.b) for change in repair.changes} <= {
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("b", "d"),
        ("c", "d"),
    }
    strict = mcda.suggest_repairs(from_pairs(3, [2, 5, 3]), limit=1e-6, scale=[6.0])
    assert [(change.a, change.b, change.proposed) for change in strict[0].changes] == [(0, 2, 6.0)]
    assert mcda.suggest_repairs(from_pairs(3, [9, 1 / 9, 9]), scale=[9.0]) == []
    for arguments, message in (
        ({"limit": 0}, "limit must be"),
        ({"scale": []}, "scale must be"),
        ({"scale": [-1]}, "scale must be"),
    ):
        with pytest.raises(mcda.InputError, match=message):
            mcda.suggest_repairs(gapped, **arguments)  # type: ignore[arg-type]
    with pytest.raises(mcda.InputError, match="sought for one matrix"):
        mcda.suggest_repairs(np.ones((2, 2, 2)))
