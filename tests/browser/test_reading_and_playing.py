"""The pack as a Board uses it: sliders, rules, files and links; by keyboard; checked by axe-core; nothing fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcda.decision import Decision
from mcda.files import load
from mcda.portfolio import compare_groups, read_what_if, select, select_what_if
from mcda.report import gather_evidence, write_board_pack
from mcda.weights import weigh_decision
from tests.browser.conftest import REMEDY, WHY_NOT, Visit
from tests.mcda.files.small import SMALL, write
from tests.mcda.report.test_board_pack import hostile


@pytest.fixture
def fresh(chromium: Any, pack: Path) -> Iterator[Visit]:
    visit = Visit(chromium, pack, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit.solved()
    yield visit
    visit.context.close()


def status(visit: Visit) -> str:
    return str(visit.page.inner_text("#play-status-text"))


def open_all(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def test_nothing_leaves_the_page_and_nothing_is_refused(fresh: Visit, pack: Path) -> None:
    page, worker = fresh.requests
    assert page == pack.as_uri()
    assert worker.startswith("blob:null/"), "the worker is made of what stands in the page"
    assert fresh.complaints == []


def test_the_page_starts_with_the_recommendation(fresh: Visit, decision: Decision) -> None:
    assert fresh.page.inner_text("#play-badge") == "Proven best"
    assert status(fresh) == "17 of 40 projects, value 219.27: the recommended portfolio is still the best."


def test_a_budget_slider(fresh: Visit, decision: Decision, tmp_path: Path) -> None:
    """More money in year 1: the answer, and the same again from the file that the page saves."""
    open_all(fresh)
    field = fresh.page.get_by_role("group", name="Capital")
    slider = field.get_by_label("Year 1")
    assert slider.get_attribute("aria-valuetext") == "£4.70m"
    for _ in range(10):
        slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "£5.70m, was £4.70m"
    fresh.settled()
    assert status(fresh).startswith("18 of 40 projects, value 235.36: 16.09 more")
    with fresh.page.expect_download() as download:
        fresh.page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "what-if.json"
    download.value.save_as(file)
    what_if = read_what_if(file)
    assert what_if.available == {"capital_k": {1: 5700.0}}
    selection = select_what_if(decision, what_if)
    assert what_if.confirms(selection) is True
    fresh.page.get_by_role("button", name="Back to the recommendation").click()
    fresh.settled()
    assert "still the best" in status(fresh)


def test_weights_rules_and_forced_projects(fresh: Visit, decision: Decision) -> None:
    open_all(fresh)
    for name in ("Clinical leadership", "Finance", "Patients and public", "Operational leadership"):
        fresh.page.get_by_label(name, exact=True).press("Home")
    fresh.page.get_by_label("Cyber exposure", exact=True).press("End")
    fresh.page.get_by_label("(B01)").check()
    fresh.page.get_by_role("group", name="P12").get_by_label("in", exact=True).check()
    fresh.page.get_by_role("group", name="P36").get_by_label("out", exact=True).check()
    fresh.settled()
    what_if = read_what_if(fresh.page.input_value("#play-link"))
    technical = weigh_decision(decision).of_group("technical")
    raised = technical.copy()
    raised["C7" if "C7" in raised.index and name_of(decision, "C7") == "Cyber exposure" else cyber(decision)] *= 3
    expected = raised / raised.sum()
    assert what_if.weights == pytest.approx(expected.to_dict(), rel=1e-12)
    assert (what_if.force, what_if.forbid, what_if.policies) == (("P12",), ("P36",), ("B01",))
    assert what_if.confirms(select_what_if(decision, what_if)) is True
    assert "P12" in fresh.page.inner_text("#play-answer .moves")


def name_of(decision: Decision, criterion: str) -> str:
    return decision.criteria[criterion].name


def cyber(decision: Decision) -> str:
    return next(leaf.id for leaf in decision.criteria.leaves if leaf.name == "Cyber exposure")


def test_a_link_opens_the_same_what_if(chromium: Any, pack: Path, fresh: Visit) -> None:
    fresh.page.get_by_role("button", name="Capital cut by 20 per cent").click()
    fresh.settled()
    link = fresh.page.input_value("#play-link")
    other = Visit(chromium, pack, "#" + link.split("#")[1])
    other.solved()
    assert status(other) == status(fresh)
    assert "no longer possible" in status(other)
    assert json.dumps(other.page.input_value("#play-link")) == json.dumps(link)
    other.context.close()


def test_no_portfolio_is_said_and_left_again(fresh: Visit) -> None:
    open_all(fresh)
    fresh.page.get_by_role("group", name="P28").get_by_label("in", exact=True).check()
    fresh.page.get_by_role("group", name="P29").get_by_label("in", exact=True).check()
    fresh.settled()
    assert fresh.page.inner_text("#play-badge") == "No portfolio possible"
    fresh.page.get_by_role("group", name="P29").get_by_label("free", exact=True).check()
    fresh.settled()
    assert fresh.page.inner_text("#play-badge") == "Proven best"


def test_a_file_that_does_not_fit_is_refused_in_words(fresh: Visit, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"what_if": 1, "force": ["<img src=x onerror=alert(1)>"]}', encoding="utf-8")
    fresh.page.set_input_files("#play-open", bad)
    said = fresh.page.locator("#play-carry-status", has_text="cannot be used")
    said.wait_for()
    assert "There is no project" in said.inner_text()
    assert fresh.complaints == []


def test_without_scripts_the_reading_parts_stand(chromium: Any, pack: Path) -> None:
    visit = Visit(chromium, pack, java_script_enabled=False)
    assert "219.27" in visit.page.inner_text("#glance")
    assert visit.page.locator("#play-body").is_hidden()
    assert "needs JavaScript" in visit.page.inner_text("#play")
    assert visit.complaints == []
    visit.context.close()


def axe(visit: Visit) -> None:
    """Every rule of axe-core, WCAG 2.2 AA and best practice alike."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        pytest.skip(f"{WHY_NOT}axe-playwright-python is not installed; {REMEDY}")
    open_all(visit)
    results = Axe().run(visit.page)
    assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing(chromium: Any, pack: Path) -> None:
    visit = Visit(chromium, pack, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    visit.solved()
    axe(visit)
    visit.context.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with everything in it, of a decision small enough to be analysed in seconds."""
    folder = tmp_path_factory.mktemp("full")
    decision = load(write(folder, SMALL))
    selection = select(decision)
    return write_board_pack(
        folder / "full.html",
        selection,
        weigh_decision(decision),
        compare_groups(decision),
        evidence=gather_evidence(selection, draws=20),
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_a_pack_with_everything_in_it(chromium: Any, full: Path, width: int) -> None:
    """axe-core finds nothing, nothing is wider than the screen, nothing is fetched or refused."""
    visit = Visit(chromium, full, viewport={"width": width, "height": 900}, bypass_csp=True)
    visit.solved()
    assert visit.complaints == []
    assert len(visit.requests) == 2
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    axe(visit)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    visit.context.close()


def test_the_keyboard_reaches_everything(fresh: Visit) -> None:
    """Tab visits every control, link and scrollable table once, in the order of the page, with a visible outline."""
    open_all(fresh)
    page = fresh.page
    expected = page.evaluate("""() => {
        const all = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')];
        const radios = new Set();
        return all.filter(one => {
            if (one.disabled || !one.getClientRects().length) return false;
            if (one.type !== 'radio') return true;
            if (radios.has(one.name) || !one.checked) return false;
            radios.add(one.name);
            return true;
        }).length;
    }""")
    seen = 0
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    while seen <= expected:
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
            const one = document.activeElement;
            if (!one || one === document.body || one.dataset.seen) return null;
            one.dataset.seen = "yes";
            const style = getComputedStyle(one);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        }""")
        if state is None:
            break
        assert state, f"focus does not show on {page.evaluate('document.activeElement.outerHTML.slice(0, 100)')}"
        seen += 1
    assert seen == expected
    assert expected > 100


def test_text_from_users_is_data_in_the_playing_part(chromium: Any, decision: Decision, tmp_path: Path) -> None:
    import dataclasses

    weights = weigh_decision(decision)
    selection, comparison = select(decision), compare_groups(decision)
    other = hostile(decision)
    path = write_board_pack(
        tmp_path / "hostile.html",
        dataclasses.replace(selection, decision=other),
        weights,
        dataclasses.replace(comparison, board=dataclasses.replace(comparison.board, decision=other)),
    )
    visit = Visit(chromium, path, viewport={"width": 1280, "height": 900})
    visit.page.on("dialog", lambda dialog: visit.complaints.append(f"a dialog: {dialog.message}"))
    visit.solved()
    open_all(visit)
    assert visit.page.locator("#play img, #play script, #play b").count() == 0
    assert "<script>alert(1)</script>" in visit.page.inner_text("#play-controls")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert visit.complaints == []
    assert len(visit.requests) == 2
    visit.context.close()
