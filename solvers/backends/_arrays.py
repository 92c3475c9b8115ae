"""The linear model in the shapes that solvers' libraries take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solvers.linear import LinearModel


def rows_of(model: LinearModel) -> Iterator[tuple[list[int], list[float], float, float]]:
    """Return each row as columns, coefficients, lower and upper side."""
    starts, indices, coefficients = model.starts.tolist(), model.indices.tolist(), model.coefficients.tolist()
    sides = zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)
    for (lower, upper), begin, end in zip(sides, starts[:-1], starts[1:], strict=True):
        yield indices[begin:end], coefficients[begin:end], lower, upper


def sparse_rows(model: LinearModel) -> Any:
    """Return the rows as a SciPy sparse array, shape (rows, columns)."""
    from scipy.sparse import csr_array

    shape = (model.row_lower.size, model.objective.size)
    return csr_array((model.coefficients, model.indices, model.starts), shape=shape)


def bounded(model: LinearModel) -> bool:
    """Whether the objective is bounded, so that "infeasible or unbounded" can only mean infeasible."""
    up, down = model.objective > 0, model.objective < 0
    return bool(np.isfinite(model.upper[up]).all() and np.isfinite(model.lower[down]).all())


def not_finite(model: LinearModel) -> str | None:
    """Say where a figure is not a number: SciPy ignores such a coefficient and still calls its answer optimal."""
    for what, figures in (("objective", model.objective), ("coefficient", model.coefficients)):
        if not np.isfinite(figures).all():
            return f"a figure of the {what} is not a finite number"
    for what, figures in (("bound", model.lower), ("bound", model.upper), ("side", model.row_lower)):
        if np.isnan(figures).any():
            return f"a {what} is not a number"
    return "a side is not a number" if np.isnan(model.row_upper).any() else None
