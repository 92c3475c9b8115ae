"""The problems that variants are run on: generated sets by name, and published instances from a folder."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.instances import chu_beasley, digital_board, pisinger, read_folder, with_conflicts

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    from solvers.instances import BestKnown
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, repr=False)
class Task:
    """One problem to be solved by every variant.

    Attributes
    ----------
    family, name
        Of the instance.
    problem
        What is asked.
    best_known
        What is known about its best value; None if nothing is.
    """

    family: str
    name: str
    problem: Problem
    best_known: BestKnown | None = None

    @property
    def key(self) -> str:
        """Family and name."""
        return f"{self.family}/{self.name}"

    def __repr__(self) -> str:
        return f"Task({self.key}: {len(self.problem.names)} options, {len(self.problem.resources)} resources)"


GENERATED: dict[str, tuple[str, int, Callable[[int], Problem]]] = {
    "smoke": ("12 options, for tests of the instrument", 2, lambda seed: chu_beasley(12, 2, rng=seed)),
    "small": ("30 options, 3 resources", 5, lambda seed: chu_beasley(30, 3, rng=seed)),
    "medium": ("100 options, 5 resources", 5, lambda seed: chu_beasley(100, 5, (0.25, 0.5, 0.75)[seed % 3], rng=seed)),
    "large": ("250 options, 10 resources", 3, lambda seed: chu_beasley(250, 10, rng=seed)),
    "knapsack": ("strongly correlated, 200 options", 5, lambda seed: pisinger(200, "strong", rng=seed)),
    "conflicts": (
        "100 options, 5 % of pairs exclude each other",
        5,
        lambda seed: with_conflicts(pisinger(100, "weak", rng=seed), 0.05, rng=seed),
    ),
    "board": (
        "40 projects, yearly budgets and teams, prerequisites, synergies",
        5,
        lambda seed: digital_board(40, rng=seed),
    ),
    "board-trees": (
        "80 projects with prerequisites as trees",
        5,
        lambda seed: digital_board(80, prerequisites="trees", rng=seed),
    ),
}
"""Sets by name: what they are, how many problems they have, and what makes one from its number."""


def generated_tasks(name: str) -> list[Task]:
    """Return the problems of a generated set.

    Raises
    ------
    ProblemError
        If there is no such set.

    Examples
    --------
    >>> generated_tasks("smoke")
    [Task(generated smoke/1: 12 options, 2 resources), Task(generated smoke/2: 12 options, 2 resources)]
    """
    if name not in GENERATED:
        raise ProblemError(f"There is no generated set {name!r}. There are: {', '.join(GENERATED)}.")
    _, count, make = GENERATED[name]
    return [Task(f"generated {name}", str(number), make(number)) for number in range(1, count + 1)]


def tasks_of(sources: tuple[str, ...], folder: str | os.PathLike[str] | None = None) -> Iterator[Task]:
    """Yield the tasks of generated sets and of the published families or instances in a folder.

    Parameters
    ----------
    sources
        Names of generated sets, of families in the folder, or of instances in it; none means every generated set but
        the smoke test, and everything in the folder.
    folder
        Where published instances are.
    """
    sets = [name for name in sources if name in GENERATED]
    published = [name for name in sources if name not in GENERATED]
    if not sources:
        sets = [name for name in GENERATED if name != "smoke"]
    if published and folder is None:
        raise ProblemError(
            f"{published[0]!r} is not a generated set ({', '.join(GENERATED)}). For published instances, name"
            " the folder that holds them."
        )
    for name in sets:
        yield from generated_tasks(name)
    if folder is not None and (published or not sources):
        for instance in read_folder(Path(folder), only=published or None):
            yield Task(instance.family, instance.name, instance.problem, instance.best_known)


def sampled(tasks: Sequence[Task], count: int, seed: int) -> list[Task]:
    """Draw at most `count` tasks of each family, the same for the same seed, in their order; 0 keeps all.

    What is drawn from a family depends on that family alone, not on which others are there.

    Examples
    --------
    >>> sampled(generated_tasks("small"), 2, seed=1)
    [Task(generated small/1: 30 options, 3 resources), Task(generated small/2: 30 options, 3 resources)]
    """
    families: dict[str, list[Task]] = {}
    for task in tasks:
        families.setdefault(task.family, []).append(task)
    if not count:
        return [task for group in families.values() for task in group]
    drawn = []
    for family, group in families.items():
        choice = random.Random(f"{seed} {family}")  # noqa: S311 - a sample, not a secret
        chosen = sorted(choice.sample(range(len(group)), min(count, len(group))))
        drawn += [group[position] for position in chosen]
    return drawn
