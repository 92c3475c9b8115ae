"""What the Board needs to know: a few statements, each a fact from the result in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report.view._resources import TIGHT
from mcda.wording import counted, guaranteed, in_sentence, listed, money, points, stated_percent

if TYPE_CHECKING:
    from mcda.report.view._agreement import Agreement
    from mcda.report.view._projects import Projects
    from mcda.report.view._resources import ResourceLine
    from mcda.report.view._weights import Weights

MOST = 6
"""Lists in a sentence stop after this many: a Board reads the first few, the tables hold the rest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement: what to do or know in a few words, and the facts behind it."""

    title: str
    text: str


def view_findings(
    projects: Projects, resources: tuple[ResourceLine, ...], agreement: Agreement | None, weights: Weights | None
) -> tuple[Finding, ...]:
    """Choose the statements that these facts support."""
    found: list[Finding | None] = []
    if agreement is not None and agreement.groups:
        found += [_decide_now(agreement), _talk_about(agreement, weights)]
    found += [_bottleneck(resources, projects), _best_left_out(projects)]
    if agreement is not None and agreement.groups:
        found.append(_set_aside(agreement))
    return tuple(one for one in found if one is not None)


def _decide_now(agreement: Agreement) -> Finding | None:
    agreed, funded = agreement.agreed, [line for line in agreement.support if line.funded]
    if not agreed:
        return Finding(
            "No project is beyond discussion",
            "No recommended project is in the best portfolio of every group.",
        )
    ids = listed([line.id for line in agreed], MOST + 3)
    groups = counted(len(agreement.groups), "group")
    contested = sorted((line for line in funded if line not in agreed), key=lambda line: line.count)
    rest = ""
    if contested:
        fewest = [line for line in contested if line.count == contested[0].count]
        who = "no group" if not fewest[0].count else f"only {fewest[0].count} of {groups}"
        rest = f" The least widely shared: {listed([line.id for line in fewest], MOST)}, which {who} would fund."
    return Finding(
        f"Decide now on {counted(len(agreed), 'project')}",
        f"Every one of the {groups} would fund {ids} on its own weights, as this portfolio does.{rest}",
    )


def _talk_about(agreement: Agreement, weights: Weights | None) -> Finding | None:
    least = agreement.least
    if math.isnan(least.share):
        return None
    if not least.adds and not least.drops:
        return Finding("Every group would choose the same", "The best portfolio of each group is this one.")
    text = (
        f"Every group gets at least {guaranteed(least.share)} of the value that its own best portfolio would give "
        f"it; {least.name} gets the least."
    )
    if least.adds:
        instead = f" On its own this group would fund {listed(list(least.adds), MOST)}"
        text += f"{instead} instead of {listed(list(least.drops), MOST)}." if least.drops else f"{instead} as well."
    if weights is not None and len(weights.groups) > 1:
        text += f" Opinions differ most on the weight of {weights.widest.name} ({weights.range_of(weights.widest)})."
    return Finding(f"Talk to {least.name}", text)


def _bottleneck(resources: tuple[ResourceLine, ...], projects: Projects) -> Finding | None:
    blocked = [line for line in projects.left_out if line.blocked_by]
    if not blocked:
        return None
    times = {resource.id: sum(resource.id in line.blocked_by for line in blocked) for resource in resources}
    often = sorted((resource for resource in resources if times[resource.id]), key=lambda item: -times[item.id])
    lacking = listed([f"{times[item.id]} for lack of {in_sentence(item.name)}" for item in often], MOST)
    text = (
        f"Of the {counted(len(projects.left_out), 'project')} left out, {len(blocked)}, with what they need, would not "
        f"fit beside the funded ones: {lacking}."
    )
    full = [
        f"{in_sentence(resource.name)} in {'year' if len(years) == 1 else 'years'} {listed(years)}"
        for resource in resources
        if (years := [str(line.year) for line in resource.years if line.tight])
    ]
    if full:
        text += f" At least {stated_percent(TIGHT)} used: {listed(full, MOST)}."
    spare = [
        f"{money(line.limit - line.use)} of {in_sentence(line.name)}"
        for line in resources
        if line.kind == "money" and line.use < line.limit < math.inf
    ]
    if spare:
        text += f" Yet {listed(spare)} would stay unspent over the years, because each year has its own limit."
    return Finding(f"{often[0].name} stands in the way most often", text)


def _best_left_out(projects: Projects) -> Finding | None:
    free = [line for line in projects.funded if not line.mandatory]
    if not projects.left_out or not free:
        return None
    described = listed([f"{line.id} {line.short_name} ({points(line.value)})" for line in projects.left_out[:3]])
    text = f"The most valuable projects left out are {described}."
    above = [line for line in projects.left_out if line.value > free[-1].value]
    if above:
        text += (
            f" On value alone, {counted(len(above), 'project')} left out would beat {free[-1].id} "
            f"({points(free[-1].value)}), which is in: what counts is what else the same money and people could do."
        )
    return Finding("Know what you are not funding", text)


def _set_aside(agreement: Agreement) -> Finding | None:
    if not agreement.nobody:
        return None
    return Finding(
        f"Set {counted(len(agreement.nobody), 'project')} aside",
        f"{listed(list(agreement.nobody), 20)} {'is' if len(agreement.nobody) == 1 else 'are'} in no group's best "
        "portfolio within these limits, and not in this one.",
    )
