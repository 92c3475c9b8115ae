"""Why a search stopped, and which limit stopped it: words that are also types.

Each is a string enumeration, so ``solution.termination == "optimal"`` holds, and each member prints and is written to
JSON as its word.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from solvers.errors import SolversError


class _Word(StrEnum):
    """A word from a closed list."""

    @classmethod
    def read(cls, word: str) -> Self:
        """Return the member with this word.

        Raises
        ------
        SolversError
            If there is none; the message lists the known words.
        """
        try:
            return cls(word)
        except ValueError:
            kind = cls.__name__.lower()
            raise SolversError(f"Unknown {kind} {word!r}. It must be one of {', '.join(cls)}.") from None

    def __repr__(self) -> str:
        return repr(self.value)


class Termination(_Word):
    """Why a search stopped.

    Examples
    --------
    >>> Termination.OPTIMAL == "optimal", f"{Termination.OPTIMAL}"
    (True, 'optimal')
    >>> [str(word) for word in Termination if word.settled]
    ['optimal', 'infeasible', 'unbounded']
    """

    OPTIMAL = "optimal"  # proven to within the gap asked for
    FEASIBLE = "feasible"  # a portfolio, not proven
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NO_SOLUTION_FOUND = "no_solution_found"  # stopped before anything was known
    FAILED = "failed"

    @property
    def has_portfolio(self) -> bool:
        """Whether a portfolio goes with it."""
        return self in (Termination.OPTIMAL, Termination.FEASIBLE)

    @property
    def settled(self) -> bool:
        """Whether the question is answered, and nothing more is to be learned from another solver."""
        return self in (Termination.OPTIMAL, Termination.INFEASIBLE, Termination.UNBOUNDED)

    @property
    def limited(self) -> bool:
        """Whether a limit may go with it."""
        return self in (Termination.FEASIBLE, Termination.NO_SOLUTION_FOUND)


class LimitReached(_Word):
    """Which limit stopped a search before it was settled."""

    TIME = "time"
    INTERRUPT = "interrupt"
    GAP = "gap"
    NODES = "nodes"
    ITERATIONS = "iterations"
    SOLUTIONS = "solutions"
    MEMORY = "memory"
    RESTARTS = "restarts"
    TARGET = "target"
    PRECISION = "precision"  # the figures differ by less than the solver's arithmetic can tell
    HEURISTIC = "heuristic"  # a method that looks for good portfolios and proves nothing
    FAILURE = "failure"  # the search itself failed, so the earlier portfolio stands
