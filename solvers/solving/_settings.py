"""Settings of the search that only some solvers have: taken by those, refused for all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solvers.backends.base import SETTINGS
from solvers.backends.registry import MODULES, load
from solvers.errors import BackendError, ProblemError

if TYPE_CHECKING:
    from solvers.backends.base import Backend, Options

EMPHASES = ("proof", "portfolio")


def with_settings(
    options: Options, backend: Backend | None, presolve: bool | None, heuristics: bool | None, emphasis: str | None
) -> Options:
    """Return the options with the settings that were given.

    Parameters
    ----------
    options
        Of the call.
    backend
        The solver that was named; None for "auto".
    presolve, heuristics, emphasis
        As for `solvers.solve`; None where the solver's own default is wanted.

    Raises
    ------
    ProblemError
        If a setting is out of its range.
    BackendError
        If the solver has no such setting; the message names those that have.
    """
    for part, switch in (("presolve", presolve), ("heuristics", heuristics)):
        if switch is not None and not isinstance(switch, bool):
            raise ProblemError(f"{part} is True, False, or None for the solver's own default. Got {switch!r}.")
    if emphasis is not None and emphasis not in EMPHASES:
        raise ProblemError(f"emphasis is 'proof', 'portfolio', or None for the solver's default. Got {emphasis!r}.")
    given: dict[str, bool | str | None] = {"presolve": presolve, "heuristics": heuristics, "emphasis": emphasis}
    for name, value in given.items():
        if value is not None and (backend is None or SETTINGS[name] not in backend.features):
            able = [other for other in MODULES if SETTINGS[name] in load(other).features]
            who = "'auto' chooses among solvers of different kinds, so it" if backend is None else f"{backend.name!r}"
            raise BackendError(f"{who} has no setting {name!r}. Remedy: name a solver that has it: {', '.join(able)}.")
    return replace(options, presolve=presolve, heuristics=heuristics, emphasis=emphasis)
