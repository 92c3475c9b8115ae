"""Random performance: tables drawn around the most likely one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from mcda.arrays import as_floats, read_rng, require_finite
from mcda.errors import InputError
from mcda.uncertainty._distributions import triangular
from mcda.uncertainty._sampling import read_draws

if TYPE_CHECKING:
    from mcda.arrays import FloatArray, Table

Together = Literal["cells", "rows", "all"]
_SHARED = {"cells": (0, 1), "rows": (0,), "all": ()}


def triangular_draws(
    low: Table,
    mode: Table,
    high: Table,
    draws: int = 10_000,
    rng: np.random.Generator | int = 0,
    *,
    together: Together = "cells",
) -> FloatArray:
    """Draw tables of performance from triangular distributions.

    Parameters
    ----------
    low, mode, high : array_like, shape (a, c)
        The least, the most likely and the greatest level, in numerical order, or in reverse order if less is better
        (pessimistic, most likely, optimistic); the most likely lies between the other two.
    draws : int
        How many tables.
    rng : numpy.random.Generator or int
        The generator or its seed.
    together : {"cells", "rows", "all"}, default "cells"
        What moves together: every cell by itself; all criteria of an alternative ("rows": it goes well or badly); or
        everything.

    Returns
    -------
    numpy.ndarray
        (draws, a, c).

    Raises
    ------
    InputError
        Shapes that differ, or a most likely level outside the other two.

    Notes
    -----
    By the inverse of the distribution function (Kotz and van Dorp, *Beyond Beta*, 2004, chapter 1). If the three
    levels are equal, so are all draws.

    Examples
    --------
    >>> import mcda
    >>> drawn = mcda.triangular_draws([[0, 10]], [[3, 6]], [[6, 5]], draws=4000)
    >>> drawn.shape, drawn.mean(axis=0).round(1)
    ((4000, 1, 2), array([[3., 7.]]))
    """
    first, middle, last = (_table(given, name) for given, name in ((low, "low"), (mode, "mode"), (high, "high")))
    if not first.shape == middle.shape == last.shape:
        raise InputError(
            f"low, mode and high must have the same shape. Got {first.shape}, {middle.shape}, {last.shape}."
        )
    outside = (middle < np.minimum(first, last)) | (middle > np.maximum(first, last))
    if outside.any():
        row, column = (int(k) for k in np.argwhere(outside)[0])
        raise InputError(
            f"mode must lie between low and high. Got {middle[row, column]:g} outside {first[row, column]:g} to "
            f"{last[row, column]:g} at {row}, {column}."
        )
    level = read_rng(rng).random(_shape(together, first.shape, draws))
    width = last - first
    turn = np.divide(middle - first, width, out=np.full(first.shape, 0.5), where=width != 0)
    return np.asarray(first + width * triangular(level, turn))


def normal_draws(
    mean: Table,
    deviation: float | Table,
    draws: int = 10_000,
    rng: np.random.Generator | int = 0,
    *,
    together: Together = "cells",
) -> FloatArray:
    """Draw tables of performance from normal distributions.

    Parameters
    ----------
    mean, deviation : array_like, shape (a, c)
        Means and standard deviations; a deviation of 0 is a known level. A single deviation holds for all cells.
    draws, rng, together
        As in `mcda.triangular_draws`.

    Returns
    -------
    numpy.ndarray
        (draws, a, c).

    Raises
    ------
    InputError
        Shapes that differ, or a deviation below 0.

    Examples
    --------
    >>> import mcda
    >>> mcda.normal_draws([[5.0, 1.0]], [[2.0, 0.0]], draws=4000).std(axis=0).round(1)
    array([[2., 0.]])
    """
    middle = _table(mean, "mean")
    given: Any = deviation
    spread = np.broadcast_to(as_floats(given, "deviation"), middle.shape) if np.ndim(given) == 0 else None
    spread = _table(given, "deviation") if spread is None else spread
    if spread.shape != middle.shape:
        raise InputError(f"mean and deviation must have the same shape. Got {middle.shape} and {spread.shape}.")
    if not (spread >= 0).all():
        raise InputError(f"A standard deviation must be at least 0. Got {float(spread.min()):g}.")
    noise = read_rng(rng).standard_normal(_shape(together, middle.shape, draws))
    return np.asarray(middle + spread * noise)


def _table(given: Table, name: str) -> FloatArray:
    table = as_floats(given, name).astype(np.float64, copy=False)
    if table.ndim != 2:
        raise InputError(f"{name} must have shape (alternatives, criteria). Got shape {table.shape}.")
    require_finite(table, name)
    return np.asarray(table)


def _shape(together: Together, shape: tuple[int, ...], draws: int) -> tuple[int, ...]:
    if together not in _SHARED:
        raise InputError(f'together must be "cells", "rows" or "all". Got {together!r}.')
    return (read_draws(draws), *(size if axis in _SHARED[together] else 1 for axis, size in enumerate(shape)))
