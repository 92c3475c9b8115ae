"""Concordance, discordance and credibility: what the ELECTRE methods share. Levels are oriented: more is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mcda.arrays import is_series
from mcda.errors import InputError
from mcda.scoring._normalise import scaled_columns, share_of_norm

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from mcda.arrays import Number, PerCriterion
    from mcda.scoring._recipe import Matrices

Veto: TypeAlias = "Number | Sequence[Number | None] | NDArray[Any] | Mapping[Any, Number | None] | pd.Series[Any]"

SCALES = ("sum", "vector", "minmax", "none")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Indifference, preference and veto thresholds of each criterion, (c,); an infinite veto never applies."""

    q: np.ndarray
    p: np.ndarray
    v: np.ndarray


def read_thresholds(matrices: Matrices, *, q: PerCriterion, p: PerCriterion, v: Veto | None) -> Thresholds:
    """Read thresholds in the units of the criteria: 0 <= q <= p <= v."""
    low, high = matrices.per_criterion(q, "q"), matrices.per_criterion(p, "p")
    veto = _read_veto(matrices, v)
    for position in range(len(low)):
        label = matrices.criterion(position)
        if not 0 <= low[position] <= high[position]:
            raise InputError(
                f"q[{label}] and p[{label}] must satisfy 0 <= q <= p. Got {low[position]:g} and {high[position]:g}."
            )
        if veto[position] < high[position]:
            raise InputError(f"v[{label}] must be at least p[{label}] = {high[position]:g}. Got {veto[position]:g}.")
    return Thresholds(low, high, veto)


def _read_veto(matrices: Matrices, v: Any) -> np.ndarray:
    count = matrices.values.shape[-1]
    if v is None:
        return np.full(count, np.inf)
    if isinstance(v, Mapping) or is_series(v):
        columns = list(range(count)) if matrices.columns is None else list(matrices.columns)
        given = {label: None if v[label] is None else float(v[label]) for label in v.keys()}  # noqa: SIM118 - a Series
        unknown = [label for label in given if label not in columns]
        if unknown:
            raise InputError(f"v names {unknown[0]!r}, which is not a criterion. Criteria: {columns}.")
        v = [given.get(label) for label in columns]
    listed = [v] * count if np.ndim(v) == 0 else list(v)
    spoken = matrices.per_criterion([0.0 if number is None else number for number in listed], "v")
    return np.where([number is None for number in listed], np.inf, spoken)


def scaled(matrices: Matrices, scale: str) -> np.ndarray:
    """Bring the levels of one matrix to one scale without changing directions: (a, c), oriented."""
    if scale not in SCALES:
        raise InputError(f"scale must be one of {', '.join(SCALES)}. Got {scale!r}.")
    values = matrices.values
    if scale == "sum":
        matrices.require(values >= 0, "must not be negative for the scale 'sum'; 'minmax' allows any number")
        share = scaled_columns(matrices)
        total = share.sum(axis=-2, keepdims=True)
        values = share / np.where(total > 0, total, 1.0)
    elif scale == "vector":
        values = share_of_norm(matrices)
    elif scale == "minmax":
        half = 0.5  # halves, so that the width of the widest range does not overflow
        width = np.ptp(values * half, axis=-2, keepdims=True)
        values = values * half / np.where(width > 0, width, 1.0)
    oriented: np.ndarray = values[0] * matrices.signs
    return oriented


def concordance(levels: np.ndarray, others: np.ndarray, weights: np.ndarray, thresholds: Thresholds) -> np.ndarray:
    """Return the weight of the criteria on which each row of `levels` is at least as good as each row of `others`."""
    total = np.zeros((len(levels), len(others)))
    for j, weight in enumerate(weights):
        behind = others[None, :, j] - levels[:, None, j]
        q, p = thresholds.q[j], thresholds.p[j]
        share = np.where(behind > q, 0.0, 1.0) if p == q else np.clip((p - behind) / (p - q), 0.0, 1.0)
        total += weight * share
    summed = weights.sum()
    given: np.ndarray = total / summed
    return given


def credibility(levels: np.ndarray, others: np.ndarray, weights: np.ndarray, thresholds: Thresholds) -> np.ndarray:
    """Return the credibility that each row of `levels` outranks each row of `others`.

    Concordance, times (1 - discordance) / (1 - concordance) for each criterion whose discordance exceeds concordance.
    """
    agreed = concordance(levels, others, weights, thresholds)
    credible = agreed.copy()
    for j in range(levels.shape[1]):
        p, v = thresholds.p[j], thresholds.v[j]
        if np.isinf(v):
            continue
        behind = others[None, :, j] - levels[:, None, j]
        against = np.where(behind > v, 1.0, 0.0) if v == p else np.clip((behind - p) / (v - p), 0.0, 1.0)
        speaks = against > agreed
        credible *= np.where(speaks, (1.0 - against) / np.where(speaks, 1.0 - agreed, 1.0), 1.0)
    return credible
