"""Judgement scales other than 1 to 9, verbal labels, and building a matrix from answers."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.errors import InputError, LabelError
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from mcda.arrays import FloatArray, Number
    from mcda.weights.pairwise._comparisons import Judgements

Scale = Literal[
    "linear", "logarithmic", "root_square", "inverse_linear", "balanced", "balanced_n", "adaptive_balanced",
    "adaptive", "power", "geometric", "koczkodaj",
]  # fmt: skip
SCALES: tuple[Scale, ...] = (
    "linear", "logarithmic", "root_square", "inverse_linear", "balanced", "balanced_n", "adaptive_balanced",
    "adaptive", "power", "geometric", "koczkodaj",
)  # fmt: skip

VERBAL_SCALE = MappingProxyType(
    {
        "equal": 1.0,
        "equal to moderate": 2.0,
        "moderate": 3.0,
        "moderate to strong": 4.0,
        "strong": 5.0,
        "strong to very strong": 6.0,
        "very strong": 7.0,
        "very strong to extreme": 8.0,
        "extreme": 9.0,
    }
)
"""Saaty's words for 1 to 9: how much more the first matters than the second."""


def apply_scale(
    pairwise: Judgements, scale: Scale, *, reciprocity_tolerance: float = RECIPROCITY_TOLERANCE
) -> FloatArray:
    """Convert judgements of 1 to 9 to another scale.

    Parameters
    ----------
    pairwise : array_like, shape (..., n, n)
        Judgements from 1/9 to 9, NaN or None where not asked.
    scale : str
        ``"linear"`` x; ``"logarithmic"`` log2(x + 1); ``"root_square"`` sqrt x; ``"inverse_linear"`` 9 / (10 - x);
        ``"balanced"`` (9 + x) / (11 - x); ``"balanced_n"`` and ``"adaptive_balanced"``, local weights evenly spread for
        n things, up to 9 / (n + 8) and to 0.9; ``"adaptive"`` x^(1 + ln(n - 1) / ln 9); ``"power"`` x^2;
        ``"geometric"`` 2^(x - 1); ``"koczkodaj"`` 1 + (x - 1) / 8. Judgements below 1 become the reciprocals.
    reciprocity_tolerance : float
        How far a_ij * a_ji may be from 1.

    Returns
    -------
    numpy.ndarray, shape (..., n, n)
        Positive and reciprocal, ready for `mcda.ahp`.

    Raises
    ------
    InputError
        An unknown scale, a judgement outside 1/9 to 9, or judgements that break a rule.

    Notes
    -----
    Goepel (2018, "Comparison of judgment scales of the analytic hierarchy process"), who lists their authors; the
    balanced scale is due to Salo and Hämäläinen (1997).

    Examples
    --------
    >>> from mcda.weights import apply_scale
    >>> apply_scale([[1, 9], [1 / 9, 1]], "root_square").round(3)
    array([[1.   , 3.   ],
           [0.333, 1.   ]])
    """
    if scale not in SCALES:
        raise InputError(f"scale must be one of {', '.join(SCALES)}. Got {scale!r}.")
    values = read_comparisons(pairwise, tolerance=reciprocity_tolerance).values
    intensity = np.maximum(values, 1.0 / values)
    if (intensity > 9.0 * (1.0 + reciprocity_tolerance)).any():
        raise InputError(f"Scales are defined for judgements from 1/9 to 9. Got {np.nanmax(intensity):g}.")
    scaled = _scaled(intensity, scale, values.shape[-1])
    converted: FloatArray = np.where(values >= 1.0, scaled, 1.0 / scaled)
    # Equal importance stays 1 on every scale, to the last digit.
    return np.where(intensity == 1.0, 1.0, converted)


def _scaled(x: FloatArray, scale: Scale, size: int) -> FloatArray:
    if scale in ("balanced_n", "adaptive_balanced"):
        highest = 9.0 / (size + 8.0) if scale == "balanced_n" else 0.9
        if size == 1:
            return x
        weight = 1.0 / size + (highest - 1.0 / size) * (x - 1.0) / 8.0
        return weight * (size - 1.0) / (1.0 - weight)
    if scale == "adaptive":
        exponent = 1.0 + np.log(size - 1.0) / np.log(9.0) if size > 1 else 1.0
        return np.asarray(x**exponent)
    return np.asarray(_FORMULAS[scale](x))


