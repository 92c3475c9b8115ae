"""Multi-criteria decision analysis: what is each project worth, to whom, and how sure are we.

Public names are loaded when first used (PEP 562): ``import mcda`` loads no third-party module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcda.errors import InputError as InputError
    from mcda.errors import LabelError as LabelError
    from mcda.errors import McdaError as McdaError
    from mcda.errors import NoAnswerError as NoAnswerError

__version__ = "0.1.0"

_HOME_OF = {
    "InputError": "mcda.errors",
    "LabelError": "mcda.errors",
    "McdaError": "mcda.errors",
    "NoAnswerError": "mcda.errors",
}

__all__ = ["__version__", *_HOME_OF]  # noqa: PLE0604 - the table above is the list of public names


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'mcda' has no attribute '{name}'")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
