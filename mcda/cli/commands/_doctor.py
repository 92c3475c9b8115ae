"""`mcda doctor`: is this installation sound?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, say

if TYPE_CHECKING:
    import argparse

DISTRIBUTION = "mcda-portfolio"
CLASHING = "mcda"
"""Another project's distribution, whose files would overwrite ours."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("doctor", help="check this installation: clashes, versions and solvers")
    parser.add_argument(
        "--warm", action="store_true", help="compile our own branch and bound now (takes a minute or two, once)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check and report."""
    if options.warm:
        _warm()
    problems = [*_clash(), *_solvers()]
    for problem in problems:
        say(f"PROBLEM  {problem}")
    say("This installation is sound." if not problems else f"{len(problems)} problem(s) found.")
    return Exit.NO if problems else Exit.DONE


def _clash() -> list[str]:
    from importlib import metadata

    installed = {str(item.metadata["Name"]).lower() for item in metadata.distributions()}
    if CLASHING in installed:
        message = (
            f"The package '{CLASHING}' (another project) is installed beside '{DISTRIBUTION}' and overwrites its "
            f"files. Remedy: pip uninstall {CLASHING} {DISTRIBUTION}, then install {DISTRIBUTION} again."
        )
        return [message]
    return []


def _solvers() -> list[str]:
    import solvers

    table = solvers.backends()
    say("Solvers")
    say(repr(table))
    say()
    return [] if table.usable else ["No solver is usable. Remedy: install highspy (any version but 1.14.0)."]


def _warm() -> None:
    from mcda.cli._output import step
    from solvers.branch_and_bound import readiness

    reason = readiness.unusable()
    if reason is None:
        with step("compiling our own branch and bound"):
            readiness.load()
    say("Our own branch and bound is compiled and ready.\n" if reason is None else f"Not compiled: {reason}\n")
