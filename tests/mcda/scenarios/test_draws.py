"""What is drawn has the distribution it claims, whatever the design."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import mcda
from mcda.scenarios.planning._compile import CompiledPlan
from mcda.scenarios.planning._distributions import Quantiles, Together, combine, dirichlet
from mcda.scenarios.planning._polytope import HitAndRun, information
from mcda.scenarios.planning._uniforms import BLOCK, Uniforms, random_block
from tests.mcda.scenarios.small import EVERYTHING, small

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


def drawn(plan, draws=2048, decision=None):
    compiled = CompiledPlan(decision or small(), plan.replace(draws=draws))
    return compiled, compiled.draw(0, draws)


def test_weights_of_every_kind_are_weights():
    for kind in ("stakeholders", "stakeholder_mix", "group_mix", "judgements", "dirichlet", "uniform"):
        weights = drawn(mcda.ScenarioPlan(draws=2, weights=mcda.WeightDraw(kind=kind)), 600)[1][0].weights
        assert weights.min() >= 0
        np.testing.assert_allclose(weights.sum(axis=1), 1.0)
        assert len(np.unique(weights[:, 0])) > 3


def test_mixes_and_people_have_the_means_they_should():
    found = mcda.weigh_decision(small())
    groups = found.groups.to_numpy()
    mix = drawn(mcda.ScenarioPlan(draws=2, sampling="sobol", weights=mcda.WeightDraw(kind="group_mix")))[1][0].weights
    np.testing.assert_allclose(mix.mean(axis=0), groups.mean(axis=0), atol=0.01)
    around = drawn(mcda.ScenarioPlan(draws=2, sampling="sobol", weights=mcda.WeightDraw(kind="dirichlet")))[1][
        0
    ].weights
    np.testing.assert_allclose(around.mean(axis=0), found.board, atol=0.005)
    one = drawn(mcda.ScenarioPlan(draws=2, sampling="sobol", weights=mcda.WeightDraw(kind="stakeholders")))[1][
        0
    ].weights
    people = found.stakeholders.to_numpy()
    assert len(np.unique(one, axis=0)) == 4
    share = [(one == person).all(axis=1).mean() for person in people]
    np.testing.assert_allclose(share, [0.3, 0.3, 0.2, 0.2], atol=0.005)


def test_a_case_of_one_group_has_that_groups_weights_whatever_is_drawn():
    for kind in ("group_mix", "stakeholder_mix", "judgements"):
        weights = mcda.WeightDraw(kind=kind, error=1e-9 if kind == "judgements" else None)
        plan = mcda.ScenarioPlan(draws=2, cases=("base", "N2"), weights=weights)
        _, (base, moved) = drawn(plan, 300)
        technical = mcda.weigh_decision(small()).of_group("tech").to_numpy()
        if kind == "stakeholder_mix":
            assert moved.weights[:, 2].min() > 0.5
        else:
            np.testing.assert_allclose(moved.weights, np.broadcast_to(technical, moved.weights.shape), atol=1e-6)
        assert not np.allclose(base.weights, moved.weights)


def test_errors_in_answers_against_drawing_every_answer():
    decision = small()
    noisy = mcda.WeightDraw(kind="judgements", error=0.4)
    plan = mcda.ScenarioPlan(draws=2, cases=("N2",), sampling="sobol", weights=noisy)
    weights = drawn(plan, 8192)[1][0].weights
    from mcda.weights import group_priorities, judgement_matrices

    answers = np.log(judgement_matrices(decision, "G")[2:])
    rng = np.random.default_rng(4)
    brute = []
    for _ in range(8000):
        noise = np.triu(rng.normal(0, 0.4, answers.shape), 1)
        brute.append(group_priorities(np.exp(answers + noise - np.swapaxes(noise, 1, 2))))
    np.testing.assert_allclose(weights.mean(axis=0), np.mean(brute, axis=0), atol=0.005)
    np.testing.assert_allclose(np.cov(weights.T), np.cov(np.array(brute).T), atol=3e-4)


def test_a_ranking_is_kept_and_has_the_rank_order_centroid_as_its_mean():
    plan = mcda.ScenarioPlan(
        draws=2, sampling="sobol", weights=mcda.WeightDraw(kind="uniform", ranking=("C3", "C1", "C2"))
    )
    weights = drawn(plan, 8192)[1][0].weights
    assert (np.diff(weights[:, [2, 0, 1]], axis=1) <= 0).all()
    # Barron and Barrett (1996), rank order centroid for three: 11/18, 5/18, 2/18.
    np.testing.assert_allclose(weights.mean(axis=0), [5 / 18, 2 / 18, 11 / 18], atol=0.003)


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


def test_performance_stays_between_its_levels_and_has_the_triangular_mean():
    plan = mcda.ScenarioPlan(draws=2, sampling="sobol", performance=mcda.PerformanceDraw())
    compiled, (inputs,) = drawn(plan, 4096)
    weights = mcda.weigh_decision(small()).board
    levels = ("pessimistic", "most_likely", "optimistic")
    low, mid, high = (mcda.value_projects(small(), weights, level=level).projects.to_numpy() for level in levels)
    assert (inputs.values >= low - 1e-9).all()
    assert (inputs.values <= high + 1e-9).all()
    np.testing.assert_allclose(inputs.values.mean(axis=0), (low + mid + high) / 3, rtol=2e-3)
    np.testing.assert_allclose(
        inputs.synergy_values, np.broadcast_to(inputs.synergy_values[0], inputs.synergy_values.shape)
    )
    assert compiled.cases[0].columns["performance"] > 0


def test_values_without_draws_are_those_of_value_projects():
    weights = mcda.weigh_decision(small()).board
    _, (inputs,) = drawn(mcda.ScenarioPlan(), 1)
    expected = mcda.value_projects(small(), weights)
    np.testing.assert_allclose(inputs.values[0], expected.projects)
    np.testing.assert_allclose(inputs.synergy_values[0], expected.synergies)


def test_costs_stay_in_their_range_and_only_money_moves():
    plan = mcda.ScenarioPlan(draws=2, sampling="sobol", costs=(mcda.CostDraw(),))
    compiled, (inputs,) = drawn(plan, 2048)
    usage = compiled.cases[0].problem.usage
    ratio = inputs.usage[:, :, 0] / usage[:, 0]
    low, high = np.array([0.9, 0.95, 0.8, 0.9, 1, 0.7]), np.array([1.4, 1.2, 1.6, 1.5, 1, 2])
    assert (ratio >= low - 1e-4).all()
    assert (ratio <= high + 1e-4).all()
    np.testing.assert_allclose(ratio.mean(axis=0), (low + 1 + high) / 3, rtol=2e-3)
    np.testing.assert_array_equal(inputs.usage[:, :, 4:], np.broadcast_to(usage[:, 4:], inputs.usage[:, :, 4:].shape))
    # One factor a project: the same in both years and in both kinds of money.
    np.testing.assert_allclose(inputs.usage[:, 5, 1] / usage[5, 1], ratio[:, 5], atol=1e-4)
    assert (np.round(inputs.usage, 3) == inputs.usage).all()


def test_optimism_bias_is_on_capital_and_at_most_the_uplift():
    plan = mcda.ScenarioPlan(draws=2, costs=(mcda.CostDraw(kind="optimism_bias", distribution="uniform"),))
    compiled, (inputs,) = drawn(plan, 1024)
    ratio = inputs.usage / np.where(compiled.cases[0].problem.usage > 0, compiled.cases[0].problem.usage, 1)
    assert ratio[:, 2, 0].min() >= 1
    assert 1.39 < ratio[:, 2, 0].max() <= 1.4 + 1e-4
    np.testing.assert_allclose(ratio[:, :, 2], 1.0)


def test_projects_that_fail_lose_their_gains_but_not_their_harms():
    plan = mcda.ScenarioPlan(draws=2, sampling="sobol", delivery=mcda.DeliveryDraw(remaining=0.0))
    _, (inputs,) = drawn(plan, 4096)
    whole = drawn(mcda.ScenarioPlan(), 1)[1][0]
    delivered = np.isclose(inputs.values, whole.values)
    np.testing.assert_allclose(delivered.mean(axis=0), [0.9, 0.8, 0.7, 0.6, 0.95, 0.5], atol=0.01)
    harm = inputs.values[~delivered[:, 3], 3]
    assert (harm < 0).all()  # P4 costs savings, which it does whether it delivers or not
    assert (inputs.values[~delivered[:, 0], 0] == 0).all()
    # A synergy that helps needs all its members; one that harms stays.
    both = delivered[:, 0] & delivered[:, 4]
    np.testing.assert_allclose(inputs.synergy_values[:, 0], np.where(both, whole.synergy_values[0, 0], 0.0))
    np.testing.assert_allclose(inputs.synergy_values[:, 1], whole.synergy_values[0, 1])


def test_limits_move_where_asked():
    plan = mcda.ScenarioPlan(
        draws=2, limits=(mcda.LimitDraw(target="budget", key="capital_k", low=0.5, high=0.9, years=(2,)),)
    )
    compiled, (inputs,) = drawn(plan, 512)
    capacity = compiled.cases[0].problem.capacity
    moved = (inputs.capacity != capacity).any(axis=0)
    assert moved.tolist() == [False, True, False, False, False, False]
    assert (inputs.capacity[:, 1] >= 125).all()
    assert (inputs.capacity[:, 1] <= 225).all()


def test_any_range_of_draws_is_the_same_part_of_all():
    for sampling in SAMPLINGS:
        plan = EVERYTHING.replace(sampling=sampling, draws=700, cases=("base", "N1"))
        compiled = CompiledPlan(small(), plan)
        whole = compiled.draw(0, 700)
        for start, stop in ((699, 700), (250, 260), (0, 1), (256, 512)):
            for one, part in zip(whole, CompiledPlan(small(), plan).draw(start, stop), strict=True):
                for name in ("weights", "values", "synergy_values", "usage", "capacity"):
                    np.testing.assert_array_equal(getattr(part, name), getattr(one, name)[start:stop])


@given(
    st.integers(0, 2**63 - 1),
    st.sampled_from(SAMPLINGS),
    st.lists(st.integers(0, 600), min_size=2, max_size=4, unique=True).map(sorted),
)
@settings(max_examples=15)
def test_chunks_of_any_plan_join_without_a_seam(seed, sampling, cuts):
    plan = EVERYTHING.replace(seed=seed, sampling=sampling, draws=600)
    compiled = CompiledPlan(small(), plan)
    (whole,) = compiled.draw(cuts[0], cuts[-1])
    parts = [compiled.draw(start, stop)[0] for start, stop in itertools.pairwise(cuts)]
    for name in ("weights", "values", "synergy_values", "usage", "capacity"):
        np.testing.assert_array_equal(np.concatenate([getattr(part, name) for part in parts]), getattr(whole, name))
        assert np.isfinite(getattr(whole, name)).all()


def test_cases_see_the_same_draws():
    plan = mcda.ScenarioPlan(draws=50, cases=("base", "N1"), weights=mcda.WeightDraw(kind="group_mix"))
    _, (base, cut) = drawn(plan, 50)
    np.testing.assert_array_equal(base.values, cut.values)


def test_another_method_gives_its_own_scores_less_doing_nothing():
    weights = mcda.weigh_decision(small()).board
    _, (inputs,) = drawn(mcda.ScenarioPlan(method="topsis"), 1)
    np.testing.assert_allclose(inputs.values[0], mcda.value_projects(small(), weights, "topsis").projects)
    assert (inputs.synergy_values == 0).all()
    _, (low,) = drawn(mcda.ScenarioPlan(method="spotis", parameters=(("bounds", ((-100.0, 100.0),) * 3),)), 1)
    assert low.values[0].max() > 0  # lower is better in SPOTIS: turned round, so that more is better here as well


def test_a_scenario_that_a_method_cannot_value_is_a_record():
    run = mcda.run_scenarios(
        small(), mcda.ScenarioPlan(method="wpm", draws=5, weights=mcda.WeightDraw(kind="group_mix")), workers=1
    )
    assert run.statuses == {"failed": 5}
    assert sum(run.tally.failures.values()) == 5
    assert run.acceptability["share"].isna().all()
