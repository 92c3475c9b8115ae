"""Which portfolio is best for which weights: the weights divided into regions, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.portfolio.robustness._shares import SharesOfBest
from mcda.robustness._polytopes import Polytope, cut, measure, unit_simplex
from mcda.robustness._weight_sets import WeightMixes, WeightSet, weight_mixes
from mcda.uncertainty._sampling import basis
from mcda.uncertainty._weights import groups_in_mixes

if TYPE_CHECKING:
    import pandas as pd

    import solvers
    from mcda.decision import Decision

_SAME = 1e-9  # values this close, as a share, count as equal: weights at a border are equal by construction


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WeightRegions(SharesOfBest, ShownAsTable):
    """Every portfolio that is best for some of the weights, and for how many of them.

    Attributes
    ----------
    problem
        What was asked.
    weights
        The set of weights that was divided.
    selected
        (p, n) the portfolios, by falling share.
    totals
        (p, c) what each scores on each criterion.
    shares
        (p,) share of the weights (of the mixes) for which each is best; 0 for one that is best only on a border.
    centres
        (p, c) mean weights for which each is best.
    solves
        How many weightings were solved to prove it.
    regions
        The regions, as polytopes in the space of the weights or of the shares of a mix.
    """

    problem: ScoredProblem
    weights: WeightSet | WeightMixes
    selected: np.ndarray
    totals: np.ndarray
    shares: np.ndarray
    centres: np.ndarray
    solves: int
    regions: tuple[Polytope, ...]

    @property
    def frequency(self) -> pd.Series:
        """Share of the weights for which each option is in the best portfolio."""
        return self._share_by_option("share")

    def best_for(self, weights: np.ndarray) -> np.ndarray:
        """Return which portfolio (row of `selected`) is best for weights (s, c) of the set; needs no solver."""
        return np.asarray((np.atleast_2d(weights) @ self.totals.T).argmax(axis=1))

    def to_frame(self) -> pd.DataFrame:
        """One row per portfolio: share of the weights, number of options, what changes from the first, options."""
        return self.portfolios_frame()

    def __repr__(self) -> str:
        return (
            f"<WeightRegions: {len(self.selected)} portfolios; {len(self.always)} options always in, "
            f"{len(self.never)} never, {len(self.sometimes)} sometimes; {self.solves} solves>"
        )


def weight_regions(
    given: Decision | ScoredProblem,
    weights: WeightSet | WeightMixes | None = None,
    *,
    most_solves: int = 5_000,
    solver: solvers.SolverLike = "auto",
    threads: int | None = None,
) -> WeightRegions:
    """Divide weights into the regions in which one portfolio is best, exactly.

    Parameters
    ----------
    given
        A decision, or a scored problem (`mcda.scored_problem`).
    weights
        A set of weights, or mixes of views; default: all mixes of the decision's groups (those with Board weight).
    most_solves
        Give up if more weightings than this must be solved.
    solver, threads
        Passed to `solvers.solve_batch`.

    Returns
    -------
    WeightRegions
        Every portfolio that is best somewhere, with its share of the weights.

    Raises
    ------
    NoAnswerError
        If there is no portfolio at all, or more than `most_solves` weightings would be needed.

    Notes
    -----
    The best value is a convex, piecewise linear function of the weights. The corners of the regions of all portfolios
    found so far are solved; while a better portfolio turns up at a corner, regions are divided further. Once none does,
    by convexity no point between corners can have a better one either: the division is proven, to a relative 1e-9 of
    value. (A sandwich algorithm: Benson and Sun, *Journal of Global Optimization* 2000, for the weight space.)

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 3, [1, 1, 1], 2, names=["A", "B", "C"])
    >>> seen = mcda.scored_problem(problem, [[3, 3], [2, 0], [0, 1]])
    >>> mcda.weight_regions(seen, mcda.weight_set(2)).to_frame()[["share", "selected"]].round(3)
               share selected
    portfolio
    1          0.667      A B
    2          0.333      A C
    """
    problem = scored_problem(given)
    if weights is None:
        if problem.decision is None:
            raise InputError("Name the views to mix, or say what is known of the weights: only a decision has groups.")
        weights = weight_mixes(groups_in_mixes(problem.decision))
    search = _Search(problem, weights, most_solves, {"solver": solver, "threads": threads})
    search.run()
    return search.result()


class _Search:
    def __init__(
        self, problem: ScoredProblem, weights: WeightSet | WeightMixes, most_solves: int, settings: dict[str, Any]
    ) -> None:
        self.problem, self.weights, self.most, self.settings = problem, weights, most_solves, settings
        if len(weights.criteria) != len(problem.criteria):
            raise InputError(
                f"The weights are of {len(weights.criteria)} criteria, the scores of {len(problem.criteria)}."
            )
        order = [weights.criteria.index(name) for name in problem.criteria] if _by_label(weights, problem) else ...
        if isinstance(weights, WeightMixes):
            self.points = weights.extreme_points[:, order]
            self.base = unit_simplex(len(self.points))
        else:
            self.points = np.eye(len(problem.criteria))[:, order]
            self.base = Polytope(weights.polytope.corners.astype(np.float64), weights.polytope.tight)
        self.selected = np.zeros((0, len(problem.names)), dtype=bool)
        self.totals = np.zeros((0, len(problem.criteria)))
        self.lines = np.zeros((0, len(self.points)))
        self.regions: list[Polytope] = []
        self.proven: set[tuple[float, ...]] = set()
        self.solves = 0

    def run(self) -> None:
        open_corners = np.vstack([self.base.corners, self.base.corners.mean(axis=0)])
        while len(open_corners):
            if self.solves + len(open_corners) > self.most:
                raise NoAnswerError(
                    f"Dividing these weights exactly needs more than {self.most:,} solves ({len(self.selected)} "
                    "portfolios so far). Narrow the weights, raise most_solves, or draw from them: mcda.portfolio_smaa."
                )
            batch = self.problem.solve(open_corners @ self.points, **self.settings)
            self.solves += len(open_corners)
            self._learn(open_corners, batch)
            self.proven |= {_key(corner) for corner in open_corners}
            corners = np.vstack([region.corners for region in self.regions if not region.empty])
            fresh = {_key(corner): corner for corner in corners}
            open_corners = np.array([corner for key, corner in fresh.items() if key not in self.proven])

    def _learn(self, corners: np.ndarray, batch: solvers.BatchSolution) -> None:
        totals = self.problem.totals(batch.selected)
        for corner, chosen, row in zip(corners, batch.selected, totals, strict=True):
            line = self.points @ row
            value = float(corner @ line)
            known = float((self.lines @ corner).max()) if len(self.lines) else -np.inf
            if value > known + _SAME * (1.0 + abs(value)):
                self._add(chosen, row, line)

    def _add(self, chosen: np.ndarray, row: np.ndarray, line: np.ndarray) -> None:
        region = self.base
        for at, other in enumerate(self.lines):
            gap = other - line
            size = float(np.abs(gap).max()) or 1.0
            region = cut(region, gap / size, 0.0)
            self.regions[at] = cut(self.regions[at], -gap / size, 0.0)
        self.selected = np.vstack([self.selected, chosen])
        self.totals = np.vstack([self.totals, row])
        self.lines = np.vstack([self.lines, line])
        self.regions.append(region)

    def result(self) -> WeightRegions:
        flat = basis(self.base.corners)
        total, _ = measure(self.base, flat)
        measured = [measure(region, flat) for region in self.regions]
        shares = np.array([volume for volume, _ in measured]) / total
        present = np.array([not region.empty for region in self.regions])
        order = [i for i in np.argsort(-shares, kind="stable") if present[i]]
        centres = np.array([measured[i][1] @ self.points for i in order])
        return WeightRegions(
            self.problem,
            self.weights,
            self.selected[order],
            self.totals[order],
            shares[order],
            centres,
            self.solves,
            tuple(self.regions[i] for i in order),
        )


def _key(corner: np.ndarray) -> tuple[float, ...]:
    return tuple((np.round(corner, 9) + 0.0).tolist())


def _by_label(weights: WeightSet | WeightMixes, problem: ScoredProblem) -> bool:
    """Whether to match the labels of the weights to the criteria: if they are the same labels."""
    return set(weights.criteria) == set(problem.criteria)
