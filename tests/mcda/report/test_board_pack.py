"""The Board pack of the flagship: structure, figures, safety and determinism."""

from __future__ import annotations

import dataclasses
import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mcda
import solvers
from mcda.decision import CriteriaTree, Decision
from mcda.errors import InputError
from mcda.portfolio import GroupComparison, Selection, compare_groups, select
from mcda.report import board_pack, write_board_pack
from mcda.report.view import view_pack
from mcda.weights import DecisionWeights
from tests.pages import Node, check_page

BOARD_OPTIMUM = "P02 P05 P07 P08 P09 P18 P19 P23 P24 P26 P28 P31 P34 P35 P36 P37 P39".split()  # noqa: SIM905 - reads better


def table(page: Node, caption: str) -> Node:
    (found,) = [node for node in page.all("table") if next(iter(node)).text.startswith(caption)]
    return found


def figure(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def test_structure(html: str) -> None:
    check_page(html)


def test_the_page_is_small(html: str, selection: Selection) -> None:
    assert len(html.encode()) < 6_000_000
    assert len(board_pack(selection, playing=False).encode()) < 400_000


def test_at_a_glance(page: Node) -> None:
    glance = page.by_id("glance")
    assert glance.one("h2").text == "The decision at a glance"
    lead = next(node for node in glance.all("p") if node.attributes.get("class") == "lead").text
    assert lead == (
        "Fund 17 of the 40 proposed projects. They cost £15.53m of capital and £17.82m of revenue over 5 years, "
        "within every yearly limit."
    )
    assert "Proven best" in glance.text
    cards = dict(zip([node.text for node in glance.all("dt")], [node.text for node in glance.all("dd")], strict=True))
    assert cards["Projects funded"] == "17 of 40 proposed"
    assert cards["Capital"] == "£15.53m of £18.40m available"
    assert cards["Value"] == "219.27 points over doing nothing"
    assert cards["Every group gets"] == "85.2% or more of its own best"
    listed = [node.text for node in glance.all("bdi") if node.attributes.get("class") == "id"]
    assert sorted(listed) == BOARD_OPTIMUM


def test_totals_are_the_sums_of_their_columns(page: Node, selection: Selection) -> None:
    funded = table(page, "Funded projects")
    rows = funded.rows()
    assert [row[0][:3] for row in rows[:-1]] == [
        name for name in selection.values.projects.sort_values(ascending=False).index if name in BOARD_OPTIMUM
    ]
    # Shared licences of P23 and P24 save 190 of revenue: the members' own figures add up to 18,010.
    assert rows[-1] == ["Y01 P23 and P24 together", "0.39", "0", "−190", "", "Shared automation team"]
    assert sum(figure(row[3]) for row in rows[:-1]) == 18_010
    (total,) = funded.rows("tfoot")
    assert total == ["Total", "219.27", "15,530", "17,820", "", ""]
    for column in (2, 3):
        assert sum(figure(row[column]) for row in rows) == figure(total[column])
    assert sum(figure(row[1]) for row in rows) == pytest.approx(219.27, abs=0.005 * len(rows))
    use = table(page, "Money used").rows()
    assert [row[-2] for row in use] == ["15,530 of 18,400", "17,820 of 20,450"]
    assert [row[-1] for row in use] == ["52,810", "45,955"]


def test_every_year_stays_inside_its_limit(page: Node) -> None:
    for caption in ("Money used", "Teams used"):
        for row in table(page, caption).rows():
            for cell in row[1:-2]:
                use, limit = map(figure, cell.split(" of "))
                assert use <= limit
    assert len(table(page, "Teams used").rows()) == 7


def test_what_the_portfolio_delivers_adds_up_to_its_value(page: Node, decision: Decision) -> None:
    delivered = table(page, "What the funded projects change")
    rows = {row[0]: row for row in delivered.rows()}
    assert len(rows) == 10
    assert sum(figure(row[4]) for row in rows.values()) == pytest.approx(219.27, abs=0.05)
    assert delivered.rows("tfoot")[0][-1] == "219.27"
    # Recomputed from the file's figures: harm avoided by the 17, less what would have happened anyway.
    leaf = decision.criteria.leaf_ids.index("C1")
    inside = [decision.project_ids.index(name) for name in BOARD_OPTIMUM]
    gain = (decision.performance.most_likely - decision.performance.do_nothing)[inside, leaf].sum()
    together = sum(
        effect.amount
        for synergy in decision.synergies
        if set(synergy.members) <= set(BOARD_OPTIMUM)
        for effect in synergy.effects
        if effect.criterion == "C1"
    )
    assert figure(rows["Patient harm avoided"][1].lstrip("+")) == pytest.approx(gain + together, abs=0.05)
    assert rows["Change burden on front-line staff"][3] == "worse"
    assert rows["Cyber exposure"][3] == "better", "fewer exposures are better, although the change is negative"


def test_weights_by_group(page: Node, weights: DecisionWeights) -> None:
    rows = {row[0]: row[1:] for row in table(page, "Weight of each criterion").rows()}
    assert rows["Patient harm avoided"][0] == "18.8%"
    assert rows["Cash-releasing savings"][0] == "18.3%"
    for position, group in enumerate(weights.groups.index, start=1):
        shown = [figure(row[position].rstrip("%")) for row in rows.values()]
        assert shown == pytest.approx([100 * share for share in weights.of_group(group)], abs=0.0501)


def test_what_each_group_gets(page: Node, comparison: GroupComparison) -> None:
    rows = {row[0]: row[1:] for row in table(page, "This portfolio beside").rows()}
    assert len(rows) == 5
    assert rows["Technical and digital specialists"][:3] == ["85.2%", "15", "9"]
    matrix = [[figure(cell.rstrip("%")) for cell in row[1:]] for row in table(page, "Share of its own best").rows()]
    for row, shares in zip(matrix, comparison.share_of_best.to_numpy(), strict=True):
        for shown, share in zip(row, shares, strict=True):
            assert share * 100 - 0.1 - 1e-6 <= shown <= share * 100 + 1e-6


def test_agreement_is_what_the_groups_portfolios_say(page: Node, comparison: GroupComparison) -> None:
    own = [set(portfolio.selected) for portfolio in comparison.groups.values()]
    everyone = set(BOARD_OPTIMUM).intersection(*own)
    anyone = set(BOARD_OPTIMUM).union(*own)
    first = page.one("ol" if len(page.all("ol")) == 1 else "main").all("li")
    decide_now = next(node.text for node in first if node.text.startswith("Decide now"))
    assert decide_now.startswith(f"Decide now on {len(everyone)} projects.")
    assert all(name in decide_now for name in everyone)
    rows = table(page, "Projects in this portfolio").rows()
    assert {row[0][:3] for row in rows} == anyone
    for row in rows:
        assert (row[1] == "in") == (row[0][:3] in BOARD_OPTIMUM)
        assert [cell == "in" for cell in row[2:-1]] == [row[0][:3] in portfolio for portfolio in own]
        assert int(row[-1]) == sum(row[0][:3] in portfolio for portfolio in own)
    aside = next(node.text for node in first if node.text.startswith("Set "))
    assert aside.startswith(f"Set {40 - len(anyone)} projects aside.")


def test_reasons_for_leaving_projects_out(page: Node, decision: Decision, selection: Selection) -> None:
    rows = {row[0][:3]: row[-1] for row in table(page, "Projects that are not funded").rows()}
    assert set(rows) == set(decision.project_ids) - set(BOARD_OPTIMUM)
    assert rows["P29"].startswith("It is an alternative to P28 Virtual wards: own remote-monitoring")
    assert rows["P03"].startswith("It needs P14 Wi-Fi refresh")
    assert rows["P27"].startswith("It needs 1 of P30 Bed management")
    # P30 on top would need 320 more capital in year 1 than there is.
    capital = decision.resource("capital_k")
    row = decision.project_ids.index("P30")
    over = selection.solution.usage["capital_k year 1"] + capital.use[row, 0] - capital.available[0]
    assert f"capital in year 1 by £{over:.0f}k" in rows["P30"]
    assert all(rows.values())


def test_a_project_without_reason_would_be_in(decision: Decision, selection: Selection) -> None:
    """Adding any project that is out breaks a limit or a rule, or adds nothing: otherwise it was no optimum."""
    for line in view_pack(selection).projects.left_out:
        broken = solvers.certify(selection.problem, [*selection.selected, line.id]).violations
        assert bool(broken) == ("It would fit" not in " ".join(line.notes))


def test_how_it_was_made(page: Node, decision: Decision, selection: Selection) -> None:
    making = page.by_id("making").text
    for fact in (decision.input_sha256, selection.solution.solver, f"mcda-portfolio {mcda.__version__}", "mcda report"):
        assert fact in making
    assert "20 of 24 people answered consistently" in making
    assert selection.solution.certificate is not None
    checks = table(page, "Limits and rules").rows()
    assert len(checks) == len(selection.solution.certificate.checks)
    assert all(figure(row[-1]) >= 0 for row in checks)
    assert checks[0] == ["Capital, year 1, £k", "yearly limit", "4,470", "at most 4,700", "230"]


def test_a_date_only_where_one_is_given(selection: Selection, html: str) -> None:
    assert "3 November 2026" not in html
    dated = board_pack(selection, date=datetime.date(2026, 11, 3))
    check_page(dated)
    assert "Board pack · 3 November 2026" in dated


def test_without_weights_and_groups(selection: Selection) -> None:
    page = check_page(board_pack(selection))
    assert "219.27" in page.text
    assert "own best" not in page.by_id("glance").text


def test_a_portfolio_of_scores_that_do_not_add_up_says_so(decision: Decision) -> None:
    page = check_page(board_pack(select(decision, method="topsis")))
    assert "do not measure value that adds up" in page.text
    assert "TOPSIS score over doing nothing" in page.by_id("glance").text
    assert "Value, points" not in page.text
    delivered = table(page, "What the funded projects change")
    assert len(delivered.rows()[0]) == 4, "no split of a value that does not split"


def test_no_portfolio(infeasible: Selection, weights: DecisionWeights) -> None:
    page = check_page(board_pack(infeasible, weights))
    glance = page.by_id("glance").text
    assert "No portfolio possible" in glance
    assert "There is no portfolio to recommend." in glance
    assert "no set of projects keeps every limit and rule at once" in glance
    assert "Fund " not in page.text
    assert "Certified" not in page.text
    assert len(table(page, "Proposed projects").rows()) == 40
    assert table(page, "Money available, by year").rows()[0][1] == "4,700"


def test_an_unproven_portfolio_says_so(selection: Selection) -> None:
    solution = dataclasses.replace(selection.solution, termination="feasible", limit="time", bound=230.69, unique=None)
    unproven = dataclasses.replace(selection, solution=solution)
    page = check_page(board_pack(unproven))
    glance = page.by_id("glance").text
    assert "Not proven best" in glance
    assert "worth at most 230.69 against 219.27 here" in glance
    assert "Proven" not in page.text.replace("Not proven", "")


@pytest.mark.parametrize(
    ("termination", "limit", "words"),
    [
        ("no_solution_found", "time", "There may be one"),
        ("unbounded", None, "no upper bound"),
        ("failed", None, "holds no recommendation"),
    ],
)
def test_other_answers(infeasible: Selection, termination: str, limit: str | None, words: str) -> None:
    solution = dataclasses.replace(infeasible.solution, termination=termination, limit=limit)
    page = check_page(board_pack(dataclasses.replace(infeasible, solution=solution)))
    assert words in page.by_id("glance").text


def test_a_comparison_on_other_figures_is_refused(
    decision: Decision, weights: DecisionWeights, comparison: GroupComparison
) -> None:
    cut = select(decision, scenario="N1")
    with pytest.raises(InputError, match=r"made on different figures.*scenario N1"):
        board_pack(cut, weights, comparison)
    own = compare_groups(cut.decision)
    check_page(board_pack(cut, weights, own))


def test_groups_are_compared_with_the_portfolio_shown(decision: Decision, comparison: GroupComparison) -> None:
    """A portfolio with a forced project is not the comparison's own: shares are about what the page recommends."""
    forced = select(decision, force=["P12"])
    agreement = view_pack(forced, comparison=comparison).agreement
    assert agreement is not None
    for group in agreement.groups:
        own = comparison.groups[group.id]
        assert own.weights is not None
        assert group.share == pytest.approx(forced.value_for(own.weights) / own.value)
        assert group.common == len(set(forced.selected) & set(own.selected))


# Safety: text from users is data.

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><base href=//evil.example>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;amp;",
    "javascript:alert(1)//",
    "x" * 5000,
    "word " * 2000,
    "רשת אלחוטית למחלקות",
    "turn \u202e\u2067 everything round",
    "\u2069\u2069 out of the isolate",
    "=1+1",
    "تحديث الشبكة <b>",
]


