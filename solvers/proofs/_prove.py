"""Making a proof: branch and bound with whole-number multipliers, each bound exactly as the check will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.relaxation import relax
from solvers.errors import NoSolutionError, ProblemError, SolversError
from solvers.linear import LinearModel
from solvers.proofs._check import FORMAT, OBJECTIVE, _Checker, check_proof, fingerprint
from solvers.proofs._proof import Proof
from solvers.solving._solve import solve
from solvers.solving.options import SolveOptions
from solvers.termination import Termination

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.deadline import Deadline
    from solvers.model.problem import Problem
    from solvers.solving.options import SolverLike

DENOMINATOR = 2**40


def prove(problem: Problem, solver: SolverLike = "auto", time_limit: float | None = None) -> Proof:
    """Solve a problem and return a proof of the answer that can be checked without any solver.

    Parameters
    ----------
    problem : Problem
        What is asked; options in or out (no partial funding, value by spend or movement of capacity).
    solver : str
        Back end that finds the portfolio; the proof does not depend on it.
    time_limit : float, optional
        Seconds for the whole call.

    Returns
    -------
    Proof
        It has passed `check_proof`.

    Raises
    ------
    ProblemError
        If the problem has amounts that may be fractions.
    NoSolutionError
        If time runs out before the proof is complete.

    Examples
    --------
    >>> from solvers import Problem, prove
    >>> prove(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14))
    <Proof: 42 is the best value, ... nodes>
    """
    how = SolveOptions.of(solver, time_limit=time_limit).exact_for("prove")
    deadline = how.deadline()
    if problem.continuous:
        raise ProblemError(
            "A proof needs options that are in or out; this problem has amounts (partial funding, value by spend or "
            "capacity that moves). Remedy: `solvers.solve`, whose certificate covers them."
        )
    solution = solve(problem, how)
    if solution.termination not in (Termination.OPTIMAL, Termination.INFEASIBLE):
        raise NoSolutionError(f"There is nothing to prove yet: the problem came back {solution.termination!r}.")
    record: dict[str, Any] = {
        "format": FORMAT,
        "name": problem.name,
        "problem": fingerprint(problem),
        "portfolio": list(solution.selected) if solution.has_portfolio else None,
        OBJECTIVE: str(solution.proof.value) if solution.has_portfolio else None,
        "denominator": str(DENOMINATOR),
        "tree": {},
    }
    maker = _Maker(problem, record, deadline)
    record["tree"] = maker.node(dict(maker.checker.fixed))
    checked = check_proof(problem, record)
    if not checked.holds:
        raise SolversError(f"The proof did not pass its own check ({checked.reason}); the solver's answer is in doubt.")
    return Proof(record)


class _Maker:
    """Builds the tree; `checker` says what each bound is worth, exactly."""

    def __init__(self, problem: Problem, record: dict[str, Any], deadline: Deadline) -> None:
        self.checker, self.deadline = _Checker(problem, record), deadline
        checker = self.checker
        checker.best = None
        if record["portfolio"] is not None:
            x = checker.point({checker.columns[name] for name in record["portfolio"]})
            checker.best = sum(value for value, inside in zip(checker.values, x, strict=True) if inside)
        self.keys = list(checker.rows)
        self.model, self.scale = _model(checker)
        self.units = float(checker.factor)

    def node(self, fixed: dict[int, int]) -> dict[str, Any]:
        """Return the proof that no portfolio with these options fixed is better."""
        if self.deadline.passed:
            raise NoSolutionError("Time ran out before the proof was complete. Remedy: a longer time_limit.")
        checker = self.checker
        lower, upper = self.model.lower.copy(), self.model.upper.copy()
        for j, value in fixed.items():
            lower[j] = upper[j] = value
        relaxed = relax(self.model.with_bounds(lower, upper))
        if not relaxed.feasible:
            impossible = self.whole(_ray(self.model.with_bounds(lower, upper)), float(DENOMINATOR))
            bound, _ = checker.bound(impossible, fixed, 0)
            return {"impossible": impossible} if bound < 0 else self.branches({}, fixed, None)
        node: dict[str, Any] = {}
        if checker.best is not None:
            node["multipliers"] = self.whole(relaxed.prices, self.units * DENOMINATOR)
            bound, reduced = checker.bound(node["multipliers"], fixed, DENOMINATOR)
            goal = checker.best * DENOMINATOR
            if bound <= goal:
                return node
            fixed |= {j: int(r > 0) for j, r in enumerate(reduced) if j not in fixed and bound - abs(r) <= goal}
        return self.branches(node, fixed, relaxed.x)

    def branches(self, node: dict[str, Any], fixed: dict[int, int], x: NDArray[np.float64] | None) -> dict[str, Any]:
        """Branch on the option that is nearest to a half."""
        free = [j for j in range(len(self.checker.names)) if j not in fixed]
        if not free:
            return node
        j = free[0] if x is None else min(free, key=lambda one: abs(x[one] - 0.5))
        node["option"] = self.checker.names[j]
        for side, value in (("out", 0), ("in", 1)):
            node[side] = self.node(fixed | {j: value})
        return node

    def whole(self, prices: NDArray[np.float64], units: float) -> dict[str, str]:
        """Row multipliers as whole numbers, in the units of the check."""
        times = np.rint(np.maximum(prices, 0.0) / self.scale * units)
        return {self.keys[i]: str(int(times[i])) for i in np.flatnonzero(times)}


def _model(checker: _Checker) -> tuple[LinearModel, NDArray[np.float64]]:
    """Return the relaxation in floating point, rows scaled to a common size, and their divisors."""
    rows = list(checker.rows.values())
    scale = np.array([float(max(map(abs, row.figures.values()), default=1)) for row in rows])
    n = len(checker.values)
    model = LinearModel(
        objective=np.array([value / checker.factor for value in checker.values]),
        lower=np.zeros(n),
        upper=np.ones(n),
        whole=np.ones(n, dtype=bool),
        implied=np.zeros(n, dtype=bool),
        starts=np.cumsum([0, *(len(row.figures) for row in rows)]).astype(np.int32),
        indices=np.array([j for row in rows for j in row.figures], dtype=np.int32),
        coefficients=np.array([a / s for row, s in zip(rows, scale, strict=True) for a in row.figures.values()]),
        row_lower=np.full(len(rows), -np.inf),
        row_upper=np.array([row.limit / s for row, s in zip(rows, scale, strict=True)]),
        owners=tuple(("", 0) for _ in rows),
    )
    return model, scale


def _ray(model: LinearModel) -> NDArray[np.float64]:
    """Row multipliers that show that a relaxation has no point: prices of the least excess that would mend it."""
    n, m = model.objective.size, model.row_upper.size
    sizes = np.diff(model.starts)
    at = np.repeat(np.arange(m), sizes)
    order = np.argsort(np.concatenate([at, np.arange(m)]), kind="stable")
    mended = LinearModel(
        objective=np.append(np.zeros(n), -1.0),
        lower=np.append(model.lower, 0.0),
        upper=np.append(model.upper, 1e9),
        whole=np.append(model.whole, False),
        implied=np.append(model.implied, False),
        starts=np.concatenate([[0], np.cumsum(sizes + 1)]).astype(np.int32),
        indices=np.concatenate([model.indices, np.full(m, n)])[order].astype(np.int32),
        coefficients=np.concatenate([model.coefficients, np.full(m, -1.0)])[order],
        row_lower=model.row_lower,
        row_upper=model.row_upper,
        owners=model.owners,
    )
    return relax(mended).prices
