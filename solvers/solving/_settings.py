"""Settings of the search that only some solvers have: accepted for those, refused for all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.backends.base import SETTINGS
from solvers.backends.registry import MODULES, load
from solvers.errors import BackendError, ProblemError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.backends.base import Backend

EMPHASES = ("proof", "portfolio")


def check_settings(presolve: bool | None, heuristics: bool | None, emphasis: str | None) -> None:
    """Refuse settings that are out of their range."""
    for part, switch in (("presolve", presolve), ("heuristics", heuristics)):
        if switch is not None and not isinstance(switch, bool):
            raise ProblemError(f"{part} must be True, False, or None for the solver's own default. Got {switch!r}.")
    if emphasis is not None and emphasis not in EMPHASES:
        raise ProblemError(
            f"emphasis must be 'proof', 'portfolio', or None for the solver's default. Got {emphasis!r}."
        )


def require_settings(backend: Backend | None, settings: Mapping[str, bool | str | None]) -> None:
    """Refuse a setting that the solver does not have (`backend` is None for "auto"); name those that have it."""
    for name, value in settings.items():
        if value is not None and (backend is None or SETTINGS[name] not in backend.features):
            able = [other for other in MODULES if SETTINGS[name] in load(other).features]
            who = "'auto' chooses among solvers of different kinds, so it" if backend is None else f"{backend.name!r}"
            raise BackendError(f"{who} has no setting {name!r}. Remedy: name a solver that has it: {', '.join(able)}.")
