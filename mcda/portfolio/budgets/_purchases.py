"""What would more buy? Exact answers for each resource and year, beside what the linear relaxation predicts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, LabelError
from mcda.notebook import ShownAsTable
from mcda.portfolio._answers import answer_of
from mcda.portfolio._subject import exact, read_subject
from mcda.portfolio.explaining._limit_costs import Lifted, lift_each, lifted_of
from mcda.portfolio.explaining._sentences import reason
from mcda.wording import points
from solvers import Unproven
from solvers.answers import figure_or_none, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject

MORE = {"money": 1000.0, "team": 1.0}
"""How much more to ask about by default: £1m, or one full-time person."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What more of one resource in one year buys.

    Attributes
    ----------
    resource
        Name of the resource and year, or of the resource if every year gets more.
    periods
        How many limits get more: one for a single year.
    amount
        How much more, in each year.
    gain
        Value that the best portfolio gains, by solving again; `Unproven` if that was not settled.
    predicted
        What the shadow price of the linear relaxation predicts. The relaxation funds projects in part, so it usually
        misprices; it is shown because people ask.
    enough
        The least amount that buys the same; None if it buys nothing, or the gain is not known.
    ceiling
        Gain with no limit on the resource at all: no amount of it buys more. Zero means that it does not bind.
    enters, leaves
        Projects that come in and go.
    sentence
        The same in words.
    """

    resource: str
    periods: int
    amount: float
    gain: float | Unproven
    predicted: float
    enough: float | None
    ceiling: float | Unproven
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    sentence: str

    @property
    def binds(self) -> bool | Unproven:
        """Whether the limit costs any value; `Unproven` if that was not settled."""
        return self.ceiling if isinstance(self.ceiling, Unproven) else self.ceiling > 0

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data; `..._known` says how far a figure is known."""
        figures = {"gain": self.gain, "ceiling": self.ceiling}
        record = asdict(self) | {name: figure_or_none(figure) for name, figure in figures.items()}
        return record | {f"{name}_known": known(figure) for name, figure in figures.items()}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Purchases(ShownAsTable):
    """What more of each resource in each year buys, most first.

    Attributes
    ----------
    value
        What the best portfolio is worth now.
    items
        One per resource and year, and one for all years of a resource together.
    """

    shown_digits: ClassVar[int | None] = 2

    value: float
    items: tuple[Purchase, ...]

    def __repr__(self) -> str:
        best = self.items[0] if self.items else None
        shown = f"; most: {best.resource} buys {points(figure_or_none(best.gain) or 0.0)}" if best else ""
        return f"<Purchases: {len(self.items)} resources{shown}>"

    def of(self, resource: str) -> Purchase:
        """Return what more of one resource buys."""
        for item in self.items:
            if item.resource == resource:
                return item
        raise LabelError(f"'{resource}' was not asked about. Asked: {', '.join(item.resource for item in self.items)}.")

    @property
    def most_binding(self) -> Purchase | None:
        """The resource and year in which more buys most; None if more of any one buys nothing."""
        single = [item for item in self.items if item.periods == 1]
        best = max(single or self.items, key=lambda item: figure_or_none(item.gain) or 0.0, default=None)
        return best if best is not None and best.gain else None

    def to_frame(self) -> pd.DataFrame:
        """One row per resource and year: amount, gain, shadow-price prediction, ceiling, what enters and leaves."""
        rows = [
            (
                i.amount,
                figure_or_none(i.gain),
                i.predicted,
                i.enough,
                figure_or_none(i.ceiling),
                ", ".join(i.enters),
                ", ".join(i.leaves),
            )
            for i in self.items
        ]
        columns = ["amount", "gain", "predicted", "enough", "ceiling", "enters", "leaves"]
        frame = pd.DataFrame(rows, columns=columns, index=pd.Index([i.resource for i in self.items], name="resource"))
        return frame.astype(dict.fromkeys(columns[:5], float))

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data with stable keys."""
        return {"value": self.value, "purchases": [item.to_dict() for item in self.items]}


def what_more_buys(
    subject: Decision | Selection | solvers.Problem,
    amounts: Mapping[str, float] | float | None = None,
    *,
    resources: Iterable[str] | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Purchases:
    """Say what more of each resource, in each year, would buy: exact re-solves, never shadow prices.

    Parameters
    ----------
    subject
        A decision, a selection, or a `solvers.Problem`.
    amounts
        How much more: one figure for all, or by resource (``{"capital_k": 500}``); by default £1m of money and one
        full-time person of a team (one unit, in a bare problem).
    resources
        Resources to ask about (``"capital_k"``) or resources in one year (``"capital_k year 1"``); by default all
        that are limited.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds for each solve.

    Returns
    -------
    Purchases
        Most valuable first; ``.of("capital_k year 1")``, ``.most_binding``, ``.to_frame()``.

    Raises
    ------
    LabelError
        If there is no such resource.
    InputError
        If an amount is not a positive number.

    Examples
    --------
    >>> import mcda
    >>> more = mcda.what_more_buys(mcda.load("datasets/nhs-digital"), resources=["capital_k"])
    >>> more.to_frame()[["gain", "predicted"]].round(2).loc[["capital_k year 1", "capital_k year 2"]].values.tolist()
    [[16.09, 24.24], [2.22, 15.17]]
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    asked = read_subject(subject, how)
    questions = _questions(asked, amounts, resources)
    problem = asked.problem
    if not questions:
        return Purchases(float(asked.best.value), ())
    lifted = lift_each(asked, how, rules=False)
    free = {name: lifted[name, "resource" if (name, "resource") in lifted else "capacity"] for name in questions}
    asked_again = {name: question for name, question in questions.items() if not _no_gain(free[name], asked)}
    raised: dict[str, Lifted] = {**dict.fromkeys(questions, asked.best), **_raised(asked, asked_again, how)}
    duals = solvers.lp_bound(problem).duals
    items = [
        _purchase(asked, name, positions, amount, raised[name], free[name], duals)
        for name, (positions, amount) in questions.items()
    ]
    items.sort(key=lambda item: (-(figure_or_none(item.gain) or 0.0), -(figure_or_none(item.ceiling) or 0.0)))
    return Purchases(float(asked.best.value), tuple(items))


