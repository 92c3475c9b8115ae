"""The rows of a problem's linear model in whole numbers, so that the page can solve it and check a portfolio exactly.

Each row of `solvers.linear` is multiplied by the power of ten (or the common denominator) that makes its figures whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mcda.decision import exact_decimal
from solvers.linear import linearise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import solvers

_SAFE = 2**53


@dataclass(frozen=True, slots=True)
class _Exact:
    """A row in whole numbers; `factor` is what a unit of the original row became."""

    columns: list[int]
    coefficients: list[int]
    factor: int

    def bound(self, bound: float) -> int | str | None:
        return None if math.isinf(bound) else _whole(int(exact_decimal(bound) * self.factor))


def _exact(figures: Iterable[tuple[int, Fraction]], bounds: Iterable[float]) -> _Exact:
    filled = [(column, figure) for column, figure in figures if figure]
    fractions = [figure for _, figure in filled]
    fractions += [exact_decimal(bound) for bound in bounds if not math.isinf(bound)]
    factor = math.lcm(*(fraction.denominator for fraction in fractions))
    return _Exact([column for column, _ in filled], [int(figure * factor) for _, figure in filled], factor)


def exact_rows(problem: solvers.Problem, policy: str | None) -> Iterator[dict[str, object]]:
    """Resources first, one row each, whether limited or not; then the rules."""
    if policy is None:
        for position, name in enumerate(problem.resources):
            figures = [(row, exact_decimal(float(use))) for row, use in enumerate(problem.usage[:, position])]
            figures += [
                (len(problem.names) + at, exact_decimal(float(synergy.usage.get(name, 0.0))))
                for at, synergy in enumerate(problem.synergies)
            ]
            limit = float(problem.capacity[position])
            exact = _exact(figures, [limit])
            yield _row(name, exact, None, exact.bound(limit), policy)
    model = linearise(problem)
    for at, (kind, position) in enumerate(model.owners):
        if kind == "resource":
            continue
        if kind == "share":
            yield _share_row(problem, position, policy)
            continue
        columns = model.indices[model.starts[at] : model.starts[at + 1]].tolist()
        figures = [
            (column, exact_decimal(float(figure)))
            for column, figure in zip(
                columns, model.coefficients[model.starts[at] : model.starts[at + 1]].tolist(), strict=True
            )
        ]
        lower, upper = float(model.row_lower[at]), float(model.row_upper[at])
        exact = _exact(figures, [lower, upper])
        yield _row(_name(problem, kind, position), exact, exact.bound(lower), exact.bound(upper), policy)


def _share_row(problem: solvers.Problem, position: int, policy: str | None) -> dict[str, object]:
    """Return "members' use less the share of all use is at most nothing", multiplied out without rounding."""
    rule = problem.shares[position]
    across = [problem.resources.index(str(resource)) for resource in rule.resources]
    use = [sum((exact_decimal(float(row[at])) for at in across), Fraction(0)) for row in problem.usage]
    inside = set(rule.members)
    share = exact_decimal(float(rule.maximum if rule.maximum is not None else rule.minimum or 0.0))
    figures = [
        (at, amount * ((1 if name in inside else 0) - share))
        for at, (name, amount) in enumerate(zip(problem.names, use, strict=True))
    ]
    exact = _exact(figures, [])
    most = rule.maximum is not None
    return _row(rule.name, exact, None if most else 0, 0 if most else None, policy)


def _row(
    name: str, exact: _Exact, lower: int | str | None, upper: int | str | None, policy: str | None
) -> dict[str, object]:
    return {
        "name": name,
        "columns": exact.columns,
        "figures": [_whole(figure) for figure in exact.coefficients],
        "factor": _whole(exact.factor),
        "lower": lower,
        "upper": upper,
        "policy": policy,
    }


def _whole(figure: int) -> int | str:
    """Return a whole number in a form that JSON can carry: as text beyond 2**53."""
    return figure if abs(figure) < _SAFE else str(figure)


def _name(problem: solvers.Problem, kind: str, position: int) -> str:
    listed = {
        "requires": [rule.name for rule in problem.requires],
        "excludes": [rule.name for rule in problem.excludes],
        "count": [rule.name for rule in problem.counts],
        "spend": [rule.name for rule in problem.spends],
        "row": [rule.name for rule in problem.rows],
        "synergy": [rule.name for rule in problem.synergies],
    }
    return listed[kind][position] if kind in listed else kind
