"""What to decide now and what to leave: what the futures have in common, and what early commitment costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import scored_problem, solve_proven
from mcda.weights import weigh_decision
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.decision import Decision


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DecideNow(ShownAsTable):
    """What can be decided now, whatever the future brings, and what is worth waiting for.

    Attributes
    ----------
    futures
        Names of the futures.
    selected
        Futures by projects: the best portfolio of each, proven.
    best
        Value of the best portfolio of each future.
    fund
        Projects in the best portfolio of every future: fund them now, at no loss.
    drop
        Projects in none: leave them out now, at no loss.
    wait
        Projects in some.
    loss_if_funded, loss_if_dropped
        Waiting projects by futures: value lost if the project is funded (left out) now and the rest is decided later.
        Infinite if no portfolio is then possible in that future.
    """

    shown_digits: ClassVar[int | None] = 3

    futures: tuple[str, ...]
    selected: pd.DataFrame
    best: pd.Series
    fund: tuple[str, ...]
    drop: tuple[str, ...]
    wait: tuple[str, ...]
    loss_if_funded: pd.DataFrame
    loss_if_dropped: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row per waiting project: futures that want it, greatest loss if funded now, greatest loss if left out."""
        return pd.DataFrame(
            {
                "wanted_in": self.selected[list(self.wait)].sum(axis="index"),
                "loss_if_funded": self.loss_if_funded.max(axis="columns"),
                "loss_if_dropped": self.loss_if_dropped.max(axis="columns"),
            }
        ).rename_axis("project")

    def __repr__(self) -> str:
        return (
            f"<DecideNow over {len(self.futures)} futures: fund {len(self.fund)} projects now, drop {len(self.drop)}, "
            f"wait with {len(self.wait)}>"
        )


def decide_now(
    decision: Decision,
    scenarios: Sequence[str] | None = None,
    *,
    solver: solvers.SolverLike = "auto",
    threads: int | None = None,
) -> DecideNow:
    """Say which projects can be decided now, and what early commitment costs for the others.

    Parameters
    ----------
    decision
        The decision, with scenarios.
    scenarios
        Identifiers of the futures; default: all scenarios of the decision.
    solver, threads
        Passed to `solvers.solve_batch`.

    Returns
    -------
    DecideNow
        Every future under the Board's weights in that future.

    Raises
    ------
    InputError
        A decision without scenarios.
    NoAnswerError
        A future in which no portfolio is possible.

    Notes
    -----
    A two-stage view with full recourse: what is common to the best portfolios of all futures can be decided at once
    without loss; for every other project, losses are exact re-solves with it forced or forbidden.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> found = mcda.decide_now(decision, ["N0", "N1"])
    >>> {"P02", "P18", "P19"} <= set(found.fund)
    True
    """
    names = tuple(scenarios) if scenarios is not None else tuple(scenario.id for scenario in decision.scenarios)
    if not names:
        raise InputError("Give scenarios, or add them to the decision: each is one future.")
    seen = [scored_problem(decision, scenario=name) for name in names]
    weights = [weigh_decision(one.decision or decision).board.to_numpy() for one in seen]
    base = seen[0].problem
    figures: dict[str, np.ndarray] = {
        "values": np.array([one.scores @ weight for one, weight in zip(seen, weights, strict=True)]),
        "capacity": np.array([one.problem.capacity for one in seen]),
        "usage": np.array([one.problem.usage for one in seen]),
    }
    if len(base.synergies):
        extra = [one.synergy_scores @ weight for one, weight in zip(seen, weights, strict=True)]
        figures["synergy_values"] = np.array(extra)
    settings: dict[str, Any] = {"solver": solver, "threads": threads}
    own = solve_proven(base, **(figures | settings))
    chosen = np.asarray(own.selected)
    waiting = np.flatnonzero(chosen.any(axis=0) & ~chosen.all(axis=0))
    losses = _losses(base, figures, chosen, np.asarray(own.value), waiting, settings)
    index = pd.Index([base.names[i] for i in waiting], name="project")
    return DecideNow(
        names,
        pd.DataFrame(chosen, index=pd.Index(names, name="future"), columns=pd.Index(base.names, name="project")),
        pd.Series(np.asarray(own.value), index=pd.Index(names, name="future"), name="best"),
        seen[0].names_of(chosen.all(axis=0)),
        seen[0].names_of(~chosen.any(axis=0)),
        seen[0].names_of(chosen.any(axis=0) & ~chosen.all(axis=0)),
        pd.DataFrame(losses[0], index=index, columns=list(names)),
        pd.DataFrame(losses[1], index=index, columns=list(names)),
    )


def _losses(
    base: solvers.Problem,
    figures: dict[str, np.ndarray],
    chosen: np.ndarray,
    best: np.ndarray,
    waiting: np.ndarray,
    settings: dict[str, Any],
) -> tuple[np.ndarray, np.ndarray]:
    """Return losses (w, s) if each waiting project is funded, and if it is left out, in each future."""
    funded, dropped = np.zeros((len(waiting), len(best))), np.zeros((len(waiting), len(best)))
    for target, forced in ((funded, True), (dropped, False)):
        cells = [(w, s) for w, i in enumerate(waiting) for s in range(len(best)) if chosen[s, i] != forced]
        if not cells:
            continue
        rows = np.array([s for _, s in cells])
        fixed = np.zeros((len(cells), chosen.shape[1]), dtype=bool)
        fixed[np.arange(len(cells)), [waiting[w] for w, _ in cells]] = True
        changes: dict[str, Any] = {name: array[rows] for name, array in figures.items()} | settings
        changes["forced" if forced else "forbidden"] = fixed
        batch = solvers.solve_batch(base, **changes)
        lost = np.where(batch.termination == Termination.OPTIMAL, np.maximum(best[rows] - batch.value, 0.0), np.inf)
        for (w, s), loss in zip(cells, lost, strict=True):
            target[w, s] = loss
    return funded, dropped
