"""When to stop: the time that is left and the wish to stop, in one object."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.interrupts import Stop

LEAST = 1e-3
"""Seconds given to a search that starts with no time left: enough for it to say so."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When to stop, on the clock of this process, and who may ask to stop earlier.

    Attributes
    ----------
    ends : float
        The moment to stop, as `time.perf_counter` counts; infinity means no limit.
    stop : Stop or None
        Who is asked whether to stop.

    Examples
    --------
    >>> Deadline.after(None).left, Deadline.after(None).passed
    (None, False)
    >>> Deadline.after(60).left > 59, Deadline.after(60).within(1).left <= 1
    (True, True)
    """

    ends: float = math.inf
    stop: Stop | None = field(default=None, compare=False, repr=False)

    @classmethod
    def after(cls, seconds: float | None, stop: Stop | None = None) -> Deadline:
        """Return the deadline this many seconds from now; None means no limit."""
        return cls(math.inf if seconds is None else time.perf_counter() + seconds, stop)

    def within(self, seconds: float | None) -> Deadline:
        """Return the earlier of this deadline and one this many seconds from now."""
        return Deadline(min(self.ends, Deadline.after(seconds).ends), self.stop)

    def later(self, seconds: float) -> Deadline:
        """Return the deadline this many seconds after this one."""
        return Deadline(self.ends + seconds, self.stop)

    def heard_by(self, stop: Stop | None) -> Deadline:
        """Return the same moment with someone else who may ask to stop."""
        return Deadline(self.ends, stop)

    @property
    def left(self) -> float | None:
        """Seconds left, at least zero; None means no limit."""
        return None if math.isinf(self.ends) else max(0.0, self.ends - time.perf_counter())

    @property
    def allowance(self) -> float | None:
        """Seconds to give one more search, above zero; None means no limit."""
        return None if math.isinf(self.ends) else max(LEAST, self.ends - time.perf_counter())

    @property
    def asked(self) -> bool:
        """Whether someone has asked to stop."""
        return self.stop is not None and self.stop.asked

    @property
    def passed(self) -> bool:
        """Whether to stop now: time is up, or someone has asked."""
        return self.asked or time.perf_counter() >= self.ends


NEVER = Deadline()
"""No limit, and nobody who may ask to stop."""
