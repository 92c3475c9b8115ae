"""`mcda report`: the Board pack and the machine-readable result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.cli._output import add_folder, say, step
from mcda.cli.commands._select import add_solver_options, exit_status, selection_text

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import Selection


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("report", help="write the Board pack (HTML) and the result (JSON)")
    add_folder(parser)
    parser.add_argument("--out", metavar="FOLDER", default="out", help="where to write (default: %(default)s)")
    parser.add_argument("--xlsx", action="store_true", help="also write the result as an Excel workbook, with charts")
    parser.add_argument("--csv", action="store_true", help="also write the result as CSV files, one per table")
    parser.add_argument(
        "--quick", action="store_true", help="leave out what needs many solves: explanations, risk and robustness"
    )
    add_solver_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the pack."""
    selection = write_pack(
        Path(options.folder),
        Path(options.out),
        options.solver,
        options.time_limit,
        options.gap,
        threads=options.threads,
        cross_check=options.cross_check,
        xlsx=options.xlsx,
        tables=options.csv,
        quick=options.quick,
    )
    return exit_status(selection)


def write_pack(
    folder: Path,
    out: Path,
    solver: str = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    *,
    threads: int = 1,
    cross_check: bool = False,
    xlsx: bool = False,
    tables: bool = False,
    quick: bool = False,
) -> Selection:
    """Read, weigh, select, compare and write; say where."""
    from mcda.files import load
    from mcda.portfolio import compare_groups, select
    from mcda.report import gather_evidence, result_record, write_board_pack, write_result_csv, write_result_workbook
    from mcda.weights import weigh_decision

    with step("reading and checking the decision"):
        decision = load(folder)
    with step(f"weighing the judgements of {len(decision.stakeholders)} people"):
        weights = weigh_decision(decision)
    with step("searching for the best portfolio"):
        selection = select(
            decision, solver=solver, time_limit=time_limit, gap=gap, threads=threads, cross_check=cross_check
        )
    comparison = None
    if selection.found and decision.groups:
        with step("comparing with what each group would choose"):
            comparison = compare_groups(decision, solver=solver, time_limit=time_limit)
    if not quick:
        _make_ready()
    evidence = None if quick else gather_evidence(selection, solver=solver, watch=step)
    say(selection_text(selection))
    with step("writing the Board pack"):
        out.mkdir(parents=True, exist_ok=True)
        write_board_pack(out / "board-pack.html", selection, weights, comparison, evidence=evidence)
        record = result_record(selection, weights, comparison)
        text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        (out / "result.json").write_bytes(text.encode("utf-8"))
        if xlsx:
            write_result_workbook(out / "result.xlsx", selection, weights, comparison)
        if tables:
            write_result_csv(out / "tables", selection, weights, comparison)
    say()
    say(f"Board pack:  {out / 'board-pack.html'}  (open it in a browser)")
    say(f"Result:      {out / 'result.json'}  (for programs)")
    if xlsx:
        say(f"Workbook:    {out / 'result.xlsx'}  (the same result for Excel)")
    if tables:
        say(f"Tables:      {out / 'tables'}  (the same result as CSV files)")
    return selection


def _make_ready() -> None:
    """Compile our own solver if that is not done yet: the evidence takes hundreds of proofs."""
    from solvers.branch_and_bound import readiness

    if readiness.unusable() is None and not readiness.is_warm():
        with step("compiling our own solver (once, about a minute)"):
            readiness.load()
