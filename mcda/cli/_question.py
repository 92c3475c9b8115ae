"""The options that say which portfolio a command is about, and the header of its result for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import step

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from mcda.portfolio import Selection


def add_question_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that decide whose values, which scenario and which rules."""
    parser.add_argument("--group", metavar="GROUP", help="use one stakeholder group's weights, not the Board's")
    parser.add_argument("--force", metavar="ID", action="append", default=[], help="fund this project (repeatable)")
    parser.add_argument(
        "--forbid", metavar="ID", action="append", default=[], help="do not fund this project (repeatable)"
    )
    add_setting_options(parser)


def add_setting_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that decide which scenario and which rules, whosever values they are."""
    parser.add_argument("--scenario", metavar="ID", help="first apply this scenario from scenarios.csv")
    parser.add_argument(
        "--policy", metavar="ID", action="append", default=[], help="apply this optional Board rule (repeatable)"
    )
    parser.add_argument("--solver", default="auto", help="solver to use (default: %(default)s)")


def read_selection(options: argparse.Namespace) -> Selection:
    """Read the decision and select its best portfolio."""
    from mcda.files import load
    from mcda.portfolio import select

    with step("reading the decision"):
        decision = load(options.folder)
    with step("searching for the best portfolio"):
        return select(
            decision,
            group=options.group,
            scenario=options.scenario,
            force=options.force,
            forbid=options.forbid,
            policies=options.policy,
            solver=options.solver,
        )


def header(selection: Selection) -> dict[str, object]:
    """Return the beginning of every result for programs."""
    from mcda.report import result_record

    record = result_record(selection)
    return {key: record[key] for key in ("decision", "question", "input_sha256", "solver", "versions")}


def change(enters: Iterable[str], leaves: Iterable[str]) -> str:
    """Projects that come in and go, short: "+P38 -P37"."""
    return " ".join([*(f"+{name}" for name in enters), *(f"-{name}" for name in leaves)])
