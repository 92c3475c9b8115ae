"""Which resources make up the cost of a portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mcda.portfolio._subject import Subject


def cost_resources(subject: Subject, wanted: Iterable[str] | None) -> tuple[str, ...]:
    """Return the names of the problem's resources that count as cost.

    Parameters
    ----------
    subject
        What is asked about.
    wanted
        Names of resources, such as ``"capital_k year 2"``, or of a resource over all years, such as ``"capital_k"``;
        by default all money, of all years (all resources of a bare problem).

    Raises
    ------
    LabelError
        If there is no such resource.
    """
    if wanted is None:
        return subject.money()
    found: dict[str, None] = {}
    resource_of = subject.resource_of
    for name in [wanted] if isinstance(wanted, str) else wanted:
        matching = [full for full, resource in resource_of.items() if name in (full, resource)]
        if not matching:
            known = dict.fromkeys(resource_of.values())
            raise LabelError(f"There is no resource '{name}'. Known: {', '.join(known) or 'none'}.")
        found.update(dict.fromkeys(matching))
    return tuple(found)
