"""Tables for people, JSON for programs, progress for whoever is watching."""

from __future__ import annotations

import enum
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mcda.wording import NONE, plain_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Container, Iterator, Mapping, Sequence


class Exit(enum.IntEnum):
    """Exit status of the `mcda` command."""

    DONE = 0
    NO = 1
    USAGE = 2
    LIMIT = 3


def say(text: str = "") -> None:
    """Print a line of the result, with hyphens for minus signs, so that figures can be copied into other programs."""
    sys.stdout.write(plain_text(text) + "\n")


def complain(text: str) -> None:
    """Print what went wrong."""
    sys.stderr.write(f"mcda: {text}\n")


def say_json(record: Mapping[str, object]) -> None:
    """Print a result for programs."""
    sys.stdout.write(json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say on stderr what is being done, if a person is watching."""
    if sys.stderr.isatty():
        sys.stderr.write(f"  {words} ... ")
        sys.stderr.flush()
        try:
            yield
        except BaseException:
            sys.stderr.write("\n")
            raise
        sys.stderr.write("done\n")
    else:
        yield


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1, words: Container[str] = (), title: str = ""
) -> str:
    """Lay out a table in plain text.

    Parameters
    ----------
    headings
        One per column.
    rows
        Cells as they should read; a dash if there is no figure.
    left
        How many of the first columns are words (aligned left); the others are figures (aligned right).
    words
        Headings of further columns of words.
    title
        A line above.
    """
    cells = [list(headings), *[["-" if cell == NONE else cell for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    leftward = [column < left or heading in words for column, heading in enumerate(headings)]

    def line(row: Sequence[str]) -> str:
        parts = [
            cell.ljust(width) if word else cell.rjust(width)
            for cell, width, word in zip(row, widths, leftward, strict=True)
        ]
        return "  ".join(parts).rstrip()

    lines = [line(cells[0]), "  ".join("-" * width for width in widths), *map(line, cells[1:])]
    return "\n".join([*([title] if title else []), *lines])


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``, the same for every command."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON, for other programs")


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add the folder that holds the decision."""
    parser.add_argument("folder", metavar="FOLDER", help="the decision: a folder of CSV files or an .xlsx workbook")
