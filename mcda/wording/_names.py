"""Words around users' text: lists, plurals, long names, and names written from right to left."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDI", "PDF"})
_OPENING = frozenset({"RLI", "LRI", "FSI"})
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def isolate(text: str) -> str:
    r"""Keep the direction of a user's text from spilling into the sentence around it.

    Names that could turn the line (right-to-left letters, directional controls) are wrapped in a Unicode isolate
    (UAX #9), after balancing isolates that the text itself opens or closes too often. Other text is left alone.

    Examples
    --------
    >>> isolate("Wi-Fi refresh")
    'Wi-Fi refresh'
    >>> isolate("רשת")
    '\u2068רשת\u2069'
    """
    classes = [unicodedata.bidirectional(character) for character in text]
    if _TURNING.isdisjoint(classes):
        return text
    unopened = depth = 0
    for kind in classes:
        if kind in _OPENING:
            depth += 1
        elif kind == "PDI" and depth:
            depth -= 1
        elif kind == "PDI":
            unopened += 1
    return _FIRST_STRONG_ISOLATE * (1 + unopened) + text + _POP_ISOLATE * (1 + depth)


def shorten(text: str, width: int = 60) -> str:
    """Return a name that fits, cut at a word if possible, and safe to put in a sentence.

    Examples
    --------
    >>> shorten("Unsupported operating system remediation", 24)
    'Unsupported operating…'
    """
    if len(text) <= width:
        return isolate(text)
    cut = text[: width - 1]
    at_word = cut.rpartition(" ")[0]
    return isolate((at_word if len(at_word) > width // 2 else cut).rstrip(" ,;:(") + "…")


def in_sentence(name: str) -> str:
    """Return a name as it stands in the middle of a sentence: an abbreviation keeps its capitals.

    Examples
    --------
    >>> in_sentence("Clinical informatics"), in_sentence("IG cyber"), in_sentence("A")
    ('clinical informatics', 'IG cyber', 'a')
    """
    return name if name[:2].isupper() and len(name) > 1 else name[:1].lower() + name[1:]


def wrap(text: str, width: int, lines: int = 2) -> tuple[str, ...]:
    """Break a label into lines, with a limit on their number and length; the last one is cut if need be.

    Examples
    --------
    >>> wrap("Change burden on front-line staff", 20)
    ('Change burden on', 'front-line staff')
    """
    found: list[str] = []
    rest = text.strip()
    while len(rest) > width and len(found) < lines - 1:
        at = rest.rfind(" ", 0, width + 1)
        at = at if at > 0 else width
        found.append(isolate(rest[:at].rstrip()))
        rest = rest[at:].lstrip()
    return (*found, shorten(rest, width))


def listed(items: Iterable[str], most: int | None = None, none: str = "") -> str:
    """Return "a, b and c"; beyond `most` items, say how many more; `none` if there is nothing to list.

    Examples
    --------
    >>> listed(["P02", "P18", "P19"]), listed(["a", "b", "c", "d"], most=2), listed([], none="none")
    ('P02, P18 and P19', 'a, b and 2 more', 'none')
    """
    shown = list(items)
    if most is not None and len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most:,} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part) or none


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> counted(1, "project"), counted(1200, "project"), counted(2, "person", "people")
    ('1 project', '1,200 projects', '2 people')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
