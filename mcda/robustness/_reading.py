"""Reading performance and weights that may come as draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import as_floats, is_frame, read_weights, require_finite
from mcda.errors import InputError
from mcda.robustness._weight_sets import WeightMixes, WeightSet
from mcda.uncertainty._sampling import draw_mixes, read_draws

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from mcda.arrays import Table, Weights

_NUMBERS_IN_A_BLOCK = 1 << 20


def read_performance(performance: Table) -> tuple[np.ndarray, tuple[Hashable, ...], tuple[Hashable, ...]]:
    """Read one table (a, c), or one per draw (n, a, c): (1 or n, a, c), and the labels of alternatives and criteria."""
    tables = as_floats(performance, "performance").astype(np.float64, copy=False)
    if tables.ndim not in (2, 3) or 0 in tables.shape:
        raise InputError(
            "performance must have shape (alternatives, criteria) or (draws, alternatives, criteria). "
            f"Got shape {tables.shape}."
        )
    require_finite(tables, "performance")
    tables = tables[None] if tables.ndim == 2 else tables
    rows = tuple(performance.index) if is_frame(performance) else tuple(range(tables.shape[1]))
    columns = tuple(performance.columns) if is_frame(performance) else tuple(range(tables.shape[2]))
    return tables, rows, columns


def read_weightings(
    weights: WeightSet | WeightMixes | Weights | None,
    criteria: tuple[Hashable, ...],
    tables: np.ndarray,
    draws: int,
    rng: np.random.Generator | int,
) -> np.ndarray:
    """Draw or read weightings: (n, c), with n equal to `draws`, to the number of tables, or to 1 if they are known."""
    count = len(criteria)
    wanted = len(tables) if len(tables) > 1 else read_draws(draws)
    if weights is None:
        return draw_mixes(count, wanted, rng)
    if isinstance(weights, WeightSet | WeightMixes):
        return weights_in_order(weights, criteria, weights.draw(wanted, rng))
    labelled = criteria != tuple(range(count))
    return np.atleast_2d(read_weights(weights, criteria if labelled else None, count).values.astype(np.float64))


def weights_in_order(known: WeightSet | WeightMixes, criteria: tuple[Hashable, ...], rows: np.ndarray) -> np.ndarray:
    """Return weights (n, c) of a set or of mixes in the order of the criteria asked for, matched by label."""
    if len(known.criteria) != len(criteria):
        raise InputError(f"The weights are of {len(known.criteria)} criteria, performance has {len(criteria)}.")
    return rows[:, [known.criteria.index(label) for label in criteria]] if _labelled(known, criteria) else rows


def _labelled(weights: WeightSet | WeightMixes, criteria: tuple[Hashable, ...]) -> bool:
    """Whether to match labels: yes, unless one of the two sides has only numbers."""
    plain = tuple(range(len(criteria)))
    if plain in (weights.criteria, criteria):
        return False
    if set(weights.criteria) != set(criteria):
        missing = sorted(map(str, set(criteria) ^ set(weights.criteria)))
        raise InputError(f"The weights and performance must have the same criteria. Different: {', '.join(missing)}.")
    return True


def blocks(count: int, width: int) -> Iterator[slice]:
    """Yield slices of draws such that a block of (draws, width) numbers stays in cache."""
    step = max(1, _NUMBERS_IN_A_BLOCK // max(1, width * 8))
    return (slice(start, min(start + step, count)) for start in range(0, count, step))