def _questions(
    subject: Subject, amounts: Mapping[str, float] | float | None, resources: Iterable[str] | None
) -> dict[str, tuple[list[int], float]]:
    """Return, by name, the limits to raise together and by how much."""
    problem = subject.problem
    limited = [name for name, limit in zip(problem.resources, problem.capacity, strict=True) if np.isfinite(limit)]
    groups: dict[str, list[str]] = {}
    for name in limited:
        groups.setdefault(subject.resource_of[name], []).append(name)
    wanted: dict[str, list[str]] = {name: [name] for name in limited}
    wanted |= {name: members for name, members in groups.items() if len(members) > 1}
    if resources is not None:
        chosen: dict[str, list[str]] = {}
        for name in [resources] if isinstance(resources, str) else resources:
            if name not in wanted and name not in groups:
                raise LabelError(f"There is no limited resource '{name}'. Known: {', '.join(groups)}.")
            chosen |= {member: [member] for member in groups.get(name, [])}
            chosen |= {name: wanted[name]} if name in wanted else {}
        wanted = chosen
    return {
        name: (problem.resource_positions(members).tolist(), _amount(subject, members[0], amounts))
        for name, members in wanted.items()
    }


def _no_gain(free: Lifted, subject: Subject) -> bool:
    """Whether no amount of a resource buys anything: even without a limit on it, the best is worth no more."""
    return isinstance(free, solvers.Certificate) and free.value == subject.best.value


