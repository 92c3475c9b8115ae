"""A plan made ready: every case as a problem, and the draws of any scenario on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mcda.errors import LabelError
from mcda.portfolio import build_problem
from mcda.scenarios.planning._cases import Case, cases_of
from mcda.scenarios.planning._values import Valuation
from mcda.scoring._projects import ProjectValues, leaf_values, synergy_leaf_values
from mcda.uncertainty._distributions import combine
from mcda.uncertainty._futures import FutureSampler, FutureStream, StatedFigures
from mcda.uncertainty._weights import weight_sampler
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.decision import Decision
    from mcda.scenarios.planning._plan import ScenarioPlan
    from mcda.uncertainty import Futures


class CompiledCase:
    """One case, ready to be drawn.

    Attributes
    ----------
    case
        Its name and its decision.
    problem
        The portfolio problem; its values are replaced in every scenario.
    sampler
        What draws its figures.
    group_values, group_synergies
        (groups, projects) and (groups, synergies): values to each group, on the case's stated figures.
    """

    def __init__(self, case: Case, plan: ScenarioPlan) -> None:
        decision = case.decision
        self.case = case
        leaves = leaf_values(decision, plan.level).to_numpy()
        together = synergy_leaf_values(decision)
        self.problem = build_problem(decision, _every_synergy(decision), policies=plan.policies)
        names = [str(synergy.name) for synergy in self.problem.synergies]
        synergies = together.loc[names].to_numpy().reshape(len(names), leaves.shape[1])
        members = np.zeros((len(names), len(decision.projects)), dtype=bool)
        for row, synergy in enumerate(self.problem.synergies):
            members[row, self.problem.positions(synergy.members)] = True
        self.sampler = FutureSampler(
            StatedFigures(leaves, synergies, members, self.problem.usage, self.problem.capacity),
            weight_sampler(decision, plan.weights, plan.seed),
            plan.sources,
            Valuation(plan.method, dict(plan.parameters)),
            decision,
        )
        groups = weigh_decision(decision).groups.to_numpy(dtype=float)
        self.group_values = combine(groups, np.ascontiguousarray(leaves.T)) if len(groups) else groups
        self.group_synergies = combine(groups, np.ascontiguousarray(synergies.T)) if len(groups) else groups


class CompiledPlan:
    """All cases of a plan for a decision, and any range of draws of them.

    Parameters
    ----------
    decision, plan
        What to run.

    Raises
    ------
    InputError, LabelError
        If the plan asks for what the decision does not have.
    """

    def __init__(self, decision: Decision, plan: ScenarioPlan) -> None:
        self.plan = plan
        self.cases = [CompiledCase(case, plan) for case in cases_of(decision, plan)]
        samplers = [case.sampler for case in self.cases]
        self._stream = FutureStream(samplers, plan.sampling, plan.seed, plan.draws)

    @property
    def names(self) -> list[str]:
        """Names of the cases, in order."""
        return [case.case.name for case in self.cases]

    def draw(self, start: int, stop: int, cases: Sequence[int] | None = None) -> list[Futures]:
        """Return the draws from `start` to before `stop`, case by case."""
        return self._stream.draw(start, stop, cases)

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
    """Return values that say only which synergies can ever be worth something: those are all in the problem."""
    effects = synergy_leaf_values(decision)
    return ProjectValues(
        "additive",
        pd.Series(0.0, index=list(decision.project_ids)),
        (effects != 0.0).any(axis="columns").astype(float),
        effects,
        "",
    )
