"""The exact simplex method against SciPy, and on cases where others cycle or round."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from solvers.certificate._simplex import maximise


def exact(matrix):
    return [[Fraction(int(figure)) for figure in row] for row in matrix]


@given(st.integers(0, 10**6))
def test_optima_in_order_of_priority(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(1, 6)), int(rng.integers(0, 7))
    rows = np.vstack([rng.integers(-4, 6, (m, n)), np.eye(n, dtype=int)])
    limits = np.append(rng.integers(-5, 12, m), rng.integers(0, 5, n))
    first, second = rng.integers(-5, 6, n), rng.integers(-5, 6, n)
    found = maximise(exact([first, second]), exact(rows), [Fraction(int(limit)) for limit in limits])
    one = linprog(-first, A_ub=rows, b_ub=limits)
    if found is None:
        assert one.status == 2
        return
    assert all(figure >= 0 for figure in found)
    assert all(
        sum(a * y for a, y in zip(row, found, strict=True)) <= int(limit)
        for row, limit in zip(exact(rows), limits, strict=True)
    )
    best = sum(int(c) * y for c, y in zip(first, found, strict=True))
    assert abs(float(best) + one.fun) < 1e-7
    two = linprog(-second, A_ub=np.vstack([rows, -first]), b_ub=np.append(limits, 1e-9 - float(best)))
    assert abs(float(sum(int(c) * y for c, y in zip(second, found, strict=True))) + two.fun) < 1e-5


def test_beales_example_does_not_cycle():
    # Beale (1955): the simplex method with the largest coefficient and the first row cycles here; optimum 1/20.
    objective = [Fraction(3, 4), Fraction(-150), Fraction(1, 50), Fraction(-6)]
    rows = [
        [Fraction(1, 4), Fraction(-60), Fraction(-1, 25), Fraction(9)],
        [Fraction(1, 2), Fraction(-90), Fraction(-1, 50), Fraction(3)],
        [Fraction(0), Fraction(0), Fraction(1), Fraction(0)],
    ]
    found = maximise([objective], rows, [Fraction(0), Fraction(0), Fraction(1)])
    assert sum(c * y for c, y in zip(objective, found, strict=True)) == Fraction(1, 20)


def test_no_digit_is_lost():
    tiny = Fraction(1, 10**40)
    assert maximise([[Fraction(1)]], [[Fraction(3)]], [1 + tiny]) == [(1 + tiny) / 3]
    assert maximise([[Fraction(1)]], [[Fraction(1)], [Fraction(-1)]], [Fraction(1), -1 - tiny]) is None
