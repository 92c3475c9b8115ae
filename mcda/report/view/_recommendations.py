"""Three to five recommendations, each made from facts: decide, find out, stop, hire, talk."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mcda.portfolio import CostCut
from mcda.report.view._findings import Finding
from mcda.wording import counted, guaranteed, in_sentence, listed, money, points, quantity, shorten

if TYPE_CHECKING:
    from mcda.portfolio import Explanation, Selection
    from mcda.report._evidence import Evidence
    from mcda.report.view._agreement import Agreement
    from mcda.report.view._judging import Judging
    from mcda.report.view._sureness import Sureness

MOST = 10
"""Lists in a sentence stop after this many: the tables hold the rest."""
CLOSE = 0.02
"""A choice is close if flipping it costs less than this share of the total value."""


def view_recommendations(
    selection: Selection,
    evidence: Evidence,
    sureness: Sureness | None,
    agreement: Agreement | None,
    judging: Judging | None,
) -> tuple[Finding, ...]:
    """Choose the recommendations that these facts support; empty if too little is known."""
    if evidence.explanations is None or sureness is None:
        return ()
    found = [
        _decide_now(selection, sureness),
        _find_out(selection, evidence),
        _stop(selection, evidence, sureness),
        _hire(selection, evidence),
        _talk(agreement, judging),
    ]
    return tuple(one for one in found if one is not None)


def _decide_now(selection: Selection, sureness: Sureness) -> Finding | None:
    core = [line for line in sureness.core if line.funded]
    if not core:
        return None
    ids = [line.id for line in core]
    rows = [selection.decision.project_ids.index(name) for name in ids]
    spend = listed(
        [
            f"{money(float(resource.use[rows].sum()))} of {in_sentence(resource.name)}"
            for resource in selection.decision.resources
            if resource.kind == "money"
        ]
    )
    nearly = [line for line in sureness.borderline if line.funded and line.mixes >= 0.95]
    more = f" {listed([line.id for line in nearly], MOST)} {'is' if len(nearly) == 1 else 'are'} nearly as safe."
    return Finding(
        f"Approve {counted(len(core), 'project')} now",
        f"{listed(ids, MOST + 4)} {'is' if len(ids) == 1 else 'are'} in every best portfolio over {sureness.asked}, at "
        f"a cost of {spend}." + (more if nearly else ""),
    )


def _find_out(selection: Selection, evidence: Evidence) -> Finding | None:
    """Name the funded projects that hang by a thread, and the figure that would cut it."""
    assert evidence.explanations is not None  # noqa: S101 - narrows the type; the caller has checked
    explained = evidence.explanations.projects
    threshold = CLOSE * abs(selection.value)
    near = sorted((item for item in explained if _close(item, threshold)), key=_loss)
    shaky = [item for item in near if item.funded]
    rivals = [item for item in near if not item.funded]
    if not shaky or not rivals:
        return None
    nearest = min(rivals, key=lambda item: (_cut(item), _loss(item)))
    why = (
        f"The best portfolio without {shaky[0].project} gives up only {points(_loss(shaky[0]))} of "
        f"{points(selection.value)} points"
    )
    others = [item.project for item in rivals[:3]]
    turn = f"; {listed(others)} {'stands' if len(others) == 1 else 'stand'} ready instead."
    figure = ""
    if 0 < _cut(nearest) < math.inf:
        less = money(_cut(nearest), "up")
        figure = f" Firm up the cost of {nearest.project} {_name(nearest)} first: {less} less, and it is in."
    elif isinstance(nearest.value_needed, float):
        figure = (
            f" Firm up the benefits of {nearest.project} {_name(nearest)} first: worth more than "
            f"{points(nearest.value_needed, 'up')} points instead of {points(nearest.value)}, and it is in."
        )
    ids = [item.project for item in shaky[:4]]
    return Finding(f"Find out more before you commit to {listed(ids)}", why + turn + figure)


def _close(item: Explanation, threshold: float) -> bool:
    return not item.mandatory and not item.forbidden and 0 <= _loss(item) <= threshold


def _loss(item: Explanation) -> float:
    """Return what flipping the answer costs; infinite if that is impossible or not known."""
    return item.loss if isinstance(item.loss, float) else math.inf


def _cut(item: Explanation) -> float:
    """Return by how much it would have to be cheaper; infinite if no cut is enough or none is known."""
    return item.cheaper.total if isinstance(item.cheaper, CostCut) else math.inf


def _name(item: Explanation) -> str:
    return shorten(item.name, 44)


def _stop(selection: Selection, evidence: Evidence, sureness: Sureness) -> Finding | None:
    """Name the projects that nobody would fund in any scenario."""
    assert evidence.explanations is not None  # noqa: S101 - narrows the type; the caller has checked
    wanted = {name for view in evidence.explanations.views if view.selected for name in view.selected}
    stop = [line.id for line in sureness.exterior if not line.funded and line.id not in wanted]
    if not stop:
        return None
    rows = [selection.decision.project_ids.index(name) for name in stop]
    asked = sum(
        float(resource.use[rows].sum()) for resource in selection.decision.resources if resource.kind == "money"
    )
    scenarios = any(view.kind == "scenario" for view in evidence.explanations.views)
    where = " and in none of the scenarios" if scenarios else ""
    return Finding(
        f"Stop work on {counted(len(stop), 'proposal')}",
        f"{listed(stop, MOST + 10)} {'is' if len(stop) == 1 else 'are'} in no best portfolio over {sureness.asked}"
        f"{where}. The total asked for is {money(asked)}; further preparation helps no one.",
    )


def _hire(selection: Selection, evidence: Evidence) -> Finding | None:
    """Name the team with the dearest limit, and compare it with money."""
    assert evidence.explanations is not None  # noqa: S101 - narrows the type; the caller has checked
    decision = selection.decision
    kinds = {resource.id: resource for resource in decision.resources}
    asked = [cost for cost in evidence.explanations.limits if cost.kind == "resource" and cost.name in kinds]
    gains = {cost.name: cost.gain for cost in asked if isinstance(cost.gain, float) and cost.gain}
    bought = _team_to_hire(selection, evidence)
    if bought is not None:
        return bought
    teams = {name: gain for name, gain in gains.items() if kinds[name].kind == "team"}
    monies = {name: gain for name, gain in gains.items() if kinds[name].kind == "money"}
    if not teams and not monies:
        return None
    best_money = max(monies, key=lambda name: monies[name], default=None)
    if not teams:
        if not all(isinstance(cost.gain, float) for cost in asked if kinds[cost.name].kind == "team"):
            return None  # whether a team holds the portfolio back is not known
        assert best_money is not None  # noqa: S101 - one of the two holds something
        return Finding(
            "No team holds the portfolio back",
            "Lifting the limit on any one team alone would change nothing. Money is what binds: with no limit on "
            f"{in_sentence(kinds[best_money].name)} the best portfolio would be worth "
            f"{points(monies[best_money])} more." + _dearest_year(selection, evidence),
        )
    best_team = max(teams, key=lambda name: teams[name])
    team = kinds[best_team]
    year, used, limit = max(
        (
            (period.year, selection.solution.usage[period.name], float(available))
            for period, available in zip(team.periods, team.available, strict=True)
        ),
        key=lambda item: item[1] / item[2] if item[2] else 0.0,
    )
    text = (
        f"Without its limit the best portfolio would be worth {points(teams[best_team])} points more, the most of "
        f"any team; it is fullest in year {year} ({quantity(used, 'team')} of {quantity(limit, 'team')})."
    )
    if best_money is not None:
        alone = in_sentence(kinds[best_money].name)
        text += f" Lifting the limit on {alone} alone would add {points(monies[best_money])}."
    return Finding(f"Hire for {in_sentence(team.name)} first", text)


def _team_to_hire(selection: Selection, evidence: Evidence) -> Finding | None:
    """Name the team and year in which one more person buys most, if that buys anything."""
    if evidence.purchases is None:
        return None
    named = {
        period.name: (resource, period.year)
        for resource in selection.decision.resources
        if resource.kind == "team"
        for period in resource.periods
    }
    asked = [item for item in evidence.purchases.items if item.resource in named]
    gains = {item.resource: item.gain for item in asked if isinstance(item.gain, float) and item.gain >= 0.005}
    if not gains or len([item for item in asked if isinstance(item.gain, float)]) < len(asked):
        return None
    best = max(asked, key=lambda item: gains.get(item.resource, 0.0))
    team, year = named[best.resource]
    more = quantity(best.amount, "team")
    return Finding(
        f"Hire for {in_sentence(team.name)} first",
        f"{more} more in year {year} would add {points(gains[best.resource])} points, the most of any team and year.",
    )


def _dearest_year(selection: Selection, evidence: Evidence) -> str:
    """Name the single year with the dearest limit."""
    assert evidence.explanations is not None  # noqa: S101 - narrows the type; the caller has checked
    named = {
        period.name: f"{in_sentence(resource.name)} in year {period.year}"
        for resource in selection.decision.resources
        for period in resource.periods
    }
    asked = [cost for cost in evidence.explanations.limits if cost.name in named]
    gains = {cost.name: cost.gain for cost in asked if isinstance(cost.gain, float)}
    if len(gains) < len(asked) or not any(gains.values()):
        return ""
    top = max(gains, key=lambda name: gains[name])
    return f" The dearest single limit is {named[top]} ({points(gains[top])})."


def _talk(agreement: Agreement | None, judging: Judging | None) -> Finding | None:
    if agreement is None or not agreement.groups:
        return None
    least = agreement.least
    text = (
        f"{least.name} gets {guaranteed(least.share)} of what its own best portfolio would give it, the least of "
        "any group."
    )
    if judging is not None and judging.matter:
        top = next((line for line in judging.matter if line.group == least.name), judging.matter[0])
        change = " and ".join(
            part
            for part in (
                f"bring in {top.enters}" if top.enters else "",
                f"take out {top.leaves}" if top.leaves else "",
            )
            if part
        )
        total = judging.count_matter + len(judging.idle)
        text += (
            f" The judgement that matters most is that of {top.group} on {top.question}: if the Board adopted it, that "
            f"would {change}. Of the {total} differences between the groups and the Board, "
            f"{counted(len(judging.idle), 'changes', 'change')} nothing."
        )
    return Finding(f"Talk to {least.name}", text)
