"""The draws of a plan: what moves, between which ends, and the same whatever the chunks."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.scenarios.planning._compile import CompiledPlan
from tests.mcda.scenarios.small import EVERYTHING, small

SAMPLINGS = ["monte_carlo", "latin_hypercube", "sobol"]


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
    assert compiled.cases[0].sampler.columns["performance"] > 0


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
    # One factor per project: the same in both years and in both kinds of money.
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
    assert low.values[0].max() > 0  # lower is better in SPOTIS: flipped, so that more is better here as well


def test_a_scenario_that_a_method_cannot_value_is_a_record():
    run = mcda.run_scenarios(
        small(), mcda.ScenarioPlan(method="wpm", draws=5, weights=mcda.WeightDraw(kind="group_mix")), workers=1
    )
    assert run.statuses == {"failed": 5}
    assert sum(run.tally.failures.values()) == 5
    assert run.acceptability["share"].isna().all()
