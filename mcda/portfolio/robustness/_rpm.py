"""Robust Portfolio Modelling: what incomplete weights, scores and costs can still say about each project."""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.portfolio.robustness._nondominated import Search, filtered, nondominated, search_of
from mcda.robustness._weight_sets import WeightMixes, WeightSet, weight_set
from mcda.scoring._projects import leaf_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from mcda.decision import Decision

MOST = 20_000
_LARGEST_FACTOR = 10**6


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RobustPortfolios(ShownAsTable):
    """Every non-dominated portfolio, and what they have in common.

    Attributes
    ----------
    problem
        What was asked.
    weights
        What is known of the weights.
    extreme_points
        (t, c) the weights under which portfolios were compared.
    selected
        (p, n) the portfolios.
    worth
        (p, t, 2) least and greatest value of each portfolio at each extreme point.
    """

    shown_digits: ClassVar[int | None] = 3

    problem: ScoredProblem
    weights: WeightSet | WeightMixes
    extreme_points: np.ndarray
    selected: np.ndarray
    worth: np.ndarray
    _search: Search
    _ranges: tuple[Any, Any]

    def __len__(self) -> int:
        return len(self.selected)

    @property
    def portfolios(self) -> tuple[tuple[str, ...], ...]:
        """Names of the options of each portfolio."""
        return tuple(self.problem.names_of(chosen) for chosen in self.selected)

    @property
    def core_index(self) -> pd.Series:
        """Share of the non-dominated portfolios that hold each option."""
        return pd.Series(
            self.selected.mean(axis=0), index=pd.Index(self.problem.names, name="option"), name="core_index"
        )

    @property
    def core(self) -> tuple[str, ...]:
        """Options in every non-dominated portfolio: fund them, whatever is learned later."""
        return self.problem.names_of(self.selected.all(axis=0))

    @property
    def exterior(self) -> tuple[str, ...]:
        """Options in none: leave them out, whatever is learned later."""
        return self.problem.names_of(~self.selected.any(axis=0))

    @property
    def borderline(self) -> tuple[str, ...]:
        """Options in some: worth learning more about."""
        return self.problem.names_of(self.selected.any(axis=0) & ~self.selected.all(axis=0))

    def narrowed(self, weights: WeightSet | WeightMixes) -> RobustPortfolios:
        """Return the non-dominated portfolios when more is known about the weights.

        If the weights lie inside the earlier set (not only on its border), the portfolios are among the earlier ones
        (Liesiö, Mild and Salo, 2007, theorem 2), so no new search is needed. Otherwise the whole search is run.
        """
        if _within(self.weights, weights):
            return _find(self.problem, weights, self._ranges, MOST, among=self.selected)
        return _find(self.problem, weights, self._ranges, MOST)

    def to_frame(self) -> pd.DataFrame:
        """One row per option: core index, and whether core, borderline or exterior."""
        every, some = self.selected.all(axis=0), self.selected.any(axis=0)
        verdict = np.where(every, "core", np.where(some, "borderline", "exterior"))
        return pd.DataFrame({"core_index": self.core_index, "status": verdict})

    def portfolios_frame(self) -> pd.DataFrame:
        """One row per portfolio: number of options, least and greatest value over all weights and scores, options."""
        rows = [
            {
                "options": int(chosen.sum()),
                "least_value": float(worth[:, 0].min()),
                "greatest_value": float(worth[:, 1].max()),
                "selected": " ".join(self.problem.names_of(chosen)),
            }
            for chosen, worth in zip(self.selected, self.worth, strict=True)
        ]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="portfolio"))

    def decision_rules(self) -> pd.DataFrame:
        """One row per portfolio: maximin value, and greatest regret within the list (Salo and Hämäläinen, 2001).

        Values are the least at each extreme point; regret is against the greatest value of any other portfolio.
        """
        least, greatest = self.worth[:, :, 0], self.worth[:, :, 1]
        loss = np.array([(greatest - row[None, :]).max(axis=0).max() for row in least])
        frame = pd.DataFrame({"maximin": least.min(axis=1), "greatest_regret": np.maximum(loss, 0.0)})
        frame["selected"] = [" ".join(chosen) for chosen in self.portfolios]
        return frame.set_axis(pd.RangeIndex(1, len(frame) + 1, name="portfolio"), axis="index")

    def __repr__(self) -> str:
        return (
            f"<RobustPortfolios: {len(self)} non-dominated; {len(self.core)} core, {len(self.borderline)} borderline, "
            f"{len(self.exterior)} exterior>"
        )


