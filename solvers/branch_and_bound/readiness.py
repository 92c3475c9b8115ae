"""When the compiled functions may be used without anyone waiting for a compiler."""

from __future__ import annotations

import os
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENTRIES = ("_block.solve_block-*.nbc", "_group.solve_group-*.nbc")
COMPILED = ("_block", "_bounds", "_compile", "_group", "_heuristics", "_levels", "_search", "_solve", "_tableau")
WORTH_LOADING = 10  # scenarios: loading what is kept on disk takes about a second
WORTH_COMPILING = 2000  # scenarios: compiling takes a minute or two, other solvers a tenth of a second each
_state = {"loaded": False}


def unusable() -> str | None:
    """Why the engine cannot be used here, with the remedy; None if it can."""
    if find_spec("numba") is None:
        return "numba is not installed. Remedy: pip install 'mcda-portfolio[fast]'."
    return None


def cold() -> str | None:
    """Why the engine cannot answer at once, with the remedy; None if it can."""
    if (reason := unusable()) is not None:
        return reason
    if not is_warm():
        return "it is not compiled yet, and compiling takes a minute or two. Remedy: run mcda doctor --warm once."
    return None


def is_loaded() -> bool:
    """Whether the compiled functions are in this process."""
    return _state["loaded"]


def is_warm() -> bool:
    """Whether the compiled functions are in this process or kept on disk, up to date; imports nothing."""
    return is_loaded() or (unusable() is None and _kept())


def _kept() -> bool:
    """Whether everything that Python calls is kept on disk, compiled after the last change."""
    newest = max((HERE / f"{name}.py").stat().st_mtime for name in COMPILED)
    return all(any(path.stat().st_mtime > newest for path in _files(entry)) for entry in ENTRIES)


def _files(entry: str) -> list[Path]:
    given = os.environ.get("NUMBA_CACHE_DIR")
    return list(Path(given).rglob(entry) if given else (HERE / "__pycache__").glob(entry))


def load() -> Any:
    """Load everything compiled and return `solve_block`; compiles for a minute or two if it is not kept on disk.

    numba looks only at the file of each function, not at the files of the functions it calls, so everything kept is
    thrown away if any of the compiled files has changed.
    """
    from solvers.branch_and_bound._block import solve_block

    if not is_loaded():
        if not _kept() and not os.environ.get("NUMBA_DISABLE_JIT"):
            for name in COMPILED:
                for old in _files(f"{name}.*.nb[ic]"):
                    old.unlink(missing_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _compile(solve_block)
        _state["loaded"] = True
        from solvers.backends.registry import why_unusable

        why_unusable.cache_clear()  # it may have said earlier that nothing is compiled
    return solve_block


def _compile(solve_block: Any) -> None:
    import numpy as np

    from solvers.branch_and_bound._group import solve_group
    from solvers.branch_and_bound._levels import allocate

    counts = [np.zeros(1, np.int64) for _ in range(3)]
    one, row, fix = np.ones((1, 2)), np.ones((1, 1)), np.full((1, 2), -1, np.int8)
    root, levels, margins = allocate(1, 2, 4, 1), allocate(1, 2, 4), np.array([1e-12, 1e-10])
    answer, others, pool = np.zeros((1, 2), np.int8), np.zeros((1, 2, 2), np.int8), np.zeros((4, 2))
    solve_block(
        *(one, one[None], row, row, row, fix, margins, 0, 10, pool, 0),
        *(root, levels, answer, others, *counts, np.zeros(1)),
    )
    solve_group(
        *(one, one[0], one, row[0], row[0], row[0], fix[0], margins, 0, 10, pool, 0),
        *(root, levels, answer, others, counts[0], counts[1]),
    )
