"""How long the flagship's Board pack takes to open in a browser: writes docs/performance/board-pack.md.

Run with ``python -m benchmarks.pack_opening``. Needs Chromium and playwright, as the browser tests do.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
from pathlib import Path
from typing import Any

import mcda

PAGE = Path(__file__).parents[1] / "docs" / "performance" / "board-pack.md"
ASKED = 1.5
ROUNDS = 5
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
READ = "() => performance.getEntriesByType('navigation')[0].toJSON()"
SIZE = {"width": 1280, "height": 900}


def write_pack(path: Path) -> None:
    """Write the whole pack, evidence included."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    selection = mcda.select(decision)
    weights, comparison = mcda.weigh_decision(decision), mcda.compare_groups(decision)
    mcda.write_board_pack(path, selection, weights, comparison, evidence=mcda.gather_evidence(selection))


def opened(browser: Any, path: Path) -> dict[str, float]:
    """Open the pack in a fresh profile, and return seconds from the start of the navigation."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    metrics = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    page.wait_for_load_state("load")
    read = page.evaluate(READ)
    page.locator("#play-answer .cards").wait_for()
    answered = page.evaluate("() => performance.now()")
    context.close()
    return {
        "the page can be read and used (`domInteractive`)": read["domInteractive"] / 1e3,
        "the same, in processor time of the page": metrics["ProcessTime"],
        "everything has loaded (`loadEventEnd`)": read["loadEventEnd"] / 1e3,
        "the what-if section has proven its first answer": answered / 1e3,
    }


def main() -> None:
    from playwright.sync_api import sync_playwright

    executable = next(name for name in CHROMIUM if Path(name).exists())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "board-pack.html"
        write_pack(path)
        size = path.stat().st_size
        browser = driver.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        version = browser.version
        runs = [opened(browser, path) for _ in range(ROUNDS)]
        browser.close()
    rows = []
    for what in runs[0]:
        seconds = sorted(run[what] for run in runs)
        asked = f"{ASKED} s" if what == next(iter(runs[0])) else "-"
        rows.append(f"| {what} | {asked} | {statistics.median(seconds):.2f} s | {seconds[0]:.2f}-{seconds[-1]:.2f} s |")
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    lines = [
        "# Opening the Board pack",
        "",
        (
            "Written by `python -m benchmarks.pack_opening`, which opens the flagship's pack with all its evidence "
            f"({size / 1e6:.1f} MB) {ROUNDS} times from disk in headless Chromium {version}, each time in a fresh "
            "profile. Times are seconds by the clock from the start of the navigation."
        ),
        "",
        "| until | asked | median | least to most |",
        "| --- | --- | ---: | ---: |",
        *rows,
        "",
        (
            f"{platform.machine()}, {cores} core{'s' if cores > 1 else ''} for the browser and all its processes, load "
            f"average {load:.1f} at the end. If other work ran on the same core, these figures are upper bounds."
        ),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
