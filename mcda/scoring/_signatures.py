"""What scoring functions and normalisations return for each kind of input, stated once for all of them.

Each is written with its own parameters and wide types; the decorator leaves it as it is and tells type checkers (and
editors that use them) which kind of input gives which kind of result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from mcda.arrays import DeviceArray, Directions, FloatArray, Matrix, Number, Numbers, OneWeighting, Weights

Scores: TypeAlias = "FloatArray | pd.Series[float] | pd.DataFrame | DeviceArray"
"""Scores, shape (..., a): labelled where matrix or weights are, in the array library of the caller."""

Normalised: TypeAlias = "FloatArray | pd.DataFrame | DeviceArray"
"""Normalised values, higher is better, shape (..., a, c)."""

_Parameters = ParamSpec("_Parameters")
_Array = TypeVar("_Array", bound="DeviceArray")


class ScoringFunction(Protocol[_Parameters]):
    """A scoring function: array in, array out; DataFrame in, Series out, or a DataFrame for a stack of weightings.

    Plain weights for a DataFrame may be one weighting or a stack, so the result may be either. NumPy arrays are float64
    unless `dtype` asks for float32.
    """

    @overload
    def __call__(
        self,
        matrix: pd.DataFrame,
        weights: OneWeighting,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> pd.Series[float]: ...
    @overload
    def __call__(
        self,
        matrix: pd.DataFrame,
        weights: pd.DataFrame | Sequence[Sequence[Number]],
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> pd.DataFrame: ...
    @overload
    def __call__(
        self,
        matrix: Numbers,
        weights: Numbers | OneWeighting,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> FloatArray: ...
    @overload
    def __call__(
        self,
        matrix: pd.DataFrame,
        weights: Numbers,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> pd.Series[float] | pd.DataFrame | FloatArray: ...
    @overload
    def __call__(
        self,
        matrix: Numbers,
        weights: pd.DataFrame,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> pd.DataFrame | FloatArray: ...
    @overload
    def __call__(
        self,
        matrix: _Array,
        weights: Weights,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Array: ...
    @overload
    def __call__(
        self,
        matrix: Numbers | pd.DataFrame,
        weights: _Array,
        directions: Directions,
        *args: _Parameters.args,
        **kwargs: _Parameters.kwargs,
    ) -> _Array: ...


class Normalisation(Protocol[_Parameters]):
    """A normalisation: the result is of the same kind as the input."""

    @overload
    def __call__(
        self, matrix: pd.DataFrame, directions: Directions, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> pd.DataFrame: ...
    @overload
    def __call__(
        self, matrix: Numbers, directions: Directions, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> FloatArray: ...
    @overload
    def __call__(
        self, matrix: _Array, directions: Directions, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> _Array: ...


def scoring_function(
    function: Callable[Concatenate[Matrix, Weights, Directions, _Parameters], Scores],
) -> ScoringFunction[_Parameters]:
    """Leave a scoring function as it is; type checkers see which input gives which result."""
    return cast("ScoringFunction[_Parameters]", function)


def normalisation(
    function: Callable[Concatenate[Matrix, Directions, _Parameters], Normalised],
) -> Normalisation[_Parameters]:
    """Leave a normalisation as it is; type checkers see which input gives which result."""
    return cast("Normalisation[_Parameters]", function)
