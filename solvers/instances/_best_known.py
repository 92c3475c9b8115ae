"""Best-known values as data: the file best_known.csv beside the instances."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.instances._instance import BestKnown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "best_known.csv"
COLUMNS = ("file", "instance", "best_known", "kind", "source")


def read_best_known(folder: Path) -> dict[tuple[str, str], BestKnown]:
    """Return the best-known values of a folder by file and instance; empty if it has no best_known.csv.

    The columns are file, instance, best_known, kind and source, and optionally note, verified_value,
    verified_status and verified_by. A verified optimum takes precedence over a published value, and of two unproven
    values the greater over the smaller.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if rows and (missing := [column for column in COLUMNS if column not in rows[0]]):
        raise ProblemError(f"{path}: the column {missing[0]!r} is missing. Columns needed: {', '.join(COLUMNS)}.")
    found = {(row["file"], row["instance"]): _best(row) for row in rows}
    return {key: best for key, best in found.items() if best is not None}


def names_of(folder: Path, file: str) -> list[str]:
    """Return the instances that best_known.csv lists for a file, in its order."""
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as opened:
        return [row["instance"] for row in csv.DictReader(opened) if row["file"] == file]


def _best(row: Mapping[str, str]) -> BestKnown | None:
    kind = row["kind"].lower()
    # If the published figure is minimised (a duration, a model's objective), our value is minus that figure.
    sign = -1.0 if "makespan" in kind or "minimum" in kind else 1.0
    verified, by = row.get("verified_value") or "", row.get("verified_by") or ""
    if verified and (row.get("verified_status") or "").lower() == "optimal":
        return BestKnown(sign * float(verified), "optimal", f"verified by {by}" if by else "verified")
    known = []
    if row["best_known"]:
        words = f"{row['source']} {row.get('note') or ''}".lower()
        status = "optimal" if kind.startswith("optimal") else "hint" if "unverified" in words else "bound"
        known.append(BestKnown(sign * float(row["best_known"]), status, row["source"]))
    if verified:
        known.append(BestKnown(sign * float(verified), "bound", f"found by {by}" if by else "found"))
    return max(known, key=lambda best: (best.status == "optimal", best.status == "bound", best.value), default=None)
