"""How much: the continuous part of a portfolio, in exact numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each thing that is not all or nothing, exactly.

    Attributes
    ----------
    shares : mapping of option to Fraction
        Share of each selected option that may be funded in part.
    spends : mapping of option to Fraction
        Spend on each selected option that has a curve.
    moved : mapping of movement to Fraction
        Capacity carried forward or transferred, in units of its source.
    columns : mapping of column to Fraction
        The amount of each column.
    """

    shares: Mapping[str, Fraction] = field(default_factory=dict)
    spends: Mapping[str, Fraction] = field(default_factory=dict)
    moved: Mapping[str, Fraction] = field(default_factory=dict)
    columns: Mapping[str, Fraction] = field(default_factory=dict)
