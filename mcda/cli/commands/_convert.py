"""`mcda convert`: a decision from a folder of CSV files to a workbook or back, with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, say

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "convert", help="copy a decision from a folder to a workbook, or back, without losing anything"
    )
    add_folder(parser)
    parser.add_argument("target", metavar="TARGET", help="a new workbook (NAME.xlsx) or a new folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Copy, and say where; exit 1 if something in the source cannot be read."""
    from mcda.files import FaultsError, convert

    try:
        place = convert(options.folder, options.target)
    except FaultsError as error:
        say(str(error))
        return Exit.NO
    say(f"Written: {place}")
    return Exit.DONE
