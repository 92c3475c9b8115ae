"""Projects, limits and amounts in words, for sentences made from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.wording import Rounding, in_sentence, listed, plain, quantity, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from mcda.decision import Decision

WIDTH = 44
MOST = 6
"""A sentence names at most this many things; the facts hold them all."""
DIGITS = 6
"""Amounts of a bare problem have no unit that says how finely people state them."""


class Phrases:
    """Words for one decision; a bare problem keeps its own labels.

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
        self._periods = {} if decision is None else decision.periods

    def project(self, name: str) -> str:
        """A project by identifier and name."""
        title = self._names.get(name, "")
        return f"{name} {shorten(title, WIDTH)}".rstrip()

    def projects(self, names: Iterable[str]) -> str:
        """Several projects, as a list in a sentence."""
        return listed([self.project(name) for name in names], MOST, none="none")

    def limit(self, name: str) -> str:
        """A resource in a year; other names stand as they are."""
        period = self._periods.get(name)
        return name if period is None else f"{self.resource(period.resource)} in year {period.year}"

    def resource(self, identifier: str) -> str:
        """A resource, in the middle of a sentence."""
        resource = self._resources.get(identifier)
        return identifier if resource is None else in_sentence(resource.name)

    def amount(self, name: str, size: float | Fraction, rounding: Rounding = "nearest") -> str:
        """An amount of a resource, with its unit; a bare problem has none."""
        period = self._periods.get(name)
        resource = self._resources.get(name if period is None else period.resource)
        if resource is None:
            return plain(size, DIGITS, rounding)
        return quantity(size, resource.kind, rounding)

    def amounts(self, by_resource: Mapping[str, float | Fraction], rounding: Rounding = "nearest") -> str:
        """Amounts by resource and year."""
        named = [f"{self.amount(name, size, rounding)} of {self.limit(name)}" for name, size in by_resource.items()]
        return listed(named, MOST, none="none")
