"""How uncertain weights are when judgements are: Monte Carlo draws and interval judgements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from mcda.arrays import FloatArray, read_rng
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.weights.pairwise._ahp import Method, ahp
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, Comparisons, read_comparisons
from mcda.weights.pairwise._graph import require_connected

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from mcda.weights.pairwise._comparisons import Judgements


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WeightUncertainty(ShownAsTable):
    """Weights under uncertain judgements.

    Attributes
    ----------
    draws
        (draws, n) weights, each row summing to 1.
    labels
        What was compared, or None.
    coverage
        What share of the draws the intervals hold, 0.90 for 90 per cent.
    """

    shown_digits: ClassVar[int | None] = 3

    draws: FloatArray
    labels: tuple[Hashable, ...] | None
    coverage: float

    def __repr__(self) -> str:
        return f"WeightUncertainty({len(self.draws)} draws of {self.draws.shape[1]} weights)"

    @property
    def mean(self) -> FloatArray:
        """(n,) mean weights."""
        return np.asarray(self.draws.mean(axis=0))

    @property
    def lower(self) -> FloatArray:
        """(n,) lower ends of the central intervals."""
        return np.asarray(np.quantile(self.draws, (1.0 - self.coverage) / 2.0, axis=0))

    @property
    def upper(self) -> FloatArray:
        """(n,) upper ends of the central intervals."""
        return np.asarray(np.quantile(self.draws, (1.0 + self.coverage) / 2.0, axis=0))

    @property
    def rank_probability(self) -> FloatArray:
        """(n, n) share of draws in which each (row) has each rank (column), the first the highest weight."""
        ranks = np.argsort(np.argsort(-self.draws, axis=1, kind="stable"), axis=1)
        count = self.draws.shape[1]
        return np.array([np.bincount(ranks[:, place], minlength=count) for place in range(count)]) / len(self.draws)

    def to_frame(self) -> pd.DataFrame:
        """One row per thing compared: mean, interval, and how often it has the highest weight."""
        import pandas as pd

        names = list(self.labels) if self.labels is not None else list(range(self.draws.shape[1]))
        columns = {"mean": self.mean, "lower": self.lower, "upper": self.upper, "first": self.rank_probability[:, 0]}
        return pd.DataFrame(columns, index=pd.Index(names, name="element"))


def weight_uncertainty(
    pairwise: Judgements,
    *,
    error: float | None = None,
    draws: int = 1000,
    rng: np.random.Generator | int | None = 0,
    method: Method = "logarithmic_least_squares",
    coverage: float = 0.90,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> WeightUncertainty:
    """Draw the weights that judgements with errors lead to.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (n, n)
        Positive and reciprocal; NaN or None where not asked.
    error : float, optional
        Standard deviation of the logarithm of each judgement: 0.2 means "within about 20 per cent, two times in
        three". Default: what the judgements themselves show, the square root of the geometric consistency index.
    draws : int
        How many.
    rng : numpy.random.Generator or int
        Source of the random numbers; the default gives the same draws every time.
    method
        As in `mcda.ahp`.
    coverage : float
        What share of the draws the intervals hold.
    labels, reciprocity_tolerance
        As in `mcda.ahp`.

    Returns
    -------
    WeightUncertainty
        The draws, their mean, intervals and ranks.

    Raises
    ------
    InputError, LabelError
        As in `mcda.ahp`; an error that is negative, fewer than one draw, a coverage outside 0 to 1.

    Notes
    -----
    Multiplicative log-normal errors (Crawford and Williams, 1985), whose variance the geometric consistency index
    estimates without bias.

    Examples
    --------
    >>> from mcda.weights import weight_uncertainty
    >>> found = weight_uncertainty([[1, 3], [1 / 3, 1]], error=0.2, draws=4000)
    >>> found.lower.round(2), found.upper.round(2)
    (array([0.68, 0.19]), array([0.81, 0.32]))
    """
    comparisons = _single(pairwise, labels, reciprocity_tolerance)
    _require_plan(draws, coverage)
    if error is None:
        spread = ahp(comparisons.values, "logarithmic_least_squares", labels=comparisons.labels)
        error = float(np.sqrt(spread.geometric_consistency_index))
    if not (np.isfinite(error) and error >= 0.0):
        raise InputError(f"error must be a standard deviation of logarithms, at least 0. Got {error}.")
    noise = error * read_rng(rng).standard_normal((draws, comparisons.size, comparisons.size))
    return _drawn(comparisons, np.log(comparisons.values) + noise, method, coverage)


@dataclass(frozen=True, slots=True, eq=False)
class IntervalPriorities:
    """Weights that respect interval judgements.

    Attributes
    ----------
    lower, upper
        (n,) smallest and largest weight of each among all weights within every interval.
    labels
        What was compared, or None.
    """

    lower: FloatArray
    upper: FloatArray
    labels: tuple[Hashable, ...] | None

    def to_frame(self) -> pd.DataFrame:
        """One row per thing compared: lower and upper weight."""
        import pandas as pd

        names = list(self.labels) if self.labels is not None else list(range(len(self.lower)))
        return pd.DataFrame({"lower": self.lower, "upper": self.upper}, index=pd.Index(names, name="element"))


def interval_priorities(
    lower: Judgements,
    upper: Judgements,
    *,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> IntervalPriorities:
    """Return the range of each weight under judgements given as intervals.

    Parameters
    ----------
    lower, upper : array_like, shape (n, n)
        Smallest and largest acceptable judgement: lower[i, j] <= w_i / w_j <= upper[i, j], with
        lower[j, i] = 1 / upper[i, j]; NaN or None where not asked.
    labels : sequence, optional
        Names of what is compared, for tables and messages.
    reciprocity_tolerance : float
        How far lower[i, j] * upper[j, i] may be from 1.

    Returns
    -------
    IntervalPriorities
        Smallest and largest weight of each.

    Raises
    ------
    NoAnswerError
        No weights respect all intervals: they contradict each other.
    InputError
        Wrong shapes, intervals that are empty or not reciprocal, or answers that do not connect everything.

    Notes
    -----
    Preference programming, Arbel (1989): linear programs over the weights.

    Examples
    --------
    >>> from mcda.weights import interval_priorities
    >>> found = interval_priorities([[1, 2], [1 / 4, 1]], [[1, 4], [1 / 2, 1]])
    >>> found.lower.round(3), found.upper.round(3)
    (array([0.667, 0.2  ]), array([0.8  , 0.333]))
    """
    low, high, names = _intervals(lower, upper, labels, reciprocity_tolerance)
    from scipy.optimize import linprog

    size = len(low)
    rows = []
    for i, j in zip(*np.nonzero(~np.isnan(high) & ~np.eye(size, dtype=bool)), strict=True):
        row = np.zeros(size)
        row[i], row[j] = 1.0, -high[i, j]
        rows.append(row)
    limits = np.array(rows).reshape(-1, size)
    ends = np.empty((2, size))
    for place in range(size):
        for which, sign in enumerate((1.0, -1.0)):
            cost = sign * np.eye(size)[place]
            found = linprog(cost, limits, np.zeros(len(limits)), np.ones((1, size)), [1.0], method="highs")
            if found.x is None:
                raise NoAnswerError(
                    "No weights respect all of these interval judgements: they contradict each other. Widen some, or "
                    "draw from them with mcda.weights.interval_uncertainty."
                )
            ends[which, place] = found.x[place]
    return IntervalPriorities(ends[0], ends[1], names)


def interval_uncertainty(
    lower: Judgements,
    upper: Judgements,
    *,
    draws: int = 1000,
    rng: np.random.Generator | int | None = 0,
    method: Method = "logarithmic_least_squares",
    coverage: float = 0.90,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> WeightUncertainty:
    """Draw weights from judgements given as intervals, whether or not they contradict each other.

    Parameters
    ----------
    lower, upper, labels, reciprocity_tolerance
        As in `mcda.weights.interval_priorities`.
    draws, rng, method, coverage
        As in `mcda.weights.weight_uncertainty`.

    Returns
    -------
    WeightUncertainty
        Each draw takes every judgement from its interval, evenly on the scale of logarithms.

    Raises
    ------
    InputError
        As in `mcda.weights.interval_priorities`.

    Notes
    -----
    Saaty and Vargas (1987), with log-uniform draws so that a judgement and its reciprocal are treated alike.
    """
    low, high, names = _intervals(lower, upper, labels, reciprocity_tolerance)
    _require_plan(draws, coverage)
    size = len(low)
    share = read_rng(rng).uniform(size=(draws, size, size))
    logs = np.log(low) + share * (np.log(high) - np.log(low))
    return _drawn(Comparisons(low, names, bool(np.isnan(low).any())), logs, method, coverage)


def _drawn(comparisons: Comparisons, logs: FloatArray, method: Method, coverage: float) -> WeightUncertainty:
    """Weights from judgements, given their drawn logarithms above the diagonal."""
    upper = np.triu(logs, 1)
    matrices = np.exp(upper - upper.swapaxes(-1, -2))
    require_connected(~np.isnan(comparisons.values), comparisons.labels)
    return WeightUncertainty(np.asarray(ahp(matrices, method).weights), comparisons.labels, coverage)


def _single(pairwise: Judgements, labels: Sequence[Hashable] | None, tolerance: float) -> Comparisons:
    comparisons = read_comparisons(pairwise, labels, tolerance=tolerance)
    if comparisons.values.ndim != 2:
        raise InputError(f"Uncertainty is drawn for one matrix, shape (n, n). Got shape {comparisons.values.shape}.")
    return comparisons


def _require_plan(draws: int, coverage: float) -> None:
    if draws < 1:
        raise InputError(f"draws must be at least 1. Got {draws}.")
    if not 0.0 < coverage < 1.0:
        raise InputError(f"coverage must be between 0 and 1, such as 0.90. Got {coverage}.")


def _intervals(
    lower: Judgements, upper: Judgements, labels: Sequence[Hashable] | None, tolerance: float
) -> tuple[FloatArray, FloatArray, tuple[Hashable, ...] | None]:
    low, high = (np.array(side, dtype=np.float64) for side in (lower, upper))
    if low.ndim != 2 or low.shape != high.shape:
        raise InputError(
            f"lower and upper must be square and have the same shape, (n, n). Got {low.shape} and {high.shape}."
        )
    # Above the diagonal the ends belong to one pair; below it they are swapped, so each side becomes reciprocal.
    above = np.triu(np.ones(low.shape, dtype=bool)) if low.shape[0] == low.shape[1] else np.ones(low.shape, dtype=bool)
    first = read_comparisons(np.where(above, low, high), labels, tolerance=tolerance, name="lower")
    read_comparisons(np.where(above, high, low), labels, tolerance=tolerance, name="upper")
    if (low > high).any():
        row, column = (int(k) for k in np.argwhere(low > high)[0])
        raise InputError(
            f"lower must not be above upper. Got {low[row, column]:g} and {high[row, column]:g} at {row}, {column}."
        )
    require_connected(~np.isnan(low), first.labels, "the intervals")
    return low, high, first.labels
