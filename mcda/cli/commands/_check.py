"""`mcda check`: all faults in a decision's files, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("check", help="list every fault in the files, by file, row and column")
    add_folder(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check and report."""
    from mcda.files import check

    report = check(options.folder)
    if options.json:
        frame = report.to_frame()
        say_json(
            {
                "faults": frame[frame["kind"] == "fault"].drop(columns="kind").to_dict(orient="records"),
                "warnings": frame[frame["kind"] == "warning"].drop(columns="kind").to_dict(orient="records"),
                "input_sha256": report.decision.input_sha256 if report.decision else None,
            }
        )
        return Exit.NO if report.faults else Exit.DONE
    say(str(report))
    if report.decision is not None:
        decision = report.decision
        say(
            f"Ready to use: {len(decision.projects)} projects, {len(decision.criteria.leaves)} measured criteria, "
            f"{len(decision.stakeholders)} people in {len(decision.groups)} groups, "
            f"{len(decision.resources)} limited resources over {len(decision.years)} years."
        )
    return Exit.NO if report.faults else Exit.DONE
