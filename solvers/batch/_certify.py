"""Certifying a whole batch: rules in whole numbers, values and use in arrays, exact where it is close."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.branch_and_bound._form import scaled_limits
from solvers.certificate import certify
from solvers.decimals import decimals
from solvers.methods._whole_figures import WholeFigures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.arrays import BoolArray, FloatArray
    from solvers.batch._scenarios import Scenarios

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


def usage_of(scenarios: Scenarios, selected: BoolArray, factor: float = 0.0) -> FloatArray:
    """Use of each resource in each scenario, synergies included, shape (s, r).

    With a `factor` every figure is multiplied by it and rounded first, so that sums of whole numbers are exact.
    """
    problem = scenarios.problem
    chosen = selected.astype(np.float64)
    own, effects = _use_figures(scenarios)
    if factor:
        own, effects = np.rint(own * factor), np.rint(effects * factor)
    total: FloatArray = chosen @ own if own.ndim == 2 else np.einsum("sn,snr->sr", chosen, own)
    if problem.synergies:
        both = _together(scenarios, selected).astype(np.float64)
        total = total + (both @ effects if effects.ndim == 2 else np.einsum("sk,skr->sr", both, effects))
    return total


def _use_figures(scenarios: Scenarios) -> tuple[FloatArray, FloatArray]:
    """Use by options (n, r) or (s, n, r), and by synergies (k, r) or (s, k, r)."""
    problem = scenarios.problem
    effects = scenarios.synergy_usage
    if effects is None:
        figures = [[s.usage.get(name, 0.0) for name in problem.resources] for s in problem.synergies]
        effects = np.array(figures, dtype=float).reshape(len(problem.synergies), len(problem.resources))
    return problem.usage if scenarios.usage is None else scenarios.usage, effects


def _factor(scenarios: Scenarios) -> float:
    """Power of ten that makes every figure of use whole, with sums that stay exact; 0 if there is none."""
    own, effects = _use_figures(scenarios)
    places = decimals(np.concatenate([own.ravel(), effects.ravel()]))
    if places is None:
        return 0.0
    size = float(np.abs(own).sum(axis=-2).max(initial=0.0) + np.abs(effects).sum(axis=-2).max(initial=0.0))
    return 10.0**places if size * 10.0**places < 2.0**50 else 0.0


def shared_figures(scenarios: Scenarios) -> WholeFigures:
    """Return the figures and rules that hold for every scenario, as whole numbers: read once a batch."""
    problem = scenarios.problem
    if not _changed(scenarios):
        return WholeFigures(problem)
    base = problem.replace(capacity=np.full(len(problem.resources), np.inf))
    use_changed = scenarios.usage is not None or scenarios.synergy_usage is not None
    return WholeFigures(base.replace(minimum_use=None) if use_changed else base)


def _changed(scenarios: Scenarios) -> bool:
    return scenarios.capacity is not None or scenarios.usage is not None or scenarios.synergy_usage is not None


def certified(scenarios: Scenarios, selected: BoolArray, figures: WholeFigures | None = None) -> BoolArray:
    """Say which portfolios keep every limit and rule of their scenario, exactly, shape (s,).

    Rules are checked once per distinct portfolio, in whole numbers, and read from the problem itself. Use is added up
    in floating point and compared with a margin; a use within the margin of its limit is compared exactly.
    """
    holds = (~scenarios.must() | selected).all(axis=1) & (~scenarios.never() | ~selected).all(axis=1)
    distinct, which = np.unique(selected, axis=0, return_inverse=True)
    holds &= (figures or shared_figures(scenarios)).keeps(distinct)[which.ravel()]
    return holds & _within_limits(scenarios, selected) if _changed(scenarios) else holds


def _within_limits(scenarios: Scenarios, selected: BoolArray) -> BoolArray:
    problem = scenarios.problem
    if factor := _factor(scenarios):
        whole = usage_of(scenarios, selected, factor)
        most = problem.capacity if scenarios.capacity is None else scenarios.capacity
        least_whole = -scaled_limits(-problem.minimum_use, factor, 1.0)
        kept: Any = (whole <= scaled_limits(most, factor, 1.0)) & (whole >= least_whole)
        exact: BoolArray = kept.all(axis=1)
        return exact
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
