"""Numbers from a text file, one after another, with errors that say where the file ends or goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solvers.errors import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


class Numbers:
    """The numbers of a file in order."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path, self.at = path, 0
        words = (path.read_text(encoding="utf-8", errors="replace") if text is None else text).split()
        try:
            self.figures: NDArray[np.float64] = np.array(words, dtype=np.float64)
        except ValueError:
            odd = next(word for word in words if not _is_number(word))
            raise ProblemError(f"{path.name}: expected a number. Got {odd!r}.") from None

    def take(self, *shape: int) -> NDArray[np.float64]:
        """Return the next numbers as an array."""
        count = int(np.prod(shape)) if shape else 1
        if count < 0 or self.at + count > self.figures.size:
            raise ProblemError(
                f"{self.path.name}: the file ends too early. Expected {count} more numbers after the first "
                f"{self.at}. Got {self.figures.size - self.at}."
            )
        part = self.figures[self.at : self.at + count]
        self.at += count
        return part.reshape(shape)

    def number(self) -> float:
        """Return the next number."""
        return float(self.take(1)[0])

    def whole(self, what: str) -> int:
        """Return the next number, which must be whole and not negative."""
        number = self.number()
        if number != int(number) or number < 0:
            raise ProblemError(f"{self.path.name}: {what} must be a whole number, 0 or more. Got {number:g}.")
        return int(number)

    @property
    def left(self) -> int:
        """How many numbers are left."""
        return int(self.figures.size - self.at)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
