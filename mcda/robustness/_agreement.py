"""Which conclusions survive a change of method or of normalisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.robustness._reading import read_performance
from mcda.scoring._ranks import ranks
from mcda.wording import percent

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table, VectorComparison, Weights

DEFAULT_METHODS = ("saw", "topsis", "vikor", "promethee_ii", "mabac", "waspas", "copras", "edas", "aras", "marcos")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MethodAgreement(ShownAsTable):
    """Ranks by several methods, and what they agree on.

    Attributes
    ----------
    methods
        Names, with parameters where there are any.
    alternatives
        Labels, or numbers from 0.
    ranks
        (m, a) rank of each alternative by each method; 1 is best, ties share the better rank.
    pairwise
        (a, a) share of the methods that rank the row strictly before the column.
    correlations
        (m, m) Kendall's tau-b between the rankings of methods.
    refused
        Methods that cannot score this table, with the reason.
    """

    methods: tuple[str, ...]
    alternatives: tuple[Hashable, ...]
    ranks: FloatArray
    pairwise: FloatArray
    correlations: FloatArray
    refused: dict[str, str]

    @property
    def certain_pairs(self) -> tuple[tuple[Hashable, Hashable], ...]:
        """Pairs (better, worse) on which all methods agree."""
        return tuple(
            (self.alternatives[int(one)], self.alternatives[int(two)]) for one, two in np.argwhere(self.pairwise == 1)
        )

    @property
    def first_place(self) -> dict[Hashable, float]:
        """Share of the methods that put each alternative first, for those ever put first; the most frequent first."""
        share = (self.ranks == 1).mean(axis=0)
        order = np.argsort(-share, kind="stable")
        return {self.alternatives[int(i)]: float(share[i]) for i in order if share[i] > 0}

    def always_among(self, places: int) -> tuple[Hashable, ...]:
        """Alternatives that every method ranks within the given number of first places."""
        within = np.flatnonzero((self.ranks <= places).all(axis=0))
        return tuple(self.alternatives[int(i)] for i in within)

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: its rank by each method, the best, the worst and the spread."""
        import pandas as pd

        index = pd.Index(list(self.alternatives), name="alternative")
        frame = pd.DataFrame(self.ranks.T, index=index, columns=list(self.methods))
        return frame.assign(best=self.ranks.min(axis=0), worst=self.ranks.max(axis=0))

    def correlations_frame(self) -> pd.DataFrame:
        """Methods by methods: Kendall's tau-b."""
        import pandas as pd

        return pd.DataFrame(self.correlations, index=list(self.methods), columns=list(self.methods))

    def __repr__(self) -> str:
        count = len(self.alternatives)
        share = len(self.certain_pairs) / max(1, count * (count - 1) // 2)
        leader, often = next(iter(self.first_place.items()))
        return (
            f"<MethodAgreement of {len(self.methods)} methods: {leader} first in {percent(often)}; "
            f"all agree on {percent(share)} of pairs>"
        )


def method_agreement(
    matrix: Table,
    weights: Weights,
    directions: Directions,
    methods: Sequence[str | tuple[str, Mapping[str, object]]] = DEFAULT_METHODS,
) -> MethodAgreement:
    """Rank by several methods or normalisations, and report the conclusions that they share.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance; at least two alternatives.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Which way each criterion is better.
    methods : sequence of names or (name, parameters)
        For example ``["topsis", ("saw", {"normalisation": "sum"}), ("saw", {"normalisation": "minmax"})]``. A method
        that cannot score the table (COPRAS with negative figures, say) is set aside, with the reason.

    Returns
    -------
    MethodAgreement

    Raises
    ------
    InputError, LabelError
        As in every scoring method; an unknown method; no method that can score the table.

    Examples
    --------
    >>> import mcda
    >>> table = [[250, 16, 12], [200, 16, 8], [300, 32, 16], [275, 32, 8]]
    >>> found = mcda.method_agreement(table, [0.4, 0.3, 0.3], ["min", "max", "max"], ["saw", "topsis", "mabac"])
    >>> found.first_place
    {2: 1.0}
    """
    from mcda.scoring._correlations import kendall_tau_b
    from mcda.scoring._dispatch import score
    from mcda.scoring._registry import methods as table_of_methods

    plain: Any = matrix
    tables, alternatives, _ = read_performance(matrix)
    if len(tables) != 1 or len(alternatives) < 2:
        raise InputError(f"Agreement needs one table with at least two alternatives. Got shape {np.shape(plain)}.")
    placed: dict[str, np.ndarray] = {}
    refused: dict[str, str] = {}
    for item in methods:
        name, parameters = (item, {}) if isinstance(item, str) else (item[0], dict(item[1]))
        shown = name + (f" ({', '.join(f'{key} {value}' for key, value in parameters.items())})" if parameters else "")
        higher = table_of_methods()[name].higher_is_better
        try:
            found = score(name, matrix, weights, directions, **parameters)
        except InputError as error:
            refused[shown] = str(error)
            continue
        placed[shown] = np.asarray(ranks(np.asarray(found), higher_is_better=bool(higher), ties="min"))
    if not placed:
        raise InputError("None of the methods can score this table: " + "; ".join(refused.values()))
    all_ranks = np.array(list(placed.values()))
    ahead = (all_ranks[:, :, None] < all_ranks[:, None, :]).mean(axis=0)
    correlations = np.array(
        [[1.0 if one is two else _tau(kendall_tau_b, one, two) for two in all_ranks] for one in all_ranks]
    )
    return MethodAgreement(tuple(placed), alternatives, all_ranks, ahead, correlations, refused)


def _tau(kendall: VectorComparison, one: np.ndarray, two: np.ndarray) -> float:
    """Kendall's tau-b; 0 if a method ranks all equal, as there is then no order to agree with."""
    return 0.0 if np.ptp(one) == 0 or np.ptp(two) == 0 else float(kendall(one, two))
