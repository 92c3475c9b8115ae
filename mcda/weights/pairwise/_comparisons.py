"""Reading pairwise comparisons: every rule of a judgement matrix in one place, with the cell named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mcda.arrays import FloatArray, is_frame
from mcda.errors import InputError, LabelError
from mcda.weights.pairwise._eigen import compiled_kernels

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from mcda.arrays import Number


Answers: TypeAlias = "NDArray[Any] | Sequence[Number | Answers | None]"
"""Judgements in rows and columns, or stacks of such tables; NaN or None where not asked."""

Judgements: TypeAlias = "Answers | pd.DataFrame"

RECIPROCITY_TOLERANCE = 1e-6
"""How far a_ij * a_ji may be from 1. Decimals of twelve digits pass; 0.33 for 1/3 does not."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Judgement matrices that passed every check.

    Attributes
    ----------
    values
        (..., n, n) positive, reciprocal, 1 on the diagonal; NaN where a question was not asked or not answered.
    labels
        What is compared, or None if there are only positions.
    has_gaps
        Whether any judgement is missing.
    """

    values: FloatArray
    labels: tuple[Hashable, ...] | None
    has_gaps: bool

    @property
    def size(self) -> int:
        """How many things are compared."""
        return int(self.values.shape[-1])


def read_comparisons(
    pairwise: Judgements,
    labels: Sequence[Hashable] | None = None,
    *,
    tolerance: float = RECIPROCITY_TOLERANCE,
    name: str = "pairwise",
) -> Comparisons:
    """Read one judgement matrix or a stack of them.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (..., n, n)
        Row against column: how many times more the row is worth. NaN or None: not asked.
    labels : sequence, optional
        Names of what is compared; a DataFrame brings its own.
    tolerance : float
        How far a_ij * a_ji may be from 1.
    name : str
        What to call the matrix in messages.

    Raises
    ------
    InputError
        A wrong shape; a judgement that is zero, negative or infinite; a diagonal other than 1; a pair that is not
        reciprocal, or answered one way only.
    LabelError
        A label is repeated, or the rows and columns of a DataFrame differ.
    """
    if is_frame(pairwise):
        if labels is not None:
            raise InputError(f"labels are read from a DataFrame; pass {name} without labels, or as an array.")
        labels = _labels_of_frame(pairwise, name)
        # pandas-stubs leaves None out of what may stand for a missing value.
        pairwise = pairwise.loc[:, list(labels)].to_numpy(dtype=object, na_value=None)  # type: ignore[arg-type]
    values = _as_floats(pairwise, name)
    if 0 in values.shape[:-2]:
        raise InputError(f"{name} must hold at least one matrix: a group has at least one member. Got none.")
    if values.ndim < 2 or values.shape[-1] != values.shape[-2] or 0 in values.shape:
        raise InputError(
            f"{name} must be square, shape (..., n, n): as many rows as columns, at least one. "
            f"Got shape {values.shape}."
        )
    names = _checked_labels(labels, values.shape[-1], name)
    stack = values.reshape(-1, *values.shape[-2:])
    kernels = compiled_kernels(len(stack))
    if kernels is not None and kernels.all_are_sound(stack, tolerance):
        return Comparisons(values, names, has_gaps=False)
    gaps = np.isnan(values)
    _require_judgements(values, gaps, names, name, tolerance)
    return Comparisons(values, names, bool(gaps.any()))


def _labels_of_frame(frame: Any, name: str) -> tuple[Hashable, ...]:
    rows, columns = list(frame.index), list(frame.columns)
    for labels, what in ((rows, "row"), (columns, "column")):
        if repeated := [label for label in labels if labels.count(label) > 1]:
            raise LabelError(f"Each {what} of {name} must be unique. Got {repeated[0]!r} more than once.")
    if set(rows) != set(columns):
        odd = sorted(map(str, set(rows) ^ set(columns)))
        raise LabelError(f"Rows and columns of {name} must name the same things. Only in one of them: {odd}.")
    return tuple(rows)


def _checked_labels(labels: Sequence[Hashable] | None, size: int, name: str) -> tuple[Hashable, ...] | None:
    if labels is None:
        return None
    names = tuple(labels)
    if len(names) != size or len(set(names)) != size:
        raise LabelError(f"labels must be {size} different names, one per row of {name}. Got {names!r}.")
    return names


def _as_floats(pairwise: Any, name: str) -> FloatArray:
    try:
        return np.array(pairwise, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{name} must hold numbers, shape (..., n, n), with NaN or None for a question not asked. "
            "Read fractions and words with mcda.weights.comparison_matrix."
        ) from error


def _require_judgements(
    values: FloatArray, gaps: NDArray[np.bool_], labels: tuple[Hashable, ...] | None, name: str, tolerance: float
) -> None:
    diagonal = np.einsum("...ii->...i", values)
    if not (diagonal == 1.0).all():
        cell = _first(~(diagonal == 1.0))
        raise InputError(
            f"{name}[{_cell((*cell, cell[-1]), labels)}] must be 1: everything is worth exactly itself. "
            f"Got {diagonal[cell]}."
        )
    # NaN compares false with everything, so gaps pass here and are looked at below.
    wrong = (values <= 0.0) | np.isinf(values)
    if wrong.any():
        cell = _first(wrong)
        raise InputError(
            f"{name}[{_cell(cell, labels)}] must be a positive number, or NaN where the question was not asked. "
            f"Got {values[cell]}."
        )
    mirrored = values.swapaxes(-1, -2)
    one_way = gaps != gaps.swapaxes(-1, -2)
    if one_way.any():
        cell = _first(one_way & gaps)
        there = (*cell[:-2], cell[-1], cell[-2])
        raise InputError(
            f"{name}[{_cell(there, labels)}] is answered ({values[there]}) but its mirror {name}[{_cell(cell, labels)}]"
            f" is missing: give both, the second as {1.0 / values[there]:g}, or leave both out."
        )
    unequal = np.abs(values * mirrored - 1.0) > tolerance
    if unequal.any():
        cell = _first(unequal)
        there = (*cell[:-2], cell[-1], cell[-2])
        raise InputError(
            f"{name} must be reciprocal: {name}[{_cell(cell, labels)}] = {values[cell]:g} calls for "
            f"{1.0 / values[cell]:.12g} at [{_cell(there, labels)}] (within {tolerance:g} of their product being 1). "
            f"Got {values[there]:g}. Give exact reciprocals, or state a larger reciprocity_tolerance."
        )


def _first(wrong: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(k) for k in np.unravel_index(int(np.argmax(wrong)), wrong.shape))


def _cell(cell: tuple[int, ...], labels: tuple[Hashable, ...] | None) -> str:
    ends = [str(k) if labels is None else repr(labels[k]) for k in cell[-2:]]
    return ", ".join([*map(str, cell[:-2]), *ends])
