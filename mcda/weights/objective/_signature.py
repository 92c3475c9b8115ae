"""What kind of weights each kind of matrix gives, stated once for all methods that use the figures alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Numbers, Table

_Parameters = ParamSpec("_Parameters")


class ObjectiveWeights(Protocol[_Parameters]):
    """Weights from the figures: array in, array out; DataFrame in, Series out."""

    @overload
    def __call__(
        self,
        matrix: pd.DataFrame,
        directions: Directions | None = None,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> pd.Series[float]: ...
    @overload
    def __call__(
        self,
        matrix: Numbers,
        directions: Directions | None = None,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> FloatArray: ...


def objective_weights(
    function: Callable[Concatenate[Table, Directions | None, _Parameters], FloatArray | pd.Series[float]],
) -> ObjectiveWeights[_Parameters]:
    """Leave a function as it is; type checkers see which input gives which result."""
    return cast("ObjectiveWeights[_Parameters]", function)
