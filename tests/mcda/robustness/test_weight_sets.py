"""Weights known in part: extreme points against the literature, draws against exact means, faults by name."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.robustness._polytopes import Polytope, basis, cut, measure, unit_simplex


def test_a_complete_ranking_has_the_extreme_points_of_carmone() -> None:
    # e1, (e1 + e2)/2, ..., whose mean is the rank-order centroid (Barron and Barrett, 1996).
    found = mcda.weight_set("abcd", ranking="abcd")
    expected = [[1, 0, 0, 0], [1 / 2, 1 / 2, 0, 0], [1 / 3, 1 / 3, 1 / 3, 0], [1 / 4] * 4]
    assert found.extreme_points == pytest.approx(np.array(expected), abs=1e-15)
    centroid = [(1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 2 + 1 / 3 + 1 / 4) / 4, (1 / 3 + 1 / 4) / 4, 1 / 16]
    assert found.centre == pytest.approx(centroid)
    assert found.draw(20_000).mean(axis=0) == pytest.approx(centroid, abs=0.006)


def test_ratios_ranges_and_any_linear_statement() -> None:
    found = mcda.weight_set(
        ["a", "b", "c"], lower={"c": 0.1}, ratios=[("a", "b", 2, 3)], constraints=[({"a": 1, "c": -1}, ">=", 0.2)]
    )
    for a, b, c in found.extreme_points:
        assert c >= 0.1 - 1e-12
        assert 2 * b - 1e-12 <= a <= 3 * b + 1e-12
        assert a - c >= 0.2 - 1e-12
    assert found.contains(found.draw(500)).all()
    assert not found.contains([0.3, 0.4, 0.3])


def test_an_equality_leaves_a_flat_set_and_draws_stay_on_it() -> None:
    found = mcda.weight_set(4, constraints=[([1, 1, 0, 0], "==", 0.4)], upper=[0.3, 0.3, 0.5, 0.5])
    drawn = found.draw(4000)
    assert drawn[:, :2].sum(axis=1) == pytest.approx(0.4)
    assert found.contains(drawn).all()
    assert drawn.mean(axis=0) == pytest.approx([0.2, 0.2, 0.3, 0.3], abs=0.01)


def test_one_point_is_a_set_too() -> None:
    found = mcda.weight_set(2, constraints=[([1, 0], "==", 0.3)])
    assert found.extreme_points.tolist() == [[0.3, 0.7]]
    assert found.draw(3).tolist() == [[0.3, 0.7]] * 3


def test_hit_and_run_is_uniform_where_few_points_fit() -> None:
    # A narrow box within the simplex of eight: nearly nothing that is thrown at it fits. By symmetry all means are 1/8.
    box = mcda.weight_set(8, lower=0.11, upper=0.15)
    drawn = box.draw(8000, rng=4)
    assert box.contains(drawn).all()
    assert drawn.mean(axis=0) == pytest.approx([1 / 8] * 8, abs=0.0005)
    assert drawn[:, 0].min() < 0.113
    assert drawn[:, 0].max() > 0.147


def test_hit_and_run_against_exact_volumes() -> None:
    known = mcda.weight_set(4, lower=[0.2, 0.02, 0.02, 0.02], upper=[0.26, 0.3, 0.45, 0.6], ratios=[(2, 1, 1.2)])
    part = known.narrowed(upper={3: 0.3})

    def volume(given: mcda.WeightSet) -> float:
        polytope = Polytope(given.polytope.corners.astype(float), given.polytope.tight)
        return measure(polytope, basis(known.extreme_points))[0]

    from mcda.uncertainty._sampling import _hit_and_run

    drawn = _hit_and_run(
        known.extreme_points, basis(known.extreme_points), known.normals, known.bounds, 20_000, np.random.default_rng(1)
    )
    share = volume(part) / volume(known)
    assert 0.1 < share < 0.9
    assert part.contains(drawn).mean() == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / 20_000))


def test_draws_are_the_same_for_the_same_seed_and_uniform_on_the_simplex() -> None:
    everything = mcda.weight_set(6)
    drawn = everything.draw(40_000, rng=3)
    assert np.array_equal(drawn, everything.draw(40_000, rng=3))
    # P(largest > .4) of the uniform distribution on the simplex of six; normalised U(0, 1) would give .061.
    exact = sum((-1) ** (k + 1) * c * max(0.0, 1 - 0.4 * k) ** 5 for k, c in ((1, 6), (2, 15)))
    assert (drawn.max(axis=1) > 0.4).mean() == pytest.approx(exact, abs=0.012)


@given(st.integers(2, 5), st.data())
def test_corners_agree_with_every_statement_and_are_corners(count: int, data: st.DataObject) -> None:
    whole = [data.draw(st.lists(st.integers(-4, 4), min_size=count, max_size=count)) for _ in range(3)]
    inside = np.full(count, 1 / count)
    statements = [(row, "<=", float(np.ceil(10 * np.dot(row, inside))) / 10) for row in whole]
    found = mcda.weight_set(count, constraints=statements)
    points = found.extreme_points
    assert found.contains(points).all()
    # Against every intersection of count - 1 boundaries.
    rows = [*(np.eye(count) * -1), *(np.array(row, dtype=float) for row, _, _ in statements)]
    right = [*([0.0] * count), *(bound for _, _, bound in statements)]
    brute = set()
    for chosen in itertools.combinations(range(len(rows)), count - 1):
        system = np.vstack([np.ones(count), *(rows[i] for i in chosen)])
        if abs(np.linalg.det(system)) > 1e-9:
            point = np.linalg.solve(system, [1.0, *(right[i] for i in chosen)])
            if found.contains(point):
                brute.add(tuple(np.round(point, 9) + 0.0))
    assert {tuple(np.round(point, 9) + 0.0) for point in points} == brute


def test_volumes_add_up_when_a_polytope_is_cut() -> None:
    whole = unit_simplex(5)
    directions = basis(whole.corners)
    total, centre = measure(whole, directions)
    assert total == pytest.approx(np.sqrt(5) / 24)
    assert centre == pytest.approx([0.2] * 5)
    normal = np.array([1.0, -2.0, 0.5, 0.0, 0.7])
    one, two = cut(whole, normal, 0.1), cut(whole, -normal, -0.1)
    parts = [measure(part, directions) for part in (one, two)]
    assert sum(volume for volume, _ in parts) == pytest.approx(total)
    assert sum(volume * middle for volume, middle in parts) / total == pytest.approx(centre)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ({"lower": {"x": 0.1}}, "There is no criterion 'x'"),
        ({"lower": [0.1, 0.2]}, "one entry per criterion"),
        ({"upper": {"a": float("nan")}}, "finite numbers"),
        ({"ranking": ["a", "b", "a"]}, "names 'a' twice"),
        ({"ratios": [("a", "b")]}, "A ratio must be"),
        ({"constraints": [({"a": 1}, "<", 1)]}, "with sense >=, <= or =="),
        ({"constraints": [([1, 2], "<=", 1)]}, "one coefficient per criterion"),
        ({"lower": {"a": 0.7, "b": 0.4}}, "contradicts"),
    ],
)
def test_faults_are_named(statement: dict[str, object], words: str) -> None:
    with pytest.raises(mcda.McdaError, match=words):
        mcda.weight_set(["a", "b", "c"], **statement)  # type: ignore[arg-type]


def test_faults_of_mixes_and_draws() -> None:
    with pytest.raises(mcda.McdaError, match="sum to 1"):
        mcda.weight_mixes([[0.5, 0.4]])
    with pytest.raises(mcda.McdaError, match="one entry per row"):
        mcda.weight_mixes([[0.5, 0.5]], ["a", "b"])
    with pytest.raises(mcda.McdaError, match="whole number of at least 1"):
        mcda.weight_set(2).draw(0)
    with pytest.raises(mcda.LabelError, match="named twice"):
        mcda.weight_set(["a", "a"])
    mixes = mcda.weight_mixes([[0.8, 0.2], [0.3, 0.7]])
    assert mixes.draw(4000).mean(axis=0) == pytest.approx([0.55, 0.45], abs=0.01)
    assert "2 weightings" in repr(mixes)
