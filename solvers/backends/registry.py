"""Which back ends there are, which can be used here, and finding one by name.

Back ends of other packages are found by the entry point group `GROUP`: an entry is a back end object, or a function
without arguments that returns one. They cannot take over one of our names.
"""

from __future__ import annotations

import importlib
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from solvers.errors import BackendError

if TYPE_CHECKING:
    from solvers.backends.base import Backend, LinearBackend

MODULES = {
    "highs": "solvers.backends.highs",
    "pulp": "solvers.backends.pulp",
    "cpsat": "solvers.backends.cpsat",
    "scip": "solvers.backends.scip",
    "scipy": "solvers.backends.scipy",
    "dynamic_programming": "solvers.methods.dynamic_programming",
    "branch_and_bound": "solvers.branch_and_bound.backend",
    "exhaustive": "solvers.methods.exhaustive",
    "greedy": "solvers.methods.greedy",
    "local_search": "solvers.methods.local_search",
}
LINEAR = ("highs", "scip", "pulp", "scipy", "cpsat")
"""Those that solve linear models, in order of preference."""
GROUP = "mcda_portfolio.solvers"


def checked(backend: Any, name: str) -> None:
    """Refuse a back end that lacks what a back end must have, or takes one of our names."""
    lacking = [part for part in ("name", "features", "version", "unusable") if not hasattr(backend, part)]
    if not (hasattr(backend, "maximise") or (hasattr(backend, "select") and hasattr(backend, "lacks"))):
        lacking.append("maximise (or select and lacks)")
    if lacking:
        raise BackendError(f"The back end {name or backend!r} lacks {', '.join(lacking)}: see solvers.backends.base.")
    if name in MODULES or name == "auto" or ":" in name:
        raise BackendError(f"A back end cannot be called {name!r}: that name is taken. Choose another.")


def names() -> tuple[str, ...]:
    """Names of all back ends, ours first."""
    return tuple(dict.fromkeys([*MODULES, *(entry.name for entry in entry_points(group=GROUP))]))


def load(name: str) -> Any:
    """Return a back end by name, usable or not.

    Raises
    ------
    BackendError
        If there is no back end of that name, or another package's back end cannot be loaded.
    """
    if name in MODULES:
        return importlib.import_module(MODULES[name]).BACKEND
    if name.startswith("pulp:"):
        from solvers.backends.pulp import through

        return through(name.removeprefix("pulp:"))
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            return _loaded(entry)
    raise BackendError(f"There is no solver {name!r}. Use 'auto' or one of: {', '.join(names())}.")


def _loaded(entry: Any) -> Any:
    try:
        found = entry.load()
        backend = found() if callable(found) and not hasattr(found, "features") else found
    except Exception as error:
        raise BackendError(f"The solver {entry.name!r} of {entry.value} cannot be loaded: {error}.") from error
    checked(backend, entry.name)
    return backend


@cache
def why_unusable(name: str) -> str | None:
    """Why a back end cannot be used here, with the remedy; None if it can. Checked once per process."""
    reason: str | None = load(name).unusable()
    return reason


def usable(name: str) -> Any:
    """Return a back end that can be used.

    Raises
    ------
    BackendError
        If there is none of that name, or it cannot be used here; the message says why and what to do.
    """
    backend = load(name)
    reason = why_unusable(name)
    if reason:
        raise BackendError(f"The solver {name!r} cannot be used here: {reason}")
    return backend


def named(solver: str | Backend) -> Any:
    """Return a back end that can be used, given by name or as an object.

    Raises
    ------
    BackendError
        As `usable` does.
    """
    if isinstance(solver, str):
        return usable(solver)
    if type(solver) not in {type(load(name)) for name in MODULES}:
        checked(solver, str(getattr(solver, "name", "")))
    reason = solver.unusable()
    if reason:
        raise BackendError(f"The solver {solver.name!r} cannot be used here: {reason}")
    return solver


def linear_backend(solver: str | Backend) -> LinearBackend:
    """Return a mathematical-programming back end: the one asked for, or with "auto" the first that can be used.

    Raises
    ------
    BackendError
        If it is not one of these, or cannot be used.
    """
    if solver != "auto":
        backend = named(solver)
        if not hasattr(backend, "maximise"):
            raise BackendError(
                f"{backend.name!r} does not solve linear models. Use 'auto' or one of: {', '.join(LINEAR)}."
            )
        chosen: LinearBackend = backend
        return chosen
    reasons = []
    for candidate in LINEAR:
        reason = why_unusable(candidate)
        if reason is None:
            return linear_backend(candidate)
        reasons.append(reason)
    raise BackendError("No mathematical-programming solver can be used: " + "; ".join(reasons))
