"""One run of one variant on one problem: what is recorded of it, and the file that keeps one line per run."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solvers.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable

RUNS = "runs.jsonl"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """The outcome of one run.

    Attributes
    ----------
    family, instance, variant, repeat, limit
        What was run, and under which time limit in seconds.
    termination
        Of the solution; "crashed", "killed" (over its limits) or "refused" if there is none.
    value, bound
        Of the solution; None if unknown.
    certified
        Whether the portfolio passed the exact check.
    build_seconds, search_seconds, warmup_seconds
        Making the problem and its linear model; the call of `solve`; first use of the solver, which is not counted.
    cpu_seconds
        Of the call of `solve`, worker processes included; None if the system does not say.
    memory_mib
        Peak memory.
    solver
        Name and version that answered.
    note
        What else happened.
    """

    family: str
    instance: str
    variant: str
    repeat: int
    limit: float
    termination: str
    value: float | None = None
    bound: float | None = None
    certified: bool = False
    build_seconds: float | None = None
    search_seconds: float | None = None
    warmup_seconds: float | None = None
    cpu_seconds: float | None = None
    memory_mib: float | None = None
    solver: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, int, float]:
        """What distinguishes it from the other runs of a plan."""
        return (self.family, self.instance, self.variant, self.repeat, self.limit)

    @property
    def proven(self) -> bool:
        """Whether it claims a proven answer: an optimum or that there is none."""
        return self.termination in {"optimal", "infeasible"}

    @property
    def disturbed(self) -> bool:
        """Whether other work on the machine took much of the time: processor time is below 70 % of it."""
        if self.cpu_seconds is None or self.search_seconds is None or self.search_seconds < 0.2:
            return False
        return self.cpu_seconds < 0.7 * self.search_seconds

    @property
    def seconds(self) -> float | None:
        """Time of the search: by the clock, or the processor time if other work disturbed the run."""
        return self.cpu_seconds if self.disturbed else self.search_seconds

    def __repr__(self) -> str:
        value = "" if self.value is None else f", value {self.value:g}"
        seconds = "" if self.search_seconds is None else f", {self.search_seconds:.3f} s"
        return f"Run({self.variant} on {self.family}/{self.instance}: {self.termination}{value}{seconds})"


def append_run(folder: Path, run: Run) -> None:
    """Add a run to the file, saved to disk before this returns."""
    with (folder / RUNS).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_runs(folder: str | os.PathLike[str]) -> list[Run]:
    """Read the runs of a folder; a last line that was cut off by a kill is left out.

    Raises
    ------
    ProblemError
        If the folder holds no runs, or a line in the middle is damaged.
    """
    path = Path(folder) / RUNS
    if not path.exists():
        raise ProblemError(
            f"'{folder}' holds no benchmark runs ({RUNS}). Make some with `mcda bench run --out {folder}`."
        )
    lines = path.read_text("utf-8").split("\n")
    runs = []
    for number, line in enumerate(lines, start=1):
        try:
            runs.append(Run(**json.loads(line)))
        except (json.JSONDecodeError, TypeError):
            if line and number < len(lines):
                raise ProblemError(
                    f"Line {number} of '{path}' is damaged. Remove it, and the run will be made again."
                ) from None
    return runs


def mend(folder: Path) -> None:
    """Cut off a last line that a kill left unfinished, so that the next one starts on a line of its own."""
    path = folder / RUNS
    if path.exists():
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            path.write_bytes(whole)


def by_pair(runs: Iterable[Run]) -> dict[tuple[str, str], list[Run]]:
    """Group runs by family and instance."""
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.family, run.instance), []).append(run)
    return groups


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write what the runs were made with."""
    temporary = folder / f".{MANIFEST}.tmp"
    temporary.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
    temporary.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what the runs were made with; empty if that is not recorded."""
    path = folder / MANIFEST
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
