"""Random indices: the mean consistency index of random judgements, by source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from mcda.errors import InputError

_LISTS: dict[str, tuple[int, list[float]]] = {
    "saaty_1980": (1, [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59]),
    "saaty_2005": (3, [0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59]),
    "donegan_dodd": (3, [0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055]),
    "tummala_ling": (
        3,
        [0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831],
    ),
    "aguaron_moreno_jimenez": (
        3,
        [0.525, 0.882, 1.115, 1.252, 1.341, 1.404, 1.452, 1.484, 1.513, 1.535, 1.555, 1.570, 1.583, 1.595],
    ),
    "alonso_lamata": (
        3,
        [0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838],
    ),
}

RANDOM_INDEX_TABLES: Mapping[str, Mapping[int, float]] = MappingProxyType(
    {
        name: MappingProxyType({size: float(value) for size, value in enumerate(values, start)})
        for name, (start, values) in _LISTS.items()
    }
)
"""Published tables by name: size of the matrix to random index."""

ALIASES: Mapping[str, str] = MappingProxyType({"saaty": "saaty_2005"})
NAMES = (*ALIASES, *RANDOM_INDEX_TABLES, "alonso_lamata_fit", "simulated")


def random_index(size: int, source: str | Mapping[int, float] = "saaty_2005") -> float:
    """Return the random index for matrices of one size.

    Parameters
    ----------
    size : int
        Number of things compared, at least 1.
    source : str or mapping
        A table (`mcda.weights.RANDOM_INDEX_TABLES`; ``"saaty"`` is ``"saaty_2005"``), ``"alonso_lamata_fit"``,
        ``"simulated"`` (mean of 20,000 random matrices on the scale 1/9 to 9, always the same), or a mapping from
        size to index. Beyond the end of a table, the fit of Alonso and Lamata is used.

    Returns
    -------
    float
        0 for sizes 1 and 2, where judgements cannot be inconsistent.

    Raises
    ------
    InputError
        An unknown source, or a mapping without this size.

    Notes
    -----
    Saaty (1980; 2005), Donegan and Dodd (1991), Tummala and Ling (1998), Aguarón and Moreno-Jiménez (2003), Alonso and
    Lamata (2006), whose fit of the mean largest eigenvalue is 2.7699 n - 4.3513. Tables differ by up to 18 per cent at
    n = 3, enough to move a ratio across 0.10: name the source with every ratio.

    Examples
    --------
    >>> from mcda.weights import random_index
    >>> random_index(4), round(random_index(16), 4), random_index(4, "alonso_lamata")
    (0.89, 1.5978, 0.8815)
    """
    if isinstance(source, Mapping):
        if size > 2 and size not in source:
            raise InputError(f"random_index must state the index for {size} compared things. It states {list(source)}.")
        return float(source[size]) if size > 2 else 0.0
    name = index_name(source)
    if size <= 2:
        return 0.0
    if name == "simulated":
        return _simulated(size)
    table = RANDOM_INDEX_TABLES.get(name, {})
    return table[size] if size in table else (2.7699 * size - 4.3513 - size) / (size - 1)


def index_name(source: str | Mapping[int, float]) -> str:
    """Return the full name of a source of random indices.

    Raises
    ------
    InputError
        No source has this name.
    """
    if isinstance(source, Mapping):
        return "given"
    name = ALIASES.get(source, source)
    if name not in NAMES:
        raise InputError(f"random_index must be one of {', '.join(NAMES)}, or a mapping. Got {source!r}.")
    return name


@cache
def _simulated(size: int) -> float:
    from mcda.weights.pairwise._eigen import principal_eigenpair

    generator = np.random.default_rng(20061101)
    scale = np.concatenate([1.0 / np.arange(9, 1, -1), np.arange(1.0, 10.0)])
    rows, columns = np.triu_indices(size, 1)
    total, count = 0.0, 20_000
    for _ in range(20):
        matrices = np.ones((count // 20, size, size))
        drawn = generator.choice(scale, size=(count // 20, len(rows)))
        matrices[:, rows, columns] = drawn
        matrices[:, columns, rows] = 1.0 / drawn
        start = np.exp(np.log(matrices).mean(axis=-1))
        total += float((principal_eigenpair(matrices, start)[1] - size).sum()) / (size - 1)
    return total / count
