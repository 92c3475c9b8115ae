"""What the scenarios say together: shares, intervals, when to stop; and progress."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import mcda
import solvers
from mcda.scenarios.results._intervals import clopper_pearson, look_confidence, looks
from mcda.scenarios.running._progress import Progress, duration
from tests.mcda.scenarios.small import EVERYTHING, small

PLAN = EVERYTHING.replace(solver="exhaustive", draws=60, cases=("base", "N1"))


@pytest.fixture(scope="module")
def run():
    return mcda.run_scenarios(small(), PLAN, workers=1)


def test_acceptability_is_the_share_of_scenarios(run):
    frame = run.to_frame()
    for case in run.cases:
        own = frame[frame["case"] == case]
        for project in small().project_ids:
            item = run.acceptability_by_case.loc[(case, project)]
            assert item["share"] == own[project].mean()
            interval = stats.binomtest(int(own[project].sum()), len(own)).proportion_ci(0.95, "exact")
            assert (item["lower"], item["upper"]) == pytest.approx((interval.low, interval.high))
            assert item["verdict"] == {0.0: "exterior", 1.0: "core"}.get(item["share"], "borderline")
    overall = run.acceptability
    np.testing.assert_allclose(overall["share"], frame[list(small().project_ids)].mean())
    # The cases share their draws, so their intervals do not shrink by being put together.
    by_case = run.acceptability_by_case
    assert (
        overall["upper"] - overall["lower"] >= (by_case["upper"] - by_case["lower"]).groupby("project_id").mean()
    ).all()


def test_the_same_case_twice_is_no_more_certain_than_once():
    plan = PLAN.replace(cases=("base", "N0"))
    twice = mcda.run_scenarios(small(), plan, workers=1)
    once = mcda.run_scenarios(small(), plan.replace(cases=("base",)), workers=1)
    assert (twice.acceptability["share"] == once.acceptability["share"]).all()
    assert (twice.acceptability["lower"] <= once.acceptability["lower"]).all()
    assert (twice.acceptability["upper"] >= once.acceptability["upper"]).all()


def test_portfolios_are_counted(run):
    frame = run.to_frame()[list(small().project_ids)]
    expected = frame.value_counts()
    found = run.portfolios(1000)
    assert len(found) == len(expected) == len(run.tally.distinct)
    assert found["scenarios"].sum() == 120
    assert found["scenarios"].tolist() == sorted(expected.tolist(), reverse=True)
    top = found.iloc[0]
    assert expected[tuple(name in top["projects"] for name in frame)] == top["scenarios"]
    assert top["count"] == len(top["projects"])


def test_figures_are_those_of_the_scenarios(run):
    frame = run.to_frame()
    figures = run.figures(["value", "use capital_k year 1"])
    for case in run.cases:
        own = frame.loc[frame["case"] == case, "value"]
        assert figures.loc[(case, "value"), "mean"] == pytest.approx(own.mean(), abs=1e-9)
        assert figures.loc[(case, "value"), "95%"] == pytest.approx(own.quantile(0.95))
        assert figures.loc[(case, "value"), "count"] == 60
    with pytest.raises(mcda.LabelError, match="There are no figures 'weight'"):
        run.figures(["weight"])


def test_scenarios_without_a_portfolio_count_as_that():
    must = replace(small().projects[0], mandatory=True)
    decision = replace(small(), projects=(must, *small().projects[1:]))
    run = mcda.run_scenarios(decision, mcda.ScenarioPlan(cases=("base", "N3")), workers=1)
    assert run.statuses == {"optimal": 1, "infeasible": 1}
    frame = run.to_frame()
    assert frame.loc[1, list(small().project_ids)].sum() == 0
    assert np.isnan(frame.loc[1, ["value", "share clin", "use capital_k year 1"]].astype(float)).all()
    assert run.acceptability.loc["P1", "share"] == 1.0  # of those that have a portfolio
    assert run.acceptability_by_case.loc["N3", "share"].isna().all()
    assert run.figures().loc[("N3", "value"), "count"] == 0


def test_a_solver_that_is_not_there_is_said_before_anything_is_run():
    with pytest.raises(solvers.BackendError, match="There is no solver 'nowhere'"):
        mcda.run_scenarios(small(), mcda.ScenarioPlan(solver="nowhere"), workers=1)


@pytest.mark.parametrize(("funded", "of"), [(0, 10), (10, 10), (3, 10), (500, 1000), (1, 1)])
def test_intervals_are_those_of_clopper_and_pearson(funded, of):
    lower, upper = clopper_pearson(np.array([funded]), np.array([of]), 0.9)
    expected = stats.binomtest(funded, of).proportion_ci(0.9, "exact")
    assert (lower[0], upper[0]) == pytest.approx((expected.low, expected.high))


def test_nothing_is_known_of_nothing():
    lower, upper = clopper_pearson(np.array([0]), np.array([0]), 0.95)
    assert (lower[0], upper[0]) == (0.0, 1.0)


def test_error_is_spent_over_looks_and_shares_and_never_more_than_allowed():
    rule = mcda.StoppingRule(confidence=0.9)
    spent = sum(40 * (1 - look_confidence(rule, look, 40)) for look in range(1, 2000))
    assert 0.0999 < spent < 0.1
    assert looks(1000) == [512, 640, 800, 1000]
    assert looks(100_000)[:4] == looks(1000)


@pytest.mark.parametrize("chunk", [37, 512, 900])
def test_a_run_stops_at_the_same_look_whatever_the_chunks(chunk, tmp_path):
    rule = mcda.StoppingRule(half_width=0.1, confidence=0.9)
    plan = mcda.ScenarioPlan(draws=3000, solver="exhaustive", weights=mcda.WeightDraw(kind="group_mix"), stop=rule)
    run = mcda.run_scenarios(small(), plan, workers=1, chunk=chunk, out=tmp_path)
    assert run.stopped_early
    assert run.draws in looks(3000)
    assert run.draws == 512
    frame = run.acceptability
    assert (frame["upper"] - frame["share"]).max() <= 0.1
    assert (frame["share"] - frame["lower"]).max() <= 0.1
    assert run.sha256 == mcda.run_scenarios(small(), plan.replace(stop=None, draws=512), workers=1).sha256
    again = mcda.run_scenarios(small(), plan, workers=1, out=tmp_path, resume=True)
    assert (again.draws, again.sha256) == (512, run.sha256)


def test_a_run_done_without_a_rule_is_cut_where_the_rule_would_have_stopped(tmp_path):
    plan = mcda.ScenarioPlan(draws=700, solver="exhaustive", weights=mcda.WeightDraw(kind="group_mix"))
    mcda.run_scenarios(small(), plan, workers=1, chunk=700, out=tmp_path)
    stopping = plan.replace(stop=mcda.StoppingRule(half_width=0.2), draws=5000)
    run = mcda.run_scenarios(small(), stopping, workers=1, out=tmp_path, resume=True)
    assert run.draws == 512
    assert run.sha256 == mcda.run_scenarios(small(), plan.replace(draws=512), workers=1).sha256


def test_the_interval_at_the_stop_holds_as_often_as_it_says():
    """Simulated runs that stop as soon as they may: the truth lies outside no more often than allowed."""
    rule = mcda.StoppingRule(half_width=0.08, confidence=0.8)
    rng = np.random.default_rng(7)
    truth, misses = 0.3, 0
    for _ in range(300):
        hits = rng.random(20_000) < truth
        for number, look in enumerate(looks(20_000), 1):
            lower, upper = clopper_pearson(hits[:look].sum()[None], np.array([look]), look_confidence(rule, number, 1))
            if max(hits[:look].mean() - lower[0], upper[0] - hits[:look].mean()) <= rule.half_width:
                misses += not lower[0] <= truth <= upper[0]
                break
    assert misses <= 60


def test_progress_says_how_far_how_fast_and_how_long_still():
    now = [0.0]
    stream = io.StringIO()
    progress = Progress(10_000, 2_000, shown=True, stream=stream, clock=lambda: now[0])
    assert progress.words(0.5) == "  2,000 of 10,000 scenarios"
    assert progress.words(3.2) == "  2,000 of 10,000 scenarios, 3 s so far"
    now[0] = 2.0
    progress.advance(1_000)
    progress.end()
    line = "\r  3,000 of 10,000 scenarios, 500 per second, about 14 s left"
    assert stream.getvalue() == f"{line}{line}\n"
    assert [duration(seconds) for seconds in (0.2, 59, 61, 3600, 9000)] == ["1 s", "59 s", "1 min", "1 h", "2.5 h"]


def test_progress_is_silent_where_nobody_watches():
    stream = io.StringIO()
    progress = Progress(10, stream=stream)
    progress.advance(10)
    progress.end()
    assert stream.getvalue() == ""


def test_a_run_prints_well_and_is_plain_data(run):
    import json

    assert repr(run).startswith("ScenarioRun(120 optimal; ")
    assert "<table" in run._repr_html_()
    record = run.to_record()
    json.dumps(record, allow_nan=False)
    assert record["result_sha256"] == run.sha256
    assert set(record["acceptability_by_case"]) == {"base", "N1"}
