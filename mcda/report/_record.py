"""The result as plain data for programs: stable keys, and the same bytes for the same input."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mcda.portfolio import resource_name
from mcda.versions import versions

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio import GroupComparison, Selection
    from mcda.weights import DecisionWeights

FORMAT = 1
"""Version of the layout; it rises when a key changes its meaning or is removed."""


def result_record(
    selection: Selection, weights: DecisionWeights | None = None, comparison: GroupComparison | None = None
) -> dict[str, object]:
    """Return a selection, and the views around it, as plain data for JSON.

    Parameters
    ----------
    selection
        The selection; without a portfolio, ``selected``, ``value`` and ``usage`` are None.
    weights
        Adds ``weights``: by group and for the Board.
    comparison
        Adds ``groups``: each group's own best portfolio, and what it gets from the others.

    Returns
    -------
    dict
        Only str, int, float, bool, None, list and dict; no NaN and no infinity (None means "no limit" in
        ``capacity``, "not known" elsewhere); nothing that depends on the clock.

    Examples
    --------
    >>> import mcda
    >>> record = mcda.result_record(mcda.select(mcda.load("datasets/nhs-digital")))
    >>> record["termination"], round(record["value"], 2), record["usage"]["capital_k"]["1"]
    ('optimal', 219.27, 4470.0)
    """
    solution, decision = selection.solution, selection.decision
    found = selection.found
    certificate = solution.certificate if found else None
    chosen = set(selection.selected) if found else set()
    record: dict[str, object] = {
        "format": FORMAT,
        "decision": decision.name,
        "question": selection.question,
        "termination": str(solution.termination),
        "limit": None if solution.limit is None else str(solution.limit),
        "value": selection.value if found else None,
        "bound": _finite(solution.bound),
        "gap": _finite(solution.gap),
        "unique": solution.unique if found else None,
        "selected": list(selection.selected) if found else None,
        "synergies": [item.id for item in decision.synergies if found and chosen.issuperset(item.members)],
        "usage": _usage(selection) if found else None,
        "capacity": _capacity(decision),
        "certified": None if certificate is None else certificate.holds,
        "exact_value": None if certificate is None else str(certificate.value),
        "method": selection.values.method,
        "values": {
            "projects": _plain(selection.values.projects.to_dict()),
            "synergies": _plain(selection.values.synergies.to_dict()),
        },
        "solver": solution.solver,
        "events": [str(event) for event in solution.events],
        "input_sha256": decision.input_sha256,
        "versions": versions(),
    }
    if weights is not None:
        record["weights"] = {
            "source": weights.source,
            "board": _plain(weights.board.to_dict()),
            "groups": {str(name): _plain(row) for name, row in weights.groups.to_dict(orient="index").items()},
        }
    if comparison is not None:
        record["groups"] = {
            name: {
                "selected": list(own.selected),
                "value": own.value,
                "share_of_own_best": _plain(comparison.share_of_best.loc[name].to_dict()),
                "overlap": _plain(comparison.overlap.loc[name].to_dict()),
            }
            for name, own in comparison.groups.items()
        }
    return record


def _usage(selection: Selection) -> dict[str, dict[str, float]]:
    return {
        resource.id: {
            str(year): float(selection.solution.usage[resource_name(resource, year)]) for year in resource.years
        }
        for resource in selection.decision.resources
    }


def _capacity(decision: Decision) -> dict[str, dict[str, float | None]]:
    return {
        resource.id: {
            str(year): _finite(limit) for year, limit in zip(resource.years, resource.available.tolist(), strict=True)
        }
        for resource in decision.resources
    }


def _plain(figures: dict[object, float]) -> dict[str, float | None]:
    return {str(name): _finite(value) for name, value in figures.items()}


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
