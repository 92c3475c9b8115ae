"""Multi-criteria decision analysis: what is each project worth, to whom, and how sure are we.

Public names are loaded when first used (PEP 562): ``import mcda`` loads no third-party module. They are listed once,
in ``__init__.pyi``, which type checkers read as it is.
"""

from __future__ import annotations

from mcda import versions

__version__ = versions.VERSION

_STUB = __spec__.loader.get_data(f"{__path__[0]}/__init__.pyi").decode()  # type: ignore[union-attr, attr-defined]
_LISTED = [line.split() for line in _STUB.splitlines() if line.startswith("from ")]
_HOME_OF = {name: home for _, home, _, name, _, _ in _LISTED}

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
