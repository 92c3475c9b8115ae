"""Problems that every method accepts, for the tests that hold for all methods."""

from __future__ import annotations

from typing import Any

import numpy as np

import mcda

SCORING = [name for name, method in mcda.methods().items() if method.higher_is_better is not None]
RELATIONS = [name for name, method in mcda.methods().items() if method.higher_is_better is None]
# Their scores are those of one alternative alone: adding or changing another does not matter.
INDEPENDENT = {"additive", "spotis", "rim", "comet"}
# These compare by threshold or rank, so a difference in the last digit may turn into a whole step.
STEPWISE = {"multimoora", "comet"}


def parameters(name: str, matrix: Any, directions: Any) -> dict[str, Any]:
    """Give the parameters that a method cannot do without, wide enough for the matrix."""
    values = np.asarray(matrix, dtype=float)
    flat = values.reshape(-1, values.shape[-1])
    low, high = flat.min(axis=0), flat.max(axis=0)
    margin = np.maximum((high - low) * 0.1, np.maximum(abs(low), abs(high)) * 0.1 + 1e-300)
    low, high = low - margin, high + margin
    up = np.array([direction in ("max", 1) for direction in directions])
    if name == "additive":
        return {"worse": np.where(up, low, high), "better": np.where(up, high, low)}
    if name in {"spotis", "rim"}:
        return {"bounds": np.stack([low, high], axis=1)}
    if name == "comet":
        return {"characteristic_values": np.stack([low, high], axis=1).tolist()}
    if name == "electre_tri":
        middle = low / 2 + high / 2
        return {"profiles": [np.where(up, middle - margin / 10, middle + margin / 10), middle]}
    return {}


def problem(seed: int, a: int = 6, c: int = 4) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Draw a positive matrix, weights and directions of both kinds."""
    rng = np.random.default_rng(seed)
    directions = ["max", "min", *rng.choice(["max", "min"], c - 2)]
    return rng.uniform(1.0, 9.0, (a, c)), rng.dirichlet(np.ones(c)), directions


def scored(name: str, matrix: Any, weights: Any, directions: Any, **more: Any) -> Any:
    """Score by the method of this name, with the parameters it cannot do without."""
    return mcda.score(name, matrix, weights, directions, **{**parameters(name, matrix, directions), **more})
