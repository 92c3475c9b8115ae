"""Two sets of runs side by side: is a variant slower, beyond what noise explains?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.benchmarking._statistics import bootstrap_interval, final_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.benchmarking._records import Run

TOLERANCE = 0.10
"""A ratio is only called a regression if even its lower end is more than this above 1."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One variant in two sets of runs.

    Attributes
    ----------
    variant
        Its name.
    instances
        Solved in both, and so compared.
    ratio, low, high
        Geometric mean of new time / old time, and its 95 % interval over the instances.
    lost, gained
        Instances solved in the old runs only, and in the new runs only.
    """

    variant: str
    instances: int
    ratio: float
    low: float
    high: float
    lost: tuple[str, ...]
    gained: tuple[str, ...]

    @property
    def slower(self) -> bool:
        """Whether it is slower beyond noise, or solves fewer beyond chance (one-sided sign test at 5 %)."""
        return self.low > 1 + TOLERANCE or _sign_test(len(self.lost), len(self.gained)) < 0.05

    @property
    def faster(self) -> bool:
        """Whether it is faster beyond noise, or solves more beyond chance."""
        return self.high < 1 / (1 + TOLERANCE) or _sign_test(len(self.gained), len(self.lost)) < 0.05

    @property
    def verdict(self) -> str:
        """In a word."""
        return "SLOWER" if self.slower else "faster" if self.faster else "no difference beyond noise"


def compare(old: Sequence[Run], new: Sequence[Run]) -> list[Comparison]:
    """Compare the variants that two sets of runs share, on the instances that both solved.

    Each instance counts by its fastest repeat, in seconds of processor time if that is known: other work on the
    machine makes a run slower, not faster.

    Parameters
    ----------
    old, new
        Runs, preferably of the same plan.

    Returns
    -------
    list of Comparison
        One per variant that both have.
    """
    before, after = _fastest(old), _fastest(new)
    found = []
    for variant in [name for name in before if name in after]:
        one, two = before[variant], after[variant]
        shared = [key for key in one if key in two and math.isfinite(one[key]) and math.isfinite(two[key])]
        logs = np.log([two[key] / one[key] for key in shared]) if shared else np.empty(0)
        low, high = bootstrap_interval(logs, lambda samples: samples.mean(axis=-1))
        both = [key for key in one if key in two]
        found.append(
            Comparison(
                variant,
                len(shared),
                float(np.exp(logs.mean())) if shared else math.nan,
                math.exp(low) if shared else math.nan,
                math.exp(high) if shared else math.nan,
                tuple("/".join(key) for key in both if math.isfinite(one[key]) and not math.isfinite(two[key])),
                tuple("/".join(key) for key in both if math.isfinite(two[key]) and not math.isfinite(one[key])),
            )
        )
    return found


def _fastest(runs: Sequence[Run]) -> dict[str, dict[tuple[str, str], float]]:
    found: dict[str, dict[tuple[str, str], float]] = {}
    for run in final_runs(runs):
        seconds = run.cpu_seconds if run.cpu_seconds is not None else run.search_seconds
        time = max(seconds, 1e-3) if run.proven and seconds is not None else math.inf
        row = found.setdefault(run.variant, {})
        key = (run.family, run.instance)
        row[key] = min(row.get(key, math.inf), time)
    return found


def _sign_test(worse: int, better: int) -> float:
    """Chance of at least this many worse among all that changed, if either way were equally likely."""
    total = worse + better
    return sum(math.comb(total, k) for k in range(worse, total + 1)) / 2**total if worse else 1.0
