"""A plan made ready: every case as a problem, and the draws of any scenario on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mcda.errors import LabelError
from mcda.portfolio import build_problem
from mcda.scenarios.planning._cases import Case, cases_of
from mcda.scenarios.planning._distributions import combine
from mcda.scenarios.planning._figures import CostSampler, DeliverySampler, LimitSampler, PerformanceSampler, rounded
from mcda.scenarios.planning._uniforms import BLOCK, Uniforms
from mcda.scenarios.planning._values import Valuation
from mcda.scenarios.planning._weights import weight_sampler
from mcda.scoring._projects import ProjectValues, leaf_values, synergy_leaf_values
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.arrays import FloatArray
    from mcda.decision import Decision
    from mcda.scenarios.planning._plan import ScenarioPlan


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Inputs:
    """What the scenarios of one case are: s draws.

    Attributes
    ----------
    weights
        (s, leaves).
    values
        (s, projects); NaN where the method cannot value the scenario (see `events`).
    synergy_values
        (s, synergies of the problem).
    usage, capacity
        (s, projects, resources) and (s, resources) where drawn, else None.
    events
        Why a scenario has no values, by row.
    """

    weights: FloatArray
    values: FloatArray
    synergy_values: FloatArray
    usage: FloatArray | None
    capacity: FloatArray | None
    events: dict[int, str]


class CompiledCase:
    """One case, ready to be drawn.

    Attributes
    ----------
    case
        Its name and its decision.
    problem
        The portfolio problem; its values are replaced in every scenario.
    group_values, group_synergies
        (groups, projects) and (groups, synergies): values in the eyes of each group, on the case's stated figures.
    """

    def __init__(self, case: Case, plan: ScenarioPlan) -> None:
        decision = case.decision
        self.case = case
        self._leaves = leaf_values(decision, plan.level).to_numpy()
        together = synergy_leaf_values(decision)
        self.problem = build_problem(decision, _every_synergy(decision), policies=plan.policies)
        names = [str(synergy.name) for synergy in self.problem.synergies]
        self._synergy_leaves = together.loc[names].to_numpy().reshape(len(names), self._leaves.shape[1])
        self._members = np.zeros((len(names), len(decision.projects)), dtype=bool)
        for row, synergy in enumerate(self.problem.synergies):
            self._members[row, self.problem.positions(synergy.members)] = True
        self._valuation = Valuation(plan.method, dict(plan.parameters))
        self._weights = weight_sampler(decision, plan.weights, plan.seed)
        swings = np.array([_points(leaf.reference_worse, leaf.reference_better) for leaf in decision.criteria.leaves])
        self._performance = PerformanceSampler(decision, swings, plan.performance) if plan.performance else None
        self._delivery = DeliverySampler(decision, plan.delivery) if plan.delivery else None
        self._remaining = plan.delivery.remaining if plan.delivery else 1.0
        self._costs = [CostSampler(decision, asked) for asked in plan.costs]
        self._limits = [LimitSampler(decision.resources, asked) for asked in plan.limits]
        groups = weigh_decision(decision).groups.to_numpy(dtype=float)
        self.group_values = combine(groups, np.ascontiguousarray(self._leaves.T)) if len(groups) else groups
        self.group_synergies = combine(groups, np.ascontiguousarray(self._synergy_leaves.T)) if len(groups) else groups

    @property
    def columns(self) -> dict[str, int]:
        """How many uniform numbers a draw of each source takes."""
        found = {"weights": self._weights.columns}
        if self._performance:
            found["performance"] = self._performance.columns
        if self._delivery:
            found["delivery"] = self._delivery.columns
        found |= {f"costs {place}": sampler.columns for place, sampler in enumerate(self._costs)}
        return found | {f"limits {place}": sampler.columns for place, sampler in enumerate(self._limits)}

    def block(self, uniform: dict[str, FloatArray], number: int) -> Inputs:
        """Draw a whole block."""
        weights = self._weights.draw(uniform["weights"], number)
        leaves, synergies = self._leaves, self._synergy_leaves
        if self._performance:
            leaves = self._performance.draw(uniform["performance"])
        if self._delivery:
            share = self._delivery.draw(uniform["delivery"])
            lost = (share < 1.0).astype(float)
            harmed = combine(lost, np.ascontiguousarray(self._members.T.astype(float))) > 0.0
            leaves = _reduced(leaves, share)
            synergies = _reduced(synergies, np.where(harmed, self._remaining, 1.0))
        values, events = self._valuation.projects(leaves, weights)
        usage: FloatArray | None = None
        for place, cost in enumerate(self._costs):
            usage = cost.draw(uniform[f"costs {place}"], self.problem.usage if usage is None else usage)
        capacity: FloatArray | None = None
        for place, limit in enumerate(self._limits):
            capacity = limit.draw(uniform[f"limits {place}"], self.problem.capacity if capacity is None else capacity)
        return Inputs(
            weights,
            values,
            self._valuation.synergies(synergies, weights),
            None if usage is None else rounded(usage),
            None if capacity is None else rounded(capacity),
            events,
        )


class CompiledPlan:
    """All cases of a plan for a decision, and any range of draws of them.

    Parameters
    ----------
    decision, plan
        What is run.

    Raises
    ------
    InputError, LabelError
        If the plan asks for something that the decision does not have.
    """

    def __init__(self, decision: Decision, plan: ScenarioPlan) -> None:
        self.plan = plan
        self.cases = [CompiledCase(case, plan) for case in cases_of(decision, plan)]
        columns: dict[str, int] = {}
        for case in self.cases:
            columns |= {name: max(width, columns.get(name, 0)) for name, width in case.columns.items()}
        self._uniforms = Uniforms(plan.sampling, plan.seed, plan.draws, columns)

    @property
    def names(self) -> list[str]:
        """Names of the cases, in order."""
        return [case.case.name for case in self.cases]

    def draw(self, start: int, stop: int, cases: Sequence[int] | None = None) -> list[Inputs]:
        """Return the draws from `start` to before `stop`, case by case."""
        wanted = range(len(self.cases)) if cases is None else cases
        parts: list[list[Inputs]] = [[] for _ in wanted]
        for number in range(start // BLOCK, -(-stop // BLOCK)):
            uniform = self._uniforms.block(number)
            inside = slice(max(start - number * BLOCK, 0), min(stop - number * BLOCK, BLOCK))
            for place, position in enumerate(wanted):
                case = self.cases[position]
                own = {name: uniform[name][:, :width] for name, width in case.columns.items()}
                parts[place].append(_slice(case.block(own, number), inside))
        return [_joined(items) for items in parts]

    def case_position(self, name: str) -> int:
        """Return the position of a case by its name.

        Raises
        ------
        LabelError
            If there is no such case.
        """
        if name not in self.names:
            raise LabelError(f"The plan has no case '{name}'. Its cases: {', '.join(self.names)}.")
        return self.names.index(name)


def _every_synergy(decision: Decision) -> ProjectValues:
    """Return values that only say which synergies can ever be worth something: all those are in the problem."""
    effects = synergy_leaf_values(decision)
    return ProjectValues(
        "additive",
        pd.Series(0.0, index=list(decision.project_ids)),
        (effects != 0.0).any(axis="columns").astype(float),
        effects,
        "",
    )


def _points(worse: float | None, better: float | None) -> float:
    if worse is None or better is None:  # leaf_values has said so already, with the leaf's name
        return float("nan")
    return (better - worse) / 100.0


def _reduced(leaves: FloatArray, share: FloatArray) -> FloatArray:
    """Return (s, n, c) leaf values of which gains, but not harms, are reduced to a share (s, n)."""
    table = np.broadcast_to(leaves, (*share.shape, leaves.shape[-1]))
    return np.where(table > 0.0, table * share[:, :, None], table)


def _slice(inputs: Inputs, rows: slice) -> Inputs:
    kept = range(*rows.indices(BLOCK))
    return Inputs(
        inputs.weights[rows],
        inputs.values[rows],
        inputs.synergy_values[rows],
        None if inputs.usage is None else inputs.usage[rows],
        None if inputs.capacity is None else inputs.capacity[rows],
        {row - rows.start: text for row, text in inputs.events.items() if row in kept},
    )


def _joined(items: list[Inputs]) -> Inputs:
    usage = [item.usage for item in items if item.usage is not None]
    capacity = [item.capacity for item in items if item.capacity is not None]
    events: dict[int, str] = {}
    at = 0
    for item in items:
        events |= {at + row: text for row, text in item.events.items()}
        at += len(item.values)
    return Inputs(
        np.concatenate([item.weights for item in items]),
        np.concatenate([item.values for item in items]),
        np.concatenate([item.synergy_values for item in items]),
        np.concatenate(usage) if usage else None,
        np.concatenate(capacity) if capacity else None,
        events,
    )
