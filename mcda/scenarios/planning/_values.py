"""Values of projects and synergies for a block of scenarios at once, by any scoring method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.errors import InputError, McdaError
from mcda.scoring._dispatch import score
from mcda.scoring._registry import methods
from mcda.uncertainty._distributions import weighted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcda.arrays import FloatArray

ADDITIVE = "additive"


def method_note(method: str) -> str:
    """Say in plain words what adding up a method's figures means; empty for the additive method."""
    if method == ADDITIVE:
        return ""
    return (
        f"Projects are valued by {methods()[method].title}: each score less that of doing nothing. These scores do not "
        "measure value that adds up, and synergies of performance have no score. Use this run to see whether the "
        "choice survives another method, not as the value of a portfolio."
    )


class Valuation:
    """A method and its parameters.

    Raises
    ------
    LabelError
        If the method is unknown.
    InputError
        If the method gives a relation or classes, not scores; or the additive method is given parameters.
    """

    def __init__(self, method: str, parameters: Mapping[str, Any]) -> None:
        known = methods()[method]
        if known.higher_is_better is None:
            raise InputError(
                f"{known.title} gives a relation or classes, not scores that a portfolio can be chosen by."
            )
        if method == ADDITIVE and parameters:
            raise InputError("The additive method of a decision has no parameters; ranges are stated in criteria.csv.")
        self._method = method
        self._parameters = dict(parameters)
        self._sign = 1.0 if known.higher_is_better else -1.0

    def projects(self, leaves: FloatArray, weights: FloatArray) -> tuple[FloatArray, dict[int, str]]:
        """Return (s, projects) values, and why a row has none.

        Parameters
        ----------
        leaves : numpy.ndarray, shape (projects, leaves) or (s, projects, leaves)
            Points from doing nothing.
        weights : numpy.ndarray, shape (s, leaves)
            Leaf weights.
        """
        if self._method == ADDITIVE:
            return weighted(leaves, weights), {}
        zero = np.zeros((*leaves.shape[:-2], 1, leaves.shape[-1]))
        matrix = np.concatenate([leaves, zero], axis=-2)
        try:
            return self._scores(matrix, weights), {}
        except McdaError:
            return self._one_by_one(matrix, weights)

    def _scores(self, matrix: FloatArray, weights: FloatArray) -> FloatArray:
        directions = ["max"] * matrix.shape[-1]
        # Weights from sums of products may miss 1 by a rounding error; the matrix is checked as usual.
        found = score(self._method, matrix, weights, directions, normalise_weights=True, threads=1, **self._parameters)
        return np.asarray(self._sign * (found[..., :-1] - found[..., -1:]))

    def _one_by_one(self, matrix: FloatArray, weights: FloatArray) -> tuple[FloatArray, dict[int, str]]:
        values = np.full((len(weights), matrix.shape[-2] - 1), np.nan)
        events: dict[int, str] = {}
        for row, weight in enumerate(weights):
            try:
                values[row] = self._scores(matrix if matrix.ndim == 2 else matrix[row], weight)
            except McdaError as error:
                events[row] = str(error)
        return values, events

    def synergies(self, leaves: FloatArray, weights: FloatArray) -> FloatArray:
        """Return (s, synergies) values; zero under a method whose scores do not add up."""
        if self._method != ADDITIVE:
            return np.zeros((len(weights), leaves.shape[-2]))
        return weighted(leaves, weights)
