"""Regret: what each portfolio could cost in some view or scenario, and the portfolio that costs least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, read_views, scored_problem, shares_of
from mcda.portfolio.risk._max_min import Lines, best_worst_case
from mcda.robustness._weight_sets import WeightMixes, WeightSet
from mcda.weights import weigh_decision
from mcda.wording import guaranteed, points
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mcda.decision import Decision
    from mcda.portfolio._scored import Views

LEAST_REGRET = "least regret"
FAIREST = "fairest share"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Regret(ShownAsTable):
    """Portfolios against views: what each view loses with each portfolio, and the portfolios with the least worst loss.

    Attributes
    ----------
    views
        Names of the views or scenarios.
    best
        Best value of each view.
    portfolios
        Names of the options of each portfolio: the best one of every view (listed once if several views share it,
        under the first name), those given, "least regret" and "fairest share".
    value
        Portfolios by views.
    loss
        Portfolios by views: best value less value (absolute regret); infinite if the portfolio is not possible in the
        scenario.
    share
        Portfolios by views: value as a share of the best; 0 if the portfolio is not possible.
    solves
        How many problems were solved.
    """

    shown_digits: ClassVar[int | None] = 3

    views: tuple[str, ...]
    best: pd.Series
    portfolios: dict[str, tuple[str, ...]]
    value: pd.DataFrame
    loss: pd.DataFrame
    share: pd.DataFrame
    solves: int

    @property
    def least_regret(self) -> tuple[str, ...]:
        """The portfolio with the smallest greatest loss over all views (minimax regret; Savage, 1951)."""
        return self.portfolios[LEAST_REGRET]

    @property
    def fairest(self) -> tuple[str, ...]:
        """The portfolio with the greatest least share of a view's best (minimax relative regret)."""
        return self.portfolios[FAIREST]

    @property
    def greatest_loss(self) -> pd.Series:
        """Greatest loss of each portfolio over all views."""
        return self.loss.max(axis="columns")

    @property
    def guaranteed_share(self) -> pd.Series:
        """Least share of its own best that any view gets from each portfolio."""
        return self.share.min(axis="columns")

    def to_frame(self) -> pd.DataFrame:
        """One row per portfolio: number of options, greatest loss and in which view, least share and in which view."""
        return pd.DataFrame(
            {
                "options": {name: len(chosen) for name, chosen in self.portfolios.items()},
                "greatest_loss": self.greatest_loss,
                "lost_by": self.loss.idxmax(axis="columns"),
                "least_share": self.guaranteed_share,
                "got_by": self.share.idxmin(axis="columns"),
            }
        ).rename_axis("portfolio")

    def __repr__(self) -> str:
        return (
            f"<Regret over {len(self.views)} views: at most {points(self.greatest_loss[LEAST_REGRET])} lost; "
            f"every view can have {guaranteed(self.guaranteed_share[FAIREST])} of its best>"
        )


