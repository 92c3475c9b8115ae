"""A problem as JSON and back, losing nothing: floats are written with every digit that tells them apart."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, TypeVar

from solvers.errors import ProblemError
from solvers.model.funding import CarryForward, Transfer, ValueCurve
from solvers.model.rules import Choice, Column, CountRule, Excludes, Requires, Row, ShareRule, SpendRule, Synergy

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Made = TypeVar("Made")

FORMAT, VERSION = "solvers.problem", 1

KINDS: dict[str, type] = {
    "requires": Requires,
    "excludes": Excludes,
    "choices": Choice,
    "counts": CountRule,
    "spends": SpendRule,
    "shares": ShareRule,
    "synergies": Synergy,
    "curves": ValueCurve,
    "carries": CarryForward,
    "transfers": Transfer,
    "columns": Column,
    "rows": Row,
}

LATER = ("columns", "rows")
"""Arguments newer than the format: written only if there are any, so that earlier releases can read the rest."""


def arguments_to_json(arguments: Mapping[str, Any]) -> str:
    """Return the arguments of a problem as JSON text; null means no limit."""
    written: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for key, given in arguments.items():
        if key in LATER and not given:
            continue
        if key in KINDS:
            fields = KINDS[key].__dataclass_fields__  # type: ignore[attr-defined]
            written[key] = [{field: _plain(getattr(rule, field)) for field in fields} for rule in given]
        else:
            written[key] = _plain(given.tolist() if hasattr(given, "tolist") else given)
    return json.dumps(written, ensure_ascii=False, allow_nan=False, indent=1)


def made_from_json(text: str, known: Collection[str], make: Callable[..., Made]) -> Made:
    """Call `make` with the arguments that `arguments_to_json` wrote; `known` holds the names it takes."""
    try:
        written = json.loads(text)
    except ValueError as error:
        raise ProblemError(f"This is not JSON: {error}.") from None
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        raise ProblemError(f'This JSON holds no problem: its "format" must be {FORMAT!r}.')
    if written.get("version") != VERSION:
        raise ProblemError(
            f"This problem was written in version {written.get('version')!r} of the format; this release reads version "
            f"{VERSION}. Remedy: use the release that wrote it, or a newer one."
        )
    given = {key: value for key, value in written.items() if key not in {"format", "version"}}
    given |= {key: [] for key in LATER if key not in given}
    unknown = sorted(set(given) - set(known))
    missing = sorted(set(known) - set(given))
    if unknown or missing:
        fault = f"{missing[0]!r} is missing" if missing else f"{unknown[0]!r} is not known"
        raise ProblemError(f"In the JSON of a problem, {fault}.")
    try:
        return make(**_arguments_of(given))
    except (AttributeError, KeyError, TypeError) as error:
        raise ProblemError(f"The JSON of a problem has a part of the wrong shape: {error}.") from None


def _arguments_of(given: dict[str, Any]) -> dict[str, Any]:
    for key, kind in KINDS.items():
        rules = [{name: _rule_figure(key, name, value) for name, value in rule.items()} for rule in given[key]]
        given[key] = [kind(**rule) for rule in rules]
    given["capacity"] = [math.inf if limit is None else limit for limit in given["capacity"]]
    given["minimum_use"] = [-math.inf if limit is None else limit for limit in given["minimum_use"]]
    if not given["resources"]:
        given["usage"] = [[] for _ in given["names"]]
    return given


def _rule_figure(kind: str, name: str, value: Any) -> Any:
    if name in {"most", "share"} and kind in {"carries", "transfers"}:
        return [math.inf if figure is None else figure for figure in value] if isinstance(value, list) else value
    return value


def _plain(given: Any) -> Any:
    if isinstance(given, float):
        return given if math.isfinite(given) else None
    if isinstance(given, tuple | list):
        return [_plain(item) for item in given]
    if isinstance(given, dict):
        return {key: _plain(value) for key, value in given.items()}
    return given
