"""Taking options by value for money, each with the prerequisites that it still lacks."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from solvers.deadline import NEVER, Deadline
from solvers.methods._incumbent import money

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.methods._incumbent import Incumbent

Entry = tuple[float, int, list[int]]


class Bundles:
    """What each option needs, and what it is worth for its money, as a portfolio grows."""

    def __init__(self, incumbent: Incumbent) -> None:
        self.incumbent, self.cost = incumbent, money(incumbent.problem)
        at = incumbent.problem.option_labels.positions
        self.needs: dict[int, list[tuple[int, list[int]]]] = {}
        self.needed_by: dict[int, list[int]] = {}
        for rule in incumbent.problem.requires:
            option, members = at[rule.option], [at[name] for name in rule.needs]
            self.needs.setdefault(option, []).append((rule.number, members))
            for member in members:
                self.needed_by.setdefault(member, []).append(option)

    def of(self, option: int) -> list[int]:
        """Return an option with the needs it lacks, the cheapest if there is a choice; empty if it cannot come in."""
        inside, free, needs = self.incumbent.inside, self.incumbent.free, self.needs
        if option not in needs:
            return [option] if free[option] and not inside[option] else []
        wanted, found = [option], set[int]()
        while wanted:
            i = wanted.pop()
            if inside[i] or i in found:
                continue
            if not free[i]:
                return []
            found.add(i)
            for number, members in needs.get(i, ()):
                others = [j for j in members if not (inside[j] or j in found)]
                missing = number - (len(members) - len(others))
                if missing >= len(others):
                    wanted += others
                elif missing > 0:
                    wanted += sorted(others, key=self.cost.__getitem__)[:missing]
        return sorted(found)

    def entry(self, option: int) -> Entry | None:
        """Return minus the value for money, the option, and all that comes in; None if nothing is gained."""
        members = self.of(option)
        value = self.incumbent.worth(members) if members else -1.0
        if value < 0 or (value == 0 and not self.incumbent.synergies.some):
            return None
        spent = float(self.cost[members[0]] if len(members) == 1 else self.cost[members].sum())
        return (-np.inf if spent <= 0 else -value / spent, option, members)

    def concerned(self, members: list[int]) -> list[int]:
        """Return the options outside whose value for money changes when members have come in."""
        found: set[int] = set()
        for member in members:
            found.update(self.needed_by.get(member, ()))
            if self.incumbent.synergies.some:
                found.update(self.incumbent.synergies.partners(member).tolist())
        return sorted(i for i in found if not self.incumbent.inside[i])


def take_by_value_for_money(
    incumbent: Incumbent,
    deadline: Deadline = NEVER,
    bundles: Bundles | None = None,
    cost: NDArray[np.float64] | None = None,
) -> None:
    """Add options, bundled with what they need, in order of value for money; skip what does not fit.

    `deadline` ends it early; `bundles` saves making them again, and `cost` sets other costs.
    """
    bundles = bundles or Bundles(incumbent)
    if cost is not None:
        bundles.cost = cost
    entries = (bundles.entry(i) for i in np.flatnonzero(incumbent.free & ~incumbent.inside).tolist())
    heap = [entry for entry in entries if entry is not None]
    heapq.heapify(heap)
    excess = incumbent.excess
    while heap and not deadline.passed:
        entry = heapq.heappop(heap)
        now = None if incumbent.inside[entry[1]] else bundles.entry(entry[1])
        if now is None:
            continue
        if now[:2] > entry[:2]:  # what it shared with another bundle is already in, or its synergy is out of reach
            heapq.heappush(heap, now)
            continue
        members = now[2]
        if incumbent.excess_after(members, excess) <= excess:
            incumbent.turn(members)
            excess = incumbent.excess
            again = (bundles.entry(i) for i in bundles.concerned(members))
            for changed in again:
                if changed is not None:
                    heapq.heappush(heap, changed)
