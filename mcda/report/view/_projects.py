"""Each project: in or out, what it is worth, what it uses, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.portfolio import resource_name, why_out
from mcda.wording import counted, digits_of, isolate, listed, percent, points, shorten

if TYPE_CHECKING:
    from mcda.decision import Project
    from mcda.portfolio import Selection


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project.

    Attributes
    ----------
    duration
        How many years it takes to deliver, if stated.
    use
        Total use of each money resource over all years, in the order of the resources.
    notes
        Why it is in, or why it is not.
    blocked_by
        Resources whose limits it would exceed if it joined the portfolio with the prerequisites that it still lacks,
        in place of its alternatives.
    """

    id: str
    name: str
    short_name: str
    category: str
    start_year: int | None
    duration: int | None
    mandatory: bool
    funded: bool
    value: float
    use: tuple[float, ...]
    notes: tuple[str, ...]
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SynergyLine:
    """What two or more funded projects do together, over and above what each does alone."""

    id: str
    members: tuple[str, ...]
    value: float
    use: tuple[float, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class Projects:
    """All projects, highest value first, and the effects between the funded ones.

    Attributes
    ----------
    unit
        The unit of the values.
    money
        Names of the money resources, in the order of `use`.
    total_use
        Use of each by the portfolio, effects included.
    lowest, highest
        Range of values of a single project, for bars on one scale.
    """

    unit: str
    money: tuple[str, ...]
    funded: tuple[ProjectLine, ...]
    left_out: tuple[ProjectLine, ...]
    synergies: tuple[SynergyLine, ...]
    total_value: float
    total_use: tuple[float, ...]
    lowest: float
    highest: float

    @property
    def digits(self) -> int:
        """Decimals of the columns of money."""
        rows = [*(line.use for line in (*self.funded, *self.left_out)), *(line.use for line in self.synergies)]
        return digits_of("money", [use for row in rows for use in row])

    @property
    def count(self) -> int:
        """How many projects were proposed."""
        return len(self.funded) + len(self.left_out)

    @property
    def sentence(self) -> str:
        """What to see in the table of funded projects."""
        third = self.funded[: max(1, round(len(self.funded) / 3))]
        total = sum(line.value for line in third)
        share = f", {percent(total / self.total_value)} of the total" if self.total_value > 0 else ""
        effects = counted(len(self.synergies), "effect")
        verb = "is" if len(self.synergies) == 1 else "are"
        together = f" {effects} between projects {verb} listed below them." if self.synergies else ""
        most = "most valuable project brings" if len(third) == 1 else f"{len(third)} most valuable projects bring"
        return f"The {most} {points(total)} {self.unit}{share}.{together}"

    @property
    def timeline(self) -> tuple[ProjectLine, ...]:
        """The funded projects with a stated start, by start year."""
        dated = [line for line in self.funded if line.start_year is not None]
        return tuple(sorted(dated, key=lambda line: (line.start_year or 0, line.duration or 0, line.id)))

    @property
    def timeline_sentence(self) -> str:
        """What to see in the timeline."""
        starts = [line.start_year for line in self.timeline if line.start_year is not None]
        counts = {year: starts.count(year) for year in sorted(set(starts))}
        described = listed([f"{count} in year {year}" for year, count in counts.items()])
        return f"Funded projects by year of start: {described}. Mandatory ones are darker."

    @property
    def by_category(self) -> tuple[tuple[str, tuple[ProjectLine, ...]], ...]:
        """The funded projects by category, in the order in which the categories first appear."""
        names = dict.fromkeys(line.category for line in self.funded)
        return tuple((name, tuple(line for line in self.funded if line.category == name)) for name in sorted(names))


def view_projects(selection: Selection) -> Projects:
    """Describe every project; without a portfolio, all are left out and no reasons are given."""
    decision = selection.decision
    money = [resource for resource in decision.resources if resource.kind == "money"]
    values = selection.values
    chosen = set(selection.selected) if selection.found else set()
    order = sorted(decision.projects, key=lambda project: (-float(values.projects[project.id]), project.id))
    lines = tuple(_line(selection, project, project.id in chosen) for project in order)
    synergies = tuple(
        SynergyLine(
            synergy.id,
            synergy.members,
            float(values.synergies[synergy.id]),
            tuple(sum(e.amount for e in synergy.effects if e.kind == resource.id) for resource in money),
            isolate(synergy.rationale),
        )
        for synergy in decision.synergies
        if chosen.issuperset(synergy.members)
    )
    return Projects(
        unit="points" if values.method == "additive" else f"{values.method.upper()} score",
        money=tuple(isolate(resource.name) for resource in money),
        funded=tuple(line for line in lines if line.funded),
        left_out=tuple(line for line in lines if not line.funded),
        synergies=synergies,
        total_value=selection.value if selection.found else 0.0,
        total_use=tuple(selection.total_use(resource.id) if selection.found else 0.0 for resource in money),
        lowest=min((line.value for line in lines), default=0.0),
        highest=max((line.value for line in lines), default=0.0),
    )


def _line(selection: Selection, project: Project, funded: bool) -> ProjectLine:
    decision = selection.decision
    row = decision.project_ids.index(project.id)
    notes: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    if selection.found and funded:
        notes = _reasons_in(selection, project)
    elif selection.found:
        notes, blocked_by = _reasons_out(selection, project)
    return ProjectLine(
        id=project.id,
        name=isolate(project.name),
        short_name=shorten(project.name),
        category=shorten(project.category, 40),
        start_year=project.planned_start_year,
        duration=project.duration_years,
        mandatory=project.mandatory,
        funded=funded,
        value=float(selection.values.projects[project.id]),
        use=tuple(float(item.use[row].sum()) for item in decision.resources if item.kind == "money"),
        notes=notes,
        blocked_by=blocked_by,
    )


def _reasons_out(selection: Selection, project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return why a project is out, as `mcda.explain` says it, and the resources with limits that stand in the way."""
    decision = selection.decision
    blocks, sentences = why_out(selection, project.id)
    limits = {block.name for block in blocks if block.kind == "capacity"}
    blocked_by = tuple(
        item.id for item in decision.resources if any(resource_name(item, year) in limits for year in item.years)
    )
    return tuple(map(isolate, sentences)), blocked_by


def _reasons_in(selection: Selection, project: Project) -> tuple[str, ...]:
    chosen = set(selection.selected)
    notes = []
    if project.mandatory:
        reason = f": {isolate(project.mandatory_reason)}" if project.mandatory_reason else ""
        notes.append(f"Mandatory{reason}.")
    elif project.id in set(selection.problem.mandatory):
        notes.append("Required by the question asked.")
    enables = [
        rule.project
        for rule in selection.decision.dependencies
        if project.id in rule.requires and rule.project in chosen
    ]
    if enables:
        notes.append(f"Makes {listed(sorted(set(enables)))} possible.")
    return tuple(notes)
