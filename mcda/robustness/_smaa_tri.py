"""SMAA-TRI: how likely each alternative is to belong to each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from mcda.arrays import read_rng
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.robustness._reading import blocks, read_performance, read_weightings
from mcda.scoring._engine import read_problem
from mcda.scoring.methods._electre_tri import read_profiles
from mcda.scoring.outranking._relations import read_thresholds
from mcda.uncertainty._sampling import read_draws

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from mcda.arrays import Directions, FloatArray, PerCriterion, Table, Weights
    from mcda.robustness._weight_sets import WeightMixes, WeightSet
    from mcda.scoring.outranking._relations import Thresholds, Veto


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SmaaTri(ShownAsTable):
    """Class acceptability by both rules of ELECTRE TRI.

    Attributes
    ----------
    alternatives, classes
        Labels; classes from the worst to the best.
    pessimistic, optimistic
        (a, k + 1) share of the draws in which an alternative belongs to a class.
    draws
        How many draws this rests on.
    """

    shown_digits: ClassVar[int | None] = 3

    alternatives: tuple[Hashable, ...]
    classes: tuple[Hashable, ...]
    pessimistic: FloatArray
    optimistic: FloatArray
    draws: int

    def to_frame(self, rule: str = "pessimistic") -> pd.DataFrame:
        """Alternatives by classes: acceptability by one rule."""
        import pandas as pd

        if rule not in ("pessimistic", "optimistic"):
            raise InputError(f'rule must be "pessimistic" or "optimistic". Got {rule!r}.')
        index = pd.Index(list(self.alternatives), name="alternative")
        return pd.DataFrame(getattr(self, rule), index=index, columns=list(self.classes))

    def __repr__(self) -> str:
        sure = int((self.pessimistic.max(axis=1) >= 0.95).sum())
        return f"<SmaaTri of {len(self.alternatives)} alternatives: {sure} in one class in 95% of draws>"


def smaa_tri(
    performance: Table,
    weights: WeightSet | WeightMixes | Weights | None,
    directions: Directions,
    *,
    profiles: Table,
    q: PerCriterion = 0.0,
    p: PerCriterion = 0.0,
    v: Veto | None = None,
    cut: float | tuple[float, float] = (0.65, 0.85),
    classes: Sequence[Hashable] | None = None,
    draws: int = 10_000,
    rng: np.random.Generator | int = 0,
) -> SmaaTri:
    """Sort into classes by ELECTRE TRI under uncertain weights, cutting level and performance.

    Parameters
    ----------
    performance : array_like or DataFrame, shape (a, c) or (draws, a, c)
        One table, or one per draw.
    weights
        As in `mcda.smaa`; None if nothing is known.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Which way each criterion is better.
    profiles, q, p, v, classes
        As in `mcda.electre_tri`.
    cut : float or (lowest, highest)
        Cutting level, or the range from which it is drawn uniformly; between 0.5 and 1.
    draws, rng
        As in `mcda.smaa`.

    Returns
    -------
    SmaaTri
        Class acceptability indices; each row sums to 1.

    Raises
    ------
    InputError, LabelError
        As in `mcda.electre_tri` and `mcda.smaa`.

    Notes
    -----
    Tervonen, Figueira, Lahdelma, Almeida Dias and Salminen, *European Journal of Operational Research* 192(1), 2009.

    Examples
    --------
    >>> import mcda
    >>> found = mcda.smaa_tri([[75, 8], [40, 9]], None, ["max", "max"], profiles=[[50, 5]], cut=0.6, draws=4000)
    >>> found.pessimistic.round(1)
    array([[0. , 1. ],
           [0.6, 0.4]])
    """
    tables, alternatives, criteria = read_performance(performance)
    lowest, highest = cut if isinstance(cut, tuple | list) else (cut, cut)
    if not 0.5 <= lowest <= highest <= 1.0:
        raise InputError(f"cut must be between 0.5 and 1, the lowest first. Got {cut!r}.")
    generator = read_rng(rng)
    weightings = read_weightings(weights, criteria, tables, draws, generator)
    count = max(len(tables), len(weightings), 1 if lowest == highest else read_draws(draws))
    for name, given in (("performance", tables), ("weights", weightings)):
        if len(given) not in (1, count):
            raise InputError(f"There are {count} draws, so {name} needs 1 or {count}. Got {len(given)}; set draws.")
    first = performance if len(tables) == 1 else tables[0]
    problem, _ = read_problem(first, np.full(len(criteria), 1.0 / len(criteria)), directions, False)
    limits = read_profiles(problem, profiles)
    thresholds = read_thresholds(problem, q=q, p=p, v=v)
    names = tuple(range(1, len(limits) + 2)) if classes is None else tuple(classes)
    if len(names) != len(limits) + 1:
        raise InputError(f"classes must have one more entry than profiles ({len(limits) + 1}). Got {len(names)}.")
    levels = tables * problem.signs
    cuts = lowest + (highest - lowest) * generator.random(count)
    tallies = np.zeros((2, len(alternatives), len(names)))
    for block in blocks(count, len(alternatives) * max(1, len(limits)) * len(criteria)):
        some = levels[block] if len(levels) > 1 else levels
        by = weightings[block] if len(weightings) > 1 else weightings
        for which, placed in enumerate(_sorted(some, limits, by, thresholds, cuts[block])):
            for place in range(len(names)):
                tallies[which, :, place] += (placed == place).sum(axis=0)
    return SmaaTri(alternatives, names, tallies[0] / count, tallies[1] / count, count)


def _sorted(
    levels: np.ndarray, limits: np.ndarray, weights: np.ndarray, thresholds: Thresholds, cuts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pessimistic and the optimistic class, from 0, of each draw and alternative: (n, a) each."""
    ahead = levels[:, :, None, :] - limits  # (n or 1, a, k, c)
    outranks = _credible(-ahead, weights, thresholds) >= cuts[:, None, None] - 1e-12
    outranked = _credible(ahead, weights, thresholds) >= cuts[:, None, None] - 1e-12
    count = len(limits)
    low = np.where(outranks.any(axis=2), count - outranks[:, :, ::-1].argmax(axis=2), 0)
    beaten = outranked & ~outranks
    high = np.where(beaten.any(axis=2), beaten.argmax(axis=2), count)
    return low, high


def _credible(behind: np.ndarray, weights: np.ndarray, thresholds: Thresholds) -> np.ndarray:
    """Return the credibility (n, a, k) of outranking, given how far behind each alternative is on each criterion."""
    q, p, v = thresholds.q, thresholds.p, thresholds.v
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(p == q, np.where(behind > q, 0.0, 1.0), np.clip((p - behind) / (p - q), 0.0, 1.0))
        against = np.where(v == p, np.where(behind > v, 1.0, 0.0), np.clip((behind - p) / (v - p), 0.0, 1.0))
    against = np.where(np.isinf(v), 0.0, against)
    # The share of one table serves all weightings, the weights of one serve all tables.
    agreed = np.matmul(share, weights[:, None, :, None])[..., 0]
    agreed = agreed / weights.sum(axis=1)[:, None, None]
    credible = agreed.copy()
    for j in np.flatnonzero(np.isfinite(v)):
        speaks = against[..., j] > agreed
        credible *= np.where(speaks, (1.0 - against[..., j]) / np.where(speaks, 1.0 - agreed, 1.0), 1.0)
    return np.asarray(credible)
