"""The full consistency method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._labelled import labelled_like, read_numbers, same_kind

if TYPE_CHECKING:
    from mcda.weights.pairwise._labelled import Figures, Weighting


@same_kind
def fucom(significance: Figures) -> Weighting:
    """Derive weights from how much less significant each criterion is than the most significant one.

    Parameters
    ----------
    significance : array_like, Series or mapping, shape (n,)
        1 for the most significant criterion; 2 for one that is half as significant, and so on. Any order.

    Returns
    -------
    numpy.ndarray, Series or dict, shape (n,)
        Summing to 1.

    Raises
    ------
    InputError
        A figure below 1, or none that is 1.

    Notes
    -----
    Pamučar, Stević and Sremac (2018). Their model minimises the deviation from full consistency, max of
    |w_k / w_(k+1) - phi_k| and |w_k / w_(k+2) - phi_k phi_(k+1)|, phi_k being ratios of successive significances.
    Ratios of one scale are transitive, so the deviation is 0 and the solution is w_j proportional to 1 / significance.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("fucom", [1, 2, 4]).round(3)
    array([0.571, 0.286, 0.143])
    """
    values = read_numbers(significance, "significance")
    if values.ndim != 1:
        raise InputError(f"significance must have one entry per criterion, shape (n,). Got shape {values.shape}.")
    if not (np.isfinite(values).all() and values.min() == 1.0):
        raise InputError(
            f"significance must be 1 for the most significant criterion and more for the others. Got {values.tolist()}."
        )
    return labelled_like(significance, (1.0 / values) / (1.0 / values).sum())
