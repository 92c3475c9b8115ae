"""How far a plan reaches: the axes of its grid, and when it may stop before all draws are done."""

from __future__ import annotations

from dataclasses import dataclass

from mcda.errors import InputError
from mcda.uncertainty._checks import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """An axis of a grid: the same change, in several sizes. Several axes give all their combinations.

    Attributes
    ----------
    target, key, operation, years
        As in ``scenarios.csv``, see `mcda.apply_scenario`.
    values
        The sizes, such as ``(0.8, 0.9, 1.0)``.
    """

    target: str
    key: str = ""
    operation: str = "multiply"
    values: tuple[float | str, ...] = ()
    years: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.values:
            raise InputError(f"The grid over {self.target} {self.key} needs values, such as values = [0.8, 0.9, 1.0].")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """Stop as soon as every project's acceptability is known well enough, in every case.

    Attributes
    ----------
    half_width
        How far the truth may be from the share reported: 0.01 is one percentage point.
    confidence
        The confidence with which all intervals hold, for all projects, at whichever look the run stops.
    """

    half_width: float = 0.01
    confidence: float = 0.95

    def __post_init__(self) -> None:
        number("stop.half_width", self.half_width, above=0.0, most=0.5)
        number("stop.confidence", self.confidence, above=0.0, below=1.0)
