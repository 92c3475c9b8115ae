"""Where results are kept: one Parquet file per chunk and a manifest, in a folder or in memory.

A chunk appears whole or not at all (written aside, flushed, renamed), so a run that is killed at any moment loses at
most the chunks in progress.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MANIFEST = "manifest.json"
_LOCK = ".lock"
_NAME = re.compile(r"draws-(\d{12})-(\d{12})\.parquet")

Range = tuple[int, int]


class Store(Protocol):
    """What a run needs from the place where it keeps its results."""

    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest, None if there is none yet."""

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest."""

    def ranges(self) -> list[Range]:
        """Return the ranges of draws that are done, in order."""

    def write(self, start: int, stop: int, parquet: bytes) -> None:
        """Keep a chunk."""

    def read(self, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a chunk."""

    def remove(self, start: int, stop: int) -> None:
        """Drop a chunk."""


class MemoryStore:
    """Keeps everything in memory, compressed, for as long as the run object lives."""

    def __init__(self) -> None:
        self._manifest: dict[str, Any] | None = None
        self._chunks: dict[Range, bytes] = {}

    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest, None if there is none yet."""
        return self._manifest

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest."""
        self._manifest = manifest

    def ranges(self) -> list[Range]:
        """Return the ranges of draws that are done, in order."""
        return sorted(self._chunks)

    def write(self, start: int, stop: int, parquet: bytes) -> None:
        """Keep a chunk."""
        self._chunks[start, stop] = parquet

    def read(self, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a chunk."""
        return pq.ParquetFile(io.BytesIO(self._chunks[start, stop])).read(
            columns=None if columns is None else list(columns)
        )

    def remove(self, start: int, stop: int) -> None:
        """Drop a chunk."""
        del self._chunks[start, stop]


class FolderStore:
    """Keeps everything in a folder: ``manifest.json`` and ``chunks/draws-FROM-TO.parquet``."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._chunks = self.folder / "chunks"

    def manifest(self) -> dict[str, Any] | None:
        """Return the manifest, None if there is none yet.

        Raises
        ------
        InputError
            If the file is not a manifest of ours.
        """
        path = self.folder / MANIFEST
        if not path.exists():
            return None
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path} is not a manifest of a scenario run: {error}.") from error
        if not isinstance(found, dict) or "plan_sha256" not in found:
            raise InputError(f"{path} is not a manifest of a scenario run. Choose another folder.")
        return found

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        _write_whole(self.folder / MANIFEST, text.encode("utf-8"))

    def ranges(self) -> list[Range]:
        """Return the ranges of draws that are done, in order.

        Raises
        ------
        InputError
            If two files hold the same draws.
        """
        if not self._chunks.is_dir():
            return []
        found = sorted(
            (int(match[1]), int(match[2]))
            for path in self._chunks.iterdir()
            if (match := _NAME.fullmatch(path.name)) is not None
        )
        for before, after in itertools.pairwise(found):
            if after[0] < before[1]:
                raise InputError(
                    f"{self._path(*before)} and {self._path(*after).name} hold the same draws. Remove one of the two."
                )
        return found

    def write(self, start: int, stop: int, parquet: bytes) -> None:
        """Keep a chunk."""
        self._chunks.mkdir(parents=True, exist_ok=True)
        _write_whole(self._path(start, stop), parquet)

    def read(self, start: int, stop: int, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a chunk.

        Raises
        ------
        InputError
            If the file is damaged.
        """
        path = self._path(start, stop)
        try:
            # Not memory-mapped, and this file only: a folder beside it must not be taken for a partition.
            return pq.ParquetFile(path).read(columns=None if columns is None else list(columns))
        except pa.ArrowInvalid as error:
            raise InputError(f"{path} is damaged ({error}). Remove it and resume the run.") from error

    def remove(self, start: int, stop: int) -> None:
        """Drop a chunk."""
        self._path(start, stop).unlink()

    def tidy(self) -> list[Range]:
        """Drop what an interrupted write left behind, and chunks that cannot be read; return the latter."""
        for path in self._chunks.glob("*.partial") if self._chunks.is_dir() else ():
            path.unlink()
        damaged = []
        for start, stop in self.ranges():
            try:
                pq.read_metadata(self._path(start, stop))
            except (pa.ArrowInvalid, OSError):
                self.remove(start, stop)
                damaged.append((start, stop))
        return damaged

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the folder: two runs must not write to it at once. The system releases it however the process ends.

        Raises
        ------
        InputError
            If another process holds the lock.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("a") as handle:
            if not _hold(handle.fileno()):
                raise InputError(
                    f"Another process is running scenarios in {self.folder}. Wait for it, or choose another folder."
                )
            yield

    def _path(self, start: int, stop: int) -> Path:
        return self._chunks / f"draws-{start:012d}-{stop:012d}.parquet"


def _hold(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # a system without locks: two simultaneous runs in one folder go unnoticed
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_whole(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
