"""Knapsacks with one and with several limits: OR-Library, SAC-94, Glover-Kochenberger, kplib, Jooken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.instances._numbers import Numbers
from solvers.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Each reader yields (name, problem, value stated in the file or None).
Read = tuple[str, Problem, float | None]


def read_or_library(path: Path) -> Iterator[Read]:
    """K; then K problems as `multidimensional` reads them. Chu & Beasley's files number from 00, others from 1."""
    numbers = Numbers(path)
    for k in range(numbers.whole("the number of problems")):
        n, m, problem, value = multidimensional(numbers)
        name = f"{m}.{n}-{k:02d}" if path.stem.startswith("mknapcb") else f"{path.stem}-{k + 1}"
        yield name, problem.replace(name=name), value


def read_single(path: Path) -> Iterator[Read]:
    """One problem as `multidimensional` reads it (SAC-94, Glover-Kochenberger)."""
    _, _, problem, value = multidimensional(Numbers(path))
    yield path.stem, problem.replace(name=path.stem), value


def multidimensional(numbers: Numbers) -> tuple[int, int, Problem, float | None]:
    """N m optimum (0 if unknown); n profits; m rows of n weights; m capacities."""
    n, m = numbers.whole("the number of options"), numbers.whole("the number of resources")
    known = numbers.number()
    profits, weights, capacity = numbers.take(n), numbers.take(m, n), numbers.take(m)
    return n, m, Problem(profits, weights.T, capacity), known or None


def read_kplib(path: Path) -> Iterator[Read]:
    """N; capacity; n lines "profit weight"."""
    numbers = Numbers(path)
    n, capacity = numbers.whole("the number of options"), numbers.number()
    lines = numbers.take(n, 2)
    yield path.stem, Problem(lines[:, 0], lines[:, 1:], [capacity], name=path.stem), None


def read_jooken(path: Path) -> Iterator[Read]:
    """N; n lines "id profit weight"; capacity."""
    numbers = Numbers(path)
    n = numbers.whole("the number of options")
    lines, capacity = numbers.take(n, 3), numbers.number()
    if numbers.left:
        raise ProblemError(f"{path.name}: {numbers.left} numbers follow the capacity, which should be the last.")
    name = path.name.removesuffix(".in")
    yield name, Problem(lines[:, 1], lines[:, 2:], [capacity], name=name), None
