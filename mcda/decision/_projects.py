"""What could be funded, what it does and what it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.decision._periods import ResourceYear
from mcda.errors import InputError, LabelError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

Level = Literal["do_nothing", "pessimistic", "most_likely", "optimistic"]
_SHORT_WORDS = frozenset({"and", "for", "in", "of", "or", "the", "to"})
LEVELS: tuple[Level, ...] = ("do_nothing", "pessimistic", "most_likely", "optimistic")


@dataclass(frozen=True, slots=True)
class Project:
    """A proposal. Attributes carry the names of the columns of ``projects.csv``; `extra` holds all other columns."""

    id: str
    name: str = ""
    category: str = ""
    sponsor_directorate: str = ""
    planned_start_year: int | None = None
    duration_years: int | None = None
    max_delay_years: int = 0
    benefit_start_year: int | None = None
    ramp_year1: float | None = None
    ramp_year2: float | None = None
    ramp_year3: float | None = None
    mandatory: bool = False
    mandatory_reason: str = ""
    delivery_risk_1to5: int | None = None
    prob_delivers_as_planned: float | None = None
    optimism_bias_capital_pct: float | None = None
    cost_low_mult: float | None = None
    cost_high_mult: float | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def field(self, column: str) -> object:
        """Return the entry of a column of ``projects.csv``.

        Raises
        ------
        LabelError
            If there is no such column.
        """
        if column in self.__slots__ and column != "extra":
            return getattr(self, column)
        for name, value in self.extra:
            if name == column:
                return value
        raise LabelError(f"projects has no column '{column}'.")


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """What each project does on each leaf, in natural units.

    Attributes
    ----------
    projects, leaves
        Labels of rows and columns.
    do_nothing, pessimistic, most_likely, optimistic
        Read-only arrays of shape (projects, leaves). `pessimistic` and `optimistic` are None if not stated.
    """

    projects: tuple[str, ...]
    leaves: tuple[str, ...]
    do_nothing: NDArray[np.float64]
    most_likely: NDArray[np.float64]
    pessimistic: NDArray[np.float64] | None = None
    optimistic: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        shape = (len(self.projects), len(self.leaves))
        for level in LEVELS:
            values = getattr(self, level)
            if values is not None:
                object.__setattr__(self, level, _read_only(values, shape, f"performance.{level}"))

    def level(self, name: Level) -> NDArray[np.float64]:
        """Return the array of one level.

        Raises
        ------
        InputError
            If the level is unknown or was not stated.
        """
        if name not in LEVELS:
            raise InputError(f"A performance level is one of {', '.join(LEVELS)}. Got '{name}'.")
        values: NDArray[np.float64] | None = getattr(self, name)
        if values is None:
            raise InputError(f"This decision does not state '{name}' performance; add that column to performance.")
        return values

    def to_frame(self, level: Level = "most_likely") -> pd.DataFrame:
        """Projects by leaves, in natural units."""
        import pandas as pd

        return pd.DataFrame(
            self.level(level),
            index=pd.Index(self.projects, name="project_id"),
            columns=pd.Index(self.leaves, name="criterion_id"),
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Resource:
    """Something limited: money or a team, year by year.

    Attributes
    ----------
    id
        For example ``capital_k`` or ``integration``.
    kind
        ``"money"`` or ``"team"``.
    years
        The years in which it is limited.
    available
        (years,) what is available; infinite where no limit is stated.
    use
        (projects, years) what each project needs at its planned start.
    """

    id: str
    kind: Literal["money", "team"]
    years: tuple[int, ...]
    available: NDArray[np.float64]
    use: NDArray[np.float64]

    def __post_init__(self) -> None:
        object.__setattr__(self, "available", _read_only(self.available, (len(self.years),), f"{self.id}.available"))
        rows = np.shape(self.use)[0] if np.ndim(self.use) else 0
        object.__setattr__(self, "use", _read_only(self.use, (rows, len(self.years)), f"{self.id}.use"))

    def __repr__(self) -> str:
        return f"Resource({self.id!r}, {self.kind}, years {self.years[0]} to {self.years[-1]})"

    @property
    def name(self) -> str:
        """The identifier in words: ``capital_k`` reads "Capital", and short words are acronyms ("PMO change")."""
        words = self.id.removesuffix("_k").split("_")
        shown = [word.upper() if len(word) <= 3 and word not in _SHORT_WORDS else word for word in words]
        return " ".join(shown)[:1].upper() + " ".join(shown)[1:]

    @property
    def periods(self) -> tuple[ResourceYear, ...]:
        """The resource in each of its years."""
        return tuple(ResourceYear(self.id, year) for year in self.years)

    @property
    def unit(self) -> str:
        """Unit of use and availability."""
        return "£k" if self.kind == "money" else "FTE"


def _read_only(values: object, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64)
    if array.shape != shape:
        raise InputError(f"{name} must have the shape {shape}. Got {array.shape}.")
    array.setflags(write=False)
    return array
