"""Figures of merit: performance profiles, shifted geometric means with intervals, primal integrals, pairwise ratios."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from solvers.benchmarking._judge import Judgement, close

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from solvers.benchmarking._records import Run

SHIFT = 0.1
"""Seconds added before the geometric mean and subtracted after it, so that no instant run dominates."""
DRAWS = 2000
FAILURES = ("crashed", "killed", "failed", "refused")


def shifted_geometric_mean(seconds: ArrayLike, shift: float = SHIFT) -> float:
    """Geometric mean of ``seconds + shift``, less `shift` (Achterberg, *Constraint Integer Programming*, 2007).

    Examples
    --------
    >>> round(shifted_geometric_mean([1.0, 4.0], shift=0.0), 12)
    2.0
    """
    times = np.asarray(seconds, dtype=float)
    return float(_shifted(times, shift)) if times.size else math.nan


def _shifted(times: NDArray[np.float64], shift: float = SHIFT) -> NDArray[np.float64]:
    """Shifted geometric means along the last axis."""
    means: NDArray[np.float64] = np.exp(np.log(times + shift).mean(axis=-1)) - shift
    return means


def bootstrap_interval(
    figures: ArrayLike, statistic: Callable[..., Any], *, level: float = 0.95, rng: int = 0
) -> tuple[float, float]:
    """Percentile bootstrap interval of a statistic of independent figures (Efron & Tibshirani 1993).

    Parameters
    ----------
    figures
        One per instance.
    statistic
        Works along the last axis of an array, as `numpy.mean` does with ``axis=-1``.
    level
        Share of the draws inside the interval.
    rng
        Seed.
    """
    data = np.asarray(figures, dtype=float)
    if data.size == 0:
        return math.nan, math.nan
    draw = np.random.default_rng(rng)
    found = statistic(data[draw.integers(0, data.size, (DRAWS, data.size))])
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def times_table(runs: Sequence[Run], judgement: Judgement) -> pd.DataFrame:
    """Search seconds by instance (rows) and variant (columns), the median of the repeats; infinite if not solved.

    If other work disturbed a run, its processor time counts instead of the clock. An instance is solved by a
    variant if every repeat claims a proven answer and nothing refutes it.
    """
    false = judgement.refuted_keys
    cells: dict[tuple[str, str], dict[str, list[float]]] = {}
    for run in final_runs(runs):
        row = cells.setdefault((run.family, run.instance), {})
        solved = run.proven and run.key not in false and run.seconds is not None
        row.setdefault(run.variant, []).append(max(run.seconds or 0.0, 1e-4) if solved else math.inf)
    frame = pd.DataFrame.from_dict(
        {key: {variant: float(np.median(times)) for variant, times in row.items()} for key, row in cells.items()},
        orient="index",
    )
    order = list(dict.fromkeys(run.variant for run in runs))
    return frame.reindex(columns=sorted(order)).sort_index()


def final_runs(runs: Sequence[Run]) -> list[Run]:
    """Return the last of the runs of one variant on one instance under growing limits."""
    last: dict[tuple[str, str, str, int], Run] = {}
    for run in runs:
        key = run.key[:4]
        if key not in last or run.limit > last[key].limit:
            last[key] = run
    return list(last.values())


def performance_profile(times: pd.DataFrame) -> pd.DataFrame:
    """Share of instances that each variant solves within a factor of the fastest (Dolan & Moré 2002).

    Parameters
    ----------
    times
        Instances by variants, infinite if not solved.

    Returns
    -------
    DataFrame
        Factors (index, from 1) by variants; each a step function that holds from its factor on.

    Examples
    --------
    >>> performance_profile(pd.DataFrame({"a": [1.0, 4.0], "b": [2.0, math.inf]})).to_dict("index")
    {1.0: {'a': 1.0, 'b': 0.0}, 2.0: {'a': 1.0, 'b': 0.5}}
    """
    fastest = times.min(axis=1)
    ratios = times.div(fastest, axis=0).where(np.isfinite(times), math.inf)
    steps = np.unique(ratios.to_numpy()[np.isfinite(ratios.to_numpy())])
    steps = np.union1d(steps, [1.0])
    shares = {name: [(ratios[name] <= step + 1e-12).mean() for step in steps] for name in times.columns}
    return pd.DataFrame(shares, index=pd.Index(steps, name="factor"))


def virtual_best(times: pd.DataFrame) -> pd.Series:
    """The fastest variant on each instance, as if one knew beforehand which to take."""
    return times.min(axis=1)


def summary(runs: Sequence[Run], judgement: Judgement, time_limit: float, family: str | None = None) -> pd.DataFrame:
    """One row per variant: proven, wins, failures, refuted claims, and the shifted geometric mean with its interval.

    What was not solved counts as taking the time limit. A win is a time within 5 % of the fastest.
    """
    chosen = [run for run in final_runs(runs) if family is None or run.family == family]
    times = times_table(chosen, judgement)
    counted = times.fillna(math.inf).clip(upper=time_limit)
    wins = times.le(times.min(axis=1) * 1.05, axis=0) & np.isfinite(times)
    false = judgement.refuted_keys
    best = {(each.family, each.instance): each.best for each in judgement.standings}
    rows = []
    for name in times.columns:
        own = [run for run in chosen if run.variant == name]
        low, high = bootstrap_interval(counted[name], _shifted)
        gaps = [_primal_gap(run, best[run.family, run.instance]) for run in own if not run.proven]
        rows.append(
            {
                "variant": name,
                "instances": len(times),
                "proven": int(np.isfinite(times[name]).sum()),
                "wins": int(wins[name].sum()),
                "seconds": shifted_geometric_mean(counted[name]),
                "low": low,
                "high": high,
                "gap_unproven": float(np.mean(gaps)) if gaps else math.nan,
                "failures": sum(run.termination in FAILURES for run in own),
                "refuted": sum(run.key in false for run in own),
                "disturbed": sum(run.disturbed for run in own),
            }
        )
    return pd.DataFrame(rows).set_index("variant").sort_values(["proven", "seconds"], ascending=[False, True])


def pairwise_ratios(times: pd.DataFrame) -> pd.DataFrame:
    """Geometric mean of (row's time / column's time) on the instances that both solve; NaN if there are none."""
    logs = np.log(times.where(np.isfinite(times)))
    table = {
        column: {row: float(np.exp((logs[row] - logs[column]).mean())) for row in times.columns}
        for column in times.columns
    }
    return pd.DataFrame(table)


def gap_over_time(runs: Sequence[Run], judgement: Judgement, moments: NDArray[np.float64]) -> pd.DataFrame:
    """Mean primal gap of each variant at each moment, over all instances with a known best (moments by variants)."""
    best = {(each.family, each.instance): each.best for each in judgement.standings}
    curves: dict[str, list[NDArray[np.float64]]] = {}
    groups: dict[tuple[str, str, str, int], list[Run]] = {}
    for run in runs:
        groups.setdefault(run.key[:4], []).append(run)
    for (family, instance, variant, _), group in groups.items():
        value = best[family, instance]
        if value is not None:
            curves.setdefault(variant, []).append(_gap_curve(group, value, moments))
    return pd.DataFrame({name: np.mean(rows, axis=0) for name, rows in sorted(curves.items())}, index=moments)


def primal_integral(runs: Sequence[Run], best: float, time_limit: float) -> float:
    """Mean primal gap of one variant on one instance from 0 to the time limit (Berthold 2013), from 0 to 1.

    Parameters
    ----------
    runs
        Of one variant on one instance, under one or several limits; the gap is 1 until the first portfolio.
    best
        Value of the best portfolio known.
    time_limit
        Seconds.
    """
    points = sorted((min(run.search_seconds or run.limit, time_limit), _primal_gap(run, best)) for run in runs)
    area, since, gap = 0.0, 0.0, 1.0
    for moment, found in points:
        area += gap * (moment - since)
        since, gap = moment, min(gap, found)
    return (area + gap * max(time_limit - since, 0.0)) / time_limit


def _gap_curve(runs: Sequence[Run], best: float, moments: NDArray[np.float64]) -> NDArray[np.float64]:
    curve = np.ones(moments.size)
    for run in sorted(runs, key=lambda each: each.limit):
        since = run.search_seconds or run.limit
        curve[moments >= since] = np.minimum(curve[moments >= since], _primal_gap(run, best))
    return curve


def _primal_gap(run: Run, best: float | None) -> float:
    """Distance of a run's value from the best, as a share of the larger; 1 without a portfolio or if signs differ."""
    if best is None or run.value is None or not run.certified or run.value * best < 0:
        return 1.0
    if close(run.value, best):
        return 0.0
    return abs(best - run.value) / max(abs(best), abs(run.value))
