"""A what-if brought back from the Board pack: read, applied, solved and certified again."""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from mcda.errors import InputError, LabelError
from mcda.portfolio._select import Selection, select
from mcda.wording import in_sentence, quantity

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import solvers
    from mcda.decision import Decision, Resource

FORMAT = 1
LINK = "#what-if="
_MOST_CHARACTERS = 1_000_000
"""No what-if of ours comes near this length; anything longer is some other file."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Changes to a decision that someone tried in the Board pack.

    Attributes
    ----------
    weights
        Leaf weights by criterion, with sum 1; empty: the Board's own.
    available
        What is available, by resource and year, where it differs from the plan.
    force, forbid
        Projects that must be in, or out.
    policies
        The optional Board rules that apply.
    scenario
        The scenario that the pack was made for, if any; it is applied first.
    input_sha256
        Hash of the input that the pack was made from.
    termination, value, selected
        What the page answered, for comparison; None if the file does not say.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    available: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    force: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    scenario: str | None = None
    input_sha256: str | None = None
    termination: str | None = None
    value: float | None = None
    selected: tuple[str, ...] | None = None

    def confirms(self, selection: Selection) -> bool | None:
        """Say whether a selection is the answer that the page gave; None if the page's answer is not known.

        Values may differ by rounding in the last digits (one part in 10^9); the projects may not.
        """
        if self.termination is None:
            return None
        if not selection.found or self.selected is None or self.value is None:
            return bool(self.termination == selection.solution.termination)
        same = math.isclose(self.value, selection.value, rel_tol=1e-9, abs_tol=1e-9)
        return same and tuple(self.selected) == selection.selected


def read_what_if(source: str | os.PathLike[str]) -> WhatIf:
    """Read a what-if from a file that the Board pack saved, or from a link that it shows.

    Parameters
    ----------
    source
        Path of the JSON file, or the link itself (any text with ``#what-if=`` in it).

    Returns
    -------
    WhatIf
        The changes, not yet matched to a decision.

    Raises
    ------
    InputError
        If it cannot be read, or a part of it does not have the form that the pack writes.

    Examples
    --------
    >>> read_what_if('#what-if=eyJ3aGF0X2lmIjoxLCJmb3JjZSI6WyJQMTIiXX0').force
    ('P12',)
    """
    text = str(source)
    if LINK in text:
        name, content = "The link", _decoded(text.rpartition(LINK)[2])
    else:
        name = f"The what-if file '{text}'"
        try:
            content = Path(source).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise InputError(f"{name} cannot be read: {error}. Give the file that the Board pack saved.") from error
    if len(content) > _MOST_CHARACTERS:
        raise InputError(f"{name} has {len(content):,} characters; a what-if has at most {_MOST_CHARACTERS:,}.")
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is not JSON ({error}). Save the what-if again from the Board pack.") from error
    return _read(record, name)


def select_what_if(
    decision: Decision,
    what_if: WhatIf,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    threads: int | None = None,
    cross_check: bool = False,
) -> Selection:
    """Select the best portfolio under the changes of a what-if, proven and certified.

    Parameters
    ----------
    decision
        The decision that the Board pack was made from.
    what_if
        The changes (`read_what_if`).
    solver, time_limit, gap, threads, cross_check
        Passed to `solvers.solve`.

    Returns
    -------
    Selection
        As `mcda.select` gives it; ``what_if.confirms(selection)`` compares it with the page's answer.

    Raises
    ------
    LabelError
        If a criterion, project, resource, rule or scenario is unknown.
    InputError
        If a weight or a limit breaks the rule for it.

    Examples
    --------
    >>> import mcda
    >>> richer = mcda.WhatIf(available={"capital_k": {1: 5700}})
    >>> selection = mcda.select_what_if(mcda.load("datasets/nhs-digital"), richer)
    >>> round(selection.value, 2), selection.question
    (235.36, 'what-if: capital in year 1 £5.70m')
    """
    from mcda.decision import apply_scenario

    if what_if.scenario is not None:
        decision = apply_scenario(decision, what_if.scenario)
    decision, words = _with_available(decision, what_if.available)
    weights: pd.Series | None = None
    if what_if.weights:
        weights = pd.Series(dict(what_if.weights), dtype=float, name="weight")
        words.insert(0, "other weights")
    selection = select(
        decision,
        weights,
        force=what_if.force,
        forbid=what_if.forbid,
        policies=what_if.policies,
        solver=solver,
        time_limit=time_limit,
        gap=gap,
        threads=threads,
        cross_check=cross_check,
    )
    for label, items in (("with", what_if.force), ("without", what_if.forbid), ("Board rules", what_if.policies)):
        words += [f"{label} {', '.join(items)}"] if items else []
    scenario = [] if what_if.scenario is None else [f"scenario {what_if.scenario}"]
    question = f"what-if: {'; '.join([*scenario, *words]) or 'nothing changed'}"
    return replace(selection, question=question, scenario=what_if.scenario)


def _with_available(decision: Decision, changes: Mapping[str, Mapping[int, float]]) -> tuple[Decision, list[str]]:
    words: list[str] = []
    resources = list(decision.resources)
    for name, by_year in changes.items():
        at = resources.index(decision.resource(name))
        resources[at], said = _with_years(resources[at], by_year)
        words += said
    return replace(decision, resources=tuple(resources)), words


def _with_years(resource: Resource, by_year: Mapping[int, float]) -> tuple[Resource, list[str]]:
    available = resource.available.copy()
    words = []
    for year, amount in by_year.items():
        if year not in resource.years:
            known = ", ".join(map(str, resource.years))
            raise LabelError(f"'{resource.id}' has no year {year}. Its years are {known}.")
        if not amount >= 0:
            raise InputError(f"'{resource.id}' in year {year} must be at least 0. Got {amount}.")
        available[resource.years.index(year)] = amount
        words.append(f"{in_sentence(resource.name)} in year {year} {quantity(amount, resource.kind)}")
    return replace(resource, available=available), words


def _decoded(code: str) -> str:
    code = code.strip().rstrip("=")
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"The link is damaged after '{LINK}' ({error}). Copy all of it from the page.") from error


def _read(record: Any, name: str) -> WhatIf:
    if not isinstance(record, dict) or record.get("what_if") != FORMAT:
        found = record.get("what_if") if isinstance(record, dict) else None
        raise InputError(
            f"{name} is not a what-if of this version: the key 'what_if' must be {FORMAT}. Got {found!r}. "
            "Save it again from a Board pack of this version."
        )
    answer = record.get("answer") or {}
    if not isinstance(answer, dict):
        raise InputError(f"{name}: 'answer' must be an object. Got {answer!r}.")
    available = {
        resource: {_year(year, name): amount for year, amount in _numbers(by_year, f"{name}: available").items()}
        for resource, by_year in _object(record.get("available"), f"{name}: available").items()
    }
    value = answer.get("value")
    return WhatIf(
        weights=_numbers(record.get("weights"), f"{name}: weights"),
        available=available,
        force=_names(record.get("force"), f"{name}: force"),
        forbid=_names(record.get("forbid"), f"{name}: forbid"),
        policies=_names(record.get("policies"), f"{name}: policies"),
        scenario=_text(record.get("scenario"), f"{name}: scenario"),
        input_sha256=_text(record.get("input_sha256"), f"{name}: input_sha256"),
        termination=_text(answer.get("termination"), f"{name}: answer: termination"),
        value=None if value is None else _number(value, f"{name}: answer: value"),
        selected=None if answer.get("selected") is None else _names(answer["selected"], f"{name}: answer: selected"),
    )


def _object(found: Any, where: str) -> dict[str, Any]:
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError(f"{where} must be an object of names and values. Got {found!r}.")
    return found


def _numbers(found: Any, where: str) -> dict[str, float]:
    return {name: _number(value, f"{where}: {name}") for name, value in _object(found, where).items()}


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"{where} must be a finite number. Got {value!r}.")
    return float(value)


def _year(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InputError(f"{name}: available: a year must be a whole number. Got {text!r}.")
    return int(text)


def _names(found: Any, where: str) -> tuple[str, ...]:
    if found is None:
        return ()
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise InputError(f"{where} must be a list of identifiers. Got {found!r}.")
    return tuple(found)


def _text(found: Any, where: str) -> str | None:
    if found is not None and not isinstance(found, str):
        raise InputError(f"{where} must be text. Got {found!r}.")
    return found
