"""COMET: characteristic objects, ranked by an expert, and interpolation between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Unpack, overload

import numpy as np

from mcda.arrays import as_floats
from mcda.errors import InputError
from mcda.scoring._engine import scores
from mcda.scoring._objects import characteristic_objects, memberships, read_values
from mcda.scoring._ranks import dense_shares
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    import pandas as pd

    from mcda.arrays import Array, Directions, FloatArray, Matrix, Numbers, Table, Weights
    from mcda.scoring._objects import CharacteristicValues
    from mcda.scoring._signatures import Scores


@scoring_function
def comet(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    characteristic_values: CharacteristicValues,
    expert: str = "topsis",
    expert_parameters: Mapping[str, object] | None = None,
    **options: Unpack[Options],
) -> Scores:
    """Score by the characteristic objects method (COMET), with a scoring method as the expert.

    All combinations of the characteristic values are objects; the expert method scores them under each weighting,
    their dense ranks are spread from 0 to 1, and an alternative is interpolated linearly between the objects around
    it. Higher is better, between 0 and 1. Not additive. `mcda.comet_from_judgements` takes a person's pairwise
    judgements.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria, within the characteristic values.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    characteristic_values : sequence or mapping of sequences, length c
        Two or more rising levels of each criterion.
    expert : str, default "topsis"
        A name of `mcda.methods()` that scores the characteristic objects.
    expert_parameters : dict, optional
        Parameters of the expert method, for example ``{"normalisation": "minmax"}``.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Preferences.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. Sałabun, *Journal of Multi-Criteria Decision Analysis* 22(1-2), 2015, section 4. The objects do not
    depend on the alternatives, so adding an alternative never reverses a ranking. Objects whose scores are equal to
    1e-10 of their largest share a rank; if all are equal, every preference is 1. The number of objects is the
    product of the numbers of characteristic values.

    Examples
    --------
    >>> import mcda
    >>> values = [[0, 5, 10], [0, 50, 100]]
    >>> mcda.comet([[2, 30], [7, 60]], [0.6, 0.4], ["max", "min"], characteristic_values=values).round(3)
    array([0.375, 0.6  ])
    """
    from mcda.scoring._registry import methods

    method = methods()[expert]
    if method.higher_is_better is None or method.name == "comet":
        raise InputError(f"expert must be a method that scores alternatives. Got {expert!r}.")
    objects = len(characteristic_objects(characteristic_values))
    recipe = Recipe(
        _prepare,
        partial(_combine, expert=method, parameters=expert_parameters or {}),
        width=lambda a, c: max(a, c, objects),
        numpy_only="COMET",
    )
    return scores(recipe, matrix, weights, directions, options, characteristic_values=characteristic_values)


@overload
def comet_from_judgements(
    matrix: pd.DataFrame, *, characteristic_values: CharacteristicValues, judgements: Table
) -> pd.Series[float]: ...
@overload
def comet_from_judgements(
    matrix: Numbers, *, characteristic_values: CharacteristicValues, judgements: Table
) -> FloatArray: ...
def comet_from_judgements(matrix: Matrix, *, characteristic_values: CharacteristicValues, judgements: Table) -> Scores:
    """Score by COMET from a person's pairwise judgements of the characteristic objects.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria, within the characteristic values.
    characteristic_values : sequence or mapping of sequences, length c
        Two or more rising levels of each criterion.
    judgements : array_like, shape (t, t)
        The matrix of expert judgement over the t objects of `mcda.characteristic_objects`: 1 where the row's object
        is preferred to the column's, 0 where it is the other way round, 0.5 where they are equal and on the diagonal.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Preferences: higher is better, between 0 and 1.

    Raises
    ------
    InputError
        The judgements do not fit the objects or contradict each other; a level lies outside the characteristic
        values.

    Notes
    -----
    Source: W. Sałabun, *Journal of Multi-Criteria Decision Analysis* 22(1-2), 2015, section 4.

    Examples
    --------
    Safety counts more than cost: the objects in rising order of preference are (0, 9), (0, 1), (5, 9), (5, 1).

    >>> import numpy as np, mcda
    >>> values = [[0, 5], [1, 9]]
    >>> order = np.array([1, 0, 3, 2])  # the place of (0, 1), (0, 9), (5, 1), (5, 9)
    >>> judgements = (np.sign(order[:, None] - order) + 1) / 2
    >>> mcda.comet_from_judgements([[5, 1], [2.5, 5]], characteristic_values=values, judgements=judgements)
    array([1. , 0.5])
    """
    count = len(characteristic_objects(characteristic_values))
    judged = as_floats(judgements, "judgements")
    if judged.shape != (count, count):
        raise InputError(f"judgements must have shape ({count}, {count}), one row per object. Got {judged.shape}.")
    if not np.isin(judged, (0.0, 0.5, 1.0)).all():
        raise InputError("judgements must be 0, 0.5 or 1. " + _first_fault(~np.isin(judged, (0.0, 0.5, 1.0)), judged))
    if (judged + judged.T != 1).any():
        raise InputError(
            "judgements[i, j] + judgements[j, i] must be 1. " + _first_fault(judged + judged.T != 1, judged)
        )
    preference = dense_shares(judged.sum(axis=1))
    plain: Any = matrix
    criteria = np.shape(plain)[-1]
    return scores(
        Recipe(_interpolate, _as_prepared, numpy_only="COMET"),
        matrix,
        np.full(criteria, 1.0 / criteria),
        ["max"] * criteria,
        {},
        characteristic_values=characteristic_values,
        preference=preference,
    )


def _first_fault(wrong: Array, judged: Array) -> str:
    row, column = (int(i) for i in np.argwhere(wrong)[0])
    return f"Got judgements[{row}, {column}] = {judged[row, column]:g}."


def _prepare(matrices: Matrices, characteristic_values: CharacteristicValues) -> Prepared:
    levels = read_values(matrices, characteristic_values)
    return memberships(matrices, levels), characteristic_objects(levels)[None], matrices.signs[None]


def _combine(
    xp: ModuleType, prepared: Prepared, weights: Array, *, expert: Method, parameters: Mapping[str, object]
) -> Array:
    del xp
    shares, objects, signs = prepared
    judged = expert.function(objects[0], weights, signs[0], normalise_weights="keep", threads=1, **parameters)
    return dense_shares(judged if expert.higher_is_better else -judged) @ shares


def _interpolate(matrices: Matrices, characteristic_values: CharacteristicValues, preference: Array) -> Prepared:
    return (preference[None, None, :] @ memberships(matrices, read_values(matrices, characteristic_values)),)


def _as_prepared(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    del xp, weights
    return prepared[0]


METHOD = Method("comet", "COMET", True, False, "Sałabun 2015", comet)
