"""`mcda prove`: a proof of the best portfolio that an auditor can check without any solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step
from mcda.cli._question import add_question_options, read_selection
from mcda.wording import points

if TYPE_CHECKING:
    import argparse

    import solvers


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "prove", help="write a proof that the portfolio is best, or check one without a solver"
    )
    add_folder(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", metavar="FILE", help="prove the best portfolio and write the proof")
    what.add_argument("--check", metavar="FILE", help="check a proof against this decision, in whole numbers")
    add_question_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write or check a proof."""
    import solvers

    if options.check:
        problem = _problem(options)
        with step("checking the proof"):
            proof = solvers.Proof.load(options.check)
            verdict = solvers.check_proof(problem, proof)
        return _report_check(options, proof, verdict)
    selection = read_selection(options)
    with step("proving"):
        proof = solvers.prove(selection.problem, options.solver)
        proof.save(options.write)
    if options.json:
        value = None if proof.value is None else float(proof.value)
        say_json({"file": options.write, "value": value, "selected": proof.selected, "nodes": proof.nodes})
    elif proof.value is None:
        say(f"{options.write}: proof that no portfolio keeps every limit and rule, {proof.nodes} nodes, checked.")
    else:
        say(
            f"{options.write}: proof that {points(proof.value)} is the best value for {selection.question}, "
            f"{len(proof.selected or ())} projects, {proof.nodes} nodes, checked."
        )
    return Exit.DONE


def _problem(options: argparse.Namespace) -> solvers.Problem:
    from mcda.decision import apply_scenario
    from mcda.files import load
    from mcda.portfolio import build_problem
    from mcda.scoring._projects import value_projects
    from mcda.weights import weigh_decision

    with step("reading the decision"):
        decision = load(options.folder)
        if options.scenario is not None:
            decision = apply_scenario(decision, options.scenario)
        elicited = weigh_decision(decision)
        weights = elicited.board if options.group is None else elicited.of_group(options.group)
        values = value_projects(decision, weights)
        return build_problem(decision, values, force=options.force, forbid=options.forbid, policies=options.policy)


def _report_check(options: argparse.Namespace, proof: solvers.Proof, verdict: solvers.ProofCheck) -> int:
    if options.json:
        say_json({"holds": verdict.holds, "reason": verdict.reason, "nodes": verdict.nodes})
    elif not verdict.holds:
        say(f"The proof does NOT hold: {verdict.reason}.")
    elif proof.value is None:
        say(f"The proof holds: no portfolio keeps every limit and rule. {verdict.nodes} nodes, no solver used.")
    else:
        say(
            f"The proof holds: no portfolio is worth more than {points(proof.value)}. "
            f"{verdict.nodes} nodes, no solver used.\nPortfolio: {', '.join(proof.selected or ())}"
        )
    return Exit.DONE if verdict.holds else Exit.NO