@solvers.interrupts_raise()
def regret(
    given: Decision | ScoredProblem,
    views: WeightSet | WeightMixes | Views | None = None,
    *,
    scenarios: Sequence[str] | None = None,
    portfolios: Mapping[str, Iterable[str]] | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Regret:
    """Find what each view would lose with each portfolio, and the portfolios with the least worst loss.

    Parameters
    ----------
    given
        A decision, or a scored problem (`mcda.scored_problem`).
    views
        Weights by name (mapping or DataFrame, (v, c)), or a `WeightSet` or `WeightMixes`: then the answer holds for
        *all* of its weights, not only for its corners. Default: the groups of the decision.
    scenarios
        Identifiers of scenarios of the decision, instead of views: each is one view, under the Board's weights.
        The portfolios found are possible in all of them.
    portfolios
        Further portfolios to compare, by name.
    solver, time_limit
        Passed to `solvers.solve`, for each of the problems.

    Returns
    -------
    Regret
        Both minimax portfolios are proven, to 1e-6 of a share and of the value.

    Raises
    ------
    InputError
        Views and scenarios together, or scenarios without a decision.
    NoAnswerError
        If some view or scenario has no portfolio, or no portfolio is possible in all scenarios.

    Notes
    -----
    The best value is convex in the weights, and the value of a portfolio linear; so the loss is greatest, and the share
    least, at a corner of the set of weights (for the share: its superlevel sets are convex). It is therefore enough to
    look at the corners. For the two criteria, see Kouvelis and Yu, *Robust Discrete Optimization*, 1997.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 3, [1, 1, 1], 1, names=["A", "B", "C"])
    >>> seen = mcda.scored_problem(problem, [[10, 0], [0, 10], [7, 6]])
    >>> found = mcda.regret(seen, {"one": [1, 0], "two": [0, 1]})
    >>> found.least_regret, found.greatest_loss["least regret"], found.guaranteed_share["fairest share"]
    (('C',), np.float64(4.0), np.float64(0.6))
    """
    settings = {"solver": solver, "time_limit": time_limit}
    if scenarios is not None:
        if views is not None:
            raise InputError("Give views or scenarios, not both: a scenario is valued under the Board's weights.")
        return _over_scenarios(given, scenarios, portfolios, settings)
    problem = scored_problem(given)
    names, weights = _views(problem, views)
    own = problem.solve(weights, solver=solver, time_limit=time_limit)
    options, synergies = weights @ problem.scores.T, weights @ problem.synergy_scores.T
    centre = problem.weighted(weights.mean(axis=0))
    possible = [problem.problem] * len(names)
    return _compare(names, options, synergies, own.selected, centre, possible, portfolios, settings)


def _views(problem: ScoredProblem, views: WeightSet | WeightMixes | Views | None) -> tuple[tuple[str, ...], np.ndarray]:
    if isinstance(views, WeightSet | WeightMixes):
        points = views.extreme_points
        if set(views.criteria) == set(problem.criteria):
            points = points[:, [views.criteria.index(name) for name in problem.criteria]]
        named = views.names if isinstance(views, WeightMixes) else [f"corner {i + 1}" for i in range(len(points))]
        return tuple(map(str, named)), points
    return read_views(problem, views)


def _over_scenarios(
    given: Decision | ScoredProblem,
    scenarios: Sequence[str],
    portfolios: Mapping[str, Iterable[str]] | None,
    settings: dict[str, Any],
) -> Regret:
    if isinstance(given, ScoredProblem) or not scenarios:
        raise InputError("Scenarios belong to a decision: give a decision and at least one identifier.")
    seen = [scored_problem(given, scenario=name) for name in scenarios]
    weights = [weigh_decision(item.decision or given).board.to_numpy() for item in seen]
    problems = [item.weighted(weight) for item, weight in zip(seen, weights, strict=True)]
    own = [solvers.solve(problem, **settings) for problem in problems]
    for name, solution in zip(scenarios, own, strict=True):
        if solution.termination is not Termination.OPTIMAL:
            raise NoAnswerError(
                f"Scenario {name} has no proven portfolio: the search ended with '{solution.termination}'."
            )
    return _compare(
        tuple(scenarios),
        np.array([problem.values for problem in problems]),
        np.array([[synergy.value for synergy in problem.synergies] for problem in problems]).reshape(len(seen), -1),
        np.array([seen[0].mask(solution.selected) for solution in own]),
        joined(problems, scenarios),
        problems,
        portfolios,
        settings,
    )


def joined(problems: Sequence[solvers.Problem], names: Sequence[str]) -> solvers.Problem:
    """Return the first problem with the limits of all others added, so that its portfolios are possible in each."""
    first = problems[0]
    usage, capacity, resources = [first.usage], [first.capacity], list(first.resources)
    extra: dict[str, str] = {}
    for name, problem in zip(names[1:], problems[1:], strict=True):
        for at, resource in enumerate(problem.resources):
            same = np.array_equal(problem.usage[:, at], first.usage[:, at])
            if same and problem.capacity[at] >= first.capacity[at]:
                continue
            label = f"{resource} in {name}"
            usage.append(problem.usage[:, [at]])
            capacity.append(problem.capacity[[at]])
            resources.append(label)
            extra[label] = resource
    values = np.mean([problem.values for problem in problems], axis=0)
    synergies = [
        solvers.Synergy(
            synergy.members,
            float(np.mean([problem.synergies[i].value for problem in problems])),
            {**synergy.usage, **{label: synergy.usage[of] for label, of in extra.items() if of in synergy.usage}},
            synergy.name,
        )
        for i, synergy in enumerate(first.synergies)
    ]
    least = np.concatenate([first.minimum_use, np.full(len(extra), -np.inf)])
    return first.replace(
        values=values,
        usage=np.hstack(usage),
        capacity=np.concatenate(capacity),
        resources=resources,
        synergies=synergies,
        minimum_use=least,
    )


def _compare(
    names: tuple[str, ...],
    options: np.ndarray,
    synergies: np.ndarray,
    own: np.ndarray,
    problem: solvers.Problem,
    possible: Sequence[solvers.Problem],
    given: Mapping[str, Iterable[str]] | None,
    settings: dict[str, Any],
) -> Regret:
    # Added up like every other value, so that a view gets all of its own best from its own portfolio.
    plain = Lines(names, options, synergies, np.zeros(len(names)), np.ones(len(names)))
    best = np.array([plain.values(problem, chosen)[v] for v, chosen in enumerate(own)])
    masks: dict[str, np.ndarray] = {}
    for name, chosen in zip(names, own, strict=True):
        if not any(np.array_equal(chosen, other) for other in masks.values()):
            masks[name] = chosen
    for name, members in (given or {}).items():
        chosen = problem.option_labels.all(list(members), f"The portfolio {name!r}")
        masks[name] = np.isin(problem.names, chosen)
    starts = [mask for mask in masks.values() if solvers.certify(problem, np.flatnonzero(mask).tolist()).holds]
    size = max(float(np.abs(best).max()), 1e-300)
    absolute = Lines(names, options, synergies, best, np.full(len(names), size))
    relative = Lines(names, options, synergies, plain.offset, np.where(best > 0, best, size))
    least = best_worst_case(problem, absolute, starts, **settings)
    # If a view's best adds nothing, every portfolio gives it all it can have: it does not bind.
    fair = best_worst_case(problem, _binding(relative, best > 0), [*starts, least.selected], **settings)
    masks[LEAST_REGRET], masks[FAIREST] = least.selected, fair.selected
    value = np.array([absolute.values(problem, mask) for mask in masks.values()])
    room = np.array(
        [
            [one is problem or solvers.certify(one, np.flatnonzero(mask).tolist()).holds for one in possible]
            if len({id(one) for one in possible}) > 1
            else [True] * len(possible)
            for mask in masks.values()
        ]
    )
    index, columns = pd.Index(list(masks), name="portfolio"), pd.Index(names, name="view")
    return Regret(
        names,
        pd.Series(best, index=columns, name="best"),
        {name: tuple(np.array(problem.names)[mask].tolist()) for name, mask in masks.items()},
        pd.DataFrame(value, index=index, columns=columns),
        pd.DataFrame(np.where(room, np.maximum(best - value, 0.0), np.inf), index=index, columns=columns),
        pd.DataFrame(np.where(room, shares_of(value, best), 0.0), index=index, columns=columns),
        len(names) + least.solves + fair.solves,
    )


def _binding(lines: Lines, which: np.ndarray) -> Lines:
    if not which.any():
        return lines
    return Lines(
        tuple(name for name, there in zip(lines.names, which, strict=True) if there),
        lines.options[which],
        lines.synergies[which],
        lines.offset[which],
        lines.scale[which],
    )