def robust_portfolios(
    given: Decision | ScoredProblem,
    weights: WeightSet | WeightMixes | None = None,
    *,
    score_range: tuple[ArrayLike, ArrayLike] | bool = False,
    cost_range: tuple[ArrayLike, ArrayLike] | None = None,
    most: int = MOST,
) -> RobustPortfolios:
    """Find every non-dominated portfolio under incomplete weights, and interval scores and costs (RPM).

    A portfolio dominates another if it is worth at least as much for all possible weights and scores, and more for
    some. Options in all non-dominated portfolios are core, those in none exterior, the others borderline.

    Parameters
    ----------
    given
        A decision, or a scored problem (`mcda.scored_problem`).
    weights
        What is known about the weights; default: nothing.
    score_range : (lowest, highest) or bool
        Scores known within ranges, each (n, c); True takes the pessimistic and optimistic levels of a decision.
        Synergies keep their score.
    cost_range : (lowest, highest), optional
        Costs (n,) known within ranges: to dominate another, a portfolio must then also cost no more, for all possible
        costs. Limits hold for the problem's own use of resources: state there what must be affordable.
    most
        Give up if more unfinished portfolios than this must be kept at once.

    Returns
    -------
    RobustPortfolios
        All of them, certified; core indices; what remains with further information (`.narrowed`).

    Raises
    ------
    InputError
        Ranges of another shape, or crossed; options that may be taken in part.
    NoAnswerError
        No portfolio keeps limits and rules, or there are too many.

    Notes
    -----
    Liesiö, Mild and Salo, *EJOR* 181(3), 2007 (weights and scores), and 190(3), 2008 (costs, interdependencies). With
    extreme points w of the weights, x dominates y if the sum over x without y of w·(lowest scores) less the sum over y
    without x of w·(highest scores) is at least 0 at each w, and their values differ for some weights and scores.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 4, [2, 2, 3, 1], 5, names=["A", "B", "C", "D"])
    >>> seen = mcda.scored_problem(problem, [[4, 1], [1, 4], [5, 5], [0, 0]])
    >>> found = mcda.robust_portfolios(seen)
    >>> found.portfolios, found.core
    ((('A', 'C'), ('B', 'C')), ('C',))
    >>> found.narrowed(mcda.weight_set(2, ranking=[0, 1])).core
    ('A', 'C')
    """
    problem = scored_problem(given)
    known = weight_set(problem.criteria) if weights is None else weights
    if len(known.criteria) != len(problem.criteria):
        raise InputError(f"The weights are of {len(known.criteria)} criteria, scores of {len(problem.criteria)}.")
    return _find(problem, known, (_read_scores(problem, score_range), _read_costs(problem, cost_range)), most)


