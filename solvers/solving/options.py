"""How to solve, in one object that questions take in place of a solver's name."""

from __future__ import annotations

import math
from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from solvers.backends.base import Backend
from solvers.deadline import Deadline
from solvers.errors import ProblemError
from solvers.solving._settings import check_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from solvers.interrupts import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOptions:
    """How to solve: the solver, when to stop, how near to the optimum, with how many threads.

    Functions that take ``solver=`` also take such an object there, so that a whole analysis can use the same settings.

    Parameters
    ----------
    solver : str or back end
        Name of a back end (see `solvers.backends()`), a back end of your own (see `solvers.backends.base`), or
        "auto": chosen by the shape of the problem and by what can be used here, with others in reserve if one
        fails.
    time_limit : float, optional
        Seconds; None for no limit. For the whole call, or for each solve if the question says so.
    gap : float
        Stop when the bound is within this share of the value; 0 means proven optimal.
    absolute_gap : float
        Stop when the bound is within this much of the value; 0 means proven optimal.
    threads : int, optional
        Threads that the solver may use; None: one for a single solve, all processors for a batch.
    seed : int
        Seeds the solver's random choices. At gap 0, a proven answer with ties settled does not depend on it.
    log : bool or callable
        True writes the solver's own lines to the standard error stream; a callable gets each line.
    cross_check : bool
        Solve with a second, independent solver and compare status, value and bound.
    presolve, heuristics : bool, optional
        Switch that part of the solver on or off; None for its own default.
    emphasis : str, optional
        "proof" or "portfolio": what the solver should favour.

    Raises
    ------
    ProblemError
        If an option is out of its range.

    Examples
    --------
    >>> import solvers
    >>> how = solvers.SolveOptions(solver="highs", time_limit=60)
    >>> solvers.solve(solvers.Problem([16, 22, 12, 8], [5, 7, 4, 3], 14), how).value
    42.0
    """

    solver: str | Backend = "auto"
    time_limit: float | None = None
    gap: float = 0.0
    absolute_gap: float = 0.0
    threads: int | None = None
    seed: int = 0
    log: bool | Callable[[str], None] = False
    cross_check: bool = False
    presolve: bool | None = None
    heuristics: bool | None = None
    emphasis: str | None = None

    def __post_init__(self) -> None:
        limit, threads, seed = self.time_limit, self.threads, self.seed
        if limit is not None and not (math.isfinite(limit) and limit > 0):
            raise ProblemError(f"time_limit must be in seconds, above 0, or None for no limit. Got {limit!r}.")
        if not (math.isfinite(self.gap) and 0 <= self.gap < 1):
            raise ProblemError(f"gap must be a share of the value, from 0 to below 1. Got {self.gap!r}.")
        if not (math.isfinite(self.absolute_gap) and self.absolute_gap >= 0):
            raise ProblemError(f"absolute_gap must be an amount of value, 0 or more. Got {self.absolute_gap!r}.")
        if threads is not None and (isinstance(threads, bool) or threads != int(threads) or threads < 1):
            raise ProblemError(f"threads must be a whole number, at least 1. Got {threads!r}.")
        if isinstance(seed, bool) or seed != int(seed) or seed < 0:
            raise ProblemError(f"seed must be a whole number, 0 or more. Got {seed!r}.")
        check_settings(self.presolve, self.heuristics, self.emphasis)

    @classmethod
    def of(cls, solver: str | Backend | SolveOptions, **keywords: Any) -> SolveOptions:
        """Return the options that a call was given: as an object in place of the solver, or as keywords.

        Raises
        ------
        ProblemError
            If an option is given both ways, or is out of its range.
        """
        if not isinstance(solver, SolveOptions):
            return cls(solver=solver, **keywords)
        defaults = {one.name: one.default for one in fields(cls) if one.default is not MISSING}
        twice = [name for name, value in keywords.items() if value != defaults[name]]
        if twice:
            raise ProblemError(
                f"{twice[0]} is given as well as a SolveOptions. State it in one place: "
                f"SolveOptions({twice[0]}={keywords[twice[0]]!r}, ...)."
            )
        return solver

    def exact_for(self, question: str) -> SolveOptions:
        """Return the options, for a question that proves each of its answers; threads, seed and log may go unused.

        Raises
        ------
        ProblemError
            If an option is set that would change what the answer means, and that the question does not heed.
        """
        defaults = {one.name: one.default for one in fields(self)}
        for name in ("gap", "absolute_gap", "cross_check", "presolve", "heuristics", "emphasis"):
            if getattr(self, name) != defaults[name]:
                raise ProblemError(
                    f"{question} proves each of its answers with the solver's own settings, so {name} has no meaning "
                    f"for it. Got {name}={getattr(self, name)!r}. Remedy: leave it out of the SolveOptions."
                )
        return self

    @property
    def name(self) -> str:
        """Name of the solver."""
        return self.solver if isinstance(self.solver, str) else self.solver.name

    def deadline(self, stop: Stop | None = None) -> Deadline:
        """Return when to stop, counted from now."""
        return Deadline.after(self.time_limit, stop)

    def until(self, deadline: Deadline) -> SolveOptions:
        """Return the options with what is left of the time."""
        return replace(self, time_limit=deadline.allowance)

    def times(self, count: int) -> SolveOptions:
        """Return the options for this many solves in one call, each with the time limit of one."""
        return replace(self, time_limit=None if self.time_limit is None else self.time_limit * count)


SolverLike = str | Backend | SolveOptions
"""What ``solver=`` takes: a name, a back end, or options that hold either and the other settings."""
