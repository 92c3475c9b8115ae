"""PROMETHEE I: leaving and entering flows, and the partial pre-order they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.scoring._ranks import ranks
from mcda.scoring._recipe import Method
from mcda.scoring._single import read_single
from mcda.scoring.outranking._preference import flows, read_preferences
from mcda.scoring.outranking._preorder import PreOrder, intersection

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, PerCriterion, Weights
    from mcda.scoring.outranking._preference import Preferences


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PrometheeFlows(ShownAsTable):
    """Outranking flows of PROMETHEE and the partial pre-order of PROMETHEE I.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    phi_plus, phi_minus : numpy.ndarray, shape (a,)
        Leaving flow (how much each outranks the others) and entering flow (how much the others outrank it).
    pre_order : PreOrder
        Preference where both flows agree, indifference where both are equal, else incomparability.
    """

    alternatives: tuple[Hashable, ...]
    phi_plus: np.ndarray
    phi_minus: np.ndarray
    pre_order: PreOrder

    @property
    def phi(self) -> np.ndarray:
        """Net flow: what `mcda.promethee_ii` returns."""
        net: np.ndarray = self.phi_plus - self.phi_minus
        return net

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: both flows and the net flow."""
        import pandas as pd

        columns = {"phi_plus": self.phi_plus, "phi_minus": self.phi_minus, "phi": self.phi}
        return pd.DataFrame(columns, index=list(self.alternatives))

    def __repr__(self) -> str:
        best = self.alternatives[int(np.argmax(self.phi))]
        return f"<PrometheeFlows of {len(self.alternatives)} alternatives: {best} leads; {self.pre_order!r}>"


def promethee_i(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    preference: Preferences = "usual",
    q: PerCriterion = 0.0,
    p: PerCriterion = 0.0,
    s: PerCriterion = 0.0,
    normalise_weights: NormaliseWeights = False,
) -> PrometheeFlows:
    """Return both outranking flows and the partial pre-order (PROMETHEE I) of one problem.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    preference, q, p, s
        The preference functions and their thresholds: see `mcda.promethee_ii`.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    PrometheeFlows

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: J. P. Brans, P. Vincke and B. Mareschal, *European Journal of Operational Research* 24(2), 1986, section
    4. Flows within 1e-12 of each other count as equal.

    Examples
    --------
    >>> import mcda
    >>> flows = mcda.promethee_i([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], ["max"] * 3)
    >>> flows.phi_plus.round(2)
    array([0.55, 0.35, 0.6 ])
    >>> flows.pre_order.relation(2, 0)
    'preferred'
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    leaving, entering = flows(problem.matrices, read_preferences(problem.matrices, preference, q=q, p=p, s=s))
    phi_plus, phi_minus = problem.weights @ leaving[0], problem.weights @ entering[0]
    by_leaving, by_entering = ranks(phi_plus, ties="dense"), ranks(phi_minus, ties="dense", higher_is_better=False)
    return PrometheeFlows(
        problem.alternatives, phi_plus, phi_minus, intersection(problem.alternatives, by_leaving, by_entering)
    )


METHOD = Method("promethee_i", "PROMETHEE I", None, False, "Brans, Vincke & Mareschal 1986", promethee_i)
