"""Checks a portfolio against its problem with no solver's help: exact arithmetic on the figures as written.

A float stands for the decimal number a person wrote, which is its shortest text (``repr``): so 0.1 + 0.2 fits
in 0.3. Sums run over whole numbers and fractions of any size. This module shares no code with the back ends: it
reads the rules themselves, not the linear model made of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from solvers.certificate._figures import figures_of, movement_caps, value_on_curve, written
from solvers.errors import ProblemError
from solvers.model.amounts import Amounts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from solvers.model.problem import Problem
    from solvers.model.rules import Reference

# Kinds of checks that belong to what an amount is, not to a limit that someone set.
OF_AMOUNTS = frozenset({"share of an option", "spend on a curve", "amount moved", "amount of a column"})
ZERO, ONE = Fraction(0), Fraction(1)
INFINITE = float("inf")
WHOLE = tuple(map(Fraction, range(64)))  # counts are small: their fractions are made once


@dataclass(frozen=True, slots=True)
class Check:
    """One limit or rule, checked: `use` against `limit` in the stated sense, exactly."""

    name: str
    kind: str
    use: Fraction
    sense: str
    limit: Fraction | None
    holds: bool

    @property
    def slack(self) -> Fraction | None:
        """How far the use is from the limit, negative if it is broken; None if there is no limit."""
        if self.limit is None:
            return None
        return self.limit - self.use if self.sense == "<=" else self.use - self.limit


@dataclass(frozen=True, slots=True)
class Certificate:
    """What exact arithmetic says about a portfolio: its value, its use, every rule by name.

    `amounts` holds shares, spends and movements of capacity, if the problem has any. The use against a capacity
    is then what the options use, plus what is moved away, less what is moved in.
    """

    selected: tuple[str, ...]
    value: Fraction
    usage: Mapping[str, Fraction]
    checks: tuple[Check, ...]
    amounts: Amounts = field(default_factory=Amounts)

    @property
    def holds(self) -> bool:
        """Whether every limit and rule is kept."""
        return all(check.holds for check in self.checks)

    @property
    def violations(self) -> tuple[Check, ...]:
        """The limits and rules that are broken."""
        return tuple(check for check in self.checks if not check.holds)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per limit and rule: name, kind, use, sense, limit, slack, holds."""
        import pandas as pd

        rows = [(c.name, c.kind, float(c.use), c.sense, _float(c.limit), _float(c.slack), c.holds) for c in self.checks]
        return pd.DataFrame(rows, columns=["name", "kind", "use", "sense", "limit", "slack", "holds"])

    def __repr__(self) -> str:
        broken = self.violations
        state = "holds" if not broken else "broken: " + ", ".join(check.name for check in broken[:3])
        return f"<Certificate: {len(self.selected)} options, value {float(self.value):g}, {state}>"

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(index=False))


class HasPortfolio(Protocol):
    """What holds a portfolio: a solution, a certificate, or an object of your own."""

    @property
    def selected(self) -> tuple[str, ...]:
        """Names of the options that are in."""
        ...


def certify(
    problem: Problem, selected: Iterable[Reference] | HasPortfolio, amounts: Amounts | None = None
) -> Certificate:
    """Check a portfolio against every limit and rule of its problem, in exact arithmetic.

    Parameters
    ----------
    problem : Problem
        What was asked.
    selected : sequence of references, or an object with `.selected` (a Solution, a Certificate)
        The options that are in, by name or position, or something that has them (and their amounts).
    amounts : Amounts, optional
        Shares, spends and movements of capacity. By default, if the problem has any, the best that the options
        allow; if no amounts keep the limits, those that break them least.

    Returns
    -------
    Certificate
        `.holds`, `.value` (exact), `.usage`, `.checks` by name with slack, `.violations`, `.to_frame()`.

    Raises
    ------
    ProblemError
        If an option is unknown or named twice, or an amount is missing or belongs to nothing that is in.
    NoSolutionError
        If a solution without a portfolio is given.

    Examples
    --------
    >>> from solvers import Problem
    >>> certify(Problem([1, 1], [0.1, 0.2], 0.3), [0, 1])
    <Certificate: 2 options, value 2, holds>
    """
    given: Any = getattr(selected, "selected", selected)
    chosen = set(problem.option_labels.all(given, "The portfolio"))
    inside = [i for i, name in enumerate(problem.names) if name in chosen]
    found: Amounts = Amounts()
    if problem.continuous:
        found = _amounts(problem, chosen, amounts or getattr(selected, "amounts", None))
    return _Checking(problem, chosen, inside, found).certificate()


