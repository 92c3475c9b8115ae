"""What a question is about: a decision, a selection already made, or a bare portfolio problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import solvers
from mcda.decision import Decision
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio._phrases import Phrases
from mcda.portfolio._select import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A problem, its proven best portfolio, and the decision it came from, if any."""

    problem: solvers.Problem
    selection: Selection | None
    best: solvers.Certificate
    phrases: Phrases

    @property
    def decision(self) -> Decision | None:
        """The decision behind the problem; None for a bare problem."""
        return None if self.selection is None else self.selection.decision

    @property
    def moving(self) -> bool:
        """Whether options are funded in part or money moves between years: an option's use is then not one figure."""
        return bool(self.problem.partial or self.problem.curves or self.problem.movements)

    @property
    def selected(self) -> tuple[str, ...]:
        """The best portfolio."""
        return self.best.selected

    def own_value(self, option: str) -> Fraction:
        """Value of one option alone, exactly as written."""
        return exact(float(self.problem.values[self.problem.positions([option])[0]]))

    def money(self) -> tuple[str, ...]:
        """Names of the resources that are money; in a bare problem all of them, and the unit is then one."""
        decision = self.decision
        if decision is None:
            return self.problem.resources
        kinds = {resource.id: resource.kind for resource in decision.resources}
        return tuple(name for name, resource in self.resource_of.items() if kinds[resource] == "money")

    @property
    def resource_of(self) -> dict[str, str]:
        """For each of the problem's resources, the resource of which it is one year; a bare problem's are their own."""
        periods = {} if self.decision is None else self.decision.periods
        return {name: periods[name].resource if name in periods else name for name in self.problem.resources}


def exact(figure: float) -> Fraction:
    """Return the decimal number that the float prints as."""
    from fractions import Fraction

    return Fraction(repr(float(figure)))


def read_subject(subject: Decision | Selection | solvers.Problem, how: solvers.SolveOptions) -> Subject:
    """Return what a question is about, with its best portfolio proven.

    Parameters
    ----------
    subject
        A decision (under the Board's weights), a selection (`mcda.select`, under any weights, scenario or rules), or
        a `solvers.Problem`.
    how
        How to solve, if the best portfolio is not known yet.

    Raises
    ------
    NoAnswerError
        If there is no portfolio, or none that is proven best.
    """
    if isinstance(subject, solvers.Problem):
        solution, selection, problem = solvers.solve(subject, how), None, subject
    else:
        if not isinstance(subject, Decision | Selection):
            raise InputError(f"Ask about a Decision, a Selection or a solvers.Problem. Got {type(subject).__name__}.")
        selection = subject if isinstance(subject, Selection) else select(subject, solver=how)
        solution, problem = selection.solution, selection.problem
    if solution.termination is solvers.Termination.INFEASIBLE:
        raise NoAnswerError(
            "No portfolio satisfies every limit and rule at once, so there is nothing to compare with; "
            "solvers.conflict(problem) says which of them clash."
        )
    if solution.termination is not solvers.Termination.OPTIMAL or solution.certificate is None or solution.gap:
        raise NoAnswerError(
            f"The best portfolio is not proven ({solution.termination}"
            + (f", {solution.limit} limit" if solution.limit else "")
            + "). Solve it to proof first: a longer time limit, gap 0, or another solver."
        )
    return Subject(problem, selection, solution.certificate, Phrases(None if selection is None else selection.decision))


def read_options(problem: solvers.Problem, wanted: Iterable[str] | None) -> Sequence[str]:
    """Return the options asked for (all by default), in the order asked, each once."""
    if wanted is None:
        return problem.names
    from mcda.errors import LabelError

    names = list(dict.fromkeys([wanted] if isinstance(wanted, str) else wanted))
    for name in names:
        if name not in problem.names:
            raise LabelError(f"There is no project '{name}'. Known: {', '.join(problem.names) or 'none'}.")
    return names
