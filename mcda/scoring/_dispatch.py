"""Scoring by the name of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from mcda.errors import InputError
from mcda.scoring._pymcdm import score_with_pymcdm
from mcda.scoring._registry import methods

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from mcda.arrays import DeviceArray, Directions, FloatArray, Matrix, Number, Numbers, OneWeighting, Weights
    from mcda.scoring._signatures import Scores

_Array = TypeVar("_Array", bound="DeviceArray")


@overload
def score(
    name: str, matrix: pd.DataFrame, weights: OneWeighting, directions: Directions, **parameters: object
) -> pd.Series[float]: ...
@overload
def score(
    name: str,
    matrix: pd.DataFrame,
    weights: pd.DataFrame | Sequence[Sequence[Number]],
    directions: Directions,
    **parameters: object,
) -> pd.DataFrame: ...
@overload
def score(
    name: str, matrix: Numbers, weights: Numbers | OneWeighting, directions: Directions, **parameters: object
) -> FloatArray: ...
@overload
def score(
    name: str, matrix: pd.DataFrame, weights: Numbers, directions: Directions, **parameters: object
) -> pd.Series[float] | pd.DataFrame | FloatArray: ...
@overload
def score(
    name: str, matrix: Numbers, weights: pd.DataFrame, directions: Directions, **parameters: object
) -> pd.DataFrame | FloatArray: ...
@overload
def score(name: str, matrix: _Array, weights: Weights, directions: Directions, **parameters: object) -> _Array: ...
@overload
def score(
    name: str, matrix: Numbers | pd.DataFrame, weights: _Array, directions: Directions, **parameters: object
) -> _Array: ...
def score(name: str, matrix: Matrix, weights: Weights, directions: Directions, **parameters: object) -> Scores:
    """Score by the method with this name.

    Parameters
    ----------
    name : str
        A name of `mcda.methods()`, or "pymcdm:NAME" for a method of that library.
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; leading dimensions are scenarios.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1. Leading dimensions broadcast against those of the matrix.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    **parameters
        Parameters of the method, and the options of every method:
        `normalise_weights` (False: weights that do not sum to 1 are an error; True: divide by the sum; "keep": use
        them as they are), `out` (array to write to), `threads` (default: all processors when there is enough work)
        and `dtype` (float64 or float32).

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        What the method's own function returns.

    Raises
    ------
    LabelError
        No method has this name.
    InputError
        The input breaks a rule; the message names the cell. Or the method gives a relation or classes, not scores.

    Examples
    --------
    >>> import mcda
    >>> mcda.score("topsis", [[1, 9], [2, 5]], [[0.5, 0.5], [0.9, 0.1]], ["max", "min"])
    array([[0., 1.],
           [0., 1.]])
    """
    library, _, rest = name.rpartition(":")
    if library.lower() == "pymcdm":
        given: dict[str, Any] = parameters
        return score_with_pymcdm(rest, matrix, weights, directions, **given)
    method = methods()[name]
    if method.higher_is_better is None:
        raise InputError(f"{method.title} gives a relation or classes, not scores. Call mcda.{name} itself.")
    scores: Scores = method.function(matrix, weights, directions, **parameters)
    return scores
