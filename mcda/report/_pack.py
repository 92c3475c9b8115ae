"""The Board pack: results laid out as one self-contained HTML file."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
import math
from pathlib import Path
from typing import TYPE_CHECKING

from mcda import wording
from mcda.report import _palette, charts
from mcda.report._drawings import draw
from mcda.report._evidence import SEED
from mcda.report.playing import data_for_script, playing_model, scripts
from mcda.report.view import TIGHT, Pack, view_pack
from solvers.drawing import Svg

if TYPE_CHECKING:
    import datetime
    import os

    import jinja2

    from mcda.portfolio import GroupComparison, Selection
    from mcda.report._evidence import Evidence
    from mcda.weights import DecisionWeights


def board_pack(
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
    *,
    date: datetime.date | None = None,
    evidence: Evidence | None = None,
    playing: bool = True,
) -> str:
    """Return the Board pack: one self-contained HTML page that loads nothing from anywhere.

    The same results give the same text. Names come from users and are escaped; a content security policy in the page
    forbids the browser to fetch anything, or to run anything but the script in the page.

    Parameters
    ----------
    selection
        The portfolio to recommend, or the answer that there is none.
    weights
        Adds the groups' weights and the state of the judgements.
    comparison
        Adds what each group would choose itself and what it gets from this portfolio.
    date
        The day the Board meets, if the page is to state it.
    evidence
        Adds recommendations, why each project is in or out, risk and robustness (`mcda.gather_evidence`).
    playing
        Whether the page can solve: sliders for weights, budgets, teams and rules, with HiGHS compiled to WebAssembly
        in the page (1.7 MB). This is left out if values are not weighted sums (`playing_model`).

    Returns
    -------
    str
        HTML; write it as UTF-8 (`write_board_pack` does).

    Raises
    ------
    InputError
        If the comparison was made on different figures from the selection.

    Examples
    --------
    >>> import mcda
    >>> page = mcda.board_pack(mcda.select(mcda.load("datasets/nhs-digital")))
    >>> "17 of the 40" in page
    True
    """
    model = playing_model(selection, weights, comparison) if playing else None
    return render(view_pack(selection, weights, comparison, date, evidence), model)


def write_board_pack(
    path: str | os.PathLike[str],
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
    *,
    date: datetime.date | None = None,
    evidence: Evidence | None = None,
    playing: bool = True,
) -> Path:
    """Write the Board pack to a file and return its path; parameters as for `board_pack`."""
    target = Path(path)
    page = board_pack(selection, weights, comparison, date=date, evidence=evidence, playing=playing)
    target.write_bytes(page.encode("utf-8"))
    return target


def render(pack: Pack, model: dict[str, object] | None = None) -> str:
    """Lay out the facts; with a model, the page can solve."""
    style = _palette.css_variables() + _style()
    running = None if model is None else scripts()
    template = _environment().get_template("board_pack.html.j2")
    return template.render(
        pack=pack,
        drawings=draw(pack),
        style=Svg(style),
        style_digest=_digest(style),
        scripts=running,
        script_digest=None if running is None else _digest(running.page),
        model=None if model is None else Svg(data_for_script(model)),
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@functools.cache
def _style() -> str:
    return (importlib.resources.files("mcda.report") / "templates" / "style.css").read_text(encoding="utf-8")


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mcda.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "number": wording.number,
        "signed": wording.signed,
        "points": wording.points,
        "money": wording.money,
        "percent": wording.percent,
        "guaranteed": wording.guaranteed,
        "stated_percent": wording.stated_percent,
        "long_date": wording.long_date,
        "listed": wording.listed,
        "in_sentence": wording.in_sentence,
        "ours": Svg,
    }
    environment.globals |= {
        "counted": wording.counted,
        "swatch": charts.swatch,
        "bar_in_cell": charts.bar_in_cell,
        "tight": TIGHT,
        "seed": SEED,
    }
    environment.tests["finite"] = math.isfinite
    return environment
