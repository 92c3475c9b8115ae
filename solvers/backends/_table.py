"""The table of back ends: version, whether it can be used here or why not, what it can do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from solvers.backends.base import Feature
from solvers.backends.registry import load, names, why_unusable
from solvers.errors import BackendError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


@dataclass(frozen=True, slots=True)
class BackendInfo:
    """One back end: its name, version, why it cannot be used here (None if it can), and its features."""

    name: str
    version: str
    reason: str | None
    features: frozenset[Feature]

    @property
    def usable(self) -> bool:
        """Whether it can be used here."""
        return self.reason is None


@dataclass(frozen=True, slots=True, repr=False)
class Backends:
    """All back ends; iterate over it, look one up by name, or print it."""

    rows: tuple[BackendInfo, ...]

    def __iter__(self) -> Iterator[BackendInfo]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> BackendInfo:
        for row in self.rows:
            if row.name == name:
                return row
        raise BackendError(f"There is no solver {name!r}. Use one of: {', '.join(row.name for row in self.rows)}.")

    @property
    def usable(self) -> tuple[str, ...]:
        """Names of those that can be used here."""
        return tuple(row.name for row in self.rows if row.usable)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per back end: version, usable, reason, and a column of True and False per feature."""
        import pandas as pd

        cells = [
            {"version": row.version, "usable": row.usable, "reason": row.reason or ""}
            | {feature.name.lower(): feature in row.features for feature in Feature}
            for row in self.rows
        ]
        return pd.DataFrame(cells, index=pd.Index([row.name for row in self.rows], name="solver"))

    def __repr__(self) -> str:
        wide = max(len(row.name) for row in self.rows)
        long = max(len(row.version) for row in self.rows)
        lines = []
        for row in self.rows:
            lines.append(f"{row.name:<{wide}}  {row.version:<{long}}  {row.reason or 'usable'}")
            if row.usable:
                lines += [f"{'':<{wide + long + 4}}{line}" for line in _lacks(row.features)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(text)}</th>" for text in ("solver", "version", "usable", *map(str, Feature)))
        body = ""
        for row in self.rows:
            marks = [("yes" if feature in row.features else "") for feature in Feature]
            cells = (row.name, row.version, row.reason or "yes", *marks)
            body += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _lacks(features: frozenset[Feature]) -> list[str]:
    missing = [str(feature) for feature in Feature if feature not in features]
    return [f"without: {', '.join(missing)}"] if missing else []


def backends() -> Backends:
    """Return the table of all back ends. The first call starts the worker processes, to see whether they can be used.

    Examples
    --------
    >>> import solvers
    >>> solvers.backends()["exhaustive"].usable
    True
    """
    known = names()
    with ThreadPoolExecutor(max_workers=4) as pool:
        reasons = list(pool.map(_reason, known))
    rows = []
    for name, reason in zip(known, reasons, strict=True):
        try:
            backend = load(name)
            rows.append(BackendInfo(name, backend.version(), reason, backend.features))
        except BackendError:
            rows.append(BackendInfo(name, "", reason, frozenset()))
    return Backends(tuple(rows))


def _reason(name: str) -> str | None:
    try:
        return why_unusable(name)
    except BackendError as error:
        return str(error)
