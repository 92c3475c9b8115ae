"""Which projects, when, and in which version: the best plan over the years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

import solvers
from mcda.decision import apply_scenario
from mcda.errors import InputError
from mcda.portfolio._answers import answer_of_solution
from mcda.portfolio._problem import resource_name
from mcda.portfolio.scheduling._problem import schedule_problem
from mcda.portfolio.scheduling._starts import DISCOUNT_RATE, Option, Version, discount_factors, options_of
from mcda.scoring._projects import ProjectValues, value_projects
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mcda.decision import Decision


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Schedule:
    """The best plan: which projects are funded, from which year, in which version.

    Attributes
    ----------
    decision
        The decision as solved (after the scenario, if one was asked for).
    values
        What each project is worth in a year of full benefit.
    discount_rate
        The yearly rate at which later benefits count for less.
    options
        Every way of doing every project.
    problem, solution
        What was asked of the optimiser and what came back, certificate included. Values are discounted sums over the
        planning years of yearly value.
    planned
        The best plan in which every project starts as planned, without versions or money carried forward, valued the
        same way; None if there is no such plan.
    """

    decision: Decision
    values: ProjectValues
    discount_rate: float
    options: tuple[Option, ...]
    problem: solvers.Problem
    solution: solvers.Solution
    planned: solvers.Solution | None

    def __repr__(self) -> str:
        if not self.solution.has_portfolio:
            return f"Schedule({self.solution.termination})"
        late = sum(option.delay > 0 for option in self.chosen)
        return f"Schedule({len(self.chosen)} projects, {late} later than planned, value {self.value:.2f})"

    def _repr_html_(self) -> str:
        if not self.solution.has_portfolio:
            return f"<p>{self.solution.termination}</p>"
        frame = self.to_frame()
        return str(frame[frame["funded"]].drop(columns="funded").round(2).to_html())

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The ways chosen, in file order.

        Raises
        ------
        solvers.NoSolutionError
            If there is no plan.
        """
        inside = set(self.solution.selected)
        return tuple(option for option in self.options if option.name in inside)

    @property
    def selected(self) -> tuple[str, ...]:
        """Identifiers of the funded projects, in file order."""
        return tuple(option.project for option in self.chosen)

    @property
    def start_years(self) -> dict[str, int]:
        """Start year of each funded project."""
        return {option.project: option.start_year for option in self.chosen}

    @property
    def value(self) -> float:
        """Discounted value of the plan over the planning years, synergies included."""
        return float(self.solution.value)

    @property
    def gain(self) -> float | solvers.Impossible | solvers.Unproven | None:
        """What choosing start years (and versions, and carrying forward) adds to the best plan with planned starts.

        `Impossible` if planned starts allow no plan at all, `Unproven` if one of the two was not proven best, None if
        they were not compared.
        """
        if self.planned is None:
            return None
        before, now = answer_of_solution(self.planned), answer_of_solution(self.solution)
        if not isinstance(before, solvers.Certificate):
            return before
        return float(now.value - before.value) if isinstance(now, solvers.Certificate) else now

    def to_frame(self) -> pd.DataFrame:
        """All projects: whether funded, version, start year, delay, discounted value; file order."""
        chosen = {option.project: option for option in self.chosen}
        worth = dict(zip(self.problem.names, self.problem.values.tolist(), strict=True))
        rows = []
        for project in self.decision.projects:
            option = chosen.get(project.id)
            rows.append(
                {
                    "name": project.name,
                    "funded": option is not None,
                    "version": "" if option is None or option.version is None else option.version.id,
                    "start_year": None if option is None else option.start_year,
                    "delay": None if option is None else option.delay,
                    "value": float("nan") if option is None else worth[option.name],
                }
            )
        frame = pd.DataFrame(rows, index=pd.Index(self.decision.project_ids, name="project_id"))
        return frame.astype({"start_year": "Int64", "delay": "Int64"})

    def use_frame(self) -> pd.DataFrame:
        """Use of every resource in every year, synergies included, against its own limit.

        If money is carried forward, `left` is below zero in a year that spends what an earlier year saved.
        """
        rows = [
            (resource.id, year, self.solution.usage[resource_name(resource, year)], float(limit))
            for resource in self.decision.resources
            for year, limit in zip(resource.years, resource.available, strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["resource", "year", "use", "limit"]).set_index(["resource", "year"])
        frame["left"] = frame["limit"] - frame["use"]
        return frame


@solvers.interrupts_raise()
def schedule(
    decision: Decision,
    weights: pd.Series | None = None,
    *,
    group: str | None = None,
    scenario: str | None = None,
    versions: Iterable[Version] = (),
    most_delay: int | None = None,
    carry_forward: Iterable[str] | Mapping[str, float] = (),
    discount_rate: float = DISCOUNT_RATE,
    force: Iterable[str] = (),
    forbid: Iterable[str] = (),
    policies: Iterable[str] = (),
    compare: bool = True,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
) -> Schedule:
    """Choose projects, start years and versions together.

    A project may start up to its ``max_delay_years`` after its planned start. Its use of resources moves to later years
    and is not counted after the last planning year; its benefits begin as many years later and grow by the same ramp.
    The value of a plan is the discounted sum, over the planning years, of what its projects bring in each year.

    Parameters
    ----------
    decision
        The decision.
    weights
        (leaves,) weights to use; default: the Board's, or those of `group`.
    group, scenario
        Whose weights; which scenario to apply first.
    versions
        Other ways of doing projects; at most one is chosen per project.
    most_delay
        Longest delay in years, on top of each project's own; 0 keeps every planned start.
    carry_forward
        Money that a year leaves unspent and the next may spend: identifiers of resources (all of it), or a mapping to
        the share that carries. None by default, as the files say.
    discount_rate
        Per year; 3.5 % by default (HM Treasury, The Green Book, 2022). 0 counts all years alike.
    force, forbid, policies
        As for `mcda.select`.
    compare
        Whether to solve for the planned starts as well, to show what choosing adds.
    solver, time_limit, gap
        Passed to `solvers.solve`.

    Returns
    -------
    Schedule
        The plan, or the reason why there is none in ``.solution.termination``.

    Raises
    ------
    InputError, LabelError
        If a figure is out of range or a name is unknown.

    Examples
    --------
    >>> import mcda
    >>> plan = mcda.schedule(mcda.load("datasets/nhs-digital"), most_delay=0)
    >>> plan.solution.termination, round(plan.value, 1), plan.gain
    ('optimal', 473.0, 0.0)
    """
    if weights is not None and group is not None:
        raise InputError("Give weights or group, not both: each decides the values.")
    if scenario is not None:
        decision = apply_scenario(decision, scenario)
    if weights is None:
        elicited = weigh_decision(decision)
        weights = elicited.board if group is None else elicited.of_group(group)
    values = value_projects(decision, weights)
    if most_delay is not None and most_delay < 0:
        raise InputError(f"most_delay must be a number of years of at least 0. Got {most_delay}.")
    options = options_of(decision, versions, most_delay)
    discount = discount_factors(decision, discount_rate)
    rules = {"force": tuple(force), "forbid": tuple(forbid), "policies": tuple(policies)}
    problem = schedule_problem(decision, values, options, discount, carry_forward=carry_forward, **rules)
    planned = None
    if compare:
        plain = options_of(decision, (), 0)
        planned = solvers.solve(schedule_problem(decision, values, plain, discount, **rules), solver, time_limit, gap)
    return Schedule(
        decision, values, discount_rate, options, problem, solvers.solve(problem, solver, time_limit, gap), planned
    )
