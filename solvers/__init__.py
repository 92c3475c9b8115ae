"""Portfolio selection: which set of options is best, proven and certified.

Public names are loaded when first used (PEP 562): ``import solvers`` loads no third-party module. They are listed once,
in ``__init__.pyi``, which type checkers read directly.
"""

from __future__ import annotations

_STUB = __spec__.loader.get_data(f"{__path__[0]}/__init__.pyi").decode()  # type: ignore[union-attr, attr-defined]
_LISTED = [line.split() for line in _STUB.splitlines() if line.startswith("from ")]
_HOME_OF = {name: home for _, home, _, name, _, _ in _LISTED}

_RENAMED = {"Cut": "CostReduction"}

__all__ = [*_HOME_OF]  # noqa: PLE0604 - the stub is the list of public names


def __getattr__(name: str) -> object:
    if name in _RENAMED:
        import warnings

        words = f"solvers.{name} is deprecated and will be removed in the next release. Use solvers.{_RENAMED[name]}."
        warnings.warn(words, DeprecationWarning, stacklevel=2)
        return __getattr__(_RENAMED[name])
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'solvers' has no attribute '{name}'")
    import importlib

    module = importlib.import_module(home)
    # `solvers.backends()` calls the package of that name; importing it has put it in these globals.
    value = globals().get(name) or getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
