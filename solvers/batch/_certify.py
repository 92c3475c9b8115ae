"""Certifying a whole batch: rules in whole numbers, values and use in arrays, exact where it is close."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.backends.exhaustive import _Figures
from solvers.certificate import certify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.batch._scenarios import Scenarios

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
CLOSE = 1e-9  # relative: sums this near to a limit are compared in exact arithmetic


def values_of(scenarios: Scenarios, selected: BoolArray) -> FloatArray:
    """Value of one portfolio in each scenario, synergies included, shape (s,)."""
    problem = scenarios.problem
    chosen = selected.astype(np.float64)
    base = problem.values if scenarios.values is None else scenarios.values
    total: FloatArray = (chosen * base).sum(axis=1)
    if problem.synergies:
        own = np.array([synergy.value for synergy in problem.synergies])
        extra = own if scenarios.synergy_values is None else scenarios.synergy_values
        total = total + (_together(scenarios, selected) * extra).sum(axis=1)
    return total


def usage_of(scenarios: Scenarios, selected: BoolArray) -> FloatArray:
    """Use of each resource in each scenario, synergies included, shape (s, r)."""
    problem = scenarios.problem
    chosen = selected.astype(np.float64)
    if scenarios.usage is None:
        total: FloatArray = chosen @ problem.usage
    else:
        total = np.einsum("sn,snr->sr", chosen, scenarios.usage)
    if problem.synergies:
        both = _together(scenarios, selected).astype(np.float64)
        if scenarios.synergy_usage is None:
            own = [[s.usage.get(name, 0.0) for name in problem.resources] for s in problem.synergies]
            total = total + both @ np.array(own).reshape(len(problem.synergies), len(problem.resources))
        else:
            total = total + np.einsum("sk,skr->sr", both, scenarios.synergy_usage)
    return total


def certified(scenarios: Scenarios, selected: BoolArray) -> BoolArray:
    """Say which portfolios keep every limit and rule of their scenario, exactly, shape (s,).

    Rules are checked once per distinct portfolio, in whole numbers, and read from the problem itself. Use is added up
    in floating point and compared with a margin; a use within the margin of its limit is compared exactly.
    """
    problem = scenarios.problem
    holds = (~scenarios.must() | selected).all(axis=1) & (~scenarios.never() | ~selected).all(axis=1)
    distinct, which = np.unique(selected, axis=0, return_inverse=True)
    changed = scenarios.capacity is not None or scenarios.usage is not None or scenarios.synergy_usage is not None
    base = problem.replace(capacity=np.full(len(problem.resources), np.inf)) if changed else problem
    if changed and (scenarios.usage is not None or scenarios.synergy_usage is not None):
        base = base.replace(minimum_use=None)
    holds &= _Figures(base).keeps(distinct)[which.ravel()]
    return holds & _within_limits(scenarios, selected) if changed else holds


def _within_limits(scenarios: Scenarios, selected: BoolArray) -> BoolArray:
    problem = scenarios.problem
    use = usage_of(scenarios, selected)
    limit = np.broadcast_to(problem.capacity if scenarios.capacity is None else scenarios.capacity, use.shape)
    least = np.broadcast_to(problem.minimum_use, use.shape)
    scale = 1.0 + np.abs(use) + np.abs(np.where(np.isfinite(limit), limit, 0.0)) + _size(scenarios)
    clear = (use < limit - CLOSE * scale) & (use > least + CLOSE * scale)
    broken = (use > limit + CLOSE * scale) | (use < least - CLOSE * scale)
    holds: BoolArray = ~broken.any(axis=1)
    known: dict[tuple[str, ...], Mapping[str, Fraction]] = {}
    for k in np.flatnonzero(holds & ~clear.all(axis=1)).tolist():
        names = tuple(problem.names[i] for i in np.flatnonzero(selected[k]))
        if scenarios.usage is not None or scenarios.synergy_usage is not None:
            holds[k] = certify(scenarios.problem_of(k), names).holds
            continue
        if names not in known:
            known[names] = certify(problem, names).usage
        holds[k] = all(
            _between(known[names][problem.resources[j]], least[k, j], limit[k, j]) for j in np.flatnonzero(~clear[k])
        )
    return holds


def _between(use: Fraction, least: float, limit: float) -> bool:
    high = not np.isfinite(limit) or use <= Fraction(repr(float(limit)))
    return bool(high and (not np.isfinite(least) or use >= Fraction(repr(float(least)))))


def _size(scenarios: Scenarios) -> Any:
    use = scenarios.problem.usage if scenarios.usage is None else scenarios.usage
    return np.abs(use).sum(axis=-2)


def _together(scenarios: Scenarios, selected: BoolArray) -> BoolArray:
    problem = scenarios.problem
    return np.column_stack([selected[:, problem.positions(s.members)].all(axis=1) for s in problem.synergies])
