"""Disagreement measured in portfolios: what each group would fund, and what it would get from the others' choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from mcda.portfolio._select import Selection, select
from mcda.weights import weigh_decision
from mcda.wording import guaranteed

if TYPE_CHECKING:
    import solvers
    from mcda.decision import Decision


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GroupComparison:
    """The Board's portfolio beside each group's own.

    Attributes
    ----------
    board
        The selection under the Board's weights.
    groups
        The selection under each group's weights, by group identifier.
    share_of_best
        Views by portfolios: the share of its own best value that each view (row) gets from each portfolio (column).
    overlap
        Portfolios by portfolios: Jaccard similarity (projects in both, divided by projects in either).
    """

    board: Selection
    groups: dict[str, Selection]
    share_of_best: pd.DataFrame
    overlap: pd.DataFrame

    def __repr__(self) -> str:
        least = guaranteed(self.share_of_best["board"].min())
        return f"GroupComparison({len(self.groups)} groups; the Board's portfolio gives each at least {least})"


def compare_groups(
    decision: Decision, *, solver: solvers.SolverLike = "auto", time_limit: float | None = None
) -> GroupComparison:
    """Compare the Board's portfolio with the one each stakeholder group would choose.

    Parameters
    ----------
    decision
        The decision.
    solver, time_limit
        Passed to `solvers.solve`.

    Returns
    -------
    GroupComparison
        Every portfolio, how they overlap, and what each group would get from each.

    Raises
    ------
    solvers.NoSolutionError
        If the limits and rules allow no portfolio at all.

    Examples
    --------
    >>> import mcda
    >>> comparison = mcda.compare_groups(mcda.load("datasets/nhs-digital"))
    >>> round(float(comparison.share_of_best.loc["operational", "technical"]), 2)
    0.46
    """
    weights = weigh_decision(decision)
    views = {"board": weights.board} | {group.id: weights.of_group(group.id) for group in decision.groups}
    chosen = {name: select(decision, view, solver=solver, time_limit=time_limit) for name, view in views.items()}
    share = pd.DataFrame(
        {
            name: [_share(portfolio.value_for(view), chosen[of].value) for of, view in views.items()]
            for name, portfolio in chosen.items()
        },
        index=pd.Index(list(views), name="view"),
    ).rename_axis(columns="portfolio")
    sets = {name: set(portfolio.selected) for name, portfolio in chosen.items()}
    overlap = pd.DataFrame(
        {one: [_jaccard(sets[one], sets[two]) for two in sets] for one in sets},
        index=pd.Index(list(sets), name="portfolio"),
    ).rename_axis(columns="portfolio")
    return GroupComparison(
        chosen["board"], {name: portfolio for name, portfolio in chosen.items() if name != "board"}, share, overlap
    )


def _share(value: float, best: float) -> float:
    """Return value as a share of the best; 1 if even the best adds nothing."""
    return value / best if best else 1.0


def _jaccard(one: set[str], two: set[str]) -> float:
    """Return the share of projects in either that are in both; two empty portfolios are the same."""
    either = one | two
    return len(one & two) / len(either) if either else 1.0
