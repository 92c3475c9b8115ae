"""What is wrong with an input: every fault with its place, collected before anything is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mcda.files._tables import RawTable


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    Attributes
    ----------
    where
        The place, for example ``costs.csv:14:capital_k`` (row 1 is the header).
    what
        What is wrong.
    allowed
        What would be right.
    found
        What was found there.
    """

    where: str
    what: str
    allowed: str
    found: str

    def __str__(self) -> str:
        stop = "" if self.what.endswith("?") else "."
        return f"{self.where}: {self.what}{stop} Allowed: {self.allowed}. Found: {self.found}."


class FaultsError(InputError):
    """An input has faults; the message lists all of them.

    Attributes
    ----------
    faults
        Every fault, in the order of the files and rows.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        title = "The input has 1 fault:" if count == 1 else f"The input has {count} faults:"
        return "\n".join([title, *(f"  {fault}" for fault in self.faults)])


@dataclass(slots=True)
class Collector:
    """Gathers faults and warnings while an input is read, and hands them over in reading order."""

    faults: list[tuple[tuple[int, int, int], Fault]] = field(default_factory=list)
    warnings: list[tuple[tuple[int, int, int], Fault]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def fault(self, table: RawTable, row: int | None, column: str | None, *words: str) -> None:
        """Record a fault; `words` are what is wrong, what is allowed and what was found."""
        if table.locate(row, column) not in self.unread:
            self.faults.append(_placed(table, row, column, words))

    def unreadable(self, table: RawTable, row: int | None, column: str | None, *words: str) -> None:
        """Record that nothing could be read from a place; any other fault there would only follow from that."""
        self.fault(table, row, column, *words)
        self.unread.add(table.locate(row, column))

    def warning(self, table: RawTable, row: int | None, column: str | None, *words: str) -> None:
        """Record something legal that deserves a look."""
        self.warnings.append(_placed(table, row, column, words))

    def in_order(self) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
        """Return faults and warnings, each by file, row and column."""
        return _in_order(self.faults), _in_order(self.warnings)


def quoted(text: str) -> str:
    """Text as found, in quotation marks; an empty cell in words."""
    return f"'{text}'" if text else "an empty cell"


def one_of(names: Iterable[str]) -> str:
    """Words for a choice: "A", or "one of A, B"."""
    words = list(names)
    return words[0] if len(words) == 1 else "one of " + ", ".join(words)


def _placed(
    table: RawTable, row: int | None, column: str | None, words: tuple[str, ...]
) -> tuple[tuple[int, int, int], Fault]:
    what, allowed, found = words
    position = table.columns.index(column) if column in table.columns else -1
    return (table.order, -1 if row is None else row, position), Fault(table.locate(row, column), what, allowed, found)


def _in_order(placed: list[tuple[tuple[int, int, int], Fault]]) -> tuple[Fault, ...]:
    return tuple(fault for _, fault in sorted(placed, key=lambda item: item[0]))
