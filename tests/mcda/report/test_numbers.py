from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.report import _numbers as numbers


@pytest.mark.parametrize(
    ("thousands", "shown"),
    [
        (0, "£0k"),
        (12.5, "£12.5k"),
        (850, "£850k"),
        (999.4, "£999.4k"),
        (999.6, "£1.00m"),
        (1000, "£1.00m"),
        (15_530, "£15.53m"),
        (1_234_567, "£1,234.57m"),
        (-1250, "−£1.25m"),
        (math.inf, "no limit"),
        (math.nan, "–"),
    ],
)
def test_money(thousands: float, shown: str) -> None:
    assert numbers.money(thousands) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0.0%"),
        (0.29, "29.0%"),
        (0.8519, "85.1%"),
        (0.99999, "99.9%"),
        (1.0, "100%"),
        (1.0 - 1e-12, "100%"),
        (1.0349, "103%"),
        (math.nan, "–"),
    ],
)
def test_a_share_is_rounded_down(share: float, shown: str) -> None:
    assert numbers.floor_percent(share) == shown


@given(st.floats(0, 1))
def test_at_least_is_true(share: float) -> None:
    assert float(numbers.floor_percent(share).rstrip("%")) / 100 <= share + 1e-8


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234567.891, 2, "1,234,567.89"),
        (-0.0, 1, "0.0"),
        (-0.004, 2, "0.00"),
        (-3.0, 0, "−3"),
        (-math.inf, 0, "no limit"),
    ],
)
def test_number(value: float, digits: int, shown: str) -> None:
    assert numbers.number(value, digits) == shown


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 3))
def test_a_number_reads_back(value: float, digits: int) -> None:
    shown = numbers.number(value, digits).replace(",", "").replace("−", "-")
    half_a_digit, reading_back = 0.5 * 10**-digits, math.ulp(value)
    assert abs(float(shown) - value) <= half_a_digit + 2 * reading_back
    assert shown not in {"-0", "-0.0", "-0.00", "-0.000"}


@pytest.mark.parametrize(("value", "shown"), [(5, "+5"), (-5, "−5"), (0, "0"), (0.2, "0"), (1234.5, "+1,234")])
def test_signed(value: float, shown: str) -> None:
    assert numbers.signed(value) == shown


def test_units() -> None:
    assert numbers.quantity(8.5, "team") == "8.5 FTE"
    assert numbers.quantity(8.5, "money") == "£8.5k"
    assert numbers.figure(6.0, "team") == "6.0"
    assert numbers.figure(4700.0, "money") == "4,700"
    assert numbers.people(math.inf) == "no limit"
    assert numbers.percent(0.0519, 1) == "5.2%"


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_do_not_depend_on_the_locale(month: int) -> None:
    day = datetime.date(2026, month, 9)
    assert numbers.long_date(day) == f"9 {numbers.MONTHS[month - 1]} 2026"
