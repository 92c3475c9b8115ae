"""Answers that are no figure are types of their own, and questions that run out of time say so."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import solvers
from solvers import Impossible, LimitReached, Problem, Unproven, least_cut
from solvers.answers import figure_or_none, found, known


@pytest.mark.parametrize("answer", [Impossible(), Impossible(("cash",)), Unproven(), Unproven(LimitReached.PRECISION)])
def test_no_figure_counts_as_false_and_holds_nothing(answer: Impossible | Unproven) -> None:
    assert not answer
    assert (len(answer), list(answer)) == (0, [])
    assert not found(answer)
    assert figure_or_none(answer) is None
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own


def test_what_is_known_is_told_apart() -> None:
    told = [known(one) for one in (0.0, Impossible(), Unproven(), Unproven(LimitReached.INTERRUPT), None)]
    assert told == ["found", "impossible", "unproven (time)", "unproven (interrupt)", "not asked"]
    assert Impossible() != Unproven()


def test_a_least_cut_is_found_impossible_or_unproven() -> None:
    problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names="ABCD", resources=["cash"])
    cut = least_cut(problem, "A", 42)
    assert isinstance(cut, solvers.CostReduction)
    assert cut.total == 1
    assert least_cut(problem, "A", 10**6) == Impossible()
    assert least_cut(problem, "A", 42, time_limit=1e-9) == Unproven(LimitReached.TIME)


def test_the_least_relaxation_is_found_impossible_or_unproven() -> None:
    problem = Problem([1, 1], [5, 5], 8, names=["a", "b"], resources=["money"], mandatory=["a", "b"])
    clash = solvers.conflict(problem)
    assert [str(change) for change in clash.relaxation] == ["raise money from 8 to 10 (by 2)"]
    kept = solvers.conflict(problem, priorities={"money": None, "mandatory": None})
    assert kept.relaxation == Impossible()


def test_the_old_name_of_a_cost_reduction_says_what_to_use() -> None:
    with pytest.warns(DeprecationWarning, match=r"solvers\.Cut is deprecated.*solvers\.CostReduction"):
        assert solvers.Cut is solvers.CostReduction


def test_options_are_given_in_one_place() -> None:
    problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)
    how = solvers.SolveOptions(solver="exhaustive", time_limit=60)
    assert solvers.solve(problem, how).solver.startswith("exhaustive")
    assert solvers.solve_batch(problem, capacity=[[14], [4]], solver=how).value.tolist() == [42.0, 12.0]
    with pytest.raises(
        solvers.ProblemError, match=r"time_limit is given as well as a SolveOptions\. State it in one place"
    ):
        solvers.solve(problem, how, time_limit=3)
    with pytest.raises(solvers.ProblemError, match="time_limit must be in seconds, above 0"):
        solvers.SolveOptions(time_limit=0)
    with pytest.raises(solvers.ProblemError, match="emphasis must be 'proof', 'portfolio'"):
        solvers.SolveOptions(emphasis="speed")


@pytest.mark.parametrize("ask", [solvers.best, solvers.optima, solvers.solve_batch, solvers.prove])
def test_an_option_that_a_question_does_not_heed_is_refused(ask: Any) -> None:
    with pytest.raises(solvers.ProblemError, match=r"gap has no meaning for it\. Got gap=0\.1\. Remedy: leave it out"):
        ask(Problem([16, 22], [5, 7], 9), solver=solvers.SolveOptions(gap=0.1))


def test_terminations_and_limits_are_words_and_types() -> None:
    solution = solvers.solve(Problem([1], [1], 1))
    assert solution.termination is solvers.Termination.OPTIMAL
    assert solution.termination == "optimal"
    assert (str(solution.termination), repr(solution.termination)) == ("optimal", "'optimal'")
    assert pickle.loads(pickle.dumps(solution)).termination is solvers.Termination.OPTIMAL  # noqa: S301 - our own
    with pytest.raises(solvers.SolversError, match=r"Unknown termination 'done'\. It must be one of optimal, feasible"):
        solvers.Termination.read("done")


def test_events_have_a_kind_and_a_text() -> None:
    solution = solvers.solve(Problem([1], [1], 1))
    (event,) = solution.events
    assert event.kind is solvers.EventKind.CHOSEN
    assert event.text == event == str(event)
    assert event.startswith("auto: ")
    assert solution.remarks == ()
    again = pickle.loads(pickle.dumps(event))  # noqa: S301 - our own
    assert (again, again.kind) == (event, event.kind)
