"""Charts draw what the figures say, in well-formed SVG, the same bytes each time."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.report import _palette as palette
from mcda.report import charts
from mcda.report._palette import BLUE, PURPLE, SERIES
from solvers.drawing import Svg, element, joined

NASTY = '<script>alert("1")</script> & "quotes" \'single\''
SHARES = st.floats(0, 1, allow_nan=False)


def drawn(picture: Svg) -> ET.Element:
    return ET.fromstring(str(picture))  # noqa: S314 - our own output


def filled(picture: ET.Element, colour: str) -> list[float]:
    return [float(box.attrib["width"]) for box in picture.iter("rect") if box.attrib["fill"] == colour]


def words(picture: ET.Element) -> list[str]:
    return [node.text or "" for node in picture.iter("text")]


def test_an_attribute_and_a_text_are_escaped() -> None:
    picture = drawn(element("text", NASTY, aria_label=NASTY))
    assert picture.text == NASTY
    assert picture.attrib == {"aria-label": NASTY}


@given(st.lists(st.tuples(st.text("abc <&é", min_size=1, max_size=80), SHARES), min_size=1, max_size=8))
def test_bars_are_as_long_as_the_shares(rows: list[tuple[str, float]]) -> None:
    picture = drawn(charts.share_chart(rows, "label", "all"))
    lengths = filled(picture, BLUE)
    assert lengths == pytest.approx([400 * 0.99 * share for _, share in rows], abs=0.01)
    assert picture.attrib["role"] == "img"


def test_a_share_that_is_not_known_draws_no_bar() -> None:
    picture = drawn(charts.share_chart([("a", math.nan)], "label", "all"))
    assert filled(picture, BLUE) == [0]
    assert "–" in words(picture)


def test_a_share_above_one_still_fits() -> None:
    picture = drawn(charts.share_chart([("a", 1.25), ("b", 1.0)], "label", "all"))
    longest, whole = filled(picture, BLUE)
    assert longest <= 400
    assert longest == pytest.approx(1.25 * whole, abs=0.02)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8))
def test_bars_in_cells_share_a_scale(values: list[float]) -> None:
    low, high = min(0.0, *values), max(0.0, *values)
    lengths = []
    for value in values:
        picture = charts.bar_in_cell(value, low, high)
        if not picture:
            assert low == high
            return
        (box,) = drawn(picture).iter("rect")
        lengths.append(float(box.attrib["width"]))
        left = float(box.attrib["x"])
        assert -0.01 <= left <= left + lengths[-1] <= 120.01
    assert lengths == pytest.approx([118 * (abs(value) / (high - low)) for value in values], abs=0.006)


def test_out_is_told_from_in_without_colour() -> None:
    inside, outside = (
        next(iter(drawn(charts.bar_in_cell(1, 0, 2, filled)).iter("rect"))).attrib for filled in (True, False)
    )
    assert inside["fill"] != palette.WHITE
    assert outside["fill"] == palette.WHITE
    assert inside["stroke"] == outside["stroke"]


def test_columns_show_use_against_the_limit() -> None:
    columns = [
        charts.YearColumn(1, 50, 100, tight=False),
        charts.YearColumn(2, 50, 50, tight=True),
        charts.YearColumn(3, 20, math.inf, tight=False),
        charts.YearColumn(4, 0, 0, tight=False),
    ]
    picture = drawn(charts.use_chart(columns, "label"))
    used = {
        (round(float(box.attrib["x"])), box.attrib["fill"]): float(box.attrib["height"])
        for box in picture.iter("rect")
        if box.attrib["fill"] in (BLUE, PURPLE)
    }
    assert list(used.values()) == [55, 55, 22, 0]
    assert [colour for _, colour in used] == [BLUE, PURPLE, BLUE, BLUE]
    assert {"50.0%", "100%", "no limit", "of 0", "Year 4"} <= set(words(picture))


@given(
    st.lists(
        st.tuples(st.text("abc <&", min_size=1, max_size=70), st.lists(SHARES, min_size=5, max_size=5), SHARES),
        min_size=1,
        max_size=6,
    )
)
def test_marks_stand_where_the_weights_are_and_never_hide_each_other(
    rows: list[tuple[str, list[float], float]],
) -> None:
    series = [charts.Series(f"group {n}", *palette.series(n)) for n in range(5)]
    lines = [charts.SpreadRow(name, tuple(shares), reference) for name, shares, reference in rows]
    picture = drawn(charts.spread_chart(lines, series, "Board", "label"))
    circles = [
        (float(node.attrib["cx"]), float(node.attrib["cy"]))
        for node in picture.iter("circle")
        if node.attrib["fill"] == series[0].colour
    ][1:]  # the first stands in the key
    assert len(circles) == len(rows)
    highest = max(share for _, shares, reference in rows for share in (*shares, reference))
    ends = [float(word.rstrip("%")) / 100 for word in words(picture) if word.endswith("%")]
    assert max(ends) >= highest - 1e-9
    for (x, _), (_, shares, _) in zip(circles, rows, strict=True):
        assert x == pytest.approx(10 + 380 * shares[0] / max(ends), abs=0.01)
    squares = [box for box in picture.iter("rect") if box.attrib["fill"] == series[1].colour][1:]
    for (x, y), square in zip(circles, squares, strict=True):
        across = float(square.attrib["x"]) + float(square.attrib["width"]) / 2 - x
        down = float(square.attrib["y"]) + float(square.attrib["height"]) / 2 - y
        assert math.hypot(across, down) >= 10
    assert max(y for _, y in circles) < float(picture.attrib["height"])


def test_every_colour_comes_from_the_palette() -> None:
    series = [charts.Series("a", *palette.series(n)) for n in range(6)]
    pictures = (
        charts.share_chart([("a", 0.5)], "label", "all")
        + charts.bar_in_cell(-1, -2, 2)
        + charts.use_chart([charts.YearColumn(1, 1, 1, tight=True)], "label", 1)
        + charts.spread_chart([charts.SpreadRow("a", (0.1,) * 6, 0.1)], series, "Board", "label")
        + joined(charts.swatch(colour, shape) for colour, shape in SERIES)
    )
    known = {value for value in vars(palette).values() if isinstance(value, str) and value.startswith("#")}
    assert set(re.findall(r"#[0-9a-fA-F]{6}", pictures)) <= known


def test_the_same_figures_give_the_same_bytes() -> None:
    row = charts.SpreadRow("Patient harm", (0.1, 0.1 + 1e-12), 1 / 3)
    series = [charts.Series("a", *palette.series(0)), charts.Series("b", *palette.series(1))]
    assert charts.spread_chart([row], series, "Board", "x") == charts.spread_chart([row], series, "Board", "x")
