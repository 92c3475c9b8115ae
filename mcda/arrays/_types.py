"""The types of what goes in and comes out: numbers, arrays, tables, weightings, directions, figures per criterion.

They are read by type checkers alone, so pandas is named and never loaded. Keys of mappings are `Any`: `Mapping` is
invariant in its key, so `Mapping[Hashable, float]` would refuse a `dict[str, float]`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


class DeviceArray(Protocol):
    """An array of another library (PyTorch, CuPy, JAX): it stays in that library and on its device.

    NumPy's arrays have all this too, except that they cannot be hashed: that keeps them apart.
    """

    @property
    def shape(self) -> Sequence[int]:
        """The length of each dimension."""

    @property
    def dtype(self) -> object:
        """The type of the entries, in that library's terms."""

    @property
    def device(self) -> object:
        """Where the entries are, in that library's terms."""

    def __hash__(self) -> int:
        """Arrays of these libraries hash by identity."""


Number: TypeAlias = float | np.number[Any] | Decimal | Fraction
Numbers: TypeAlias = "NDArray[Any] | Sequence[Number | Numbers]"
"""An array, or numbers in lists of any depth."""

Table: TypeAlias = "Numbers | pd.DataFrame"
"""Numbers in rows and columns, or stacks of such tables; labelled or not."""

Matrix: TypeAlias = "Table | DeviceArray"
"""Performance of a alternatives on c criteria, shape (..., a, c)."""

OneWeighting: TypeAlias = "Sequence[Number] | Mapping[Any, Number] | pd.Series[Any]"
"""A weight for each criterion, and nothing that could be a stack of weightings."""

Weights: TypeAlias = "Numbers | Mapping[Any, Number] | pd.Series[Any] | pd.DataFrame | DeviceArray"
"""One weighting, shape (c,), or a stack of them, shape (..., c)."""

Directions: TypeAlias = "Sequence[str | float] | NDArray[Any] | Mapping[Any, str | float] | pd.Series[Any]"
""""max" or "min", or +1 or -1, for each criterion."""

PerCriterion: TypeAlias = "Number | Numbers | Mapping[Any, Number] | pd.Series[Any]"
"""One number for every criterion, or a number for each."""

PairPerCriterion: TypeAlias = "Numbers | Mapping[Any, Sequence[Number]] | pd.DataFrame"
"""A lower and an upper number for each criterion, shape (c, 2)."""
