"""Multi-criteria decision analysis: what is each project worth, to whom, and how sure are we.

Public names are loaded when first used (PEP 562): ``import mcda`` loads no third-party module. They are listed once,
in ``__init__.pyi``, which type checkers read as it is.
"""

from __future__ import annotations

import pkgutil
import re

from mcda import versions

__version__ = versions.VERSION

_LISTED = re.compile(r"^from (\S+) import (\w+) as \2$", re.MULTILINE)
_STUB = (pkgutil.get_data(__name__, "__init__.pyi") or b"").decode()
_HOME_OF = {name: home for home, name in _LISTED.findall(_STUB)}

__all__ = ["__version__", *_HOME_OF]  # noqa: PLE0604 - the stub is the list of public names


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
