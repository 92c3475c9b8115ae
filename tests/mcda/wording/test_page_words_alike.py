"""The playing page's script words every figure as `mcda.wording` does."""

from __future__ import annotations

import importlib.resources
import json
import random
import shutil
import subprocess
from collections.abc import Callable

import pytest

from mcda import wording

NODE = shutil.which("node")
SCRIPT = (importlib.resources.files("mcda.report") / "playing" / "figures.js").read_text(encoding="utf-8")
RUN = (
    SCRIPT
    + """
const functions = {
  number, signed, plain, points, signed_points: signedPoints, money, people, quantity, percent, guaranteed, counted,
  decimals, digits_of: digitsOf, in_sentence: inSentence,
};
const asked = JSON.parse(require("fs").readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(asked.map(([name, ...given]) => functions[name](...given))));
"""
)
PYTHON: dict[str, Callable[..., object]] = {
    name: getattr(wording, name)
    for name in (
        "number", "signed", "plain", "points", "signed_points", "money", "people", "quantity", "percent", "guaranteed",
        "counted", "decimals", "digits_of", "in_sentence",
    )
}  # fmt: skip


def figures() -> list[float]:
    """Everyday figures, ties in decimals, ties in binary, noise, and what is next to nothing or to all."""
    draw = random.Random(52)  # noqa: S311 - no secret
    found = [0, -0.0, 1, -1, 0.5, 1.5, 2.5, -2.5, 0.285, 1.005, 0.1 + 0.2, 1e-14, -1e-14, 9.999e-10, 1e-9, 999.949]
    found += [999.95, 999.96, 1000, 1590, 15530, 1e12, 123456789012.5, 0.9995, 0.99949, 0.99999, 1 - 1e-12, 1 + 1e-4]
    found += [1.0005, 0.0005, 0.00049, 1e21, 123456789.125]
    found += [draw.uniform(-1, 1) * 10 ** draw.randint(-6, 9) for _ in range(400)]
    found += [draw.randint(-(10**7), 10**7) / 10 ** draw.randint(0, 5) for _ in range(400)]
    found += [draw.randint(0, 2000) / 2000 for _ in range(200)]
    found += [sum(draw.choice([0.1, 0.35, 7.005, 12.5]) for _ in range(draw.randint(2, 40))) for _ in range(200)]
    return found


@pytest.mark.skipif(NODE is None, reason="node is not installed: the page's words cannot be compared with Python's")
def test_every_figure_reads_the_same_on_the_page() -> None:
    asked: list[list[object]] = []
    for figure in figures():
        asked += [
            ["number", figure, digits, rounding] for digits in (0, 1, 2) for rounding in ("nearest", "down", "up")
        ]
        asked += [["signed", figure, 1], ["signed_points", figure], ["plain", figure], ["points", figure]]
        asked += [["money", figure], ["money", figure, "up"], ["people", figure], ["quantity", figure, "team", "up"]]
        asked += [["percent", figure], ["percent", figure, "up", 2], ["guaranteed", figure]]
        asked += [["decimals", [figure, 1.5], 2], ["digits_of", "money", [figure]], ["digits_of", "team", [figure]]]
    asked += [["counted", count, "project"] for count in (0, 1, 2, 1200)] + [["counted", 2, "person", "people"]]
    asked += [["in_sentence", name] for name in ("Capital", "IG cyber", "A", "", "Ärzte", "3D", "A1 road", "HR")]
    answer = subprocess.run([str(NODE), "-e", RUN], input=json.dumps(asked), capture_output=True, text=True, check=True)
    page = json.loads(answer.stdout)
    here = [PYTHON[str(name)](*given) for name, *given in asked]
    different = [(question, one, other) for question, one, other in zip(asked, here, page, strict=True) if one != other]
    assert not different, f"{len(different)} of {len(asked)} differ, such as {different[:5]}"
    assert len(asked) > 20_000


def test_the_page_has_no_other_words_for_figures() -> None:
    """What rounds in a browser's own way is kept out of the scripts of the page."""
    folder = importlib.resources.files("mcda.report") / "playing"
    for file in folder.iterdir():
        if file.name.endswith(".js") and file.name not in (
            "figures.js",
            "ties.js",
            "value.js",
            "exact.js",
            "worker.js",
        ):
            text = file.read_text(encoding="utf-8")
            for other in ("toFixed", "toLocaleString", "toPrecision", "Intl."):
                assert other not in text, f"{file.name} rounds with {other}"
