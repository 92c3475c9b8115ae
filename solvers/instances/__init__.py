"""Published benchmark problems: readers for their formats, and seeded generators with the published recipes.

No data come with the package: name the folder that holds them. Public names are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.instances._folder import families as families
    from solvers.instances._folder import read_file as read_file
    from solvers.instances._folder import read_folder as read_folder
    from solvers.instances._generators import chu_beasley as chu_beasley
    from solvers.instances._generators import digital_board as digital_board
    from solvers.instances._generators import pisinger as pisinger
    from solvers.instances._generators import with_conflicts as with_conflicts
    from solvers.instances._instance import BestKnown as BestKnown
    from solvers.instances._instance import Instance as Instance

_HOME_OF = {
    "BestKnown": "solvers.instances._instance",
    "Instance": "solvers.instances._instance",
    "chu_beasley": "solvers.instances._generators",
    "digital_board": "solvers.instances._generators",
    "families": "solvers.instances._folder",
    "pisinger": "solvers.instances._generators",
    "read_file": "solvers.instances._folder",
    "read_folder": "solvers.instances._folder",
    "with_conflicts": "solvers.instances._generators",
}

__all__ = [*_HOME_OF]  # noqa: PLE0604 - the table above is the list of public names


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'solvers.instances' has no attribute '{name}'")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
