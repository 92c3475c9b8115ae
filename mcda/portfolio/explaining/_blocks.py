"""What stands between a project and the best portfolio, checked without a solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import solvers
from mcda.portfolio._requirements import dependants, prerequisites

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Block:
    """A limit or rule that the best portfolio would break if a project joined it.

    Attributes
    ----------
    kind
        As in `solvers.Check.kind`: ``"capacity"``, ``"requires"``, ``"excludes"``, ``"choice maximum"``,
        ``"forbidden"``, ``"count maximum"`` and so on.
    name
        Name of the limit or rule, as in the certificate.
    projects
        For ``"requires"``: those missing; for ``"excludes"`` and choices: the funded rivals.
    at_least
        For ``"requires"``: how many of those missing are needed; None otherwise.
    over
        By how much the project, with `brought` and without `replaced`, would exceed the limit; None for rules.
    limit
        The limit; None for rules.
    brought
        For limits: the direct and indirect prerequisites that come along, because the project cannot go without them.
    replaced
        For limits: the funded projects that make room, because they are its alternatives or need one of those.
    """

    kind: str
    name: str
    projects: tuple[str, ...] = ()
    at_least: int | None = None
    over: float | None = None
    limit: float | None = None
    brought: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


def blocks_of(problem: solvers.Problem, selected: Iterable[str], option: str) -> tuple[Block, ...]:
    """Return the limits and rules that keep an option out of a portfolio.

    Missing prerequisites and funded rivals come first. Limits are then checked for the portfolio that the Board would
    have if it said yes: the option in, with the prerequisites that it still lacks; its rivals, and what needs them,
    out. The limit exceeded most (as a share of itself) comes first. What the option would exceed on its own answers no
    question, because it could not be funded on its own.
    """
    chosen = set(selected)
    needs = prerequisites(problem, option)
    missing = [name for name in needs if name not in chosen]
    rules: list[Block] = []
    if option in problem.forbidden:
        rules.append(Block("forbidden", f"{option} is forbidden"))
    for rule in problem.requires:
        short = rule.number - len(chosen.intersection(rule.needs))
        if rule.option == option and short > 0:
            absent = tuple(str(name) for name in rule.needs if name not in chosen)
            rules.append(Block("requires", rule.name, absent, short))
    rivals: set[str] = set()
    for kind, name, members in _exclusions(problem):
        others = tuple(other for other in members if other in chosen and other != option)
        if option in members and others:
            rules.append(Block(kind, name, others))
            rivals.update(others)
    for rival in tuple(rivals):
        rivals.update(dependants(problem, rival, chosen))
    trial = [name for name in problem.names if name in {option, *missing} or (name in chosen and name not in rivals)]
    company = (tuple(missing), tuple(name for name in problem.names if name in rivals))
    return (*rules, *_broken(problem, trial, {block.name for block in rules}, company))


def _exclusions(problem: solvers.Problem) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for rule in problem.excludes:
        yield "excludes", rule.name, tuple(str(member) for member in rule.members)
    for choice in problem.choices:
        if choice.exclusive:
            yield "choice maximum", choice.name, tuple(str(member) for member in choice.members)


def _broken(
    problem: solvers.Problem, trial: list[str], known: set[str], company: tuple[tuple[str, ...], tuple[str, ...]]
) -> tuple[Block, ...]:
    found: list[tuple[Fraction | int, Block]] = []
    for check in solvers.certify(problem, trial).violations:
        if check.name in known or check.kind == "forbidden":
            continue
        if check.kind == "capacity" and check.slack is not None and check.limit is not None:
            share = -check.slack / check.limit if check.limit > 0 else -check.slack
            block = Block("capacity", check.name, (), None, -float(check.slack), float(check.limit), *company)
            found.append((share, block))
        else:
            found.append((-1, Block(check.kind, check.name)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(block for _, block in found)
