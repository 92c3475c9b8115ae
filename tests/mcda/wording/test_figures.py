"""The one rule of rounding and wording, case by case (docs/decisions/0052)."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import wording
from mcda.wording._dates import MONTHS

FIGURES = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


def read(shown: str) -> float:
    """Read a figure as a person would; "<0.01" is somewhere below."""
    return float(shown.strip("<>+%").replace(",", "").replace("−", "-").lstrip("+"))


@pytest.mark.parametrize(
    ("thousands", "shown"),
    [
        (0, "£0k"),
        (12.5, "£12.5k"),
        (12.25, "£12.3k"),
        (850, "£850k"),
        (999.4, "£999.4k"),
        (999.94, "£999.9k"),
        (999.95, "£1.00m"),
        (1000, "£1.00m"),
        (1590, "£1.59m"),
        (15_530, "£15.53m"),
        (1_234_565, "£1,234.57m"),
        (-1250, "−£1.25m"),
        (0.01, "<£0.1k"),
        (-0.01, ">−£0.1k"),
        (math.inf, "no limit"),
        (math.nan, "–"),
    ],
)
def test_money(thousands: float, shown: str) -> None:
    assert wording.money(thousands) == shown


def test_what_would_be_enough_is_enough_as_printed() -> None:
    assert wording.money(1591, "up") == "£1.60m"
    assert wording.money(99.91, "up") == "£100k"
    assert wording.money(100, "up") == "£100k"
    assert wording.money(999.91, "up") == "£1.00m"
    assert wording.people(0.41, "up") == "0.5 FTE"
    assert wording.points(22.3901, "up") == "22.40"


@given(st.floats(0, 1e7))
def test_an_amount_that_is_enough_is_never_below(thousands: float) -> None:
    shown = wording.money(thousands, "up").strip("<£")
    size = read(shown[:-1]) * (1000 if shown.endswith("m") else 1)
    assert size >= thousands * (1 - 1e-11) - 1e-9


@pytest.mark.parametrize(
    ("share", "nearest", "guaranteed"),
    [
        (0.0, "0%", "0%"),
        (1e-12, "0%", "0%"),
        (0.0004, "<0.1%", "<0.1%"),
        (0.0009, "0.1%", "<0.1%"),
        (0.29, "29.0%", "29.0%"),
        (0.0005, "0.1%", "<0.1%"),
        (0.8515, "85.2%", "85.1%"),
        (0.95363, "95.4%", "95.3%"),
        (0.9994, "99.9%", "99.9%"),
        (0.99999, ">99.9%", "99.9%"),
        (1.0, "100%", "100%"),
        (1.0 - 1e-12, "100%", "100%"),
        (1.0001, "100.1%", "100.1%"),
        (1.0349, "103.5%", "103.4%"),
        (Fraction(1, 3), "33.3%", "33.3%"),
        (-0.05, "−5.0%", "−5.0%"),
        (math.nan, "–", "–"),
        (math.inf, "–", "–"),
    ],
)
def test_shares(share: float, nearest: str, guaranteed: str) -> None:
    assert wording.percent(share) == nearest
    assert wording.guaranteed(share) == guaranteed
    assert wording.percent_figure(share) == nearest.rstrip("%")


@given(st.floats(0, 1))
def test_at_least_and_at_most_are_true(share: float) -> None:
    least, most = wording.guaranteed(share), wording.gap(share)
    assert least.startswith("<") or read(least) / 100 <= share + 1e-9
    assert most.startswith(">") or read(most) / 100 >= share - 1e-9


@given(st.floats(0, 1))
def test_a_part_is_neither_all_nor_nothing(share: float) -> None:
    for shown in (wording.percent(share), wording.guaranteed(share), wording.gap(share)):
        assert (shown == "0%") == (share < 1e-9)
        assert (shown == "100%") == (share > 1 - 1e-9)


def test_stated_shares_stand_as_stated() -> None:
    assert [wording.stated_percent(share) for share in (0.85, 0.125, 0.035, 3 * 0.05, 1.0)] == [
        "85%",
        "12.5%",
        "3.5%",
        "15%",
        "100%",
    ]
    assert wording.percentage_points(0.0213) == "2.1 percentage points"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234567.891, 2, "1,234,567.89"),
        (-0.0, 1, "0.0"),
        (-0.004, 2, ">−0.01"),
        (0.004, 2, "<0.01"),
        (1e-14, 2, "0.00"),
        (-3.0, 0, "−3"),
        (-math.inf, 0, "no limit"),
        # Half goes away from zero, and half is what a person sees: 0.285 is 0.28499999999999998 in binary.
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.285, 2, "0.29"),
        (1.005, 2, "1.01"),
        (0.1 + 0.2, 1, "0.3"),
        (sum([0.1] * 3) / 2, 2, "0.15"),
        (10**15 + 0.5, 0, "1,000,000,000,000,000"),
    ],
)
def test_number(value: float, digits: int, shown: str) -> None:
    assert wording.number(value, digits) == shown


@given(FIGURES, st.integers(0, 3))
def test_a_number_reads_back(value: float, digits: int) -> None:
    shown = wording.number(value, digits)
    half, noise = 0.5 * 10**-digits, 1e-11 * abs(value) + 1e-9
    assert abs(read(shown) - value) <= (2 * half if shown[0] in "<>" else half) + noise
    assert (shown[0] in "<>") == (abs(value) >= 1e-9 and abs(value) < half - noise) or abs(abs(value) - half) <= noise
    assert not shown.startswith("−0") or any(digit in "123456789" for digit in shown)


@pytest.mark.parametrize(
    ("value", "shown"), [(5, "+5"), (-5, "−5"), (0, "0"), (0.2, "<+1"), (-0.2, ">−1"), (1234.5, "+1,235")]
)
def test_signed(value: float, shown: str) -> None:
    assert wording.signed(value) == shown


def test_units() -> None:
    assert wording.quantity(8.5, "team") == "8.5 FTE"
    assert wording.quantity(8.5, "money") == "£8.5k"
    assert wording.people(math.inf) == "no limit"
    assert wording.plain(2.999) == "3"
    assert wording.plain(1_000_000.0) == "1,000,000"
    assert wording.signed_points(0.392) == "+0.39"


@given(st.lists(FIGURES, min_size=1, max_size=8))
def test_a_column_has_one_number_of_decimals_and_no_more_than_it_needs(values: list[float]) -> None:
    digits = wording.decimals(values, 2)
    lengths = {len(wording.number(value, digits).partition(".")[2]) for value in values}
    assert lengths == {digits}
    if digits:
        assert any(wording.plain(value, 9).partition(".")[2][digits - 1 :] for value in values)
    assert wording.digits_of("team", values) == 1


def test_plain_text_is_for_terminals() -> None:
    assert wording.plain_text(wording.number(-0.39, 2)) == "-0.39"


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_do_not_depend_on_the_locale(month: int) -> None:
    day = datetime.date(2026, month, 9)
    assert wording.long_date(day) == f"9 {MONTHS[month - 1]} 2026"
