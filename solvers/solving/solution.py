"""What came back: why the solver stopped is kept apart from what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solvers.errors import NoSolutionError, SolversError
from solvers.events import Event, EventKind
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from solvers.certificate import Certificate
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, repr=False)
class Solution:
    """The outcome of a solve.

    Attributes
    ----------
    termination : Termination
        Why it stopped: "optimal" (proven to within the gap asked for), "feasible" (a portfolio, not proven),
        "infeasible", "unbounded", "no_solution_found" (stopped before anything was known) or "failed".
    limit : LimitReached or None
        Which limit was hit ("time", "gap", "interrupt", ...); only with "feasible" and "no_solution_found".
    certificate : Certificate or None
        The exact check that the portfolio passed; None if there is no portfolio.
    bound : float or None
        No portfolio can be worth more than this; None if unknown.
    solver : str
        Name and version of the solver that gave the answer.
    seconds : float
        Wall-clock time of the whole call.
    unique : bool or None
        True if no other portfolio has the same value, False if one has; None if that was not settled.
    events : tuple of Event
        What happened on the way: which solver "auto" chose and why, re-solves, repairs, fall-backs. Each is a string
        with a `kind`.
    problem : Problem
        What was asked.
    """

    termination: Termination
    limit: LimitReached | None
    certificate: Certificate | None
    bound: float | None
    solver: str
    seconds: float
    unique: bool | None
    events: tuple[Event, ...]
    problem: Problem

    def __post_init__(self) -> None:
        object.__setattr__(self, "termination", Termination.read(self.termination))
        if self.limit is not None:
            object.__setattr__(self, "limit", LimitReached.read(self.limit))
            if not self.termination.limited:
                goes_with = " and ".join(word for word in Termination if word.limited)
                raise SolversError(f"A limit ({self.limit!r}) goes only with {goes_with}.")
        if (self.certificate is not None) != self.termination.has_portfolio:
            raise SolversError(f"A portfolio and the termination {self.termination!r} do not go together.")
        if self.certificate is not None and not self.certificate.holds:
            raise SolversError("A portfolio that breaks a rule is never a solution.")

    @property
    def has_portfolio(self) -> bool:
        """Whether there is a portfolio to ask about."""
        return self.certificate is not None

    @property
    def proof(self) -> Certificate:
        """The certificate; raises NoSolutionError if there is no portfolio."""
        if self.certificate is None:
            raise NoSolutionError(
                f"There is no portfolio: the problem came back {self.termination!r}"
                + (f" (limit: {self.limit})" if self.limit else "")
                + ". Check `.has_portfolio` or `.termination` first."
            )
        return self.certificate

    @property
    def selected(self) -> tuple[str, ...]:
        """Names of the options that are in, in the order of the problem."""
        return self.proof.selected

    @property
    def value(self) -> float:
        """Value of the portfolio, synergies included."""
        return float(self.proof.value)

    @property
    def shares(self) -> Mapping[str, float]:
        """Share of each option that is in: 1 unless the option may be funded in part."""
        exact = self.proof.amounts.shares
        return {name: float(exact.get(name, 1)) for name in self.selected}

    @property
    def spends(self) -> Mapping[str, float]:
        """Spend on each option that is in and has a curve of value by spend."""
        return {name: float(spend) for name, spend in self.proof.amounts.spends.items()}

    @property
    def moved(self) -> Mapping[str, float]:
        """Capacity carried forward or transferred, by name of the movement, in units of its source."""
        return {name: float(amount) for name, amount in self.proof.amounts.moved.items()}

    @property
    def columns(self) -> Mapping[str, float]:
        """The amount of each further column of the problem."""
        return {name: float(amount) for name, amount in self.proof.amounts.columns.items()}

    @property
    def usage(self) -> Mapping[str, float]:
        """Use of each resource, with synergies, without moved capacity."""
        return {resource: float(amount) for resource, amount in self.proof.usage.items()}

    @property
    def remarks(self) -> tuple[Event, ...]:
        """The events without those that only say which solver was chosen."""
        return tuple(event for event in self.events if event.kind is not EventKind.CHOSEN)

    @property
    def gap(self) -> float | None:
        """How far the bound is above the value, as a share of the value; None if either is unknown."""
        if self.certificate is None or self.bound is None:
            return None
        above = max(0.0, self.bound - self.value)
        return above / abs(self.value) if above and self.value else (float("inf") if above else 0.0)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per option: whether it is in (and how much), its full value and use of each resource."""
        import pandas as pd

        problem, chosen = self.problem, set(self.selected)
        frame = pd.DataFrame(problem.usage, index=list(problem.names), columns=list(problem.resources))
        frame.insert(0, "value", problem.values)
        if self.certificate is not None and problem.partial:
            frame.insert(0, "share", [self.shares.get(name, 0.0) for name in problem.names])
        if self.certificate is not None and problem.curves:
            frame.insert(0, "spend", [self.spends.get(name, 0.0) for name in problem.names])
        frame.insert(0, "selected", [name in chosen for name in problem.names])
        return frame.rename_axis("option")

    def __repr__(self) -> str:
        stopped = self.termination + (f", {self.limit} limit" if self.limit else "")
        found = ""
        if self.certificate is not None:
            found = f", value {self.value:g}, {len(self.selected)} of {len(self.problem.names)} options"
            if self.termination is Termination.FEASIBLE and self.gap is not None:
                found += f", gap {self.gap:.2%}"
        return f"<Solution: {stopped}{found}, {self.solver}, {self.seconds:.3f} s>"

    def _repr_html_(self) -> str:
        from html import escape

        table = "" if self.certificate is None else str(self.to_frame().to_html())
        return f"<p>{escape(repr(self))}</p>{table}"
