"""Ways of doing a project: when it starts, in which version, what it then uses and when its benefits come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError, LabelError
from mcda.portfolio._subject import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from mcda.decision import Decision, Project

DISCOUNT_RATE = 0.035
"""The social time preference rate of HM Treasury's Green Book (2022), real, for the first 30 years."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another way of doing a project: smaller, cheaper or larger.

    Attributes
    ----------
    project
        Identifier of the project.
    id
        A word for the version, such as ``"pilot"``; it becomes part of the option's name.
    value
        Its value as a share of the project's stated value.
    use
        What it uses as a share of the project's stated use: one figure, or one per resource (1 if left out).
    """

    project: str
    id: str
    value: float
    use: float | Mapping[str, float] = field(default=1.0, hash=False)

    def share_of(self, resource: str) -> float:
        """Return the share of the stated use of one resource."""
        return float(self.use.get(resource, 1.0) if not isinstance(self.use, int | float) else self.use)


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One project, in one version, from one start year.

    Attributes
    ----------
    name
        ``"P05"`` as planned, ``"P05 from year 3"`` later, ``"P05 pilot"`` in another version.
    project, version
        What it is; `version` is empty for the project as stated.
    start_year, delay
        When it starts, and how many years that is after the plan.
    benefit
        (years,) share of the full yearly benefit that comes in each planning year.
    use
        By resource: (years,) what it uses.
    """

    name: str
    project: str
    version: Version | None
    start_year: int
    delay: int
    benefit: NDArray[np.float64]
    use: Mapping[str, NDArray[np.float64]]


def options_of(
    decision: Decision, versions: Iterable[Version] = (), most_delay: int | None = None
) -> tuple[Option, ...]:
    """Return every way of doing every project, in file order, as stated and as planned first.

    A later start moves use to later years, and use after the last planning year is not counted; benefits begin as many
    years later and grow by the same ramp.
    """
    by_project: dict[str, list[Version]] = {}
    for version in versions:
        if version.project not in decision.project_ids:
            raise LabelError(f"Version '{version.id}' belongs to project '{version.project}', which does not exist.")
        _check(decision, version, by_project.setdefault(version.project, []))
        by_project[version.project].append(version)
    found = []
    for row, project in enumerate(decision.projects):
        longest = project.max_delay_years if most_delay is None else min(most_delay, project.max_delay_years)
        kinds: list[Version | None] = [None, *by_project.get(project.id, [])]
        found += [_option(decision, row, project, version, delay) for version in kinds for delay in range(longest + 1)]
    return tuple(found)


def planned_start(decision: Decision, project: Project) -> int:
    """Return the year in which a project starts as planned; the first planning year if that is not stated."""
    return decision.years[0] if project.planned_start_year is None else project.planned_start_year


def benefit_profile(decision: Decision, project: Project, delay: int = 0) -> NDArray[np.float64]:
    """Return the share of the full yearly benefit in each planning year, shape (years,).

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> benefit_profile(decision, decision.project("P01")).tolist()
    [0.0, 0.0, 0.4, 0.8, 1.0]
    >>> benefit_profile(decision, decision.project("P01"), delay=1).tolist()
    [0.0, 0.0, 0.0, 0.4, 0.8]
    """
    first = project.benefit_start_year
    first = (planned_start(decision, project) if first is None else first) + delay
    ramp = [project.ramp_year1, project.ramp_year2, project.ramp_year3]
    stated = [float(share) for share in ramp if share is not None] or [1.0]
    return np.array([stated[min(year - first, len(stated) - 1)] if year >= first else 0.0 for year in decision.years])


def discount_factors(decision: Decision, rate: float) -> NDArray[np.float64]:
    """Return what a benefit of 1 in each planning year counts now: the first year counts in full, shape (years,).

    ``1 / (1 + rate) ** k`` for the year k years after the first.

    Examples
    --------
    >>> import mcda
    >>> discount_factors(mcda.load("datasets/nhs-digital"), 0.035).round(4).tolist()
    [1.0, 0.9662, 0.9335, 0.9019, 0.8714]
    """
    if not (np.isfinite(rate) and rate > -1):
        raise InputError(f"The discount rate must be a share per year above -1, such as 0.035. Got {rate!r}.")
    first = decision.years[0]
    return np.array([(1.0 + rate) ** -(year - first) for year in decision.years])


def moved(figures: NDArray[np.float64], delay: int) -> NDArray[np.float64]:
    """Return yearly figures moved some years later; what falls after the last year is dropped."""
    return np.concatenate([np.zeros(delay), figures])[: figures.size]


def _option(decision: Decision, row: int, project: Project, version: Version | None, delay: int) -> Option:
    start = planned_start(decision, project) + delay
    words = [project.id, *([] if version is None else [version.id]), *([f"from year {start}"] if delay else [])]
    use = {
        resource.id: _scaled(moved(resource.use[row], delay), 1.0 if version is None else version.share_of(resource.id))
        for resource in decision.resources
    }
    return Option(" ".join(words), project.id, version, start, delay, benefit_profile(decision, project, delay), use)


def _scaled(figures: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Scale decimal figures exactly: 0.1 x 3 is 0.3."""
    return figures if share == 1.0 else np.array([float(exact(figure) * exact(share)) for figure in figures.tolist()])


def _check(decision: Decision, version: Version, known: list[Version]) -> None:
    if not version.id or version.id in {other.id for other in known}:
        raise InputError(f"Each version of project '{version.project}' needs a name of its own. Got '{version.id}'.")
    if not np.isfinite(version.value):
        raise InputError(
            f"The value of version '{version.id}' must be a finite share of the project's. Got {version.value!r}."
        )
    if not isinstance(version.use, int | float):
        for resource in version.use:
            decision.resource(resource)
    shares = [version.share_of(resource.id) for resource in decision.resources]
    if not all(np.isfinite(share) and share >= 0 for share in shares):
        raise InputError(
            f"The use of version '{version.id}' must be a share of the project's of at least 0. Got {version.use}."
        )
