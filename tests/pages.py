"""A page as a tree, read with the standard library alone, and the rules that every page of ours keeps."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Node:
    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Every element below, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    def all(self, *tags: str) -> list[Node]:
        return [node for node in self if node.tag in tags]

    def one(self, tag: str) -> Node:
        (node,) = self.all(tag)
        return node

    def by_id(self, identifier: str) -> Node:
        (node,) = [node for node in self if node.attributes.get("id") == identifier]
        return node

    @property
    def text(self) -> str:
        """The text as a reader gets it: white space collapsed."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        if self.tag == "script":
            return ""
        return "".join(child if isinstance(child, str) else child._raw() for child in self.children)

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def rows(self, part: str = "tbody") -> list[list[str]]:
        """Texts of the cells of a table, row by row."""
        return [[cell.text for cell in row.all("th", "td")] for section in self.all(part) for row in section.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("#page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute"
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.here.tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment in the page: {data[:40]}")


def read_page(html: str) -> Node:
    """Read a page; every element must be closed where it should be."""
    assert html.startswith("<!DOCTYPE html>\n")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root


def check_page(html: str) -> Node:
    """Assert everything that holds for any page, whatever it shows, and return it as a tree."""
    page = read_page(html)
    check_head(page)
    check_self_contained(page)
    check_references(page)
    check_headings(page)
    check_landmarks(page)
    check_tables(page)
    check_pictures(page)
    return page


def check_head(page: Node) -> None:
    assert page.one("html").attributes["lang"] == "en-GB"
    head = page.one("head")
    first = next(iter(head))
    assert first.attributes == {"charset": "utf-8"}, "the encoding must come first"
    titles = [node for node in head if node.tag == "title"]
    assert len(titles) == 1
    assert titles[0].text
    viewport = next(node for node in head.all("meta") if node.attributes.get("name") == "viewport")
    # Readers may zoom as far as they need.
    assert viewport.attributes["content"] == "width=device-width, initial-scale=1"


def check_self_contained(page: Node) -> None:
    forbidden = {"iframe", "object", "embed", "base", "img", "image", "video", "audio", "source", "form",
                 "use", "foreignobject", "animate", "set"}  # fmt: skip
    fetching = {"src", "srcset", "data", "action", "formaction", "poster", "xlink:href", "ping", "background"}
    plays = any(node.attributes.get("id") == "play" for node in page)
    for node in page:
        if node.tag in ("input", "button", "script"):
            assert plays, f"<{node.tag}> has no place in a page that does not solve"
        assert node.tag not in forbidden, f"<{node.tag}> has no place in the page"
        assert not fetching & set(node.attributes), f"<{node.tag}> would fetch something"
        assert not [name for name in node.attributes if name.startswith("on")], f"<{node.tag}> has a handler"
        assert "style" not in node.attributes, "the content security policy refuses style attributes"
        if "href" in node.attributes:
            assert node.attributes["href"].startswith("#") or node.attributes["href"] == "data:,"
    style = page.one("style").text
    assert "url(" not in style
    assert "@import" not in style
    policy = next(node for node in page.all("meta") if node.attributes.get("http-equiv") == "Content-Security-Policy")
    raw = "".join(child for child in page.one("style").children if isinstance(child, str))
    digest = base64.b64encode(hashlib.sha256(raw.encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy.attributes["content"].split(";"))
    expected = {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if plays:
        (running,) = [node for node in page.all("script") if "type" not in node.attributes]
        code = "".join(child for child in running.children if isinstance(child, str))
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        expected |= {"script-src": f"'sha256-{digest}' 'wasm-unsafe-eval'", "worker-src": "blob:"}
        data = [node.attributes["type"] for node in page.all("script") if node is not running]
        assert set(data) <= {"application/json", "text/plain"}, "only data may stand beside the script of the page"
    assert rules == expected


def check_references(page: Node) -> None:
    identifiers = [node.attributes["id"] for node in page if "id" in node.attributes]
    assert len(identifiers) == len(set(identifiers)), "two elements share an id"
    for node in page:
        if node.attributes.get("href", "").startswith("#"):
            assert node.attributes["href"][1:] in identifiers
        if "aria-labelledby" in node.attributes:
            assert node.attributes["aria-labelledby"] in identifiers


def check_headings(page: Node) -> None:
    levels = [int(node.tag[1]) for node in page if re.fullmatch("h[1-6]", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for above, below in itertools.pairwise(levels):
        assert below <= above + 1, "a level of heading is skipped"
    assert all(node.text for node in page.all("h1", "h2", "h3"))


def check_landmarks(page: Node) -> None:
    body = page.one("body")
    for tag in ("header", "nav", "main", "footer"):
        assert len(page.all(tag)) == 1
    assert page.one("nav").attributes["aria-label"]
    skip = next(iter(body))
    assert (skip.tag, skip.attributes["href"]) == ("a", "#" + page.one("main").attributes["id"])


def check_tables(page: Node) -> None:
    for table in page.all("table"):
        caption = next(iter(table))
        assert caption.tag == "caption"
        assert caption.text
        assert table.parent is not None
        assert table.parent.attributes["role"] == "region"
        assert table.parent.attributes["tabindex"] == "0", "a table that scrolls must be reached by keyboard"
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        assert len(widths) == 1, f"'{caption.text}' has rows of different width: {widths}"
        for cell in table.all("th"):
            in_head = any(node.tag == "thead" for node in cell.ancestors())
            assert cell.attributes["scope"] == ("col" if in_head else "row")
            assert cell.text
        assert table.one("thead").all("th")
        for row in table.one("tbody").all("tr"):
            assert len(row.all("th")) == 1, f"a row of '{caption.text}' has no heading"


def check_pictures(page: Node) -> None:
    for picture in page.all("svg"):
        named = picture.attributes.get("role") == "img" and picture.attributes.get("aria-label")
        assert named or picture.attributes.get("aria-hidden") == "true"
        if named:
            assert any(node.tag == "figure" for node in picture.ancestors())
    for figure in page.all("figure"):
        assert figure.one("figcaption").text
        assert len(figure.all("svg")) == 1
        section = next(node for node in figure.ancestors() if node.tag == "section")
        nodes = list(section)
        assert any(node.tag == "table" for node in nodes[nodes.index(figure) :]), "a chart has no table beneath"
