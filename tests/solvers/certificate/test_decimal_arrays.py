"""Arrays of floats are read as the decimals they print as: against Python's own text, figure by figure."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from solvers.certificate._decimal_arrays import BASE, Wholes, _digits, read_together
from solvers.certificate._figures import Figures, digits_of

KINDS = {
    "whole": lambda rng, n: rng.integers(-50, 50, n).astype(float),
    "money": lambda rng, n: np.round(rng.uniform(-500, 500, n), 2),
    "seventeen digits": lambda rng, n: rng.uniform(-100, 100, n),
    "weighted sums": lambda rng, n: np.round(rng.uniform(0, 100, (n, 4)), 1) @ np.array([0.1, 0.2, 0.3, 0.4]),
    "wide": lambda rng, n: 10.0 ** rng.uniform(-6, 17, n) * rng.choice([-1.0, 1.0], n),
    "very wide": lambda rng, n: 10.0 ** rng.uniform(-320, 300, n),
    "any bits": lambda rng, n: _finite(rng.integers(0, 2**63, n).view(float)),
    "powers of two": lambda rng, n: 2.0 ** rng.integers(-30, 60, n),
    "neighbours of decimals": lambda rng, n: np.nextafter(np.round(rng.uniform(0, 9, n), 3), rng.choice([-9, 9], n)),
    "nothing": lambda rng, n: np.zeros(n) * -1.0,
    "near powers of ten": lambda rng, n: np.nextafter(10.0 ** rng.integers(-4, 16, n), rng.choice([0, 1e20], n)),
}


def _finite(figures):
    return figures[np.isfinite(figures)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_what_it_prints_as(kind):
    figures = KINDS[kind](np.random.default_rng(1), 3000)
    for part in np.array_split(figures, 30):
        (read,) = read_together(part)
        scale = 10**read.places
        for whole, figure in zip(read.ints().tolist(), part.tolist(), strict=True):
            assert Fraction(whole, scale) == Fraction(repr(figure)), figure
        assert (read.floats() == part).all()


def test_a_million_figures_of_all_digits_are_read_as_their_text():
    rng = np.random.default_rng(7)
    figures = rng.uniform(0, 1, 120_000) * 10.0 ** rng.integers(-3, 15, 120_000)
    whole, powers = _digits(figures)
    for figure, number, power in zip(figures.tolist(), whole.tolist(), powers.tolist(), strict=True):
        most, places = digits_of(figure)
        assert number * 10 ** max(0, places - power) == most * 10 ** max(0, power - places), figure


def test_texts_are_read_digit_by_digit():
    for figure in (0.1, -12.25, 3e-05, 2e22, 1.5e300, 5e-324, 123456789012345680.0, -0.0, 7.0):
        whole, places = digits_of(figure)
        assert Fraction(whole) / Fraction(10) ** places == Fraction(repr(figure))


def test_sums_and_comparisons_are_exact_at_any_size():
    rng = np.random.default_rng(3)
    for _ in range(50):
        figures = 10.0 ** rng.uniform(-20, 20, 6) * rng.choice([-1.0, 1.0], 6)
        (read,) = read_together(figures)
        total = Wholes(read.parts.sum(axis=1, keepdims=True), read.places)
        exact = sum(map(Fraction, map(repr, figures.tolist())), Fraction(0))
        assert Fraction(int(total.ints()[0]), 10**total.places) == exact
        assert bool(total.negative()[0]) == (exact < 0)
        assert total.floats()[0] == float(exact)
        lifted = total.over(total.places + 31)
        assert Fraction(int(lifted.ints()[0]), 10**lifted.places) == exact
        assert not (lifted + (-total).over(lifted.places)).negative().any()


def test_parts_below_the_last_are_digits_of_the_base():
    settled = Wholes(np.array([[-1, 5 * BASE + 3], [2, -7]]), 0).settled()
    assert settled.parts.tolist() == [[BASE - 1, 3], [1, -2]]


def test_a_table_of_python_numbers_adds_up_as_one_of_64_bits():
    small, large = Figures.of(np.array([[0.1, 2.0], [0.2, 3.0]])), Figures.of(np.array([[1e300, 0.1], [1.0, 0.2]]))
    assert small.whole.dtype == np.int64
    assert large.whole.dtype == object
    assert large.total([0, 1]) == [Fraction(10**300 + 1), Fraction(3, 10)]
    assert small.total([]) == large.total([]) == [Fraction(0), Fraction(0)]
