"""What is drawn has the distribution it claims, whatever the design."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import mcda
from mcda.uncertainty._distributions import Quantiles, Together, combine, dirichlet
from mcda.uncertainty._polytope import HitAndRun, information
from mcda.uncertainty._uniforms import BLOCK, Uniforms, random_block

SAMPLINGS = ["monte_carlo", "latin_hypercube", "sobol"]


def uniforms(sampling, draws, columns, seed=1):
    source = Uniforms(sampling, seed, draws, columns)
    blocks = [source.block(number) for number in range(-(-draws // BLOCK))]
    return {name: np.concatenate([block[name] for block in blocks])[:draws] for name in columns}


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_a_block_depends_on_its_number_alone(sampling):
    first = Uniforms(sampling, 5, 2000, {"weights": 4, "costs": 3})
    forward = [first.block(number) for number in range(4)]
    for number in (3, 1, 0, 2):
        again = Uniforms(sampling, 5, 2000, {"weights": 4, "costs": 3})
        for name, block in again.block(number).items():
            np.testing.assert_array_equal(block, forward[number][name])
            np.testing.assert_array_equal(first.block(number)[name], block)


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_uniform_numbers_are_uniform_and_unrelated(sampling):
    found = uniforms(sampling, 8192, {"a": 3, "b": 2})
    points = np.column_stack([found["a"], found["b"]])
    assert points.min() > 0
    assert points.max() < 1
    for column in points.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-4
    assert np.abs(np.corrcoef(points.T) - np.eye(5)).max() < 0.05


@pytest.mark.parametrize("draws", [1, 2, 3, 7, 100, 513])
def test_a_latin_hypercube_has_one_draw_in_every_stratum(draws):
    for column in uniforms("latin_hypercube", draws, {"a": 5})["a"].T:
        assert sorted(np.floor(column * draws).astype(int)) == list(range(draws))


def test_sobol_points_are_spread_better_than_chance():
    discrepancy = {name: stats.qmc.discrepancy(uniforms(name, 512, {"a": 3})["a"]) for name in SAMPLINGS}
    assert discrepancy["sobol"] < discrepancy["latin_hypercube"] < discrepancy["monte_carlo"]


def test_sources_have_streams_of_their_own_and_seeds_differ():
    assert not np.isin(random_block(1, "weights", 0, 4), random_block(1, "costs 0", 0, 4)).any()
    assert not np.isin(random_block(1, "weights", 0, 4), random_block(2, "weights", 0, 4)).any()
    assert not np.isin(random_block(1, "weights", 0, 4), random_block(1, "weights", 1, 4)).any()


@pytest.mark.parametrize(
    ("distribution", "mode"), [("triangular", 0.2), ("pert", 0.2), ("pert", 0.0), ("triangular", 1.0), ("uniform", 0.3)]
)
def test_quantiles_against_scipy(distribution, mode):
    expected = {
        "triangular": stats.triang(mode),
        "pert": stats.beta(1 + 4 * mode, 5 - 4 * mode),
        "uniform": stats.uniform(),
    }[distribution]
    uniform = np.linspace(1e-9, 1 - 1e-9, 4001)[:, None]
    found = Quantiles(distribution, np.array([mode]))(stats.norm.ppf(uniform))
    np.testing.assert_allclose(found[:, 0], expected.ppf(uniform[:, 0]), atol=1e-5)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
def test_figures_of_a_group_go_together(correlation):
    together = Together(["x", "x", "y"], correlation)
    scores = together(uniforms("sobol", 4096, {"a": together.columns})["a"])
    found = np.corrcoef(scores.T)
    assert scores.std(axis=0) == pytest.approx(1.0, abs=0.02)
    assert found[0, 1] == pytest.approx(correlation, abs=0.02)
    assert found[0, 2] == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("alpha", [[1.0, 1.0, 1.0], [2.0, 0.5, 4.0], [0.004, 0.003, 0.002], [5.0, 0.0, 5.0]])
def test_dirichlet_shares_have_the_right_moments(alpha):
    alpha = np.array(alpha)
    shares = dirichlet(uniforms("sobol", 16384, {"a": 3})["a"], alpha)
    total = alpha.sum()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert (shares[:, alpha == 0] == 0).all()
    np.testing.assert_allclose(shares.mean(axis=0), alpha / total, atol=0.01)
    expected = alpha * (total - alpha) / total**2 / (total + 1)
    np.testing.assert_allclose(shares.var(axis=0), expected, atol=0.01)


def test_a_combination_does_not_depend_on_the_rows_around_it():
    rng = np.random.default_rng(0)
    shares, rows = rng.random((300, 24)), rng.random((24, 40))
    whole = combine(shares, rows)
    for part in (slice(0, 1), slice(7, 19), slice(299, 300)):
        np.testing.assert_array_equal(combine(shares[part], rows), whole[part])
    np.testing.assert_allclose(whole, shares @ rows)


def test_hit_and_run_agrees_with_rejection():
    asked = mcda.WeightDraw(
        kind="uniform", ranking=("A", "B"), at_most=(("A", 0.6),), at_least=(("C", 0.05),), ratios=(("B", "D", 0.5),)
    )
    leaves = ("A", "B", "C", "D")
    chains = HitAndRun(leaves, asked, seed=2)
    weights = np.concatenate([chains.draw(number) for number in range(24)])
    rows, limits = information(leaves, asked)
    assert (weights @ rows.T <= limits + 1e-9).all()
    flat = np.random.default_rng(1).dirichlet(np.ones(4), 200_000)
    accepted = flat[(flat @ rows.T <= limits).all(axis=1)]
    np.testing.assert_allclose(weights.mean(axis=0), accepted.mean(axis=0), atol=0.01)
    np.testing.assert_allclose(np.cov(weights.T), np.cov(accepted.T), atol=0.002)
    for column in range(4):
        assert stats.ks_2samp(weights[:, column], accepted[:, column]).pvalue > 1e-4
