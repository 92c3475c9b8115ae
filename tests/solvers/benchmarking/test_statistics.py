"""Figures of merit against values worked out by hand, and their properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.benchmarking import (
    Run,
    bootstrap_interval,
    compare,
    judge,
    pairwise_ratios,
    performance_profile,
    primal_integral,
    shifted_geometric_mean,
    summary,
)
from solvers.benchmarking._statistics import gap_over_time, times_table

times = st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=30)


def run(instance, variant, seconds, value=10.0, termination="optimal", **more):
    settings = {"repeat": 0, "limit": 10.0, "bound": value, "certified": True, "cpu_seconds": seconds} | more
    return Run("f", instance, variant, termination=termination, value=value, search_seconds=seconds, **settings)


@given(times, st.floats(0.01, 10))
def test_a_shifted_geometric_mean_lies_between_and_scales(seconds, shift):
    mean = shifted_geometric_mean(seconds, shift)
    assert min(seconds) - 1e-9 <= mean <= max(seconds) * (1 + 1e-9)
    assert shifted_geometric_mean(2 * np.array(seconds), 2 * shift) == pytest.approx(2 * mean)


@given(times)
def test_an_interval_holds_the_figure_of_equal_data(seconds):
    low, high = bootstrap_interval(seconds, lambda samples: samples.mean(axis=-1))
    assert low <= high
    assert min(seconds) - 1e-9 <= low
    assert high <= max(seconds) + 1e-9


@given(st.lists(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)), min_size=1, max_size=20))
def test_a_profile_rises_to_one_and_someone_is_the_fastest(rows):
    profile = performance_profile(pd.DataFrame(rows, columns=["a", "b"]))
    assert profile.index[0] == 1.0
    assert (profile.diff().dropna() >= 0).all().all()
    assert (profile.iloc[-1] == 1.0).all()
    assert profile.iloc[0].sum() >= 1.0 - 1e-9


def test_a_profile_by_hand():
    table = pd.DataFrame({"a": [1.0, 2.0, math.inf], "b": [2.0, 1.0, 5.0]})
    profile = performance_profile(table)
    assert profile.loc[1.0].to_dict() == {"a": pytest.approx(1 / 3), "b": pytest.approx(2 / 3)}
    assert profile.loc[2.0].to_dict() == {"a": pytest.approx(2 / 3), "b": 1.0}


def test_ratios_only_count_what_both_solve():
    ratios = pairwise_ratios(pd.DataFrame({"a": [1.0, 8.0, math.inf], "b": [2.0, 4.0, 1.0]}))
    assert ratios.loc["a", "b"] == pytest.approx(1.0)
    assert ratios.loc["a", "a"] == 1.0


def test_a_primal_integral_by_hand():
    runs = [run("x", "a", 1.0, 8.0, "feasible", limit=1.0), run("x", "a", 4.0, 10.0, limit=4.0)]
    # Gap 1 until 1 s, 0.2 until 4 s, then 0: (1 + 0.6) / 10.
    assert primal_integral(runs, 10.0, 10.0) == pytest.approx(0.16)
    assert primal_integral([], 10.0, 10.0) == 1.0
    judgement = judge(runs)
    curve = gap_over_time(runs, judgement, np.array([0.5, 1.0, 5.0]))["a"]
    assert curve.tolist() == pytest.approx([1.0, 0.2, 0.0])


def test_a_claim_that_another_refutes():
    runs = [
        run("x", "honest", 2.0, 10.0),
        run("x", "wrong", 1.0, 9.0),
        run("x", "low bound", 1.0, 9.0, "feasible", bound=9.5),
        run("x", "none", 1.0, None, "infeasible", certified=False),
        run("x", "broken", 1.0, 99.0, certified=False),
    ]
    judgement = judge(runs)
    assert {each.run.variant for each in judgement.refuted} == {"wrong", "low bound", "none", "broken"}
    (standing,) = judgement.standings
    assert (standing.best, standing.proven) == (10.0, True)
    table = times_table(runs, judgement)
    assert math.isfinite(table.loc[("f", "x"), "honest"])
    assert math.isinf(table.loc[("f", "x"), "wrong"])
    frame = summary(runs, judgement, 10.0)
    assert frame.loc["wrong", "refuted"] == 1
    assert frame.index[0] == "honest"


@pytest.mark.parametrize(
    ("known", "verdict", "refuted"),
    [
        ({"value": 10.0, "status": "optimal"}, "met", 0),
        ({"value": 9.0, "status": "bound"}, "better", 0),
        ({"value": 12.5, "status": "optimal"}, "missed by 20.00%", 1),
        ({"value": 12.5, "status": "hint"}, "missed by 20.00%", 0),
        ({}, "not known", 0),
    ],
)
def test_what_is_known(known, verdict, refuted):
    judgement = judge([run("x", "a", 1.0)], {"f/x": known} if known else {})
    assert judgement.standings[0].verdict == verdict
    assert len(judgement.refuted) == refuted


def noisy(seed, factor=1.0, lost=0):
    draw = np.random.default_rng(seed)
    base = np.random.default_rng(0).lognormal(0, 2, 30)
    return [
        run(
            str(k),
            "a",
            float(base[k] * factor * draw.lognormal(0, 0.1)),
            termination="optimal" if k >= lost else "feasible",
        )
        for k in range(30)
    ]


def test_the_same_variant_against_itself_shows_no_regression_in_19_of_20():
    slower = sum(compare(noisy(2 * k), noisy(2 * k + 1))[0].slower for k in range(1, 101))
    assert slower <= 5


def test_a_real_regression_is_seen():
    (found,) = compare(noisy(1), noisy(2, factor=1.4))
    assert found.slower
    assert found.verdict == "SLOWER"
    assert found.ratio == pytest.approx(1.4, rel=0.1)
    (back,) = compare(noisy(2, factor=1.4), noisy(1))
    assert back.faster


def test_proofs_lost_beyond_chance_are_a_regression():
    assert compare(noisy(1), noisy(2, lost=6))[0].slower
    assert not compare(noisy(1), noisy(2, lost=3))[0].slower


def test_a_disturbed_run_is_noticed():
    assert run("x", "a", 1.0, cpu_seconds=0.5).disturbed
    assert not run("x", "a", 1.0, cpu_seconds=0.95).disturbed
    assert not run("x", "a", 1.0, cpu_seconds=None).disturbed
