"""Uncertain performance, cost and delivery of a decision's projects, drawn as the changes of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.portfolio._problem import resource_name
from mcda.robustness._draws import triangular_draws
from mcda.scoring._projects import leaf_values

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio._scored import ScoredProblem


@dataclass(frozen=True, slots=True, eq=False)
class Futures:
    """What is uncertain besides the weights.

    Attributes
    ----------
    problem
        The problem whose figures are drawn.
    performance, costs, optimism, delivery
        Whether each is uncertain.
    """

    problem: ScoredProblem
    performance: bool
    costs: bool
    optimism: bool
    delivery: bool

    @classmethod
    def of(cls, problem: ScoredProblem, *, performance: bool, costs: bool, optimism: bool, delivery: bool) -> Futures:
        """Check that the decision states what is to be drawn."""
        asked = {"performance": performance, "costs": costs, "optimism": optimism, "delivery": delivery}
        if any(asked.values()) and problem.decision is None:
            name = next(key for key, wanted in asked.items() if wanted)
            raise InputError(f"Uncertain {name} is read from a decision. A scored problem of its own states none.")
        if problem.decision is not None:
            _require(problem.decision, asked)
        return cls(problem, performance, costs, optimism, delivery)

    @property
    def words(self) -> tuple[str, ...]:
        """What is uncertain, in words."""
        said = {
            "uncertain performance": self.performance,
            "uncertain costs": self.costs,
            "optimism bias": self.optimism,
            "delivery risk": self.delivery,
        }
        return tuple(word for word, wanted in said.items() if wanted)

    def draw(self, weights: np.ndarray, generator: np.random.Generator) -> dict[str, np.ndarray]:
        """Return the arrays that `solvers.solve_batch` takes, one row for each of the weights (s, c)."""
        draws = len(weights)
        changes: dict[str, np.ndarray] = {}
        if self.performance or self.delivery:
            changes["values"] = np.einsum("snc,sc->sn", self.scores(draws, generator), weights)
        else:
            changes["values"] = weights @ self.problem.scores.T
        if len(self.problem.synergy_scores):
            changes["synergy_values"] = weights @ self.problem.synergy_scores.T
        if self.costs or self.optimism:
            changes["usage"] = self.usage(draws, generator)
        return changes

    def scores(self, draws: int, generator: np.random.Generator) -> np.ndarray:
        """Draw leaf values (draws, n, c)."""
        decision = self._decision()
        low = leaf_values(decision, "pessimistic").to_numpy()
        middle = self.problem.scores
        drawn = np.broadcast_to(middle, (draws, *middle.shape))
        if self.performance:
            drawn = triangular_draws(low, middle, leaf_values(decision, "optimistic").to_numpy(), draws, generator)
        if self.delivery:
            certain = [project.prob_delivers_as_planned for project in decision.projects]
            chance = np.array([1.0 if one is None else one for one in certain])
            fails = generator.random((draws, len(chance))) >= chance
            drawn = np.where(fails[:, :, None], low, drawn)
        return np.asarray(drawn)

    def usage(self, draws: int, generator: np.random.Generator) -> np.ndarray:
        """Draw the use of resources (draws, n, r); money in hundredths of its unit."""
        decision, problem = self._decision(), self.problem.problem
        factors = np.ones((draws, len(problem.names)))
        if self.costs:
            low = [1.0 if one.cost_low_mult is None else one.cost_low_mult for one in decision.projects]
            high = [1.0 if one.cost_high_mult is None else one.cost_high_mult for one in decision.projects]
            factors = triangular_draws([low], [[1.0] * len(low)], [high], draws, generator)[:, 0]
        uplift = np.zeros(len(problem.names))
        if self.optimism:
            bias = [one.optimism_bias_capital_pct or 0.0 for one in decision.projects]
            uplift = np.array(bias) / 100.0
        raised = 1.0 + uplift * generator.random(factors.shape)
        use = np.repeat(problem.usage[None], draws, axis=0)
        for resource in decision.resources:
            if resource.kind != "money":
                continue
            factor = factors * raised if resource.id.startswith("capital") else factors
            for year in resource.years:
                at = problem.resource_labels.positions[resource_name(resource, year)]
                use[:, :, at] = np.round(use[:, :, at] * factor, 2)
        return use

    def _decision(self) -> Decision:
        decision = self.problem.decision
        assert decision is not None  # noqa: S101 - narrows the type; `of` has checked
        return decision


def _require(decision: Decision, asked: dict[str, bool]) -> None:
    """Refuse to draw what the decision does not state for a single project."""
    columns = {
        "costs": ("cost_low_mult", "cost_high_mult"),
        "optimism": ("optimism_bias_capital_pct",),
        "delivery": ("prob_delivers_as_planned",),
    }
    for name, needed in columns.items():
        if asked[name] and all(getattr(one, column) is None for one in decision.projects for column in needed):
            raise InputError(f"Uncertain {name} needs the column {' or '.join(needed)} in projects.")
    if asked["performance"] or asked["delivery"]:
        decision.performance.level("pessimistic")
    if asked["performance"]:
        decision.performance.level("optimistic")