def _amounts(problem: Problem, chosen: set[str], given: Amounts | None) -> Amounts:
    from solvers.certificate._completion import complete, least_broken

    if given is None:
        return complete(problem, chosen) or least_broken(problem, chosen)
    expected = (
        (given.shares, [name for name in problem.partial if name in chosen], "share"),
        (given.spends, [str(curve.option) for curve in problem.curves if curve.option in chosen], "spend"),
        (given.moved, [move.name for move in problem.movements], "amount moved"),
        (given.columns, [column.name for column in problem.columns], "amount of the column"),
    )
    for have, want, what in expected:
        if set(have) != set(want):
            odd = min(set(have) ^ set(want))
            state = "is missing" if odd in want else "belongs to nothing that is in"
            raise ProblemError(f"The {what} of {odd!r} {state}.")
    return given


class _Checking:
    """One portfolio, its sums, and the checks one by one."""

    def __init__(self, problem: Problem, chosen: set[str], inside: list[int], amounts: Amounts) -> None:

        self.problem, self.chosen, self.inside, self.amounts = problem, chosen, inside, amounts
        self.values, self.use = figures_of(problem)
        at = problem.option_labels.positions
        self.full = [i for i in inside if problem.names[i] not in amounts.shares] if amounts.shares else inside
        self.parts = {at[name]: share for name, share in amounts.shares.items()}

    def certificate(self) -> Certificate:
        problem, at = self.problem, self.problem.resource_labels.positions
        value, own = self._own()
        used = list(own)
        for synergy in problem.synergies:
            if self.chosen.issuperset(synergy.members):
                value += written(synergy.value)
                for resource, amount in synergy.usage.items():
                    used[at[resource]] += written(amount)
        checks = [
            *self._resources(used),
            *self._choices(),
            *self._groups(own),
            *self._rows(),
            *self._movements(),
            *self._of_amounts(),
        ]
        names = tuple(problem.names[i] for i in self.inside)
        usage = dict(zip(problem.resources, used, strict=True))
        return Certificate(names, value, usage, tuple(checks), self.amounts)

    def _own(self) -> tuple[Fraction, list[Fraction]]:
        """Return value and use before synergies."""
        value, own = self.values.total(self.full)[0], self.use.total(self.full)
        for i, share in self.parts.items():
            value += share * self.values.row(i)[0]
            own = [total + share * figure for total, figure in zip(own, self.use.row(i), strict=True)]
        at = self.problem.resource_labels.positions
        for curve in self.problem.curves:
            spend = self.amounts.spends.get(str(curve.option))
            if spend is not None:
                value += value_on_curve(curve.points, spend)
                for resource, rate in curve.resources.items():
                    own[at[resource]] += written(rate) * spend
        for column in self.problem.columns:
            value += written(column.value) * self.amounts.columns[column.name]
        return value, own

    def _spent(self, members: Iterable[Any], resources: Collection[Any]) -> Fraction:
        """Own use of resources by members, before synergies."""
        at = self.problem.option_labels.positions
        columns = [self.problem.resource_labels.positions[name] for name in resources]
        belongs = self.chosen.intersection(members)
        rows = [at[name] for name in belongs]
        total = self.use.within([i for i in rows if i not in self.parts], columns)
        for i in rows:
            if i in self.parts:
                total += self.parts[i] * self.use.within([i], columns)
        for curve in self.problem.curves:
            if curve.option in belongs:
                rate = sum((written(curve.resources.get(name, 0.0)) for name in resources), ZERO)
                total += rate * self.amounts.spends[str(curve.option)]
        return total

    def _resources(self, used: list[Fraction]) -> Iterable[Check]:
        problem, net = self.problem, list(used)
        for move in problem.movements:
            amount = self.amounts.moved[move.name]
            net[move.source] += amount
            net[move.target] -= amount * written(move.rate)
        for resource, amount, limit in zip(problem.resources, net, problem.capacity.tolist(), strict=True):
            yield _check(resource, "capacity", amount, "<=", limit)
        for resource, amount, limit in zip(problem.resources, used, problem.minimum_use.tolist(), strict=True):
            if limit != float("-inf"):
                yield _check(f"{resource} (minimum use)", "minimum use", amount, ">=", limit)

    def _choices(self) -> Iterable[Check]:
        problem, chosen = self.problem, self.chosen
        for name in problem.mandatory:
            yield _check(f"{name} is mandatory", "mandatory", WHOLE[name in chosen], ">=", ONE)
        for name in problem.forbidden:
            yield _check(f"{name} is forbidden", "forbidden", WHOLE[name in chosen], "<=", ZERO)
        for rule in problem.requires:
            needed = rule.number if rule.option in chosen else 0
            yield _check(rule.name, "requires", self._count(rule.needs), ">=", needed)
        for exclusion in problem.excludes:
            yield _check(exclusion.name, "excludes", self._count(exclusion.members), "<=", 1)
        for choice in problem.choices:
            least, most = (1 if choice.required else None), (1 if choice.exclusive else None)
            yield from _between(choice.name, "choice", self._count(choice.members), least, most)
        for group in problem.counts:
            yield from _between(group.name, "count", self._count(group.members), group.minimum, group.maximum)

    def _groups(self, own: list[Fraction]) -> Iterable[Check]:
        at = self.problem.resource_labels.positions
        for spend in self.problem.spends:
            amount = self._spent(spend.members, spend.resources)
            yield from _between(spend.name, "spend", amount, spend.minimum, spend.maximum)
        for share in self.problem.shares:
            amount = self._spent(share.members, share.resources)
            whole = sum((own[at[resource]] for resource in share.resources), ZERO)
            if share.minimum is not None:
                yield _check(share.name, "share minimum", amount, ">=", written(share.minimum) * whole)
            if share.maximum is not None:
                yield _check(share.name, "share maximum", amount, "<=", written(share.maximum) * whole)

    def _rows(self) -> Iterable[Check]:
        if not self.problem.rows:
            return
        there = dict.fromkeys(self.chosen, ONE) | dict(self.amounts.columns)
        there |= {s.name: ONE for s in self.problem.synergies if self.chosen.issuperset(s.members)}
        for row in self.problem.rows:
            amount = sum((written(f) * there[key] for key, f in row.coefficients.items() if key in there), ZERO)
            yield from _between(row.name, "row", amount, row.minimum, row.maximum)

    def _movements(self) -> Iterable[Check]:
        if self.problem.movements:
            for move, cap in zip(self.problem.movements, movement_caps(self.problem), strict=True):
                if cap is not None:
                    yield _check(move.name, "movement", self.amounts.moved[move.name], "<=", cap)

    def _of_amounts(self) -> Iterable[Check]:
        for name, share in self.amounts.shares.items():
            yield _check(f"share of {name}", "share of an option", share, ">=", self.problem.partial[name])
            yield _check(f"share of {name}", "share of an option", share, "<=", ONE)
        for curve in self.problem.curves:
            if curve.option in self.chosen:
                spend = self.amounts.spends[str(curve.option)]
                yield _check(curve.name, "spend on a curve", spend, ">=", curve.points[0][0])
                yield _check(curve.name, "spend on a curve", spend, "<=", curve.points[-1][0])
        for column in self.problem.columns:
            amount = self.amounts.columns[column.name]
            yield _check(column.name, "amount of a column", amount, ">=", column.lower)
            yield _check(column.name, "amount of a column", amount, "<=", column.upper)
        for name, amount in self.amounts.moved.items():
            yield _check(name, "amount moved", amount, ">=", ZERO)

    def _count(self, members: Iterable[Any]) -> Fraction:
        return _whole(len(self.chosen.intersection(members)))


def _whole(count: int) -> Fraction:
    return WHOLE[count] if 0 <= count < len(WHOLE) else Fraction(count)


def _between(name: str, kind: str, use: Fraction, minimum: float | None, maximum: float | None) -> Iterable[Check]:
    if minimum is not None:
        yield _check(name, f"{kind} minimum", use, ">=", minimum)
    if maximum is not None:
        yield _check(name, f"{kind} maximum", use, "<=", maximum)


def _check(name: str, kind: str, use: Fraction, sense: str, limit: float | Fraction) -> Check:
    if isinstance(limit, Fraction):
        bound = limit
    elif limit == INFINITE:
        return Check(name, kind, use, sense, None, True)
    else:
        bound = _whole(limit) if isinstance(limit, int) else written(limit)
    # Cross products compare fractions exactly, and faster than their operators do.
    over = use.numerator * bound.denominator - bound.numerator * use.denominator
    return Check(name, kind, use, sense, bound, over <= 0 if sense == "<=" else over >= 0)


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)
