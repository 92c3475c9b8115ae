"""How sure, why, and what else: the analyses around a portfolio that the Board pack reports."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from mcda.errors import InputError, NoAnswerError
from mcda.portfolio import (
    disagreement,
    explain,
    frontier,
    portfolio_smaa,
    portfolio_stability,
    regret,
    scored_problem,
    value_for_money,
    what_more_buys,
)
from mcda.uncertainty import stated_sources
from solvers import Termination

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mcda.portfolio import (
        Disagreement,
        EfficientFrontier,
        Explanations,
        PortfolioSmaa,
        PortfolioStability,
        PriorityList,
        Purchases,
        Regret,
        ScoredProblem,
        Selection,
    )

SEED = 0
FUTURES = 100
"""Draws of uncertain costs, benefits and delivery; each is solved and proven."""
BUDGETS = 8
"""Budgets at which lists are compared."""
_Found = TypeVar("_Found")
_Watch = Callable[[str], "AbstractContextManager[None]"]


@dataclass(frozen=True, slots=True)
class BudgetLists:
    """What two value-for-money lists achieve for one total budget (infinite: only the yearly limits hold)."""

    budget: float
    plain: PriorityList
    bundled: PriorityList


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evidence:
    """What supports a recommendation; each part is None if it was not asked for or has no answer.

    Attributes
    ----------
    explanations
        Why each project is in or out, its price, and what limits and rules cost.
    disagreement
        What groups and people would fund, and which judgements change it.
    mixes
        How often each project is in the best portfolio over all mixes of the groups' weights.
    futures
        The same over draws of costs, benefits and delivery, under the weights used.
    stability
        How far each weight can move before the portfolio changes.
    regret, scenarios
        What each group, and each scenario, loses with each portfolio.
    frontier
        Every efficient portfolio of value against total cost.
    lists
        For several total budgets, the lists that people make.
    purchases
        What more of each limit would buy.
    """

    explanations: Explanations | None = None
    disagreement: Disagreement | None = None
    mixes: PortfolioSmaa | None = None
    futures: PortfolioSmaa | None = None
    stability: PortfolioStability | None = None
    regret: Regret | None = None
    scenarios: Regret | None = None
    frontier: EfficientFrontier | None = None
    lists: tuple[BudgetLists, ...] | None = None
    purchases: Purchases | None = None

    def __repr__(self) -> str:
        there = [field.name for field in fields(self) if getattr(self, field.name) is not None]
        return f"Evidence({', '.join(there) or 'none'})"


def _unwatched(_: str) -> AbstractContextManager[None]:
    return contextlib.nullcontext()


def gather_evidence(
    selection: Selection, *, solver: str = "auto", draws: int = FUTURES, watch: _Watch = _unwatched
) -> Evidence:
    """Find out all that the Board pack can say about a portfolio: why, how sure, for whom, at what price.

    Parameters
    ----------
    selection
        The portfolio, proven best under additive values.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    draws
        How many futures to draw.
    watch
        Called with a description of each step; the context manager that it returns surrounds the step.

    Returns
    -------
    Evidence
        Parts are None if a question has no answer for this decision (no groups, no ranges, no scenarios), or if the
        portfolio is not proven best.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> unproven = mcda.select(decision, force=["P28", "P29"])
    >>> mcda.gather_evidence(unproven)
    Evidence(none)
    """
    proven = selection.solution.termination is Termination.OPTIMAL
    if not proven or selection.weights is None or selection.values.method != "additive":
        return Evidence()
    decision = selection.decision
    asked: dict[str, Any] = {
        "policies": selection.policies, "force": selection.force, "forbid": selection.forbid
    }  # fmt: skip
    problem = scored_problem(decision, **asked)
    plain = not selection.force and not selection.forbid
    parts: dict[str, Any] = {}

    def ask(part: str, words: str, question: Callable[[], object]) -> None:
        with watch(words):
            parts[part] = _answered(question)

    ask("explanations", "explaining every project", lambda: explain(selection, solver=solver))
    ask("purchases", "finding what more would buy", lambda: what_more_buys(selection, solver=solver))
    if any(resource.kind == "money" for resource in decision.resources):
        ask(
            "frontier",
            "finding the best portfolio for every total budget",
            lambda: frontier(selection, solver=solver),
        )
        if parts["frontier"] is not None:
            ask("lists", "funding down value-for-money lists", lambda: _lists(selection, parts["frontier"]))
    if len(decision.groups) > 1:
        if plain:
            ask(
                "disagreement",
                "finding what each group and each person would fund",
                lambda: disagreement(decision, policies=selection.policies, solver=solver),
            )
        ask("mixes", "trying every mix of the groups", lambda: portfolio_smaa(problem, solver=solver, rng=SEED))
        ask("regret", "weighing what each group would lose", lambda: regret(problem, solver=solver))
    ask("stability", "moving each weight", lambda: portfolio_stability(problem, selection.weights, solver=solver))
    ask("futures", f"drawing {draws} futures", lambda: _futures(selection, problem, draws, solver))
    if plain and not selection.policies and selection.scenario is None:
        names = [item.id for item in decision.scenarios if item.target != "weights"]
        if len(names) > 1:
            ask("scenarios", "trying the scenarios", lambda: regret(decision, scenarios=names, solver=solver))
    return Evidence(**parts)


def _lists(selection: Selection, found: EfficientFrontier) -> tuple[BudgetLists, ...]:
    """Fund down both lists at total budgets spread from the cheapest efficient portfolio to the best one."""
    cheapest, dearest = found.points[0].cost, found.points[-1].cost
    budgets = [round(cheapest + (dearest - cheapest) * at / BUDGETS) for at in range(1, BUDGETS)]
    limits: list[float | None] = [*dict.fromkeys(float(budget) for budget in budgets), None]
    return tuple(
        BudgetLists(
            math.inf if limit is None else limit,
            value_for_money(selection, budget=limit),
            value_for_money(selection, budget=limit, bundles=True),
        )
        for limit in limits
    )


def _futures(selection: Selection, problem: ScoredProblem, draws: int, solver: str) -> PortfolioSmaa | None:
    """Draw what the decision states to be uncertain."""
    assert selection.weights is not None  # noqa: S101 - narrows the type; the caller has checked
    sources = stated_sources(selection.decision)
    if not sources.any:
        return None
    return portfolio_smaa(
        problem,
        selection.weights.to_numpy(),
        draws=draws,
        rng=SEED,
        performance=sources.performance or False,
        costs=sources.costs[0] if sources.costs else False,
        delivery=sources.delivery or False,
        solver=solver,
        threads=1,
    )


def _answered(question: Callable[[], _Found]) -> _Found | None:
    """Return the answer; None if there is none (a pack is still worth writing without this part)."""
    try:
        return question()
    except (NoAnswerError, InputError):
        return None
