"""How far apart people's weights are, and who thinks alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.errors import InputError
from mcda.weights.agreement._aggregate import read_priorities
from mcda.weights.agreement._agreement import garuti_compatibility
from mcda.weights.agreement._variance import centred_log_ratios

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from mcda.arrays import FloatArray, Table


def distance_matrix(priorities: Table, metric: Literal["aitchison", "garuti"] = "aitchison") -> FloatArray:
    """Return how far apart the members' weights are, pair by pair.

    Parameters
    ----------
    priorities : array_like, shape (members, n)
        One weighting per member, each summing to 1; positive for ``"aitchison"``.
    metric : {"aitchison", "garuti"}
        Euclidean distance of centred log-ratios (Aitchison, 1986), or 1 - G (Garuti, 2012), from 0 to 1.

    Returns
    -------
    numpy.ndarray, shape (members, members)
        Symmetric, 0 on the diagonal.

    Raises
    ------
    InputError
        Weights that break a rule, or an unknown metric.
    """
    if metric == "aitchison":
        logs = centred_log_ratios(priorities)
        distances: FloatArray = np.sqrt(((logs[:, None, :] - logs[None, :, :]) ** 2).sum(axis=-1))
        return distances
    if metric != "garuti":
        raise InputError(f"metric must be 'aitchison' or 'garuti'. Got {metric!r}.")
    values = read_priorities(priorities)
    far = np.asarray(1.0 - garuti_compatibility(values[:, None, :], values[None, :, :]))
    np.fill_diagonal(far, 0.0)
    return far


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Who thinks alike.

    Attributes
    ----------
    labels
        (members,) number of each member's cluster; the first member's is 0.
    silhouette
        Mean silhouette of the clustering, -1 to 1: above about 0.5 the clusters are distinct, near 0 they are not.
    """

    labels: NDArray[np.intp]
    silhouette: float

    @property
    def count(self) -> int:
        """How many clusters there are."""
        return int(self.labels.max()) + 1

    def members(self, names: Sequence[Hashable] | None = None) -> list[list[Hashable]]:
        """Members of each cluster: positions, or their names."""
        known: Sequence[Hashable] = range(len(self.labels)) if names is None else names
        return [
            [name for name, label in zip(known, self.labels, strict=True) if label == cluster]
            for cluster in range(self.count)
        ]


def cluster_priorities(priorities: Table, count: int | None = None) -> Clusters:
    """Find who thinks alike, whatever their group.

    Parameters
    ----------
    priorities : array_like, shape (members, n)
        One weighting per member, positive, each summing to 1.
    count : int, optional
        How many clusters; default: the number from 2 to members - 1 with the best mean silhouette.

    Returns
    -------
    Clusters
        One cluster if everyone has the same weights, or if there are only two members.

    Raises
    ------
    InputError
        Weights that break a rule, or a count outside 1 to members.

    Notes
    -----
    Average linkage on Aitchison distances; silhouettes of Rousseeuw (1987).
    """
    distances = distance_matrix(priorities)
    members = len(distances)
    if count is not None and not 1 <= count <= members:
        raise InputError(f"count must be from 1 to the number of members ({members}). Got {count}.")
    if members == 1 or (count is None and (members == 2 or distances.max() <= 1e-12)):
        return Clusters(np.zeros(members, dtype=np.intp), 0.0)
    from scipy.cluster.hierarchy import cut_tree, linkage

    upper = distances[np.triu_indices(members, 1)]
    trees = linkage(upper, method="average")
    tried = [count] if count is not None else list(range(2, members))
    best: Clusters | None = None
    for number in tried:
        labels = _in_order(cut_tree(trees, n_clusters=[number])[:, 0])
        found = Clusters(labels, _silhouette(distances, labels))
        if best is None or found.silhouette > best.silhouette + 1e-12:
            best = found
    assert best is not None  # noqa: S101 - there is at least one number to try
    return best


def _in_order(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    seen = list(dict.fromkeys(labels.tolist()))
    return np.array([seen.index(label) for label in labels.tolist()], dtype=np.intp)


def _silhouette(distances: FloatArray, labels: NDArray[np.intp]) -> float:
    count = int(labels.max()) + 1
    if count == 1 or count == len(labels):
        return 0.0
    inside = np.eye(count)[labels]
    sizes = inside.sum(axis=0)
    sums = distances @ inside
    rows = np.arange(len(labels))
    own_size = sizes[labels]
    own = sums[rows, labels] / np.maximum(own_size - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(own, other)
    width = np.divide(other - own, widest, out=np.zeros_like(own), where=(own_size > 1) & (widest > 0.0))
    return float(width.mean())
