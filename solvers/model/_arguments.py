"""Reading figures and labels from arrays, mappings and labelled tables, without guessing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import ProblemError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a problem with their labels: n options, r resources.

    `values` has shape (n,), `usage` (n, r), `capacity` and `minimum_use` (r,).
    """

    values: FloatArray
    usage: FloatArray
    capacity: FloatArray
    minimum_use: FloatArray
    names: tuple[str, ...]
    resources: tuple[str, ...]

    def check(self) -> None:
        """Refuse shapes that do not match and cells that are not figures."""
        check_shapes(self.values, self.usage, self.capacity, self.minimum_use)
        options, kinds = (self.names,), (self.resources,)
        limits, least = self.capacity, self.minimum_use
        wrong_limit, wrong_least = np.isnan(limits) | (limits == -np.inf), np.isnan(least) | (least == np.inf)
        check_cells(self.values, ~np.isfinite(self.values), options, "The value", "a finite number")
        check_cells(self.usage, ~np.isfinite(self.usage), (*options, *kinds), "The usage", "a finite number")
        check_cells(limits, wrong_limit, kinds, "The capacity", "a number or infinity")
        check_cells(least, wrong_least, kinds, "The minimum use", "a number, or -infinity")

    def freeze(self) -> None:
        """Make the arrays read-only."""
        for array in (self.values, self.usage, self.capacity, self.minimum_use):
            array.setflags(write=False)


def read_figures(
    values: object,
    usage: object,
    capacity: object,
    minimum_use: object,
    names: Iterable[object] | None,
    resources: Iterable[object] | None,
) -> Figures:
    """Read the figures of a problem, matched by label if they carry labels, and check each of them."""
    table = as_floats(usage, "usage")
    row_labels = table_labels(usage, 0) if is_table(usage) else None
    column_labels = table_labels(usage, 1) if is_table(usage) and table.ndim == 2 else None
    count = len(row_labels) if row_labels is not None else np.size(as_floats(plain(values), "values"))
    options = read_names(names, row_labels or labels_of(values), count, "option")
    value = read_vector(values, options, "values")
    table = as_matrix(table, value.size, capacity)
    kinds = read_names(resources, column_labels or labels_of(capacity), table.shape[1], "resource")
    limits = read_vector(capacity, kinds, "capacity")
    order = positions_by_label(row_labels, options, "The index of usage")
    across = positions_by_label(column_labels, kinds, "The columns of usage")
    table = table if order is None else table[order]
    table = table if across is None else table[:, across]
    unbounded = np.full(limits.shape, -np.inf)
    least = unbounded if minimum_use is None else read_vector(minimum_use, kinds, "minimum_use")
    figures = Figures(value, table, limits, least, options, kinds)
    figures.check()
    figures.freeze()
    return figures


def is_table(given: object) -> bool:
    """Say whether `given` is a pandas Series or DataFrame, without importing pandas."""
    return hasattr(given, "to_numpy") and hasattr(given, "index")


def table_labels(given: Any, axis: int) -> tuple[str, ...] | None:
    """Labels of a Series or DataFrame along an axis; None if there are only default positions."""
    labels = given.index if axis == 0 else given.columns
    if type(labels).__name__ == "RangeIndex":
        return None
    return tuple(label if isinstance(label, str) else str(label) for label in labels)


def as_floats(given: object, what: str) -> FloatArray:
    """Return `given` as float64; text and other things that are not numbers are refused."""
    array = np.asarray(given)
    if array.dtype.kind == "f" or array.dtype.kind in "iub":
        return np.array(array, dtype=np.float64, order="C")
    if array.dtype.kind == "O":
        for cell in array.ravel():
            if isinstance(cell, str) or cell is None:
                raise ProblemError(f"{what} must hold numbers only. Got {cell!r}.")
        try:
            return np.array(array, dtype=np.float64, order="C")
        except (TypeError, ValueError):
            pass
    if array.size == 0:
        return np.empty(array.shape, dtype=np.float64)
    raise ProblemError(f"{what} must be an array of numbers. Got {type(given).__name__} of type {array.dtype}.")


