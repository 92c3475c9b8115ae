"""The analytic hierarchy process: judgements to weights, one matrix or a whole stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from mcda.arrays import FloatArray, is_frame
from mcda.errors import InputError
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons
from mcda.weights.pairwise._completion import eigenvector_completion, harker
from mcda.weights.pairwise._eigen import compiled_kernels, principal_eigenpair
from mcda.weights.pairwise._graph import log_judgements, logarithmic_least_squares, normalised, require_connected
from mcda.weights.pairwise._priorities import Priorities
from mcda.weights.pairwise._random_index import index_name
from mcda.weights.pairwise._random_index import random_index as random_index_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from mcda.weights.pairwise._comparisons import Judgements

Method: TypeAlias = Literal[
    "eigenvector", "geometric_mean", "logarithmic_least_squares", "normalised_columns", "harker"
]
METHODS: tuple[Method, ...] = (
    "eigenvector", "geometric_mean", "logarithmic_least_squares", "normalised_columns", "harker",
)  # fmt: skip
_NEED_ALL = ("geometric_mean", "normalised_columns")


def ahp(
    pairwise: Judgements,
    method: Method = "eigenvector",
    *,
    random_index: str | Mapping[int, float] = "saaty",
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> Priorities:
    """Derive weights from pairwise judgements, and say how consistent they are.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (..., n, n)
        Positive and reciprocal: how many times more the row is worth than the column. Any positive numbers, not only
        1 to 9. NaN or None where a question was not asked or not answered.
    method : str
        ``"eigenvector"`` (Saaty, 1977; with gaps, of the completion with the smallest eigenvalue: Bozóki, Fülöp and
        Rónyai, 2010); ``"geometric_mean"`` of rows (Crawford and Williams, 1985); ``"logarithmic_least_squares"``
        (the same if nothing is missing; with gaps on the comparison graph, Bozóki et al., 2010, section 5);
        ``"normalised_columns"``, their mean (Saaty, 1980, an approximation); ``"harker"`` (Harker, 1987; the
        eigenvector if nothing is missing).
    random_index : str or mapping
        Source of the random index of the consistency ratio: see `mcda.weights.random_index`. ``"saaty"`` is the table
        of Saaty (2005).
    labels : sequence, optional
        Names of what is compared, if `pairwise` is not a DataFrame.
    reciprocity_tolerance : float
        How far a_ij * a_ji may be from 1.

    Returns
    -------
    Priorities
        Weights, largest eigenvalue, consistency ratio, geometric consistency index, worst judgements.

    Raises
    ------
    InputError
        The judgements break a rule (the message names the cell), or fall into parts that no judgement connects.
    LabelError
        Labels are repeated or do not match.

    Notes
    -----
    The consistency ratio rests on the eigenvalue and the geometric index on the geometric mean, whatever `method`
    derives the weights. With m of the n (n - 1) / 2 judgements missing, the random index is multiplied by
    1 - 2m / ((n - 1)(n - 2)) (Ágoston and Csató, 2022), and the geometric index divides the residuals by the number of
    answers less n - 1. A tree of answers contradicts nothing: both are 0.

    Examples
    --------
    >>> import mcda
    >>> priorities = mcda.ahp([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    >>> priorities.weights.round(3)
    array([0.637, 0.258, 0.105])
    >>> round(priorities.consistency_ratio, 3)
    0.037
    """
    if method not in METHODS:
        raise InputError(f"method must be one of {', '.join(METHODS)}. Got {method!r}.")
    comparisons = read_comparisons(pairwise, labels, tolerance=reciprocity_tolerance)
    source = index_name(random_index)
    shape, size = comparisons.values.shape[:-2], comparisons.size
    flat = comparisons.values.reshape(-1, size, size)
    index = random_index_of(size, random_index)
    completed: FloatArray | None = None
    if comparisons.has_gaps:
        if method in _NEED_ALL:
            raise InputError(
                f"method={method!r} needs every judgement, and some are missing. Use 'logarithmic_least_squares', "
                "'eigenvector' or 'harker', which are defined for incomplete judgements."
            )
        weights, values, ratio, spread, completed = _with_gaps(flat, method, index, comparisons.labels)
        completed = completed.reshape(*shape, size, size)
    else:
        weights, values, spread = _complete(flat, method)
        ratio = _ratio(values, size, index)
    named: Any = weights.reshape(*shape, size)
    if is_frame(pairwise):
        import pandas as pd

        named = pd.Series(named, index=pairwise.index, name="weight")
    return Priorities(
        weights=named,
        lambda_max=_shaped(values, shape),
        consistency_ratio=_shaped(ratio, shape),
        geometric_consistency_index=_shaped(spread, shape),
        judgements=comparisons.values,
        completed=completed,
        labels=comparisons.labels,
        method=method,
        random_index=source,
    )


def _complete(flat: FloatArray, method: Method) -> tuple[FloatArray, FloatArray, FloatArray]:
    size = flat.shape[-1]
    logs = np.log(flat)
    kernels = compiled_kernels(len(flat))
    if kernels is None:
        means = logs.mean(axis=-1)
        logs -= means[:, :, None]
        logs += means[:, None, :]
        squares = np.einsum("mij,mij->m", logs, logs)
    else:
        means, squares = np.empty(flat.shape[:2]), np.empty(len(flat))
        kernels.means_and_spread(logs, means, squares)
    geometric = normalised(means)
    # Each pair appears twice in the full matrix.
    spread = squares / ((size - 1) * (size - 2)) if size > 2 else np.zeros(len(flat))
    vector, values = principal_eigenpair(flat, geometric)
    if method in ("eigenvector", "harker"):
        return vector, values, spread
    if method == "normalised_columns":
        return (flat / flat.sum(axis=-2, keepdims=True)).mean(axis=-1), values, spread
    return geometric, values, spread


def _ratio(values: FloatArray, size: int, index: float) -> FloatArray:
    if size <= 2:
        return np.zeros(len(values))
    # The largest eigenvalue of a positive reciprocal matrix is at least n; less is rounding.
    ratio: FloatArray = np.maximum(values - size, 0.0) / ((size - 1) * index)
    return ratio


def _with_gaps(
    flat: FloatArray, method: Method, index: float, labels: tuple[Hashable, ...] | None
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    size = flat.shape[-1]
    weights, completed = np.empty(flat.shape[:2]), flat.copy()
    values, ratio, spread = np.empty(len(flat)), np.zeros(len(flat)), np.zeros(len(flat))
    for row, matrix in enumerate(flat):
        answered = ~np.isnan(matrix)
        where = "pairwise" if len(flat) == 1 else f"matrix {row}"
        require_connected(answered, labels, where)
        free = (int(answered.sum()) - size) // 2 - (size - 1)
        logs = log_judgements(matrix)
        fitted = logarithmic_least_squares(logs, answered.astype(np.float64))
        if answered.all():
            weights[row], values[row] = (part[0] for part in _complete(matrix[None], method)[:2])
        elif method == "harker":
            weights[row], values[row] = harker(matrix)
            completed[row] = np.where(answered, matrix, weights[row][:, None] / weights[row])
        else:
            completed[row], weights[row], values[row] = eigenvector_completion(matrix)
            if method == "logarithmic_least_squares":
                weights[row] = normalised(fitted)
                completed[row] = np.where(answered, matrix, weights[row][:, None] / weights[row])
        if free > 0:
            residuals = (logs - fitted[:, None] + fitted)[answered]
            spread[row] = float(residuals @ residuals) / (2 * free)
            all_free = (size - 1) * (size - 2) // 2
            ratio[row] = max(values[row] - size, 0.0) / ((size - 1) * index * free / all_free)
    return weights, values, ratio, spread, completed


def _shaped(values: FloatArray, shape: tuple[int, ...]) -> float | FloatArray:
    return values.reshape(shape) if shape else float(values[0])
