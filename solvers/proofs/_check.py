"""Checks a proof of optimality in whole numbers: no solver, no floating point, no code of the prover.

To be read in one sitting. For whole row multipliers y >= 0, every portfolio x satisfies
``D c.x <= y.b + (D c - yA).x`` with D the proof's denominator, so the right side at its best x is an upper bound (weak
duality); with c = 0, a bound below 0 shows that there is no x at all. A tree of such bounds covers every portfolio.
The file format is described in docs/methods/proof-format.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, inf, lcm
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solvers.model.problem import Problem
    from solvers.proofs._proof import Proof

FORMAT = "portfolio optimality proof, version 1"
OBJECTIVE = "value"


class RejectedError(Exception):
    """The proof does not hold; the text says where."""


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """What the check says: whether the proof holds, why not, and how many nodes were looked at."""

    holds: bool
    reason: str
    nodes: int


@dataclass(frozen=True, slots=True)
class Row:
    """Whole-number row ``sum of figures * column <= limit``; the columns are the options, then the synergies."""

    figures: Mapping[int, int]
    limit: int


def exact(figure: float) -> Fraction:
    """Return the decimal number that a float prints as."""
    return Fraction(repr(float(figure)))


def whole(figures: Mapping[int, Fraction], limit: Fraction) -> Row:
    """Return a row in the smallest whole numbers; an upper limit may be rounded down to what whole numbers reach."""
    factor = lcm(*(figure.denominator for figure in figures.values()))
    scaled = {j: int(figure * factor) for j, figure in figures.items() if figure}
    common = gcd(*scaled.values()) or 1
    return Row({j: figure // common for j, figure in scaled.items()}, (limit * factor / common).__floor__())


def objective(problem: Problem) -> tuple[list[int], int]:
    """Values of options and synergies as whole numbers, and what they were multiplied by."""
    values = [exact(value) for value in problem.values.tolist()] + [exact(one.value) for one in problem.synergies]
    factor = lcm(*(value.denominator for value in values))
    return [int(value * factor) for value in values], factor


def rows(problem: Problem) -> dict[str, Row]:
    """Every limit and rule of a problem as named rows, read from the problem itself."""
    found: dict[str, Row] = {}
    for name, figures, least, most in _sums(problem):
        if most is not None:
            found[f"{name} at most"] = whole(figures, most)
        if least is not None:
            found[f"{name} at least"] = whole({j: -figure for j, figure in figures.items()}, -least)
    return found


Sum = tuple[str, dict[int, Fraction], Fraction | None, Fraction | None]


def _sums(problem: Problem) -> Iterator[Sum]:  # noqa: C901, PLR0912 - one paragraph per kind of rule
    at: dict[Any, int] = {name: i for i, name in enumerate(problem.names)}
    across: dict[Any, int] = {name: j for j, name in enumerate(problem.resources)}
    use = [[exact(figure) for figure in row] for row in problem.usage.tolist()]
    n, one = len(problem.names), Fraction(1)

    def bound(figure: float | None) -> Fraction | None:
        return None if figure is None or abs(figure) == inf else exact(figure)

    def spent(members: Any, resources: Any) -> dict[int, Fraction]:
        return {at[m]: sum((use[at[m]][across[r]] for r in resources), Fraction(0)) for m in members}

    limits = zip(problem.resources, problem.minimum_use.tolist(), problem.capacity.tolist(), strict=True)
    for name, least, most in limits:
        figures = spent(problem.names, [name])
        figures |= {n + i: exact(s.usage[name]) for i, s in enumerate(problem.synergies) if name in s.usage}
        yield f"resource {name}", figures, bound(least), bound(most)
    for i, rule in enumerate(problem.requires):
        yield f"requires {i}", {at[m]: -one for m in rule.needs} | {at[rule.option]: rule.number * one}, None, 0 * one
        if rule.number == len(rule.needs):
            for need in rule.needs:
                yield f"requires {i} {need}", {at[rule.option]: one, at[need]: -one}, None, 0 * one
    for i, exclusion in enumerate(problem.excludes):
        yield f"excludes {i}", {at[m]: one for m in exclusion.members}, None, one
    for i, choice in enumerate(problem.choices):
        least, most = (one if choice.required else None), (one if choice.exclusive else None)
        yield f"choice {i}", {at[m]: one for m in choice.members}, least, most
    for i, count in enumerate(problem.counts):
        yield f"count {i}", {at[m]: one for m in count.members}, bound(count.minimum), bound(count.maximum)
    for i, spend in enumerate(problem.spends):
        yield f"spend {i}", spent(spend.members, spend.resources), bound(spend.minimum), bound(spend.maximum)
    for i, share in enumerate(problem.shares):
        every, part = spent(problem.names, share.resources), spent(share.members, share.resources)
        for side, limit in (("minimum", share.minimum), ("maximum", share.maximum)):
            if limit is not None:
                figures = {j: part.get(j, Fraction(0)) - exact(limit) * amount for j, amount in every.items()}
                zero = Fraction(0)
                ends = (zero, None) if side == "minimum" else (None, zero)
                yield f"share {i} {side}", figures, *ends
    places = {synergy.name: n + i for i, synergy in enumerate(problem.synergies)} | at
    for i, row in enumerate(problem.rows):
        figures = {places[key]: exact(figure) for key, figure in row.coefficients.items()}
        yield f"row {i}", figures, bound(row.minimum), bound(row.maximum)
    for i, synergy in enumerate(problem.synergies):
        members = [at[m] for m in synergy.members]
        for j in members:
            yield f"synergy {i} {problem.names[j]}", {n + i: one, j: -one}, None, 0 * one
        yield f"synergy {i}", dict.fromkeys(members, one) | {n + i: -one}, None, (len(members) - 1) * one


def fingerprint(problem: Problem) -> str:
    """Digest of everything a proof is about: names, values, rows and fixed options, exactly."""
    said = (problem.names, objective(problem), problem.mandatory, problem.forbidden)
    table = [(key, sorted(row.figures.items()), row.limit) for key, row in rows(problem).items()]
    return hashlib.sha256(repr((said, table)).encode()).hexdigest()


def check_proof(problem: Problem, proof: Proof | Mapping[str, Any]) -> ProofCheck:
    """Check a proof of optimality (or that there is no portfolio) in whole-number arithmetic.

    Parameters
    ----------
    problem : Problem
        What the proof is about.
    proof : Proof or mapping
        What `prove` returned, or the content of its file.

    Returns
    -------
    ProofCheck
        `.holds`, `.reason` (if it fails, where), `.nodes`.

    Examples
    --------
    >>> from solvers import Problem, check_proof, prove
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)
    >>> check_proof(problem, prove(problem)).holds
    True
    """
    checker: _Checker | None = None
    try:
        checker = _Checker(problem, getattr(proof, "record", proof))
        checker.run()
    except RejectedError as reason:
        return ProofCheck(False, str(reason), checker.nodes if checker else 0)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        return ProofCheck(False, f"the proof is not well formed: {error!r}", checker.nodes if checker else 0)
    return ProofCheck(True, "every portfolio is covered", checker.nodes)


class _Checker:
    def __init__(self, problem: Problem, record: Any) -> None:
        self.record, self.rows, self.nodes = record, rows(problem), 0
        self.values, self.factor = objective(problem)
        self.names, self.synergies = problem.names, problem.synergies
        self.columns: dict[Any, int] = {name: j for j, name in enumerate(problem.names)}
        self.fixed = dict.fromkeys((self.columns[name] for name in problem.forbidden), 0)
        self.fixed |= dict.fromkeys((self.columns[name] for name in problem.mandatory), 1)
        if record["format"] != FORMAT or record["problem"] != fingerprint(problem):
            raise RejectedError("the proof has another format or is about another problem")
        self.denominator = _whole_number(record["denominator"])
        if self.denominator < 1:
            raise RejectedError("the denominator is not a positive whole number")

    def run(self) -> None:
        self.best: int | None = None
        if self.record["portfolio"] is not None:
            x = self.point({self.columns[name] for name in self.record["portfolio"]})
            if any(x[j] != value for j, value in self.fixed.items()) or not self.keeps(x):
                raise RejectedError("the portfolio breaks a limit or a rule")
            self.best = sum(value for value, inside in zip(self.values, x, strict=True) if inside)
            if Fraction(self.best, self.factor) != Fraction(self.record[OBJECTIVE]):
                raise RejectedError("the portfolio is not worth what the proof says")
        self.cover(self.record["tree"], dict(self.fixed))

    def point(self, inside: set[int]) -> list[int]:
        """Columns at a set of options: a synergy is in exactly when all its members are."""
        together = [all(self.columns[m] in inside for m in synergy.members) for synergy in self.synergies]
        return [int(j in inside) for j in range(len(self.names))] + [int(one) for one in together]

    def keeps(self, x: list[int]) -> bool:
        return all(sum(a * x[j] for j, a in row.figures.items()) <= row.limit for row in self.rows.values())

    def cover(self, node: Any, fixed: dict[int, int]) -> None:
        """Show that no portfolio with these options fixed is better; raise if the node does not show it."""
        self.nodes += 1
        if "impossible" in node:
            bound, _ = self.bound(node["impossible"], fixed, 0)
            if bound < 0:
                return
            raise RejectedError(f"node {self.nodes}: its multipliers do not show that it is impossible")
        if "multipliers" in node and self.best is not None:
            bound, reduced = self.bound(node["multipliers"], fixed, self.denominator)
            goal = self.best * self.denominator
            if bound <= goal:
                return
            # an option whose other value is not better than the best known may be taken as fixed
            fixed |= {j: int(r > 0) for j, r in enumerate(reduced) if j not in fixed and bound - abs(r) <= goal}
        free = [j for j in range(len(self.names)) if j not in fixed]
        if not free:
            x = self.point({j for j, value in fixed.items() if value and j < len(self.names)})
            worth = sum(value for value, inside in zip(self.values, x, strict=True) if inside)
            if self.keeps(x) and (self.best is None or worth > self.best):
                raise RejectedError(f"node {self.nodes}: it holds a better portfolio")
            return
        if "option" not in node:
            raise RejectedError(f"node {self.nodes}: its bound is above the best value, and it has no branches")
        j = self.columns[node["option"]]
        for value, child in ((0, node["out"]), (1, node["in"])):
            if fixed.get(j, value) == value:
                self.cover(child, fixed | {j: value})

    def bound(self, multipliers: Any, fixed: Mapping[int, int], times: int) -> tuple[int, list[int]]:
        """Upper bound of `times` the value that row multipliers give, and the reduced values."""
        reduced, total = [times * value for value in self.values], 0
        for key, text in multipliers.items():
            y, row = _whole_number(text), self.rows[key]
            if y < 0:
                raise RejectedError(f"node {self.nodes}: the multiplier of {key!r} is negative")
            total += y * row.limit
            for j, figure in row.figures.items():
                reduced[j] -= y * figure
        return total + sum(r * fixed.get(j, int(r > 0)) for j, r in enumerate(reduced)), reduced


def _whole_number(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise RejectedError(f"{given!r} is not a whole number")
    return int(given)
