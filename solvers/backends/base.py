"""What a back end is: a name, what it can do as data, and one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solvers.linear import LinearModel
    from solvers.problem import Problem


class Feature(StrEnum):
    """What a back end may be able to do."""

    PROOF = "proves optimality"
    RULES = "prerequisites, exclusions and group rules"
    SYNERGIES = "synergies"
    SIGNED_USE = "negative use and minimum use"
    TIME_LIMIT = "time limit"
    GAP = "stops at a gap"
    THREADS = "several threads"


@dataclass(frozen=True, slots=True)
class Options:
    """How to solve: the same meaning for every back end.

    `time_limit` is in seconds (None: no limit), `gap` relative to the value found. `strict` asks for the
    tightest tolerances, after an answer failed its certificate.
    """

    time_limit: float | None = None
    gap: float = 0.0
    threads: int = 1
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver said, mapped from its own words; nothing in it is trusted before it is certified.

    `x` is a point of the model (its columns for a linear back end, the options for a direct one), `bound` an
    upper bound in the units of the model's objective, `said` the solver's own words. `unique` is set only by
    back ends that settle ties themselves.
    """

    termination: str
    limit: str | None
    x: NDArray[np.float64] | None
    bound: float | None
    said: str
    unique: bool | None = None


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
