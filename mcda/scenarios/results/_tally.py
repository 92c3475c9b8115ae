"""Counting what has been found, chunk by chunk, in the order of scenarios."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from mcda.arrays import IntArray

STATUSES = ("optimal", "feasible", "infeasible", "no_solution_found", "unbounded", "failed")
COUNTED = ("scenario", "status", "selection", "value", "event")
"""Columns that a tally reads."""


class Tally:
    """Counts over scenarios.

    Attributes
    ----------
    funded : numpy.ndarray, shape (cases, projects)
        In how many portfolios each project is.
    portfolios : numpy.ndarray, shape (cases,)
        How many scenarios have a portfolio.
    statuses : numpy.ndarray, shape (cases, statuses)
        How many scenarios ended with each status, in the order of `STATUSES`.
    distinct : Counter
        How often each portfolio (packed bits) was found.
    failures : Counter
        Messages of failed scenarios.
    """

    def __init__(self, cases: int, projects: int) -> None:
        self.funded: IntArray = np.zeros((cases, projects), dtype=np.int64)
        self.portfolios: IntArray = np.zeros(cases, dtype=np.int64)
        self.statuses: IntArray = np.zeros((cases, len(STATUSES)), dtype=np.int64)
        self.distinct: Counter[bytes] = Counter()
        self.failures: Counter[str] = Counter()
        self._hashes = [hashlib.sha256() for _ in range(3)]

    @property
    def scenarios(self) -> int:
        """How many scenarios have been counted."""
        return int(self.statuses.sum())

    def add(self, table: pa.Table) -> None:
        """Count the rows of a table, which are the next ones in the order of scenarios."""
        cases, projects = self.funded.shape
        case = table.column("scenario").to_numpy() % cases
        status = statuses_of(table)
        packed = packed_of(table)
        has = status <= STATUSES.index("feasible")
        np.add.at(self.statuses, (case, status), 1)
        chosen, rows = packed[has], case[has]
        for place in np.unique(rows):
            own = np.unpackbits(chosen[rows == place], axis=1, count=projects, bitorder="little")
            self.funded[place] += own.sum(axis=0, dtype=np.int64)
            self.portfolios[place] += len(own)
        if len(chosen):
            different, counts = np.unique(chosen, axis=0, return_counts=True)
            for row, count in zip(different, counts, strict=True):
                self.distinct[row.tobytes()] += int(count)
        failed = status == STATUSES.index("failed")
        if failed.any():
            self.failures.update(str(text) for text in table.column("event").filter(failed).to_pylist())
        value = figures_of(table, "value")
        for part, data in zip(self._hashes, (status.astype(np.int8), packed, value), strict=True):
            part.update(np.ascontiguousarray(data).tobytes())

    def sha256(self) -> str:
        """Hash of every scenario's status, portfolio and value, in order: equal runs have equal hashes."""
        return hashlib.sha256(b"".join(part.digest() for part in self._hashes)).hexdigest()


def packed_of(table: pa.Table) -> NDArray[np.uint8]:
    """Return (rows, bytes) the packed selections of a table."""
    column = table.column("selection").combine_chunks()
    width = column.type.byte_width
    data = np.frombuffer(column.buffers()[1], dtype=np.uint8)
    return data.reshape(-1, width)[column.offset : column.offset + len(column)]


def figures_of(table: pa.Table, name: str) -> NDArray[np.float64]:
    """Return a column of figures, with NaN for missing ones."""
    return np.asarray(table.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)


def statuses_of(table: pa.Table) -> NDArray[np.intp]:
    """Return the position of each row's status in `STATUSES`."""
    column: Any = table.column("status").combine_chunks()
    known = np.array([STATUSES.index(word) for word in column.dictionary.to_pylist()], dtype=np.intp)
    return known[np.asarray(column.indices.to_numpy(zero_copy_only=False), dtype=np.intp)]
