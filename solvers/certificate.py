"""Checks a portfolio against its problem with no solver's help: exact arithmetic on the figures as written.

A float stands for the decimal number a person wrote, which is its shortest text (``repr``): so 0.1 + 0.2 fits
in 0.3. Sums run over Python's `decimal` numbers in a context that raises if a digit would ever be lost. This
module shares no code with the back ends: it reads the rules themselves, not the linear model made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from solvers.problem import Problem
    from solvers.rules import Reference, ShareRule, SpendRule
    from solvers.solution import Solution

# Wide enough for the sum of any floats (they span about 640 decimal digits) times another float.
EXACT = Context(prec=4000, traps=[Inexact])


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
        """How far the use is from the limit, negative where it is broken; None without a limit."""
        if self.limit is None:
            return None
        return self.limit - self.use if self.sense == "<=" else self.use - self.limit


@dataclass(frozen=True, slots=True)
class Certificate:
    """What exact arithmetic says about a portfolio: its value, its use, every rule by name."""

    selected: tuple[str, ...]
    value: Fraction
    usage: Mapping[str, Fraction]
    checks: tuple[Check, ...]

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


def certify(problem: Problem, selected: Iterable[Reference] | Solution) -> Certificate:
    """Check a portfolio against every limit and rule of its problem, in exact arithmetic.

    Parameters
    ----------
    problem : Problem
        What was asked.
    selected : sequence of references, or Solution
        The options that are in, by name or position, or a solution that has them.

    Returns
    -------
    Certificate
        `.holds`, `.value` (exact), `.usage`, `.checks` by name with slack, `.violations`, `.to_frame()`.

    Raises
    ------
    ProblemError
        If an option is unknown or named twice.
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
    with localcontext(EXACT):
        return _certify(problem, tuple(problem.names[i] for i in inside), inside)


def _certify(problem: Problem, names: tuple[str, ...], inside: list[int]) -> Certificate:
    chosen: set[Any] = set(names)
    columns = problem.usage[inside].T.tolist() if inside else [[] for _ in problem.resources]
    totals = [_total(column) for column in columns]
    at = problem.resource_labels.positions
    value = _total(problem.values[inside].tolist() if inside else [])
    used = list(totals)
    for synergy in problem.synergies:
        if chosen.issuperset(synergy.members):
            value += _exact(synergy.value)
            for resource, amount in synergy.usage.items():
                used[at[resource]] += _exact(amount)
    checks = [
        *_resource_checks(problem, used),
        *_choice_checks(problem, chosen),
        *_group_checks(problem, chosen, totals),
    ]
    usage = {resource: Fraction(amount) for resource, amount in zip(problem.resources, used, strict=True)}
    return Certificate(names, Fraction(value), usage, tuple(checks))


def _total(figures: list[float]) -> Decimal:
    """Return the exact sum of decimal figures.

    Where a few decimal places write all of them, whole numbers are added: a whole number below 10**15 divided by a
    power of ten is rounded correctly, so equality with the figure shows that it is the decimal the figure prints as.
    """
    sample = [len(repr(figure).partition(".")[2]) for figure in figures[:4]]
    for places in range(max(sample, default=1), 10):
        factor = 10.0**places
        whole = [round(figure * factor) for figure in figures]
        if max(map(abs, whole), default=0) >= 10**15:
            break
        if [number / factor for number in whole] == figures:
            return Decimal(sum(whole)).scaleb(-places)
    return sum(map(Decimal, map(repr, figures)), Decimal(0))


def _resource_checks(problem: Problem, used: list[Decimal]) -> Iterable[Check]:
    limits, least = problem.capacity.tolist(), problem.minimum_use.tolist()
    for resource, amount, limit in zip(problem.resources, used, limits, strict=True):
        yield _check(resource, "capacity", amount, "<=", limit)
    for resource, amount, limit in zip(problem.resources, used, least, strict=True):
        if limit != float("-inf"):
            yield _check(f"{resource} (minimum use)", "minimum use", amount, ">=", limit)


def _choice_checks(problem: Problem, chosen: set[Any]) -> Iterable[Check]:
    for name in problem.mandatory:
        yield _check(f"{name} is mandatory", "mandatory", Decimal(name in chosen), ">=", 1)
    for name in problem.forbidden:
        yield _check(f"{name} is forbidden", "forbidden", Decimal(name in chosen), "<=", 0)
    for rule in problem.requires:
        needed = rule.number if rule.option in chosen else 0
        yield _check(rule.name, "requires", _count(rule.needs, chosen), ">=", needed)
    for exclusion in problem.excludes:
        yield _check(exclusion.name, "excludes", _count(exclusion.members, chosen), "<=", 1)
    for choice in problem.choices:
        number = _count(choice.members, chosen)
        yield from _between(
            choice.name, "choice", number, 1 if choice.required else None, 1 if choice.exclusive else None
        )
    for group in problem.counts:
        yield from _between(group.name, "count", _count(group.members, chosen), group.minimum, group.maximum)


def _group_checks(problem: Problem, chosen: set[Any], totals: list[Decimal]) -> Iterable[Check]:
    at = problem.resource_labels.positions
    for spend in problem.spends:
        amount = _spent(problem, spend, chosen)
        yield from _between(spend.name, "spend", amount, spend.minimum, spend.maximum)
    for share in problem.shares:
        amount = _spent(problem, share, chosen)
        whole = sum((totals[at[resource]] for resource in share.resources), Decimal(0))
        if share.minimum is not None:
            yield _check(share.name, "share minimum", amount, ">=", _exact(share.minimum) * whole)
        if share.maximum is not None:
            yield _check(share.name, "share maximum", amount, "<=", _exact(share.maximum) * whole)


def _between(name: str, kind: str, use: Decimal, minimum: float | None, maximum: float | None) -> Iterable[Check]:
    if minimum is not None:
        yield _check(name, f"{kind} minimum", use, ">=", minimum)
    if maximum is not None:
        yield _check(name, f"{kind} maximum", use, "<=", maximum)


def _check(name: str, kind: str, use: Decimal, sense: str, limit: float | Decimal) -> Check:
    if limit == float("inf"):
        return Check(name, kind, Fraction(use), sense, None, True)
    bound = limit if isinstance(limit, Decimal) else _exact(limit)
    return Check(name, kind, Fraction(use), sense, Fraction(bound), use <= bound if sense == "<=" else use >= bound)


def _count(members: Sequence[object], chosen: set[Any]) -> Decimal:
    return Decimal(sum(member in chosen for member in members))


def _spent(problem: Problem, rule: SpendRule | ShareRule, chosen: set[Any]) -> Decimal:
    at, across = problem.option_labels.positions, problem.resource_labels.positions
    rows = problem.usage[[at[member] for member in rule.members if member in chosen]].tolist()
    return _total([row[across[resource]] for row in rows for resource in rule.resources])


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)
