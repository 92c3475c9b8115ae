"""Labels: matched between pandas objects and mappings, and used to name a cell in a message."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

from mcda.errors import LabelError

if TYPE_CHECKING:
    import pandas as pd


def is_frame(value: object) -> TypeGuard[pd.DataFrame]:
    """Tell whether this is a pandas DataFrame, without importing pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def is_series(value: object) -> TypeGuard[pd.Series[Any]]:
    """Tell whether this is a pandas Series, without importing pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.Series)


def matched(given: Any, columns: Sequence[Hashable] | None, name: str) -> Any:
    """Return plain values, in the order of the criteria if they come with labels."""
    if is_frame(given):
        labels = list(given.columns)
    elif is_series(given):
        labels = list(given.index)
    elif isinstance(given, Mapping):
        labels = list(given)
    else:
        return given
    refuse_repeated(labels, f"label of {name}")
    if columns is None:
        # Nothing to match: a plain matrix has no labels, so the order is all there is.
        return list(given.values()) if isinstance(given, Mapping) else given.to_numpy()
    wanted = list(columns)
    known, asked = set(labels), set(wanted)
    missing = [label for label in wanted if label not in known]
    unknown = [label for label in labels if label not in asked]
    if missing or unknown:
        parts = [f"missing {shortened(missing)}"] * bool(missing) + [f"unknown {shortened(unknown)}"] * bool(unknown)
        raise LabelError(
            f"{name} must have exactly the labels of the criteria {shortened(wanted)}: {', '.join(parts)}."
        )
    if isinstance(given, Mapping):
        return [given[label] for label in wanted]
    if labels != wanted:
        given = given[wanted]
    return given.to_numpy()


def refuse_repeated(labels: Iterable[Hashable], what: str) -> None:
    seen: set[Hashable] = set()
    for label in labels:
        if label in seen:
            raise LabelError(f"Each {what} must be unique. Got {label!r} more than once.")
        seen.add(label)


def axes(labelled: Any) -> dict[str, Any]:
    if is_frame(labelled):
        return {"index": labelled.index, "columns": labelled.columns}
    return {"index": labelled.index, "name": labelled.name}


def label_name(labels: Sequence[Hashable] | None, position: int) -> str:
    return str(position) if labels is None else repr(labels[position])


def cell_name(cell: tuple[int, ...], rows: Sequence[Hashable] | None, columns: Sequence[Hashable] | None) -> str:
    names: list[Sequence[Hashable] | None] = [None] * len(cell)
    if cell:
        names[-1] = columns
    if len(cell) > 1:
        names[-2] = rows
    return ", ".join(label_name(labels, position) for labels, position in zip(names, cell, strict=True))


def row_name(name: str, cell: tuple[int, ...], rows: Sequence[Hashable] | None) -> str:
    if not cell:
        return name
    return f"{name}[{cell_name((*cell, 0), rows, None).rpartition(', ')[0]}]"


def shortened(items: Any) -> str:
    text = repr(items.tolist() if isinstance(items, np.ndarray) else items)
    return text if len(text) <= 120 else text[:117] + "..."
