"""Local search: good portfolios for very large problems, with a bound that says how good.

Starts from value for money and from the linear relaxation, improves by adding, dropping and swapping options, and
goes on from disturbed copies of the best (iterated local search: Lourenço, Martin & Stützle 2003) until a number of
rounds or the time limit. The answer is certified, never called optimal unless the bound proves it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from solvers._bundles import take_by_value_for_money
from solvers._moves import Moves, too_much
from solvers._upper_bound import upper_bound
from solvers.backends.base import Feature, Options, Outcome
from solvers.backends.greedy import best_effort
from solvers.linear import linearise
from solvers.scaling import scaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from solvers.problem import Problem

ROUNDS = 30
SWAPPED = 60  # options tried for each that goes out
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LocalSearch:
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

    def version(self) -> str:
        """Return "" because this method comes with the package."""
        return ""

    def unusable(self) -> str | None:
        """Return None: it can always be used."""
        return None

    def lacks(self, problem: Problem) -> str | None:
        """Why it does not take this problem; None if it does."""
        return too_much(problem, self.name)

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Search until the bound, the number of rounds, the time limit or a request to stop ends it."""
        ends = None if options.time_limit is None else time.perf_counter() + options.time_limit

        def late() -> bool:
            stopped = options.stop is not None and options.stop.asked
            return stopped or (ends is not None and time.perf_counter() >= ends)

        model = linearise(problem)
        units = scaled(model)
        moves = Moves(problem, units.model)
        if late():
            return Outcome("no_solution_found", "time", None, None, "no time to begin")
        bound, point = upper_bound(model)
        goal = np.inf if bound is None else bound * units.factor
        best = _search(moves, _starts(moves, options, point), goal, options, late)
        if best is None:
            return Outcome(
                "no_solution_found", "time" if late() else "heuristic", None, bound, "nothing feasible found"
            )
        outcome = best_effort(problem, best, bound, "by local search")
        if outcome.limit == "heuristic" and late():
            return Outcome("feasible", "time", outcome.x, bound, outcome.said)
        return outcome


def _starts(moves: Moves, options: Options, point: NDArray[np.float64] | None) -> list[BoolArray]:
    starts = []
    fixed = moves.inside.copy()
    if options.start is not None:
        starts.append(options.start[: moves.count] > 0.5)
    take_by_value_for_money(moves)
    starts.append(moves.inside.copy())
    if point is not None:
        # What the relaxation takes whole, then the rest in the order in which it takes them.
        shares = point[: moves.count]
        moves.put(fixed)
        for i in np.argsort(-shares, kind="stable").tolist():
            if not moves.free[i] or moves.inside[i]:
                continue
            value, use = moves.change([i])
            if (value > 0 or shares[i] > 0.5) and moves.excess(moves.use + use) <= moves.excess(moves.use):
                moves.turn([i])
        starts.append(moves.inside.copy())
    return starts


def _search(
    moves: Moves, starts: list[BoolArray], goal: float, options: Options, late: Callable[[], bool]
) -> BoolArray | None:
    best: BoolArray | None = None
    value = -np.inf
    for start in starts:
        moves.put(start)
        if moves.mend():
            climb(moves, late)
            if moves.value > value:
                best, value = moves.inside.copy(), moves.value
    if best is None:
        return None
    rng = np.random.default_rng(options.seed)
    near = max(options.gap * abs(value), options.absolute_gap, 1e-9 * abs(value))
    tries = 0
    while goal - value > near and not late() and tries < (ROUNDS if options.time_limit is None else 50 * ROUNDS):
        tries += 1
        moves.put(best)
        _disturb(moves, rng)
        if not moves.mend():
            continue
        climb(moves, late)
        if moves.value > value + 1e-9 * abs(value):
            best, value, tries = moves.inside.copy(), moves.value, 0
    return best


def climb(moves: Moves, late: Callable[[], bool]) -> None:
    """Add, drop and swap options while that raises the value and keeps every row."""
    improved = True
    while improved and not late():
        improved = _add(moves) or _drop(moves) or _swap(moves, late)


def _best_in(moves: Moves, candidates: NDArray[np.intp], out: list[int]) -> tuple[float, int] | None:
    """Return the option whose coming in, as `out` go out, adds most, among those that truly fit."""
    order = candidates[np.argsort(-moves.values[candidates], kind="stable")][:SWAPPED]
    best = None
    for i in order.tolist():
        value, use = moves.change([*out, i])
        if value > (best[0] if best else 1e-9) and moves.excess(moves.use + use) == 0.0:
            best = (value, i)
    return best


def _add(moves: Moves) -> bool:
    found = _best_in(moves, moves.fitting(), [])
    if found is None:
        return False
    moves.turn([found[1]])
    return True


def _drop(moves: Moves) -> bool:
    for i in np.flatnonzero(moves.free & moves.inside).tolist():
        value, use = moves.change([i])
        if value > 1e-9 and moves.excess(moves.use + use) == 0.0:
            moves.turn([i])
            return True
    return False


def _swap(moves: Moves, late: Callable[[], bool]) -> bool:
    inside = np.flatnonzero(moves.free & moves.inside)
    for i in inside[np.argsort(moves.values[inside], kind="stable")].tolist():
        if late():
            return False
        candidates = moves.fitting(i)
        candidates = candidates[moves.values[candidates] > moves.values[i]] if not moves.part_of[i] else candidates
        found = _best_in(moves, candidates, [i]) if candidates.size else None
        if found is not None:
            moves.turn([i, found[1]])
            return True
    return False


def _disturb(moves: Moves, rng: np.random.Generator) -> None:
    """Drop a few options and bring a few others in, whatever that breaks: `mend` and `climb` come after."""
    free = np.flatnonzero(moves.free)
    if not free.size:
        return
    count = min(free.size, int(rng.integers(2, 6)))
    moves.turn(rng.choice(free, size=count, replace=False).tolist())


BACKEND = LocalSearch()
