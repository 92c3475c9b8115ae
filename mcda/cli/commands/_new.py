"""`mcda new`: a decision to start from, as a workbook or as a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, say

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "new", help="write a small example decision for you to overwrite: a workbook or a folder"
    )
    parser.add_argument("target", metavar="TARGET", help="a new workbook (NAME.xlsx) or a new folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it, and say what comes next."""
    from mcda.files import new

    place = new(options.target)
    say(f"Written: {place}  (six invented projects: replace them with your own)")
    say(f"Next:    mcda check {place}")
    say(f"Then:    mcda report {place}")
    return Exit.DONE
