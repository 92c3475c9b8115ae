"""A whole pack, read as a Board reads it: each figure is written in one way wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import mcda
from mcda.report import board_pack
from tests.pages import Node, read_page

PACKS = ["starter", pytest.param("nhs-digital", marks=pytest.mark.slow)]
BLOCKS = {"p", "li", "td", "th", "dd", "dt", "figcaption", "caption", "summary", "h1", "h2", "h3", "h4", "text"}
NUMBER = re.compile(r"[−+]?[\d,]+(\.\d+)?")
SHARE = re.compile(r"[<>]?[−+]?(?:\d[\d,]*\.\d|0|100)%")
STATED = re.compile(r"[\d.]+% (?:chance of delivering as planned|optimism bias on capital)|[Aa]t least 95% used")
"""Shares that an input or a rule states; they stand as stated."""


@pytest.fixture(scope="module", params=PACKS)
def page(request: pytest.FixtureRequest) -> Node:
    decision = mcda.load(mcda.dataset(request.param))
    selection = mcda.select(decision)
    html = board_pack(
        selection,
        mcda.weigh_decision(decision),
        mcda.compare_groups(decision),
        evidence=mcda.gather_evidence(selection, draws=60),
        playing=False,
    )
    return read_page(html)


def texts(page: Node) -> Iterator[Node]:
    """Every block of text that a reader sees as one, outside code."""
    for node in page.one("main"):
        inside = {one.tag for one in node.ancestors()}
        if node.tag in BLOCKS and not inside & {"code", "pre"} and not any(one.tag in BLOCKS for one in node):
            yield node


def table(page: Node, caption: str) -> Node | None:
    return next((one for one in page.all("table") if next(iter(one)).text.startswith(caption)), None)


def at_a_glance(page: Node) -> dict[str, str]:
    glance = page.by_id("glance")
    return dict(zip([one.text for one in glance.all("dt")], [one.text for one in glance.all("dd")], strict=True))


def rows(page: Node, caption: str) -> dict[str, list[str]]:
    found = table(page, caption)
    return {} if found is None else {row[0]: row[1:] for row in found.rows()}


# One format for each kind of figure.


def test_money_has_one_format(page: Node) -> None:
    seen = 0
    for node in texts(page):
        for amount in re.findall(r"£\S+", node.text):
            if amount.rstrip(",.;:)") == "£k" or (node.tag == "text" and amount == "£0"):
                continue
            seen += 1
            assert re.match(r"£\d{1,3}(\.\d)?k\b|£[\d,]+\.\d\dm\b", amount), f"{amount} in: {node.text}"
            assert not re.match(r"£0\.\d\dm|£\d+\.0k", amount), f"{amount} in: {node.text}"
    assert seen > 10


def test_shares_have_one_format(page: Node) -> None:
    seen = 0
    for node in texts(page):
        assert not re.search(r"\d\s%", node.text), f"a space before the sign: {node.text}"
        text = STATED.sub("", node.text)
        shares = re.findall(r"[<>]?[−+]?[\d.,]*\d%", text)
        if node.tag == "text" and shares and is_axis(node):
            continue
        for share in shares:
            seen += 1
            assert SHARE.fullmatch(share), f"{share} in: {node.text}"
    assert seen > 20


def is_axis(node: Node) -> bool:
    """Whether a share in a chart is the label of an axis: round, and below everything that is drawn."""
    picture = next(one for one in node.ancestors() if one.tag == "svg")
    words = [one for one in picture.all("text") if re.fullmatch(r"[\d.]+%", one.text)]
    lowest = max(float(one.attributes["y"]) for one in words)
    return float(node.attributes["y"]) == lowest and len({one.attributes["y"] for one in words}) == 1


def test_people_and_signs_have_one_format(page: Node) -> None:
    for node in texts(page):
        for amount in re.findall(r"([\d.,]+) FTE", node.text):
            assert re.fullmatch(r"[\d,]+(\.[1-9])?", amount), f"{amount} FTE in: {node.text}"
        assert not re.search(r"(?<![\w/+-])-\d", node.text), f"a hyphen for a minus sign: {node.text}"


def test_values_have_two_decimals(page: Node) -> None:
    """Whatever is called points, worth, value, cost or loss in a sentence."""
    seen = 0
    told = r"(?:worth|costs?|adds?|gain|above|only|bring) (?:exactly as much: )?([−<>]?[\d,]+(?:\.\d+)?)"
    end = r"(?= points| in value|,? not |;|\.$|\. | more|$)"
    patterns = (told + end, r"([−<>]?[\d,]+(?:\.\d+)?) points(?! at)")
    for node in texts(page):
        glossary = any(one.attributes.get("id") == "making" for one in node.ancestors())
        if node.tag in ("p", "li", "figcaption", "summary", "dd") and not glossary:
            for pattern in patterns:
                for value in re.findall(pattern, node.text):
                    seen += 1
                    assert re.fullmatch(r"[−<>]*[\d,]+\.\d\d", value), f"{value} in: {node.text}"
    assert seen > 10


def test_columns_have_one_number_of_decimals(page: Node) -> None:
    own_units = ("What the funded projects change", "Limits and rules")
    seen = 0
    for one in page.all("table"):
        caption = next(iter(one)).text
        if caption.startswith(own_units):
            continue
        cells = list(zip(*(one.rows() + one.rows("tfoot")), strict=True))
        for column in cells[1:]:
            parts = [part for cell in column for part in cell.replace(" FTE", "").split(" of ")]
            figures = [part for part in parts if NUMBER.fullmatch(part)]
            decimals = {len(figure.partition(".")[2]) for figure in figures}
            assert len(decimals) <= 1, f"mixed decimals in '{caption}': {column}"
            seen += bool(figures)
    assert seen > 10


# The same quantity reads the same everywhere.


def test_the_value_of_the_portfolio(page: Node) -> None:
    value = at_a_glance(page)["Value"].split()[0]
    funded = table(page, "Funded projects")
    assert funded is not None
    told = {row[1] for row in funded.rows("tfoot")}
    told |= {row[-1] for row in table(page, "What the funded projects change").rows("tfoot")}  # type: ignore[union-attr]
    budgets = rows(page, "Value for each total budget")
    told |= {budgets["All available"][0]} if budgets else set()
    told |= set(re.findall(r", not ([\d,.]*\d)", page.one("main").text))
    told |= set(re.findall(r"gives up only [\d.,]+ of ([\d.,]*\d) points", page.one("main").text))
    assert told == {value}


def test_values_and_losses_of_projects(page: Node) -> None:
    lines = rows(page, "Funded projects") | rows(page, "Projects that are not funded")
    values = {name[:3]: row[0] for name, row in lines.items()}
    cards = {one.all("bdi")[0].text: one for one in page.by_id("projects").all("details")}
    losses = 0
    for name, card in cards.items():
        summary = card.one("summary").text
        assert re.search(r"worth (\S+);", summary).group(1) == values[name]  # type: ignore[union-attr]
        sentences = [one.text for one in card.all("li")]
        price = re.search(r"it would cost (\S+)$", summary)
        if price:
            losses += 1
            assert any(f"would cost {price.group(1)} in value" in one for one in sentences), (summary, sentences)
        for told in re.findall(r"its value of ([\d.,]*\d)|: ([\d.,]*\d) is too low", " ".join(sentences)):
            assert "".join(told) == values[name]
    assert losses >= len(cards) / 3


def test_why_a_project_is_out(page: Node) -> None:
    found = table(page, "Projects that are not funded")
    assert found is not None
    details = page.by_id("projects").all("details")
    cards = {one.all("bdi")[0].text: [item.text for item in one.all("li")] for one in details}
    for row in found.one("tbody").all("tr"):
        name = row.one("th").all("bdi")[0].text
        told = [one.text for one in row.all("td")[-1].all("bdi")]
        assert told
        assert set(told) <= set(cards[name])
        assert {one for one in cards[name] if "exceed" in one or "over the limit" in one} <= set(told)


def test_use_of_each_resource_and_year(page: Node) -> None:
    certificate = rows(page, "Limits and rules, with")
    checked = 0
    for caption in ("Money used", "Teams used"):
        found = table(page, caption)
        if found is None:
            continue
        head = found.rows("thead")[0]
        figures = [one for one in page.by_id("resources").all("figure") if one.all("strong")]
        charts = {one.one("strong").text.rstrip("."): one for one in figures}
        for row in found.rows():
            drawn = [one.text for one in charts[row[0]].all("text")]
            name, unit = row[0].rsplit(", ", 1)
            for year, cell in zip(head[1:-2], row[1:-2], strict=True):
                if " of " not in cell:
                    continue
                use, limit = cell.split(" of ")
                at = drawn.index(year)
                assert drawn[at + 1 : at + 3] == [use, f"of {limit}"]
                check = certificate[f"{name}, {year.lower()}, {unit}"]
                assert [float(part.replace(",", "")) for part in (check[1], check[2].removeprefix("at most "))] == [
                    float(part.replace(",", "")) for part in (use, limit)
                ]
                checked += 1
    assert checked > 5


def test_shares_of_each_group(page: Node) -> None:
    shares = {name: row[0] for name, row in rows(page, "This portfolio beside").items()}
    matrix = rows(page, "Share of its own best")
    assert shares
    (chart,) = [one for one in page.all("svg") if "share of its own best" in one.attributes.get("aria-label", "")]
    words = [one.text for one in chart.all("text")]
    for name, share in shares.items():
        assert matrix[name][0] == share
        assert words[words.index(name) + 1] == share
    text = page.one("main").text
    told = set(re.findall(r"comes closest \((\S+)\)|furthest away \((\S+)\)| gets (\S+%) of what its own", text))
    told |= {(at_a_glance(page)["Every group gets"].split()[0],)}
    told |= set(re.findall(r"share of its own best than this one \((\S+)\)|up from (\S+%)", text))
    assert {part for parts in told for part in parts if part} <= set(shares.values())


def test_acceptability_and_weights(page: Node) -> None:
    sure = rows(page, "How often each project")
    text = page.one("main").text
    for name, share in re.findall(r"least sure funded project is (P\d+) [^()]*(?:\([^()%]*\)[^()]*)*\((\S+%)\)", text):
        assert [row[2] for project, row in sure.items() if project.startswith(name)] == [share]
    for name, share in re.findall(r"(P\d+) \(([<>]?[\d.]+%)\)", text):
        assert [row[3] for project, row in sure.items() if project.startswith(name)] == [share]
    weights, stability = rows(page, "Weight of each criterion"), rows(page, "Weights, and the interval")
    assert weights
    for name, row in stability.items():
        assert row[0] == weights[name][0]
    groups = table(page, "Weight of each criterion").rows("thead")[0][2:]  # type: ignore[union-attr]
    for name, low, one, high, other in re.findall(r"differ most on (.*?) \((\S+%) for (.*?), (\S+%) for (.*?)\)", text):
        assert weights[name][1 + groups.index(one)] == low
        assert weights[name][1 + groups.index(other)] == high


def test_a_quick_pack_keeps_the_formats() -> None:
    """Without evidence it says other things: findings instead of recommendations, and no cards."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    found = board_pack(
        mcda.select(decision), mcda.weigh_decision(decision), mcda.compare_groups(decision), playing=False
    )
    page = read_page(found)
    assert "What the Board needs to know" in page.text
    test_money_has_one_format(page)
    test_shares_have_one_format(page)
    test_people_and_signs_have_one_format(page)
    test_columns_have_one_number_of_decimals(page)
    test_the_value_of_the_portfolio(page)
    test_use_of_each_resource_and_year(page)
    values = {name[:3]: row[0] for name, row in rows(page, "Projects that are not funded").items()}
    told = re.findall(r"(P\d+) [^()]*\(([\d.,]+)\)", page.by_id("glance").text)
    assert told
    assert all(values.get(name, value) == value for name, value in told)


def test_a_figure_wrong_in_one_place_is_found() -> None:
    """The instrument itself: a page with one amount in thousands, or one share with a space, fails."""
    for wrong, check in (
        ("It would exceed capital in year 2 by £1,590k.", test_money_has_one_format),
        ("It would enter if all were 62.9 % less.", test_shares_have_one_format),
        ("It was 63% of it.", test_shares_have_one_format),
        ("It takes 1.0 FTE.", test_people_and_signs_have_one_format),
        ("It changes by -3.", test_people_and_signs_have_one_format),
    ):
        page = read_page(f"<!DOCTYPE html>\n<main><p>{wrong}</p></main>")
        # Counting assertions (tests/assertions.py) makes pytest double each % of a message.
        with pytest.raises(AssertionError, match=re.escape(wrong).replace("%", "%%?")):
            check(page)
