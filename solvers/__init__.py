"""Portfolio selection: which set of options is best, proven and certified.

Public names are loaded when first used (PEP 562): ``import solvers`` loads no third-party module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.errors import BackendError as BackendError
    from solvers.errors import NoSolutionError as NoSolutionError
    from solvers.errors import ProblemError as ProblemError
    from solvers.errors import SolversError as SolversError

_HOME_OF = {
    "BackendError": "solvers.errors",
    "NoSolutionError": "solvers.errors",
    "ProblemError": "solvers.errors",
    "SolversError": "solvers.errors",
}

__all__ = [*_HOME_OF]  # noqa: PLE0604 - the table above is the list of public names


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'solvers' has no attribute '{name}'")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
