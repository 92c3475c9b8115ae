"""Taking options by value for money, each together with the prerequisites that it still lacks."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from solvers._moves import money

if TYPE_CHECKING:
    from solvers._moves import Moves

Entry = tuple[float, int]


class Bundles:
    """What each option needs, and what it is worth for its money, as a portfolio grows."""

    def __init__(self, moves: Moves) -> None:
        self.moves, self.cost = moves, money(moves.problem)
        at = moves.problem.option_labels.positions
        self.needs: dict[int, list[tuple[int, list[int]]]] = {}
        self.needed_by: dict[int, list[int]] = {}
        for rule in moves.problem.requires:
            option, members = at[rule.option], [at[name] for name in rule.needs]
            self.needs.setdefault(option, []).append((rule.number, members))
            for member in members:
                self.needed_by.setdefault(member, []).append(option)

    def of(self, option: int) -> list[int]:
        """Return an option with what it needs and has not; the cheapest of those to choose from. Empty: it cannot."""
        wanted, found = [option], set[int]()
        while wanted:
            i = wanted.pop()
            if self.moves.inside[i] or i in found:
                continue
            if not self.moves.free[i]:
                return []
            found.add(i)
            for number, members in self.needs.get(i, ()):
                others = [j for j in members if not (self.moves.inside[j] or j in found)]
                missing = number - (len(members) - len(others))
                wanted += sorted(others, key=self.cost.__getitem__)[: max(0, missing)]
        return sorted(found)

    def entry(self, option: int) -> Entry | None:
        """Return value for money with the sign turned, and the option; None where it would be a loss."""
        members = self.of(option)
        value = self.moves.change(members)[0] if members else -1.0
        if value < 0:
            return None
        spent = float(self.cost[members].sum())
        return (-np.inf if spent <= 0 else -value / spent, option)

    def concerned(self, members: list[int]) -> list[int]:
        """Return the options outside whose value for money changes when members have come in."""
        found: set[int] = set()
        for member in members:
            found.update(self.needed_by.get(member, ()))
            for k in self.moves.part_of[member]:
                found.update(self.moves.members[k].tolist())
        return sorted(i for i in found if not self.moves.inside[i])


def take_by_value_for_money(moves: Moves) -> None:
    """Add options, bundled with what they need, in order of value for money; skip what does not fit."""
    bundles = Bundles(moves)
    entries = (bundles.entry(i) for i in np.flatnonzero(moves.free & ~moves.inside).tolist())
    heap = [entry for entry in entries if entry is not None]
    heapq.heapify(heap)
    excess = moves.excess(moves.use)
    while heap:
        entry = heapq.heappop(heap)
        now = None if moves.inside[entry[1]] else bundles.entry(entry[1])
        if now is None:
            continue
        if now > entry:  # what it shared with another bundle is in, or its synergy is out of reach
            heapq.heappush(heap, now)
            continue
        members = bundles.of(entry[1])
        after = moves.excess(moves.use + moves.change(members)[1])
        if after <= excess:
            moves.turn(members)
            excess = after
            again = (bundles.entry(i) for i in bundles.concerned(members))
            for changed in again:
                if changed is not None:
                    heapq.heappush(heap, changed)
