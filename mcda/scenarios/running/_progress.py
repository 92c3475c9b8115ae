"""Progress for whoever is watching: how far, how fast, how much longer."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY = 0.2
_MINUTE, _HOUR = 60, 3600


class Progress:
    """A line that is rewritten in place.

    Parameters
    ----------
    total
        How many scenarios there will be (at most).
    done
        How many were done before.
    shown
        Whether to write at all; default: only to a terminal.
    stream
        Where to; default: standard error.
    clock
        What tells the time, in seconds.
    """

    def __init__(
        self,
        total: int,
        done: int = 0,
        *,
        shown: bool | None = None,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty() if shown is None else shown
        self._clock = clock
        self._total, self._first, self._done = total, done, done
        self._began = clock()
        self._written = -_EVERY
        self._width = 0

    def advance(self, count: int) -> None:
        """Count scenarios that are done."""
        self._done += count
        self.show()

    def show(self, *, always: bool = False) -> None:
        """Write the line, if it is time."""
        now = self._clock()
        if not self._shown or (now - self._written < _EVERY and not always):
            return
        self._written = now
        self._write(self.words(now - self._began))

    def words(self, seconds: float) -> str:
        """Return the line after so many seconds."""
        new = self._done - self._first
        text = f"  {self._done:,} of {self._total:,} scenarios"
        if new and seconds > 0:
            rate = new / seconds
            text += f", {rate:,.0f} per second" if rate >= 10 else f", {rate:.1f} per second"
            if self._done < self._total:
                text += f", about {duration((self._total - self._done) / rate)} left"
        elif seconds >= 1.0:
            text += f", {duration(seconds)} so far"
        return text

    def end(self) -> None:
        """Leave the line as it stands."""
        if self._shown:
            self.show(always=True)
            self._stream.write("\n")
            self._stream.flush()

    def _write(self, text: str) -> None:
        self._stream.write("\r" + text.ljust(self._width))
        self._stream.flush()
        self._width = len(text)


def duration(seconds: float) -> str:
    """Return a time in words, as precisely as people would say it."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours = round(seconds / _HOUR, 1)
    return f"{hours:g} h"
