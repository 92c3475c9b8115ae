"""Reading a matrix, weights and directions: every rule of input in one place, with the cell named."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, overload

import numpy as np

from mcda.arrays._labels import (
    axes,
    cell_name,
    is_frame,
    is_series,
    label_name,
    matched,
    refuse_repeated,
    row_name,
    shortened,
)
from mcda.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

    from mcda.arrays._types import DeviceArray, FloatArray, Number, Numbers, Weights

Array: TypeAlias = Any  # an array of whichever library the caller uses; the array API standard has no static type
NormaliseWeights: TypeAlias = "bool | Literal['keep']"
_Label = TypeVar("_Label")
_DeviceArray = TypeVar("_DeviceArray", bound="DeviceArray")

SUM_TOLERANCE = 1e-6  # how far from 1 the sum of weights may be: single precision and printed decimals pass
_ROWS_AT_ONCE = 1 << 16  # rows looked at together, so that checking millions of weightings takes little memory
_SIGN_OF = {"max": 1.0, "min": -1.0, 1: 1.0, -1: -1.0}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An array and the labels of its last two axes, if its source had any."""

    values: Array
    rows: Sequence[Hashable] | None = None
    columns: Sequence[Hashable] | None = None


def namespace_of(*inputs: object) -> ModuleType:
    """Return the array library of the inputs: NumPy, unless one is an array of another library."""
    for value in inputs:
        if type(value).__module__.partition(".")[0] in {"builtins", "numpy", "pandas", "collections"}:
            continue
        import array_api_compat

        if array_api_compat.is_array_api_obj(value) and not isinstance(value, np.ndarray):
            found: ModuleType = array_api_compat.array_namespace(value)
            return found
    return np


def read_matrix(matrix: Any, name: str = "matrix") -> Labelled:
    """Read a performance matrix.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Alternatives in rows, criteria in columns; leading dimensions are scenarios.
    name : str
        What to call it in messages.

    Returns
    -------
    Labelled
        `values` of shape (..., a, c), floating, finite; `rows` and `columns` of a DataFrame.

    Raises
    ------
    InputError
        Fewer than two dimensions, no alternative, no criterion, a cell that is not a finite number.
    LabelError
        A label is repeated.
    """
    rows: Any = None
    columns: Any = None
    if is_frame(matrix):
        rows, columns = matrix.index, matrix.columns
        refuse_repeated(rows, f"row of {name}")
        refuse_repeated(columns, f"column of {name}")
    values = as_floats(matrix, name, rows, columns)
    if values.ndim < 2 or values.shape[-1] == 0 or values.shape[-2] == 0:
        raise InputError(
            f"{name} must have shape (..., alternatives, criteria) with at least one of each. "
            f"Got shape {tuple(values.shape)}."
        )
    require_finite(values, name, rows, columns)
    return Labelled(values, rows, columns)


def read_directions(directions: object, columns: Sequence[Hashable] | None, count: int) -> np.ndarray:
    """Read whether more or less is better on each criterion.

    Parameters
    ----------
    directions : sequence, Series or mapping of {"max", "min", 1, -1}, shape (c,)
        A Series or mapping is matched to `columns` by label.
    columns : sequence of labels, or None
        The labels of the criteria, if they have any.
    count : int
        How many criteria there are.

    Returns
    -------
    numpy.ndarray, shape (c,)
        +1.0 where more is better, -1.0 where less is better.

    Raises
    ------
    InputError, LabelError
        Not one direction per criterion, or one that is neither "max", "min", +1 nor -1.
    """
    if isinstance(directions, str) or not hasattr(directions, "__len__"):
        raise InputError(
            f'directions must be a sequence with "max" or "min" (or +1 or -1) for each of the {count} criteria. '
            f"Got {directions!r}."
        )
    given = matched(directions, columns, "directions")
    if len(given) != count:
        raise InputError(f"directions must have one entry per criterion ({count}). Got {len(given)}.")
    signs = np.empty(count)
    for position, direction in enumerate(given):
        key = direction if isinstance(direction, str) else _number_or_none(direction)
        if key not in _SIGN_OF:
            raise InputError(
                f'directions[{label_name(columns, position)}] must be "max" or "min" (or +1 or -1). Got {direction!r}.'
            )
        signs[position] = _SIGN_OF[key]
    return signs


