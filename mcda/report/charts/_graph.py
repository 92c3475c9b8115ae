"""How projects depend on each other: boxes by level of prerequisite, arrows to what needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, GREY, PINK
from mcda.wording import wrap
from solvers.drawing import INK, WHITE, box, coordinate, drawing, element, line, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.report.view._links import Link, LinkedProject
    from solvers.drawing import Svg

WIDTH = 760.0
BOX_WIDTH = 176.0
BOX_HEIGHT = 46.0
ROW = 62.0


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float

    @property
    def right(self) -> float:
        return self.x + BOX_WIDTH

    @property
    def middle(self) -> float:
        return self.y + BOX_HEIGHT / 2


def graph_chart(projects: Sequence[LinkedProject], links: Sequence[Link], label: str) -> Svg:
    """Draw tied projects: one column per level of prerequisites, one block per group of tied projects."""
    levels = max((project.level for project in projects), default=0) + 1
    columns = max(levels, 3)
    step = (WIDTH - BOX_WIDTH - 4) / max(1, columns - 1)
    places, height = _placed(projects, links, columns, step)
    parts = [_line(link, places) for link in links]
    parts += [_box(project, places[project.id]) for project in projects]
    return drawing(WIDTH, height, label, *parts)


def _placed(
    projects: Sequence[LinkedProject], links: Sequence[Link], columns: int, step: float
) -> tuple[dict[str, _Place], float]:
    """Place block after block; within a block, projects of the same level stand one below the other."""
    places: dict[str, _Place] = {}
    bottoms = [6.0] * columns
    for block in _blocks(projects, links):
        needs = {link.first for link in links if link.kind == "needs"} | {
            link.second for link in links if link.kind == "needs"
        }
        flat = not any(project.id in needs for project in block)
        width = min(len(block), columns) if flat else max(project.level for project in block) + 1
        start = min(range(columns - width + 1), key=lambda at: (max(bottoms[at : at + width]), at))
        top = max(bottoms[start : start + width])
        used = [top] * width
        for at, project in enumerate(_in_order(block, links)):
            column = at % width if flat else project.level
            places[project.id] = _Place(2 + (start + column) * step, used[column])
            used[column] += ROW
        bottoms[start : start + width] = [max(used) + 12] * width
    return places, max(bottoms)


def _in_order(block: list[LinkedProject], links: Sequence[Link]) -> list[LinkedProject]:
    """Return a block level by level; within a level, a project tied to the one above comes next."""
    ties = {(link.first, link.second) for link in links} | {(link.second, link.first) for link in links}
    found: list[LinkedProject] = []
    for level in sorted({project.level for project in block}):
        rest = [project for project in block if project.level == level]
        # The ends of a chain come first, so that neighbours in it can be neighbours in the drawing.
        rest.sort(key=lambda one: (sum(one.id in tie for tie in ties), one.id))
        before = {project.id: at for at, project in enumerate(found)}
        if before:
            rest.sort(
                key=lambda one: min((before[name] for name in before if (one.id, name) in ties), default=len(before))
            )
        while rest:
            last = found[-1].id if found and found[-1].level == level else None
            at = next((at for at, one in enumerate(rest) if (one.id, last) in ties), 0)
            found.append(rest.pop(at))
    return found


def _blocks(projects: Sequence[LinkedProject], links: Sequence[Link]) -> list[list[LinkedProject]]:
    """Return groups of projects that are tied, directly or indirectly; large ones first."""
    group = {project.id: project.id for project in projects}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for link in links:
        group[root(link.first)] = root(link.second)
    blocks: dict[str, list[LinkedProject]] = {}
    for project in projects:
        blocks.setdefault(root(project.id), []).append(project)
    return sorted(blocks.values(), key=lambda block: -len(block))


def _box(project: LinkedProject, place: _Place) -> Svg:
    fill, ink = (BLUE, WHITE) if project.funded else (WHITE, INK)
    lines = wrap(project.name, 24, lines=2)
    return element(
        "g",
        box(place.x, place.y, BOX_WIDTH, BOX_HEIGHT, fill=fill, stroke=BLUE, stroke_width=1.5),
        text(place.x + 6, place.y + 14, project.id, size=12, colour=ink, bold=True),
        *(text(place.x + 6, place.y + 27 + 13 * at, words, size=11.5, colour=ink) for at, words in enumerate(lines)),
    )


def _line(link: Link, places: dict[str, _Place]) -> Svg:
    one, other = places[link.first], places[link.second]
    if link.kind == "needs":
        return _arrow(other, one, "6 4" if link.any_of else "none")
    below, above = (one, other) if one.y > other.y else (other, one)
    if abs(one.x - other.x) < 1 and below.y - above.y > ROW + 1:
        return _arc(above, below, link.kind)
    if abs(one.x - other.x) < 1:
        x = one.x + BOX_WIDTH * (0.75 if link.kind == "together" else 0.5)
        ends = (x, above.y + BOX_HEIGHT, x, below.y)
    else:
        left, right = (one, other) if one.x < other.x else (other, one)
        lower = 13.0 if link.kind == "together" else -13.0  # clear of the arrows, which end in the middle
        ends = (left.right, left.middle + lower, right.x, right.middle + lower)
    if link.kind == "either":
        x1, y1, x2, y2 = ends
        shift = (0.0, 2.5) if abs(y1 - y2) < 1 else (2.5, 0.0)
        dx, dy = shift
        return element(
            "g",
            line(x1 - dx, y1 - dy, x2 - dx, y2 - dy, PINK, 1.8),
            line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, PINK, 1.8),
        )
    return line(*ends, GREY, 2, "2 4")


def _arc(above: _Place, below: _Place, kind: str) -> Svg:
    """Return a line around the boxes in between."""
    x, bulge = above.right, above.right + 34
    path = (
        f"M{coordinate(x)} {coordinate(above.middle + 10)}C{coordinate(bulge)} {coordinate(above.middle + 10)} "
        f"{coordinate(bulge)} {coordinate(below.middle - 10)} {coordinate(x)} {coordinate(below.middle - 10)}"
    )
    colour, width, dashes = (PINK, 4, "none") if kind == "either" else (GREY, 2, "2 4")
    return element("path", d=path, stroke=colour, stroke_width=width, fill="none", stroke_dasharray=dashes)


def _arrow(start: _Place, end: _Place, dashes: str) -> Svg:
    x1, y1, x2, y2 = start.right, start.middle, end.x - 7, end.middle
    bend = max(18.0, (x2 - x1) / 2)
    path = (
        f"M{coordinate(x1)} {coordinate(y1)}C{coordinate(x1 + bend)} {coordinate(y1)} "
        f"{coordinate(x2 - bend)} {coordinate(y2)} {coordinate(x2)} {coordinate(y2)}"
    )
    corners = ((x2 + 7, y2), (x2 - 2, y2 - 5), (x2 - 2, y2 + 5))
    head = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)
    return element(
        "g",
        element("path", d=path, stroke=INK, stroke_width=1.8, fill="none", stroke_dasharray=dashes),
        element("polygon", points=head, fill=INK),
    )
