"""Which back ends there are, which can be used here, and finding one by name."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Any

from solvers.errors import BackendError

if TYPE_CHECKING:
    from solvers.backends.base import LinearBackend

MODULES = {
    "highs": "solvers.backends.highs",
    "pulp": "solvers.backends.pulp",
    "cpsat": "solvers.backends.cpsat",
    "scip": "solvers.backends.scip",
    "scipy": "solvers.backends.scipy",
    "exhaustive": "solvers.backends.exhaustive",
}


def load(name: str) -> Any:
    """Return a back end by name, usable or not.

    Raises
    ------
    BackendError
        If there is no back end of that name.
    """
    if name not in MODULES:
        raise BackendError(f"There is no solver {name!r}. Use 'auto' or one of: {', '.join(MODULES)}.")
    return importlib.import_module(MODULES[name]).BACKEND


@cache
def why_unusable(name: str) -> str | None:
    """Why a back end cannot be used here, with the remedy; None if it can. Found out once per process."""
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


LINEAR = ("highs",)


def linear_backend(name: str) -> LinearBackend:
    """Return a mathematical-programming back end: the one asked for, or with "auto" the first that can be used.

    Raises
    ------
    BackendError
        If it is not one of these, or cannot be used.
    """
    if name != "auto":
        backend = usable(name)
        if not hasattr(backend, "maximise"):
            raise BackendError(f"{name!r} does not solve linear models. Use 'auto' or one of: {', '.join(LINEAR)}.")
        chosen: LinearBackend = backend
        return chosen
    reasons = {candidate: why_unusable(candidate) for candidate in LINEAR}
    for candidate, reason in reasons.items():
        if reason is None:
            return linear_backend(candidate)
    raise BackendError("No mathematical-programming solver can be used: " + "; ".join(map(str, reasons.values())))