def read_weights(
    weights: Any,
    columns: Sequence[Hashable] | None,
    count: int,
    *,
    normalise: NormaliseWeights = False,
    name: str = "weights",
) -> Labelled:
    """Read one weighting or a stack of weightings.

    Parameters
    ----------
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative. Labels (of a Series, a mapping, the columns of a DataFrame) are matched to `columns`.
    columns : sequence of labels, or None
        The labels of the criteria, if they have any.
    count : int
        How many criteria there are.
    normalise : bool or "keep"
        False: weights that do not sum to 1 are an error. True: any positive sum is accepted, and the caller divides
        (`divided_by_sum`). "keep": any positive sum is accepted, and the weights are used as they are.
    name : str
        What to call it in messages.

    Returns
    -------
    Labelled
        `values` of shape (..., c) as given (not divided); `rows` of a DataFrame.

    Raises
    ------
    InputError
        A wrong shape; a weight that is negative or not a finite number; weights that are all zero; a sum other than 1.
    LabelError
        A label is missing, unknown or repeated.
    """
    if normalise not in (True, False, "keep"):
        raise InputError(f'normalise_weights must be True, False or "keep". Got {normalise!r}.')
    rows: Any = None
    if is_frame(weights):
        rows = weights.index
        refuse_repeated(rows, f"row of {name}")
    values = as_floats(matched(weights, columns, name), name, rows, columns)
    if values.ndim == 0 or values.shape[-1] != count:
        raise InputError(
            f"{name} must have shape (..., {count}), one per criterion of the matrix. Got shape {tuple(values.shape)}."
        )
    if 0 in values.shape:
        raise InputError(f"{name} must hold at least one weighting. Got shape {tuple(values.shape)}.")
    require_finite(values, name, rows, columns)
    _require_proper(values, name, rows, columns, any_sum=bool(normalise))
    return Labelled(values, rows, columns)


def read_per_criterion(
    value: Any, columns: Sequence[Hashable] | None, count: int, name: str, *, width: int | None = None
) -> np.ndarray:
    """Read a parameter that has one number per criterion, or `width` of them.

    Parameters
    ----------
    value : number, array_like, Series, DataFrame or mapping, shape (c,) or (c, width)
        A single number (or a single row of `width` numbers) applies to every criterion. Labels are matched to
        `columns`; a DataFrame's are those of its rows.
    columns : sequence of labels, or None
        The labels of the criteria, if they have any.
    count : int
        How many criteria there are.
    name : str
        What to call it in messages.
    width : int, optional
        How many numbers each criterion has; None for one number, shape (c,).

    Returns
    -------
    numpy.ndarray, shape (c,) or (c, width)

    Raises
    ------
    InputError, LabelError
        A wrong shape, a label that is missing or unknown, a cell that is not a finite number.
    """
    plain = matched(value.T if is_frame(value) else value, columns, name)
    if is_frame(value):
        plain = plain.T
    array: np.ndarray = as_floats(plain, name, columns).astype(np.float64, copy=False)
    shape = (count,) if width is None else (count, width)
    if array.ndim == 0 or array.shape == shape[1:]:
        array = np.broadcast_to(array, shape)
    if array.shape != shape:
        raise InputError(f"{name} must have shape {shape}, one entry per criterion. Got shape {array.shape}.")
    require_finite(array, name, *((columns, None) if width else (None, columns)))
    return array


@overload
def normalise_weights(weights: pd.DataFrame) -> pd.DataFrame: ...
@overload
def normalise_weights(weights: pd.Series) -> pd.Series[float]: ...
@overload
def normalise_weights(weights: Mapping[_Label, Number]) -> dict[_Label, float]: ...
@overload
def normalise_weights(weights: Numbers) -> FloatArray: ...
@overload
def normalise_weights(weights: _DeviceArray) -> _DeviceArray: ...
def normalise_weights(weights: Weights) -> Weights:
    """Divide weights by their sum.

    Parameters
    ----------
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, not all zero. Each weighting (the last axis) is divided by its own sum.

    Returns
    -------
    array, Series, DataFrame or dict
        The same kind with the same labels; each weighting sums to 1.

    Raises
    ------
    InputError
        A weight is negative or not a finite number, or all weights of a weighting are zero.

    Examples
    --------
    >>> import mcda
    >>> mcda.normalise_weights([2, 1, 1])
    array([0.5 , 0.25, 0.25])
    >>> mcda.normalise_weights({"cost": 30, "risk": 10})
    {'cost': 0.75, 'risk': 0.25}
    """
    plain: Any = list(weights.values()) if isinstance(weights, Mapping) else weights
    labels: Any = weights.columns if is_frame(weights) else weights.index if is_series(weights) else None
    count = len(plain) if isinstance(weights, Mapping) else np.shape(plain)[-1] if np.ndim(plain) else 1
    read = read_weights(plain, labels, count, normalise=True)
    divided = divided_by_sum(namespace_of(plain), read.values)
    if isinstance(weights, Mapping):
        return dict(zip(weights, divided.tolist(), strict=True))
    if is_frame(weights) or is_series(weights):
        return type(weights)(divided, **axes(weights))
    same: Weights = divided
    return same


