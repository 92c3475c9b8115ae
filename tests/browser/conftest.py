"""A real headless Chromium, and the flagship's Board pack opened in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mcda.decision import Decision
from mcda.files import dataset, load
from mcda.portfolio import compare_groups, select
from mcda.report import write_board_pack
from mcda.weights import weigh_decision

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
WHY_NOT = "THE BOARD PACK WAS NOT CHECKED IN A BROWSER: "
REMEDY = "run tests/browser/install.sh (Debian's Chromium) and pip install -r requirements/dev.txt"


@pytest.fixture(scope="session")
def decision() -> Decision:
    return load(dataset("nhs-digital"))


@pytest.fixture(scope="session")
def pack(decision: Decision, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "board-pack.html"
    return write_board_pack(path, select(decision), weigh_decision(decision), compare_groups(decision))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; whoever cannot start it skips loudly."""
    if not CHROMIUM:
        pytest.skip(f"{WHY_NOT}no Chromium here; {REMEDY}")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip(f"{WHY_NOT}playwright is not installed; {REMEDY}")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        yield browser
        browser.close()


class Visit:
    """A page, with everything that it asked for and complained about."""

    def __init__(self, browser: Any, path: Path, suffix: str = "", **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(120_000)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri() + suffix)

    def solved(self) -> Any:
        """Wait until the page has an answer."""
        self.page.locator("#play-answer .cards").wait_for()
        return self.page

    def settled(self) -> Any:
        """Wait until no question is open."""
        self.page.wait_for_timeout(300)
        self.page.locator("#play:not(.working)").wait_for()
        return self.page


@pytest.fixture(scope="module")
def visit(chromium: Any, pack: Path) -> Iterator[Visit]:
    one = Visit(chromium, pack, viewport={"width": 1280, "height": 900})
    one.solved()
    yield one
    one.context.close()
