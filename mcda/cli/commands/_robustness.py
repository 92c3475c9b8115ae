"""`mcda robustness`: which projects are in whatever the weights, how far weights can move, what could be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.cli._question import add_setting_options, change
from mcda.wording import counted, guaranteed, percent, percentage_points, points, shorten
from solvers import Termination

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import PortfolioSmaa, PortfolioStability, Regret, Selection

FORMAT = 1
WORDS = {"always": "always in (core)", "sometimes": "sometimes in (borderline)", "never": "never in (exterior)"}
SHOWN = 10


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("robustness", help="say which projects are in for all weights, and what might change")
    add_folder(parser)
    parser.add_argument(
        "--weights",
        choices=("groups", "stakeholders", "any", "board"),
        default="groups",
        help="draw mixes of the groups' weights, mixes of everyone's weights, or any weights at all, or keep "
        "the Board's (default: %(default)s)",
    )
    parser.add_argument("--draws", metavar="N", type=int, default=10_000, help="how many draws (default: %(default)s)")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="seed of the draws (default: %(default)s)")
    parser.add_argument(
        "--performance", action="store_true", help="draw performance between the pessimistic and the optimistic level"
    )
    parser.add_argument("--costs", action="store_true", help="draw costs between cost_low_mult and cost_high_mult")
    parser.add_argument("--optimism", action="store_true", help="raise capital by a drawn share of its optimism bias")
    parser.add_argument("--delivery", action="store_true", help="let projects fail to deliver as planned")
    add_setting_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Analyse and report."""
    from mcda.files import load
    from mcda.portfolio import portfolio_smaa, portfolio_stability, regret, scored_problem, select

    with step("reading the decision"):
        decision = load(options.folder)
    question: dict[str, Any] = {"scenario": options.scenario, "policies": options.policy}
    with step("finding the Board's portfolio"):
        board = select(decision, solver=options.solver, **question)
    if board.solution.termination is not Termination.OPTIMAL:
        from mcda.cli.commands._select import say_selection

        return say_selection(board, as_json=options.json)
    seen = scored_problem(decision, **question)
    with step(f"solving {options.draws:,} draws"):
        smaa = portfolio_smaa(
            seen,
            options.weights,
            draws=options.draws,
            rng=options.seed,
            performance=options.performance,
            costs=options.costs,
            optimism=options.optimism,
            delivery=options.delivery,
            solver=options.solver,
        )
    with step("moving each weight until the portfolio changes"):
        stability = portfolio_stability(seen, solver=options.solver)
    losses = None
    if len(decision.groups) > 1:
        with step("looking for the portfolio of least regret"):
            losses = regret(seen, portfolios={"board": board.selected}, solver=options.solver)
    if options.json:
        say_json(record(smaa, stability, losses, board) | {"seed": options.seed, "policies": list(options.policy)})
    else:
        say(text(smaa, stability, losses, board))
    return Exit.DONE


def record(
    smaa: PortfolioSmaa, stability: PortfolioStability, losses: Regret | None, board: Selection
) -> dict[str, Any]:
    """Return the analysis as plain data, with stable keys."""
    shown = stability.to_frame()
    return {
        "format": FORMAT,
        "question": board.question,
        "uncertain": smaa.drawn,
        "draws": smaa.draws,
        "impossible": smaa.impossible,
        "proved_by": smaa.proved_by,
        "solves": smaa.solves,
        "core": list(smaa.always),
        "borderline": list(smaa.sometimes),
        "exterior": list(smaa.never),
        "acceptability": smaa.acceptability.to_dict(),
        "board_portfolio": {"selected": list(board.selected), "share": smaa.share_of(board.selected)},
        "portfolios": [
            {
                "share": float(share),
                "selected": list(smaa.problem.names_of(chosen)),
                "central_weights": dict(zip(smaa.problem.criteria, central.tolist(), strict=True)),
            }
            for share, chosen, central in zip(smaa.shares, smaa.selected, smaa.central_weights, strict=True)
        ],
        "stability": {str(name): row.to_dict() for name, row in shown.iterrows()},
        "most_critical": stability.most_critical,
        "regret": None if losses is None else _regret_record(losses),
        "input_sha256": board.decision.input_sha256,
    }


def _regret_record(losses: Regret) -> dict[str, Any]:
    return {
        "views": list(losses.views),
        "best": losses.best.to_dict(),
        "portfolios": {name: list(chosen) for name, chosen in losses.portfolios.items()},
        "loss": losses.loss.to_dict(orient="index"),
        "share": losses.share.to_dict(orient="index"),
        "greatest_loss": losses.greatest_loss.to_dict(),
        "least_share": losses.guaranteed_share.to_dict(),
    }


