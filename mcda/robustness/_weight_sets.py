"""What is known about the weights, as a polytope: its statements, its exact extreme points, draws from it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np

from mcda.errors import InputError, LabelError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.robustness._polytopes import Polytope, cut, unit_simplex
from mcda.uncertainty._sampling import draw_mixes, draw_polytope, read_draws

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from mcda.arrays import BoolArray, FloatArray, Number, Table

_SENSES = (">=", "<=", "==")

Bounds: TypeAlias = "Number | Sequence[Number | None] | NDArray[Any] | Mapping[Any, Number] | pd.Series[Any]"
"""One bound for every criterion, or a bound for some."""

Ranking: TypeAlias = "Iterable[Hashable | list[Any]]"
"""Criteria from the most to the least important; a tuple or list within holds criteria in unknown order."""

Ratio: TypeAlias = "tuple[Hashable, Hashable, Number | None] | tuple[Hashable, Hashable, Number | None, Number | None]"
"""(a, b, at least, at most): the weight of a as a multiple of the weight of b."""

Coefficients: TypeAlias = "Mapping[Any, Number] | Sequence[Number] | NDArray[Any] | pd.Series[Any]"
Constraint: TypeAlias = "tuple[Coefficients, str, Number]"
"""(coefficients, ">=" or "<=" or "==", bound)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One linear statement about weights: ``coefficients @ weights <= bound``, and its wording."""

    coefficients: tuple[Fraction, ...]
    bound: Fraction
    words: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WeightSet(ShownAsTable):
    """All weights that agree with what is known: a polytope within the simplex.

    Made by `mcda.weight_set`.

    Attributes
    ----------
    criteria
        Labels, or 0 to c - 1.
    statements
        What is known, apart from the fact that weights are non-negative and sum to 1.
    polytope
        Its extreme points in exact fractions.
    """

    shown_digits: ClassVar[int | None] = 3

    criteria: tuple[Hashable, ...]
    statements: tuple[Statement, ...]
    polytope: Polytope

    @property
    def extreme_points(self) -> FloatArray:
        """(t, c) the corners of the set, by falling weight of the first criterion."""
        points = self.polytope.corners.astype(np.float64)
        found: np.ndarray = points[np.lexsort(-points.T[::-1])] + 0.0
        return found

    @property
    def normals(self) -> FloatArray:
        """(m, c) left-hand sides of ``normals @ weights <= bounds``; non-negativity and the sum are not among them."""
        rows = [[float(x) for x in statement.coefficients] for statement in self.statements]
        return np.array(rows).reshape(-1, len(self.criteria))

    @property
    def bounds(self) -> FloatArray:
        """(m,) right-hand sides."""
        return np.array([float(statement.bound) for statement in self.statements])

    @property
    def centre(self) -> FloatArray:
        """(c,) the mean of the extreme points: inside the set, whatever its shape."""
        middle: np.ndarray = self.extreme_points.mean(axis=0)
        return middle

    def contains(self, weights: Table | pd.Series[Any], tolerance: float = 1e-9) -> BoolArray:
        """Say which of the weights (..., c) belong to the set."""
        given = np.asarray(weights, dtype=np.float64)
        ok = (given >= -tolerance).all(axis=-1) & (np.abs(given.sum(axis=-1) - 1) <= tolerance)
        if self.statements:
            ok &= (given @ self.normals.T <= self.bounds + tolerance).all(axis=-1)
        return np.asarray(ok)

    def draw(self, draws: int, rng: np.random.Generator | int = 0) -> FloatArray:
        """Draw weights (draws, c) uniformly from the set.

        Without statements: Dirichlet(1, ..., 1). Otherwise: points of the simplex that agree with the statements, if
        enough of them do; if not, hit-and-run (Tervonen, van Valkenhoef, Basturk and Postmus, 2013).
        """
        return draw_polytope(self.extreme_points, self.normals, self.bounds, read_draws(draws), rng)

    def narrowed(
        self,
        *,
        lower: Bounds | None = None,
        upper: Bounds | None = None,
        ranking: Ranking | None = None,
        ratios: Iterable[Ratio] = (),
        constraints: Iterable[Constraint] = (),
    ) -> WeightSet:
        """Return the set with further statements, as in `mcda.weight_set`."""
        more = _statements(self.criteria, lower, upper, ranking, ratios, constraints)
        return _with(self, more)

    def to_frame(self) -> pd.DataFrame:
        """One row per extreme point, one column per criterion."""
        import pandas as pd

        points = self.extreme_points
        index = pd.RangeIndex(1, len(points) + 1, name="extreme_point")
        return pd.DataFrame(points, columns=list(self.criteria), index=index)

    def __repr__(self) -> str:
        known = "; ".join(dict.fromkeys(statement.words for statement in self.statements)) or "nothing known"
        known = known if len(known) <= 100 else known[:99] + "…"
        return f"<WeightSet of {len(self.criteria)} criteria, {len(self.polytope.corners)} extreme points: {known}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WeightMixes(ShownAsTable):
    """All mixes of some weights: of a Board's groups, or of people.

    Made by `mcda.weight_mixes`.

    Attributes
    ----------
    criteria
        Labels, or 0 to c - 1.
    names
        Whose weights they are.
    extreme_points
        (t, c) the weights that are mixed. (One of them may itself be a mix of the others.)
    """

    shown_digits: ClassVar[int | None] = 3

    criteria: tuple[Hashable, ...]
    names: tuple[Hashable, ...]
    extreme_points: FloatArray

    @property
    def centre(self) -> FloatArray:
        """(c,) the mix in equal parts."""
        middle: np.ndarray = self.extreme_points.mean(axis=0)
        return middle

    def draw(self, draws: int, rng: np.random.Generator | int = 0) -> FloatArray:
        """Draw weights (draws, c): shares of the mix are uniform, Dirichlet(1, ..., 1)."""
        return np.asarray(draw_mixes(len(self.names), read_draws(draws), rng) @ self.extreme_points)

    def to_frame(self) -> pd.DataFrame:
        """One row per name, one column per criterion."""
        import pandas as pd

        return pd.DataFrame(self.extreme_points, index=list(self.names), columns=list(self.criteria))

    def __repr__(self) -> str:
        return f"<WeightMixes of {len(self.names)} weightings of {len(self.criteria)} criteria>"


def weight_set(
    criteria: int | Sequence[Hashable],
    *,
    lower: Bounds | None = None,
    upper: Bounds | None = None,
    ranking: Ranking | None = None,
    ratios: Iterable[Ratio] = (),
    constraints: Iterable[Constraint] = (),
) -> WeightSet:
    """State what is known about the weights.

    Parameters
    ----------
    criteria : int or sequence of labels
        How many criteria there are, or what they are called.
    lower, upper : float, mapping or array_like, shape (c,), optional
        Ranges of weights; a mapping may leave criteria out.
    ranking : sequence, optional
        Criteria from the most to the least important. A tuple or list within it holds criteria whose order among
        themselves is not known. Criteria that are not named are not ranked.
    ratios : sequence of (a, b, at_least) or (a, b, at_least, at_most)
        The weight of a is at least (at most) this many times that of b; None for no limit.
    constraints : sequence of (coefficients, sense, bound)
        Any linear statement: coefficients by criterion (mapping, or one each), ">=", "<=" or "==", a number.

    Returns
    -------
    WeightSet
        The polytope, with its extreme points.

    Raises
    ------
    LabelError
        A criterion is unknown or named twice.
    InputError
        A statement is not of the form above.
    NoAnswerError
        No weights agree with all statements.

    Notes
    -----
    Extreme points are found in exact fractions of the decimals as written, by the double description method. Weights
    drawn at random are uniform on the set: see `WeightSet.draw`.

    Examples
    --------
    >>> import mcda
    >>> mcda.weight_set(3, ranking=[0, 1, 2]).extreme_points.round(3)
    array([[1.   , 0.   , 0.   ],
           [0.5  , 0.5  , 0.   ],
           [0.333, 0.333, 0.333]])
    >>> mcda.weight_set(["cost", "risk"], ratios=[("cost", "risk", 2, 4)]).to_frame().round(3)
                    cost   risk
    extreme_point
    1              0.800  0.200
    2              0.667  0.333
    """
    labels = tuple(range(criteria)) if isinstance(criteria, int) else tuple(criteria)
    if not labels:
        raise InputError("A set of weights needs at least one criterion. Got none.")
    if len(set(labels)) != len(labels):
        twice = next(label for label in labels if labels.count(label) > 1)
        raise LabelError(f"Criterion {twice!r} is named twice; labels must be unique.")
    whole = WeightSet(labels, (), unit_simplex(len(labels), Fraction))
    return _with(whole, _statements(labels, lower, upper, ranking, ratios, constraints))


def weight_mixes(weights: Table, names: Sequence[Hashable] | None = None) -> WeightMixes:
    """Take all mixes of some weights, such as those of the groups of a Board.

    Parameters
    ----------
    weights : array_like or DataFrame, shape (t, c)
        One row per view; each non-negative and summing to 1.
    names : sequence of labels, optional
        Whose they are; by default the index of a DataFrame.

    Returns
    -------
    WeightMixes

    Raises
    ------
    InputError, LabelError
        As for the weights of every scoring method.

    Examples
    --------
    >>> import mcda
    >>> mcda.weight_mixes([[0.8, 0.2], [0.3, 0.7]], ["clinical", "finance"]).centre
    array([0.55, 0.45])
    """
    from mcda.arrays import is_frame, read_weights

    plain: Any = weights
    count = np.shape(plain)[-1] if np.ndim(plain) else 0
    read = read_weights(weights, list(weights.columns) if is_frame(weights) else None, count)
    points = np.atleast_2d(np.asarray(read.values, dtype=np.float64))
    if points.ndim != 2:
        raise InputError(f"weights must have shape (views, criteria). Got shape {np.shape(plain)}.")
    labels = tuple(names) if names is not None else tuple(read.rows) if read.rows is not None else None
    whose = tuple(range(len(points))) if labels is None else labels
    if len(whose) != len(points):
        raise InputError(f"names must have one entry per row of weights ({len(points)}). Got {len(whose)}.")
    criteria = tuple(weights.columns) if is_frame(weights) else tuple(range(count))
    points.setflags(write=False)
    return WeightMixes(criteria, whose, points)


def _with(start: WeightSet, more: list[Statement]) -> WeightSet:
    polytope = start.polytope
    for statement in more:
        normal = np.array(statement.coefficients, dtype=object)
        polytope = cut(polytope, normal, statement.bound, 0.0)
        if polytope.empty:
            before = "; ".join(dict.fromkeys(item.words for item in (*start.statements, *more) if item != statement))
            raise NoAnswerError(
                f"No weights agree with all that is stated: '{statement.words}' contradicts what else is known"
                + (f" ({before})." if before else " (weights are non-negative and sum to 1).")
            )
    return WeightSet(start.criteria, (*start.statements, *more), polytope)


def _statements(
    criteria: tuple[Hashable, ...],
    lower: Bounds | None,
    upper: Bounds | None,
    ranking: Ranking | None,
    ratios: Iterable[Ratio],
    constraints: Iterable[Constraint],
) -> list[Statement]:
    reader = _Reader(criteria)
    found: list[Statement] = []
    for given, name, sign in ((lower, "lower", -1), (upper, "upper", 1)):
        sense = "at least" if sign < 0 else "at most"
        for label, bound in reader.per_criterion(given, name):
            found.append(reader.row({label: sign}, sign * bound, f"{label} {sense} {float(bound):g}"))
    found += reader.ranked(ranking)
    for ratio in ratios:
        found += reader.ratio(ratio)
    for constraint in constraints:
        found += reader.constraint(constraint)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    criteria: tuple[Hashable, ...]

    def at(self, label: Any) -> int:
        if label not in self.criteria:
            known = ", ".join(map(str, self.criteria))
            raise LabelError(f"There is no criterion {label!r}. The criteria are {known}.")
        return self.criteria.index(label)

    def row(self, coefficients: Mapping[Any, Any], bound: Any, words: str) -> Statement:
        row = [Fraction(0)] * len(self.criteria)
        for label, coefficient in coefficients.items():
            row[self.at(label)] += exact(coefficient, words)
        return Statement(tuple(row), exact(bound, words), words)

    def per_criterion(self, given: Any, name: str) -> list[tuple[Hashable, Fraction]]:
        if given is None:
            return []
        if hasattr(given, "items"):
            return [(self.criteria[self.at(label)], exact(bound, name)) for label, bound in given.items()]
        listed = [given] * len(self.criteria) if np.ndim(given) == 0 else list(given)
        if len(listed) != len(self.criteria):
            raise InputError(f"{name} must have one entry per criterion ({len(self.criteria)}). Got {len(listed)}.")
        return [
            (label, exact(bound, name)) for label, bound in zip(self.criteria, listed, strict=True) if bound is not None
        ]

    def ranked(self, ranking: Any) -> list[Statement]:
        if ranking is None:
            return []
        levels = [list(level) if isinstance(level, list | tuple) else [level] for level in ranking]
        named = [label for level in levels for label in level]
        if len(set(named)) != len(named):
            twice = next(label for label in named if named.count(label) > 1)
            raise LabelError(f"The ranking names {twice!r} twice; name each criterion once.")
        return [
            self.row({above: -1, below: 1}, 0, f"{above} before {below}")
            for first, second in itertools.pairwise(levels)
            for above in first
            for below in second
        ]

    def ratio(self, ratio: Any) -> list[Statement]:
        parts = list(ratio)
        if not 3 <= len(parts) <= 4:
            raise InputError(f"A ratio must be (criterion, criterion, at least) or also have at most. Got {ratio!r}.")
        one, two, least, most = [*parts, None][:4]
        found = []
        if least is not None:
            words = f"{one} at least {least:g} times {two}"
            found.append(self.row({one: -1, two: exact(least, words)}, 0, words))
        if most is not None:
            words = f"{one} at most {most:g} times {two}"
            found.append(self.row({one: 1, two: -exact(most, words)}, 0, words))
        return found

    def constraint(self, constraint: Any) -> list[Statement]:
        parts = list(constraint)
        if len(parts) != 3 or parts[1] not in _SENSES:
            raise InputError(
                f"A constraint must be (coefficients, sense, bound), with sense >=, <= or ==. Got {parts}."
            )
        given, sense, bound = parts
        if not hasattr(given, "items"):
            if len(list(given)) != len(self.criteria):
                raise InputError(
                    f"A constraint must have one coefficient per criterion ({len(self.criteria)}). Got {given}."
                )
            given = dict(zip(self.criteria, given, strict=True))
        shown = " + ".join(f"{float(number):g} {label}" for label, number in given.items() if number)
        words = f"{shown} {sense} {float(bound):g}".replace("+ -", "- ")
        found = []
        if sense in ("<=", "=="):
            found.append(self.row(given, bound, words))
        if sense in (">=", "=="):
            flipped = {label: -exact(number, words) for label, number in given.items()}
            found.append(self.row(flipped, -exact(bound, words), words))
        return found


def exact(number: Any, where: str) -> Fraction:
    """Return the number as the decimal it prints as."""
    if isinstance(number, Fraction):
        return number
    try:
        value = float(number)
        return Fraction(repr(value))
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"'{where}' needs finite numbers. Got {number!r}.") from None
