"""What came back from a batch: one row per scenario."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.certificate import Certificate, certify
from solvers.errors import NoSolutionError
from solvers.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from solvers.batch._scenarios import Scenarios
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BatchSolution:
    """The outcome of `solve_batch`: arrays with one row per scenario.

    Attributes
    ----------
    selected : ndarray of bool, shape (s, n)
        Which options are in; all False if there is no portfolio.
    value : ndarray, shape (s,)
        Value of each portfolio, synergies included; NaN if there is none.
    bound : ndarray, shape (s,)
        No portfolio of the scenario is worth more; -inf if there is no portfolio at all, inf if nothing is known.
    termination : ndarray of str, shape (s,)
        "optimal", "feasible", "infeasible", "no_solution_found" or "failed", as in `Solution`.
    limit : ndarray of str, shape (s,)
        Which limit was hit, "" for none.
    usage : ndarray, shape (s, r)
        Use of each resource, synergies included; NaN if there is no portfolio.
    proved_by : ndarray of str, shape (s,)
        What proved it: a solver's name, "shared tree", "dynamic programming", ...; "" if nothing is proven.
    unique : ndarray of int8, shape (s,)
        1 if no other portfolio has the same value, 0 if one has, -1 if that was not settled or there is none.
    seconds : float
        Wall-clock time of the whole batch.
    events : mapping of int to str
        What went wrong, by scenario; a failing scenario is a record, not a crash.
    scenarios : Scenarios
        What was asked.
    """

    selected: NDArray[np.bool_]
    value: NDArray[np.float64]
    bound: NDArray[np.float64]
    termination: NDArray[np.str_]
    limit: NDArray[np.str_]
    usage: NDArray[np.float64]
    proved_by: NDArray[np.str_]
    unique: NDArray[np.int8]
    seconds: float
    events: Mapping[int, str]
    scenarios: Scenarios

    def __len__(self) -> int:
        return len(self.value)

    @property
    def problem(self) -> Problem:
        """The problem whose scenarios these are."""
        return self.scenarios.problem

    @property
    def has_portfolio(self) -> NDArray[np.bool_]:
        """Scenarios that have a portfolio, shape (s,)."""
        found: NDArray[np.bool_] = np.isin(self.termination, [word.value for word in Termination if word.has_portfolio])
        return found

    def problem_of(self, scenario: int) -> Problem:
        """One scenario as a problem of its own, to be solved or looked at alone."""
        return self.scenarios.problem_of(scenario)

    def names_of(self, scenario: int) -> tuple[str, ...]:
        """Names of the options that are in, in the order of the problem.

        Raises
        ------
        NoSolutionError
            If the scenario has no portfolio.
        """
        if not self.has_portfolio[scenario]:
            raise NoSolutionError(f"Scenario {scenario} has no portfolio: it came back {self.termination[scenario]!r}.")
        return tuple(name for name, chosen in zip(self.problem.names, self.selected[scenario], strict=True) if chosen)

    def certificate_of(self, scenario: int) -> Certificate:
        """Check one scenario's portfolio once more, in exact arithmetic.

        Raises
        ------
        NoSolutionError
            If the scenario has no portfolio.
        """
        return certify(self.problem_of(scenario), self.names_of(scenario))

    def portfolios(self) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Distinct portfolios, most frequent first, shape (p, n), and how often each was best, shape (p,)."""
        rows = self.selected[self.has_portfolio]
        distinct, counts = np.unique(rows, axis=0, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return distinct[order], counts[order]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per scenario: what came back, then one column per option (in or out)."""
        import pandas as pd

        says: list[Any] = [None if one < 0 else one == 1 for one in self.unique.tolist()]
        unique: Any = pd.array(says, dtype="boolean")
        head = {
            "termination": self.termination,
            "limit": self.limit,
            "value": self.value,
            "bound": self.bound,
            "proved_by": self.proved_by,
            "unique": unique,
        }
        chosen = pd.DataFrame(self.selected, columns=list(self.problem.names))
        return pd.concat([pd.DataFrame(head), chosen], axis="columns").rename_axis("scenario")

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {word}" for word, number in Counter(self.termination.tolist()).most_common())
        distinct = len(np.unique(self.selected[self.has_portfolio], axis=0))
        return f"<BatchSolution: {len(self)} scenarios ({counts}), {distinct} portfolios, {self.seconds:.3f} s>"

    def _repr_html_(self) -> str:
        from html import escape

        shown = self.to_frame().drop(columns=list(self.problem.names)).head(20)
        return f"<p>{escape(repr(self))}</p>{shown.to_html()}"


class Results:
    """The arrays of a batch while it is being worked on."""

    def __init__(self, scenarios: Scenarios) -> None:
        s, problem = scenarios.count, scenarios.problem
        self.scenarios = scenarios
        self.selected = np.zeros((s, len(problem.names)), dtype=bool)
        self.value = np.full(s, np.nan)
        self.bound = np.full(s, np.inf)
        self.termination = np.full(s, Termination.NO_SOLUTION_FOUND.value, dtype="<U17")
        self.limit = np.full(s, "", dtype="<U12")
        self.usage = np.full((s, len(problem.resources)), np.nan)
        self.proved_by = np.full(s, "", dtype="<U32")
        self.unique = np.full(s, -1, dtype=np.int8)
        self.events: dict[int, str] = {}

    def infeasible(self, rows: NDArray[Any], proved_by: str) -> None:
        """Record scenarios that no portfolio satisfies."""
        self.termination[rows], self.bound[rows], self.proved_by[rows] = Termination.INFEASIBLE, -np.inf, proved_by

    def spread(self, scenarios: Scenarios, same: NDArray[np.intp]) -> Results:
        """Return results of all scenarios from those of the distinct ones."""
        wide = Results(scenarios)
        for name in ("selected", "value", "bound", "termination", "limit", "usage", "proved_by", "unique"):
            setattr(wide, name, getattr(self, name)[same])
        wide.events = {k: self.events[int(at)] for k, at in enumerate(same) if int(at) in self.events}
        return wide

    def freeze(self, seconds: float) -> BatchSolution:
        """Return the results, read-only."""
        arrays = [
            self.selected,
            self.value,
            self.bound,
            self.termination,
            self.limit,
            self.usage,
            self.proved_by,
            self.unique,
        ]
        for array in arrays:
            array.setflags(write=False)
        return BatchSolution(
            self.selected,
            self.value,
            self.bound,
            self.termination,
            self.limit,
            self.usage,
            self.proved_by,
            self.unique,
            seconds,
            self.events,
            self.scenarios,
        )
