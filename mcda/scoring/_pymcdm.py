"""Methods of pymcdm, behind our checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.arrays import NormaliseWeights, divided_by_sum
from mcda.errors import InputError, LabelError, NoAnswerError
from mcda.scoring._engine import broadcast_lead, labelled_like, read_problem
from mcda.scoring.methods._copras import copras

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


def score_with_pymcdm(
    name: str,
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    normalise_weights: NormaliseWeights = False,
    **parameters: Any,
) -> Scores:
    """Score by a method of pymcdm, one scenario after the other.

    Parameters
    ----------
    name : str
        The name of a class in `pymcdm.methods`, in upper or lower case. COPRAS of pymcdm 1.4.0 treats costs as
        benefits, so that name calls `mcda.copras`.
    matrix, weights, directions, normalise_weights
        As in `mcda.score`.
    **parameters
        Passed to the constructor of the class.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)

    Raises
    ------
    LabelError
        pymcdm has no such method.
    InputError
        The input breaks one of our rules or one of the method's.
    NoAnswerError
        pymcdm returned something that is not a finite number.
    """
    if name.upper() == "COPRAS":
        table: Any = matrix
        found: Scores = copras(table, weights, directions, normalise_weights=normalise_weights, **parameters)
        return found
    method = _method(name)
    problem, weighting = read_problem(matrix, weights, directions, normalise_weights)
    if problem.xp is not np:
        raise InputError(f"pymcdm computes with NumPy. Got an array of {problem.xp.__name__}; convert it first.")
    values = divided_by_sum(np, weighting.values) if normalise_weights is True else weighting.values
    lead = broadcast_lead(problem.values.shape[:-2], values.shape[:-1])
    matrices = np.broadcast_to(problem.values, (*lead, *problem.values.shape[-2:]))
    weightings = np.broadcast_to(values, (*lead, values.shape[-1]))
    try:
        method(**parameters)
    except TypeError as fault:
        raise InputError(f"pymcdm's {name} needs other parameters: {fault}") from fault
    scores = np.empty(matrices.shape[:-1])
    for cell in np.ndindex(lead):
        scores[cell] = _scored(name, method, parameters, (matrices[cell], weightings[cell], problem.signs))
    return labelled_like(scores, problem, weighting, matrix, weights)


def higher_is_better(name: str) -> bool:
    """Whether the better alternatives get the higher scores of this method of pymcdm."""
    return bool(_method(name)._reverse_ranking)


def _method(name: str) -> Any:
    from pymcdm import methods
    from pymcdm.methods.mcda_method import MCDA_method

    known = {
        key.upper(): value
        for key, value in vars(methods).items()
        if isinstance(value, type) and issubclass(value, MCDA_method)
    }
    if name.upper() not in known:
        raise LabelError(f"pymcdm has no method {name!r}. Methods: {', '.join(sorted(known))}.")
    return known[name.upper()]


def _scored(name: str, method: Any, parameters: dict[str, Any], problem: tuple[Any, Any, Any]) -> np.ndarray:
    try:
        with np.errstate(all="ignore"):
            # A new object for each scenario: PROMETHEE of pymcdm 1.4.0 fails on the second call of one object.
            scores = np.asarray(method(**parameters)(*problem), dtype=float)
    except ValueError as fault:
        raise InputError(f"pymcdm's {name} refuses the input: {fault}") from fault
    if not np.isfinite(scores).all():
        raise NoAnswerError(
            f"pymcdm's {name} has no finite score for alternative {int(np.argmin(np.isfinite(scores)))}."
        )
    return scores
