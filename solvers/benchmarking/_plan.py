"""What is run: variants of solvers as data, and how often, how long and in which order."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solvers.backends.base import Feature
from solvers.backends.registry import MODULES, load, why_unusable
from solvers.errors import ProblemError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Variant:
    """A solver with its settings.

    Attributes
    ----------
    name
        What reports call it.
    solver
        A back end, or "auto"; a user's own is found by its entry point.
    threads, gap, absolute_gap, seed, presolve, heuristics, emphasis
        As for `solvers.solve`.
    """

    name: str
    solver: str
    threads: int = 1
    gap: float = 0.0
    absolute_gap: float = 0.0
    seed: int = 0
    presolve: bool | None = None
    heuristics: bool | None = None
    emphasis: str | None = None

    def settings(self) -> dict[str, Any]:
        """Return the arguments of `solvers.solve`."""
        return {key: value for key, value in asdict(self).items() if key != "name"}


@dataclass(frozen=True, slots=True)
class Plan:
    """How the variants are run on the instances.

    Attributes
    ----------
    variants
        What is compared.
    instances
        Where instances come from: names of generated sets, and families or names in the folder.
    time_limit
        Seconds for one search.
    repeats
        How often each pair is run.
    memory_mib
        Memory limit of a run.
    seed
        Seed of the order of the runs.
    anytime
        Also run under limits of a quarter of a second, a half, one, two, ... until the answer is proven, to know the
        gap over time of solvers that say nothing on the way.
    sample
        The most instances of each family, drawn by the seed; 0 for all.
    """

    variants: tuple[Variant, ...]
    instances: tuple[str, ...] = ()
    time_limit: float = 10.0
    repeats: int = 1
    memory_mib: int = 8192
    seed: int = 0
    anytime: bool = False
    sample: int = 0

    def __post_init__(self) -> None:
        if not self.variants:
            raise ProblemError("A plan needs at least one variant: a name and a solver.")
        names = [variant.name for variant in self.variants]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ProblemError(f"Two variants are called {min(twice)!r}. Give each a name of its own.")
        for what, value, least in (
            ("time_limit", self.time_limit, 0.01),
            ("repeats", self.repeats, 1),
            ("memory_mib", self.memory_mib, 256),
            ("sample", self.sample, 0),
        ):
            if not value >= least:
                raise ProblemError(f"{what} must be at least {least:g}. Got {value!r}.")

    def limits(self) -> tuple[float, ...]:
        """Return the time limits to run under, the shortest first."""
        steps = [self.time_limit]
        while self.anytime and steps[-1] > 0.25:
            steps.append(max(steps[-1] / 2, 0.25))
        return tuple(reversed(steps))

    def to_record(self) -> dict[str, Any]:
        """Return the plan as plain data."""
        return asdict(self)


def default_variants() -> tuple[Variant, ...]:
    """Return "auto", and every solver that proves its answers and can be used here, with its own settings."""
    found = [name for name in MODULES if name != "exhaustive" and Feature.PROOF in load(name).features]
    return (Variant("auto", "auto"), *(Variant(name, name) for name in found if why_unusable(name) is None))


def read_variants(path: str | os.PathLike[str]) -> tuple[Variant, ...]:
    """Read variants from a TOML file: one table ``[[variant]]`` per variant, with `name`, `solver` and settings.

    Raises
    ------
    ProblemError
        If the file is not there, is not TOML, or a setting is unknown.
    """
    return read_plan(path).variants


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """Read a plan from a TOML file: the attributes of `Plan`, and a table ``[[variant]]`` for each variant.

    Raises
    ------
    ProblemError
        If the file is not there, is not TOML, or a setting is unknown.
    """
    place = Path(path)
    try:
        content = tomllib.loads(place.read_text("utf-8"))
    except OSError as error:
        raise ProblemError(f"The plan '{place}' cannot be read: {error.strerror}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(f"The plan '{place}' is not TOML: {error}.") from None
    tables = content.pop("variant", [])
    variants = tuple(_known(Variant, table, f"[[variant]] of {place.name}") for table in tables)
    settings = _checked(Plan, content, place.name)
    if isinstance(settings.get("instances"), list):
        settings["instances"] = tuple(settings["instances"])
    return Plan(**settings | {"variants": variants or default_variants()})


def _known(kind: Any, table: Mapping[str, Any], where: str) -> Any:
    settings = _checked(kind, table, where)
    missing = [key for key in ("name", "solver") if key not in settings]
    if missing:
        raise ProblemError(f"{where} has no {missing[0]!r}. A variant needs a name and a solver.")
    return kind(**settings)


def _checked(kind: Any, table: Mapping[str, Any], where: str) -> dict[str, Any]:
    allowed = [each.name for each in fields(kind)]
    unknown = sorted(set(table) - set(allowed))
    if unknown:
        raise ProblemError(f"{where} has {unknown[0]!r}, which is not known. It may have: {', '.join(allowed)}.")
    return dict(table)
