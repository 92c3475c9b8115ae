"""The pages of formulas and sources hold what the docstrings of the registries say.

Rewrite them with ``python -m tests.test_methods_pages``.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import mcda

pytestmark = pytest.mark.newest_only

FOLDER = Path(__file__).parents[1] / "docs" / "methods"


def entry(name: str, method: Any) -> str:
    text = inspect.getdoc(method.function) or ""
    opening = re.split(r"\n\n?Parameters\n-+\n", text)[0].strip()
    notes = re.search(r"\nNotes\n-+\n(.*?)(?=\n\n[A-Z]\w+\n-+\n|\Z)", text, flags=re.DOTALL)
    parts = [f"## {method.title} (`{name}`)", f"Source: {method.source}.", opening]
    return "\n\n".join([*parts, notes.group(1).strip()] if notes else parts)


def pages() -> dict[str, str]:
    scoring = [entry(name, method) for name, method in mcda.methods().items()]
    weights = [entry(name, method) for name, method in mcda.weighting_methods().items()]
    made = "Made from the docstrings of the library: formula, source and what degenerate input gives."
    return {
        "scoring.md": "\n\n".join(["# Scoring methods", made, *scoring]) + "\n",
        "weights.md": "\n\n".join(["# Ways to derive weights", made, *weights]) + "\n",
    }


@pytest.mark.parametrize("name", ["scoring.md", "weights.md"])
def test_the_page_says_what_the_library_says(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name]


@pytest.mark.parametrize("table", ["methods", "weighting_methods"])
def test_every_method_names_its_source(table: str) -> None:
    for method in getattr(mcda, table)().values():
        assert re.search(r"\d{4}", method.source), f"{method.title} has a source with a year"


if __name__ == "__main__":
    for file, content in pages().items():
        (FOLDER / file).write_text(content, encoding="utf-8")
