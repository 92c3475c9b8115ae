"""Knapsacks with structure: conflicts, multiple choice, synergies of pairs, release planning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import ProblemError
from solvers.instances._numbers import Numbers
from solvers.model.problem import Problem
from solvers.model.rules import Choice, Requires, Synergy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from solvers.instances._knapsack import Read


def read_conflicts(path: Path) -> Iterator[Read]:
    """`param n`, `param c`, a table "V p w", then `set E`: pairs of options (from 0), at most one of each pair in."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = re.search(
        r"param\s+n\s*:=\s*(\d+).*?param\s+c\s*:=\s*([\d.]+).*?p\s+w\s*:=(.*?);.*?set\s+E\s*:=(.*?);", text, re.DOTALL
    )
    if not found:
        raise ProblemError(
            f"{path.name}: expected `param n`, `param c`, a table of `p w` and `set E`, each ending in ;."
        )
    n = int(found[1])
    items = Numbers(path, found[3])
    table = items.take(n, 3)
    edges = Numbers(path, found[4])
    pairs = edges.take(edges.left // 2, 2).astype(int).tolist()
    name = path.name.removesuffix(".dat")
    yield name, Problem(table[:, 1], table[:, 2:], [float(found[2])], excludes=pairs, name=name), None


def read_multiple_choice(path: Path) -> Iterator[Read]:
    """Projects with versions, exactly one of each: values and weights per version, capacities.

    Khan's files: number of groups, versions in each, m; m capacities; per group its number, then "value w1 .. wm"
    per version. The later files: number of groups, m; capacities; per group the number of versions, then versions.
    """
    text = _before_words(path.read_text(encoding="utf-8", errors="replace"))
    numbers, head = Numbers(path, text), next((line for line in text.splitlines() if line.strip()), "").split()
    groups = numbers.whole("the number of groups")
    each = numbers.whole("the number of versions") if len(head) == 3 else None
    m = numbers.whole("the number of resources")
    capacity, versions, sizes = numbers.take(m), [], []
    for _ in range(groups):
        mark = numbers.whole("the head of a group")
        count = mark if each is None else each
        versions.append(numbers.take(count, m + 1))
        sizes.append(count)
    table = np.vstack(versions)
    names = [f"{g + 1}.{v + 1}" for g, size in enumerate(sizes) for v in range(size)]
    ends = np.cumsum(sizes)
    choices = [
        Choice(names[end - size : end], required=True, name=f"project {g + 1}")
        for g, (end, size) in enumerate(zip(ends.tolist(), sizes, strict=True))
    ]
    problem = Problem(table[:, 0], table[:, 1:], capacity, names=names, choices=choices, name=path.stem)
    yield path.stem, problem, None


def read_quadratic(path: Path) -> Iterator[Read]:
    """Name; n; n profits; profits of pairs row by row; 0 (for <=); capacity; n weights."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n", 1)
    text = lines[1] if len(lines) > 1 else ""
    numbers = Numbers(path, _before_words(text))
    n = numbers.whole("the number of options")
    profits = numbers.take(n)
    rows = [numbers.take(n - i - 1) for i in range(n - 1)]
    if numbers.whole("the type of the constraint") != 0:
        raise ProblemError(f"{path.name}: only constraints of type 0 (<=) can be read.")
    capacity, weights = numbers.number(), numbers.take(n)
    synergies = [
        Synergy((i, i + 1 + k), float(worth)) for i, row in enumerate(rows) for k, worth in enumerate(row) if worth
    ]
    yield path.stem, Problem(profits, weights, [capacity], synergies=synergies, name=path.stem), None


def _before_words(text: str) -> str:
    """Return the text before the first line that starts with a letter: after it come remarks and solutions."""
    return re.split(r"\n\s*[A-Za-z]", text)[0]


def read_release(path: Path, ratios: Sequence[float] = (0.3, 0.5, 0.7)) -> Iterator[Read]:
    """Requirements by level with costs, dependencies "A before B", customers with profit and wishes; one budget.

    Options are the requirements, worth nothing by themselves, and the customers, who cost nothing and pay if all
    their requirements are in. One problem per ratio of the budget to the total cost (rounded down).
    """
    numbers, costs = Numbers(path), list[float]()
    for _ in range(numbers.whole("the number of levels")):
        costs += numbers.take(numbers.whole("the number of requirements")).tolist()
    pairs = numbers.take(numbers.whole("the number of dependencies"), 2).astype(int).tolist()
    names = [f"requirement {i}" for i in range(1, len(costs) + 1)]
    rules: list[Any] = [Requires(names[b - 1], names[a - 1]) for a, b in pairs]
    profits = []
    for k in range(numbers.whole("the number of customers")):
        profits.append(numbers.number())
        wishes = numbers.take(numbers.whole("the number of wishes")).astype(int).tolist()
        rules.append(Requires(f"customer {k + 1}", [names[i - 1] for i in dict.fromkeys(wishes)]))
    values = np.concatenate([np.zeros(len(costs)), profits])
    usage = np.concatenate([costs, np.zeros(len(profits))])
    everyone = [*names, *(f"customer {k}" for k in range(1, len(profits) + 1))]
    for ratio in ratios:
        budget = float(np.floor(round(ratio * sum(costs), 6)))
        name = f"{path.stem}-{ratio:g}"
        yield name, Problem(values, usage, [budget], names=everyone, requires=rules, name=name), None
