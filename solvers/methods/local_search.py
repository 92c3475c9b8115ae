"""Local search: good portfolios for very large problems, with a bound that says how good.

Starts from value for money and from the linear relaxation, improves by adding, dropping and swapping options, and
goes on from the best found: by flipping a few options (iterated local search: Lourenço, Martin & Stützle 2003), or by
taking part of it out and filling it up again by value for money at disturbed costs (iterated greedy: Ruiz & Stützle
2007). It stops after a number of rounds or at the time limit. The answer is certified, and called optimal only if the
bound proves it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solvers.backends.base import Feature, Options, Outcome
from solvers.linear.cliques import strong_model
from solvers.linear.scaling import scaled
from solvers.methods._bundles import Bundles, take_by_value_for_money
from solvers.methods._hill_climbing import climb, drop_spare
from solvers.methods._incumbent import Incumbent
from solvers.methods._own import OwnMethod
from solvers.methods._upper_bound import upper_bound
from solvers.methods.greedy import GRACE, best_effort, timed
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import BoolArray
    from solvers.deadline import Deadline
    from solvers.model.problem import Problem

ROUNDS = 30
LEAST, MOST = 0.02, 0.3  # share of a portfolio taken out at once
NOISE = 0.3  # spread of the disturbed costs when it is filled up again


@dataclass(frozen=True, slots=True)
class LocalSearch(OwnMethod):
    """The local-search back end."""

    name: str = "local_search"
    features: frozenset[Feature] = frozenset(
        {
            Feature.RULES,
            Feature.SYNERGIES,
            Feature.SIGNED_USE,
            Feature.TIME_LIMIT,
            Feature.GAP,
            Feature.WARM_START,
            Feature.INTERRUPT,
        }
    )

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Search until the bound, the number of rounds, the time limit or a request to stop ends it."""
        deadline = options.deadline()
        if deadline.passed:
            return Outcome.stopped(LimitReached.TIME, "no time to begin")
        units = scaled(strong_model(problem))
        search = _Search(Incumbent(problem, units.model), options, deadline)
        search.begin()
        bound, point = None, None
        if options.bound:
            left = None if deadline.left is None else deadline.left / 2
            bound, point = upper_bound(strong_model(problem), replace(options, time_limit=left))
        search.go_on(np.inf if bound is None else bound * units.factor, point)
        if search.best is None:
            return timed(Outcome.stopped(LimitReached.HEURISTIC, "nothing feasible found", bound=bound), deadline)
        return timed(best_effort(problem, search.best, bound, "by local search"), deadline)


class _Search:
    """The best portfolio so far, and the moves that may improve it."""

    def __init__(self, incumbent: Incumbent, options: Options, deadline: Deadline) -> None:
        self.incumbent, self.options, self.deadline = incumbent, options, deadline
        self.bundles = Bundles(incumbent)
        self.cost = self.bundles.cost
        self.fixed = incumbent.inside.copy()
        self.best: BoolArray | None = None
        self.value = -np.inf

    def begin(self) -> None:
        """Try the portfolio to start from, and value for money."""
        incumbent = self.incumbent
        if self.options.start is not None:
            incumbent.put(self.options.start[: incumbent.count] > 0.5)
            self._improve()
        incumbent.put(self.fixed)
        take_by_value_for_money(
            incumbent, self.deadline.later(0.0 if self.best is not None else GRACE), self.bundles, self.cost
        )
        self._improve()

    def go_on(self, goal: float, point: NDArray[np.float64] | None) -> None:
        """Try what the relaxation takes, then disturb and improve the best portfolio again and again."""
        incumbent, options = self.incumbent, self.options
        if point is not None and not self.deadline.passed:
            incumbent.put(self.fixed)
            self._take_by_shares(point[: incumbent.count])
            self._improve()
        if self.best is None:
            return
        rng = np.random.default_rng(options.seed)
        near = max(options.gap * abs(self.value), options.absolute_gap, 1e-9 * abs(self.value))
        tries, most = 0, ROUNDS if options.time_limit is None else 50 * ROUNDS
        while goal - self.value > near and not self.deadline.passed and tries < most:
            tries += 1
            incumbent.put(self.best)
            if rng.random() < 0.5:
                _turn_a_few(incumbent, rng)
            else:
                self._refill(rng)
            if self._improve():
                tries = 0

    def _take_by_shares(self, shares: NDArray[np.float64]) -> None:
        """Take options by their share in the relaxation, largest first."""
        incumbent = self.incumbent
        excess = incumbent.excess
        for i in np.argsort(-shares, kind="stable").tolist():
            if incumbent.inside[i] or not (incumbent.worths[i] > 0 or shares[i] > 0.5):
                continue
            members = self.bundles.of(i)
            if members and incumbent.excess_after(members) <= excess:
                incumbent.turn(members)
                excess = incumbent.excess

    def _refill(self, rng: np.random.Generator) -> None:
        """Take a part of the portfolio out, with what then lacks its prerequisites, and fill it up again."""
        incumbent = self.incumbent
        inside = np.flatnonzero(incumbent.free & incumbent.inside)
        if not inside.size:
            return
        count = max(1, round(inside.size * rng.uniform(LEAST, MOST)))
        incumbent.turn(rng.choice(inside, size=count, replace=False).tolist())
        if incumbent.mend():
            drop_spare(incumbent)
            cost = self.cost * np.exp(NOISE * rng.standard_normal(self.cost.size))
            take_by_value_for_money(incumbent, self.deadline, self.bundles, cost)

    def _improve(self) -> bool:
        """Mend and climb from where the incumbent is; say whether that led to a better portfolio."""
        if not self.incumbent.mend():
            return False
        climb(self.incumbent, self.deadline)
        if not self.incumbent.value > self.value + 1e-9 * abs(self.value if self.best is not None else 0.0):
            return False
        self.best, self.value = self.incumbent.inside.copy(), self.incumbent.value
        return True


def _turn_a_few(incumbent: Incumbent, rng: np.random.Generator) -> None:
    """Flip a few options, whatever that breaks: mending and climbing come after."""
    free = np.flatnonzero(incumbent.free)
    if free.size:
        count = min(free.size, int(rng.integers(2, 6)))
        incumbent.turn(rng.choice(free, size=count, replace=False).tolist())


BACKEND = LocalSearch()
