"""What the commands print: one format for each kind of figure, and the same figure in every command and in the pack."""

from __future__ import annotations

import re

import pytest

import mcda
from mcda.cli import main

STARTER = str(mcda.dataset("starter"))
FLAGSHIP = str(mcda.dataset("nhs-digital"))
COMMANDS = [
    ("select", STARTER),
    ("select", FLAGSHIP, "--group", "finance"),
    ("score", STARTER),
    ("weigh", FLAGSHIP),
    ("schedule", STARTER),
    ("alternatives", STARTER),
    ("explain", STARTER),
    ("explain", STARTER, "--all"),
    ("explain", FLAGSHIP, "P10", "P33"),
    ("frontier", STARTER, "--all"),
    ("money", STARTER),
    ("money", STARTER, "capital_k", "--year", "1"),
    ("robustness", STARTER, "--draws", "200"),
    ("compare", STARTER),
    ("scenarios", STARTER, "--draws", "60", "--workers", "1"),
]
STATED = re.compile(
    r"discounted by 3\.5% a year|\d+% (?:interval|below|above)|confidence \d+%|% of (?:its own|scenarios)"
)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def tables(text: str) -> list[list[list[str]]]:
    """Every table as its columns; a line of dashes says where they are."""
    lines = text.splitlines()
    found = []
    for at, line in enumerate(lines):
        if at and re.fullmatch(r"-+(?:  -+)+", line):
            places = [match.span() for match in re.finditer("-+", line)]
            gaps = [stop for _, stop in places[:-1]]
            after = range(at + 1, len(lines))
            ends = (k for k in after if not lines[k] or any(lines[k][gap : gap + 2].strip() for gap in gaps))
            body = lines[at + 1 : next(ends, len(lines))]
            found.append([[row[start:stop].strip() for row in [lines[at - 1], *body]] for start, stop in places])
    return found


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_one_format_for_each_kind_of_figure(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, *command)
    check_formats(text)
    seen = 0
    for columns in tables(text):
        for heading, *cells in columns:
            parts = [part for cell in cells for part in cell.split(" / ")]
            figures = [part for part in parts if re.fullmatch(r"-?[\d,]+(\.\d+)?%?", part)]
            by_row = command[0] in ("select", "schedule") and heading.startswith("year ")
            by_row = by_row or (command[0] == "weigh" and heading in ("said", "would fit"))
            for sign in ("%", ""):
                same = {one.rstrip("%") for one in figures if one.endswith("%") == (sign == "%")} - {"0", "100"}
                decimals = {len(one.partition(".")[2]) for one in same}
                assert by_row or len(decimals) <= 1, f"mixed decimals under '{heading}': {cells}"
            seen += bool(figures)
    assert seen or "P10" in command or "--all" in command


def check_formats(text: str) -> None:
    assert "\N{MINUS SIGN}" not in text, "on the command line a minus sign is a hyphen"
    assert not re.search(r"\d %", text)
    for amount in re.findall(r"£\d\S*", text):
        assert re.match(r"£\d{1,3}(\.[1-9])?k\b|£[\d,]+\.\d\dm\b", amount), amount
    for share in re.findall(r"[<>]?-?[\d.,]*\d%", STATED.sub("", text)):
        assert re.fullmatch(r"[<>]?-?(?:[\d,]+\.\d|0|100)%", share), share
    for amount in re.findall(r"([\d.,]+) FTE", text):
        assert re.fullmatch(r"[\d,]+(\.[1-9])?", amount), f"{amount} FTE"


def test_the_instrument_finds_what_it_is_for() -> None:
    for wrong in ("of £1,590k", "62.9 % less", "63% of it", "1.0 FTE more", "by −3", "£1.5m"):
        with pytest.raises(AssertionError):
            check_formats(wrong)


def test_the_same_figures_in_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    value, losses, shares = set(), {}, {}
    select = printed(capsys, "select", STARTER)
    value |= set(re.findall(r"value ([\d.]+\d)", select))
    (line,) = [one for one in select.splitlines() if "Total, synergies included" in one]
    value.add(line.split()[3])
    explain = printed(capsys, "explain", STARTER)
    value |= set(re.findall(r"projects, value ([\d.]+\d),", explain))
    everything = printed(capsys, "explain", STARTER, "--all")
    value |= set(re.findall(r", not ([\d.]+\d)\.", everything))
    value |= set(re.findall(r"worth ([\d.]+\d) now", printed(capsys, "money", STARTER)))
    value |= {
        row.split()[1] for row in printed(capsys, "alternatives", STARTER).splitlines() if row.endswith("  the best")
    }
    frontier = printed(capsys, "frontier", STARTER)
    value |= {row.split()[2] for row in frontier.splitlines() if row.startswith("all limits")}
    assert value == {"68.28"}
    for name in ("P05", "P06"):
        row = next(one for one in explain.splitlines() if one.startswith(name))
        losses[name] = re.findall(r"[\d.]+\d", row.removeprefix(name))[1]
        paragraph = next(one for one in everything.split("\n\n") if one.startswith(name))
        assert f"would cost {losses[name]} in value" in paragraph
    compare = printed(capsys, "compare", STARTER)
    for row in compare.splitlines():
        if row.startswith("digital") and row.count("%") == 3:
            shares.setdefault("digital", row.split()[2])
    robustness = printed(capsys, "robustness", STARTER, "--draws", "200")
    own = next(one for one in robustness.splitlines() if one.startswith("the Board's"))
    assert shares["digital"] in compare.split("every group at least ")[1][:6]
    assert shares["digital"] in own
    decision = mcda.load(STARTER)
    page = mcda.board_pack(
        mcda.select(decision), mcda.weigh_decision(decision), mcda.compare_groups(decision), playing=False
    )
    assert f"<dd>{shares['digital']}<span> or more of its own best" in page
    assert "<dd>68.28<span> points" in page