def text(smaa: PortfolioSmaa, stability: PortfolioStability, losses: Regret | None, board: Selection) -> str:
    """Return the analysis as tables a manager can read."""
    parts = [_headline(smaa, board), _projects(smaa, board), _portfolios(smaa, board), _stability(stability)]
    if losses is not None:
        parts.append(_regret(losses))
    return "\n\n".join(parts)


def _headline(smaa: PortfolioSmaa, board: Selection) -> str:
    proof = {
        "regions": f"every one proven: {smaa.solves} exact solves divide the weights by best portfolio",
        "batch": "every one solved and proven",
    }
    share = smaa.share_of(board.selected)
    lines = [
        f"How sure is the portfolio, for {board.question}",
        f"{smaa.draws:,} draws of {smaa.drawn}; {proof[smaa.proved_by]}.",
        (
            f"{counted(len(smaa.always), 'project is', 'projects are')} always in, {len(smaa.never)} never, "
            f"{len(smaa.sometimes)} sometimes."
        ),
        (
            f"The Board's portfolio is the best in {percent(share)} of the draws; {len(smaa.selected)} different ones "
            "are best in some draws."
        ),
    ]
    if smaa.impossible:
        lines.append(f"In {percent(smaa.impossible)} of the draws no portfolio keeps every limit; they do not count.")
    return "\n".join(lines)


def _projects(smaa: PortfolioSmaa, board: Selection) -> str:
    decision, frame = board.decision, smaa.to_frame()
    shown = frame[frame["in"] != "never"].sort_values("acceptability", ascending=False, kind="stable")
    rows = [
        [
            str(name),
            shorten(decision.project(str(name)).name),
            "in" if name in board.selected else "",
            percent(float(row["acceptability"])),
            WORDS[str(row["in"])] + (" (mandatory)" if decision.project(str(name)).mandatory else ""),
        ]
        for name, row in shown.iterrows()
    ]
    headings = ["id", "project", "Board's", "best in", "verdict"]
    listed = table(headings, rows, left=3, words=["verdict"], title="How often each project is in the best portfolio")
    return f"{listed}\nNever in: {' '.join(smaa.never) or 'none'}."


def _portfolios(smaa: PortfolioSmaa, board: Selection) -> str:
    own = set(board.selected)
    rows = []
    for place, (share, chosen) in enumerate(zip(smaa.shares[:SHOWN], smaa.selected[:SHOWN], strict=True), start=1):
        names = smaa.problem.names_of(chosen)
        changes = change((name for name in names if name not in own), sorted(own.difference(names)))
        rows.append([str(place), percent(float(share)), str(len(names)), changes or "the Board's portfolio"])
    against = "changes against the Board's portfolio"
    more = len(smaa.selected) - len(rows)
    listed = table(["rank", "best in", "projects", against], rows, words=[against], title="Best portfolios")
    return listed + (f"\nAnd {more} more; --json lists them all." if more else "")


def _stability(stability: PortfolioStability) -> str:
    rows = [
        [
            str(name),
            percent(float(row["weight"])),
            percent(float(row["lower"])),
            percent(float(row["upper"])),
            str(row["below"]) or "-",
            str(row["above"]) or "-",
        ]
        for name, row in stability.to_frame().iterrows()
    ]
    title = "How far each Board weight can move, the others in proportion, before the best portfolio changes (exact)"
    headings = ["weight", "now", "from", "to", "below that", "above that"]
    least = float(stability.room.min())
    listed = table(headings, rows, words=headings[-2:], title=title)
    if least == float("inf"):
        return f"{listed}\nNo weight, moved alone, changes the portfolio."
    move = percentage_points(least)
    return f"{listed}\nThe most critical is {stability.most_critical}: a move of {move} changes the portfolio."


def _regret(losses: Regret) -> str:
    frame = losses.to_frame()
    order = ["board", *[name for name in frame.index if name != "board"]]
    rows = []
    for name in order:
        row = frame.loc[name]
        rows.append(
            [
                _titled(name),
                str(int(row["options"])),
                points(float(row["greatest_loss"])),
                str(row["lost_by"]),
                guaranteed(float(row["least_share"])),
                str(row["got_by"]),
            ]
        )
    headings = ["portfolio", "projects", "greatest loss", "to", "least share", "of"]
    title = "Regret: the most that any group, or any mix of groups, would lose against its own best portfolio"
    return table(headings, rows, words=["to", "of"], title=title)


def _titled(name: str) -> str:
    words = {"board": "the Board's", "least regret": "least regret (proven)", "fairest share": "fairest share (proven)"}
    return words.get(name, f"best for {name}")
