"""Take the pictures of the real Board pack that the documents show: ``python scripts/screenshots.py PACK.html``.

Needs playwright and Chromium (tests/browser/install.sh); writes into docs/images.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def main(pack: Path) -> int:
    """Open the pack and photograph its parts."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.stderr.write("There is no Chromium here; run tests/browser/install.sh first.\n")
        return 1
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1180, "height": 860}, reduced_motion="reduce")
        page.set_default_timeout(120_000)
        page.goto(pack.resolve().as_uri())
        page.locator("#play-answer .cards").wait_for()
        page.screenshot(path=IMAGES / "board-pack.png")
        _what_if(page)
        for name in ("people", "projects", "resources", "robustness"):
            if page.locator(f"#{name}").count():
                _section(page, name)
        browser.close()
    return 0


def _what_if(page: Any) -> None:
    page.get_by_role("button", name="One million pounds more capital in year 1").click()
    page.wait_for_timeout(400)
    page.locator("#play:not(.working)").wait_for()
    page.evaluate("document.getElementById('play').scrollIntoView()")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "board-pack-what-if.png")


def _section(page: Any, name: str) -> None:
    page.evaluate(f"document.getElementById('{name}').scrollIntoView()")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"board-pack-{name}.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/screenshots.py PACK.html")
    sys.exit(main(Path(sys.argv[1])))
