"""Everything needed to choose, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from mcda.errors import InputError, LabelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from mcda.decision._criteria import CriteriaTree
    from mcda.decision._people import Group, Judgement, Stakeholder, SwingPoints
    from mcda.decision._periods import ResourceYear
    from mcda.decision._projects import Performance, Project, Resource
    from mcda.decision._rules import Dependency, Exclusion, Policy, Scenario, Synergy


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Part = TypeVar("_Part", bound=_HasId)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Decision:
    """Projects, criteria, performance, judgements, resources and rules of one decision.

    Made by `mcda.load` (from a folder of CSV files or a workbook), which checks every figure and reports all faults at
    once.

    Attributes
    ----------
    name
        What is being decided.
    input_sha256
        Hash of the input it was read from, carried into every result.
    years
        The planning years, in order.
    """

    name: str
    projects: tuple[Project, ...]
    criteria: CriteriaTree
    performance: Performance
    resources: tuple[Resource, ...]
    groups: tuple[Group, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    swing_points: tuple[SwingPoints, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    synergies: tuple[Synergy, ...] = ()
    policies: tuple[Policy, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    years: tuple[int, ...] = ()
    input_sha256: str = field(default="")

    def __post_init__(self) -> None:
        if self.performance.projects != self.project_ids:
            raise InputError("The rows of performance must be the decision's projects, in the same order.")
        if self.performance.leaves != self.criteria.leaf_ids:
            raise InputError("The columns of performance must be the leaves of the criteria tree, in the same order.")
        for resource in self.resources:
            if resource.use.shape[0] != len(self.projects):
                raise InputError(f"Resource '{resource.id}' must state the use of all {len(self.projects)} projects.")

    def __repr__(self) -> str:
        return (
            f"Decision({self.name!r}: {len(self.projects)} projects, {len(self.criteria.leaves)} criteria, "
            f"{len(self.stakeholders)} stakeholders in {len(self.groups)} groups, {len(self.resources)} resources)"
        )

    @property
    def project_ids(self) -> tuple[str, ...]:
        """Identifiers of the projects, in file order."""
        return tuple(project.id for project in self.projects)

    def project(self, identifier: str) -> Project:
        """Return one project by its identifier."""
        return _find("project", self.projects, identifier)

    def resource(self, identifier: str) -> Resource:
        """Return one resource by its identifier."""
        return _find("resource", self.resources, identifier)

    @property
    def periods(self) -> dict[str, ResourceYear]:
        """Every resource in every year by its name (``"capital_k year 2"``), in the order of a problem's resources."""
        return {period.name: period for resource in self.resources for period in resource.periods}

    def group(self, identifier: str) -> Group:
        """Return one stakeholder group by its identifier."""
        return _find("group", self.groups, identifier)

    def scenario(self, identifier: str) -> Scenario:
        """Return one scenario by its identifier."""
        return _find("scenario", self.scenarios, identifier)

    def members(self, group: str) -> tuple[Stakeholder, ...]:
        """Return the stakeholders of a group, in file order."""
        identifier = self.group(group).id
        return tuple(person for person in self.stakeholders if person.group == identifier)

    def projects_frame(self) -> pd.DataFrame:
        """One row per project, with the columns of ``projects.csv`` that have a meaning here."""
        import pandas as pd

        columns = [name for name in self.projects[0].__slots__ if name not in ("id", "extra")]
        rows = [[getattr(project, column) for column in columns] for project in self.projects]
        return pd.DataFrame(rows, columns=columns, index=pd.Index(self.project_ids, name="project_id"))

    def use_frame(self) -> pd.DataFrame:
        """Projects by (resource, year): what each project needs."""
        import pandas as pd

        columns = {
            (resource.id, year): resource.use[:, position]
            for resource in self.resources
            for position, year in enumerate(resource.years)
        }
        frame = pd.DataFrame(columns, index=pd.Index(self.project_ids, name="project_id"))
        return frame.rename_axis(columns=["resource", "year"])

    def available_frame(self) -> pd.DataFrame:
        """Resources by year: what is available (infinite where no limit is stated)."""
        import pandas as pd

        rows = {
            resource.id: dict(zip(resource.years, resource.available.tolist(), strict=True))
            for resource in self.resources
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="resource", columns="year")


def _find(kind: str, items: Iterable[_Part], identifier: str) -> _Part:
    known = {item.id: item for item in items}
    if identifier not in known:
        raise LabelError(f"There is no {kind} '{identifier}'. Known: {', '.join(known) or 'none'}.")
    return known[identifier]
