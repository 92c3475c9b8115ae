"""Problems as MPS and LP files, written and read by HiGHS."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.base import Options
from solvers.backends.registry import usable
from solvers.errors import ProblemError
from solvers.linear import LinearModel, Row, linearise
from solvers.linear.columns import Columns
from solvers.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

# LP files read e1 as a number, and words such as "free" as keywords.
ALLOWED = re.compile(r"(?![eE]\d)(?!(?:st|free|bin|gen|end|max|min|inf)\b)[A-Za-z]", re.IGNORECASE)
SUFFIXES = (".mps", ".lp", ".mps.gz", ".lp.gz")


def write_model(problem: Problem, path: str | Path) -> Path:
    """Write the linear model of a problem as an MPS or LP file, by the file's suffix.

    Columns and rows are named after options, resources and rules; characters that the formats do not allow are
    replaced. Synergies are written as whole-number columns. MPS and LP hold 15 digits of a figure; `to_json`
    loses nothing.

    Raises
    ------
    ProblemError
        If the suffix is neither .mps nor .lp.
    """
    file = _checked(path)
    usable("highs")
    from solvers.backends.highs import prepared

    model, columns = _one_sided(linearise(problem)), Columns.of(problem)
    solver = prepared(model, Options())
    for at in np.flatnonzero(model.implied).tolist():
        solver.changeColIntegrality(at, _integer())
    for at, name in enumerate(_unique(_column_names(problem, columns))):
        solver.passColName(at, name)
    for at, name in enumerate(_unique(_row_name(problem, *owner) for owner in model.owners)):
        solver.passRowName(at, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    solver.writeModel(str(file))
    if not file.is_file():
        raise ProblemError(f"HiGHS could not write {file}. Check that you may write to the folder.")
    return file


def _one_sided(model: LinearModel) -> LinearModel:
    """Return the model with two-sided rows split in two: a range would be written as a rounded difference."""
    low, high = model.row_lower, model.row_upper
    both = np.flatnonzero(np.isfinite(low) & np.isfinite(high) & (low != high))
    upper_only = low.copy()
    upper_only[both] = -np.inf
    parts = [slice(model.starts[i], model.starts[i + 1]) for i in both]
    rows = [
        Row(model.indices[part], model.coefficients[part], float(low[i]), np.inf, model.owners[i])
        for i, part in zip(both.tolist(), parts, strict=True)
    ]
    return replace(model, row_lower=upper_only).with_rows(rows)


def read_model(path: str | Path) -> Problem:
    """Read an MPS or LP file of a model with 0/1 columns as a problem.

    A column becomes an option, a row a resource with its lower side as minimum use; a minimisation becomes the
    maximisation of the negative; a constant in the objective becomes a mandatory option called "constant".

    Raises
    ------
    ProblemError
        If there is no such file, it cannot be read, or a column is not 0 or 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_model(Problem([3, 2], [2, 1], 2, names=["a", "b"]), f"{folder}/small.mps")
    ...     read_model(path).names
    ('a', 'b')
    """
    file = _checked(path)
    if not file.is_file():
        raise ProblemError(f"There is no file {file}.")
    usable("highs")
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    status = solver.readModel(str(file))
    if status == highspy.HighsStatus.kError:
        raise ProblemError(f"{file.name} is not a model that HiGHS can read.")
    return _problem_of(solver, file)


def _problem_of(solver: Any, file: Path) -> Problem:
    lp = solver.getLp()
    n, m = int(lp.num_col_), int(lp.num_row_)
    names = [str(name) for name in list(lp.col_names_)[:n]] or [f"x{i + 1}" for i in range(n)]
    rows = [str(name) for name in list(lp.row_names_)[:m]] or [f"r{i + 1}" for i in range(m)]
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    kinds = [str(kind) for kind in lp.integrality_] or ["kContinuous"] * n
    for i, name in enumerate(names):
        fixed = lower[i] == upper[i] and lower[i] in (0.0, 1.0)
        if not fixed and ("kInteger" not in kinds[i] or (lower[i], upper[i]) != (0.0, 1.0)):
            raise ProblemError(
                f"{file.name}: the column {name!r} is not 0 or 1, so it is not an option. Models with other columns "
                f"cannot be read as a portfolio: solve them with a solver directly."
            )
    maximise = "kMaximize" in str(lp.sense_)
    values = np.array(lp.col_cost_) * (1.0 if maximise else -1.0)
    usage = np.zeros((n, m))
    starts, indices = np.array(lp.a_matrix_.start_, dtype=int), np.array(lp.a_matrix_.index_, dtype=int)
    at = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    by_columns = "kColwise" in str(lp.a_matrix_.format_)
    figures = np.array(lp.a_matrix_.value_)[: at.size]
    usage[(at, indices[: at.size]) if by_columns else (indices[: at.size], at)] = figures
    most, least = np.array(lp.row_upper_), np.array(lp.row_lower_)
    kept = np.isfinite(most) | np.isfinite(least)
    offset = float(lp.offset_) * (1.0 if maximise else -1.0)
    if offset:
        values, usage = np.append(values, offset), np.vstack([usage, np.zeros(m)])
        names, lower, upper = [*names, "constant"], np.append(lower, 1.0), np.append(upper, 1.0)
    return Problem(
        values,
        usage[:, kept],
        most[kept],
        names=names,
        resources=[row for row, keep in zip(rows, kept.tolist(), strict=True) if keep],
        minimum_use=least[kept],
        mandatory=[name for name, low in zip(names, lower.tolist(), strict=True) if low == 1.0],
        forbidden=[name for name, high in zip(names, upper.tolist(), strict=True) if high == 0.0],
        name=file.name.split(".")[0],
    )


def _checked(path: str | Path) -> Path:
    file = Path(path)
    if not file.name.lower().endswith(SUFFIXES):
        raise ProblemError(f"The name of a model file must end in .mps or .lp. Got {file.name!r}.")
    return file


def _integer() -> Any:
    import highspy

    return highspy.HighsVarType.kInteger


def _column_names(problem: Problem, columns: Columns) -> Iterable[str]:
    yield from problem.names
    yield from (synergy.name for synergy in problem.synergies)
    yield from (f"share of {name}" for name in problem.partial)
    for part in ("on", "along"):
        for curve in problem.curves:
            yield from (f"{curve.name} {part} {k + 1}" for k in range(len(curve.points) - 1))
    yield from (move.name for move in problem.movements)
    yield from (column.name for column in problem.columns)


def _row_name(problem: Problem, kind: str, position: int) -> str:
    if kind == "resource":
        return problem.resources[position]
    if kind == "partial":
        return f"share of {problem.names[position]}"
    rules: dict[str, Any] = {
        "requires": problem.requires,
        "excludes": problem.excludes,
        "choice": problem.choices,
        "count": problem.counts,
        "spend": problem.spends,
        "share": problem.shares,
        "row": problem.rows,
        "synergy": problem.synergies,
        "curve": problem.curves,
    }
    return str(rules[kind][position].name)


def _unique(names: Iterable[str]) -> Iterable[str]:
    """Return names that both formats allow, each once: letters, digits and underscores, starting with a letter."""
    seen: dict[str, int] = {}
    for name in names:
        plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")[:60] or "x"
        safe = plain if ALLOWED.match(plain) else f"x_{plain}"
        seen[safe] = seen.get(safe, 0) + 1
        candidate = safe if seen[safe] == 1 else f"{safe}_{seen[safe]}"
        while candidate != safe and candidate in seen:
            seen[safe] += 1
            candidate = f"{safe}_{seen[safe]}"
        seen.setdefault(candidate, 1)
        yield candidate
