"""The best amounts for a given set of options, exactly: a portfolio is a set, its amounts follow from it.

Whatever solver proposed the set, shares, spends and movements of capacity are computed again here in exact
arithmetic, so they depend only on the problem and the set: the amounts of greatest value; among those, the
ones that use least of the first resource; among those, the ones that move least capacity. Curves that are not concave
are split at their points until the value read off the concave hull equals the curve's own (branch and bound).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from solvers.certificate._figures import movement_caps, value_on_curve, written
from solvers.certificate._simplex import maximise
from solvers.model.amounts import Amounts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from solvers.model.funding import ValueCurve
    from solvers.model.problem import Problem
    from solvers.model.rules import Column

Key = tuple[str, int]
Range = tuple[int, int]
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(slots=True)
class Line:
    """A linear expression in the unknown amounts: a constant and coefficients by unknown."""

    constant: Fraction = ZERO
    terms: dict[int, Fraction] = field(default_factory=dict)

    def add(self, other: Line, factor: Fraction = ONE) -> None:
        """Add a multiple of another expression to this one."""
        self.constant += other.constant * factor
        for at, figure in other.terms.items():
            self.terms[at] = self.terms.get(at, ZERO) + figure * factor

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """Value of the expression."""
        return self.constant + sum((figure * point[i] for i, figure in self.terms.items()), ZERO)


def complete(
    problem: Problem,
    selected: Collection[str],
    soft: Mapping[Key, float] | None = None,
    without: Collection[Key] = (),
) -> Amounts | None:
    """Return the best amounts for a set of options; None if no amounts keep the limits.

    Parameters
    ----------
    problem : Problem
        What was asked. Only the limits on amounts count here: capacity, minimum use, spend, share and movement.
    selected : collection of str
        The options that are in.
    soft : mapping of (kind, position) to float, optional
        Limits that may be broken, with the cost of each unit by which they are; least cost comes before value.
    without : collection of (kind, position)
        Limits to ignore.
    """
    best: tuple[tuple[Fraction, ...], Amounts] | None = None
    first = _Node(problem, set(selected), dict(soft or {}), set(without), None)
    waiting: list[tuple[Any, int, _Node]] = []
    for count, node in enumerate([first]):
        if node.solve():
            heappush(waiting, (_down(node.bound), count, node))
    made = 1
    while waiting:
        _, _, node = heappop(waiting)
        if best is not None and node.bound <= best[0]:
            break
        reached, amounts = node.true_rank(), node.amounts()
        if best is None or reached > best[0]:
            best = (reached, amounts)
        if reached == node.bound:
            break
        for ranges in node.split():
            child = _Node(problem, set(selected), dict(soft or {}), set(without), ranges)
            made += 1
            if child.solve():
                heappush(waiting, (_down(child.bound), made, child))
    return None if best is None else best[1]


def least_broken(problem: Problem, selected: Collection[str]) -> Amounts:
    """Return the amounts that break the limits on amounts least; a unit counts the same for each limit."""
    kinds = {
        "capacity": len(problem.resources),
        "minimum use": len(problem.resources),
        "movement": len(problem.movements),
    }
    for side in ("minimum", "maximum"):
        kinds |= {f"spend {side}": len(problem.spends), f"share {side}": len(problem.shares)}
        kinds |= {f"row {side}": len(problem.rows)}
    soft = {(kind, i): 1.0 for kind, number in kinds.items() for i in range(number)}
    found = complete(problem, selected, soft)
    assert found is not None  # noqa: S101 - with every limit soft there is always an answer
    return found


def _down(rank: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(-figure for figure in rank)


class _Node:
    """The exact linear program of a set, with each curve restricted to a range of its points."""

    def __init__(
        self,
        problem: Problem,
        selected: set[str],
        soft: dict[Key, float],
        without: set[Key],
        ranges: list[Range] | None,
    ) -> None:
        self.problem, self.selected, self.soft, self.without = problem, selected, soft, without
        self.curves = [curve for curve in problem.curves if curve.option in selected]
        self.ranges = ranges or [(0, len(curve.points) - 1) for curve in self.curves]
        self.caps: list[Fraction | None] = []
        self.rows: list[tuple[Line, Fraction]] = []
        self.penalty = Line()
        self.value = Line()
        self.hull_starts: list[Fraction] = []
        self.shares = self._share_lines()
        self.spends = [self._spend_line(c, r) for c, r in zip(self.curves, self.ranges, strict=True)]
        self.moves = [Line(ZERO, {self._unknown(None): ONE}) for _ in problem.movements]
        self.columns = {column.name: self._column_line(column) for column in problem.columns}
        self.own = self._own_use()
        self.bound: tuple[Fraction, ...] = ()
        self.point: list[Fraction] = []

    def _unknown(self, cap: Fraction | None) -> int:
        self.caps.append(cap)
        return len(self.caps) - 1

    def _share_lines(self) -> dict[str, Line]:
        lines = {}
        at = self.problem.option_labels.positions
        for option, least in self.problem.partial.items():
            if option in self.selected:
                low = written(least)
                lines[option] = Line(low, {self._unknown(ONE - low): ONE})
                self.value.add(lines[option], written(float(self.problem.values[at[option]])))
        return lines

    def _spend_line(self, curve: ValueCurve, within: Range) -> Line:
        points = [(written(a), written(v)) for a, v in curve.points[within[0] : within[1] + 1]]
        hull = _upper_hull(points)
        line = Line(hull[0][0])
        self.value.constant += hull[0][1]
        self.hull_starts.append(hull[0][1])
        for (a, v), (b, w) in pairwise(hull):
            at = self._unknown(b - a)
            line.terms[at] = ONE
            self.value.terms[at] = (w - v) / (b - a)
        return line

    def _column_line(self, column: Column) -> Line:
        low = written(column.lower)
        line = Line(low, {self._unknown(written(column.upper) - low): ONE})
        self.value.add(line, written(column.value))
        return line

    def _row_limits(self) -> None:
        """Add the rows that have a column in them; the others are rules on what is in, not on amounts."""
        problem = self.problem
        there = {name: Line(ONE) for name in self.selected}
        there |= {s.name: Line(ONE) for s in problem.synergies if self.selected.issuperset(map(str, s.members))}
        there |= self.columns
        for i, row in enumerate(problem.rows):
            if self.columns.keys() & row.coefficients.keys():
                line = Line()
                for key, figure in row.coefficients.items():
                    line.add(there.get(str(key), Line()), written(figure))
                if row.maximum is not None:
                    self._limit(line, written(row.maximum), ("row maximum", i))
                if row.minimum is not None:
                    self._limit(_times(line, -ONE), -written(row.minimum), ("row minimum", i))

    def _own_use(self) -> list[Line]:
        problem = self.problem
        at = problem.option_labels.positions
        lines = [Line() for _ in problem.resources]
        for option in self.selected:
            share = self.shares.get(option, Line(ONE))
            for line, figure in zip(lines, problem.usage[at[option]].tolist(), strict=True):
                if figure:
                    line.add(share, written(figure))
        for curve, spend in zip(self.curves, self.spends, strict=True):
            for resource, rate in curve.resources.items():
                lines[problem.resource_labels.positions[str(resource)]].add(spend, written(rate))
        return lines

    def _limit(self, line: Line, limit: Fraction, *keys: Key) -> None:
        """Add ``line <= limit``, unless its owner is left out; a soft owner may exceed it at a cost."""
        key = keys[0]
        if key in self.without:
            return
        if key in self.soft:
            slack = self._unknown(None)
            line = Line(line.constant, {**line.terms, slack: -ONE})
            self.penalty.terms[slack] = written(self.soft[key])
        self.rows.append((line, limit))

    def _all_limits(self) -> None:
        problem, total = self.problem, self._with_synergies()
        self.first_use = total[0] if total else Line()
        for j, least in enumerate(problem.minimum_use.tolist()):
            if least != float("-inf"):
                self._limit(_times(total[j], -ONE), -written(least), ("minimum use", j))
        net = [Line(line.constant, dict(line.terms)) for line in total]
        for move, line in zip(problem.movements, self.moves, strict=True):
            net[move.source].add(line)
            net[move.target].add(line, -written(move.rate))
        for j, limit in enumerate(problem.capacity.tolist()):
            if limit != float("inf"):
                self._limit(net[j], written(limit), ("capacity", j))
        for q, (line, cap) in enumerate(zip(self.moves, movement_caps(problem), strict=True)):
            if cap is not None:
                self._limit(line, cap, ("movement", q))
        self._group_limits()
        self._row_limits()

    def _with_synergies(self) -> list[Line]:
        problem, total = self.problem, [Line(line.constant, dict(line.terms)) for line in self.own]
        for synergy in problem.synergies:
            if self.selected.issuperset(map(str, synergy.members)):
                for resource, amount in synergy.usage.items():
                    total[problem.resource_labels.positions[str(resource)]].constant += written(amount)
        return total

    def _group_limits(self) -> None:
        for i, rule in enumerate(self.problem.spends):
            line = self._spent(rule.resources, rule.members)
            if rule.maximum is not None:
                self._limit(line, written(rule.maximum), ("spend maximum", i))
            if rule.minimum is not None:
                self._limit(_times(line, -ONE), -written(rule.minimum), ("spend minimum", i))
        for i, share in enumerate(self.problem.shares):
            part, whole = self._spent(share.resources, share.members), self._spent(share.resources, None)
            for bound, sign, key in (
                (share.maximum, ONE, ("share maximum", i)),
                (share.minimum, -ONE, ("share minimum", i)),
            ):
                if bound is not None:
                    line = Line()
                    line.add(part, sign)
                    line.add(whole, -sign * written(bound))
                    self._limit(line, ZERO, key)

    def _spent(self, resources: Any, members: Any) -> Line:
        """Own use of resources by members, synergies left out."""
        problem, line = self.problem, Line()
        at, across = problem.option_labels.positions, problem.resource_labels.positions
        belongs = self.selected if members is None else self.selected.intersection(members)
        for option in belongs:
            figures = problem.usage[at[option]]
            cost = sum((written(float(figures[across[name]])) for name in resources), ZERO)
            line.add(self.shares.get(option, Line(ONE)), cost)
        for curve, spend in zip(self.curves, self.spends, strict=True):
            if curve.option in belongs:
                line.add(spend, sum((written(curve.resources.get(name, 0.0)) for name in resources), ZERO))
        return line

    def solve(self) -> bool:
        """Solve the program; say whether it has a solution. Sets `bound` and `point`."""
        self._all_limits()
        for at, cap in enumerate(self.caps):
            if cap is not None:
                self.rows.append((Line(ZERO, {at: ONE}), cap))
        rows = [(line, limit) for line, limit in self.rows if not self._never_binds(line, limit)]
        count = len(self.caps)
        moved = Line(ZERO, {at: ONE for line in self.moves for at in line.terms})
        self.aims = [_times(self.penalty, -ONE), self.value, _times(self.first_use, -ONE), _times(moved, -ONE)]
        point = maximise(
            [[aim.terms.get(i, ZERO) for i in range(count)] for aim in self.aims],
            [[line.terms.get(i, ZERO) for i in range(count)] for line, _ in rows],
            [limit - line.constant for line, limit in rows],
        )
        if point is None:
            return False
        self.point = point
        self.bound = tuple(aim.at(point) for aim in self.aims)
        return True

    def _never_binds(self, line: Line, limit: Fraction) -> bool:
        if len(line.terms) == 1 and line.constant == 0 and self.caps[next(iter(line.terms))] is not None:
            return False  # a cap itself
        most = line.constant
        for at, figure in line.terms.items():
            cap = self.caps[at]
            if figure > 0:
                if cap is None:
                    return False
                most += figure * cap
        return most <= limit

    def true_rank(self) -> tuple[Fraction, ...]:
        """Return what the point is worth with the curves' own values in place of their hulls'."""
        over = sum(
            (self._hull_value(i) - value_on_curve(curve.points, self.spends[i].at(self.point)))
            for i, curve in enumerate(self.curves)
        )
        return (self.bound[0], self.bound[1] - over, *self.bound[2:])

    def _hull_value(self, i: int) -> Fraction:
        spend, value = self.spends[i], self.hull_starts[i]
        return value + sum((self.value.terms[at] * self.point[at] for at in spend.terms), ZERO)

    def split(self) -> list[list[Range]]:
        """Split the range of the curve whose hull is furthest above it."""
        gaps = [
            self._hull_value(i) - value_on_curve(curve.points, self.spends[i].at(self.point))
            for i, curve in enumerate(self.curves)
        ]
        worst = max(range(len(gaps)), key=gaps.__getitem__)
        first, last = self.ranges[worst]
        spend = self.spends[worst].at(self.point)
        middle = min(range(first + 1, last), key=lambda m: abs(written(self.curves[worst].points[m][0]) - spend))
        both = []
        for part in ((first, middle), (middle, last)):
            ranges = list(self.ranges)
            ranges[worst] = part
            both.append(ranges)
        return both

    def amounts(self) -> Amounts:
        """Return the point as shares, spends and movements."""
        return Amounts(
            {option: line.at(self.point) for option, line in self.shares.items()},
            {str(c.option): line.at(self.point) for c, line in zip(self.curves, self.spends, strict=True)},
            {m.name: line.at(self.point) for m, line in zip(self.problem.movements, self.moves, strict=True)},
            {name: line.at(self.point) for name, line in self.columns.items()},
        )


def _upper_hull(points: list[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    hull: list[tuple[Fraction, Fraction]] = []
    for x, y in points:
        while len(hull) >= 2:
            (ax, ay), (bx, by) = hull[-2], hull[-1]
            if (by - ay) * (x - ax) > (y - ay) * (bx - ax):
                break
            hull.pop()
        hull.append((x, y))
    return hull


def _times(line: Line, factor: Fraction) -> Line:
    return Line(line.constant * factor, {at: figure * factor for at, figure in line.terms.items()})
