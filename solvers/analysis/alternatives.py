"""Other portfolios worth knowing: the k best, all that are equally good, and good ones that differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from solvers.analysis._questions import OutOfTimeError, Questions
from solvers.errors import ProblemError
from solvers.linear import LinearModel, Row, linearise
from solvers.notebook import ShownAsTable
from solvers.solving.cuts import no_good
from solvers.solving.options import SolveOptions, SolverLike
from solvers.solving.ties import worth_at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from solvers.certificate import Certificate
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Alternatives(ShownAsTable):
    """Certified portfolios, best first; behaves as a sequence of certificates.

    `complete` says that there are no others of the kind asked for (or exactly as many as asked for were found).
    """

    portfolios: tuple[Certificate, ...]
    complete: bool

    def __len__(self) -> int:
        return len(self.portfolios)

    def __iter__(self) -> Iterator[Certificate]:
        return iter(self.portfolios)

    def __getitem__(self, at: int) -> Certificate:
        return self.portfolios[at]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per portfolio: value, what it gives up against the first, use, number and names."""
        import pandas as pd

        rows = [
            {
                "value": float(portfolio.value),
                "loss": float(self.portfolios[0].value - portfolio.value),
                **{resource: float(use) for resource, use in portfolio.usage.items()},
                "options": len(portfolio.selected),
                "selected": ", ".join(portfolio.selected),
            }
            for portfolio in self.portfolios
        ]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="rank"))

    def __repr__(self) -> str:
        values = f", values {float(self[0].value):g} to {float(self[-1].value):g}" if self.portfolios else ""
        return f"<Alternatives: {len(self)} portfolios{values}{'' if self.complete else ', not all'}>"


def best(
    problem: Problem,
    k: int = 10,
    *,
    diverse: bool = False,
    loss: float = 0.05,
    within: float | None = None,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
) -> Alternatives:
    """Return the k best portfolios, or k good ones that differ as much as possible.

    Parameters
    ----------
    problem : Problem
        What is asked.
    k : int
        How many.
    diverse : bool
        If true: start from the optimum and add, one by one, the portfolio whose smallest difference (number of
        options) from those chosen before is largest, among those that give up at most `loss`; of equally
        different ones the most valuable.
    loss : float
        Share of the best value that a diverse alternative may give up.
    within : float, optional
        Only portfolios that give up at most this share of the best value; then `.complete` says whether these are all
        of them.
    solver : str, back end or SolveOptions
        A mathematical-programming back end, or "auto".
    time_limit : float, optional
        Seconds for the whole call; `.complete` is false if it cut the search short.

    Returns
    -------
    Alternatives
        Best first; equal values in the order of the rule of ties. Empty if the problem is infeasible.

    Examples
    --------
    >>> from solvers import Problem, best
    >>> [float(portfolio.value) for portfolio in best(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14), k=3)]
    [42.0, 38.0, 36.0]
    """
    if k < 1:
        raise ProblemError(f"k, the number of portfolios to find, must be at least 1. Got {k!r}.")
    if not 0 <= loss <= 1:
        raise ProblemError(f"loss must be a share of the best value, from 0 to 1. Got {loss!r}.")
    if within is not None and (diverse or not within >= 0):
        raise ProblemError(
            f"within must be a share of the best value, at least 0, and does not go with diverse=True. Got {within!r}."
        )
    questions, model = Questions(SolveOptions.of(solver, time_limit=time_limit).exact_for("best")), linearise(problem)
    found: list[Certificate] = []
    target = 1 if diverse else k
    try:
        # With `within`, one more portfolio is looked at, to know whether these are all.
        while len(found) < target or within is not None:
            another = model.with_rows([_other_than(problem, model, portfolio) for portfolio in found])
            proposal = questions.best(problem, another)
            if proposal.certificate is None or (found and _too_far(found[0], proposal.certificate, within)):
                return Alternatives(tuple(found), True)
            if len(found) == target:
                return Alternatives(tuple(found), False)
            found.append(questions.settled(problem, another, proposal.certificate).certificate)
        if diverse:
            _add_different(problem, model, found, k, loss, questions)
    except OutOfTimeError:
        return Alternatives(tuple(found), False)
    return Alternatives(tuple(found), True)


