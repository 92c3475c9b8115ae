"""How precisely a share is known: exact binomial intervals, and intervals that hold whenever the run stops."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainccinv, betaincinv  # not scipy.stats, which takes half a second to import

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mcda.scenarios.planning._extent import StoppingRule

FIRST_LOOK = 512
GROWTH = 1.25
"""Looks are at 512, 640, 800, 1,000 ... draws: fixed, so that where a run stops depends only on the draws."""


def clopper_pearson(
    funded: NDArray[np.int64], of: NDArray[np.int64], confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of the exact binomial interval (Clopper and Pearson, 1934).

    Parameters
    ----------
    funded, of
        How often, out of how many; arrays that broadcast. For 0 out of 0 the interval is 0 to 1.
    confidence
        Confidence of each interval, such as 0.95.
    """
    tail = (1.0 - confidence) / 2.0
    funded, of = np.broadcast_arrays(funded, of)
    with np.errstate(invalid="ignore"):
        lower = np.where(funded > 0, betaincinv(np.maximum(funded, 1), of - funded + 1, tail), 0.0)
        upper = np.where(funded < of, betainccinv(funded + 1, np.maximum(of - funded, 1), tail), 1.0)
    return lower, upper


def looks(most: int) -> list[int]:
    """Return the numbers of draws at which a stopping rule looks, up to `most`."""
    found: list[int] = []
    size = float(FIRST_LOOK)
    while (at := math.ceil(size)) <= most:
        found.append(at)
        size *= GROWTH
    return found


def look_confidence(rule: StoppingRule, look: int, shares: int) -> float:
    """Return the confidence of one interval at one look, so that all hold at all looks together.

    The error allowed, 1 - confidence, is spent over looks as 1 / (i (i + 1)), i = 1, 2, ..., which sums to 1, and
    split equally over all shares (Bonferroni). By the union bound, the intervals therefore hold with the stated
    confidence for every share at whichever look the run stops: looking often and stopping early does not
    invalidate them.

    Parameters
    ----------
    rule
        The stopping rule.
    look
        The number of the look, from 1.
    shares
        How many shares are watched.
    """
    return 1.0 - (1.0 - rule.confidence) / (look * (look + 1) * max(shares, 1))
