"""Stability intervals confirmed just inside and just outside; reversals, agreement of methods, SMAA-TRI."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda

CARS = np.array([[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]], dtype=float)
DIRECTIONS = ["min", "max", "max", "max"]


def moved(weights: np.ndarray, k: int, to: float) -> np.ndarray:
    others = np.delete(weights, k)
    rest = (1 - to) / others.sum() if others.sum() else 0.0
    result = weights * rest
    result[k] = to
    return result


@given(
    arrays(float, (5, 4), elements=st.integers(0, 20).map(float)),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
    st.sampled_from(["first", "ranking"]),
)
def test_ends_of_intervals_are_where_the_conclusion_changes(values: np.ndarray, points: list[int], what: str) -> None:
    weights = np.array(points) / sum(points)
    found = mcda.weight_stability(values, weights, what=what)  # type: ignore[arg-type]
    order = np.argsort(-(values @ weights), kind="stable")
    top = order[:1]

    def stands(at: np.ndarray) -> bool:
        scores = values @ at
        if what == "first":
            return bool(scores[top[0]] >= scores.max() - 1e-9)
        return bool((np.diff(scores[order]) <= 1e-9).all())

    for k in range(4):
        low, high = found.lower[k], found.upper[k]
        assert low <= weights[k] <= high
        for inside in (low, high, 0.5 * (low + high)):
            assert stands(moved(weights, k, inside))
        if found.rival_above[k] is not None and high < 1 - 1e-3:
            assert not stands(moved(weights, k, high + 1e-3))
        if found.rival_below[k] is not None and low > 1e-3:
            assert not stands(moved(weights, k, low - 1e-3))
        assert (found.rival_above[k] is None) <= (high == 1)
        assert (found.rival_below[k] is None) <= (low == 0)


@pytest.mark.parametrize("method", ["saw", "moora", "mabac", "promethee_ii", "maut"])
def test_methods_linear_in_the_weights(method: str) -> None:
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    found = mcda.weight_stability(CARS, weights, DIRECTIONS, method=method)
    first = int(np.argmax(mcda.score(method, CARS, weights, DIRECTIONS)))
    assert found.first == (first,)
    for k in range(4):
        for to in np.linspace(0, 1, 41):
            scores = mcda.score(method, CARS, moved(weights, k, float(to)), DIRECTIONS)
            if found.lower[k] + 1e-6 < to < found.upper[k] - 1e-6:
                assert int(np.argmax(scores)) == first
            elif to < found.lower[k] - 1e-6 or to > found.upper[k] + 1e-6:
                assert scores[first] < scores.max()


def test_stability_reads_well() -> None:
    found = mcda.weight_stability([[1.0, 0.2], [0.4, 0.8]], [0.6, 0.4])
    assert found.most_critical == 0
    assert found.relative_change == pytest.approx([1 / 6, 1 / 4])
    assert repr(found) == "<WeightStability of the first: 0 of 2 weights can take any value>"
    alone = mcda.weight_stability([[1.0, 0.2], [0.4, 0.8]], [1.0, 0.0])
    assert alone.lower == pytest.approx([0.5, 0.0])
    with pytest.raises(mcda.InputError, match="not linear in the weights"):
        mcda.weight_stability(CARS, [0.25] * 4, DIRECTIONS, method="topsis")
    with pytest.raises(mcda.InputError, match="first"):
        mcda.weight_stability(CARS, [0.25] * 4, what="second")  # type: ignore[arg-type]


def test_an_additive_method_never_reverses_and_sum_normalisation_does() -> None:
    # Belton and Gear (1983): a copy of B turns A and B round under normalisation by the sum.
    table = np.array([[1, 9, 8], [9, 1, 9], [1, 1, 1]], dtype=float)
    weights, directions = [1 / 3] * 3, ["max"] * 3
    safe = mcda.rank_reversal("additive", table, weights, directions, worse=[0] * 3, better=[10] * 3)
    assert safe.reversals == ()
    assert safe.first_place_stands
    found = mcda.rank_reversal("saw", table, weights, directions, normalisation="sum")
    assert not found.first_place_stands
    before = mcda.saw(table, weights, directions, normalisation="sum")
    copied = mcda.saw(np.vstack([table, table[1]]), weights, directions, normalisation="sum")
    assert (before[0] - before[1]) * (copied[0] - copied[1]) < 0
    assert ("copy", 1, 1, 0) in {(item.test, item.changed, item.ahead, item.behind) for item in found.reversals}
    assert list(found.to_frame().columns) == ["test", "changed", "ahead", "behind", "first"]


def test_each_reversal_is_confirmed_by_scoring_again() -> None:
    found = mcda.rank_reversal("topsis", CARS, [0.4, 0.3, 0.2, 0.1], DIRECTIONS, tests=("remove",))
    before = mcda.topsis(CARS, [0.4, 0.3, 0.2, 0.1], DIRECTIONS)
    for item in found.reversals:
        kept = [row for row in range(5) if row != item.changed]
        after = mcda.topsis(CARS[kept], [0.4, 0.3, 0.2, 0.1], DIRECTIONS)
        assert before[item.ahead] > before[item.behind]
        assert after[kept.index(item.ahead)] < after[kept.index(item.behind)]
    with pytest.raises(mcda.InputError, match="tests must be among"):
        mcda.rank_reversal("topsis", CARS, [0.25] * 4, DIRECTIONS, tests=("swap",))


def test_agreement_of_methods() -> None:
    asked = ["topsis", "vikor", ("saw", {"normalisation": "sum"}), ("saw", {"normalisation": "minmax"}), "copras"]
    table = CARS - [0, 0, 0, 4.5]  # a negative figure, which COPRAS cannot take
    found = mcda.method_agreement(table, [0.4, 0.3, 0.2, 0.1], DIRECTIONS, asked)
    assert found.methods == ("topsis", "vikor", "saw (normalisation sum)", "saw (normalisation minmax)")[
        : len(found.methods)
    ] or set(found.refused)
    assert "copras" in found.refused
    ranks = found.ranks
    for one, two in found.certain_pairs:
        assert (ranks[:, one] < ranks[:, two]).all()
    assert sum(found.first_place.values()) >= 1 - 1e-12
    assert set(found.always_among(5)) == set(range(5))
    assert np.diag(found.correlations) == pytest.approx(np.ones(len(found.methods)))
    with pytest.raises(mcda.InputError, match="None of the methods"):
        mcda.method_agreement(table, [0.4, 0.3, 0.2, 0.1], DIRECTIONS, ["copras"])


def test_smaa_tri_with_known_weights_is_electre_tri() -> None:
    generator = np.random.default_rng(3)
    for _ in range(20):
        table, profiles = generator.random((6, 4)), np.sort(generator.random((2, 4)), axis=0)
        weights = generator.dirichlet(np.ones(4))
        settings = {"profiles": profiles, "q": 0.05, "p": 0.1, "v": [None, 0.5, 0.3, 0.1]}
        single = mcda.electre_tri(table, weights, ["max"] * 4, cut=0.7, **settings)
        found = mcda.smaa_tri(table, weights, ["max"] * 4, cut=0.7, **settings)
        assert found.draws == 1
        assert [found.classes[i] for i in found.pessimistic.argmax(axis=1)] == list(single.pessimistic)
        assert [found.classes[i] for i in found.optimistic.argmax(axis=1)] == list(single.optimistic)


def test_smaa_tri_shares_against_single_sortings() -> None:
    weights = mcda.weight_set(4, ranking=[0, 1, 2, 3]).draw(60, 1)
    noisy = mcda.normal_draws(CARS, 5.0, draws=60, rng=2)
    profiles = [[260, 20, 9, 3], [220, 30, 14, 4]]
    found = mcda.smaa_tri(noisy, weights, DIRECTIONS, profiles=profiles, q=1, p=4, cut=0.7)
    single = [
        mcda.electre_tri(table, weight, DIRECTIONS, profiles=profiles, q=1, p=4, cut=0.7)
        for table, weight in zip(noisy, weights, strict=True)
    ]
    for rule in ("pessimistic", "optimistic"):
        counted = np.array([[getattr(item, rule)[a] for item in single] for a in range(5)])
        shares = np.array([[(counted[a] == name).mean() for name in (1, 2, 3)] for a in range(5)])
        assert getattr(found, rule) == pytest.approx(shares)
    drawn = mcda.smaa_tri(CARS, None, DIRECTIONS, profiles=profiles, draws=500)
    assert drawn.pessimistic.sum(axis=1) == pytest.approx(np.ones(5))
    assert drawn.to_frame("optimistic").shape == (5, 3)
    for fault in ({"cut": 0.4}, {"classes": ["one"]}, {"profiles": [[1, 2, 3]]}):
        with pytest.raises(mcda.InputError):
            mcda.smaa_tri(CARS, None, DIRECTIONS, **({"profiles": profiles} | fault))  # type: ignore[arg-type]
