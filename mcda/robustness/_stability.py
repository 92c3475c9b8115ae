"""How far can one weight move before first place, or the ranking, changes? In closed form."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.robustness._reading import read_performance

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table, Weights

What = Literal["first", "ranking"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WeightStability(ShownAsTable):
    """The interval within which each weight can move, the others in proportion, without changing the conclusion.

    Attributes
    ----------
    criteria
        Labels, or numbers from 0.
    what
        The conclusion: ``"first"`` place or the whole ``"ranking"``.
    weights
        (c,) the present weights.
    lower, upper
        (c,) ends of the intervals, from 0 to 1. At an end that is not 0 or 1, another conclusion is equally good.
    rival_below, rival_above
        What would change beyond the ends, as (overtaken, overtaking) labels; None if nothing does.
    first
        Labels of the alternatives in first place now.
    """

    shown_digits: ClassVar[int | None] = 4

    criteria: tuple[Hashable, ...]
    what: What
    weights: FloatArray
    lower: FloatArray
    upper: FloatArray
    rival_below: tuple[tuple[Hashable, Hashable] | None, ...]
    rival_above: tuple[tuple[Hashable, Hashable] | None, ...]
    first: tuple[Hashable, ...]

    @property
    def most_critical(self) -> Hashable:
        """The criterion whose weight needs to move least, as a share of itself, to change the conclusion."""
        return self.criteria[int(self.relative_change.argmin())]

    @property
    def relative_change(self) -> np.ndarray:
        """(c,) least change that matters, as a share of the weight; infinite if none does."""
        down = np.where([rival is None for rival in self.rival_below], np.inf, self.weights - self.lower)
        up = np.where([rival is None for rival in self.rival_above], np.inf, self.upper - self.weights)
        least = np.minimum(down, up)
        share = np.divide(least, self.weights, out=np.full(least.shape, np.inf), where=self.weights > 0)
        return np.asarray(share)

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: weight, interval, and what changes beyond either end."""
        import pandas as pd

        def words(rival: tuple[Hashable, Hashable] | None) -> str:
            return "" if rival is None else f"{rival[1]} overtakes {rival[0]}"

        return pd.DataFrame(
            {
                "weight": self.weights,
                "lower": self.lower,
                "upper": self.upper,
                "below": [words(rival) for rival in self.rival_below],
                "above": [words(rival) for rival in self.rival_above],
            },
            index=pd.Index(list(self.criteria), name="criterion"),
        )

    def __repr__(self) -> str:
        free = sum(one is None and two is None for one, two in zip(self.rival_below, self.rival_above, strict=True))
        return f"<WeightStability of the {self.what}: {free} of {len(self.criteria)} weights can take any value>"


def weight_stability(
    matrix: Table,
    weights: Weights,
    directions: Directions | None = None,
    *,
    method: str | None = None,
    what: What = "first",
    parameters: Mapping[str, object] | None = None,
) -> WeightStability:
    """Find how far each weight can move, the others scaled in proportion, before the conclusion changes.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Partial values (more is better); or performance, with a `method`.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Needed with a `method`; without one, "min" turns the sign of a partial value.
    method : str, optional
        A method whose scores are linear in the weights: "additive", "saw", "mabac", "maut", "moora", "promethee_ii",
        ... Others raise an error.
    what : {"first", "ranking"}
        What must stay: first place, or the whole ranking.
    parameters : mapping, optional
        Parameters of the method.

    Returns
    -------
    WeightStability
        Exact intervals, and what changes beyond them.

    Raises
    ------
    InputError, LabelError
        As in every scoring method; or the method's scores are not linear in the weights.

    Notes
    -----
    With weight k at t and the others times (1 - t) / (1 - w_k), scores are linear in t, so the ends of the interval
    are roots of linear equations: Mareschal, *European Journal of Operational Research* 33(1), 1988. If w_k = 1, the
    others, all 0, grow in equal parts.

    Examples
    --------
    >>> import mcda
    >>> mcda.weight_stability([[1.0, 0.2], [0.4, 0.8]], [0.6, 0.4]).to_frame().round(3)
               weight  lower  upper          below above
    criterion
    0             0.6    0.5    1.0  1 overtakes 0
    1             0.4    0.0    0.5                1 overtakes 0
    """
    if what not in ("first", "ranking"):
        raise InputError(f'what must be "first" or "ranking". Got {what!r}.')
    table, weight, alternatives, criteria = linear_parts(matrix, weights, directions, method, parameters)
    scores = table @ weight
    order = np.argsort(-scores, kind="stable")
    edge = 1e-12 * (1.0 + float(np.abs(scores).max()))
    leaders = tuple(alternatives[int(i)] for i in order if scores[order[0]] - scores[i] <= edge)
    pairs = [(order[0], other) for other in order[1:]] if what == "first" else list(itertools.pairwise(order))
    ends = [_interval(table, weight, k, pairs, edge) for k in range(len(weight))]
    named = [
        [None if pair is None else (alternatives[pair[0]], alternatives[pair[1]]) for pair in end[2:]] for end in ends
    ]
    return WeightStability(
        criteria,
        what,
        weight,
        np.array([end[0] for end in ends]),
        np.array([end[1] for end in ends]),
        tuple(pair[0] for pair in named),
        tuple(pair[1] for pair in named),
        leaders,
    )