def _too_far(best: Certificate, other: Certificate, within: float | None) -> bool:
    """Say whether a portfolio gives up more than the share of the best value that is allowed."""
    return within is not None and best.value - other.value > Fraction(repr(float(within))) * abs(best.value)


def optima(
    problem: Problem,
    most: int = 100,
    *,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
) -> Alternatives:
    """Return all portfolios of the best value, by the rule of ties; at most `most` of them.

    Examples
    --------
    >>> from solvers import Problem, optima
    >>> [portfolio.selected for portfolio in optima(Problem([1, 1, 1], [2, 1, 1], 2, names="ABC"))]
    [('B', 'C')]
    """
    if most < 1:
        raise ProblemError(f"most, the number of portfolios to find, must be at least 1. Got {most!r}.")
    how = SolveOptions.of(solver, time_limit=time_limit).exact_for("optima")
    deadline = how.deadline()
    first = best(problem, 1, solver=how)
    if not first.portfolios:
        return first
    questions, found = Questions(how.until(deadline)), list(first)
    model = worth_at_least(linearise(problem), float(first[0].value))
    model = model.with_objective(np.zeros(model.objective.size))
    seen = list(found)
    try:
        while len(found) <= most:
            another = model.with_rows([_other_than(problem, model, portfolio) for portfolio in seen])
            proposal = questions.best(problem, another)
            if proposal.certificate is None:
                return Alternatives(_by_rule(problem, found), True)
            seen.append(proposal.certificate)
            if proposal.certificate.value == first[0].value:
                found.append(proposal.certificate)
    except OutOfTimeError:
        pass
    return Alternatives(_by_rule(problem, found)[:most], False)


def _add_different(
    problem: Problem, model: LinearModel, found: list[Certificate], k: int, loss: float, questions: Questions
) -> None:
    """Add portfolios to those found, each as different as possible, until there are k or no more."""
    least = float(found[0].value) - loss * abs(float(found[0].value))
    near, distance = worth_at_least(model, least), model.objective.size
    while len(found) < k:
        apart = near.with_column(1.0, 1.0, float(len(problem.names)))
        rows = [_difference(_inside(problem, portfolio), distance) for portfolio in found]
        apart = apart.with_objective(_unit(distance)).with_rows(rows)
        widest = questions.best(problem, apart)
        if widest.certificate is None or widest.point is None:
            return
        lower = apart.lower.copy()
        lower[distance] = np.rint(widest.point[distance])
        valued = apart.with_bounds(lower, apart.upper).with_objective(np.append(model.objective, 0.0))
        proposal = questions.best(problem, valued)
        if proposal.certificate is None:
            return
        found.append(proposal.certificate)


def _difference(inside: NDArray[np.bool_], distance: int) -> Row:
    """Return the row: number of options that differ from a portfolio >= the distance column."""
    signs = np.where(inside, -1.0, 1.0)
    return Row(np.append(np.arange(inside.size), distance), np.append(signs, -1.0), -float(inside.sum()), np.inf)


def _unit(at: int) -> NDArray[np.float64]:
    row = np.zeros(at + 1)
    row[at] = 1.0
    return row


def _other_than(problem: Problem, model: LinearModel, portfolio: Certificate) -> Row:
    n = len(problem.names)
    return no_good(_inside(problem, portfolio), model.lower[:n] < model.upper[:n])


def _inside(problem: Problem, portfolio: Certificate) -> NDArray[np.bool_]:
    inside = np.zeros(len(problem.names), dtype=bool)
    inside[problem.positions(portfolio.selected)] = True
    return inside


def _by_rule(problem: Problem, found: list[Certificate]) -> tuple[Certificate, ...]:
    def rank(portfolio: Certificate) -> tuple[object, ...]:
        use = portfolio.usage[problem.resources[0]] if problem.resources else 0
        return use, tuple(~_inside(problem, portfolio))

    return tuple(sorted(found, key=rank))
