"""A problem from labelled tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from solvers.errors import ProblemError
from solvers.model.funding import CarryForward
from solvers.model.problem import Problem
from solvers.model.rules import Choice, CountRule, Excludes, Requires, ShareRule, SpendRule, Synergy

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

OF_OPTIONS = ("value", "mandatory", "forbidden", "least_share", "project")
OF_RESOURCES = ("capacity", "minimum_use", "fund", "carry_most", "carry_share")
GROUP_RULES = ("count", "spend", "share")


def problem_from_frames(
    options: pd.DataFrame,
    resources: pd.DataFrame,
    *,
    requires: pd.DataFrame | None = None,
    excludes: pd.DataFrame | None = None,
    synergies: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
    name: str = "",
) -> Problem:
    """Build a problem from DataFrames whose labels are the names.

    Parameters
    ----------
    options : DataFrame
        One row per option, the index its name. Columns: `value`; one per resource with what the option uses of it; and
        optionally `mandatory` and `forbidden` (true or false), `least_share` (may be funded in part from there;
        empty: all or nothing), `project` (options of the same project are ways of doing it: at most one is in).
    resources : DataFrame
        One row per resource, the index its name. Columns: `capacity` (empty: no limit); and optionally `minimum_use`,
        `fund` (unspent capacity is carried forward within a fund, in the order of the rows), `carry_most` and
        `carry_share` (how much may be carried to the next period; empty: all).
    requires : DataFrame, optional
        Columns `option` and `needs`, one row per prerequisite; with a column `rule`, rows of the same rule belong
        together and a column `at_least` says how many of them (empty: all).
    excludes : DataFrame, optional
        Columns `rule` and `option`: at most one option of each rule is in.
    synergies : DataFrame, optional
        One row per synergy, the index its name. Columns `members` (a list, or text with semicolons between names),
        `value`, and one per resource whose use changes.
    groups : DataFrame, optional
        One row per rule, the index its name. Columns `kind` (count, spend or share), `members`, `resources` (for spend
        and share), `minimum`, `maximum` (empty: none).
    name : str
        What people call the problem.

    Raises
    ------
    ProblemError
        If a column is missing or unknown, or a figure or name breaks a rule of `Problem`.

    Examples
    --------
    >>> import pandas as pd
    >>> from solvers import solve
    >>> options = pd.DataFrame(
    ...     {"value": [5, 8, 4], "cash": [2, 5, 3], "project": ["A", "A", "B"]}, index=["a", "A+", "b"]
    ... )
    >>> solve(problem_from_frames(options, pd.DataFrame({"capacity": [6]}, index=["cash"]))).selected
    ('a', 'b')
    """
    kinds = [str(resource) for resource in resources.index]
    _columns(options, ("value", *kinds), OF_OPTIONS, "options")
    _columns(resources, ("capacity",), OF_RESOURCES, "resources")
    rows = options.to_dict("index")
    return Problem(
        options["value"],
        options[kinds],
        resources["capacity"].astype(float).fillna(math.inf),
        minimum_use=resources["minimum_use"].astype(float).fillna(-math.inf) if "minimum_use" in resources else None,
        mandatory=_marked(rows, "mandatory"),
        forbidden=_marked(rows, "forbidden"),
        partial={option: row["least_share"] for option, row in rows.items() if not _empty(row.get("least_share"))},
        choices=[Choice(members, name=project) for project, members in _together(rows, "project") if len(members) > 1],
        carries=list(_carries(resources)),
        requires=[] if requires is None else list(_requires(requires)),
        excludes=[] if excludes is None else list(_excludes(excludes)),
        synergies=[] if synergies is None else list(_synergies(synergies, kinds)),
        name=name,
        **({} if groups is None else _groups(groups)),
    )


def _columns(table: pd.DataFrame, needed: Iterable[str], known: Iterable[str], what: str) -> None:
    have = set(map(str, table.columns))
    missing = [column for column in needed if column not in have]
    unknown = sorted(have - set(needed) - set(known))
    if missing:
        raise ProblemError(f"The table of {what} has no column {missing[0]!r}. It needs: {', '.join(needed)}.")
    if unknown:
        raise ProblemError(
            f"The table of {what} has a column {unknown[0]!r}, which is not known here. Known: "
            f"{', '.join([*needed, *(column for column in known if column not in set(needed))])}."
        )


def _marked(rows: dict[Any, dict[Any, Any]], column: str) -> list[str]:
    return [str(label) for label, row in rows.items() if not _empty(row.get(column)) and bool(row[column])]


def _empty(cell: Any) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)) or str(cell) == "<NA>"


def _together(rows: dict[Any, dict[Any, Any]], column: str) -> Iterable[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for label, row in rows.items():
        if column in row and not _empty(row[column]):
            groups.setdefault(str(row[column]), []).append(str(label))
    return groups.items()


def _carries(resources: pd.DataFrame) -> Iterable[CarryForward]:
    rows = resources.to_dict("index")
    for fund, periods in _together(rows, "fund"):
        if len(periods) > 1:
            steps = [rows[period] for period in periods[:-1]]
            most, share = (
                [math.inf if _empty(row.get(column)) else float(row[column]) for row in steps]
                for column in ("carry_most", "carry_share")
            )
            yield CarryForward(periods, most, share, fund)


def _requires(table: pd.DataFrame) -> Iterable[Requires]:
    _columns(table, ("option", "needs"), ("rule", "at_least"), "prerequisites")
    rules: dict[tuple[str, str], tuple[list[str], Any]] = {}
    for i, row in enumerate(table.to_dict("records")):
        rule = "" if _empty(row.get("rule")) else str(row["rule"])
        key = (rule or f"row {i}", str(row["option"]))
        rules.setdefault(key, ([], row.get("at_least")))[0].append(str(row["needs"]))
    for (rule, option), (needs, at_least) in rules.items():
        named = "" if rule.startswith("row ") else rule
        yield Requires(option, needs, None if _empty(at_least) else int(at_least), named)


def _excludes(table: pd.DataFrame) -> Iterable[Excludes]:
    _columns(table, ("rule", "option"), (), "exclusions")
    rows = dict(enumerate(table.to_dict("records")))
    for rule, positions in _together(rows, "rule"):
        yield Excludes([str(rows[int(at)]["option"]) for at in positions], rule)


def _synergies(table: pd.DataFrame, resources: list[str]) -> Iterable[Synergy]:
    _columns(table, ("members",), ("value", *resources), "synergies")
    for label, row in table.to_dict("index").items():
        changed = [name for name in resources if not _empty(row.get(name))]
        usage: dict[Any, float] = {name: float(row[name]) for name in changed}
        value = 0.0 if _empty(row.get("value")) else float(row["value"])
        yield Synergy(_members(row["members"]), value, usage, str(label))


def _groups(table: pd.DataFrame) -> dict[str, Any]:
    _columns(table, ("kind", "members"), ("resources", "minimum", "maximum"), "groups")
    rules: dict[str, list[Any]] = {"counts": [], "spends": [], "shares": []}
    for label, row in table.to_dict("index").items():
        least, most = (None if _empty(row.get(side)) else float(row[side]) for side in ("minimum", "maximum"))
        members, name, kind = _members(row["members"]), str(label), row["kind"]
        if kind == "count":
            rules["counts"].append(CountRule(members, least, most, name))  # type: ignore[arg-type]
        elif kind == "spend":
            rules["spends"].append(SpendRule(members, _members(row.get("resources")), least, most, name))
        elif kind == "share":
            rules["shares"].append(ShareRule(members, _members(row.get("resources")), most, least, name))
        else:
            raise ProblemError(f"The kind of the rule {name!r} must be one of {', '.join(GROUP_RULES)}. Got {kind!r}.")
    return rules


def _members(cell: Any) -> list[str]:
    if _empty(cell):
        return []
    return [part.strip() for part in cell.split(";")] if isinstance(cell, str) else [str(part) for part in cell]
