"""Public names that load when they are first used (PEP 562), listed once: in the stub of the package."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def attach(package: str) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package from its ``__init__.pyi``.

    Type checkers read the stub as it is. Each of its lines ``from home import name as name`` says where a name lives.

    Parameters
    ----------
    package : str
        Name of the package, whose module is being loaded. None of its public names may be that of a room within it:
        once the room is imported, it would stand in the name's place.
    """
    module = sys.modules[package]
    assert module.__spec__ is not None  # noqa: S101 - narrows the type: a package that is being loaded has one
    data: bytes = module.__spec__.loader.get_data(f"{module.__path__[0]}/__init__.pyi")  # type: ignore[union-attr]
    listed = [line.split() for line in data.decode().splitlines() if line.startswith("from ")]
    home_of = {name: home for _, home, _, name, _, _ in listed}

    def load(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        import importlib

        value = getattr(importlib.import_module(home_of[name]), name)
        setattr(module, name, value)
        return value

    return load, lambda: sorted({*vars(module), *home_of}), [*home_of]
