"""A sample of every batch is certified the slow way too: one scenario at a time, by `certify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solvers.certificate import certify
from solvers.errors import SolversError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.batch._solution import Results

ONE_IN, MOST = 64, 16


def sample(count: int) -> NDArray[np.intp]:
    """Return which of `count` portfolios are certified twice: the first, the last, and those at equal steps between.

    One in 64, at least two if there are two, at most 16.

    Examples
    --------
    >>> sample(1).tolist(), sample(100).tolist(), sample(10_000).size
    ([0], [0, 99], 16)
    """
    number = min(count, MOST, max(2, count // ONE_IN))
    return np.unique(np.linspace(0, count - 1, number).round().astype(np.intp)) if count else np.zeros(0, dtype=np.intp)


def certify_sample(results: Results, rows: NDArray[np.intp], named: NDArray[np.intp]) -> None:
    """Certify some of the rows one by one, and compare with what certifying them together said.

    `named` gives each row's number in the batch as the caller asked for it.

    Raises
    ------
    SolversError
        If the two disagree: then no row of the batch can be trusted.
    """
    for k in rows[sample(len(rows))].tolist():
        problem = results.scenarios.problem_of(k)
        alone = certify(problem, np.flatnonzero(results.selected[k]).tolist())
        use = [float(alone.usage[name]) for name in problem.resources]
        if alone.holds and float(alone.value) == results.value[k] and use == results.usage[k].tolist():
            continue
        state = "holds" if alone.holds else "breaks " + ", ".join(check.name for check in alone.violations[:3])
        raise SolversError(
            f"Two ways of certifying scenario {int(named[k])} of this batch disagree. certify_many, all at once: "
            f"holds, value {float(results.value[k])!r}, use {results.usage[k].tolist()}. certify, alone: {state}, "
            f"value {float(alone.value)!r}, use {use}. This is a fault of the library: no row of the batch can be "
            "trusted. Remedy: report it with the problem (problem.to_json), and solve the scenarios one by one."
        )
