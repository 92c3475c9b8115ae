"""Write docs/architecture.md's listing of rooms and its picture from what the code says of itself.

The listing is the first line of each package's docstring; the picture is drawn from the layers of the import contracts
in pyproject.toml. `tests/test_layout.py` fails if the page or the picture differs from what this writes.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path
from typing import Any

from solvers.drawing import box, drawing, text

ROOT = Path(__file__).parents[1]
PAGE, PICTURE = ROOT / "docs" / "architecture.md", ROOT / "docs" / "images" / "architecture.svg"
BEGIN, END = "<!-- listing: written by scripts/architecture.py -->", "<!-- end of listing -->"
WIDTH, ROW, GAP, MARGIN = 460, 40, 10, 20
BLUE, PALE, DARKER = "#005eb8", "#eef3f8", "#b9d6f2"


def summary(path: Path) -> str:
    """Return the first line of a module's docstring."""
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.partition("\n\n")[0].replace("\n", " ")


def children(folder: Path) -> list[Path]:
    """Return the packages and the public modules directly in a folder, by name."""
    packages = [one.parent for one in folder.glob("*/__init__.py")]
    modules = [one for one in folder.glob("*.py") if not one.name.startswith("_")]
    return sorted([*packages, *modules], key=lambda one: one.name)


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def layers(package: str) -> list[list[str]]:
    """Return the layers of a package from top to bottom, as its import contract has them."""
    found = next(one for one in contracts() if one["type"] == "layers" and one["containers"] == [package])
    return [[name.strip() for name in layer.split("|")] for layer in found["layers"]]


def listing() -> str:
    """Return a line per room, from the ground up, rooms within rooms indented."""
    lines = []
    for package in ("solvers", "mcda"):
        lines += [f"### `{package}`", "", summary(ROOT / package / "__init__.py"), ""]
        for layer in reversed(layers(package)):
            for name in sorted(layer):
                room = ROOT / package / name
                path = room / "__init__.py" if room.is_dir() else room.with_suffix(".py")
                title = f"{name}/" if room.is_dir() else f"{name}.py"
                lines.append(f"- `{title}` {summary(path)}")
                lines += [
                    f"  - `{inner.name}/` {summary(inner / '__init__.py')}"
                    for inner in children(room)
                    if inner.is_dir()
                ]
        lines.append("")
    return "\n".join(lines).rstrip()


def users_of_solvers() -> set[str]:
    """Return the rooms of mcda that may import solvers: those that no contract forbids."""
    kept_out = next(one for one in contracts() if one.get("forbidden_modules") == ["solvers"])["source_modules"]
    return {name for layer in layers("mcda") for name in layer} - {name.removeprefix("mcda.") for name in kept_out}


def picture() -> str:
    """Return the layers of both packages as a drawing: what stands higher may import what stands below."""
    stacks = {name: layers(name) for name in ("mcda", "solvers")}
    tallest, dark = max(map(len, stacks.values())), users_of_solvers()
    width, height = 2 * WIDTH + 3 * MARGIN, MARGIN * 2 + 40 + tallest * (ROW + GAP)
    parts = []
    for column, (package, stack) in enumerate(stacks.items()):
        left, top = MARGIN + column * (WIDTH + MARGIN), MARGIN + 40 + (tallest - len(stack)) * (ROW + GAP)
        parts.append(text(left, MARGIN + 16, package, size=20, colour=BLUE, bold=True))
        for depth, layer in enumerate(stack):
            share = (WIDTH - GAP * (len(layer) - 1)) / len(layer)
            for at, name in enumerate(layer):
                x, y = left + at * (share + GAP), top + depth * (ROW + GAP)
                ground = DARKER if package == "mcda" and name in dark else PALE
                parts.append(box(x, y, share, ROW, fill=ground, stroke=BLUE))
                size = 15 if share > 9 * len(name) else 12
                parts.append(text(x + share / 2, y + 25, name, size=size, anchor="middle"))
    parts.append(box(MARGIN, MARGIN + 40, 18, 18, fill=DARKER, stroke=BLUE))
    parts.append(text(MARGIN + 28, MARGIN + 54, "rooms that use solvers"))
    return str(drawing(width, height, "Layers of mcda and solvers", *parts, standalone=True)) + "\n"


def page(written: str) -> str:
    """Return the page with its listing made anew."""
    before, _, rest = written.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{listing()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}.\n")
