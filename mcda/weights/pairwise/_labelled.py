"""One number per criterion, with or without names: the result is of the same kind as the input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast, overload

import numpy as np

from mcda.arrays import is_frame, is_series
from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from mcda.arrays import FloatArray, Number, Numbers

Figures: TypeAlias = "Numbers | Mapping[Any, Number] | pd.Series[Any] | pd.DataFrame"
Weighting: TypeAlias = "FloatArray | dict[Any, float] | pd.Series[float] | pd.DataFrame"
_Label = TypeVar("_Label")


class SameKind(Protocol):
    """Weights come back as the figures came: an array, a dict, a Series or a DataFrame, with the same labels."""

    @overload
    def __call__(self, figures: pd.DataFrame, /) -> pd.DataFrame: ...
    @overload
    def __call__(self, figures: pd.Series, /) -> pd.Series[float]: ...
    @overload
    def __call__(self, figures: Mapping[_Label, Number], /) -> dict[_Label, float]: ...
    @overload
    def __call__(self, figures: Numbers, /) -> FloatArray: ...


def same_kind(function: Callable[[Figures], Weighting]) -> SameKind:
    """Leave a function as it is; type checkers see that the result is of the same kind as the input."""
    return cast("SameKind", function)


def read_numbers(values: Figures, name: str) -> FloatArray:
    """Read numbers of shape (..., n) from an array, a Series, a DataFrame or a mapping."""
    given = list(values.values()) if isinstance(values, Mapping) else values
    try:
        figures: FloatArray = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} must be numbers, one per criterion. Got {given!r}.") from error
    if figures.ndim == 0 or 0 in figures.shape:
        raise InputError(f"{name} must have one number per criterion, shape (..., n). Got shape {figures.shape}.")
    return figures


def labelled_like(values: Figures, weights: FloatArray) -> Weighting:
    """Give weights the names that `values` came with."""
    if isinstance(values, Mapping):
        return dict(zip(values, weights.tolist(), strict=True))
    if is_frame(values):
        return type(values)(weights, index=values.index, columns=values.columns)
    if is_series(values):
        return type(values)(weights, index=values.index, name="weight")
    return weights
