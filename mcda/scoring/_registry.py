"""All methods by name."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError, LabelError
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


class MethodTable(Mapping[str, Method]):
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

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html())

    def to_frame(self) -> pd.DataFrame:
        """Return the table: one row a method, with its title, parameters, direction, additivity and source."""
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
    found = [importlib.import_module(f"mcda.scoring._{name}").METHOD for name in _MODULES]
    return MethodTable({method.name: method for method in found})


def score(name: str, matrix: Any, weights: Any, directions: Any, **parameters: Any) -> Any:
    """Score by the method of this name.

    Parameters
    ----------
    name : str
        A name of `mcda.methods()`, or "pymcdm:NAME" for a method of that library.
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; leading dimensions are scenarios.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1. Leading dimensions broadcast against those of the matrix.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Which way each criterion is better.
    **parameters
        Parameters of the method, and the options of every method:
        `normalise_weights` (False: weights that do not sum to 1 are an error; True: divide by the sum; "keep": use
        them as they are), `out` (array to write to), `threads` (default: all processors when there is enough work)
        and `dtype` (float64 or float32).

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        What the method's own function returns.

    Raises
    ------
    LabelError
        No method has this name.
    InputError
        The input breaks a rule; the message names the cell. Or the method gives a relation or classes, not scores.

    Examples
    --------
    >>> import mcda
    >>> mcda.score("topsis", [[1, 9], [2, 5]], [[0.5, 0.5], [0.9, 0.1]], ["max", "min"])
    array([[0., 1.],
           [0., 1.]])
    """
    library, _, rest = name.rpartition(":")
    if library.lower() == "pymcdm":
        from mcda.scoring._pymcdm import score_with_pymcdm

        return score_with_pymcdm(rest, matrix, weights, directions, **parameters)
    method = methods()[name]
    if method.higher_is_better is None:
        raise InputError(f"{method.title} gives a relation or classes, not scores. Call mcda.{name} itself.")
    return method.function(matrix, weights, directions, **parameters)
