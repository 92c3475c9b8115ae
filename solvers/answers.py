"""Answers that are no figure: proven impossible, or not known and why.

A question such as "by how much would it have to be cheaper?" has three outcomes, and each is a type of its own:
what was found (the figure or the object itself), `Impossible`, `Unproven`. The latter two count as false and are empty
to a loop, so that ``if cut:`` reads as it always has; they hold no figure, so that nothing is computed from them by
accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

from solvers.termination import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeGuard

T = TypeVar("T")


class _Nothing:
    """An answer that holds no figure: false, and empty where something is looped over."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[NoReturn]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Impossible(_Nothing):
    """There is no such thing, and this was proven.

    Attributes
    ----------
    because : tuple of str
        Names of limits and rules that cannot hold together with it, where they are known.
    """

    because: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "impossible"


@dataclass(frozen=True, slots=True)
class Unproven(_Nothing):
    """Not known: neither found nor proven impossible.

    Attributes
    ----------
    why : LimitReached
        What stood in the way: "time", "interrupt", "precision" or "failure".
    """

    why: LimitReached = LimitReached.TIME

    def __str__(self) -> str:
        return f"not known ({self.why})"


def found(answer: T | Impossible | Unproven) -> TypeGuard[T]:
    """Say whether an answer is what was asked for, not one of the two that are no figure.

    Examples
    --------
    >>> found(0.0), found(Impossible()), found(Unproven())
    (True, False, False)
    """
    return not isinstance(answer, Impossible | Unproven)


def figure_or_none(answer: float | Impossible | Unproven) -> float | None:
    """Return the figure where there is one: for table cells and records that say beside it how far it is known."""
    return answer if isinstance(answer, int | float) else None


def known(answer: object) -> str:
    """Say how far an answer is known, for tables and records: "found", "impossible", "unproven (time)", "not asked".

    Examples
    --------
    >>> known(0.0), known(Impossible()), known(Unproven()), known(None)
    ('found', 'impossible', 'unproven (time)', 'not asked')
    """
    if isinstance(answer, Impossible):
        return "impossible"
    if isinstance(answer, Unproven):
        return f"unproven ({answer.why})"
    return "not asked" if answer is None else "found"
