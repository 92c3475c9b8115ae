"""What each normalisation computes, for a block of matrices.

`normalisations` holds the public functions. Each returns values that are higher for better levels, whatever the
direction of the criterion, and each defines what a constant column becomes. Columns are divided by their largest
magnitude before they are squared or summed, so that figures between 1e-300 and 1e300 neither overflow nor vanish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from mcda.arrays import Array
    from mcda.scoring._recipe import Matrices


def normalised(matrices: Matrices, name: str, **parameters: Any) -> Array:
    """Return the (b, a, c) values of the normalisation called `name`."""
    if name not in NORMALISATIONS:
        raise InputError(f"normalisation must be one of {', '.join(sorted(NORMALISATIONS))}. Got {name!r}.")
    return NORMALISATIONS[name](matrices, **parameters)


def vector(matrices: Matrices) -> Array:
    """Return x / ‖x‖, and one minus that for criteria to be minimised."""
    share = share_of_norm(matrices)
    return matrices.xp.where(matrices.signs > 0, share, 1.0 - share)


def sum_(matrices: Matrices) -> Array:
    """Return x / Σx, and (1/x) / Σ(1/x) for criteria to be minimised."""
    return share_of_sum(matrices.xp, linear(matrices, "sum"))


def max_(matrices: Matrices) -> Array:
    """Return x / max, and one minus that for criteria to be minimised."""
    xp, values = matrices.xp, matrices.values
    matrices.require(values >= 0, "must not be negative for the normalisation 'max'; 'minmax' allows it")
    largest = xp.max(values, axis=-2, keepdims=True)
    share = xp.where(largest > 0, values / xp.where(largest > 0, largest, 1.0), 1.0)
    return xp.where(matrices.signs > 0, share, 1.0 - share)


def linear(matrices: Matrices, name: str = "linear") -> Array:
    """Return x / max, and min / x for criteria to be minimised."""
    xp, values, up = matrices.xp, matrices.values, matrices.signs > 0
    matrices.require(
        xp.where(up, values >= 0, values > 0),
        f"must be positive (or zero, if more is better) for '{name}', which divides by levels; 'minmax' does not",
    )
    largest, least = xp.max(values, axis=-2, keepdims=True), xp.min(values, axis=-2, keepdims=True)
    rising = xp.where(largest > 0, values / xp.where(largest > 0, largest, 1.0), 1.0)
    falling = least / xp.where(values > 0, values, 1.0)
    return xp.where(up, rising, falling)


def minmax(matrices: Matrices) -> Array:
    """Return (x - min) / (max - min), or (max - x) / (max - min) if to be minimised; a constant column is 1."""
    xp, values = matrices.xp, matrices.values
    least, largest = xp.min(values, axis=-2, keepdims=True), xp.max(values, axis=-2, keepdims=True)
    return between(matrices, xp.where(matrices.signs > 0, least, largest), xp.where(matrices.signs > 0, largest, least))


def range_(matrices: Matrices, worse: Any, better: Any) -> Array:
    """Return (x - worse) / (better - worse), with declared levels."""
    return between(matrices, *declared_range(matrices, worse, better))


def logarithmic(matrices: Matrices) -> Array:
    """Return ln x / Σ ln x, and (1 - ln x / Σ ln x) / (a - 1) for criteria to be minimised."""
    xp, a = matrices.xp, matrices.values.shape[-2]
    matrices.require(
        matrices.values >= 1,
        "must be at least 1 for the normalisation 'logarithmic' (below 1 its order is reversed); use a smaller unit",
    )
    logs = xp.log(matrices.values)
    total = xp.sum(logs, axis=-2, keepdims=True)
    share = xp.where(total > 0, logs / xp.where(total > 0, total, 1.0), 1.0 / a)
    return xp.where(matrices.signs > 0, share, (1.0 - share) / (a - 1) if a > 1 else share)


def nonlinear(matrices: Matrices) -> Array:
    """Return (x / max)², and (min / x)³ for criteria to be minimised."""
    share = linear(matrices, "nonlinear")
    return matrices.xp.where(matrices.signs > 0, share**2, share**3)


def target(matrices: Matrices, levels: Any = None) -> Array:
    """Return 1 - |x - target| / (max(max, target) - min(min, target)); without a target, the best level."""
    xp, values = matrices.xp, matrices.values
    least, largest = xp.min(values, axis=-2, keepdims=True), xp.max(values, axis=-2, keepdims=True)
    if levels is None:
        aim = xp.where(matrices.signs > 0, largest, least)
    else:
        aim = xp.broadcast_to(matrices.per_criterion(levels, "levels"), least.shape)
    low, high = xp.where(aim < least, aim, least), xp.where(aim > largest, aim, largest)
    half = 0.5  # halves, so that the width of the widest range does not overflow
    width = high * half - low * half
    return 1.0 - abs(values * half - aim * half) / xp.where(width > 0, width, 1.0)


def share_of_norm(matrices: Matrices) -> Array:
    """Return x / ‖x‖ whatever the direction; a column of zeros counts as a constant column."""
    xp, a = matrices.xp, matrices.values.shape[-2]
    scaled = scaled_columns(matrices)
    norm = xp.sqrt(xp.sum(scaled**2, axis=-2, keepdims=True))
    return xp.where(norm > 0, scaled / xp.where(norm > 0, norm, 1.0), a**-0.5)


def share_of_sum(xp: ModuleType, values: Array) -> Array:
    """Return x / Σx for values that are not negative; a column of zeros counts as a constant column."""
    largest = xp.max(values, axis=-2, keepdims=True)
    scaled = xp.where(largest > 0, values / xp.where(largest > 0, largest, 1.0), 1.0)
    return scaled / xp.sum(scaled, axis=-2, keepdims=True)


def scaled_columns(matrices: Matrices) -> Array:
    """Divide each column by its largest magnitude, so that squares and sums stay in range."""
    xp = matrices.xp
    largest = xp.max(abs(matrices.values), axis=-2, keepdims=True)
    return matrices.values / xp.where(largest > 0, largest, 1.0)


def between(matrices: Matrices, worse: Array, better: Array) -> Array:
    """Return (x - worse) / (better - worse), and 1 where the two are equal."""
    xp, half = matrices.xp, 0.5  # halves are exact, and the difference of two of them does not overflow
    width = better * half - worse * half
    position = (matrices.values * half - worse * half) / xp.where(width != 0, width, 1.0)
    return xp.where(width != 0, position, 1.0)


def declared_range(matrices: Matrices, worse: Any, better: Any) -> tuple[Array, Array]:
    """Read the declared worse and better level of each criterion, which must agree with its direction."""
    low, high = matrices.per_criterion(worse, "worse"), matrices.per_criterion(better, "better")
    wrong = (high - low) * matrices.signs <= 0
    if bool(matrices.xp.any(wrong)):
        position = int(matrices.xp.nonzero(wrong)[0][0])
        label = matrices.criterion(position)
        order = "greater" if float(matrices.signs[position]) > 0 else "less"
        raise InputError(
            f"better[{label}] must be {order} than worse[{label}], as the direction of the criterion says. "
            f"Got better {float(high[position]):g} and worse {float(low[position]):g}."
        )
    return low, high


NORMALISATIONS: dict[str, Callable[..., Array]] = {
    "vector": vector,
    "sum": sum_,
    "max": max_,
    "linear": linear,
    "minmax": minmax,
    "range": range_,
    "logarithmic": logarithmic,
    "nonlinear": nonlinear,
    "target": target,
}
