"""All ways to derive weights, by name."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, overload

from mcda.errors import LabelError
from mcda.notebook import ShownAsTable

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from mcda.arrays import FloatArray, Number, Numbers
    from mcda.weights.pairwise._best_worst import BestWorst
    from mcda.weights.pairwise._comparisons import Judgements
    from mcda.weights.pairwise._labelled import Weighting
    from mcda.weights.pairwise._priorities import Priorities

_FromFigures: TypeAlias = Literal[
    "equal", "entropy", "standard_deviation", "statistical_variance", "critic", "merec", "cilos", "idocriw", "gini",
    "angle",
]  # fmt: skip
_FromPoints: TypeAlias = Literal[
    "fucom", "swing", "points", "smart", "rank_order_centroid", "rank_sum", "rank_reciprocal",
]  # fmt: skip
_Label = TypeVar("_Label")


@dataclass(frozen=True, slots=True)
class WeightingMethod:
    """A way to derive weights.

    Attributes
    ----------
    name
        Name for `mcda.weigh`.
    title
        Words for people.
    input
        What it needs: ``"judgements"``, ``"points"``, ``"ranks"`` or ``"matrix"`` (figures, and directions).
    source
        Where it was published.
    home
        Module that holds the function of the same name.
    """

    name: str
    title: str
    input: str
    source: str
    home: str

    @property
    def function(self) -> Callable[..., Any]:
        """The method's own function."""
        function: Callable[..., Any] = getattr(importlib.import_module(self.home), self.name)
        return function

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters of the function."""
        return tuple(inspect.signature(self.function).parameters)

    def __repr__(self) -> str:
        return f"<{self.title} ({self.source}): mcda.weigh({self.name!r}, {self.input})>"


_OBJECTIVE = "mcda.weights.objective"
_PAIRWISE = "mcda.weights.pairwise"
_METHODS = (
    WeightingMethod("ahp", "Analytic hierarchy process", "judgements", "Saaty 1977", "mcda.weights"),
    WeightingMethod("best_worst", "Best-worst method", "judgements", "Rezaei 2015, 2016", f"{_PAIRWISE}._best_worst"),
    WeightingMethod("fucom", "Full consistency method", "judgements", "Pamučar et al. 2018", f"{_PAIRWISE}._fucom"),
    WeightingMethod("swing", "Swing weighting", "points", "von Winterfeldt & Edwards 1986", "mcda.weights._points"),
    WeightingMethod("points", "Direct points", "points", "von Winterfeldt & Edwards 1986", "mcda.weights._points"),
    WeightingMethod("smart", "SMART", "points", "Edwards 1977", "mcda.weights._points"),
    WeightingMethod("rank_order_centroid", "Rank-order centroid", "ranks", "Barron 1992", "mcda.weights._ranks"),
    WeightingMethod("rank_sum", "Rank sum", "ranks", "Stillwell et al. 1981", "mcda.weights._ranks"),
    WeightingMethod("rank_reciprocal", "Reciprocal of ranks", "ranks", "Stillwell et al. 1981", "mcda.weights._ranks"),
    WeightingMethod("equal", "Equal weights", "matrix", "Dawes & Corrigan 1974", _OBJECTIVE),
    WeightingMethod("entropy", "Entropy", "matrix", "Hwang & Yoon 1981", _OBJECTIVE),
    WeightingMethod("standard_deviation", "Standard deviation", "matrix", "Diakoulaki et al. 1995", _OBJECTIVE),
    WeightingMethod("statistical_variance", "Statistical variance", "matrix", "Rao & Patel 2010", _OBJECTIVE),
    WeightingMethod("critic", "CRITIC", "matrix", "Diakoulaki et al. 1995", _OBJECTIVE),
    WeightingMethod("merec", "MEREC", "matrix", "Keshavarz-Ghorabaee et al. 2021", _OBJECTIVE),
    WeightingMethod("cilos", "CILOS", "matrix", "Zavadskas & Podvezko 2016", _OBJECTIVE),
    WeightingMethod("idocriw", "IDOCRIW", "matrix", "Zavadskas & Podvezko 2016", _OBJECTIVE),
    WeightingMethod("gini", "Gini coefficient", "matrix", "Li & Chi 2009", _OBJECTIVE),
    WeightingMethod("angle", "Angle", "matrix", "Shuai et al. 2012", _OBJECTIVE),
)
_ALSO_CALLED = {
    "bwm": "best_worst",
    "best_worst_method": "best_worst",
    "roc": "rank_order_centroid",
    "reciprocal_of_ranks": "rank_reciprocal",
    "rank_order_sum": "rank_sum",
    "direct_points": "points",
    "std": "standard_deviation",
    "variance": "statistical_variance",
}


class WeightingTable(Mapping[str, WeightingMethod], ShownAsTable):
    """The ways to derive weights, by name."""

    def __getitem__(self, name: str) -> WeightingMethod:
        plain = name.lower().replace("-", "_").replace(" ", "_")
        plain = _ALSO_CALLED.get(plain, plain)
        for method in _METHODS:
            if method.name == plain:
                return method
        raise LabelError(
            f"No way to derive weights is called {name!r}. There are {', '.join(method.name for method in _METHODS)}."
        )

    def __iter__(self) -> Iterator[str]:
        return (method.name for method in _METHODS)

    def __len__(self) -> int:
        return len(_METHODS)

    def __repr__(self) -> str:
        return "\n".join(repr(method) for method in _METHODS)

    def to_frame(self) -> pd.DataFrame:
        """Return the table: one row per method, with its title, what it needs, its parameters and its source."""
        import pandas as pd

        rows = [(m.title, m.input, ", ".join(m.parameters), m.source) for m in _METHODS]
        return pd.DataFrame(
            rows, index=pd.Index(list(self), name="name"), columns=["title", "input", "parameters", "source"]
        )


@cache
def weighting_methods() -> WeightingTable:
    """Return the table of all ways to derive weights: name, title, what it needs, parameters, source.

    Examples
    --------
    >>> import mcda
    >>> mcda.weighting_methods()["critic"]
    <CRITIC (Diakoulaki et al. 1995): mcda.weigh('critic', matrix)>
    """
    return WeightingTable()


@overload
def weigh(name: _FromFigures, matrix: pd.DataFrame, *arguments: object, **parameters: object) -> pd.Series[float]: ...
@overload
def weigh(name: _FromFigures, matrix: Numbers, *arguments: object, **parameters: object) -> FloatArray: ...
@overload
def weigh(name: _FromPoints, points: pd.DataFrame, /) -> pd.DataFrame: ...
@overload
def weigh(name: _FromPoints, points: pd.Series, /) -> pd.Series[float]: ...
@overload
def weigh(name: _FromPoints, points: Mapping[_Label, Number], /) -> dict[_Label, float]: ...
@overload
def weigh(name: _FromPoints, points: Numbers, /) -> FloatArray: ...
@overload
def weigh(name: Literal["ahp"], pairwise: Judgements, *arguments: object, **parameters: object) -> Priorities: ...
@overload
def weigh(
    name: Literal["best_worst", "bwm"],
    best_to_others: Numbers | pd.Series,
    others_to_worst: Numbers | pd.Series,
    **parameters: object,
) -> BestWorst: ...
@overload
def weigh(name: str, *arguments: object, **parameters: object) -> Weighting | Priorities | BestWorst: ...
def weigh(name: str, *arguments: object, **parameters: object) -> Weighting | Priorities | BestWorst:
    """Derive weights by the method with this name.

    Parameters
    ----------
    name : str
        A name of `mcda.weighting_methods()`; capitals, spaces and hyphens do not matter.
    *arguments
        What the method needs: a performance matrix, shape (..., a, c), and directions for objective weights; pairwise
        judgements, points or ranks otherwise.
    **parameters
        Parameters of the method's own function.

    Returns
    -------
    numpy.ndarray, Series, dict, Priorities or BestWorst
        What the method's own function returns: weights, with consistency where judgements can contradict each other.

    Raises
    ------
    LabelError
        No method has this name.
    InputError
        The input breaks a rule; the message names the cell.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("critic", [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53]], ["max"] * 3).round(3)
    array([0.231, 0.407, 0.361])
    >>> mcda.weigh("swing", {"safety": 100, "cost": 25})
    {'safety': 0.8, 'cost': 0.2}
    """
    found: Weighting | Priorities | BestWorst = weighting_methods()[name].function(*arguments, **parameters)
    return found
