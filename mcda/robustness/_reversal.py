"""Does the order of two alternatives depend on a third? Alternatives removed, copied, and copied for the worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.arrays import read_directions
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.robustness._reading import read_performance

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Table, Weights

TESTS = ("remove", "copy", "worse copy")


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two alternatives that change order when the set of alternatives changes.

    Attributes
    ----------
    test
        ``"remove"``, ``"copy"`` or ``"worse copy"``.
    changed
        The alternative removed or copied.
    ahead, behind
        Which was strictly ahead of which before; afterwards `behind` is strictly ahead.
    first
        Whether `ahead` was in first place.
    """

    test: str
    changed: Hashable
    ahead: Hashable
    behind: Hashable
    first: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RankReversals(ShownAsTable):
    """All rank reversals of a method on one table.

    Attributes
    ----------
    method
        Name of the method.
    alternatives
        Labels, or numbers from 0.
    reversals
        Every pair in reversed order, by test and by the alternative changed.
    tests
        How many changed sets were scored.
    """

    method: str
    alternatives: tuple[Hashable, ...]
    reversals: tuple[Reversal, ...]
    tests: int

    @property
    def first_place_stands(self) -> bool:
        """Whether first place survives every removal of another alternative and every added copy."""
        return not any(item.first for item in self.reversals)

    def to_frame(self) -> pd.DataFrame:
        """One row per reversed pair: test, what was changed, which was ahead, which is now, whether for first place."""
        import pandas as pd

        columns = ["test", "changed", "ahead", "behind", "first"]
        rows = [[getattr(item, column) for column in columns] for item in self.reversals]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        stands = "first place stands" if self.first_place_stands else "first place can be unseated"
        return f"<RankReversals of {self.method}: {len(self.reversals)} in {self.tests} changed sets, {stands}>"


def rank_reversal(
    method: str,
    matrix: Table,
    weights: Weights,
    directions: Directions,
    *,
    tests: tuple[str, ...] = TESTS,
    worse_by: float = 0.01,
    **parameters: object,
) -> RankReversals:
    """Check whether the order of alternatives depends on others that are added or removed.

    Parameters
    ----------
    method : str
        Name of a scoring method of `mcda.methods()`.
    matrix : array_like or DataFrame, shape (a, c)
        Performance; at least two alternatives.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Which way each criterion is better.
    tests : tuple of {"remove", "copy", "worse copy"}
        Remove each alternative in turn; add a copy of each; add a copy that is worse on every criterion, so that the
        original dominates it.
    worse_by : float
        By what share of its level the worse copy falls behind on each criterion.
    **parameters
        Parameters of the method.

    Returns
    -------
    RankReversals
        Every pair of the original alternatives with its strict order reversed.

    Raises
    ------
    InputError, LabelError
        As in every scoring method; an unknown test.

    Notes
    -----
    Belton and Gear, *Omega* 11(3), 1983; tests as in Wang and Triantaphyllou, *Omega* 36(1), 2008.

    Examples
    --------
    >>> import mcda
    >>> table = [[250, 16, 12], [200, 16, 8], [300, 32, 16], [275, 32, 8]]
    >>> found = mcda.rank_reversal("topsis", table, [0.4, 0.3, 0.3], ["min", "max", "max"])
    >>> found.tests
    12
    """
    from mcda.scoring._dispatch import score
    from mcda.scoring._registry import methods

    table_given: Any = matrix
    tables, alternatives, criteria = read_performance(matrix)
    table = tables[0]
    if len(tables) != 1 or len(table) < 2:
        raise InputError(
            f"Rank reversal needs one table with at least two alternatives. Got shape {np.shape(table_given)}."
        )
    if unknown := [test for test in tests if test not in TESTS]:
        raise InputError(f"tests must be among {', '.join(TESTS)}. Got {unknown[0]!r}.")
    labelled = criteria != tuple(range(len(criteria)))
    signs = read_directions(directions, criteria if labelled else None, len(criteria))
    given: Any = weights
    plain = list(given) if not hasattr(given, "keys") else [given[label] for label in criteria]
    turned = 1.0 if methods()[method].higher_is_better else -1.0

    def scores(stack: np.ndarray) -> np.ndarray:
        return turned * np.asarray(score(method, stack, plain, signs, **parameters))

    before = scores(table)
    count = len(table)
    found: list[Reversal] = []
    for test in tests:
        stack, kept = _changed(table, signs, test, worse_by)
        if stack.shape[1] == 0:
            continue
        after = scores(stack)
        for which in range(count):
            left = kept[which]
            pairs = _turned(before[left], after[which][: len(left)])
            best = before.max()
            found += [
                Reversal(
                    test,
                    alternatives[which],
                    alternatives[left[one]],
                    alternatives[left[two]],
                    bool(before[left[one]] == best),
                )
                for one, two in pairs
            ]
    return RankReversals(method, alternatives, tuple(found), count * len(tests))


def _changed(table: np.ndarray, signs: np.ndarray, test: str, worse_by: float) -> tuple[np.ndarray, list[list[int]]]:
    """Return one changed table per alternative, and the original rows behind its first rows."""
    count = len(table)
    everyone = list(range(count))
    if test == "remove":
        kept = [[row for row in everyone if row != which] for which in everyone]
        return np.array([table[rows] for rows in kept]), kept
    copies = table if test == "copy" else table - signs * worse_by * np.abs(table)
    return np.array([np.vstack([table, copy]) for copy in copies]), [everyone] * count


def _turned(before: np.ndarray, after: np.ndarray) -> list[tuple[int, int]]:
    """Return pairs that are strictly in one order before and strictly in the other after."""
    gap_before, gap_after = before[:, None] - before, after[:, None] - after
    edge_before = 1e-10 * (1.0 + float(np.abs(before).max()))
    edge_after = 1e-10 * (1.0 + float(np.abs(after).max()))
    pairs = np.argwhere((gap_before > edge_before) & (gap_after < -edge_after))
    return [(int(one), int(two)) for one, two in pairs]
