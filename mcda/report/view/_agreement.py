"""Where the groups agree and differ: their own best portfolios, and what they get from this one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.wording import counted, guaranteed, shorten

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio import GroupComparison, Selection


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group.

    Attributes
    ----------
    share
        Share of the value of its own best portfolio that the recommended one gives it.
    own_count, common, overlap
        Projects in its own best portfolio, projects in both, and their share of the projects in either (Jaccard).
    adds, drops
        Projects that it would fund instead, and those that it would not.
    """

    id: str
    name: str
    share: float
    own_count: int
    common: int
    overlap: float
    adds: tuple[str, ...]
    drops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One project, and which groups would fund it themselves."""

    id: str
    name: str
    funded: bool
    by_group: tuple[bool, ...]

    @property
    def count(self) -> int:
        """How many groups would fund it."""
        return sum(self.by_group)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The recommended portfolio beside each group's own best.

    Attributes
    ----------
    support
        Projects that at least one view would fund, widest support first.
    nobody
        Identifiers of projects in no view's portfolio.
    views, portfolios, shares
        For each view (row) the share of its own best that it gets from each portfolio (column).
    """

    groups: tuple[GroupLine, ...]
    support: tuple[SupportLine, ...]
    nobody: tuple[str, ...]
    views: tuple[str, ...]
    portfolios: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]

    @property
    def agreed(self) -> tuple[SupportLine, ...]:
        """Funded projects that every group would fund as well."""
        return tuple(line for line in self.support if line.funded and line.count == len(self.groups))

    @property
    def least(self) -> GroupLine:
        """The group that gets the smallest share of its own best."""
        return min(self.groups, key=lambda group: math.inf if math.isnan(group.share) else group.share)

    @property
    def sentence(self) -> str:
        """What to see in the chart of shares."""
        most = max(self.groups, key=lambda group: group.share)
        return (
            f"A full bar would be the best that a group could get within the limits. {most.name} comes closest "
            f"({guaranteed(most.share)}); {self.least.name} is furthest away ({guaranteed(self.least.share)})."
        )

    @property
    def support_sentence(self) -> str:
        """What to see in the table of projects by group."""
        disputed = [line for line in self.support if not line.funded]
        return (
            f"Every group would fund the {counted(len(self.agreed), 'project')} at the top. "
            f"{counted(len(disputed), 'project')} (shaded) would be funded by some group but not in this portfolio; "
            f"{len(self.nobody)} would be funded neither here nor by any group."
        )


def view_agreement(selection: Selection, comparison: GroupComparison | None) -> Agreement | None:
    """Compare the recommended portfolio with each group's own best; None if there is nothing to compare.

    Raises
    ------
    InputError
        If the comparison was made on different figures from the selection.
    """
    if comparison is None or not selection.found:
        return None
    decision = selection.decision
    if not _same_figures(decision, comparison.board.decision):
        raise InputError(
            "The comparison of groups was made on different figures from the selection (another decision, or another "
            f"scenario: {selection.question}); call compare_groups(selection.decision)."
        )
    views = {"board": comparison.board} | comparison.groups
    own = {name: set(portfolio.selected) for name, portfolio in comparison.groups.items()}
    chosen = set(selection.selected)
    # The comparison's own "board" column may be about a portfolio other than the recommended one (forced projects,
    # a time limit), so what each view gets from this one is computed afresh.
    given = {name: _share(selection, view) for name, view in views.items()}
    lines = [
        SupportLine(
            project.id,
            shorten(project.name),
            project.id in chosen,
            tuple(project.id in theirs for theirs in own.values()),
        )
        for project in decision.projects
    ]
    wanted = (line for line in lines if line.funded or line.count)
    return Agreement(
        groups=tuple(_group(decision, name, theirs, chosen, given[name]) for name, theirs in own.items()),
        support=tuple(sorted(wanted, key=lambda line: (-line.count, not line.funded))),
        nobody=tuple(line.id for line in lines if not line.funded and not line.count),
        views=("Board", *(shorten(decision.group(name).name or name) for name in own)),
        portfolios=("This portfolio", *(shorten(decision.group(name).name or name) for name in own)),
        shares=tuple(
            (given[view], *map(float, comparison.share_of_best.loc[view, list(own)].to_numpy())) for view in views
        ),
    )


def _group(decision: Decision, name: str, theirs: set[str], chosen: set[str], share: float) -> GroupLine:
    return GroupLine(
        id=name,
        name=shorten(decision.group(name).name or name),
        share=share,
        own_count=len(theirs),
        common=len(theirs & chosen),
        overlap=len(theirs & chosen) / len(theirs | chosen) if theirs | chosen else 1.0,
        adds=tuple(project for project in decision.project_ids if project in theirs - chosen),
        drops=tuple(project for project in decision.project_ids if project in chosen - theirs),
    )


def _share(selection: Selection, view: Selection) -> float:
    # A share of nothing, or of a loss, says nothing.
    if view.weights is None or view.value <= 0:
        return math.nan
    return selection.value_for(view.weights) / view.value


def _same_figures(one: Decision, other: Decision) -> bool:
    if one is other:
        return True
    if one.input_sha256 != other.input_sha256 or one.project_ids != other.project_ids:
        return False
    pairs = [(one.performance.most_likely, other.performance.most_likely)]
    for resource in one.resources:
        twin = other.resource(resource.id)
        pairs += [(resource.available, twin.available), (resource.use, twin.use)]
    return all(np.array_equal(left, right) for left, right in pairs)
