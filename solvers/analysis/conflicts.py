"""Why a problem has no solution: minimal sets of limits and rules that clash, by name, and what would mend it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.analysis.remedies import Change, least_relaxation, single_changes
from solvers.answers import Impossible, Unproven
from solvers.backends.base import Options
from solvers.backends.registry import linear_backend
from solvers.errors import BackendError, ProblemError
from solvers.linear import linearise
from solvers.model.limits import Limit, keeping, limits_of, with_caps_as_amounts
from solvers.solving.cuts import Proposal, propose
from solvers.solving.options import SolveOptions, SolverLike
from solvers.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a problem has no portfolio.

    Attributes
    ----------
    sets : tuple of tuples of Limit
        Minimal clashing sets, smallest first: the limits of one set cannot all hold, and without any one of them
        the others of that set can (both verified).
    complete : bool
        Whether these are all the minimal sets there are.
    single_changes : tuple of Change
        Changes of one limit, each of which alone gives the problem a portfolio; amounts are the least that do.
    relaxation : tuple of Change, Impossible or Unproven
        The least costly set of changes by the priorities given; `Impossible` if every limit it needs must be kept,
        `Unproven` if a limit came first or the solver could not prove its cost least.
    """

    sets: tuple[tuple[Limit, ...], ...]
    complete: bool
    single_changes: tuple[Change, ...]
    relaxation: tuple[Change, ...] | Impossible | Unproven

    @property
    def members(self) -> tuple[Limit, ...]:
        """The smallest clashing set."""
        return self.sets[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the limits and rules of the smallest clashing set."""
        return tuple(limit.name for limit in self.members)

    def explain(self) -> str:
        """Say in plain words what clashes and what would mend it."""
        lines = []
        for i, members in enumerate(self.sets):
            lines.append("These cannot all hold:" if i == 0 else "Nor can these:")
            lines += [f"  - {limit}" for limit in members]
        if self.single_changes:
            lines.append("Any one of these changes would be enough:")
            lines += [f"  - {change}" for change in self.single_changes]
        else:
            lines += self._together()
        return "\n".join(lines)

    def _together(self) -> list[str]:
        if isinstance(self.relaxation, Impossible):
            return ["Nothing that may be changed would mend it."]
        if isinstance(self.relaxation, Unproven):
            return [f"No single change is enough; the least set of changes is not known ({self.relaxation.why})."]
        words = "No single change is enough. The least costly set of changes, all needed together:"
        return [words, *[f"  - {change}" for change in self.relaxation]]

    def __repr__(self) -> str:
        return f"<Conflict: {len(self.sets)} minimal sets, the smallest: {'; '.join(self.names)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.explain())}</pre>"


def conflict(
    problem: Problem,
    sets: int = 3,
    *,
    priorities: Mapping[str, float | None] | None = None,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
) -> Conflict:
    """Explain why a problem has no portfolio.

    Minimal sets are found by QuickXplain (Junker 2004) over limits and rules that mean something to people, further
    ones by a hitting-set tree (Reiter 1987). A cap on moving capacity that is a share of a capacity is taken as the
    amount it comes to, so raising the capacity does not raise the cap as well.

    Parameters
    ----------
    problem : Problem
        A problem with no feasible portfolio.
    sets : int
        How many minimal sets to look for.
    priorities : mapping of name to float, optional
        What it costs to give way, by name or kind of limit (default 1): for the limit of a resource, and for
        spend rules, the cost of changing it by its own size; for other rules, of dropping it. None means it must
        be kept.
    solver : str, back end or SolveOptions
        A mathematical-programming back end, or "auto".
    time_limit : float, optional
        Seconds for the whole call.

    Returns
    -------
    Conflict
        `.sets`, `.single_changes`, `.relaxation`, and `.explain()` in plain words.

    Raises
    ------
    ProblemError
        If the problem has a feasible portfolio, or a priority does not belong to a limit.
    BackendError
        If a solver could not settle a question within the time limit.

    Examples
    --------
    >>> from solvers import Problem, conflict
    >>> clash = conflict(Problem([1, 1], [5, 5], 8, names=["A", "B"], resources=["cash"], mandatory=["A", "B"]))
    >>> clash.names
    ('cash', 'A is mandatory', 'B is mandatory')
    >>> print(clash.single_changes[0])
    raise cash from 8 to 10 (by 2)
    """
    if sets < 1:
        raise ProblemError(f"sets, the number of clashing sets to look for, must be at least 1. Got {sets!r}.")
    how = SolveOptions.of(solver, time_limit=time_limit).exact_for("conflict")
    backend, deadline = linear_backend(how.solver), how.deadline()
    problem = with_caps_as_amounts(problem)

    def ask(asked: Problem, objective: np.ndarray | None = None) -> Proposal:
        model = linearise(asked)
        model = model.with_objective(np.zeros(model.objective.size) if objective is None else objective)
        found = propose(asked, model, backend, Options(time_limit=deadline.allowance))
        if found.termination not in (Termination.OPTIMAL, Termination.INFEASIBLE):
            raise BackendError(
                f"{backend.name} did not settle a question about the conflict: {found.termination}"
                f" ({found.limit or found.said}). Remedy: a longer time_limit."
            )
        return found

    def clash(kept: Iterable[Limit]) -> bool:
        return ask(keeping(problem, kept)).certificate is None

    every = limits_of(problem)
    if not clash(every):
        raise ProblemError("The problem has a feasible portfolio, so nothing clashes. Use solve.")
    found, complete = _minimal_sets(every, sets, clash)
    mending = set(found[0]).intersection(*found[1:])
    return Conflict(
        tuple(sorted(found, key=len)),
        complete,
        single_changes(problem, [limit for limit in every if limit in mending], ask),
        least_relaxation(problem, dict(priorities or {}), backend, Options(time_limit=deadline.allowance)),
    )


def _minimal_sets(
    every: tuple[Limit, ...], most: int, clash: Callable[[Iterable[Limit]], bool]
) -> tuple[list[tuple[Limit, ...]], bool]:
    """Walk the hitting-set tree breadth first: leave out one member of each set found, and look for another."""
    found: list[tuple[Limit, ...]] = []
    left_out: deque[frozenset[Limit]] = deque([frozenset()])
    seen: set[frozenset[Limit]] = {frozenset()}
    while left_out:
        without = left_out.popleft()
        known = next((members for members in found if not without & set(members)), None)
        if known is None:
            rest = [limit for limit in every if limit not in without]
            if not clash(rest):
                continue
            if len(found) == most:
                return found, False
            known = tuple(sorted(_quick_explain([], rest, clash), key=every.index))
            _verify(known, clash)
            found.append(known)
        for member in known:
            further = without | {member}
            if further not in seen:
                seen.add(further)
                left_out.append(further)
    return found, True


def _quick_explain(
    background: list[Limit],
    candidates: list[Limit],
    clash: Callable[[Iterable[Limit]], bool],
    *,
    background_grew: bool = False,
) -> list[Limit]:
    if background_grew and clash(background):
        return []
    if len(candidates) == 1:
        return candidates
    middle = len(candidates) // 2
    first, second = candidates[:middle], candidates[middle:]
    from_second = _quick_explain(background + first, second, clash, background_grew=True)
    from_first = _quick_explain(background + from_second, first, clash, background_grew=bool(from_second))
    return from_first + from_second


def _verify(members: tuple[Limit, ...], clash: Callable[[Iterable[Limit]], bool]) -> None:
    minimal = clash(members) and not any(clash([m for m in members if m != member]) for member in members)
    if not minimal:
        raise BackendError(
            "The solver contradicted itself about which rules clash: "
            + "; ".join(limit.name for limit in members)
            + ". Remedy: solver='scipy', or check the problem for figures of very different size."
        )
