"""A portfolio problem whose value is a weighted sum of scores, so that it can be seen through any weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

import solvers
from mcda.decision import Decision, apply_scenario
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio._problem import build_problem
from mcda.scoring._projects import ProjectValues, leaf_values, synergy_leaf_values
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from mcda.decision import Level

Views: TypeAlias = "pd.DataFrame | Mapping[Any, ArrayLike | pd.Series] | Sequence[ArrayLike] | NDArray[Any]"
"""Weights by name, or a row of weights per view, (v, c)."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ScoredProblem:
    """Options, limits and rules, with what each option scores on each criterion.

    Made by `mcda.scored_problem`.

    Attributes
    ----------
    problem
        Limits and rules; its own values are not used.
    criteria
        Labels of the criteria.
    scores
        (n, c) what each option adds on each criterion.
    synergy_scores
        (k, c) what each synergy adds, in the order of ``problem.synergies``.
    decision
        The decision it was made from, or None.
    """

    problem: solvers.Problem
    criteria: tuple[str, ...]
    scores: np.ndarray
    synergy_scores: np.ndarray
    decision: Decision | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the options."""
        return self.problem.names

    def __repr__(self) -> str:
        return f"<ScoredProblem: {len(self.names)} options on {len(self.criteria)} criteria>"

    def together(self, selected: np.ndarray) -> np.ndarray:
        """Say which synergies happen in which portfolios: (s, n) to (s, k)."""
        chosen = np.atleast_2d(np.asarray(selected, dtype=bool))
        happens = np.zeros((len(chosen), len(self.problem.synergies)), dtype=bool)
        for position, synergy in enumerate(self.problem.synergies):
            happens[:, position] = chosen[:, self.problem.positions(synergy.members)].all(axis=1)
        return happens

    def totals(self, selected: np.ndarray) -> np.ndarray:
        """Add up the scores of portfolios on each criterion, synergies included: (s, n) to (s, c)."""
        chosen = np.atleast_2d(np.asarray(selected, dtype=bool))
        return np.asarray(chosen @ self.scores + self.together(chosen) @ self.synergy_scores)

    def weighted(self, weights: np.ndarray) -> solvers.Problem:
        """Return the problem as seen through one weighting (c,)."""
        worth = self.synergy_scores @ weights
        synergies = [
            solvers.Synergy(synergy.members, float(value), synergy.usage, synergy.name)
            for synergy, value in zip(self.problem.synergies, worth, strict=True)
        ]
        return self.problem.replace(values=self.scores @ weights, synergies=synergies)

    def solve(self, weights: np.ndarray, **settings: Any) -> solvers.BatchSolution:
        """Find the best portfolio under each weighting (s, c), all proven.

        Raises
        ------
        NoAnswerError
            If some weighting has no proven portfolio; the message says why.
        """
        return solve_proven(
            self.problem,
            values=weights @ self.scores.T,
            synergy_values=weights @ self.synergy_scores.T if len(self.synergy_scores) else None,
            **settings,
        )

    def mask(self, names: Iterable[str]) -> np.ndarray:
        """Return a portfolio as booleans (n,)."""
        chosen = np.zeros(len(self.names), dtype=bool)
        chosen[self.problem.positions(names)] = True
        return chosen

    def names_of(self, selected: ArrayLike) -> tuple[str, ...]:
        """Return the names of a portfolio (n,) of booleans, in the order of the problem."""
        mask: Any = selected
        return tuple(name for name, chosen in zip(self.names, mask, strict=True) if chosen)


def solve_proven(problem: solvers.Problem, **changes: Any) -> solvers.BatchSolution:
    """Solve a batch, and raise an error if some scenario has no proven optimum."""
    batch = solvers.solve_batch(problem, **changes)
    unproven = np.flatnonzero(batch.termination != Termination.OPTIMAL)
    if len(unproven):
        first = int(unproven[0])
        reason = batch.events.get(first, "") or batch.limit[first]
        raise NoAnswerError(
            f"{len(unproven)} of {len(batch)} questions have no proven portfolio; the first ended with "
            f"'{batch.termination[first]}'{f' ({reason})' if reason else ''}. If limits and rules clash, "
            "solvers.conflict says which; if a time limit was reached, allow more."
        )
    return batch


def scored_problem(
    given: Decision | ScoredProblem | solvers.Problem,
    scores: ArrayLike | pd.DataFrame | None = None,
    synergy_scores: ArrayLike | None = None,
    *,
    criteria: Sequence[str] | None = None,
    scenario: str | None = None,
    level: Level = "most_likely",
    policies: Iterable[str] = (),
    force: Iterable[str] = (),
    forbid: Iterable[str] = (),
) -> ScoredProblem:
    """Prepare a decision, or a problem with scores, to be valued under any weights.

    Parameters
    ----------
    given
        A decision (its leaf values, from do-nothing, are the scores); or a `solvers.Problem` with `scores`.
    scores : array_like or DataFrame, shape (n, c)
        With a problem: what each option scores; rows of a DataFrame are matched by name.
    synergy_scores : array_like, shape (k, c), optional
        With a problem: what each synergy adds; default: nothing.
    criteria : sequence of labels, optional
        With a problem: names of the criteria, by default the columns of a DataFrame or "criterion 1", ...
    scenario, level, policies, force, forbid
        With a decision: as in `mcda.select`.

    Returns
    -------
    ScoredProblem

    Raises
    ------
    InputError
        Scores of another shape, or not finite.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0, 0], [3, 4], 5, names=["A", "B"])
    >>> seen = mcda.scored_problem(problem, [[2, 0], [1, 3]])
    >>> seen.solve([[1, 0], [0, 1]]).value
    array([2., 3.])
    """
    if isinstance(given, ScoredProblem):
        return given
    if isinstance(given, Decision):
        decision = given if scenario is None else apply_scenario(given, scenario)
        return _of_decision(decision, level, policies, force, forbid)
    if not isinstance(given, solvers.Problem):
        raise InputError(f"Give a decision, or a solvers.Problem with scores. Got {type(given).__name__}.")
    if scores is None:
        raise InputError("A solvers.Problem needs scores of shape (options, criteria).")
    if isinstance(scores, pd.DataFrame):
        criteria = [str(name) for name in scores.columns] if criteria is None else criteria
        if set(map(str, scores.index)) == set(given.names):
            scores = scores.set_axis([str(name) for name in scores.index], axis="index").loc[list(given.names)]
    table = np.array(scores, dtype=np.float64)
    if table.ndim != 2 or len(table) != len(given.names) or not np.isfinite(table).all():
        raise InputError(
            f"scores must be finite, of shape (options, criteria) with {len(given.names)} options. "
            f"Got shape {table.shape}."
        )
    count = table.shape[1]
    labels = tuple(criteria) if criteria is not None else tuple(f"criterion {i + 1}" for i in range(count))
    extra = np.zeros((len(given.synergies), count)) if synergy_scores is None else np.array(synergy_scores, dtype=float)
    if extra.shape != (len(given.synergies), count) or len(labels) != count or not np.isfinite(extra).all():
        raise InputError(
            f"synergy_scores must be finite, of shape ({len(given.synergies)}, {count}), and criteria {count} names. "
            f"Got shape {extra.shape} and {len(labels)} names."
        )
    return ScoredProblem(given, labels, table, extra)


def _of_decision(
    decision: Decision, level: Level, policies: Iterable[str], force: Iterable[str], forbid: Iterable[str]
) -> ScoredProblem:
    leaves, extra = leaf_values(decision, level), synergy_leaf_values(decision)
    # Every synergy is kept, even one with a value that happens to be 0: a value of 1 here stands for "some".
    kept = pd.Series(1.0, index=extra.index)
    values = ProjectValues("additive", leaves.mean(axis="columns"), kept, leaves, "")
    problem = build_problem(decision, values, force=force, forbid=forbid, policies=policies)
    return ScoredProblem(
        problem, decision.criteria.leaf_ids, leaves.to_numpy(copy=True), extra.to_numpy(copy=True), decision
    )


def read_views(given: Decision | ScoredProblem, views: Views | None) -> tuple[tuple[str, ...], np.ndarray]:
    """Return names and weights (v, c) of views: those given, or the Board and each group of a decision."""
    from mcda.arrays import read_weights
    from mcda.weights import weigh_decision

    problem = scored_problem(given)
    if views is None:
        if problem.decision is None:
            raise InputError("Name the views to compare: weights by name, shape (views, criteria).")
        weights = weigh_decision(problem.decision)
        views = weights.groups
    if isinstance(views, pd.DataFrame):
        names = tuple(str(name) for name in views.index)
        plain: Any = views
    elif hasattr(views, "items"):
        named: Any = views
        names = tuple(str(name) for name in named)
        plain = [
            view.reindex(list(problem.criteria)).to_numpy() if isinstance(view, pd.Series) else view
            for view in named.values()
        ]
    else:
        plain, names = views, tuple(f"view {i + 1}" for i in range(len(views)))
    labels = list(problem.criteria) if isinstance(plain, pd.DataFrame) else None
    read = np.asarray(read_weights(plain, labels, len(problem.criteria), name="views").values, dtype=np.float64)
    return names, np.atleast_2d(read)


def jaccard(one: np.ndarray, two: np.ndarray) -> float:
    """Return the share of options in either that are in both; two empty portfolios are the same."""
    either = int((one | two).sum())
    return int((one & two).sum()) / either if either else 1.0


def shares_of(values: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Return values as shares of the best; 1 if even the best adds nothing."""
    ones = np.ones(np.broadcast_shapes(values.shape, best.shape))
    return np.asarray(np.divide(values, best, out=ones, where=best != 0))
