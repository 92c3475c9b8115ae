"""Why is each project in or out, and what does each rule and limit cost? Exact re-solves, nothing estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.portfolio._requirements import dependants, prerequisites
from mcda.portfolio._subject import read_options, read_subject
from mcda.portfolio.explaining._blocks import blocks_of
from mcda.portfolio.explaining._explanation import CostCut, Explanation, Explanations
from mcda.portfolio.explaining._limit_costs import limit_costs_of
from mcda.portfolio.explaining._sentences import worded
from mcda.portfolio.explaining._views import views_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject
    from mcda.portfolio.explaining._views import View


@solvers.interrupts_raise()
def explain(
    subject: Decision | Selection | solvers.Problem,
    projects: Iterable[str] | None = None,
    *,
    views: bool = True,
    limits: bool = True,
    solver: str = "auto",
    time_limit: float | None = None,
) -> Explanations:
    """Explain the best portfolio: why each project is in or out, and what each rule and limit costs.

    For a project X that is out, L = z* - z*(x_X = 1) is what forcing it in costs, one exact re-solve; as value adds
    up, X enters exactly when its own value rises by more than L. The least cost cut is one mixed-integer model
    (`solvers.least_cut`): X is in, the portfolio is worth at least z*, and the cut is least.

    Parameters
    ----------
    subject
        A decision (under the Board's weights), a selection under any weights, scenario and rules, or a bare
        `solvers.Problem`. What is explained is its proven best portfolio.
    projects
        Identifiers of the projects to explain; all by default.
    views
        Whether to ask every group and every scenario for its own best portfolio.
    limits
        Whether to say what each rule and limit costs.
    solver
        Name of a back end, or "auto".
    time_limit
        Seconds for each of the many solves; what is not proven by then is None in the result.

    Returns
    -------
    Explanations
        Facts and sentences; ``.of("P30")``, ``.to_frame()``, ``.limits_frame()``.

    Raises
    ------
    NoAnswerError
        If there is no portfolio, or none that is proven best.
    LabelError
        If a project is unknown.

    Examples
    --------
    >>> import mcda
    >>> selection = mcda.select(mcda.load("datasets/nhs-digital"))
    >>> why = mcda.explain(selection, ["P30"], views=False, limits=False).of("P30")
    >>> round(why.loss, 2), round(why.value, 2), round(why.value_needed, 2), why.cheaper.total
    (0.66, 21.73, 22.39, 100.0)
    """
    asked = read_subject(subject, solver=solver, time_limit=time_limit)
    names = read_options(asked.problem, projects)
    seen = views_of(asked.selection, solver=solver, time_limit=time_limit) if views and asked.selection else ()
    turned = _turned_round(asked, names, solver, time_limit)
    found = tuple(
        worded(_explained(asked, name, turned[name], seen, solver, time_limit), asked, seen) for name in names
    )
    costs = limit_costs_of(asked, solver=solver, time_limit=time_limit) if limits else ()
    return Explanations(float(asked.best.value), asked.selected, found, costs, seen)


@dataclass(frozen=True, slots=True)
class _Turned:
    """The best portfolio with one answer turned round; `settled` says that there is provably none otherwise."""

    portfolio: solvers.Certificate | None
    settled: bool
    problem: solvers.Problem


def _turned_round(subject: Subject, names: Iterable[str], solver: str, time_limit: float | None) -> dict[str, _Turned]:
    """Force in each project that is out, and forbid each that is in; rules on the project itself give way."""
    problem, chosen = subject.problem, set(subject.selected)
    bound = {*problem.mandatory, *problem.forbidden}
    plain = [name for name in names if name not in bound]
    found: dict[str, _Turned] = {}
    if plain:
        forced = np.zeros((len(plain), len(problem.names)), dtype=bool)
        forbidden = np.zeros_like(forced)
        for row, (name, at) in enumerate(zip(plain, problem.positions(plain), strict=True)):
            (forbidden if name in chosen else forced)[row, at] = True
        limit = None if time_limit is None else time_limit * len(plain)
        batch = solvers.solve_batch(problem, forced=forced, forbidden=forbidden, solver=solver, time_limit=limit)
        for row, name in enumerate(plain):
            proven = batch.termination[row] == "optimal"
            portfolio = solvers.certify(problem, batch.names_of(row)) if proven else None
            changed = _with(problem, name, name not in chosen)
            found[name] = _Turned(portfolio, batch.termination[row] in ("optimal", "infeasible"), changed)
    for name in names:
        if name in bound:
            changed = _with(problem, name, name not in chosen)
            solution = solvers.solve(changed, solver, time_limit)
            proven = solution.termination == "optimal"
            found[name] = _Turned(
                solution.certificate if proven else None,
                solution.termination in ("optimal", "infeasible"),
                changed,
            )
    return found


def _with(problem: solvers.Problem, name: str, inside: bool) -> solvers.Problem:
    """Return the problem with one option put in or left out, whatever the rules on it alone say."""
    mandatory = [other for other in problem.mandatory if other != name]
    forbidden = [other for other in problem.forbidden if other != name]
    (mandatory if inside else forbidden).append(name)
    return problem.replace(mandatory=mandatory, forbidden=forbidden)


def _explained(
    subject: Subject, name: str, turned: _Turned, views: tuple[View, ...], solver: str, time_limit: float | None
) -> Explanation:
    problem, chosen = subject.problem, set(subject.selected)
    funded = name in chosen
    own = subject.own_value(name)
    loss: Fraction | None = None
    other: set[str] = set()
    clash: tuple[str, ...] = ()
    if turned.portfolio is not None:
        loss = subject.best.value - turned.portfolio.value
        other = set(turned.portfolio.selected)
    elif turned.settled:
        clash = solvers.conflict(turned.problem, 1, solver=solver).names
    needed = None if loss is None else (own - loss if funded else own + loss)
    needs = prerequisites(problem, name)
    decision = subject.decision
    return Explanation(
        project=name,
        name="" if decision is None else decision.project(name).name,
        funded=funded,
        mandatory=name in problem.mandatory,
        forbidden=name in problem.forbidden,
        value=float(own),
        loss=None if loss is None else float(loss),
        value_needed=None if needed is None else float(needed),
        other=None if turned.portfolio is None else turned.portfolio.selected,
        enters=_in_order(problem, other - chosen - {name}) if other else (),
        leaves=_in_order(problem, chosen - other - {name}) if turned.portfolio is not None else (),
        blocks=() if funded else blocks_of(problem, chosen, name),
        clash=clash,
        cheaper=None if funded else _cut(subject, turned, name, loss, False, solver, time_limit),
        smaller=None if funded else _cut(subject, turned, name, loss, True, solver, time_limit),
        needs=needs,
        missing=tuple(need for need in needs if need not in chosen),
        needed_by=dependants(problem, name, chosen) if funded else (),
        agree=tuple(view.id for view in views if view.selected is not None and (name in view.selected) == funded),
        differ=tuple(view.id for view in views if view.selected is not None and (name in view.selected) != funded),
    )


def _cut(
    subject: Subject,
    turned: _Turned,
    name: str,
    loss: Fraction | None,
    smaller: bool,
    solver: str,
    time_limit: float | None,
) -> CostCut | None:
    if subject.moving:
        return None
    if loss is not None and loss <= 0 and turned.portfolio is not None:
        return CostCut({}, 0.0, 0.0 if smaller else None, float(turned.portfolio.value))
    cut = solvers.least_cut(
        turned.problem,
        name,
        subject.best.value,
        resources=subject.problem.resources if smaller else subject.money(),
        uniform=smaller,
        solver=solver,
        time_limit=time_limit,
    )
    if cut is None:
        return None
    amounts = {resource: float(amount) for resource, amount in cut.amounts.items()}
    share = None if cut.share is None else float(cut.share)
    return CostCut(amounts, float(cut.total), share, float(cut.certificate.value))


def _in_order(problem: solvers.Problem, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in problem.names if name in names)
