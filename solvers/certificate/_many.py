"""Certifies many portfolios at once, each against its own figures: `certify` with arrays, and as exact.

The certificate's own code reads figures as whole numbers, adds and compares whole numbers, and reads the rules from the
problem itself. Values and uses are the floats nearest to the exact sums, as a `Certificate` shows them: so row k agrees
to the last digit with `certify` on that row alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.certificate._decimal_arrays import Wholes, read_together
from solvers.certificate._figures import written
from solvers.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from solvers.arrays import BoolArray, FloatArray
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class ManyCertificates:
    """What exact arithmetic says about many portfolios: whether each keeps its limits, value and use of each.

    `holds` has shape (s,), `value` (s,), `usage` (s, r), synergies included.
    """

    holds: BoolArray
    value: FloatArray
    usage: FloatArray


def certify_many(
    problem: Problem,
    selected: BoolArray,
    *,
    values: FloatArray | None = None,
    synergy_values: FloatArray | None = None,
    capacity: FloatArray | None = None,
    usage: FloatArray | None = None,
    synergy_usage: FloatArray | None = None,
    forced: BoolArray | None = None,
    forbidden: BoolArray | None = None,
) -> ManyCertificates:
    """Check one portfolio per row against every limit and rule, with the row's own figures if they are given.

    Parameters
    ----------
    problem : Problem
        What stays the same. Its options are in or out, never in part.
    selected : array of bool, shape (s, n)
        The portfolios.
    values, synergy_values, capacity, usage, synergy_usage, forced, forbidden : arrays, optional
        Figures of the rows, shapes (s, n), (s, k), (s, r), (s, n, r), (s, k, r), (s, n), (s, n); the problem's own by
        default. Forced and forbidden options come on top of the problem's own.

    Raises
    ------
    ProblemError
        If the problem has amounts (funding in part, curves, capacity that moves).

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([1, 2], [0.1, 0.2], 0.3)
    >>> found = certify_many(problem, np.array([[True, True], [True, True]]), capacity=np.array([[0.3], [0.29]]))
    >>> found.holds, found.usage[0]
    (array([ True, False]), array([0.3]))
    """
    if problem.continuous:
        raise ProblemError("Portfolios with amounts are certified one by one. Remedy: solvers.certify.")
    many = _Many(problem, selected, usage, synergy_usage)
    holds = _fixed(problem, selected, forced, forbidden) & many.rules() & many.limits(capacity)
    return ManyCertificates(holds, many.value(values, synergy_values), many.use())


def _fixed(problem: Problem, selected: BoolArray, forced: BoolArray | None, forbidden: BoolArray | None) -> BoolArray:
    """Say which portfolios hold everything that must be in and nothing that must be out, shape (s,)."""
    good: Any = selected[:, problem.positions(problem.mandatory)].all(axis=1)
    good &= ~selected[:, problem.positions(problem.forbidden)].any(axis=1)
    if forced is not None:
        good &= (selected | ~forced).all(axis=1)
    if forbidden is not None:
        good &= ~(selected & forbidden).any(axis=1)
    kept: BoolArray = good
    return kept


class _Many:
    """The portfolios, repeats looked at only once if use is the same in every row."""

    def __init__(
        self, problem: Problem, selected: BoolArray, usage: FloatArray | None, synergy_usage: FloatArray | None
    ) -> None:
        self.problem, self.selected = problem, selected
        own = problem.usage if usage is None else usage
        effects = _effects(problem) if synergy_usage is None else synergy_usage
        self.inside, self.which = selected, np.arange(len(selected))
        if usage is None and synergy_usage is None:
            self.inside, which = np.unique(selected, axis=0, return_inverse=True)
            self.which = which.ravel()
        self.own, self.effects = read_together(own, effects)
        self.total = _sums(self.inside, self.own) + _sums(self._together(self.inside), self.effects)

    def _together(self, inside: BoolArray) -> BoolArray:
        """Which synergies take effect, shape (p, k)."""
        columns = [inside[:, self.problem.positions(s.members)].all(axis=1) for s in self.problem.synergies]
        return np.column_stack(columns) if columns else np.zeros((len(inside), 0), dtype=bool)

    def use(self) -> FloatArray:
        """Use of each resource, the floats nearest to the exact sums, shape (s, r)."""
        nearest: FloatArray = self.total.floats()[self.which]
        return nearest

    def value(self, values: FloatArray | None, synergy_values: FloatArray | None) -> FloatArray:
        """Value of each portfolio, the float nearest to the exact sum, shape (s,)."""
        base = self.problem.values if values is None else values
        extra = np.array([s.value for s in self.problem.synergies]) if synergy_values is None else synergy_values
        own, more = read_together(base[..., None], extra[..., None])
        total = _sums(self.selected, own) + _sums(self._together(self.selected), more)
        nearest: FloatArray = total.floats()[:, 0]
        return nearest

    def limits(self, capacity: FloatArray | None) -> BoolArray:
        """Say which portfolios keep capacities and minimum uses, shape (s,)."""
        problem = self.problem
        most = problem.capacity[None] if capacity is None else capacity
        total = self.total if capacity is None else self.total.rows(self.which)
        good: BoolArray = _at_most(total, most) & _at_most(-total, -problem.minimum_use[None])
        return good[self.which] if capacity is None else good

    def rules(self) -> BoolArray:
        """Say which portfolios keep every rule, shape (s,)."""
        good = np.ones(len(self.inside), dtype=bool)
        for kept in (*self._choices(), *self._spends(), *self._shares(), *self._rows()):
            good &= kept
        return good[self.which]

    def _count(self, members: Iterable[Any]) -> NDArray[np.intp]:
        count: NDArray[np.intp] = self.inside[:, self.problem.positions(members)].sum(axis=1)
        return count

    def _choices(self) -> Iterator[Any]:
        for rule in self.problem.requires:
            yield (self._count([rule.option]) == 0) | (self._count(rule.needs) >= rule.number)
        for exclusion in self.problem.excludes:
            yield self._count(exclusion.members) <= 1
        for choice in self.problem.choices:
            number = self._count(choice.members)
            if choice.exclusive:
                yield number <= 1
            if choice.required:
                yield number >= 1
        for group in self.problem.counts:
            number = self._count(group.members)
            if group.minimum is not None:
                yield number >= group.minimum
            if group.maximum is not None:
                yield number <= group.maximum

    def _spent(self, members: Iterable[Any] | None, resources: Iterable[Any]) -> Wholes:
        """Own use of resources by members, added up, before synergies; shape (p, 1)."""
        inside = self.inside
        if members is not None:
            belongs = np.zeros(inside.shape[1], dtype=bool)
            belongs[self.problem.positions(members)] = True
            inside = inside & belongs
        columns = self.problem.resource_positions(resources)
        use = Wholes(self.own.parts[..., columns], self.own.places)
        by_resource = _sums(inside, use).settled()
        return Wholes(by_resource.parts.sum(axis=-1, keepdims=True), use.places)

    def _spends(self) -> Iterator[Any]:
        for rule in self.problem.spends:
            amount = self._spent(rule.members, rule.resources)
            if rule.maximum is not None:
                yield _at_most(amount, np.array([[rule.maximum]], dtype=float))
            if rule.minimum is not None:
                yield _at_most(-amount, -np.array([[rule.minimum]], dtype=float))

    def _shares(self) -> Iterator[Any]:
        for rule in self.problem.shares:
            part = self._spent(rule.members, rule.resources).ints()[:, 0]
            whole = self._spent(None, rule.resources).ints()[:, 0]
            if rule.maximum is not None:
                share = written(rule.maximum)
                yield (part * share.denominator <= whole * share.numerator).astype(bool)
            if rule.minimum is not None:
                share = written(rule.minimum)
                yield (part * share.denominator >= whole * share.numerator).astype(bool)

    def _rows(self) -> Iterator[Any]:
        names = [*self.problem.names, *(synergy.name for synergy in self.problem.synergies)]
        for row in self.problem.rows:
            (figures,) = read_together(np.array([[row.coefficients.get(name, 0.0)] for name in names]))
            amount = _sums(np.hstack([self.inside, self._together(self.inside)]), figures)
            if row.maximum is not None:
                yield _at_most(amount, np.array([[row.maximum]]))
            if row.minimum is not None:
                yield _at_most(-amount, np.array([[-row.minimum]]))


def _effects(problem: Problem) -> FloatArray:
    """Change of use by each synergy, shape (k, r)."""
    table = [[synergy.usage.get(name, 0.0) for name in problem.resources] for synergy in problem.synergies]
    return np.array(table, dtype=float).reshape(len(problem.synergies), len(problem.resources))


def _sums(inside: BoolArray, figures: Wholes) -> Wholes:
    """Add up the figures (n, r) or (s, n, r) of what is inside (s, n), part by part, shape (s, r)."""
    chosen = inside.astype(np.int64)
    if figures.parts.ndim == 3:
        return Wholes(chosen @ figures.parts, figures.places)
    return Wholes(np.einsum("sn,psnr->psr", chosen, figures.parts), figures.places)


def _at_most(amounts: Wholes, limits: FloatArray) -> BoolArray:
    """Say in which rows every amount (s, r) is at most its limit (s, r) or (1, r); infinity means no limit."""
    finite = np.isfinite(limits)
    (read,) = read_together(np.where(finite, limits, 0.0))
    places = max(read.places, amounts.places)
    left = read.over(places) + (-amounts).over(places)
    kept: Any = ~finite | ~left.negative()
    good: BoolArray = kept.all(axis=1)
    return good
