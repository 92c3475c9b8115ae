"""One number per criterion, with or without names: in as given, out the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.arrays import is_frame, is_series
from mcda.errors import InputError

if TYPE_CHECKING:
    from mcda.arrays import FloatArray


def read_numbers(values: Any, name: str) -> FloatArray:
    """Read numbers of shape (..., n) from an array, a Series, a DataFrame or a mapping."""
    given = list(values.values()) if isinstance(values, Mapping) else values
    try:
        figures: FloatArray = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must be numbers, one per criterion. Got {given!r}.") from error
    if figures.ndim == 0 or 0 in figures.shape:
        raise InputError(f"{name} must have one number per criterion, shape (..., n). Got shape {figures.shape}.")
    return figures


def labelled_like(values: Any, weights: FloatArray) -> Any:
    """Give weights the names that `values` came with."""
    if isinstance(values, Mapping):
        return dict(zip(values, weights.tolist(), strict=True))
    if is_frame(values):
        return type(values)(weights, index=values.index, columns=values.columns)
    if is_series(values):
        return type(values)(weights, index=values.index, name="weight")
    return weights