def _raised(
    subject: Subject, questions: Mapping[str, tuple[list[int], float]], how: solvers.SolveOptions
) -> dict[str, Lifted]:
    """Return the best portfolio with each question's limits raised."""
    problem = subject.problem
    if not questions:
        return {}
    capacity = np.tile(problem.capacity, (len(questions), 1))
    for row, (positions, amount) in enumerate(questions.values()):
        for at in positions:
            capacity[row, at] = float(exact(float(problem.capacity[at])) + exact(amount))
    batch = solvers.solve_batch(problem, capacity=capacity, solver=how.times(len(questions)))
    free = problem.replace(capacity=np.full(problem.capacity.shape, np.inf))
    return {name: lifted_of(answer_of(batch, row, free)) for row, name in enumerate(questions)}


def _amount(subject: Subject, name: str, amounts: Mapping[str, float] | float | None) -> float:
    identifier, decision = subject.resource_of[name], subject.decision
    usual = 1.0 if decision is None else MORE[decision.resource(identifier).kind]
    if amounts is None:
        amount = usual
    elif isinstance(amounts, int | float):
        amount = float(amounts)
    else:
        amount = float(amounts.get(name, amounts.get(identifier, usual)))
    if not (np.isfinite(amount) and amount > 0):
        raise InputError(f"The extra amount of '{name}' must be a number above 0. Got {amount!r}.")
    return amount


def _purchase(
    subject: Subject,
    name: str,
    positions: list[int],
    amount: float,
    best: Lifted,
    free: Lifted,
    duals: Mapping[str, float],
) -> Purchase:
    problem, now = subject.problem, subject.best
    predicted = amount * sum(duals[problem.resources[at]] for at in positions)
    ceiling = free if isinstance(free, Unproven) else float(free.value - now.value)
    chosen, enough = set(now.selected), None
    gain: float | Unproven
    if isinstance(best, Unproven):
        gain = best
    else:
        gain = float(best.value - now.value)
        if gain:
            over = (best.usage[problem.resources[at]] - exact(float(problem.capacity[at])) for at in positions)
            enough = float(max([Fraction(0), *over]))
            chosen = set(best.selected)
    enters = _in_order(problem, chosen - set(now.selected))
    leaves = _in_order(problem, set(now.selected) - chosen)
    sentence = _sentence(subject, name, positions, amount, gain, predicted, enough, ceiling, enters, leaves)
    return Purchase(name, len(positions), amount, gain, predicted, enough, ceiling, enters, leaves, sentence)


def _sentence(
    subject: Subject,
    name: str,
    positions: list[int],
    amount: float,
    gain: float | Unproven,
    predicted: float,
    enough: float | None,
    ceiling: float | Unproven,
    enters: tuple[str, ...],
    leaves: tuple[str, ...],
) -> str:
    words = subject.phrases
    first = subject.problem.resources[positions[0]]
    what = words.limit(name) if len(positions) == 1 else f"{words.resource(name)} in every year"
    more = f"{words.amount(first, amount)} more {what}"
    if isinstance(gain, Unproven):
        return f"What {more} would buy is not known: {reason(gain)}."
    if gain == 0:
        if isinstance(ceiling, Unproven):
            end = f"whether any amount of it would buy something is not known: {reason(ceiling)}"
        elif ceiling == 0:
            end = "no amount of it would buy anything"
        else:
            end = f"without any limit on it the gain would be {points(ceiling)}"
        return f"{more} would buy nothing (0.00); {end}. The linear relaxation predicts {points(predicted)}."
    moves = [f"{words.projects(enters)} would enter"] if enters else []
    moves += [f"{words.projects(leaves)} would leave"] if leaves else []
    need = (
        f" {words.amount(first, enough or 0, 'up')} of it would be enough."
        if enough is not None and enough < amount
        else ""
    )
    return (
        f"{more} would add {points(gain)} in value: {' and '.join(moves)}.{need} "
        f"The linear relaxation predicts {points(predicted)}."
    )


def _in_order(problem: solvers.Problem, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in problem.names if name in names)
