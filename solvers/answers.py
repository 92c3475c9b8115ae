"""Answers without a figure: proven impossible, or not known and why.

A question such as "by how much would it have to be cheaper?" has three outcomes, each with a type of its own:
what was found (the figure or the object itself), `Impossible`, `Unproven`. The last two count as false, and looping
over them yields nothing, so ``if cut:`` works; they hold no figure, so nothing is computed from them by accident.
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
    """An answer without a figure: it counts as false, and looping over it yields nothing."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[NoReturn]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Impossible(_Nothing):
    """No such thing exists, and this was proven.

    Attributes
    ----------
    because : tuple of str
        Names of limits and rules that cannot hold together with it, if known.
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
    """Say whether an answer is what was asked for, rather than `Impossible` or `Unproven`.

    Examples
    --------
    >>> found(0.0), found(Impossible()), found(Unproven())
    (True, False, False)
    """
    return not isinstance(answer, Impossible | Unproven)


def figure_or_none(answer: float | Impossible | Unproven) -> float | None:
    """Return the figure if there is one: for table cells and records that state beside it how far it is known."""
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