def divided_by_sum(xp: ModuleType, weights: Array) -> Array:
    """Divide by the sum over the last axis; scaled by the largest first, so that no sum overflows or underflows."""
    scaled = weights / xp.max(weights, axis=-1, keepdims=True)
    return scaled / xp.sum(scaled, axis=-1, keepdims=True)


def as_floats(
    values: Any,
    name: str,
    rows: Sequence[Hashable] | None = None,
    columns: Sequence[Hashable] | None = None,
) -> Array:
    """Return a floating array of the same library; float32 stays float32, whole numbers become float64."""
    xp = namespace_of(values)
    if xp is not np:
        return values if xp.isdtype(values.dtype, "real floating") else xp.astype(values, xp.float64)
    if isinstance(values, np.ma.MaskedArray):
        raise InputError(f"{name} must have a figure in every cell. Got a masked array; use its .data or .filled().")
    try:
        array = np.asarray(values)
        if array.dtype.kind == "f" and array.dtype.itemsize in {4, 8}:
            return array
        if array.dtype.kind in "biuf":
            return array.astype(np.float64)
        if array.dtype.kind == "O":
            return _floats_of_objects(array, name, rows, columns)
    except ValueError as fault:
        if isinstance(fault, InputError):
            raise
        raise InputError(f"{name} must be a rectangular array of numbers. Got rows of different lengths.") from None
    raise InputError(f"{name} must be an array of numbers. Got values of type {array.dtype}: {shortened(array)}.")


def require_finite(
    values: Array,
    name: str,
    rows: Sequence[Hashable] | None = None,
    columns: Sequence[Hashable] | None = None,
) -> None:
    """Raise InputError naming the first cell that is NaN or infinite."""
    xp = namespace_of(values)
    for offset, block in _blocks(values):
        with np.errstate(over="ignore", invalid="ignore"):
            # A finite sum proves that every term is finite, with no temporary array; else look cell by cell.
            suspect = not bool(xp.isfinite(xp.sum(block)))
        if suspect and not bool(xp.all(xp.isfinite(block))):
            cell = _first(xp, ~xp.isfinite(block), offset)
            raise InputError(
                f"{name}[{cell_name(cell, rows, columns)}] must be a finite number. Got {float(values[cell])}."
                " Supply the figure, or leave the row or the column out."
            )


def _require_proper(
    values: Array,
    name: str,
    rows: Sequence[Hashable] | None,
    columns: Sequence[Hashable] | None,
    *,
    any_sum: bool,
) -> None:
    xp = namespace_of(values)
    for offset, block in _blocks(values):
        if float(xp.min(block)) < 0:
            cell = _first(xp, block < 0, offset)
            raise InputError(
                f"{name}[{cell_name(cell, rows, columns)}] must not be negative. Got {float(values[cell])}."
                " To minimise a criterion, state the direction min."
            )
        largest = xp.max(block, axis=-1)
        if float(xp.min(largest)) == 0:
            cell = _first(xp, largest == 0, offset)
            raise InputError(f"{row_name(name, cell, rows)} must have at least one positive entry. All are zero.")
        if any_sum:
            continue
        with np.errstate(over="ignore"):
            total = xp.sum(block, axis=-1)
        if float(xp.max(abs(total - 1.0))) > SUM_TOLERANCE:
            cell = _first(xp, abs(total - 1.0) > SUM_TOLERANCE, offset)
            raise InputError(
                f"{row_name(name, cell, rows)} must sum to 1 (within {SUM_TOLERANCE:g}). "
                f"Got a sum of {float(xp.sum(values[(*cell, ...)])):.9g}. "
                "Pass normalise_weights=True to divide by the sum."
            )


def _blocks(values: Array) -> Iterator[tuple[tuple[int, ...], Array]]:
    """Yield (index of the first row, block) over a first axis that may be very long."""
    if values.ndim < 2:
        yield (), values
        return
    step = max(1, _ROWS_AT_ONCE // max(1, int(np.prod(values.shape[1:-1]))))
    for start in range(0, values.shape[0], step):
        yield (start,), values[start : min(start + step, values.shape[0]), ...]


def _first(xp: ModuleType, bad: Array, offset: tuple[int, ...]) -> tuple[int, ...]:
    cell = [int(index[0]) for index in xp.nonzero(bad)] if bad.ndim else []
    if offset and cell:
        cell[0] += offset[0]
    return tuple(cell)


def _floats_of_objects(
    array: np.ndarray, name: str, rows: Sequence[Hashable] | None, columns: Sequence[Hashable] | None
) -> np.ndarray:
    floats = np.empty(array.shape)
    for cell in np.ndindex(array.shape):
        number = _number_or_none(array[cell])
        if number is None:
            raise InputError(f"{name}[{cell_name(cell, rows, columns)}] must be a number. Got {array[cell]!r}.")
        floats[cell] = number
    return floats


def _number_or_none(value: Any) -> float | None:
    if isinstance(value, str | bytes) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None
