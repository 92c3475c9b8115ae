"""Adding, dropping and swapping options while that raises the value of a portfolio and keeps every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.deadline import Deadline
    from solvers.methods._incumbent import Moves

TRIED = 60  # options tried for each that goes out
GAIN = 1e-9


def climb(moves: Moves, deadline: Deadline) -> None:
    """Add, drop and swap options until no such move is an improvement, or the deadline has passed."""
    improved = True
    while improved and not deadline.passed:
        improved = _add(moves) or _drop(moves) or _swap(moves, deadline)


def drop_spare(moves: Moves) -> None:
    """Drop what adds nothing to the value and is not needed: it may free money for what does."""
    dropped = True
    while dropped:
        dropped = False
        for i in moves.spare().tolist():
            if moves.worths[i] <= 0 and moves.excess_after([i]) == 0.0:
                moves.turn([i])
                dropped = True


def _add(moves: Moves) -> bool:
    added = False
    while True:
        found = _best_in(moves, 0.0)
        if found is None:
            return added
        moves.turn([found])
        added = True


def _best_in(moves: Moves, least: float) -> int | None:
    """Return the option that can come in and adds most, if that is more than `least`."""
    fitting = moves.fitting()
    worths = moves.worths[fitting]
    enough = worths > least + GAIN
    fitting, worths = fitting[enough], worths[enough]
    for i in fitting[np.argsort(-worths, kind="stable")[:TRIED]].tolist():
        if moves.excess_after([i]) == 0.0:
            found: int = i
            return found
    return None


def _drop(moves: Moves) -> bool:
    for i in np.flatnonzero(moves.free & moves.inside & (moves.worths < -GAIN)).tolist():
        if moves.excess_after([i]) == 0.0:
            moves.turn([i])
            return True
    return False


def _swap(moves: Moves, deadline: Deadline) -> bool:
    inside = np.flatnonzero(moves.free & moves.inside)
    highest = _highest_outside(moves)
    for i in inside[np.argsort(moves.worths[inside], kind="stable")].tolist():
        if deadline.passed:
            return False
        loss = float(moves.worths[i])
        if loss >= highest and not moves.pools.some:
            return False
        moves.turn([i])
        found = _best_in(moves, loss)
        if found is not None and found != i:
            moves.turn([found])
            return True
        moves.turn([i])
    return False


def _highest_outside(moves: Moves) -> float:
    worths: NDArray[np.float64] = moves.worths[moves.free & ~moves.inside]
    return float(worths.max(initial=-np.inf))
