"""All methods by name."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from mcda.errors import LabelError
from mcda.notebook import ShownAsTable
from mcda.scoring._recipe import Method

if TYPE_CHECKING:
    import pandas as pd

_MODULES = (
    "additive",
    "topsis",
    "saw",
    "wpm",
    "waspas",
    "copras",
    "aras",
    "edas",
    "mabac",
    "mairca",
    "marcos",
    "moora",
    "multimoora",
    "vikor",
    "promethee_ii",
    "codas",
    "cocoso",
    "spotis",
    "rim",
    "ocra",
    "ram",
    "probid",
    "comet",
    "promethee_i",
    "electre_i",
    "electre_ii",
    "electre_iii",
    "electre_tri",
    "smart",
    "maut",
)


class MethodTable(Mapping[str, Method], ShownAsTable):
    """The methods by name, in the order of the documentation."""

    def __init__(self, methods: Mapping[str, Method]) -> None:
        self._methods = dict(methods)

    def __getitem__(self, name: str) -> Method:
        if name not in self._methods:
            raise LabelError(f"No method is called {name!r}. Methods: {', '.join(self._methods)}.")
        return self._methods[name]

    def __contains__(self, name: object) -> bool:
        return name in self._methods

    def __iter__(self) -> Iterator[str]:
        return iter(self._methods)

    def __len__(self) -> int:
        return len(self._methods)

    def __repr__(self) -> str:
        return "\n".join(repr(method) for method in self._methods.values())

    def to_frame(self) -> pd.DataFrame:
        """Return the table: one row per method, with its title, parameters, direction, additivity and source."""
        import pandas as pd

        rows = [
            {
                "title": method.title,
                "parameters": ", ".join(method.parameters),
                "higher_is_better": method.higher_is_better,
                "additive": method.additive,
                "source": method.source,
            }
            for method in self._methods.values()
        ]
        return pd.DataFrame(rows, index=pd.Index(list(self._methods), name="name"))


@cache
def methods() -> MethodTable:
    """Return the table of all methods: name, title, parameters, direction, additivity, source.

    Examples
    --------
    >>> import mcda
    >>> mcda.methods()["topsis"]
    <TOPSIS (Hwang & Yoon 1981): mcda.topsis, higher is better>
    """
    found = [importlib.import_module(f"mcda.scoring.methods._{name}").METHOD for name in _MODULES]
    return MethodTable({method.name: method for method in found})
