"""The floor of TOPSIS: what no program can do without, and nothing else.

For each scenario and alternative: two square roots, one division, one store and 40 floating-point operations (ten
criteria, a multiply and an add to each of two squared distances). Everything stays in registers: no weights are read,
no matrix is read beyond one number per alternative.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def floor() -> Callable[[Any, Any], None]:
    """Return the kernel, compiled: ``floor(numbers (a,), out (s, a))``."""
    import numba

    @numba.njit(nogil=True, fastmath={"contract", "reassoc", "nsz"}, error_model="numpy")
    def kernel(numbers, out):  # type: ignore[no-untyped-def]
        for k in range(out.shape[0]):
            row = out[k]
            w = 1.0 / (k + 1.0)
            for i in range(len(numbers)):
                y = numbers[i]
                p, q = y + w, y - w
                # Twenty multiply-adds on two chains: 40 operations.
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                p, q = p * y + w, q * y + w
                row[i] = math.sqrt(q) / (math.sqrt(p) + 1.0)

    return kernel  # type: ignore[no-any-return]