_FORMULAS: Mapping[str, Callable[[FloatArray], FloatArray]] = MappingProxyType(
    {
        "linear": lambda x: x,
        "logarithmic": lambda x: np.log2(x + 1.0),
        "root_square": np.sqrt,
        "inverse_linear": lambda x: 9.0 / (10.0 - x),
        "balanced": lambda x: (9.0 + x) / (11.0 - x),
        "power": np.square,
        "geometric": lambda x: np.exp2(x - 1.0),
        "koczkodaj": lambda x: 1.0 + (x - 1.0) / 8.0,
    }
)


def comparison_matrix(
    answers: Iterable[tuple[Hashable, Hashable, Number | str | None]], labels: Sequence[Hashable] | None = None
) -> tuple[FloatArray, tuple[Hashable, ...]]:
    """Build a judgement matrix from single answers.

    Parameters
    ----------
    answers : iterable of (a, b, judgement)
        How many times more `a` is worth than `b`: a number, a fraction such as ``"1/3"``, words of Saaty's scale such
        as ``"strong"`` (or ``"1/strong"`` the other way round), or None where not answered.
    labels : sequence, optional
        What is compared, in order; default: in order of appearance.

    Returns
    -------
    matrix : numpy.ndarray, shape (n, n)
        Reciprocal, NaN where not answered.
    labels : tuple
        What its rows and columns stand for.

    Raises
    ------
    InputError
        A judgement that cannot be read or is not positive, something compared with itself, or a pair answered twice.
    LabelError
        A name that is not among `labels`.

    Examples
    --------
    >>> import mcda
    >>> matrix, names = mcda.comparison_matrix([("cost", "style", "1/3"), ("safety", "style", "strong")])
    >>> mcda.ahp(matrix, labels=names)
    Priorities(safety 0.789, style 0.158, cost 0.053; consistency ratio 0.000)
    """
    given = [(a, b, read_judgement(judgement)) for a, b, judgement in answers]
    names = tuple(dict.fromkeys(name for a, b, _ in given for name in (a, b))) if labels is None else tuple(labels)
    matrix = np.where(np.eye(len(names), dtype=bool), 1.0, np.nan)
    for a, b, value in given:
        for name in (a, b):
            if name not in names:
                raise LabelError(f"{name!r} is compared but is not among the labels {list(names)}.")
        row, column = names.index(a), names.index(b)
        if row == column:
            raise InputError(f"{a!r} is compared with itself; leave that answer out.")
        if value is None:
            continue
        if not np.isnan(matrix[row, column]):
            raise InputError(f"{a!r} and {b!r} are compared twice; keep one of the answers.")
        matrix[row, column], matrix[column, row] = value, 1.0 / value
    return matrix, names


def read_judgement(judgement: Number | str | None) -> float | None:
    """Read one judgement: a number, a fraction, words of Saaty's scale, or None.

    Raises
    ------
    InputError
        Anything else, or a number that is not positive.

    Examples
    --------
    >>> from mcda.weights import read_judgement
    >>> [read_judgement(answer) for answer in (3, "1/4", "very strong", "1/strong", "")]
    [3.0, 0.25, 7.0, 0.2, None]
    """
    if judgement is None or (isinstance(judgement, str) and not judgement.strip()):
        return None
    if isinstance(judgement, str):
        text = " ".join(judgement.lower().split())
        if text in VERBAL_SCALE:
            return VERBAL_SCALE[text]
        if text.removeprefix("1/").strip() in VERBAL_SCALE:
            return 1.0 / VERBAL_SCALE[text.removeprefix("1/").strip()]
    try:
        value = float(Fraction(judgement.replace(" ", ""))) if isinstance(judgement, str) else float(judgement)
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise InputError(
            f"A judgement is a positive number, a fraction such as 1/3, or one of {', '.join(VERBAL_SCALE)}. "
            f"Got {judgement!r}."
        ) from error
    if np.isnan(value):
        return None
    if not (np.isfinite(value) and value > 0.0):
        raise InputError(f"A judgement must be a positive number. Got {judgement!r}.")
    return value
