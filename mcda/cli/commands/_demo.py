"""`mcda demo`: the whole job on the synthetic example decision, with one command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mcda.cli._output import say

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("demo", help="run the whole job on a synthetic example: forty digital projects")
    parser.add_argument("--out", metavar="FOLDER", default="out/demo", help="where to write (default: %(default)s)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the example."""
    from importlib.util import find_spec

    from mcda.cli.commands._report import write_pack
    from mcda.cli.commands._select import exit_status
    from mcda.files import dataset

    folder = dataset("nhs-digital")
    say("The example: forty digital projects of a hospital trust, five groups who disagree. All figures are invented.")
    say()
    # Robustness and reasons take hundreds of proofs: minutes, without our own compiled solver.
    quick = find_spec("numba") is None
    selection = write_pack(folder, Path(options.out), quick=quick)
    if quick:
        say(f"More:        mcda report {folder}  (adds why, at what price, risk and robustness; takes minutes here)")
    say(f"The input:   {folder}  (CSV files: copy the folder and put in your own figures)")
    return exit_status(selection)
