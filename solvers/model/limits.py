"""The named limits and rules of a problem, one by one, in the order in which a certificate checks them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.model.funding import CarryForward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.model.problem import Problem
    from solvers.model.rules import Choice


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit or rule: its kind, its position among those of its kind, and its name.

    Kinds are those of `Check.kind`: "capacity", "minimum use", "mandatory", "forbidden", "requires", "excludes",
    "movement", and "choice", "count", "spend", "share" and "row", each with " minimum" or " maximum".
    """

    kind: str
    position: int
    name: str

    def __str__(self) -> str:
        before = {"capacity": "the limit on ", "movement": "the cap on "}
        after = {"choice minimum": " (one of them must be in)", "choice maximum": " (at most one of them)"}
        return f"{before.get(self.kind, '')}{self.name}{after.get(self.kind, '')}"


def limits_of(problem: Problem) -> tuple[Limit, ...]:
    """Return every limit and rule that a portfolio could break, in the order of a certificate's checks."""
    return (*_simple_limits(problem), *_bounded_limits(problem), *_movement_limits(problem))


def _simple_limits(problem: Problem) -> Iterator[Limit]:
    kinds: dict[str, list[str]] = {
        "mandatory": [f"{name} is mandatory" for name in problem.mandatory],
        "forbidden": [f"{name} is forbidden" for name in problem.forbidden],
        "requires": [rule.name for rule in problem.requires],
        "excludes": [rule.name for rule in problem.excludes],
    }
    for j in np.flatnonzero(np.isfinite(problem.capacity)).tolist():
        yield Limit("capacity", j, problem.resources[j])
    for j in np.flatnonzero(np.isfinite(problem.minimum_use)).tolist():
        yield Limit("minimum use", j, f"{problem.resources[j]} (minimum use)")
    for kind, names in kinds.items():
        yield from (Limit(kind, i, name) for i, name in enumerate(names))


def _bounded_limits(problem: Problem) -> Iterator[Limit]:
    for i, choice in enumerate(problem.choices):
        if choice.required:
            yield Limit("choice minimum", i, choice.name)
        if choice.exclusive:
            yield Limit("choice maximum", i, choice.name)
    kinds: dict[str, tuple[Any, ...]] = {"count": problem.counts, "spend": problem.spends, "share": problem.shares}
    kinds["row"] = problem.rows
    for kind, rules in kinds.items():
        for i, rule in enumerate(rules):
            for side in ("minimum", "maximum"):
                if getattr(rule, side) is not None:
                    yield Limit(f"{kind} {side}", i, rule.name)


def _movement_limits(problem: Problem) -> Iterator[Limit]:
    if problem.movements:
        for q, (move, cap) in enumerate(zip(problem.movements, problem.movement_caps, strict=True)):
            if cap is not None:
                yield Limit("movement", q, move.name)


def keeping(problem: Problem, kept: Iterable[Limit]) -> Problem:
    """Return the problem with only some of its limits and rules; values, use and synergies stay."""
    keys = {(limit.kind, limit.position) for limit in kept}

    def some(kind: str, items: tuple[Any, ...]) -> list[Any]:
        return [item for i, item in enumerate(items) if (kind, i) in keys]

    resources = range(len(problem.resources))
    in_force = np.array([("capacity", j) in keys for j in resources], dtype=bool)
    floored = np.array([("minimum use", j) in keys for j in resources], dtype=bool)
    return problem.replace(
        capacity=np.where(in_force, problem.capacity, np.inf),
        minimum_use=np.where(floored, problem.minimum_use, -np.inf),
        mandatory=some("mandatory", problem.mandatory),
        forbidden=some("forbidden", problem.forbidden),
        requires=some("requires", problem.requires),
        excludes=some("excludes", problem.excludes),
        choices=_choices(problem.choices, keys),
        counts=_sides("count", problem.counts, keys),
        spends=_sides("spend", problem.spends, keys),
        shares=_sides("share", problem.shares, keys),
        rows=_sides("row", problem.rows, keys),
        **_movements(problem, keys),
    )


def with_caps_as_amounts(problem: Problem) -> Problem:
    """Return the problem with each cap that is a share of a capacity rewritten as an amount."""
    caps = [np.inf if cap is None else float(cap) for cap in problem.movement_caps] if problem.movements else []
    carries, q = [], 0
    for carry in problem.carries:
        steps = len(carry.most)
        carries.append(CarryForward(carry.resources, caps[q : q + steps], name=carry.name))
        q += steps
    transfers = [
        replace(transfer, most=cap, share=np.inf) for transfer, cap in zip(problem.transfers, caps[q:], strict=True)
    ]
    return problem.replace(carries=carries, transfers=transfers)


def _movements(problem: Problem, keys: set[tuple[str, int]]) -> dict[str, Any]:
    """Return carry-forwards and transfers with only some of their caps."""
    carries, transfers, q = [], [], 0
    for carry in problem.carries:
        kept = [("movement", q + step) in keys for step in range(len(carry.most))]
        q += len(kept)
        most = [figure if keep else np.inf for figure, keep in zip(carry.most, kept, strict=True)]
        share = [figure if keep else np.inf for figure, keep in zip(carry.share, kept, strict=True)]
        carries.append(CarryForward(carry.resources, most, share, carry.name))
    for transfer in problem.transfers:
        capped = ("movement", q) in keys
        transfers.append(transfer if capped else replace(transfer, most=np.inf, share=np.inf))
        q += 1
    return {"carries": carries, "transfers": transfers}


def _choices(choices: tuple[Choice, ...], keys: set[tuple[str, int]]) -> list[Choice]:
    kept = []
    for i, choice in enumerate(choices):
        required, exclusive = ("choice minimum", i) in keys, ("choice maximum", i) in keys
        if required or exclusive:
            kept.append(replace(choice, required=required, exclusive=exclusive))
    return kept


def _sides(kind: str, rules: tuple[Any, ...], keys: set[tuple[str, int]]) -> list[Any]:
    kept = []
    for i, rule in enumerate(rules):
        minimum = rule.minimum if (f"{kind} minimum", i) in keys else None
        maximum = rule.maximum if (f"{kind} maximum", i) in keys else None
        if minimum is not None or maximum is not None:
            kept.append(replace(rule, minimum=minimum, maximum=maximum))
    return kept