def hostile(decision: Decision) -> Decision:
    def name(position: int) -> str:
        return HOSTILE[position % len(HOSTILE)]

    replace = dataclasses.replace
    return replace(
        decision,
        name=" ".join(HOSTILE[:6]),
        projects=tuple(
            replace(item, name=name(n), category=name(n + 1), mandatory_reason=name(n + 2))
            for n, item in enumerate(decision.projects)
        ),
        groups=tuple(replace(item, name=name(n)) for n, item in enumerate(decision.groups)),
        stakeholders=tuple(replace(item, role=name(n)) for n, item in enumerate(decision.stakeholders)),
        criteria=CriteriaTree(
            tuple(replace(item, name=name(n), unit=name(n + 3)) for n, item in enumerate(decision.criteria.nodes))
        ),
        synergies=tuple(replace(item, rationale=name(n)) for n, item in enumerate(decision.synergies)),
    )


def test_text_from_users_is_data(selection: Selection, weights: DecisionWeights, comparison: GroupComparison) -> None:
    other = hostile(selection.decision)
    hostile_selection = dataclasses.replace(selection, decision=other, question=HOSTILE[0])
    compared = dataclasses.replace(comparison, board=dataclasses.replace(comparison.board, decision=other))
    html = board_pack(hostile_selection, weights, compared)
    page = check_page(html)
    assert page.one("title").text.startswith("Board pack: <script>alert(1)</script>")
    funded = [cells[0] for cells in table(page, "Funded projects").rows()]
    shown = {line.id: line.name for line in other.projects}
    for cell in funded[:-1]:
        identifier = cell.split()[0]
        expected = " ".join(f"{identifier} {shown[identifier]}".split())
        assert expected in " ".join(cell.replace("\u2068", "").replace("\u2069", "").split()).replace(
            " mandatory", ""
        ) or any(mark in expected for mark in "\u202e\u2067\u2069")
    assert "49" not in next(node.text for node in page.all("h1"))
    # Long names are shown in full in one table each and shortened everywhere else: three projects, a criterion, a unit.
    assert html.count("x" * 5000) == 5


# The same input gives the same bytes.


def test_the_same_results_give_the_same_bytes(
    selection: Selection, weights: DecisionWeights, comparison: GroupComparison, html: str, tmp_path: Path
) -> None:
    assert board_pack(selection, weights, comparison) == html
    path = write_board_pack(tmp_path / "pack.html", selection, weights, comparison)
    assert path.read_bytes() == html.encode("utf-8")


@pytest.mark.newest_only
def test_the_order_of_hashes_does_not_matter(html: str) -> None:
    code = (
        "import sys, mcda.portfolio as p, mcda.report as r, mcda.files as f, mcda.weights as w\n"
        "d = f.load(f.dataset('nhs-digital'))\n"
        "page = r.board_pack(p.select(d), w.weigh_decision(d), p.compare_groups(d))\n"
        "sys.stdout.buffer.write(page.encode())"
    )
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"},
        )
        assert done.stdout == html.encode("utf-8")
