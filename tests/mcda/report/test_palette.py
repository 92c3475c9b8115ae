"""Contrast as WCAG 2.2 asks for it, computed for every colour in use."""

from __future__ import annotations

import importlib.resources
import itertools
import re

import pytest

from mcda.report import _palette as palette

STYLE = (importlib.resources.files("mcda.report") / "templates" / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_agrees_with_published_figures(one: str, other: str, ratio: float) -> None:
    # WebAIM's contrast checker publishes 4.48:1 for #777 on white.
    assert round(palette.contrast(one, other), 2) == ratio
    assert palette.contrast(one, other) == palette.contrast(other, one)


@pytest.mark.parametrize("name", palette.TEXT)
@pytest.mark.parametrize("ground", [palette.WHITE, palette.PALE, palette.FOCUS])
def test_text_can_be_read(name: str, ground: str) -> None:
    assert palette.contrast(palette.TEXT[name], ground) >= 4.5


@pytest.mark.parametrize("ground", [palette.NAVY, palette.GREEN, palette.RED, palette.BLUE])
def test_white_text_can_be_read(ground: str) -> None:
    assert palette.contrast(palette.WHITE, ground) >= 4.5


@pytest.mark.parametrize("name", palette.GRAPHICS)
@pytest.mark.parametrize("ground", [palette.WHITE, palette.PALE])
def test_graphics_can_be_seen(name: str, ground: str) -> None:
    assert palette.contrast(palette.GRAPHICS[name], ground) >= 3


def test_the_used_part_stands_out_from_the_free_part() -> None:
    assert palette.contrast(palette.BLUE, palette.PALE) >= 3
    assert palette.contrast(palette.PURPLE, palette.PALE) >= 3


def test_series_differ_by_shape_and_not_only_by_colour() -> None:
    shapes = [shape for _, shape in palette.SERIES]
    assert len(set(shapes)) == len(shapes)
    many = [palette.series(position) for position in range(30)]
    assert len(set(many)) == 30
    for one, other in itertools.pairwise(many):
        assert one[0] != other[0]
        assert one[1] != other[1]


def test_the_style_sheet_takes_its_colours_from_the_palette() -> None:
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", STYLE)
    used = set(re.findall(r"var\(--(\w+)\)", STYLE))
    defined = set(re.findall(r"--(\w+):#[0-9a-f]{6};", palette.css_variables()))
    assert used <= defined


def test_the_style_sheet_serves_print_zoom_and_reduced_motion() -> None:
    assert "@page{size:A4" in STYLE
    assert "thead{display:table-header-group" in STYLE
    # Motion is only for those who did not ask for less of it.
    before, _, after = STYLE.partition("@media (prefers-reduced-motion:no-preference){")
    assert "scroll-behavior" not in before
    assert after.startswith("html{scroll-behavior:smooth}}")
    for moving in ("animation", "transition", "@keyframes"):
        assert moving not in STYLE
    # Text is sized in units that follow the reader's own setting.
    screen = STYLE.partition("@page")[0]
    assert not re.findall(r"font(?:-size)?:[^;}]*\d(?:px|pt)", screen)
