"""Value for money: what people do today, with a bound on how far from the best it may be.

Options are taken in order of value for money, and one that does not fit is skipped. An option whose prerequisites
are not in is taken together with them, as a bundle, by the bundle's value for money. The answer is feasible and
certified, and called optimal only if the bound proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solvers.backends.base import Feature, Options, Outcome
from solvers.linear.cliques import strong_model
from solvers.methods._bundles import take_by_value_for_money
from solvers.methods._incumbent import Incumbent
from solvers.methods._own import OwnMethod
from solvers.methods._upper_bound import upper_bound
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from solvers.deadline import Deadline
    from solvers.model.problem import Problem

GRACE = 0.5  # seconds beyond the time limit to finish in: half a portfolio by value for money is worth little


@dataclass(frozen=True, slots=True)
class Greedy(OwnMethod):
    """The greedy back end."""

    name: str = "greedy"
    features: frozenset[Feature] = frozenset(
        {Feature.RULES, Feature.SYNERGIES, Feature.SIGNED_USE, Feature.TIME_LIMIT, Feature.INTERRUPT}
    )

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Take options by value for money."""
        deadline = options.deadline()
        incumbent = Incumbent(problem)
        take_by_value_for_money(incumbent, deadline.later(GRACE))
        bound = None
        if options.bound:
            bound, _ = upper_bound(strong_model(problem), replace(options, time_limit=deadline.left))
        if not incumbent.mend():
            return Outcome.stopped(LimitReached.HEURISTIC, "no feasible portfolio by value for money", bound=bound)
        outcome = best_effort(problem, incumbent.inside, bound, "by value for money")
        return timed(outcome, deadline)


def timed(outcome: Outcome, deadline: Deadline) -> Outcome:
    """Return the outcome of a search without proof, with time as its limit if that ended it."""
    if outcome.limit is LimitReached.HEURISTIC and deadline.passed:
        return replace(outcome, limit=LimitReached.TIME)
    return outcome


def best_effort(
    problem: Problem, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], bound: float | None, said: str
) -> Outcome:
    """Return the outcome of a search without proof: optimal only if the bound meets the exact value."""
    from solvers.certificate import certify

    certificate = certify(problem, np.flatnonzero(inside).tolist())
    x = inside.astype(float)
    if not certificate.holds:
        return Outcome.stopped(LimitReached.HEURISTIC, f"{said}: broken by rounding", bound=bound)
    if bound is not None and bound <= float(certificate.value):
        return Outcome.optimal(x, float(certificate.value), f"{said}; the bound proves it")
    return Outcome.stopped(LimitReached.HEURISTIC, said, x, bound)


BACKEND = Greedy()