def positions_by_label(have: Sequence[str] | None, want: tuple[str, ...], what: str) -> NDArray[np.intp] | None:
    """Position of each wanted label among those given; None if no labels were given."""
    if have is None:
        return None
    at = {label: i for i, label in enumerate(have)}
    if len(at) != len(have):
        twice = next(label for label in have if list(have).count(label) > 1)
        raise ProblemError(f"{what} has the label {twice!r} more than once. Labels must be unique.")
    missing = [label for label in want if label not in at]
    extra = [label for label in have if label not in set(want)]
    if missing or extra:
        raise ProblemError(
            f"{what} must have exactly the expected labels."
            + (f" Missing: {', '.join(map(repr, missing[:5]))}." if missing else "")
            + (f" Unknown: {', '.join(map(repr, extra[:5]))}." if extra else "")
        )
    return np.fromiter((at[label] for label in want), dtype=np.intp, count=len(want))


def read_vector(given: object, labels: tuple[str, ...] | None, what: str) -> FloatArray:
    """Read one figure per label: an array by position, a mapping or Series by label."""
    if isinstance(given, Mapping):
        keys = tuple(given)
        array = as_floats([given[key] for key in keys], what)
        order = positions_by_label(keys, labels, what) if labels is not None else None
    elif is_table(given):
        array = as_floats(given, what)
        order = positions_by_label(table_labels(given, 0), labels, what) if labels is not None else None
    else:
        array = np.atleast_1d(as_floats(given, what))
        order = None
    if array.ndim != 1:
        raise ProblemError(f"{what} must be a vector. Got shape {array.shape}.")
    return array if order is None else array[order]


def read_names(given: Iterable[object] | None, found: tuple[str, ...] | None, count: int, noun: str) -> tuple[str, ...]:
    """Return the given names, else those found on a table, else numbered ones; refuse repeats."""
    if given is not None:
        names = tuple(given)
        if set(map(type, names)) - {str} or "" in names:
            for label in names:
                if not isinstance(label, str) or not label:
                    raise ProblemError(f"Every {noun} needs a name: text that is not empty. Got {label!r}.")
        checked = tuple(map(str, names))
    elif found is not None:
        checked = found
    else:
        checked = tuple(f"{noun} {i}" for i in range(1, count + 1))
    if len(checked) != count:
        raise ProblemError(f"There are {count} {noun}s but {len(checked)} {noun} names.")
    if len(set(checked)) != count:
        twice = next(label for label in checked if checked.count(label) > 1)
        raise ProblemError(f"The {noun} name {twice!r} is used twice. Names must be unique.")
    return checked


def check_cells(
    array: FloatArray, bad: NDArray[np.bool_], where: Sequence[tuple[str, ...]], what: str, rule: str
) -> None:
    """Refuse an array with any cell marked bad, naming the first such cell."""
    if not bad.any():
        return
    at = tuple(int(i) for i in np.argwhere(bad)[0])
    cell = ", ".join(repr(labels[i]) for labels, i in zip(where, at, strict=True))
    raise ProblemError(f"{what} of {cell} must be {rule}. Got {float(array[at])!r}.")


def plain(given: Any) -> object:
    """Return the figures of a mapping in its order; anything else unchanged."""
    return list(given.values()) if hasattr(given, "keys") and not is_table(given) else given


def labels_of(given: Any) -> tuple[str, ...] | None:
    """Return the labels of a table or mapping; None if it has none."""
    if is_table(given):
        return table_labels(given, 0)
    if hasattr(given, "keys"):
        return tuple(key if isinstance(key, str) else str(key) for key in given)
    return None


def as_matrix(table: FloatArray, options: int, capacity: object) -> FloatArray:
    """Return use as a matrix; a vector means one resource."""
    if table.size == 0 and np.size(as_floats(plain(capacity), "capacity")) == 0:
        return np.empty((options, 0))
    return table.reshape(-1, 1) if table.ndim == 1 else table


def check_shapes(values: FloatArray, usage: FloatArray, capacity: FloatArray, least: FloatArray) -> None:
    """Refuse figures whose shapes do not match."""
    if usage.ndim != 2 or usage.shape[0] != values.size:
        raise ProblemError(
            f"usage must have one row per option: {values.size} rows. Got shape {usage.shape}"
            + ("; it looks transposed: pass usage.T." if usage.ndim == 2 and usage.shape[1] == values.size else ".")
        )
    for what, limits in (("capacity", capacity), ("minimum_use", least)):
        if limits.size != usage.shape[1]:
            raise ProblemError(f"{what} must have one figure per resource: {usage.shape[1]}. Got {limits.size}.")
