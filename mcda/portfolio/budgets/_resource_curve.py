"""Value against the limit of one resource: a staircase, each step exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, LabelError
from mcda.notebook import ShownAsTable
from mcda.portfolio._subject import exact, read_subject
from mcda.portfolio.budgets._sweep import sweep, with_resource_first

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio._select import Selection


@dataclass(frozen=True, slots=True)
class CurveStep:
    """From `limit` up to the limit of the next step, the best portfolio is this one."""

    limit: float
    value: float
    selected: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ResourceCurve(ShownAsTable):
    """Value of the best portfolio against the limit of one resource in one year: a staircase, every step exact.

    Attributes
    ----------
    resource
        Name of the resource and year.
    current
        Its limit now.
    steps
        The steps, lowest limit first.
    complete
        Whether these are all the steps in the range.
    """

    shown_digits: ClassVar[int | None] = 2

    resource: str
    current: float
    steps: tuple[CurveStep, ...]
    complete: bool

    def __repr__(self) -> str:
        return f"<ResourceCurve: {self.resource}, {len(self.steps)} steps>"

    def to_frame(self) -> pd.DataFrame:
        """One row per step: limit, change from now, value, who enters and leaves."""
        rows = [
            (s.limit, s.limit - self.current, s.value, ", ".join(s.enters), ", ".join(s.leaves)) for s in self.steps
        ]
        return pd.DataFrame(rows, columns=["limit", "more", "value", "enters", "leaves"])


def resource_curve(
    subject: Decision | Selection | solvers.Problem,
    resource: str,
    *,
    less: float = 0.0,
    more: float | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> ResourceCurve:
    """Return the value of the best portfolio for every limit of one resource in one year, exactly.

    Parameters
    ----------
    subject
        A decision, a selection, or a `solvers.Problem`.
    resource
        Name of the resource and year, such as ``"capital_k year 1"``.
    less, more
        How far below and above its present limit to look; by default from the present limit to no limit at all.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds for the whole curve.

    Returns
    -------
    ResourceCurve
        Its steps; between two of them the best portfolio is the same.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names="ABCD", resources=["cash"])
    >>> resource_curve(problem, "cash", less=3).to_frame()[["limit", "value"]].values.tolist()
    [[11.0, 34.0], [12.0, 38.0], [14.0, 42.0], [15.0, 46.0], [16.0, 50.0], [19.0, 58.0]]
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    asked = read_subject(subject, how)
    problem = asked.problem
    if resource not in problem.resources:
        raise LabelError(f"There is no resource '{resource}'. Known: {', '.join(problem.resources)}.")
    if problem.movements:
        raise InputError(
            f"The curve of '{resource}' assumes that what is unspent is not used elsewhere; "
            "take out carry-forward and transfers first."
        )
    for label, size in (("less", less), ("more", more)):
        if size is not None and not (np.isfinite(size) and size >= 0):
            raise InputError(f"{label} says how far to look and must be a number of at least 0. Got {size!r}.")
    current = float(problem.capacity[problem.resource_positions([resource])[0]])
    lowest = exact(current) - exact(less) if np.isfinite(current) else None
    highest = None if more is None or not np.isfinite(current) else exact(current) + exact(more)
    moved = with_resource_first(problem, resource)
    if highest is None:
        moved = moved.replace(capacity=[np.inf, *moved.capacity[1:].tolist()])
    found = sweep(moved, lowest=lowest, highest=highest, how=how)
    steps, before = [], set[str]()
    for at, step in enumerate(found.steps):
        chosen = set(step.certificate.selected)
        start = step.cost if lowest is None or at else max(step.cost, lowest)
        steps.append(
            CurveStep(
                float(start),
                float(step.certificate.value),
                step.certificate.selected,
                _in_order(problem, chosen - before) if at else (),
                _in_order(problem, before - chosen),
            )
        )
        before = chosen
    return ResourceCurve(resource, current, tuple(steps), found.complete)


def _in_order(problem: solvers.Problem, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in problem.names if name in names)
