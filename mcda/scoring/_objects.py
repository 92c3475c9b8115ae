"""Characteristic objects of COMET: all combinations of characteristic values, and how near alternatives are to each."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from mcda.arrays import Array, FloatArray, Number
    from mcda.scoring._recipe import Matrices

Levels: TypeAlias = "NDArray[Any] | Sequence[Number]"
CharacteristicValues: TypeAlias = "NDArray[Any] | Sequence[Levels] | Mapping[Any, Levels]"


def characteristic_objects(characteristic_values: CharacteristicValues) -> FloatArray:
    """List all combinations of characteristic values, the last criterion changing fastest.

    Parameters
    ----------
    characteristic_values : sequence or mapping of sequences, length c
        Two or more rising levels of each criterion.

    Returns
    -------
    numpy.ndarray, shape (objects, c)

    Raises
    ------
    InputError
        A criterion has fewer than two levels, or levels that do not rise.

    Examples
    --------
    >>> import mcda
    >>> mcda.characteristic_objects([[0, 10], [1, 2]]).tolist()
    [[0.0, 1.0], [0.0, 2.0], [10.0, 1.0], [10.0, 2.0]]
    """
    given = characteristic_values.values() if isinstance(characteristic_values, Mapping) else characteristic_values
    return np.array(list(itertools.product(*_checked(list(given)))))


def read_values(matrices: Matrices, characteristic_values: CharacteristicValues) -> list[np.ndarray]:
    """Read the characteristic values of each criterion, by label if they have labels."""
    if isinstance(characteristic_values, Mapping) and matrices.columns is not None:
        if set(characteristic_values) != set(matrices.columns):
            raise InputError(
                f"characteristic_values must have exactly the criteria {list(matrices.columns)}. "
                f"Got {list(characteristic_values)}."
            )
        characteristic_values = [characteristic_values[label] for label in matrices.columns]
    elif isinstance(characteristic_values, Mapping):
        characteristic_values = list(characteristic_values.values())
    levels = _checked(list(characteristic_values))
    if len(levels) != matrices.values.shape[-1]:
        raise InputError(
            f"characteristic_values must have one sequence per criterion ({matrices.values.shape[-1]}). "
            f"Got {len(levels)}."
        )
    return levels


def memberships(matrices: Matrices, levels: Sequence[np.ndarray]) -> Array:
    """Return the share of each object in each alternative, (b, objects, a): a product of triangular shares."""
    xp, values = matrices.xp, matrices.values
    first, last = (
        xp.asarray([float(level[end]) for level in levels], dtype=values.dtype, **matrices.on_device) for end in (0, -1)
    )
    inside = (values >= first) & (values <= last)
    matrices.require(inside, "must lie within the characteristic values of its criterion; declare wider ones")
    shares = xp.ones_like(values[:, None, :, 0])
    for criterion, level in enumerate(levels):
        own = xp.stack([_triangle(xp, values[:, :, criterion], level, i) for i in range(len(level))], axis=1)
        product = shares[:, :, None, :] * own[:, None, :, :]
        shares = xp.reshape(product, (product.shape[0], -1, product.shape[-1]))
    return shares


def _triangle(xp: Any, values: Array, level: np.ndarray, peak: int) -> Array:
    top = float(level[peak])
    share = xp.where(values == top, xp.ones_like(values), xp.zeros_like(values))
    if peak > 0:
        foot = float(level[peak - 1])
        share = xp.where((values > foot) & (values < top), (values - foot) / (top - foot), share)
    if peak < len(level) - 1:
        foot = float(level[peak + 1])
        share = xp.where((values > top) & (values < foot), (foot - values) / (foot - top), share)
    return share


def _checked(given: list[Any]) -> list[np.ndarray]:
    levels = [np.asarray(level, dtype=float) for level in given]
    for position, level in enumerate(levels):
        if level.ndim != 1 or len(level) < 2 or not np.isfinite(level).all() or not (np.diff(level) > 0).all():
            raise InputError(
                f"characteristic_values[{position}] must be two or more rising finite levels. Got {given[position]!r}."
            )
    return levels
