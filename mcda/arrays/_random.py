"""Where random numbers come from: a generator, or the whole number that starts one."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.errors import InputError


def read_rng(given: Any) -> np.random.Generator:
    """Return the generator to use: the one given, or a new one started from a whole number."""
    try:
        return np.random.default_rng(given)
    except (TypeError, ValueError) as error:
        rule = "rng (a seed) must be a whole number of at least 0, or a numpy.random.Generator"
        raise InputError(f"{rule}. Got {given!r}.") from error


def read_seed(given: Any) -> int:
    """Return the whole number that draws start from: the one given, or one drawn from the generator given."""
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and given >= 0:
        return int(given)
    return int(read_rng(given).integers(2**63))
