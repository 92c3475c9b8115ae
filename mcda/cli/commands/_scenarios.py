"""`mcda scenarios`: thousands of what-ifs, solved to proof, and what they say together."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from mcda.cli._output import Exit, add_folder, add_json_option, complain, say, say_json, step

if TYPE_CHECKING:
    import argparse

    from mcda.decision import Decision
    from mcda.scenarios import ScenarioPlan, ScenarioRun

_MOST_DRAWS = 1_000_000
_DESCRIPTION = """\
Draw what is uncertain, find and prove the best portfolio for every scenario, and count how often each project is
funded. Without a plan, this draws whatever the decision says is uncertain: any mix of the groups' weights, performance
between its pessimistic and optimistic levels, and costs within their ranges.
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "scenarios",
        help="solve thousands of what-ifs, to see which projects are safe choices",
        description=_DESCRIPTION,
    )
    add_folder(parser)
    parser.add_argument(
        "--plan", metavar="PLAN.toml", help="what to draw (default: what the decision says is uncertain)"
    )
    parser.add_argument("--draws", metavar="N", type=int, help="number of draws, overriding the plan")
    parser.add_argument("--seed", metavar="N", type=int, help="seed of the draws, overriding the plan")
    parser.add_argument(
        "--cases",
        metavar="ID,ID",
        help="run these scenarios from scenarios.csv ('base': no change; 'all': all of them)",
    )
    parser.add_argument(
        "--within",
        metavar="POINTS",
        type=float,
        help="stop as soon as every project's funded %% is known to within this many points, such as 1 "
        "(at most a million draws, unless --draws says otherwise)",
    )
    parser.add_argument("--out", metavar="FOLDER", help="keep every scenario here (needed to resume)")
    parser.add_argument("--resume", action="store_true", help="continue the run in --out, or extend it with --draws")
    parser.add_argument("--workers", metavar="N", type=int, help="worker processes (default: one per processor)")
    parser.add_argument("--dask", metavar="ADDRESS", help="compute on the Dask cluster with this scheduler")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run and report."""
    from mcda.cli._scenarios_text import run_text
    from mcda.errors import InputError
    from mcda.files import load
    from mcda.scenarios import run_scenarios

    if options.resume and not options.out:
        raise InputError("--resume needs --out FOLDER: the folder of the run to continue.")
    if options.workers is not None and options.workers < 1:
        raise InputError(f"--workers must be at least 1. Got {options.workers}.")
    with step("reading the decision"):
        decision = load(options.folder)
    plan = _plan(options, decision)
    with ExitStack() as stack:
        executor, workers = None, options.workers
        if options.dask:
            executor, workers = _dask(options.dask, stack)
        try:
            found = run_scenarios(
                decision, plan, out=options.out, resume=options.resume, executor=executor, workers=workers
            )
        except KeyboardInterrupt:
            if options.out:
                complain(f"stopped; what is done is kept in {options.out}. Continue with --out {options.out} --resume")
                return Exit.LIMIT
            raise
    if options.json:
        say_json(found.to_record())
    else:
        say(run_text(found, options.out))
    return exit_status(found)


def _plan(options: argparse.Namespace, decision: Decision) -> ScenarioPlan | None:
    """Return the plan asked for; None if a run is resumed as it was planned."""
    from pathlib import Path

    from mcda.scenarios import StoppingRule, default_plan, open_scenarios, read_plan

    changes: dict[str, Any] = {}
    if options.within is not None:
        changes |= {"stop": StoppingRule(half_width=options.within / 100), "draws": _MOST_DRAWS}
    if options.draws is not None:
        changes["draws"] = options.draws
    if options.seed is not None:
        changes["seed"] = options.seed
    if options.cases is not None:
        changes["cases"] = tuple(part.strip() for part in options.cases.split(",") if part.strip())
    if options.plan:
        plan = read_plan(options.plan)
    elif options.resume and (Path(options.out) / "manifest.json").exists():
        plan = open_scenarios(options.out, decision).plan
    else:
        plan = default_plan(decision)
    return plan.replace(**changes)


def _dask(address: str, stack: ExitStack) -> tuple[Any, int]:
    """Return the executor of a Dask cluster, and how many chunks it computes at a time."""
    from mcda.errors import InputError

    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--dask needs the package 'distributed'. Install it: pip install 'mcda-portfolio[distributed]'."
        ) from None
    with step(f"connecting to {address}"):
        try:
            client = stack.enter_context(Client(address, timeout=10))
        except (OSError, ValueError) as error:
            raise InputError(f"No Dask scheduler answers at {address}: {error}") from error
    threads = sum(client.nthreads().values())
    if not threads:
        raise InputError(f"The Dask cluster at {address} has no workers. Start some: dask worker {address}")
    return client.get_executor(pure=False, retries=3), threads


def exit_status(found: ScenarioRun) -> Exit:
    """Return 0 if every scenario is answered, 1 if none has a portfolio, 3 if some are not proven."""
    open_ones = {status for status in found.statuses if status not in ("optimal", "infeasible")}
    if open_ones:
        return Exit.LIMIT
    return Exit.DONE if "optimal" in found.statuses else Exit.NO
