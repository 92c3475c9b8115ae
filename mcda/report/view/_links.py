"""How projects depend on each other: prerequisites, alternatives, and effects of doing both."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mcda.wording import counted, listed, money, shorten, signed_points

if TYPE_CHECKING:
    from mcda.portfolio import Selection

Kind = Literal["needs", "either", "together"]


@dataclass(frozen=True, slots=True)
class LinkedProject:
    """A project that is tied to another one; `level` counts the prerequisites before it, in the longest chain."""

    id: str
    name: str
    funded: bool
    level: int


@dataclass(frozen=True, slots=True)
class Link:
    """A tie: for ``needs``, `first` needs `second` (`any_of`: or another one); otherwise the two are on a par."""

    kind: Kind
    first: str
    second: str
    any_of: bool
    label: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A row of the table: the rule, in words, and why."""

    id: str
    words: str
    effect: str
    why: str


@dataclass(frozen=True, slots=True)
class Links:
    """The tied projects, the ties, and the rules behind them."""

    projects: tuple[LinkedProject, ...]
    links: tuple[Link, ...]
    lines: tuple[LinkLine, ...]

    @property
    def sentence(self) -> str:
        """What to see in the drawing."""
        needed: dict[str, int] = {}
        for link in self.links:
            if link.kind == "needs":
                needed[link.second] = needed.get(link.second, 0) + 1
        text = (
            "An arrow leads from a project to one that needs it (dashed: one of several will do); a double line joins "
            "alternatives; a dotted line joins projects that change each other's value or cost. Filled boxes are "
            "funded."
        )
        if needed:
            key = max(needed, key=lambda name: (needed[name], name))
            found = next(project for project in self.projects if project.id == key)
            others = counted(needed[key], "other project")
            text += f" {key} {found.name} is needed most: {others} may depend on it."
        return text


def view_links(selection: Selection) -> Links | None:
    """Collect the ties between projects; None if there are none."""
    decision = selection.decision
    chosen = set(selection.selected) if selection.found else set()
    links: list[Link] = []
    lines: list[LinkLine] = []
    for rule in decision.dependencies:
        some = rule.logic == "any" and len(rule.requires) > 1
        links += [Link("needs", rule.project, need, some, rule.id) for need in rule.requires]
        needed = listed(list(rule.requires)) if not some else "one of " + listed(list(rule.requires))
        lines.append(LinkLine(rule.id, f"{rule.project} needs {needed}", "prerequisite", shorten(rule.rationale, 160)))
    for exclusion in decision.exclusions:
        members = exclusion.projects
        links += [
            Link("either", one, other, False, exclusion.id)
            for at, one in enumerate(members)
            for other in members[at + 1 :]
        ]
        words = f"at most one of {listed(list(members))}"
        lines.append(LinkLine(exclusion.id, words, "alternatives", shorten(exclusion.rationale, 160)))
    for synergy in decision.synergies:
        members = synergy.members
        value = float(selection.values.synergies.get(synergy.id, 0.0))
        links += [Link("together", one, other, False, synergy.id) for one, other in itertools.pairwise(members)]
        saving = sum(effect.amount for effect in synergy.effects if effect.criterion is None)
        effects = [f"{signed_points(value)} points"] if value else []
        effects += [f"{'+' if saving > 0 else ''}{money(saving)}"] if saving else []
        words = f"{listed(list(members))} together"
        lines.append(LinkLine(synergy.id, words, listed(effects) or "no effect", shorten(synergy.rationale, 160)))
    if not links:
        return None
    levels = _levels(links)
    tied = {name for link in links for name in (link.first, link.second)}
    projects = tuple(
        LinkedProject(project.id, shorten(project.name, 34), project.id in chosen, levels.get(project.id, 0))
        for project in decision.projects
        if project.id in tied
    )
    return Links(projects, tuple(links), tuple(lines))


def _levels(links: list[Link]) -> dict[str, int]:
    """Return how many prerequisites come before each project in its longest chain; a cycle is cut."""
    needs: dict[str, list[str]] = {}
    for link in links:
        if link.kind == "needs":
            needs.setdefault(link.first, []).append(link.second)
    found: dict[str, int] = {}

    def level(name: str, above: frozenset[str]) -> int:
        if name in above:
            return 0
        if name not in found:
            found[name] = 1 + max((level(need, above | {name}) for need in needs.get(name, [])), default=-1)
        return found[name]

    for name in needs:
        level(name, frozenset())
    return found
