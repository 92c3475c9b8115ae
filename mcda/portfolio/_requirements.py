"""What a project needs, and what needs it, directly and indirectly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import solvers


def prerequisites(problem: solvers.Problem, option: str) -> tuple[str, ...]:
    """Return all that an option needs in any case, directly and indirectly, nearest first."""
    found: dict[str, None] = {}
    waiting = [option]
    while waiting:
        name = waiting.pop(0)
        for rule in problem.requires:
            if rule.option == name and rule.number == len(rule.needs):
                fresh = [str(need) for need in rule.needs if need not in found and need != option]
                found.update(dict.fromkeys(fresh))
                waiting += fresh
    return tuple(found)


def dependants(problem: solvers.Problem, option: str, chosen: Iterable[str]) -> tuple[str, ...]:
    """Return the chosen options that could not stay without this one, directly and indirectly."""
    left, gone = set(chosen), [option]
    found: list[str] = []
    while gone:
        left.discard(gone.pop(0))
        for rule in problem.requires:
            if rule.option in left and len(left.intersection(rule.needs)) < rule.number and rule.option not in found:
                found.append(str(rule.option))
                gone.append(str(rule.option))
    return tuple(found)
