"""A resource in one year, as a key: names are for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ResourceYear:
    """One resource in one year.

    Attributes
    ----------
    resource
        Identifier of the resource, such as ``capital_k``.
    year
        The year.

    Examples
    --------
    >>> ResourceYear("capital_k", 2).name
    'capital_k year 2'
    """

    resource: str
    year: int

    @property
    def name(self) -> str:
        """What people, problems and certificates call it. Nothing parses a name again: keys are looked up."""
        return f"{self.resource} year {self.year}"

    def __str__(self) -> str:
        return self.name
