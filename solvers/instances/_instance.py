"""A published problem, with what is known about its best value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class BestKnown:
    """The best value that someone has reported.

    Attributes
    ----------
    value : float
        In the sense of `Problem`: greater is better.
    status : str
        "optimal" (proven), "bound" (some portfolio has it) or "hint" (unverified: never a pass or a fail).
    source : str
        Where the value comes from.
    """

    value: float
    status: str
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Instance:
    """One published problem.

    Attributes
    ----------
    name : str
        Its name in the literature.
    family : str
        The published set that it belongs to.
    problem : Problem
        The problem itself.
    best_known : BestKnown or None
        From the folder's best_known.csv, or the file itself; None if neither has one.
    reference : str
        The publication of the set.
    path : Path
        The file that it was read from.
    """

    name: str
    family: str
    problem: Problem
    best_known: BestKnown | None
    reference: str
    path: Path

    def __repr__(self) -> str:
        known = ""
        if self.best_known is not None:
            known = f", {'best known' if self.best_known.status == 'bound' else self.best_known.status}"
            known += f" {self.best_known.value:g}"
        n, r = len(self.problem.names), len(self.problem.resources)
        return f"<Instance {self.family}/{self.name}: {n} options, {r} resources{known}>"
