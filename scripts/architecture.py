"""Write docs/architecture.md's listing of rooms and its picture from what the code says of itself.

The listing is the first line of each package's docstring; the picture is drawn from the layers of the import contracts
in pyproject.toml. `tests/test_layout.py` fails if the page or the picture differs from what this writes.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE, PICTURE = ROOT / "docs" / "architecture.md", ROOT / "docs" / "images" / "architecture.svg"
BEGIN, END = "<!-- listing: written by scripts/architecture.py -->", "<!-- end of listing -->"
WIDTH, ROW, GAP, MARGIN = 460, 40, 10, 20


def summary(path: Path) -> str:
    """Return the first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n\n")[0].replace("\n", " ")


def children(folder: Path) -> list[Path]:
    """Return the packages and the public modules directly in a folder, by name."""
    packages = [one.parent for one in folder.glob("*/__init__.py")]
    modules = [one for one in folder.glob("*.py") if not one.name.startswith("_")]
    return sorted([*packages, *modules], key=lambda one: one.name)


def layers(package: str) -> list[list[str]]:
    """Return the layers of a package from top to bottom, as its import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found = next(one for one in contracts if one["type"] == "layers" and one["containers"] == [package])
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
                if not path.exists():
                    continue
                title = f"{name}/" if room.is_dir() else f"{name}.py"
                lines.append(f"- `{title}` {summary(path)}")
                lines += [
                    f"  - `{inner.name}/` {summary(inner / '__init__.py')}"
                    for inner in children(room)
                    if inner.is_dir()
                ]
        lines.append("")
    return "\n".join(lines).rstrip()


def picture() -> str:
    """Return the layers of both packages as a drawing: what stands higher may import what stands below."""
    stacks = {name: layers(name) for name in ("mcda", "solvers")}
    tallest = max(map(len, stacks.values()))
    height = MARGIN * 2 + 40 + tallest * (ROW + GAP)
    width = 2 * WIDTH + 3 * MARGIN
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            'font-family="Arial, sans-serif" role="img" aria-label="Layers of mcda and solvers">'
        ),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for column, (package, stack) in enumerate(stacks.items()):
        left = MARGIN + column * (WIDTH + MARGIN)
        parts.append(
            f'<text x="{left}" y="{MARGIN + 16}" font-size="20" font-weight="bold" fill="#005eb8">{package}</text>'
        )
        top = MARGIN + 40 + (tallest - len(stack)) * (ROW + GAP)
        for depth, layer in enumerate(stack):
            y = top + depth * (ROW + GAP)
            share = (WIDTH - GAP * (len(layer) - 1)) / len(layer)
            for at, name in enumerate(layer):
                x = left + at * (share + GAP)
                parts.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{share:.1f}" height="{ROW}" rx="4" fill="#e8f1fb" '
                    'stroke="#005eb8"/>'
                    f'<text x="{x + share / 2:.1f}" y="{y + 25}" font-size="15" text-anchor="middle" '
                    f'fill="#212b32">{escape(name)}</text>'
                )
    parts.append("</svg>\n")
    return "\n".join(parts)


def page(text: str) -> str:
    """Return the page with its listing rewritten."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{listing()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PAGE.relative_to(ROOT)} and {PICTURE.relative_to(ROOT)}.\n")
