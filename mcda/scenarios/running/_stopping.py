"""When a run may stop: at fixed looks, according to the draws before each look."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from mcda.scenarios.results._intervals import clopper_pearson, look_confidence, looks
from mcda.scenarios.results._tally import COUNTED, Tally
from mcda.scenarios.running._chunk import to_parquet

if TYPE_CHECKING:
    from mcda.scenarios.planning._compile import CompiledPlan
    from mcda.scenarios.planning._extent import StoppingRule
    from mcda.scenarios.results._store import Range, Store


class Watch:
    """Follows the draws that are done without a gap from the first, and looks when the rule says.

    Attributes
    ----------
    over
        Whether the rule is satisfied.
    """

    def __init__(self, store: Store, compiled: CompiledPlan) -> None:
        self._store = store
        self._rule = compiled.plan.stop
        self._cases = len(compiled.cases)
        self._draws = compiled.plan.draws
        self._looks = looks(self._draws) if self._rule else []
        self._tally = Tally(self._cases, len(compiled.cases[0].problem.names))
        self._at = 0
        self._look = 0
        self.over = False
        self.advance()

    def gaps(self) -> list[Range]:
        """Return the ranges of draws still to be done, cut at the looks."""
        found: list[Range] = []
        at = 0
        for start, stop in [*self._store.ranges(), (self._draws, self._draws)]:
            edges = [
                at,
                *(look for look in self._looks if at < look < min(start, self._draws)),
                min(start, self._draws),
            ]
            found += [(begin, end) for begin, end in itertools.pairwise(edges) if begin < end]
            at = max(at, stop)
        return found

    def advance(self) -> None:
        """Count what is now done without a gap, and look."""
        if self._rule is None:
            return
        for start, stop in self._store.ranges():
            if stop <= self._at:
                continue
            if start > self._at or self.over:
                return
            self._count(start, stop, self._rule)

    def _count(self, start: int, stop: int, rule: StoppingRule) -> None:
        table = self._store.read(start, stop, COUNTED)
        while self._at < stop and not self.over:
            upcoming = self._looks[self._look] if self._look < len(self._looks) else stop
            until = min(stop, upcoming)
            self._tally.add(table.slice((self._at - start) * self._cases, (until - self._at) * self._cases))
            self._at = until
            if self._look < len(self._looks) and until == upcoming:
                self._look += 1
                self.over = known_within(self._tally, rule, self._look) <= rule.half_width

    def cut(self) -> None:
        """Once the rule is satisfied, drop draws beyond the look that satisfied it: they were done in advance."""
        if not self.over:
            return
        for start, stop in self._store.ranges():
            if stop <= self._at:
                continue
            if start < self._at:
                kept = self._store.read(start, stop).slice(0, (self._at - start) * self._cases)
                self._store.remove(start, stop)
                self._store.write(start, self._at, to_parquet(kept))
            else:
                self._store.remove(start, stop)


def known_within(tally: Tally, rule: StoppingRule, look: int) -> float:
    """Return how far the truth may be from the least precisely known share, at the confidence of this look."""
    confidence = look_confidence(rule, look, tally.funded.size)
    of = tally.portfolios[:, None]
    lower, upper = clopper_pearson(tally.funded, of, confidence)
    share = tally.funded / np.maximum(of, 1)
    return float(np.maximum(share - lower, upper - share).max(initial=0.0))
