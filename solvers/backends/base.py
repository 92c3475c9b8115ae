"""What a back end is: a name, what it can do as data, and one function."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from solvers.deadline import Deadline
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from solvers.interrupts import Stop
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem


class Feature(StrEnum):
    """What a back end may be able to do."""

    PROOF = "proves optimality"
    RULES = "prerequisites, exclusions and group rules"
    SYNERGIES = "synergies"
    SIGNED_USE = "negative use and minimum use"
    TIME_LIMIT = "time limit"
    GAP = "stops at a gap"
    THREADS = "several threads"
    FRACTIONS = "columns that may be fractions"
    WARM_START = "starts from a portfolio"
    INTERRUPT = "stops when told, with the best so far"
    PRESOLVE = "presolve on or off"
    HEURISTICS = "heuristics on or off"
    EMPHASIS = "an emphasis on proof or on portfolios"


SETTINGS = {"presolve": Feature.PRESOLVE, "heuristics": Feature.HEURISTICS, "emphasis": Feature.EMPHASIS}
"""Settings of the search that only some solvers have, and the feature that says so."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to solve: the same meaning for every back end.

    `time_limit` is in seconds (None: no limit). The search may end when the bound is within a share `gap` of the
    value found, or within `absolute_gap` in the units of the model's objective. `seed` seeds the solver's random
    choices. `start` is a point of the model to start from, shape (columns,); it need not be
    feasible. `log` is called with each line that the solver writes, `stop` says when someone asks it to stop.
    `strict` asks for the tightest tolerances, after an answer failed its certificate. `presolve` and `heuristics`
    switch a part of the solver on or off, `emphasis` is "proof" or "portfolio"; None is the solver's own default.
    If `bound` is false only a portfolio is wanted, so a method without proof need not work out a bound.
    """

    time_limit: float | None = None
    gap: float = 0.0
    threads: int = 1
    strict: bool = False
    absolute_gap: float = 0.0
    seed: int = 0
    presolve: bool | None = None
    heuristics: bool | None = None
    emphasis: str | None = None
    bound: bool = True
    start: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)
    log: Callable[[str], None] | None = field(default=None, compare=False, repr=False)
    stop: Stop | None = field(default=None, compare=False, repr=False)

    def deadline(self) -> Deadline:
        """Return when to stop, counted from now: after the time limit, or when someone asks."""
        return Deadline.after(self.time_limit, self.stop)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver said, mapped from its own words; nothing in it is trusted before it is certified.

    `x` is a point of the model (its columns for a linear back end, the options for a direct one), `bound` an
    upper bound in the units of the model's objective, `said` the solver's own words. `unique` is set only by
    back ends that settle ties themselves. The functions below make outcomes with the fields that belong together.
    """

    termination: Termination
    limit: LimitReached | None
    x: NDArray[np.float64] | None
    bound: float | None
    said: str
    unique: bool | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "termination", Termination.read(self.termination))
        if self.limit is not None:
            object.__setattr__(self, "limit", LimitReached.read(self.limit))

    @classmethod
    def optimal(
        cls, x: NDArray[np.float64] | None, bound: float | None, said: str, unique: bool | None = None
    ) -> Outcome:
        """Return a point that the solver calls optimal, with the bound that proves it."""
        return cls(Termination.OPTIMAL, None, x, bound, said, unique)

    @classmethod
    def stopped(
        cls, limit: LimitReached | str, said: str, x: NDArray[np.float64] | None = None, bound: float | None = None
    ) -> Outcome:
        """Return what the solver had when a limit stopped it: a point that is not proven, or nothing."""
        termination = Termination.NO_SOLUTION_FOUND if x is None else Termination.FEASIBLE
        return cls(termination, LimitReached.read(limit), x, bound, said)

    @classmethod
    def infeasible(cls, said: str) -> Outcome:
        """Return the solver's claim that there is no point."""
        return cls(Termination.INFEASIBLE, None, None, None, said)

    @classmethod
    def unbounded(cls, said: str) -> Outcome:
        """Return the solver's claim that there is no best point."""
        return cls(Termination.UNBOUNDED, None, None, None, said)

    @classmethod
    def failed(cls, said: str) -> Outcome:
        """Return a failure, in the solver's own words."""
        return cls(Termination.FAILED, None, None, None, said)


class Backend(Protocol):
    """What every back end has."""

    @property
    def name(self) -> str:
        """Name by which `solve` is asked for it."""

    @property
    def features(self) -> frozenset[Feature]:
        """What it can do."""

    def version(self) -> str:
        """Version of the solver's library; "" if it is not installed or there is none."""

    def unusable(self) -> str | None:
        """Why it cannot be used here, with the remedy; None if it can."""


class LinearBackend(Backend, Protocol):
    """A mathematical-programming solver: takes the linear model."""

    def maximise(self, model: LinearModel, options: Options) -> Outcome:
        """Solve a linear model with whole-number options."""


class DirectBackend(Backend, Protocol):
    """A method that works on the problem itself."""

    def lacks(self, problem: Problem) -> str | None:
        """Why it cannot take this problem, with the remedy; None if it can."""

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Choose options of a problem."""
