"""The result as flat tables for spreadsheets: one row per fact, plain column names, no index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from mcda.versions import versions
from mcda.wording import points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mcda.portfolio import GroupComparison, Selection
    from mcda.weights import DecisionWeights

Form = Literal["text", "figure", "value", "share"]
"""How a column reads: words, a whole figure (money, people), a value with two decimals, or a share in per cent."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ResultTable:
    """One table of the result.

    Attributes
    ----------
    name
        Name of the sheet or file.
    title
        A sentence that says what it shows.
    frame
        Its rows, without an index.
    forms
        How to write each column, one per column.
    """

    name: str
    title: str
    frame: pd.DataFrame
    forms: tuple[Form, ...]

    def __repr__(self) -> str:
        return f"ResultTable({self.name}: {len(self.frame)} rows, {len(self.frame.columns)} columns)"


def result_tables(
    selection: Selection, weights: DecisionWeights | None = None, comparison: GroupComparison | None = None
) -> list[ResultTable]:
    """Return a result as tables: summary, projects, use by year, values, synergies, weights and groups.

    Parameters
    ----------
    selection
        The selection; without a portfolio, only what is known.
    weights
        Adds the weights by group.
    comparison
        Adds what each group gets from each portfolio, and how the portfolios overlap.

    Returns
    -------
    list of ResultTable

    Examples
    --------
    >>> import mcda
    >>> mcda.result_tables(mcda.select(mcda.load("datasets/nhs-digital")))[1]
    ResultTable(projects: 40 rows, 13 columns)
    """
    tables = [_summary(selection), _projects(selection)]
    if selection.found:
        tables.append(_use(selection))
    tables.append(_values(selection))
    if selection.decision.synergies:
        tables.append(_synergies(selection))
    if weights is not None:
        tables.append(_weights(selection, weights))
    if comparison is not None:
        tables += _groups(comparison)
    return tables


def _summary(selection: Selection) -> ResultTable:
    solution, decision = selection.solution, selection.decision
    rows = [("Decision", decision.name), ("Question", selection.question), ("Answer", str(solution.termination))]
    if solution.limit is not None:
        rows.append(("Limit that was reached", str(solution.limit)))
    if selection.found:
        certified = solution.certificate is not None and solution.certificate.holds
        rows += [
            ("Projects funded", f"{len(selection.selected)} of {len(decision.projects)}"),
            ("Value", points(selection.value)),
            ("No portfolio is worth more than", "unknown" if solution.bound is None else points(solution.bound, "up")),
            ("Certified in exact arithmetic", "yes" if certified else "no"),
        ]
    rows += [
        ("Method", selection.values.method),
        ("Solver", solution.solver),
        ("SHA-256 of the input", decision.input_sha256),
        *((f"Version of {name}", str(version)) for name, version in versions().items()),
    ]
    return ResultTable("summary", "The answer in short.", pd.DataFrame(rows, columns=["item", "figure"]), ("text",) * 2)


def _projects(selection: Selection) -> ResultTable:
    decision = selection.decision
    frame = pd.DataFrame(
        {
            "project_id": decision.project_ids,
            "project": [project.name for project in decision.projects],
            "funded": _yes(name in (selection.selected if selection.found else ()) for name in decision.project_ids),
            "value": selection.values.projects.to_numpy(),
        }
    )
    for resource in decision.resources:
        frame[resource.id] = resource.use.sum(axis=1)
    title = "Every project: whether it is funded, what it is worth, and what it uses over all years."
    return ResultTable("projects", title, frame, ("text", "text", "text", "value", *_forms(selection)))


def _forms(selection: Selection) -> tuple[Form, ...]:
    return tuple("figure" if resource.kind == "money" else "value" for resource in selection.decision.resources)


def _use(selection: Selection) -> ResultTable:
    frame = selection.use_frame().reset_index()
    frame["share"] = (frame["use"] / frame["limit"]).where(frame["limit"] > 0)
    title = "What the portfolio uses of each budget and team in each year, synergies included."
    return ResultTable("use", title, frame, ("text", "figure", "value", "value", "value", "share"))


def _values(selection: Selection) -> ResultTable:
    parts = selection.values.by_criterion
    names = {project.id: project.name for project in selection.decision.projects}
    frame = parts.rename_axis("project_id").reset_index()
    frame.insert(1, "project", [names[name] for name in parts.index])
    title = f"Value of each project by criterion ({selection.values.note.rstrip('.')})."
    return ResultTable("values", title, frame, ("text", "text", *_all("value", len(parts.columns))))


def _synergies(selection: Selection) -> ResultTable:
    chosen = set(selection.selected) if selection.found else set()
    synergies = selection.decision.synergies
    frame = pd.DataFrame(
        {
            "synergy_id": [item.id for item in synergies],
            "members": [" + ".join(item.members) for item in synergies],
            "happens": _yes(chosen.issuperset(item.members) for item in synergies),
            "value": [float(selection.values.synergies[item.id]) for item in synergies],
        }
    )
    title = "Effects that occur only when all members are funded."
    return ResultTable("synergies", title, frame, ("text", "text", "text", "value"))


def _weights(selection: Selection, weights: DecisionWeights) -> ResultTable:
    tree = selection.decision.criteria
    leaves = weights.board.index
    frame = pd.DataFrame({"criterion_id": leaves, "criterion": [tree[leaf].name for leaf in leaves]})
    frame["board"] = weights.board.to_numpy()
    for group, row in weights.groups.iterrows():
        frame[str(group)] = row.reindex(leaves).to_numpy()
    title = "Weight of each criterion for the Board and for each group."
    return ResultTable("weights", title, frame, ("text", "text", *_all("share", len(frame.columns) - 2)))


def _groups(comparison: GroupComparison) -> list[ResultTable]:
    shares = comparison.share_of_best.rename_axis("group").reset_index()
    overlap = comparison.overlap.rename_axis("portfolio").reset_index()
    forms: tuple[Form, ...] = ("text", *_all("share", len(comparison.share_of_best.columns)))
    return [
        ResultTable(
            "groups",
            "Share of its own best value that each group (row) gets from each portfolio (column).",
            shares,
            forms,
        ),
        ResultTable(
            "overlap",
            "Projects in both portfolios as a share of the projects in either.",
            overlap,
            ("text", *_all("share", len(comparison.overlap.columns))),
        ),
    ]


def _all(form: Form, count: int) -> tuple[Form, ...]:
    return (form,) * count


def _yes(flags: Iterable[bool]) -> list[str]:
    return ["yes" if flag else "no" for flag in flags]
