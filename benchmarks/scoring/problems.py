"""Random problems of a given size, and the parameters that some methods cannot do without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Problem:
    """A matrix (a, c), weightings (s, c), directions, and room for the scores (s, a)."""

    matrix: np.ndarray
    weights: np.ndarray
    directions: tuple[str, ...]
    out: np.ndarray

    @property
    def types(self) -> np.ndarray:
        """Directions as +1 and -1."""
        return np.array([1 if direction == "max" else -1 for direction in self.directions])

    @property
    def bounds(self) -> np.ndarray:
        """Declared bounds, a little wider than the data, (c, 2)."""
        return np.stack([self.matrix.min(axis=0) - 0.5, self.matrix.max(axis=0) + 0.5], axis=1)


def problem(s: int, a: int, c: int, seed: int = 1) -> Problem:
    """Draw a positive matrix, weightings uniform on the simplex and alternating directions."""
    rng = np.random.default_rng(seed)
    out = np.empty((s, a))
    out.fill(0.0)  # the pages are touched before the clock runs
    directions = tuple("max" if j % 2 == 0 else "min" for j in range(c))
    return Problem(rng.uniform(1.0, 9.0, (a, c)), rng.dirichlet(np.ones(c), s), directions, out)


def needed(method: str, p: Problem) -> dict[str, Any]:
    """Give the parameters that the method cannot do without."""
    low, high = p.bounds.T
    up = p.types > 0
    if method == "additive":
        return {"worse": np.where(up, low, high), "better": np.where(up, high, low)}
    if method in {"spotis", "rim"}:
        return {"bounds": p.bounds}
    if method == "comet":
        return {"characteristic_values": p.bounds.tolist()}
    return {}
