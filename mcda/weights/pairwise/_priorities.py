"""What the analytic hierarchy process returns: weights, and how sound the judgements are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypedDict

import numpy as np

from mcda.errors import InputError
from mcda.notebook import ShownAsTable

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import BoolArray, FloatArray

CONSISTENCY_LIMIT = 0.10
"""Saaty (1980): judgements with a consistency ratio above a tenth deserve a second look."""


class WorstJudgement(TypedDict):
    """One answer against what all answers together imply.

    `value` is the answer, how many times more `a` is worth than `b`; `fitting` is the ratio of their weights;
    `log_error` is ln(value / fitting): far from 0 if the answer disagrees with the others.
    """

    a: Hashable
    b: Hashable
    value: float
    fitting: float
    log_error: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Priorities(ShownAsTable):
    """Weights from pairwise judgements, with their consistency.

    Attributes
    ----------
    weights
        (..., n) positive, summing to 1; a Series if the judgements came as a DataFrame.
    lambda_max
        Largest eigenvalue; if judgements are missing, that of the eigenvector-optimal completion (with ``"harker"``, of
        Harker's matrix); a float, or an array (...) for a stack.
    consistency_ratio
        (lambda_max - n) / (n - 1), divided by the random index; 0 if nothing can be inconsistent.
    geometric_consistency_index
        Variance of the answers' logarithms around the row geometric mean (least squares) weights.
    judgements
        (..., n, n) as given, NaN where not answered.
    completed
        (..., n, n) with the gaps filled by the method; None if nothing was missing.
    labels
        What was compared, or None if it has no names.
    method, random_index
        How weights were derived, and the source of the random index.
    """

    shown_digits: ClassVar[int | None] = 4

    weights: FloatArray | pd.Series
    lambda_max: float | FloatArray
    consistency_ratio: float | FloatArray
    geometric_consistency_index: float | FloatArray
    judgements: FloatArray
    completed: FloatArray | None
    labels: tuple[Hashable, ...] | None
    method: str
    random_index: str

    def __repr__(self) -> str:
        if self._is_stack:
            return f"Priorities({self.method}; {self._values.shape[:-1]} matrices of {self._values.shape[-1]})"
        names = self.labels if self.labels is not None else range(len(self._values))
        top = sorted(zip(self._values, names, strict=True), key=lambda pair: -pair[0])[:4]
        shown = ", ".join(f"{name} {weight:.3f}" for weight, name in top)
        more = ", ..." if len(self._values) > 4 else ""
        return f"Priorities({shown}{more}; consistency ratio {self.consistency_ratio:.3f})"

    def __getitem__(self, place: int | tuple[int, ...]) -> Priorities:
        """Return the priorities of one matrix of a stack."""
        if not self._is_stack:
            raise InputError("These priorities belong to one matrix, not to a stack; use .weights to read a weight.")
        return Priorities(
            weights=self._values[place],
            lambda_max=_of(self.lambda_max, place),
            consistency_ratio=_of(self.consistency_ratio, place),
            geometric_consistency_index=_of(self.geometric_consistency_index, place),
            judgements=self.judgements[place],
            completed=None if self.completed is None else self.completed[place],
            labels=self.labels,
            method=self.method,
            random_index=self.random_index,
        )

    @property
    def _values(self) -> FloatArray:
        return np.asarray(self.weights, dtype=np.float64)

    @property
    def _is_stack(self) -> bool:
        return self.judgements.ndim > 2

    @property
    def is_consistent(self) -> bool | BoolArray:
        """Whether the consistency ratio is at most 0.10 (Saaty, 1980)."""
        return self.consistency_ratio <= CONSISTENCY_LIMIT

    def worst_judgements(self, count: int | None = None) -> list[WorstJudgement]:
        """Return the answers that disagree most with the others, the worst first.

        Parameters
        ----------
        count : int, optional
            How many; default: all answered pairs.

        Returns
        -------
        list of dict
            `a`, `b` (positions if there are no labels), `value`, `fitting` (the ratio of the weights) and
            `log_error` = ln(value / fitting). Each pair appears once, with a before b.

        Raises
        ------
        InputError
            For a stack: take one matrix from it first.

        Notes
        -----
        Ranked by the size of ln e_ij, e_ij = a_ij w_j / w_i, the perturbation of Saaty (2003).

        Examples
        --------
        >>> import mcda
        >>> pairwise = [[1, 2, 4, 8], [1 / 2, 1, 2, 4], [1 / 4, 1 / 2, 1, 9], [1 / 8, 1 / 4, 1 / 9, 1]]
        >>> worst = mcda.ahp(pairwise).worst_judgements(1)[0]
        >>> worst["a"], worst["b"], worst["value"], round(worst["fitting"], 1)
        (2, 3, 9.0, 4.4)
        """
        if self._is_stack:
            raise InputError("Worst judgements belong to one matrix: take one from the stack, as in priorities[0].")
        weights = self._values
        rows, columns = np.triu_indices(len(weights), 1)
        answers = self.judgements[rows, columns]
        fitting = weights[rows] / weights[columns]
        errors = np.log(answers / fitting)
        order = np.argsort(-np.abs(np.nan_to_num(errors)), kind="stable")
        order = order[~np.isnan(errors[order])][:count]
        names = self.labels if self.labels is not None else tuple(range(len(weights)))
        return [
            WorstJudgement(
                a=names[rows[k]],
                b=names[columns[k]],
                value=float(answers[k]),
                fitting=float(fitting[k]),
                log_error=float(errors[k]),
            )
            for k in order
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return the weights as a table: one row per thing compared, or one row per matrix of a stack."""
        import pandas as pd

        names = list(self.labels) if self.labels is not None else list(range(self._values.shape[-1]))
        if not self._is_stack:
            return pd.DataFrame({"weight": self._values}, index=pd.Index(names, name="element"))
        flat = self._values.reshape(-1, len(names))
        frame = pd.DataFrame(flat, columns=pd.Index(names))
        frame["lambda_max"] = np.ravel(self.lambda_max)
        frame["consistency_ratio"] = np.ravel(self.consistency_ratio)
        frame["geometric_consistency_index"] = np.ravel(self.geometric_consistency_index)
        return frame


def _of(stack: float | FloatArray, place: int | tuple[int, ...]) -> float | FloatArray:
    value = np.asarray(stack)[place]
    return float(value) if np.ndim(value) == 0 else value
