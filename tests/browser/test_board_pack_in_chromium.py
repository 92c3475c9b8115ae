"""The Board pack in a real browser: nothing is fetched, nothing is refused, it reflows, and it prints to A4."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import CHROMIUM, REMEDY, WHY_NOT

QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip

pytestmark = pytest.mark.skipif(not CHROMIUM, reason=f"{WHY_NOT}no Chromium here; {REMEDY}")

MEASURE = """<!DOCTYPE html><title>measuring</title><script>
const html = %s, found = {};
async function measure(width) {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 800; frame.srcdoc = html;
  const loaded = new Promise(resolve => frame.onload = resolve);
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument, heading = frame.contentWindow.getComputedStyle(page.querySelector("h2"));
  const first = page.querySelector("a");
  first.focus();
  found[width] = {
    wide: page.documentElement.scrollWidth,
    styled: heading.borderTopWidth,
    skip: page.activeElement.getAttribute("href") + " " + (first.getBoundingClientRect().left >= 0),
  };
}
addEventListener("load", async () => {
  for (const width of [320, 640, 1280]) await measure(width);
  document.title = JSON.stringify(found);
});
</script>"""


def browse(page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [CHROMIUM, *QUIET, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


def test_nothing_is_fetched_and_nothing_is_refused(pack: Path, tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    done = browse(pack, tmp_path, "--dump-dom", "--enable-logging=stderr", f"--log-net-log={log}")
    assert "219.27" in done.stdout
    # A breach of the content security policy, or any other complaint, would show in the console.
    assert "CONSOLE" not in done.stderr
    record = json.loads(log.read_text(encoding="utf-8"))
    initiators = {str(event.get("params", {}).get("initiator", "")) for event in record["events"]}
    # The browser's own errands have no origin; whatever a page opened from a file asks for has the origin "null".
    assert initiators <= {"", "not an origin"}, "the page itself asked for something"


def test_it_reflows_without_sideways_scrolling(pack: Path, tmp_path: Path) -> None:
    """1,280 pixels at 400% zoom are 320 (WCAG 2.2, 1.4.10); the style sheet passes its own security policy."""
    wrapper = tmp_path / "measure.html"
    text = json.dumps(pack.read_text(encoding="utf-8")).replace("</", "<\\/")
    wrapper.write_text(MEASURE % text, encoding="utf-8")
    done = browse(wrapper, tmp_path, "--dump-dom", "--virtual-time-budget=20000")
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title is not None
    found = json.loads(title[1].replace("&quot;", '"'))
    for width in (320, 640, 1280):
        assert found[str(width)] == {"wide": width, "styled": "4px", "skip": "#main true"}


def test_it_prints_to_a4(pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    browse(pack, tmp_path, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", target.read_bytes())
    assert 8 <= len(boxes) <= 18
    for width, height in boxes:
        assert float(width) == pytest.approx(595, abs=1)
        assert float(height) == pytest.approx(842, abs=1)
