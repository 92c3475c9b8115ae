"""Normalisations: performance in different units brought to one scale, higher always better.

Each is a function of its own, and `normalise` calls them by the names that the methods take as `normalisation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

import numpy as np

from mcda.arrays import is_frame, namespace_of, read_directions, read_matrix
from mcda.scoring._normalise import normalised
from mcda.scoring._recipe import Matrices
from mcda.scoring._signatures import normalisation

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PerCriterion
    from mcda.scoring._signatures import Normalised


class Levels(TypedDict, total=False):
    """The parameters of normalisations: `worse` and `better` of "range", `levels` of "target"."""

    worse: PerCriterion
    better: PerCriterion
    levels: PerCriterion | None


@normalisation
def normalise(
    matrix: Matrix, directions: Directions, method: str = "vector", **parameters: Unpack[Levels]
) -> Normalised:
    """Normalise performance by the method with this name.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    method : str, default "vector"
        "vector", "sum", "max", "linear", "minmax", "range", "logarithmic", "nonlinear" or "target".
    **parameters
        `worse` and `better` of "range", `levels` of "target".

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Examples
    --------
    >>> import mcda
    >>> mcda.normalise([[1, 30], [2, 20], [4, 40]], ["max", "min"], "minmax").round(3)
    array([[ 0.   ,  0.5  ],
           [ 0.333,  1.   ],
           [ 1.   , -0.   ]])
    """
    table = read_matrix(matrix)
    xp, values = namespace_of(table.values), table.values
    signs = read_directions(directions, table.columns, values.shape[-1])
    lead, shape = tuple(values.shape[:-2]), tuple(values.shape[-2:])
    values = values.astype(np.float64) if xp is np else values
    on = {} if xp is np else {"device": values.device}
    stacked = xp.reshape(values, (-1, *shape))
    matrices = Matrices(xp, stacked, xp.asarray(signs, dtype=values.dtype, **on), table.columns, table.rows, 0, lead)
    result = xp.reshape(normalised(matrices, method, **parameters), (*lead, *shape))
    if not is_frame(matrix):
        plain: Normalised = result
        return plain
    return type(matrix)(result, index=matrix.index, columns=matrix.columns)


@normalisation
def vector_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return x / ‖x‖, and 1 - x / ‖x‖ for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: C.-L. Hwang and K. Yoon, *Multiple Attribute Decision Making*, Springer, 1981. A constant column becomes
    1 / √a (a column of zeros too), or one minus that.

    Examples
    --------
    >>> import mcda
    >>> mcda.vector_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.218, 0.443],
           [0.436, 0.629],
           [0.873, 0.257]])
    """
    return normalise(matrix, directions, "vector")


@normalisation
def sum_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return x / Σx, and (1/x) / Σ(1/x) for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    A constant column becomes 1 / a, a column of zeros too.

    Examples
    --------
    >>> import mcda
    >>> mcda.sum_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.143, 0.308],
           [0.286, 0.462],
           [0.571, 0.231]])
    """
    return normalise(matrix, directions, "sum")


@normalisation
def max_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return x / max, and 1 - x / max for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    A constant column becomes 1, or 0 for criteria to be minimised.

    Examples
    --------
    >>> import mcda
    >>> mcda.max_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.25, 0.25],
           [0.5 , 0.5 ],
           [1.  , 0.  ]])
    """
    return normalise(matrix, directions, "max")


@normalisation
def linear_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return x / max, and min / x for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: C.-L. Hwang and K. Yoon, *Multiple Attribute Decision Making*, Springer, 1981 (linear scale
    transformation). A constant column becomes 1.

    Examples
    --------
    >>> import mcda
    >>> mcda.linear_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.25 , 0.667],
           [0.5  , 1.   ],
           [1.   , 0.5  ]])
    """
    return normalise(matrix, directions, "linear")


@normalisation
def minmax_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return (x - min) / (max - min), and (max - x) / (max - min) for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    A constant column becomes 1.

    Examples
    --------
    >>> import mcda
    >>> mcda.minmax_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[ 0.   ,  0.5  ],
           [ 0.333,  1.   ],
           [ 1.   , -0.   ]])
    """
    return normalise(matrix, directions, "minmax")


@normalisation
def range_normalisation(
    matrix: Matrix, directions: Directions, worse: PerCriterion, better: PerCriterion
) -> Normalised:
    """Return (x - worse) / (better - worse) with declared levels.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    worse, better : array_like, Series or mapping, shape (c,)
        The levels that become 0 and 1; better lies on the better side.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Levels outside the declared range give values below 0 or above 1. Declared ranges, unlike ranges of the data, do not
    change with the alternatives at hand.

    Examples
    --------
    >>> import mcda
    >>> mcda.range_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"], worse=[0, 50], better=[5, 0]).round(3)
    array([[0.2, 0.4],
           [0.4, 0.6],
           [0.8, 0.2]])
    """
    return normalise(matrix, directions, "range", worse=worse, better=better)


@normalisation
def logarithmic_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return ln x / Σ ln x, and (1 - ln x / Σ ln x) / (a - 1) for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; at least 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: E. K. Zavadskas and Z. Turskis, *Informatica* 19(2), 2008. Levels below 1 would reverse the order, so they
    are refused. A constant column becomes 1 / a.

    Examples
    --------
    >>> import mcda
    >>> mcda.logarithmic_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.   , 0.331],
           [0.333, 0.351],
           [0.667, 0.317]])
    """
    return normalise(matrix, directions, "logarithmic")


@normalisation
def nonlinear_normalisation(matrix: Matrix, directions: Directions) -> Normalised:
    """Return (x / max)², and (min / x)³ for criteria to be minimised.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: F. Peldschus, E. Vaigauskas and E. K. Zavadskas, 1983, as stated in Zavadskas and Turskis, *Informatica*
    19(2), 2008. A constant column becomes 1.

    Examples
    --------
    >>> import mcda
    >>> mcda.nonlinear_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"]).round(3)
    array([[0.062, 0.296],
           [0.25 , 1.   ],
           [1.   , 0.125]])
    """
    return normalise(matrix, directions, "nonlinear")


@normalisation
def target_normalisation(matrix: Matrix, directions: Directions, levels: PerCriterion | None = None) -> Normalised:
    """Return 1 - |x - target| / (max(max, target) - min(min, target)).

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    levels : array_like, Series or mapping, shape (c,), optional
        The target of each criterion. Default: the best level among the alternatives.

    Returns
    -------
    array or DataFrame, shape (..., a, c)
        Normalised values; higher is better.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: A. Jahan and K. L. Edwards, *Materials & Design* 65, 2015. Without targets it is the min-max
    normalisation. A constant column on its target becomes 1.

    Examples
    --------
    >>> import mcda
    >>> mcda.target_normalisation([[1, 30], [2, 20], [4, 40]], ["max", "min"], levels=[2, 25]).round(3)
    array([[0.667, 0.75 ],
           [1.   , 0.75 ],
           [0.333, 0.25 ]])
    """
    return normalise(matrix, directions, "target", levels=levels)
