"""Turning references (names or positions) into names, with messages that suggest what was meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from operator import index
from typing import TYPE_CHECKING, Any, TypeVar

from solvers.errors import ProblemError
from solvers.model.rules import (
    Choice,
    Column,
    CountRule,
    Excludes,
    Reference,
    Requires,
    Row,
    ShareRule,
    SpendRule,
    Synergy,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of options or of resources, and where each stands."""

    noun: str
    names: tuple[str, ...]
    positions: Mapping[Any, int]

    @classmethod
    def of(cls, noun: str, names: tuple[str, ...]) -> Labels:
        """Build the look-up table for names in this order."""
        return cls(noun, names, {name: i for i, name in enumerate(names)})

    def name(self, reference: object, where: str) -> str:
        """Return the name that a reference means."""
        if isinstance(reference, str):
            if reference in self.positions:
                return reference
            near = get_close_matches(reference, self.names, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are {len(self.names)} {self.noun}s."
            raise ProblemError(f"{where} names the {self.noun} {reference!r}, which does not exist.{hint}")
        try:
            at = index(reference)  # type: ignore[arg-type]
        except TypeError:
            at = -1
        if isinstance(reference, bool) or not 0 <= at < len(self.names):
            raise ProblemError(
                f"{where} refers to the {self.noun} {reference!r}. Use its name, or its position "
                f"from 0 to {len(self.names) - 1}."
            )
        return self.names[at]

    def all(self, references: Reference | Iterable[Reference], where: str) -> tuple[str, ...]:
        """Return the names that several references mean; refuse repeats."""
        given = (references,) if isinstance(references, str | int) else tuple(references)
        kinds, distinct = set(map(type, given)), set(given)
        if len(distinct) == len(given):
            # The usual cases, at the speed of sets: all known names, or all positions in range.
            if kinds == {str} and self.positions.keys() >= distinct:
                return given  # type: ignore[return-value]
            if kinds == {int} and min(distinct) >= 0 and max(distinct) < len(self.names):  # type: ignore[operator]
                return tuple([self.names[at] for at in given])  # type: ignore[index]
        names = tuple(self.name(reference, where) for reference in given)
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ProblemError(f"{where} names the {self.noun} {twice!r} more than once. Name it once.")
        return names


def read_requires(given: Iterable[Any], options: Labels) -> tuple[Requires, ...]:
    """Read prerequisites: `Requires` objects or plain ``(option, needs)`` pairs."""
    rules = []
    for rule in given:
        if not isinstance(rule, Requires):
            if isinstance(rule, str | int) or len(rule) != 2:
                raise ProblemError(f"requires takes Requires objects or (option, [needs]) pairs. Got {rule!r}.")
            rule = Requires(rule[0], rule[1])  # noqa: PLW2901 - the pair is read as the rule it means
        where = f"The rule {rule.name!r}" if rule.name else "A prerequisite"
        option, needs = options.name(rule.option, where), options.all(rule.needs, where)
        if rule.number == len(needs):
            words = ("" if len(needs) == 1 else "all of ") + _list(needs)
        else:
            words = ("any of " if rule.number == 1 else f"at least {rule.number} of ") + _list(needs)
        name = rule.name or f"{option} requires {words}"
        rules.append(Requires(option, needs, rule.at_least, name))
    return tuple(rules)


def read_excludes(given: Iterable[Any], options: Labels) -> tuple[Excludes, ...]:
    """Read exclusions: `Excludes` objects or plain lists of members."""
    rules = []
    for rule in given:
        if isinstance(rule, str | int):
            raise ProblemError(f"excludes takes lists of options, one list per exclusion. Got {rule!r}.")
        exclusion = rule if isinstance(rule, Excludes) else Excludes(rule)
        where = f"The exclusion {exclusion.name!r}" if exclusion.name else "An exclusion"
        names = options.all(exclusion.members, where)
        rules.append(Excludes(names, exclusion.name or f"at most one of {_list(names)}"))
    return tuple(rules)


def read_choices(given: Iterable[Any], options: Labels) -> tuple[Choice, ...]:
    """Read choices: `Choice` objects or plain lists of members, at most one of them in."""
    rules = []
    for rule in given:
        if isinstance(rule, str | int):
            raise ProblemError(f"choices takes lists of options, one list per choice. Got {rule!r}.")
        choice = rule if isinstance(rule, Choice) else Choice(rule)
        names = options.all(choice.members, f"The choice {choice.name!r}" if choice.name else "A choice")
        words = f"{'exactly' if choice.required else 'at most'} one way: {_list(names)}"
        rules.append(replace(choice, members=names, name=choice.name or words))
    return tuple(rules)


def read_counts(given: Iterable[CountRule], options: Labels) -> tuple[CountRule, ...]:
    """Read bounds on how many members are in."""
    rules = []
    for rule in _only(CountRule, given, "counts"):
        members = options.all(rule.members, f"The count rule {rule.name!r}" if rule.name else "A count rule")
        words = f"{_bounds(rule.minimum, rule.maximum)} of {_list(members)}"
        rules.append(replace(rule, members=members, name=rule.name or words))
    return tuple(rules)


def read_spends(given: Iterable[SpendRule], options: Labels, resources: Labels) -> tuple[SpendRule, ...]:
    """Read bounds on what members use together."""
    rules = []
    for rule in _only(SpendRule, given, "spends"):
        where = f"The spend rule {rule.name!r}" if rule.name else "A spend rule"
        members, used = options.all(rule.members, where), resources.all(rule.resources, where)
        words = f"{_bounds(rule.minimum, rule.maximum)} of {_list(used)} on {_list(members)}"
        rules.append(replace(rule, members=members, resources=used, name=rule.name or words))
    return tuple(rules)


def read_shares(given: Iterable[ShareRule], options: Labels, resources: Labels) -> tuple[ShareRule, ...]:
    """Read bounds on the share of members in what the portfolio uses."""
    rules = []
    for rule in _only(ShareRule, given, "shares"):
        where = f"The share rule {rule.name!r}" if rule.name else "A share rule"
        members, used = options.all(rule.members, where), resources.all(rule.resources, where)
        words = f"share of {_list(used)} {_bounds(rule.minimum, rule.maximum)} on {_list(members)}"
        rules.append(replace(rule, members=members, resources=used, name=rule.name or words))
    return tuple(rules)


def read_synergies(given: Iterable[Synergy], options: Labels, resources: Labels) -> tuple[Synergy, ...]:
    """Read effects that happen exactly when all members are in."""
    rules = []
    for rule in _only(Synergy, given, "synergies"):
        where = f"The synergy {rule.name!r}" if rule.name else "A synergy"
        members = options.all(rule.members, where)
        usage: dict[Reference, float] = dict(
            zip(resources.all(tuple(rule.usage), where), rule.usage.values(), strict=True) if rule.usage else ()
        )
        name = rule.name or f"synergy of {_list(members)}"
        rules.append(Synergy(members, rule.value, usage, name))
    return tuple(rules)


def read_columns(given: Iterable[Column], options: Labels, synergies: tuple[Synergy, ...]) -> tuple[Column, ...]:
    """Read the user's own amounts; each needs a unique name."""
    columns = tuple(_only(Column, given, "columns"))
    taken = {*options.names, *(synergy.name for synergy in synergies)}
    for column in columns:
        if column.name in taken:
            raise ProblemError(f"The column {column.name!r} has the name of something else. Rename it.")
        taken.add(column.name)
    return columns


def read_rows(
    given: Iterable[Row], options: Labels, synergies: tuple[Synergy, ...], columns: tuple[Column, ...]
) -> tuple[Row, ...]:
    """Read linear rules; options may be referred to by position, everything else by a unique name."""
    rows = []
    called = [synergy.name for synergy in synergies] + [column.name for column in columns]
    for i, row in enumerate(_only(Row, given, "rows")):
        where = f"The row {row.name!r}" if row.name else "A row"
        coefficients: dict[Reference, float] = {}
        for key, figure in row.coefficients.items():
            name = str(key) if key in called else options.name(key, where)
            if called.count(name) + (name in options.positions) > 1:
                raise ProblemError(f"{where} names {name!r}, which is the name of more than one thing. Rename them.")
            if name in coefficients:
                raise ProblemError(f"{where} names {name!r} more than once. Name it once.")
            coefficients[name] = figure
        rows.append(replace(row, coefficients=coefficients, name=row.name or f"row {i + 1}"))
    return tuple(rows)


def _only(kind: type[Rule], given: Iterable[Rule], what: str) -> Iterable[Rule]:
    for rule in given:
        if not isinstance(rule, kind):
            raise ProblemError(f"{what} takes {kind.__name__} objects. Got {rule!r}.")
        yield rule


def _list(names: tuple[str, ...]) -> str:
    if len(names) > 6:
        return ", ".join(names[:5]) + f" and {len(names) - 5} more"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _bounds(minimum: float | None, maximum: float | None) -> str:
    if minimum is not None and minimum == maximum:
        return f"exactly {minimum:g}"
    parts = [] if minimum is None else [f"at least {minimum:g}"]
    return " and ".join(parts if maximum is None else [*parts, f"at most {maximum:g}"])
