"""Adding, dropping and swapping options while that raises the value of a portfolio and keeps every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.deadline import Deadline
    from solvers.methods._incumbent import Incumbent

TRIED = 60  # options tried for each one that goes out
GAIN = 1e-9


def climb(incumbent: Incumbent, deadline: Deadline) -> None:
    """Add, drop and swap options until no such move is an improvement, or the deadline has passed."""
    improved = True
    while improved and not deadline.passed:
        improved = _add(incumbent) or _drop(incumbent) or _swap(incumbent, deadline)


def drop_spare(incumbent: Incumbent) -> None:
    """Drop what adds nothing to the value and is not needed: it may free money for what does."""
    dropped = True
    while dropped:
        dropped = False
        for i in incumbent.spare().tolist():
            if incumbent.worths[i] <= 0 and incumbent.excess_after([i]) == 0.0:
                incumbent.turn([i])
                dropped = True


def _add(incumbent: Incumbent) -> bool:
    added = False
    while True:
        found = _best_in(incumbent, 0.0)
        if found is None:
            return added
        incumbent.turn([found])
        added = True


def _best_in(incumbent: Incumbent, least: float) -> int | None:
    """Return the option that can come in and adds most, if it adds more than `least`."""
    fitting = incumbent.fitting()
    worths = incumbent.worths[fitting]
    enough = worths > least + GAIN
    fitting, worths = fitting[enough], worths[enough]
    for i in fitting[np.argsort(-worths, kind="stable")[:TRIED]].tolist():
        if incumbent.excess_after([i]) == 0.0:
            found: int = i
            return found
    return None


def _drop(incumbent: Incumbent) -> bool:
    for i in np.flatnonzero(incumbent.free & incumbent.inside & (incumbent.worths < -GAIN)).tolist():
        if incumbent.excess_after([i]) == 0.0:
            incumbent.turn([i])
            return True
    return False


def _swap(incumbent: Incumbent, deadline: Deadline) -> bool:
    inside = np.flatnonzero(incumbent.free & incumbent.inside)
    highest = _highest_outside(incumbent)
    for i in inside[np.argsort(incumbent.worths[inside], kind="stable")].tolist():
        if deadline.passed:
            return False
        loss = float(incumbent.worths[i])
        if loss >= highest and not incumbent.synergies.some:
            return False
        incumbent.turn([i])
        found = _best_in(incumbent, loss)
        if found is not None and found != i:
            incumbent.turn([found])
            return True
        incumbent.turn([i])
    return False


def _highest_outside(incumbent: Incumbent) -> float:
    worths: NDArray[np.float64] = incumbent.worths[incumbent.free & ~incumbent.inside]
    return float(worths.max(initial=-np.inf))
