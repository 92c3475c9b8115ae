"""The rules a portfolio may have to keep, as plain frozen records.

Members are options, referred to by name or by position (0-based); `Problem` turns them into names and gives a
rule without a name one that says what it means. Every figure is taken as the decimal number that was written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solvers.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Reference = str | int


def as_members(given: Reference | Iterable[Reference], what: str) -> tuple[Reference, ...]:
    """Return one or several references as a tuple; refuse empty lists and repeats."""
    members = (given,) if isinstance(given, str | int) else tuple(given)
    if not members:
        raise ProblemError(f"{what} has no members. Name at least one.")
    if len(set(members)) != len(members):
        twice = next(member for member in members if members.count(member) > 1)
        raise ProblemError(f"{what} names {twice!r} more than once. Name each member once.")
    return members


def check_bounds(minimum: float | None, maximum: float | None, what: str) -> None:
    """Refuse bounds that are absent, not finite or crossed."""
    if minimum is None and maximum is None:
        raise ProblemError(f"{what} has neither a minimum nor a maximum. Give at least one of them.")
    for label, bound in (("minimum", minimum), ("maximum", maximum)):
        if bound is not None and not math.isfinite(bound):
            raise ProblemError(
                f"The {label} of {what} must be a finite number. Got {bound!r}; leave it out (None) for no limit."
            )
    if minimum is not None and maximum is not None and minimum > maximum:
        raise ProblemError(f"The minimum of {what} is above its maximum: {minimum!r} > {maximum!r}.")


def _whole(bound: float | None, label: str, what: str) -> int | None:
    if bound is None:
        return None
    if bound != int(bound):
        raise ProblemError(f"The {label} of {what} counts options, so it must be a whole number. Got {bound!r}.")
    return int(bound)


def _figure(bound: float | None) -> float | None:
    # NumPy scalars print differently from floats, and the printed figure is the exact one.
    return None if bound is None else float(bound)


@dataclass(frozen=True, slots=True)
class Requires:
    """If `option` is in, then at least `at_least` of `needs` are in.

    Parameters
    ----------
    option : str or int
        The option that has the prerequisites.
    needs : str, int or sequence of them
        The options it needs.
    at_least : int, optional
        How many of `needs`; None means all of them, 1 means any.
    name : str, optional
        What people call the rule.
    """

    option: Reference
    needs: tuple[Reference, ...]
    at_least: int | None = None
    name: str = ""

    def __init__(
        self,
        option: Reference,
        needs: Reference | Iterable[Reference],
        at_least: int | None = None,
        name: str = "",
    ) -> None:
        what = f"the rule {name!r}" if name else f"what {option!r} requires"
        members = as_members(needs, what)
        if option in members:
            raise ProblemError(f"{option!r} requires itself in {what}. Leave it out of its own needs.")
        if at_least is not None and not 1 <= at_least <= len(members):
            raise ProblemError(
                f"at_least in {what} must be from 1 to the number of needs ({len(members)}). Got {at_least!r}."
            )
        object.__setattr__(self, "option", option)
        object.__setattr__(self, "needs", members)
        object.__setattr__(self, "at_least", None if at_least is None else int(at_least))
        object.__setattr__(self, "name", name)

    @property
    def number(self) -> int:
        """How many of the needs must be in with the option."""
        return len(self.needs) if self.at_least is None else self.at_least


@dataclass(frozen=True, slots=True)
class Excludes:
    """At most one of `members` is in."""

    members: tuple[Reference, ...]
    name: str = ""

    def __init__(self, members: Iterable[Reference], name: str = "") -> None:
        what = f"the exclusion {name!r}" if name else "an exclusion"
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Choice:
    """`members` are ways of doing one project (versions, start years): at most one is in, or exactly one.

    Parameters
    ----------
    members : sequence of str or int
        The options among which to choose.
    required : bool
        If true, one of them must be in.
    name : str, optional
        What people call the choice, such as the project's name.
    exclusive : bool
        Whether at most one may be in; false only in the relaxations that `conflict` looks at.
    """

    members: tuple[Reference, ...]
    required: bool = False
    name: str = ""
    exclusive: bool = True

    def __init__(
        self, members: Iterable[Reference], required: bool = False, name: str = "", exclusive: bool = True
    ) -> None:
        what = f"the choice {name!r}" if name else "a choice"
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "required", bool(required))
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "exclusive", bool(exclusive))


@dataclass(frozen=True, slots=True)
class CountRule:
    """From `minimum` to `maximum` of `members` are in (equal bounds mean exactly that many)."""

    members: tuple[Reference, ...]
    minimum: int | None = None
    maximum: int | None = None
    name: str = ""

    def __init__(
        self,
        members: Reference | Iterable[Reference],
        minimum: int | None = None,
        maximum: int | None = None,
        name: str = "",
    ) -> None:
        what = f"the count rule {name!r}" if name else "a count rule"
        check_bounds(minimum, maximum, what)
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "minimum", _whole(minimum, "minimum", what))
        object.__setattr__(self, "maximum", _whole(maximum, "maximum", what))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class SpendRule:
    """`members` together use from `minimum` to `maximum` of the named resources, added up.

    Use is counted at the options' own figures, before synergies: a saving that several options make together
    belongs to none of them alone.
    """

    members: tuple[Reference, ...]
    resources: tuple[Reference, ...]
    minimum: float | None = None
    maximum: float | None = None
    name: str = ""

    def __init__(
        self,
        members: Reference | Iterable[Reference],
        resources: Reference | Iterable[Reference],
        minimum: float | None = None,
        maximum: float | None = None,
        name: str = "",
    ) -> None:
        what = f"the spend rule {name!r}" if name else "a spend rule"
        check_bounds(minimum, maximum, what)
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "resources", as_members(resources, f"The list of resources of {what}"))
        object.__setattr__(self, "minimum", _figure(minimum))
        object.__setattr__(self, "maximum", _figure(maximum))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class ShareRule:
    """The use of `members` is at most (at least) a share of what the whole portfolio uses.

    Both sides are added up over the named resources at the options' own figures, before synergies, and the
    rule reads ``use of members <= maximum * use of all``; so a portfolio that uses nothing keeps it.
    """

    members: tuple[Reference, ...]
    resources: tuple[Reference, ...]
    maximum: float | None = None
    minimum: float | None = None
    name: str = ""

    def __init__(
        self,
        members: Reference | Iterable[Reference],
        resources: Reference | Iterable[Reference],
        maximum: float | None = None,
        minimum: float | None = None,
        name: str = "",
    ) -> None:
        what = f"the share rule {name!r}" if name else "a share rule"
        check_bounds(minimum, maximum, what)
        for label, bound in (("minimum", _figure(minimum)), ("maximum", _figure(maximum))):
            if bound is not None and not 0 <= bound <= 1:
                raise ProblemError(f"The {label} of {what} must be a share, from 0 to 1. Got {bound!r}.")
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "resources", as_members(resources, f"The list of resources of {what}"))
        object.__setattr__(self, "maximum", _figure(maximum))
        object.__setattr__(self, "minimum", _figure(minimum))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Column:
    """An amount of your own: any number between two bounds, chosen together with the portfolio.

    Parameters
    ----------
    lower, upper : float
        The bounds of the amount, both finite.
    value : float
        What one unit of it adds to the value; may be negative.
    name : str
        What people and rows call it; no option, synergy or other column may have the same name.

    Examples
    --------
    >>> from solvers import Problem, Row, solve
    >>> problem = Problem([5, 4], [1, 1], 2, names=["A", "B"], columns=[Column(0, 10, -0.5, "staff hired")])
    >>> found = solve(problem.replace(rows=[Row({"A": 3, "B": 5, "staff hired": -1}, maximum=4)]), "highs")
    >>> found.selected, found.columns, found.value
    (('A', 'B'), {'staff hired': 4.0}, 7.0)
    """

    lower: float
    upper: float
    value: float
    name: str

    def __init__(self, lower: float, upper: float, value: float = 0.0, name: str = "") -> None:
        if not name:
            raise ProblemError("A column needs a name, by which rows refer to it.")
        for label, figure in (("lower bound", lower), ("upper bound", upper), ("value", value)):
            if not math.isfinite(figure):
                raise ProblemError(f"The {label} of the column {name!r} must be a finite number. Got {figure!r}.")
        if lower > upper:
            raise ProblemError(f"The lower bound of the column {name!r} is above its upper: {lower!r} > {upper!r}.")
        object.__setattr__(self, "lower", float(lower))
        object.__setattr__(self, "upper", float(upper))
        object.__setattr__(self, "value", float(value))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Row:
    """A linear rule of your own: ``minimum <= sum of the coefficients of what is in <= maximum``.

    Parameters
    ----------
    coefficients : mapping of option, synergy or column to float
        What each adds: an option, by name or position, if it is in (in part or in full); a synergy, by name, if all
        its members are in; a column, by name, for each unit of its amount. What is not named adds nothing.
    minimum, maximum : float, optional
        The least and the most that they may add up to; at least one of the two.
    name : str, optional
        What people call the rule.

    Examples
    --------
    >>> from solvers import Problem, solve
    >>> problem = Problem([5, 4, 3], [1, 1, 1], 2, names=["A", "B", "C"])
    >>> solve(problem.replace(rows=[Row({"A": 0.5, "B": 0.25, "C": 0.1}, maximum=0.7)])).selected
    ('A', 'C')
    """

    coefficients: Mapping[Reference, float] = field(hash=False)
    minimum: float | None = None
    maximum: float | None = None
    name: str = ""

    def __init__(
        self,
        coefficients: Mapping[str, float] | Mapping[int, float] | Mapping[Reference, float],
        minimum: float | None = None,
        maximum: float | None = None,
        name: str = "",
    ) -> None:
        what = f"the row {name!r}" if name else "a row"
        check_bounds(minimum, maximum, what)
        for key, figure in coefficients.items():
            if not math.isfinite(figure):
                raise ProblemError(f"The coefficient of {key!r} in {what} must be a finite number. Got {figure!r}.")
        object.__setattr__(self, "coefficients", {key: float(figure) for key, figure in coefficients.items()})
        object.__setattr__(self, "minimum", _figure(minimum))
        object.__setattr__(self, "maximum", _figure(maximum))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Synergy:
    """A change of value and of resource use that happens exactly when all `members` are in.

    Positive `value` is a synergy, negative an overlap; negative `usage` is a saving, positive an extra cost.
    """

    members: tuple[Reference, ...]
    value: float = 0.0
    usage: Mapping[Reference, float] = field(default_factory=dict, hash=False)
    name: str = ""

    def __init__(
        self,
        members: Iterable[Reference],
        value: float = 0.0,
        usage: Mapping[Reference, float] | None = None,
        name: str = "",
    ) -> None:
        what = f"the synergy {name!r}" if name else "a synergy"
        amounts = dict(usage or {})
        for label, amount in (
            ("value", value),
            *((f"use of {key!r}", each) for key, each in amounts.items()),
        ):
            if not math.isfinite(amount):
                raise ProblemError(f"The {label} of {what} must be a finite number. Got {amount!r}.")
        object.__setattr__(self, "members", as_members(members, what))
        object.__setattr__(self, "value", float(value))
        object.__setattr__(self, "usage", {key: float(amount) for key, amount in amounts.items()})
        object.__setattr__(self, "name", name)
