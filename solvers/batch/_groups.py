"""Groups of similar scenarios, to be searched together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from solvers.arrays import FloatArray

DIRECTIONS = 4  # principal components that tell scenarios apart
SAMPLE = 1000  # scenarios that the components are taken from


def near_groups(figures: FloatArray, most: int) -> list[NDArray[Any]]:
    """Divide rows (s, n) into groups of at most `most`, halving along the widest of the first principal components.

    Examples
    --------
    >>> [group.tolist() for group in near_groups(np.array([[0.0], [5.0], [1.0], [6.0]]), 2)]
    [[0, 2], [1, 3]]
    """
    apart = figures - figures.mean(axis=0)
    sample = apart[:: max(1, len(apart) // SAMPLE)]
    _, axes = np.linalg.eigh(sample.T @ sample)
    places = apart @ axes[:, -DIRECTIONS:]
    groups, todo = list[NDArray[Any]](), [np.arange(len(figures))]
    while todo:
        rows = todo.pop()
        if len(rows) <= most:
            groups.append(np.sort(rows))
            continue
        part = places[rows]
        along, half = part[:, np.argmax(part.var(axis=0))], len(rows) // 2
        order = np.argsort(along, kind="stable")
        todo += [rows[order[:half]], rows[order[half:]]]
    return sorted(groups, key=lambda rows: int(rows[0]))
