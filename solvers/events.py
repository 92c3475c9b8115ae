"""What happened on the way to an answer: each event has a kind, for programs, and a text, for people."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class EventKind(Enum):
    """What an event is about; nothing reads its text to find out."""

    CHOSEN = auto()  # "auto" chose a solver
    FAILED = auto()  # a solver failed
    DISCARDED = auto()  # a portfolio broke a rule and was set aside
    UNBELIEVED = auto()  # none of a solver's answers passed its certificate
    SOLVED_AGAIN = auto()  # the same solver was asked again, without a portfolio or with other settings
    REPAIRED = auto()  # another solver answered instead
    LOST = auto()  # a solver lost a portfolio that exists
    TIES = auto()  # ties were not settled, or by another solver
    NOT_PROVEN = auto()  # a bound or a gap does not prove what was claimed
    START = auto()  # about the portfolio to start from
    RACE = auto()  # one of two rivals finished first
    CROSS_CHECK = auto()  # a second opinion


class Event(str):
    """One event: a string, with a kind.

    Examples
    --------
    >>> event = Event(EventKind.START, "nothing better was found than the portfolio to start from")
    >>> event.kind is EventKind.START, event.startswith("nothing better")
    (True, True)
    """

    kind: EventKind

    def __new__(cls, kind: EventKind, text: str) -> Event:
        """Make an event of its kind and its text."""
        event = super().__new__(cls, text)
        event.kind = kind
        return event

    @property
    def text(self) -> str:
        """What happened, in words."""
        return str(self)

    def __getnewargs__(self) -> tuple[EventKind, str]:  # type: ignore[override] # what unpickling calls __new__ with
        return self.kind, str.__str__(self)


def of_kind(events: Iterable[Event], *kinds: EventKind) -> tuple[Event, ...]:
    """Return the events of some kinds, in order."""
    return tuple(event for event in events if event.kind in kinds)
