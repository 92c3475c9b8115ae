"""Uniform numbers by scenario: a pure function of (seed, draw), whatever was drawn before.

Draws are made in blocks of fixed size and position, so that each is the same bit for bit, whichever chunk asks for it.
All three designs have random access:

- Monte Carlo: Philox (Salmon, Moraes, Dror and Shaw, 2011), a counter-based generator, keyed by the seed and the
  source, with the block as its counter;
- Latin hypercube: the stratum of draw d in a column is a keyed permutation of 0..draws-1 (a Feistel network with cycle
  walking, Black and Rogaway, 2002), so a design of a million draws needs no memory;
- Sobol: `scipy.stats.qmc.Sobol`, scrambled, forwarded to the block.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mcda.arrays import FloatArray


Sampling = Literal["monte_carlo", "latin_hypercube", "sobol"]
SAMPLINGS: tuple[Sampling, ...] = ("monte_carlo", "latin_hypercube", "sobol")
"""The sampling designs."""
BLOCK = 256
"""Draws made together; a power of two, as Sobol points want."""
_SMALLEST, _LARGEST = 2.0**-54, 1.0 - 2.0**-53
_ROUNDS = 6
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Uniforms:
    """Uniform numbers strictly between 0 and 1 for every source, block by block.

    Parameters
    ----------
    sampling
        The design.
    seed
        Of the plan.
    draws
        How many there will be (a Latin hypercube needs to know).
    columns
        How many numbers a draw of each source uses, by name.
    """

    def __init__(self, sampling: Sampling, seed: int, draws: int, columns: Mapping[str, int]) -> None:
        self._sampling = sampling
        self._seed = seed
        self._draws = draws
        self._columns = dict(columns)
        self._sobol: Any = None

    def block(self, number: int) -> dict[str, FloatArray]:
        """Return (BLOCK, columns) numbers by source for the draws from ``number * BLOCK``."""
        if self._sampling == "sobol":
            return self._from_sobol(number)
        found = {name: random_block(self._seed, name, number, width) for name, width in self._columns.items()}
        if self._sampling == "latin_hypercube":
            rows = np.arange(number * BLOCK, (number + 1) * BLOCK, dtype=np.uint64)
            for name, jitter in found.items():
                strata = _permuted(rows, self._draws, _key(self._seed, f"strata of {name}"), jitter.shape[1])
                found[name] = np.clip((strata + jitter) / self._draws, _SMALLEST, _LARGEST)
        return found

    def _from_sobol(self, number: int) -> dict[str, FloatArray]:
        width = sum(self._columns.values())
        if width == 0:
            return {name: np.empty((BLOCK, 0)) for name in self._columns}
        if self._sobol is None:
            from scipy.stats import qmc

            self._sobol = qmc.Sobol(width, scramble=True, seed=np.random.default_rng(self._seed))
        ahead = number * BLOCK - self._sobol.num_generated
        if ahead < 0:
            self._sobol.reset()
            ahead = number * BLOCK
        if ahead:
            self._sobol.fast_forward(ahead)
        # Points have 30 bits: half a step away from both ends, and from the edges of the strata.
        points = self._sobol.random(BLOCK) + 2.0**-31
        edges = np.cumsum([0, *self._columns.values()])
        return {name: points[:, edges[place] : edges[place + 1]] for place, name in enumerate(self._columns)}


def random_block(seed: int, source: str, number: int, width: int) -> FloatArray:
    """Return (BLOCK, width) Monte Carlo numbers of a source for a block."""
    bits = np.random.Philox(key=np.array([_key(seed, ""), _key(seed, source)]), counter=[0, number, 0, 0])
    return np.clip(np.random.Generator(bits).random((BLOCK, width)), _SMALLEST, _LARGEST)


def stream_of(seed: int, source: str) -> np.random.Generator:
    """Return a generator of a source's own, for draws whose number must be known before the first."""
    return np.random.Generator(np.random.Philox(key=np.array([_key(seed, "whole"), _key(seed, source)])))


def _key(seed: int, source: str) -> np.uint64:
    digest = hashlib.sha256(f"{seed} {source}".encode()).digest()
    return np.uint64(int.from_bytes(digest[:8], "little"))


def _permuted(rows: NDArray[np.uint64], size: int, key: np.uint64, width: int) -> FloatArray:
    """Return (rows, width): each column's own permutation of 0..size-1 at the given rows (rows beyond are 0)."""
    half = max(1, ((size - 1).bit_length() + 1) // 2)
    low = np.uint64((1 << half) - 1)
    shift = np.uint64(half)
    with np.errstate(over="ignore"):
        keys = _mixed(key + np.arange(width, dtype=np.uint64) * _MIX[0])
        found = np.repeat(np.where(rows < size, rows, np.uint64(0)), width)
        key_of = np.tile(keys, len(rows))
        outside = np.arange(found.size)
        while outside.size:
            left, right = found[outside] >> shift, found[outside] & low
            for turn in range(_ROUNDS):
                mixed = _mixed(right + key_of[outside] + np.uint64(turn) * _MIX[1]) & low
                left, right = right, left ^ mixed
            found[outside] = (left << shift) | right
            outside = outside[found[outside] >= size]
    return found.reshape(-1, width).astype(np.float64)


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return well mixed words (the finaliser of SplitMix64, Steele, Lea and Flood, 2014)."""
    words = (words ^ (words >> np.uint64(30))) * _MIX[0]
    words = (words ^ (words >> np.uint64(27))) * _MIX[1]
    return words ^ (words >> np.uint64(31))