def information_effect(found: RobustPortfolios, further: Mapping[str, WeightSet | WeightMixes]) -> pd.DataFrame:
    """Say how further information would shrink the set: one row for what is known now, and one per piece.

    Parameters
    ----------
    found
        What `robust_portfolios` found.
    further
        Sets of weights by name: what one might learn.

    Returns
    -------
    pandas.DataFrame
        Numbers of portfolios and of core, borderline and exterior options; options that become core or exterior.
    """
    rows, now = {}, found
    for name, result in {"now": found, **{name: found.narrowed(weights) for name, weights in further.items()}}.items():
        rows[name] = {
            "portfolios": len(result),
            "core": len(result.core),
            "borderline": len(result.borderline),
            "exterior": len(result.exterior),
            "become_core": " ".join(option for option in result.core if option not in now.core),
            "become_exterior": " ".join(option for option in result.exterior if option not in now.exterior),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("information")


def _find(
    problem: ScoredProblem,
    weights: WeightSet | WeightMixes,
    ranges: tuple[Any, Any],
    most: int,
    among: np.ndarray | None = None,
) -> RobustPortfolios:
    points, factors = _points(problem, weights)
    scores, costs = ranges
    extra = problem.synergy_scores.T
    low, high = (
        np.hstack([(points * factors[:, None]) @ side.T, (points * factors[:, None]) @ extra]) for side in scores
    )
    if costs is not None:
        nothing = np.zeros(len(extra.T))
        low, high = np.vstack([low, -np.append(costs[1], nothing)]), np.vstack([high, -np.append(costs[0], nothing)])
    search = search_of(problem.problem, low, high)
    if among is None:
        known = _good_ones(problem, points, scores)
        selected = nondominated(search, known, most)
    else:
        selected = filtered(search, among, most)
    for chosen in selected:
        if not solvers.certify(problem.problem, np.flatnonzero(chosen).tolist()).holds:
            raise NoAnswerError(
                "Figures with too many digits: a portfolio keeps a limit within rounding and breaks it exactly. Round "
                "the use and limits of resources to six decimals."
            )
    order = np.lexsort([*(~selected).T[::-1]])
    selected = selected[order]
    full = search.full(selected)
    cases = slice(0, len(points))
    worth = np.stack([full @ low[cases].T / factors, full @ high[cases].T / factors], axis=-1)
    return RobustPortfolios(problem, weights, points, selected, worth, search, ranges)


def _good_ones(problem: ScoredProblem, points: np.ndarray, scores: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the best portfolios under some weights (q, n): known portfolios that show which others are hopeless."""
    few = points[np.linspace(0, len(points) - 1, min(len(points), 12)).astype(int)]
    mixed = np.random.default_rng(0).dirichlet(np.ones(len(points)), 8) @ points
    weights = np.vstack([few, points.mean(axis=0), mixed])
    middle = ScoredProblem(
        problem.problem, problem.criteria, 0.5 * (scores[0] + scores[1]), problem.synergy_scores, problem.decision
    )
    return np.unique(middle.solve(weights).selected, axis=0)


def _points(problem: ScoredProblem, weights: WeightSet | WeightMixes) -> tuple[np.ndarray, np.ndarray]:
    """Return extreme points (t, c) in the order of the criteria, and the factors (t,) that make them whole numbers."""
    points = weights.extreme_points
    factors = np.ones(len(points))
    if isinstance(weights, WeightSet):
        corners = weights.polytope.corners
        order = np.lexsort(-corners.astype(np.float64).T[::-1])
        for i, corner in enumerate(corners[order]):
            factor = lcm(*(share.denominator for share in corner))
            factors[i] = factor if factor <= _LARGEST_FACTOR else 1
    if set(weights.criteria) == set(problem.criteria):
        points = points[:, [weights.criteria.index(name) for name in problem.criteria]]
    return np.asarray(points), factors


def _read_scores(problem: ScoredProblem, given: tuple[ArrayLike, ArrayLike] | bool) -> tuple[np.ndarray, np.ndarray]:
    if given is False or given is None:
        return problem.scores, problem.scores
    if given is True:
        if problem.decision is None:
            raise InputError("score_range=True takes the levels of a decision; give (lowest, highest) scores.")
        levels = [leaf_values(problem.decision, level).to_numpy() for level in ("pessimistic", "optimistic")]
        given = np.minimum(*levels), np.maximum(*levels)
    return _pair(given, "score_range", problem.scores.shape)


def _read_costs(
    problem: ScoredProblem, given: tuple[ArrayLike, ArrayLike] | None
) -> tuple[np.ndarray, np.ndarray] | None:
    return None if given is None else _pair(given, "cost_range", (len(problem.names),))


def _pair(given: Any, name: str, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    if len(given) != 2:
        raise InputError(f"{name} must be (lowest, highest). Got {len(given)} parts.")
    low, high = (np.asarray(side, dtype=np.float64) for side in given)
    if low.shape != shape or high.shape != shape or not (np.isfinite(low).all() and np.isfinite(high).all()):
        raise InputError(f"{name} must be two finite arrays of shape {shape}. Got {low.shape} and {high.shape}.")
    if (low > high).any():
        at = tuple(int(i) for i in np.argwhere(low > high)[0])
        raise InputError(
            f"The lowest of {name} must not be above the highest. Got {low[at]:g} and {high[at]:g} at {at}."
        )
    return low, high


def _within(before: WeightSet | WeightMixes, after: WeightSet | WeightMixes) -> bool:
    """Whether the later weights lie in the earlier set, and some of them strictly inside."""
    if not isinstance(before, WeightSet) or set(before.criteria) != set(after.criteria):
        return False
    points = after.extreme_points[:, [after.criteria.index(name) for name in before.criteria]]
    middle = points.mean(axis=0)
    inside = bool((middle > 1e-9).all())
    if before.statements:
        # A statement that holds with equality throughout (an equation) does not count as a border.
        slack = before.bounds - before.extreme_points @ before.normals.T
        real = slack.max(axis=0) > 1e-9
        inside &= bool((before.bounds - middle @ before.normals.T > 1e-9)[real].all())
    return inside and bool(before.contains(points).all())
