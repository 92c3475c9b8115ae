"""The comparison graph: what the answers connect, and least squares on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from mcda.arrays import FloatArray


def connected_parts(answered: NDArray[np.bool_]) -> list[list[int]]:
    """Return the parts that answers connect, each as sorted positions, in order of their first member."""
    parts: list[list[int]] = []
    left = set(range(len(answered)))
    while left:
        found, edge = set(), {min(left)}
        while edge:
            found |= edge
            edge = {int(k) for row in edge for k in np.flatnonzero(answered[row])} - found
        parts.append(sorted(found))
        left -= found
    return parts


def is_connected(pairwise: FloatArray) -> bool:
    """Tell whether the answers of a matrix (n, n), NaN where not asked, connect everything compared.

    Examples
    --------
    >>> import numpy as np
    >>> from mcda.weights import is_connected
    >>> is_connected(np.array([[1, 2, np.nan], [0.5, 1, np.nan], [np.nan, np.nan, 1]]))
    False
    """
    return len(connected_parts(~np.isnan(pairwise))) == 1


def require_connected(
    answered: NDArray[np.bool_], labels: tuple[Hashable, ...] | None, where: str = "pairwise"
) -> None:
    """Refuse answers that leave parts unconnected, naming the parts."""
    parts = connected_parts(answered)
    if len(parts) > 1:
        named = [[str(k) if labels is None else str(labels[k]) for k in part] for part in parts]
        raise InputError(
            f"The judgements of {where} fall into {len(parts)} parts that no judgement connects: "
            + " | ".join(", ".join(part) for part in named)
            + ". Ask for at least one comparison between each part and the others."
        )


def logarithmic_least_squares(logs: FloatArray, counts: FloatArray) -> FloatArray:
    """Solve min sum_ij counts_ij (logs_ij - x_i + x_j)^2 with sum x = 0.

    Parameters
    ----------
    logs : (..., n, n)
        Mean logarithm of the answers, antisymmetric; anything finite where there is none.
    counts : (..., n, n)
        How many answers (or what weight of answers) stand behind each; symmetric, zero where there is none.

    Returns
    -------
    (..., n) logarithms of the weights, summing to 0.

    Notes
    -----
    The normal equations are L x = r with the Laplacian L of the comparison graph (Bozóki, Fülöp and Rónyai, 2010,
    section 5; Crawford and Williams, 1985, for complete matrices). Adding 1/n to L makes it invertible and keeps the
    solution that sums to 0.
    """
    size = logs.shape[-1]
    counts = counts * (1.0 - np.eye(size))
    laplacian = np.eye(size) * counts.sum(axis=-1)[..., None] - counts + 1.0 / size
    right = (counts * logs).sum(axis=-1)
    solution = np.linalg.solve(laplacian, right[..., None])[..., 0]
    centred: FloatArray = solution - solution.mean(axis=-1, keepdims=True)
    return centred


def normalised(logs: FloatArray) -> FloatArray:
    """Exponentials of (..., n) logarithms, divided by their sum."""
    weights: FloatArray = np.exp(logs - logs.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights


def log_judgements(values: FloatArray) -> FloatArray:
    """Antisymmetric logarithms of (..., n, n) judgements; 0 where not answered."""
    logs = np.log(values)
    halves: FloatArray = 0.5 * (logs - logs.swapaxes(-1, -2))
    halves[np.isnan(halves)] = 0.0
    return halves
