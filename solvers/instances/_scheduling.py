"""Start-time scheduling (PSPLIB, one mode) as a portfolio: an option is an activity at one start time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.errors import ProblemError
from solvers.model.problem import Problem
from solvers.model.rules import Choice, Requires

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from solvers.instances._knapsack import Read


@dataclass(frozen=True, slots=True)
class _Project:
    successors: list[list[int]]
    durations: list[int]
    requests: NDArray[np.int64]
    available: NDArray[np.int64]


def read_schedule(path: Path) -> Iterator[Read]:
    """Read a project of one mode; the portfolio of greatest value is the schedule of least duration.

    Exactly one start time per activity, between its earliest and its latest start for a horizon that a simple
    schedule reaches; one resource per renewable resource and period; an activity at a start requires, of each
    predecessor, a start that lets it finish by then. The value is minus the duration of the project. Rows as in
    Pritsker, Watters & Wolfe (1969).
    """
    project = _parse(path)
    horizon = _by_priority(project)
    first, last = _windows(project, horizon)
    starts = [list(range(a, b + 1)) for a, b in zip(first, last, strict=True)]
    names = [[f"{j + 1} at {t}" for t in times] for j, times in enumerate(starts)]
    periods, kinds = max(horizon, 1), len(project.available)
    total = sum(map(len, starts))
    usage, values = np.zeros((total, periods * kinds)), np.zeros(total)
    row = 0
    for j, times in enumerate(starts):
        for t in times:
            for k in range(kinds):
                usage[row, k * periods + t : k * periods + t + project.durations[j]] = project.requests[j, k]
            values[row] = -float(t) if j == len(starts) - 1 else 0.0
            row += 1
    used = np.flatnonzero((usage.sum(axis=0) > np.repeat(project.available, periods)) & (usage.max(axis=0) > 0))
    labels = [f"R{k + 1} period {t + 1}" for k in range(kinds) for t in range(periods)]
    yield (
        path.stem,
        Problem(
            values,
            usage[:, used],
            np.repeat(project.available, periods)[used].astype(float),
            names=[name for activity in names for name in activity],
            resources=[labels[i] for i in used],
            choices=[Choice(activity, required=True, name=f"activity {j + 1}") for j, activity in enumerate(names)],
            requires=list(_precedences(project, starts, names)),
            name=path.stem,
        ),
        None,
    )


def _precedences(project: _Project, starts: list[list[int]], names: list[list[str]]) -> Iterator[Requires]:
    for j, after in enumerate(project.successors):
        ready = [t + project.durations[j] for t in starts[j]]
        for s in after:
            for t, name in zip(starts[s], names[s], strict=True):
                needs = [names[j][i] for i, end in enumerate(ready) if end <= t]
                if len(needs) < len(ready):
                    yield Requires(name, needs, at_least=1)


def _parse(path: Path) -> _Project:
    text = path.read_text(encoding="utf-8", errors="replace")
    parts = {
        what: re.search(pattern, text, re.DOTALL)
        for what, pattern in {
            "PRECEDENCE RELATIONS": r"PRECEDENCE RELATIONS:\s*\n[^\n]*\n(.*?)\n\*",
            "REQUESTS/DURATIONS": r"REQUESTS/DURATIONS:\s*\n[^\n]*\n-+\n(.*?)\n\*",
            "RESOURCEAVAILABILITIES": r"RESOURCEAVAILABILITIES:\s*\n[^\n]*\n(.*?)\n\*",
        }.items()
    }
    for what, found in parts.items():
        if found is None:
            raise ProblemError(f"{path.name}: there is no section {what}.")
    lines = {
        what: [list(map(int, line.split())) for line in found[1].splitlines() if line.strip()]
        for what, found in parts.items()
        if found
    }
    if any(line[1] != 1 for line in lines["PRECEDENCE RELATIONS"]):
        raise ProblemError(f"{path.name}: only activities with one mode can be read.")
    requests = lines["REQUESTS/DURATIONS"]
    return _Project(
        [[s - 1 for s in line[3:]] for line in lines["PRECEDENCE RELATIONS"]],
        [line[2] for line in requests],
        np.array([line[3:] for line in requests], dtype=np.int64),
        np.array(lines["RESOURCEAVAILABILITIES"][0], dtype=np.int64),
    )


def _by_priority(project: _Project) -> int:
    """Duration of the schedule that starts each activity as early as it can, in order of latest start."""
    durations = project.durations
    loose = sum(durations)
    _, late = _windows(project, loose)
    usage = np.zeros((loose + 1, len(project.available)), dtype=np.int64)
    ends, waiting = dict[int, int](), set(range(len(durations)))
    before: list[list[int]] = [[] for _ in durations]
    for j, after in enumerate(project.successors):
        for s in after:
            before[s].append(j)
    while waiting:
        ready = [j for j in waiting if all(p in ends for p in before[j])]
        j = min(ready, key=lambda activity: (late[activity], activity))
        t = max((ends[p] for p in before[j]), default=0)
        while (usage[t : t + durations[j]] + project.requests[j] > project.available).any():
            t += 1
        usage[t : t + durations[j]] += project.requests[j]
        ends[j] = t + durations[j]
        waiting.remove(j)
    return max(ends.values())


def _windows(project: _Project, horizon: int) -> tuple[list[int], list[int]]:
    """Earliest and latest start of each activity (activities are numbered so that successors come later)."""
    count = len(project.durations)
    first, last = [0] * count, [horizon - duration for duration in project.durations]
    for j in range(count):
        for s in project.successors[j]:
            first[s] = max(first[s], first[j] + project.durations[j])
    for j in reversed(range(count)):
        for s in project.successors[j]:
            last[j] = min(last[j], last[s] - project.durations[j])
    return first, last
