"""The folder listing tells the story: rooms of a size to take in, and a page that says what each is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import architecture

pytestmark = pytest.mark.newest_only

ROOT = Path(__file__).parents[1]
ENUMERATE = {"mcda/scoring/methods", "mcda/cli/commands"}  # one module per method, one per command
MOST, MOST_IN_ROOT = 20, 12


def modules(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")


def rooms() -> list[Path]:
    return [path.parent for package in ("mcda", "solvers") for path in sorted((ROOT / package).rglob("__init__.py"))]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_a_room_can_be_taken_in_at_a_glance(room: Path) -> None:
    name = str(room.relative_to(ROOT))
    most = MOST_IN_ROOT if name == "solvers" else MOST
    assert name in ENUMERATE or len(modules(room)) <= most
    assert architecture.summary(room / "__init__.py"), f"{name} does not say what it is for"


def test_the_page_lists_every_room_in_its_own_words() -> None:
    text = architecture.PAGE.read_text(encoding="utf-8")
    assert text == architecture.page(text), "Run: python scripts/architecture.py"


def test_the_picture_shows_the_layers_that_the_contracts_keep() -> None:
    assert architecture.PICTURE.read_text(encoding="utf-8") == architecture.picture(), (
        "Run: python scripts/architecture.py"
    )
