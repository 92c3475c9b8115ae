from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import wording as words

OPEN, CLOSE = "\u2066\u2067\u2068", "\u2069"
TURNING = st.text(st.sampled_from("ab רש\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"), max_size=12)


def outside(sentence: str) -> str:
    """Return what stands outside every isolate (UAX #9: an unmatched closing mark closes nothing)."""
    found, depth = [], 0
    for character in sentence:
        if character in OPEN:
            depth += 1
        elif character in CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            found.append(character)
    return "".join(found)


@given(TURNING)
def test_a_name_cannot_turn_the_words_around_it(name: str) -> None:
    sentence = f"before {words.isolate(name)} after"
    if words.isolate(name) != name:
        assert outside(sentence) == "before  after"
    else:
        assert all(unicodedata.bidirectional(character) in {"L", "WS"} for character in name)


@given(st.text(max_size=200), st.integers(2, 60))
def test_a_short_name_is_short(name: str, width: int) -> None:
    shown = words.shorten(name, width).strip("\u2068\u2069")
    assert len(shown) <= max(width, len(name.strip("\u2068\u2069")) if len(name) <= width else width)
    if len(name) <= width:
        assert words.shorten(name, width) == words.isolate(name)
    else:
        assert "…" in shown


@given(st.text("abc ", max_size=120), st.integers(4, 30), st.integers(1, 4))
def test_wrapped_lines_fit(name: str, width: int, lines: int) -> None:
    found = words.wrap(name, width, lines)
    assert 1 <= len(found) <= lines
    assert all(len(line) <= width for line in found)
    if len(name.strip()) <= width:
        assert found == (name.strip(),)


@pytest.mark.parametrize(
    ("items", "most", "shown"),
    [
        ([], None, ""),
        (["a"], None, "a"),
        (["a", "b"], None, "a and b"),
        (["a", "b", "c"], 3, "a, b and c"),
        (["a", "b", "c", "d"], 3, "a, b, c and 1 more"),
    ],
)
def test_lists(items: list[str], most: int | None, shown: str) -> None:
    assert words.listed(items, most) == shown


def test_counts() -> None:
    assert words.counted(0, "project") == "0 projects"
    assert words.counted(1, "person", "people") == "1 person"
    assert words.counted(2, "person", "people") == "2 people"
