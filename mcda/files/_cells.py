"""Kinds of cell: what each may hold, in words and as a parser."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from mcda.files._numbers import read_number, read_ratio, trouble


class CellError(Exception):
    """A cell does not hold what its kind allows; `bad` stands in its place so that reading can go on."""

    def __init__(self, what: str, bad: object = None) -> None:
        super().__init__(what)
        self.what = what
        self.bad = bad


class Kind(Protocol):
    """What a cell may hold."""

    @property
    def allowed(self) -> str:
        """Words for people."""
        ...

    def parse(self, text: str) -> object:
        """Return the value of a cell that is not empty, or raise CellError."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    allowed: str = "any text"

    def parse(self, text: str) -> str:
        """Return the text."""
        return text


@dataclass(frozen=True, slots=True)
class Identifier:
    """A short name by which rows refer to one another."""

    allowed: str = "an identifier such as P01, without ';' and without invisible characters"

    def parse(self, text: str) -> str:
        """Return the identifier."""
        hidden = [character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn"}]
        if hidden:
            meant = "".join(character for character in text if character not in hidden)
            raise CellError(f"The identifier contains the invisible character U+{ord(hidden[0]):04X}", meant)
        if ";" in text:
            raise CellError("The identifier contains ';', which separates members elsewhere", text)
        return text


@dataclass(frozen=True, slots=True)
class Number:
    """A finite decimal number within bounds."""

    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    fraction: bool = False
    example: str = "12 or 12.5"

    @property
    def allowed(self) -> str:
        """Words for people."""
        fractions = ", or a fraction such as 1/3" if self.fraction else ""
        if self.low == -math.inf:
            return f"a number such as {self.example}{fractions}"
        if self.high < math.inf:
            return f"a number from {self.low:g} to {self.high:g}{fractions}"
        return f"a number {'greater than' if self.above else 'of at least'} {self.low:g}, such as {self.example}" + (
            fractions
        )

    def parse(self, text: str) -> float:
        """Return the number."""
        number = read_ratio(text) if self.fraction else read_number(text)
        if number is None:
            if self.fraction and "/" in text and text.rpartition("/")[2].strip("0. ") == "":
                raise CellError("The fraction divides by zero", math.nan)
            raise CellError(trouble(text), math.nan)
        if number < 0 <= self.low:
            raise CellError("The number is negative", math.nan)
        if number < self.low or (self.above and number == self.low):
            raise CellError("The number is too small", math.nan)
        if number > self.high:
            raise CellError("The number is too large", math.nan)
        return number


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    low: int
    high: int | None = None

    @property
    def allowed(self) -> str:
        """Words for people."""
        if self.high is None:
            return f"a whole number of at least {self.low}"
        return f"a whole number from {self.low} to {self.high}"

    def parse(self, text: str) -> int:
        """Return the number."""
        number = read_number(text)
        if number is None:
            raise CellError(trouble(text))
        if not number.is_integer():
            raise CellError("The number is not whole")
        if number < self.low:
            raise CellError("The number is too small")
        if self.high is not None and number > self.high:
            raise CellError("The number is too large")
        return int(number)


_FLAGS = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    allowed: str = "1 or 0 (also yes or no, true or false)"

    def parse(self, text: str) -> bool:
        """Return the flag."""
        value = _FLAGS.get(text.lower())
        if value is None:
            raise CellError("This is neither yes nor no")
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """Words for people."""
        return "one of " + ", ".join(self.options)

    def parse(self, text: str) -> str:
        """Return the word."""
        if text not in self.options:
            raise CellError("The word is unknown")
        return text


@dataclass(frozen=True, slots=True)
class Years:
    """All years, or a list of them."""

    allowed: str = "all, or years separated by ';' such as 1;2"

    def parse(self, text: str) -> tuple[int, ...]:
        """Return the years; all of them is the empty tuple."""
        if text == "all":
            return ()
        parts = [part.strip() for part in text.split(";")]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise CellError("This is not a list of years")
        years = tuple(int(part) for part in parts)
        if len(set(years)) < len(years):
            raise CellError("A year is repeated")
        return years


@dataclass(frozen=True, slots=True)
class Members:
    """Several identifiers."""

    allowed: str = "two or more different project identifiers separated by ';', such as P01;P02"

    def parse(self, text: str) -> tuple[str, ...]:
        """Return the identifiers."""
        members = tuple(part.strip() for part in text.split(";"))
        if "" in members:
            raise CellError("A member between two ';' is empty", tuple(filter(None, members)))
        if len(set(members)) < len(members):
            raise CellError("A member is repeated", members)
        if len(members) < 2:
            raise CellError("There is only one member", members)
        return members
