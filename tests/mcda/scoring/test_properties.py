"""What holds for every method: symmetry, units, dominance, finite scores, and batches equal to single calls."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import mcda
from tests.mcda.scoring.problems import SCORING, STEPWISE, parameters, problem, scored

# Methods whose score does not change when the unit of a criterion does.
ANY_UNIT = [name for name in SCORING if name != "promethee_ii"]  # its thresholds are in units
# Methods whose score does not change when the zero of a criterion moves, either.
ANY_ZERO = ["vikor", "mabac", "mairca", "cocoso", "smart", "maut", "promethee_ii"]
# Two published formulas reward being far from the average, or compare pairs by threshold: see their own tests.
DOMINANCE_BY_FORMULA = {"probid", "codas"}

# Examples a method: there are many methods, and each example covers all criteria and alternatives of a small problem.
MANY = max(20, settings.default.max_examples // 3)
SMALL = st.tuples(st.integers(1, 5), st.integers(1, 4))


@st.composite
def problems(draw: st.DrawFn, levels: st.SearchStrategy[float]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    a, c = draw(SMALL)
    matrix = draw(arrays(np.float64, (a, c), elements=levels))
    weights = draw(arrays(np.float64, (c,), elements=st.sampled_from([0.0, 1e-300, 1e-9, 0.1, 0.5, 1.0])))
    assume(weights.sum() > 0)
    return matrix, weights, draw(st.lists(st.sampled_from(["max", "min"]), min_size=c, max_size=c))


@pytest.mark.parametrize("name", SCORING)
@settings(max_examples=MANY)
@given(problems(st.sampled_from([0.5, 1.0, 1.0 + 2**-52, 2.0, 3.0, 7.0])))
def test_scores_are_finite_with_ties_constants_and_zero_weights(name: str, drawn: Any) -> None:
    matrix, weights, directions = drawn
    scores = scored(name, matrix, weights, directions, normalise_weights=True)
    assert scores.shape == matrix.shape[:1]
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", SCORING)
@settings(max_examples=MANY)
@given(problems(st.floats(1.0, 10.0)), st.lists(st.integers(-299, 299), min_size=4, max_size=4))
def test_scores_are_finite_for_tiny_and_huge_magnitudes(name: str, drawn: Any, exponents: list[int]) -> None:
    matrix, weights, directions = drawn
    matrix = matrix * 10.0 ** np.array(exponents[: matrix.shape[1]])
    assert np.isfinite(scored(name, matrix, weights, directions, normalise_weights=True)).all()


@pytest.mark.parametrize("name", sorted(set(SCORING) - {"ocra"}))  # OCRA divides by the least level and refuses
@settings(max_examples=MANY)
@given(problems(st.sampled_from([1e-300, 1e-150, 1.0, 1e150, 1e300])))
def test_scores_are_finite_for_magnitudes_mixed_in_one_column(name: str, drawn: Any) -> None:
    matrix, weights, directions = drawn
    assert np.isfinite(scored(name, matrix, weights, directions, normalise_weights=True)).all()


@pytest.mark.parametrize("name", ["saw", "topsis", "wpm"])
@pytest.mark.parametrize("normalisation", ["vector", "sum", "max", "linear", "minmax", "nonlinear", "target"])
@settings(max_examples=MANY)
@given(problems(st.sampled_from([1e-300, 1e-150, 1.0, 3.0, 1e150, 1e300])))
def test_every_normalisation_is_finite(name: str, normalisation: str, drawn: Any) -> None:
    matrix, weights, directions = drawn
    scores = scored(name, matrix, weights, directions, normalise_weights=True, normalisation=normalisation)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", SCORING)
@pytest.mark.parametrize("seed", range(5))
def test_order_of_alternatives_and_criteria_does_not_matter(name: str, seed: int) -> None:
    matrix, weights, directions = problem(seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(matrix)), rng.permutation(len(weights))
    base = scored(name, matrix, weights, directions)
    moved = scored(name, matrix[rows][:, columns], weights[columns], [directions[j] for j in columns])
    assert moved == pytest.approx(base[rows], abs=1e-11)


@pytest.mark.parametrize("name", ANY_UNIT)
@pytest.mark.parametrize("seed", range(5))
def test_units_do_not_matter(name: str, seed: int) -> None:
    matrix, weights, directions = problem(seed)
    units = 10.0 ** np.random.default_rng(seed).uniform(-100, 100, len(weights))
    assert scored(name, matrix * units, weights, directions) == pytest.approx(
        scored(name, matrix, weights, directions), abs=1e-9
    )


@pytest.mark.parametrize("name", ANY_ZERO)
@pytest.mark.parametrize("seed", range(5))
def test_the_zero_does_not_matter_on_interval_scales(name: str, seed: int) -> None:
    matrix, weights, directions = problem(seed)
    shifted = matrix + np.array([-5.0, 3.0, 11.0, -2.5])
    base = scored(name, matrix, weights, directions)
    assert scored(name, shifted, weights, directions) == pytest.approx(base, abs=1e-10)


@pytest.mark.parametrize("name", sorted(set(SCORING) - DOMINANCE_BY_FORMULA))
@settings(max_examples=MANY)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_a_dominating_alternative_never_ranks_worse(name: str, seed: int, a: int) -> None:
    matrix, weights, directions = problem(seed, a=a)
    better = np.array([1.0 if direction == "max" else -1.0 for direction in directions])
    rng = np.random.default_rng(seed)
    matrix[0] = matrix[1] + better * rng.uniform(0.0, 0.9, len(weights)) * (rng.random(len(weights)) < 0.7)
    scores = scored(name, matrix, weights, directions)
    gain = (scores[0] - scores[1]) * (1 if mcda.methods()[name].higher_is_better else -1)
    assert gain >= -1e-12


@pytest.mark.parametrize("name", SCORING)
def test_identical_alternatives_score_the_same(name: str) -> None:
    for seed in range(20):
        matrix, weights, directions = problem(seed)
        matrix[3] = matrix[1]
        scores = scored(name, matrix, weights, directions)
        assert scores[3] == pytest.approx(scores[1], abs=1e-13)


@pytest.mark.parametrize("name", SCORING)
def test_all_alternatives_equal_score_the_same(name: str) -> None:
    matrix, weights, directions = problem(3)
    matrix[:] = matrix[0]
    scores = scored(name, matrix, weights, directions)
    assert np.ptp(scores) <= 1e-13


@pytest.mark.parametrize("name", SCORING)
def test_every_scenario_of_a_batch_equals_the_single_call(name: str) -> None:
    matrix, _, directions = problem(11, a=9)
    rng = np.random.default_rng(11)
    weights = rng.dirichlet(np.ones(4), 40)
    batch = scored(name, matrix, weights, directions)
    single = np.array([scored(name, matrix, one, directions) for one in weights])
    assert batch == pytest.approx(single, abs=1e-12, rel=1e-12)
    stack = matrix * rng.uniform(0.8, 1.2, (40, 9, 4))
    needed = parameters(name, stack, directions)
    both = mcda.score(name, stack, weights, directions, **needed)
    each = np.array([mcda.score(name, m, w, directions, **needed) for m, w in zip(stack, weights, strict=True)])
    assert both == pytest.approx(each, abs=1e-12, rel=1e-12)


@pytest.mark.parametrize("name", sorted(set(SCORING) - STEPWISE))
def test_single_precision_is_close(name: str) -> None:
    matrix, _, directions = problem(12, a=30)
    weights = np.random.default_rng(12).dirichlet(np.ones(4), 20)
    precise = scored(name, matrix, weights, directions)
    single = scored(name, matrix, weights, directions, dtype="float32")
    assert single.dtype == np.float32
    assert single == pytest.approx(precise, abs=2e-5 * max(1.0, abs(precise).max()))
