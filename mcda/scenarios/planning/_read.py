"""A plan from TOML, or from plain data; an error says where the mistake is."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mcda.errors import InputError, LabelError
from mcda.scenarios.planning._extent import Grid, StoppingRule
from mcda.scenarios.planning._plan import ScenarioPlan
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, LimitDraw, PerformanceDraw, WeightDraw

if TYPE_CHECKING:
    from collections.abc import Mapping

_Part = TypeVar("_Part")
_SINGLE = {"weights": WeightDraw, "performance": PerformanceDraw, "delivery": DeliveryDraw, "stop": StoppingRule}
_MANY = {"costs": CostDraw, "limits": LimitDraw, "grid": Grid}
_LISTS = ("cases", "policies")


def read_plan(path: str | Path) -> ScenarioPlan:
    r"""Read a plan from a TOML file.

    Parameters
    ----------
    path
        The file; ``docs/guide/scenarios.md`` shows every setting.

    Returns
    -------
    ScenarioPlan
        The plan.

    Raises
    ------
    InputError
        If the file cannot be read, is not TOML, or a setting is unknown or out of its range; the message names it.

    Examples
    --------
    >>> import mcda, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "plan.toml")
    ...     _ = path.write_text('draws = 200\n[weights]\nkind = "stakeholders"')
    ...     mcda.read_plan(path)
    ScenarioPlan(200 draws of 1 case; weights: stakeholders; monte_carlo, seed 0)
    """
    file = Path(path)
    try:
        record = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"The plan {file} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"The plan {file} is not valid TOML: {error}.") from error
    try:
        return plan_from_record(record)
    except InputError as error:
        raise InputError(f"{file}: {error}") from error


def plan_from_record(record: Mapping[str, Any]) -> ScenarioPlan:
    """Make a plan from plain data, such as `ScenarioPlan.to_record` returns."""
    settings = dict(record)
    _check_names("the plan", settings, ScenarioPlan)
    for key, kind in _SINGLE.items():
        if key in settings:
            settings[key] = _part(key, settings[key], kind)
    for key, kind in _MANY.items():
        if key in settings:
            items = settings[key] if isinstance(settings[key], list) else [settings[key]]
            settings[key] = tuple(_part(key, item, kind) for item in items)
    for key in _LISTS:
        if key in settings:
            items = settings[key] if isinstance(settings[key], list) else [settings[key]]
            if not all(isinstance(item, str) for item in items):
                raise InputError(f"{key} must be a list of identifiers. Got {settings[key]!r}.")
            settings[key] = tuple(items)
    if "parameters" in settings:
        given = settings["parameters"]
        pairs = given.items() if isinstance(given, dict) else given
        settings["parameters"] = tuple((str(name), _frozen(value)) for name, value in pairs)
    return ScenarioPlan(**settings)


def _part(key: str, given: Any, kind: type[_Part]) -> _Part:
    if not isinstance(given, dict):
        raise InputError(f"{key} must be a table of settings, such as [{key}]. Got {given!r}.")
    _check_names(f"[{key}]", given, kind)
    settings = {name: _frozen(value) for name, value in given.items()}
    for name in ("at_least", "at_most"):
        if isinstance(given.get(name), dict):
            settings[name] = tuple(given[name].items())
    try:
        return kind(**settings)
    except TypeError as error:
        missing = [item.name for item in fields(kind) if item.name in str(error) and item.name not in given]  # type: ignore[arg-type]
        detail = f"it needs {' and '.join(missing)}" if missing else str(error)
        raise InputError(f"[{key}]: {detail}.") from error


def _check_names(where: str, given: Mapping[str, Any], kind: type) -> None:
    known = [item.name for item in fields(kind)]
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise LabelError(f"{where} has no setting '{name}'.{hint} Known: {', '.join(known)}.")


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
