"""Reading partial funding, curves, carry-forwards and transfers: references become names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from solvers.errors import ProblemError
from solvers.model.funding import CarryForward, Movement, Transfer, ValueCurve

if TYPE_CHECKING:
    from solvers.model._references import Labels

Rule = TypeVar("Rule")


def read_partial(given: Mapping[Any, float] | Iterable[Any], options: Labels) -> dict[str, float]:
    """Read the least shares of options that may be funded in part; options without one may have any share."""
    if not isinstance(given, Mapping):
        raise ProblemError(f"partial takes a mapping from option to least share. Got {type(given).__name__}.")
    shares = {}
    for reference, least in given.items():
        name = options.name(reference, "partial")
        if isinstance(least, bool) or not 0 < float(least) <= 1:
            raise ProblemError(f"The least share of {name!r} in partial must be above 0 and at most 1. Got {least!r}.")
        shares[name] = float(least)
    return {name: shares[name] for name in options.names if name in shares}


def read_curves(
    given: Iterable[Any], options: Labels, resources: Labels, partial: Mapping[str, float]
) -> tuple[ValueCurve, ...]:
    """Read curves of value by spend; an option has at most one, and cannot be in `partial` as well."""
    rules: list[ValueCurve] = []
    for rule in _only(ValueCurve, given, "curves"):
        where = f"The curve {rule.name!r}" if rule.name else "A curve"
        option = options.name(rule.option, where)
        if option in partial or any(option == other.option for other in rules):
            raise ProblemError(f"{option!r} has more than one rule for how much is spent on it. Keep one of them.")
        used: dict[Any, float] = dict(
            zip(resources.all(tuple(rule.resources), where), rule.resources.values(), strict=True)
        )
        rules.append(ValueCurve(option, used, rule.points, rule.name or f"value of spend on {option}"))
    return tuple(rules)


def read_carries(given: Iterable[Any], resources: Labels) -> tuple[CarryForward, ...]:
    """Read carry-forwards: `CarryForward` objects or plain lists of periods."""
    rules = []
    for rule in given:
        if isinstance(rule, str):
            raise ProblemError(f"carries takes lists of resources, one list per fund. Got the text {rule!r}.")
        carry = rule if isinstance(rule, CarryForward) else CarryForward(rule)
        where = f"The carry-forward {carry.name!r}" if carry.name else "A carry-forward"
        periods = resources.all(carry.resources, where)
        name = carry.name or f"carry-forward from {periods[0]} to {periods[-1]}"
        rules.append(replace(carry, resources=periods, name=name))
    return tuple(rules)


def read_transfers(given: Iterable[Any], resources: Labels) -> tuple[Transfer, ...]:
    """Read transfers between funds."""
    rules = []
    for rule in _only(Transfer, given, "transfers"):
        where = f"The transfer {rule.name!r}" if rule.name else "A transfer"
        source, target = resources.name(rule.source, where), resources.name(rule.target, where)
        name = rule.name or f"transfer from {source} to {target}"
        rules.append(replace(rule, source=source, target=target, name=name))
    return tuple(rules)


def movements_of(
    carries: Iterable[CarryForward], transfers: Iterable[Transfer], resources: Labels
) -> tuple[Movement, ...]:
    """Return every way in which capacity may move: steps of carry-forwards first, then transfers."""
    at, moves = resources.positions, list[Movement]()
    for carry in carries:
        steps = zip(carry.resources, carry.resources[1:], carry.most, carry.share, strict=False)
        for source, target, most, share in steps:
            moves.append(Movement(f"{source} carried to {target}", at[source], at[target], 1.0, most, share))
    for rule in transfers:
        moves.append(Movement(rule.name, at[rule.source], at[rule.target], rule.rate, rule.most, rule.share))
    names = [move.name for move in moves]
    for name in names:
        if names.count(name) > 1:
            raise ProblemError(f"Two movements of capacity are called {name!r}. Give transfers names that differ.")
    return tuple(moves)


def _only(kind: type[Rule], given: Iterable[Rule], what: str) -> Iterable[Rule]:
    for rule in given:
        if not isinstance(rule, kind):
            raise ProblemError(f"{what} takes {kind.__name__} objects. Got {rule!r}.")
        yield rule
