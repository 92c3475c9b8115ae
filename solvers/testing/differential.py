"""One problem through many solvers: do they agree on status, value, bound and the rule of ties?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solvers.backends.base import Feature
from solvers.backends.registry import load
from solvers.solving._attempt import unsuited
from solvers.solving._cross_check import disagreement
from solvers.solving._solve import solve
from solvers.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.model.problem import Problem
    from solvers.solving.solution import Solution

SETTLED = {"optimal", "infeasible", "unbounded"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What solvers said about one problem.

    Attributes
    ----------
    answers : dict of str to Solution
        By solver; those that do not take the problem are left out.
    disagreements : tuple of str
        Where they contradict each other; empty if they agree.
    open : tuple of str
        Solvers that prove but did not settle the problem within the limit: no disagreement, but no opinion either.
    """

    answers: dict[str, Solution]
    disagreements: tuple[str, ...]
    open: tuple[str, ...]


def compare(
    problem: Problem, solvers: Iterable[str], *, ties: bool = True, time_limit: float | None = None
) -> Comparison:
    """Put one problem to several solvers and compare all they say.

    Parameters
    ----------
    problem : Problem
        What is asked.
    solvers : sequence of str
        Names of back ends; those that do not take the problem are skipped.
    ties : bool
        Whether the portfolios and their uniqueness must agree too, not only status, value and bound.
    time_limit : float, optional
        Seconds for each.

    Examples
    --------
    >>> from solvers import Problem
    >>> compare(Problem([3, 2], [2, 2], 3), ["highs", "exhaustive", "greedy"]).disagreements
    ()
    """
    options: dict[str, Any] = {} if ties else {"absolute_gap": 1e-12}
    answers = {
        name: solve(problem, name, time_limit=None if name in {"greedy", "local_search"} else time_limit, **options)
        for name in solvers
        if not unsuited(load(name), problem)
    }
    proving = {name: answer for name, answer in answers.items() if Feature.PROOF in load(name).features}
    faults = [*_contradictions(answers, set(proving)), *_differences(proving, ties), *_failures(answers)]
    unsettled = tuple(name for name, answer in proving.items() if answer.termination not in SETTLED)
    return Comparison(answers, tuple(dict.fromkeys(faults)), unsettled)


def _contradictions(answers: dict[str, Solution], proving: set[str]) -> Iterator[str]:
    names = list(answers)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if first in proving or second in proving:
                fault = disagreement(answers[first], answers[second])
                if fault:
                    yield fault


def _differences(proving: dict[str, Solution], ties: bool) -> Iterator[str]:
    settled = [answer for answer in proving.values() if answer.termination in SETTLED]
    for answer in settled[1:]:
        first = settled[0]
        pair = f"{first.solver} and {answer.solver}"
        if answer.termination != first.termination:
            yield f"{pair}: {first.termination} and {answer.termination}"
        elif answer.certificate is not None and first.certificate is not None:
            if answer.certificate.value != first.certificate.value:
                yield f"{pair}: values {first.value!r} and {answer.value!r}"
            elif ties and answer.selected != first.selected:
                yield f"{pair}: portfolios {first.selected} and {answer.selected} of equal value"
            elif ties and answer.unique is not first.unique:
                yield f"{pair}: unique {first.unique} and {answer.unique}"


def _failures(answers: dict[str, Solution]) -> Iterator[str]:
    for answer in answers.values():
        if answer.termination == Termination.FAILED:
            yield f"{answer.solver} failed: {'; '.join(answer.events)}"
