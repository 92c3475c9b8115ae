"""What comparisons of two vectors return for each kind of input, stated once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from mcda.arrays._types import FloatArray, Number, Table

_Vector: TypeAlias = "Sequence[Number] | pd.Series[float] | pd.Series[int]"
Vectors: TypeAlias = "Table | pd.Series[float] | pd.Series[int]"
"""One vector, shape (n,), or a stack of them, shape (..., n)."""


class VectorComparison(Protocol):
    """A comparison of two vectors (rankings, weightings): a number for two, an array for stacks of them."""

    @overload
    def __call__(self, first: _Vector, second: _Vector) -> float: ...
    @overload
    def __call__(self, first: pd.DataFrame | Sequence[Sequence[Number]], second: Vectors) -> FloatArray: ...
    @overload
    def __call__(self, first: Vectors, second: Vectors) -> float | FloatArray: ...


def vector_comparison(function: Callable[[Vectors, Vectors], float | FloatArray]) -> VectorComparison:
    """Leave a comparison as it is; type checkers see which input gives which result."""
    return cast("VectorComparison", function)
