"""The smallest change of one or two judgements that makes them consistent enough: advice, never applied."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._ahp import ahp
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons
from mcda.weights.pairwise._completion import perron
from mcda.weights.pairwise._eigen import principal_eigenpair
from mcda.weights.pairwise._priorities import CONSISTENCY_LIMIT, Priorities

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from mcda.arrays import FloatArray
    from mcda.weights.pairwise._comparisons import Judgements

SAATY_SCALE: tuple[float, ...] = (*(1.0 / k for k in range(9, 1, -1)), *(float(k) for k in range(1, 10)))
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class JudgementChange:
    """One judgement and what it would become: how many times more `a` is worth than `b`."""

    a: Hashable
    b: Hashable
    value: float
    proposed: float


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """A proposal to ask again.

    Attributes
    ----------
    changes
        The judgements to reconsider.
    consistency_ratio_before, consistency_ratio_after
        As judged, and if the proposal were accepted.
    size
        Sum over the changes of the absolute change of the logarithm: ln 2 for doubling one judgement.
    """

    changes: tuple[JudgementChange, ...]
    consistency_ratio_before: float
    consistency_ratio_after: float
    size: float

    def __str__(self) -> str:
        parts = [
            f"{change.a} against {change.b}: {_in_words(change.value)} -> {_in_words(change.proposed)}"
            for change in self.changes
        ]
        ratios = f"{self.consistency_ratio_before:.2f} -> {self.consistency_ratio_after:.2f}"
        return f"{'; '.join(parts)} (consistency ratio {ratios})"


def suggest_repairs(
    pairwise: Judgements,
    *,
    limit: float = CONSISTENCY_LIMIT,
    scale: Sequence[float] = SAATY_SCALE,
    random_index: str | Mapping[int, float] = "saaty",
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> list[Repair]:
    """Propose the smallest change of one judgement, and of two, that brings the consistency ratio to a limit.

    Nothing is changed: the people who judged decide whether they meant it.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (n, n)
        Positive and reciprocal; NaN or None where not asked (gaps stay gaps).
    limit : float
        The consistency ratio to reach.
    scale : sequence of float
        The answers that may be proposed; default 1/9 to 9.
    random_index, labels, reciprocity_tolerance
        As in `mcda.ahp`.

    Returns
    -------
    list of Repair
        At most two, the best with one change before the best with two; the second only if it is smaller or the first
        does not exist. Empty if the ratio is within the limit already, or if no two changes suffice.

    Raises
    ------
    InputError, LabelError
        As in `mcda.ahp`; a stack; a limit that is not positive; a scale without positive numbers.

    Notes
    -----
    All candidates are looked at in order of size, so the proposal is the smallest there is. The eigenvalue is convex
    in the logarithms of the judgements (Kingman, 1961), so candidates whose tangent bound is above the limit need no
    eigenvalue.

    Examples
    --------
    >>> from mcda.weights import suggest_repairs
    >>> pairwise = [[1, 2, 4, 8], [1 / 2, 1, 2, 4], [1 / 4, 1 / 2, 1, 9], [1 / 8, 1 / 4, 1 / 9, 1]]
    >>> print(suggest_repairs(pairwise, labels=["a", "b", "c", "d"])[0])
    c against d: 9 -> 8 (consistency ratio 0.11 -> 0.09)
    """
    if not (np.isfinite(limit) and limit > 0.0):
        raise InputError(f"limit must be a positive number. Got {limit}.")
    answers = np.asarray(scale, dtype=np.float64)
    if answers.ndim != 1 or len(answers) == 0 or not (np.isfinite(answers).all() and (answers > 0.0).all()):
        raise InputError(f"scale must be positive numbers that may be answered. Got {scale!r}.")
    comparisons = read_comparisons(pairwise, labels, tolerance=reciprocity_tolerance)
    if comparisons.values.ndim != 2:
        raise InputError(f"Repairs are sought for one matrix, shape (n, n). Got shape {comparisons.values.shape}.")
    found = ahp(
        comparisons.values, random_index=random_index, labels=labels, reciprocity_tolerance=reciprocity_tolerance
    )
    if found.consistency_ratio <= limit:
        return []
    names = comparisons.labels if comparisons.labels is not None else tuple(range(comparisons.size))
    # The ratio is proportional to lambda - n, gaps or not.
    size = comparisons.size
    largest, now = float(found.lambda_max), float(found.consistency_ratio)
    reach = size + (largest - size) * limit / now
    repairs: list[Repair] = []
    for count in (1, 2):
        best = _smallest(found, answers, count, reach, repairs[0].size if repairs else np.inf)
        if best is not None:
            places, proposed, value = best
            changes = tuple(
                JudgementChange(names[i], names[j], float(found.judgements[i, j]), float(new))
                for (i, j), new in zip(places, proposed, strict=True)
            )
            ratio = now * max(value - size, 0.0) / (largest - size)
            total = sum(abs(np.log(change.proposed / change.value)) for change in changes)
            repairs.append(Repair(changes, now, float(ratio), float(total)))
    return repairs


def _smallest(
    found: Priorities, answers: FloatArray, count: int, reach: float, below: float
) -> tuple[list[tuple[int, int]], FloatArray, float] | None:
    """Smallest change of `count` answers with an eigenvalue of at most `reach`: places, answers, eigenvalue."""
    matrix = found.judgements
    full = matrix if found.completed is None else found.completed
    rows, columns = np.nonzero(np.triu(~np.isnan(matrix), 1))
    steps = np.log(answers)[None, :] - np.log(matrix[rows, columns])[:, None]
    slopes = _slopes(full, rows, columns)
    pairs = np.array(list(itertools.combinations(range(len(rows)), count)), dtype=np.intp).reshape(-1, count)
    # The most that any answer to each judgement could lower the tangent; too little together means never enough.
    most = (-steps * slopes[:, None]).max(axis=1)
    pairs = pairs[most[pairs].sum(axis=1) >= found.lambda_max - reach - 1e-9]
    grid = np.stack(np.meshgrid(*[np.arange(len(answers))] * count, indexing="ij"), axis=-1).reshape(-1, count)
    chosen_steps = steps[pairs[:, None, :], grid[None, :, :]]
    sizes = np.abs(chosen_steps).sum(axis=-1)
    bounds = found.lambda_max + (chosen_steps * slopes[pairs][:, None, :]).sum(axis=-1)
    moves = (np.abs(chosen_steps) > 1e-12).all(axis=-1)
    which, what = np.nonzero(moves & (sizes < below - 1e-12) & (bounds <= reach + 1e-9))
    order = np.lexsort((what, which, sizes[which, what].round(12)))
    for block in _blocks(order):
        places, proposed = pairs[which[block]], answers[grid[what[block]]]
        values = _eigenvalues(found, full, rows[places], columns[places], proposed)
        good = np.flatnonzero(values <= reach)
        if len(good):
            first = int(good[0])
            at = [(int(rows[k]), int(columns[k])) for k in places[first]]
            return at, proposed[first], float(values[first])
    return None


def _slopes(full: FloatArray, rows: Any, columns: Any) -> FloatArray:
    """Derivative of the eigenvalue by the logarithm of each judgement."""
    right, _ = perron(full)
    left, _ = perron(full.T)
    left = left / (left @ right)
    up = full[rows, columns] * left[rows] * right[columns]
    slopes: FloatArray = up - full[columns, rows] * left[columns] * right[rows]
    return slopes


def _blocks(order: Any) -> Iterator[Any]:
    # Small first: the answer is usually among the first few.
    start, width = 0, 64
    while start < len(order):
        yield order[start : start + width]
        start, width = start + width, min(width * 4, _AT_ONCE)


def _eigenvalues(found: Priorities, full: FloatArray, rows: Any, columns: Any, proposed: FloatArray) -> FloatArray:
    each = np.arange(len(proposed))[:, None]
    matrices = np.repeat((full if found.completed is None else found.judgements)[None], len(proposed), axis=0)
    matrices[each, rows, columns] = proposed
    matrices[each, columns, rows] = 1.0 / proposed
    if found.completed is None:
        return principal_eigenpair(matrices, np.exp(np.log(matrices).mean(axis=-1)))[1]
    # With gaps each candidate has its own completion; the first that reaches the limit ends the search.
    return np.array([ahp(matrix).lambda_max for matrix in matrices])


def _in_words(value: float) -> str:
    return f"{value:.4g}" if value >= 1.0 else f"1/{1.0 / value:.4g}"
