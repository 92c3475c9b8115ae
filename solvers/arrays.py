"""The types of arrays that go in and come out.

Only type checkers read them, so pandas is named but not loaded. Keys of mappings are `Any`: `Mapping` is
invariant in its key, so `Mapping[Hashable, float]` would refuse a `dict[str, float]`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]

Number: TypeAlias = float | np.number[Any] | Decimal | Fraction
Numbers: TypeAlias = "NDArray[Any] | Sequence[Number | Numbers]"
"""An array, or numbers in lists of any depth."""

Vector: TypeAlias = "Number | Numbers | Mapping[Any, Number] | pd.Series[Any]"
"""A figure for each option or resource, by position or by name; a single number if there is only one."""

Table: TypeAlias = "Numbers | pd.DataFrame"
"""Figures in rows and columns, by position or by label."""
