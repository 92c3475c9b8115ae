"""The best portfolio of a decision, proven and certified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

import solvers
from mcda.decision import apply_scenario
from mcda.errors import InputError
from mcda.portfolio._problem import build_problem, resource_name
from mcda.scoring._projects import ProjectValues, value_projects
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from mcda.decision import Decision, Level


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Selection:
    """A portfolio of projects, with the proof and the figures behind it.

    Attributes
    ----------
    decision
        The decision as solved (after the scenario, if one was asked for).
    weights
        Leaf weights by criterion; None if ready-made values were given.
    values
        What each project and synergy is worth.
    problem, solution
        What was asked of the optimiser and what came back, certificate included.
    question
        In words: whose weights, which scenario, what was forced.
    force, forbid, policies
        Projects forced in or left out by the question, and the optional Board rules applied.
    scenario
        Identifier of the scenario that was applied, if any.
    """

    decision: Decision
    weights: pd.Series | None
    values: ProjectValues
    problem: solvers.Problem
    solution: solvers.Solution
    question: str
    force: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    scenario: str | None = None

    def __repr__(self) -> str:
        if not self.found:
            return f"Selection({self.question}: {self.solution.termination})"
        return (
            f"Selection({self.question}: {len(self.selected)} of {len(self.decision.projects)} projects, "
            f"value {self.value:.2f}, {self.solution.termination})"
        )

    def _repr_html_(self) -> str:
        if not self.found:
            return f"<p>{self.question}: {self.solution.termination}</p>"
        frame = self.to_frame()
        return str(frame[frame["funded"]].drop(columns="funded").round(2).to_html())

    @property
    def found(self) -> bool:
        """Whether there is a portfolio to speak of."""
        return self.solution.has_portfolio

    @property
    def selected(self) -> tuple[str, ...]:
        """Identifiers of the funded projects, in file order.

        Raises
        ------
        solvers.NoSolutionError
            If there is no portfolio.
        """
        return tuple(self.solution.selected)

    @property
    def value(self) -> float:
        """Total value of the portfolio, synergies included."""
        return float(self.solution.value)

    def to_frame(self) -> pd.DataFrame:
        """All projects: whether funded, value, and total use of every resource; file order."""
        frame = pd.DataFrame(
            {
                "name": [project.name for project in self.decision.projects],
                "funded": [name in self.selected for name in self.decision.project_ids],
                "mandatory": [project.mandatory for project in self.decision.projects],
                "value": self.values.projects.to_numpy(),
            },
            index=pd.Index(self.decision.project_ids, name="project_id"),
        )
        for resource in self.decision.resources:
            frame[resource.id] = resource.use.sum(axis=1)
        return frame

    def use_frame(self) -> pd.DataFrame:
        """Use of every resource in every year by the portfolio, synergies included, against its limit."""
        rows = [
            (resource.id, year, self.solution.usage[resource_name(resource, year)], float(limit))
            for resource in self.decision.resources
            for year, limit in zip(resource.years, resource.available, strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["resource", "year", "use", "limit"]).set_index(["resource", "year"])
        frame["left"] = frame["limit"] - frame["use"]
        return frame

    def total_use(self, resource: str) -> float:
        """Use of one resource over all years, synergies included."""
        item = self.decision.resource(resource)
        return float(sum(self.solution.usage[resource_name(item, year)] for year in item.years))

    def value_for(self, weights: pd.Series) -> float:
        """Total value of this portfolio, synergies included, under other leaf weights."""
        values = value_projects(self.decision, weights)
        return portfolio_value(self.decision, values, self.selected)


def portfolio_value(decision: Decision, values: ProjectValues, selected: Iterable[str]) -> float:
    """Return the total value of a set of projects, synergies included."""
    chosen = set(selected)
    together = [synergy.id for synergy in decision.synergies if chosen.issuperset(synergy.members)]
    return float(values.projects[[name for name in decision.project_ids if name in chosen]].sum()) + float(
        values.synergies[together].sum()
    )


def select(
    decision: Decision,
    weights: pd.Series | ArrayLike | None = None,
    *,
    values: ProjectValues | None = None,
    group: str | None = None,
    scenario: str | None = None,
    method: Literal["additive", "topsis"] = "additive",
    level: Level = "most_likely",
    force: Iterable[str] = (),
    forbid: Iterable[str] = (),
    policies: Iterable[str] = (),
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    threads: int | None = None,
    cross_check: bool = False,
) -> Selection:
    """Select the portfolio of greatest value that every limit and rule allows.

    Parameters
    ----------
    decision
        The decision.
    weights
        (leaves,) weights to use; default: the Board's, or those of `group`.
    values
        Ready-made values of projects and synergies, instead of weights.
    group
        Identifier of the stakeholder group whose weights to use.
    scenario
        Identifier of a scenario to apply first.
    method, level
        How to value projects, see `mcda.value_projects`.
    force, forbid
        Projects that must be in, or out.
    policies
        Identifiers of optional Board rules to apply.
    solver, time_limit, gap, threads, cross_check
        Passed to `solvers.solve`.

    Returns
    -------
    Selection
        The portfolio, or the reason why there is none in ``selection.solution.termination``.

    Raises
    ------
    InputError
        If more than one of `weights`, `values` and `group` is given.
    LabelError
        If a group, scenario, project or policy is unknown.

    Examples
    --------
    >>> import mcda
    >>> selection = mcda.select(mcda.load("datasets/nhs-digital"))
    >>> len(selection.selected), round(selection.value, 2), selection.solution.termination
    (17, 219.27, 'optimal')
    """
    given = [name for name, item in (("weights", weights), ("values", values), ("group", group)) if item is not None]
    if len(given) > 1:
        raise InputError(f"Give one of weights, values and group, not {' and '.join(given)}: each decides the values.")
    force, forbid, policies = tuple(force), tuple(forbid), tuple(policies)
    if scenario is not None:
        decision = apply_scenario(decision, scenario)
    view: pd.Series | None = None
    if values is None:
        if weights is None:
            elicited = weigh_decision(decision)
            view = elicited.board if group is None else elicited.of_group(group)
        elif isinstance(weights, pd.Series):
            view = weights
        else:
            view = pd.Series(weights, index=pd.Index(decision.criteria.leaf_ids, name="criterion_id"), dtype=float)
        values = value_projects(decision, view, method, level)
    problem = build_problem(decision, values, force=force, forbid=forbid, policies=policies)
    solution = solvers.solve(
        problem, solver=solver, time_limit=time_limit, gap=gap, threads=threads, cross_check=cross_check
    )
    question = _question(decision, given, group, scenario, method, force, forbid, policies)
    return Selection(decision, view, values, problem, solution, question, force, forbid, policies, scenario)


def _question(
    decision: Decision,
    given: list[str],
    group: str | None,
    scenario: str | None,
    method: str,
    force: tuple[str, ...],
    forbid: tuple[str, ...],
    policies: tuple[str, ...],
) -> str:
    if group is not None:
        words = [f"weights of {decision.group(group).name or group}"]
    else:
        words = [f"given {given[0]}"] if given else ["Board weights"]
    if method != "additive":
        words.append(f"scored by {method.upper()}")
    if scenario is not None:
        words.append(f"scenario {scenario} ({decision.scenario(scenario).name})")
    words += [f"{label} {', '.join(items)}" for label, items in
              (("with", force), ("without", forbid), ("Board rules", policies)) if items]  # fmt: skip
    return "; ".join(words)
