"""Parse the command line, run one command, and turn the outcome into an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from mcda.cli._output import Exit, complain
from mcda.cli.commands import (
    _alternatives,
    _bench,
    _check,
    _compare,
    _convert,
    _demo,
    _doctor,
    _explain,
    _frontier,
    _money,
    _new,
    _prove,
    _report,
    _robustness,
    _scenarios,
    _schedule,
    _score,
    _select,
    _weigh,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    _demo,
    _new,
    _check,
    _convert,
    _weigh,
    _score,
    _select,
    _schedule,
    _alternatives,
    _explain,
    _frontier,
    _money,
    _robustness,
    _compare,
    _scenarios,
    _report,
    _bench,
    _prove,
    _doctor,
)

EXIT_STATUS = """\
exit status:
  0  done
  1  the answer is "no": the problem is infeasible, or the files have faults
  2  wrong usage or unreadable input
  3  a limit was reached before the answer was proven
"""


def build_parser() -> argparse.ArgumentParser:
    """Describe every command; loads no library outside the standard one."""
    import mcda

    parser = argparse.ArgumentParser(
        prog="mcda",
        description="From people's judgements to a portfolio proven best, and a Board pack that explains it.",
        epilog=EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mcda {mcda.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Parameters
    ----------
    arguments
        The words after ``mcda``; default: those of the process.

    Returns
    -------
    int
        See `mcda.cli._output.Exit`.
    """
    from mcda.errors import McdaError
    from solvers.errors import SolversError

    options = build_parser().parse_args(arguments)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        # `mcda score ... | head` closes our output early: that is no fault of the user's, so no traceback.
        _discard_output()
        return Exit.DONE
    except (McdaError, SolversError) as error:
        complain(str(error))
        return Exit.USAGE
    except OSError as error:
        complain(f"{error.filename or 'input'}: {error.strerror or error}")
        return Exit.USAGE
    except KeyboardInterrupt:
        complain("stopped")
        return Exit.LIMIT
    return status


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
