"""Projects, limits and amounts in words, for sentences made from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from mcda.decision import Decision

WIDTH = 44
MOST = 6
"""A sentence names so many things; the facts hold them all."""


class Phrases:
    """Words for one decision; a bare problem's own labels stand for themselves.

    Examples
    --------
    >>> import mcda
    >>> words = Phrases(mcda.load("datasets/nhs-digital"))
    >>> words.limit("capital_k year 2"), words.amount("capital_k year 2", 540), words.amount("integration year 1", 1.5)
    ('capital in year 2', '£540k', '1.5 FTE')
    >>> words.project("P34")
    'P34 Integration engine replacement and FHIR…'
    """

    def __init__(self, decision: Decision | None) -> None:
        self._decision = decision
        self._names = {} if decision is None else {item.id: item.name for item in decision.projects}
        self._resources = {} if decision is None else {item.id: item for item in decision.resources}

    def project(self, name: str) -> str:
        """A project by identifier and name."""
        title = self._names.get(name, "")
        return f"{name} {_shortened(title)}".rstrip()

    def projects(self, names: Iterable[str]) -> str:
        """Several projects, in one breath."""
        return listed([self.project(name) for name in names])

    def limit(self, name: str) -> str:
        """A resource in a year; other names stand as they are."""
        identifier, _, year = name.rpartition(" year ")
        if identifier not in self._resources:
            return name
        return f"{self.resource(identifier)} in year {year}"

    def resource(self, identifier: str) -> str:
        """A resource, in the middle of a sentence."""
        resource = self._resources.get(identifier)
        if resource is None:
            return identifier
        return resource.name if resource.name[:2].isupper() else resource.name[:1].lower() + resource.name[1:]

    def amount(self, name: str, size: float | Fraction) -> str:
        """An amount of a resource, with its unit."""
        resource = self._resources.get(name.rpartition(" year ")[0]) or self._resources.get(name)
        if resource is None:
            return f"{float(size):,.12g}"
        return f"£{float(size):,.12g}k" if resource.kind == "money" else f"{float(size):,.12g} {resource.unit}"

    def amounts(self, by_resource: Mapping[str, float | Fraction]) -> str:
        """Amounts by resource and year."""
        return listed([f"{self.amount(name, size)} of {self.limit(name)}" for name, size in by_resource.items()])


def _shortened(title: str) -> str:
    """Cut a long name at a word."""
    if len(title) <= WIDTH:
        return title
    head = title[: WIDTH - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,:;(&-") + "…"


def listed(items: Iterable[str], most: int = MOST) -> str:
    """Return items as "a, b and c", cut short with a count.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b and c', 'a, b and 2 more')
    """
    words = list(items)
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def points(value: float | Fraction) -> str:
    """A value in words: two decimals, thousands separated, no minus zero.

    Examples
    --------
    >>> points(1234.5), points(-0.001)
    ('1,234.50', '0.00')
    """
    return f"{round(float(value), 2) + 0.0:,.2f}"


def percent(share: float | Fraction) -> str:
    """A share in words."""
    return f"{100 * float(share):,.1f} %"