def linear_parts(
    matrix: Table,
    weights: Weights,
    directions: Directions | None,
    method: str | None,
    parameters: Mapping[str, object] | None,
) -> tuple[np.ndarray, np.ndarray, tuple[Hashable, ...], tuple[Hashable, ...]]:
    """Return partial scores (a, c), the weights (c,) and labels, for scores that are linear in the weights."""
    from mcda.arrays import read_directions, read_weights

    tables, alternatives, criteria = read_performance(matrix)
    if len(tables) != 1:
        raise InputError(f"Stability needs one table, shape (a, c). Got {len(tables)} tables.")
    count = len(criteria)
    labelled = criteria != tuple(range(count))
    weight = np.asarray(read_weights(weights, criteria if labelled else None, count).values, dtype=np.float64)
    if weight.ndim != 1:
        raise InputError(f"Stability needs one weighting, shape ({count},). Got shape {weight.shape}.")
    table = tables[0]
    if method is None:
        signs = 1.0 if directions is None else read_directions(directions, criteria, count)
        return table * signs, weight, alternatives, criteria
    from mcda.scoring._dispatch import score
    from mcda.scoring._registry import methods

    turned = 1.0 if methods()[method].higher_is_better else -1.0
    given = dict(parameters or {})
    ways: Any = directions  # `score` raises an error if it is None
    parts = turned * np.asarray(score(method, table, np.eye(count), ways, **given)).T
    whole = turned * np.asarray(score(method, table, np.vstack([weight, np.full(count, 1 / count)]), ways, **given))
    size = 1.0 + np.abs(parts).max()
    if (
        np.abs(parts @ weight - whole[0]).max() > 1e-9 * size
        or np.abs(parts.mean(axis=1) - whole[1]).max() > 1e-9 * size
    ):
        raise InputError(
            f"{methods()[method].title} is not linear in the weights, so its intervals have no closed form. Use a "
            "linear method (additive, saw, mabac, moora, promethee_ii, ...), or mcda.smaa for how often ranks change."
        )
    return parts, weight, alternatives, criteria


def _interval(
    table: np.ndarray, weight: np.ndarray, k: int, pairs: list[tuple[int, int]], edge: float
) -> tuple[float, float, tuple[int, int] | None, tuple[int, int] | None]:
    """Return the interval of weight k within which the first of each pair stays ahead of the second."""
    rest = 1.0 - weight[k]
    others = weight.copy()
    others[k] = 0.0
    if rest <= 0:
        others = np.full(len(weight), 1.0)
        others[k], rest = 0.0, len(weight) - 1.0
    low, high, below, above = 0.0, 1.0, None, None
    for ahead, behind in pairs:
        gap = table[ahead] - table[behind]
        at_zero = float(gap @ others) / rest if rest else 0.0
        slope = float(gap[k]) - at_zero
        now = at_zero + slope * float(weight[k])
        if abs(slope) <= edge:
            continue
        root = float(weight[k]) if abs(now) <= edge else -at_zero / slope
        if slope > 0 and root > low:
            low, below = root, (int(ahead), int(behind))
        if slope < 0 and root < high:
            high, above = root, (int(ahead), int(behind))
    return min(low, float(weight[k])), max(high, float(weight[k])), below, above
