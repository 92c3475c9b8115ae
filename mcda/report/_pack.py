"""The Board pack: facts laid out as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
import math
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from mcda.report import _numbers, _palette, _words, charts
from mcda.report._drawings import draw
from mcda.report.view import TIGHT, Pack, view_pack

if TYPE_CHECKING:
    import datetime
    import os

    import jinja2

    from mcda.portfolio import GroupComparison, Selection
    from mcda.weights import DecisionWeights


def board_pack(
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
    *,
    date: datetime.date | None = None,
) -> str:
    """Return the Board pack: one self-contained HTML page that loads nothing from anywhere.

    The same results give the same text. Names in it come from users and are escaped; a content security policy
    in the page forbids the browser to fetch or run anything.

    Parameters
    ----------
    selection
        The portfolio to recommend, or the answer that there is none.
    weights
        Adds the groups' weights and the state of the judgements.
    comparison
        Adds what each group would choose itself and what it gets from this portfolio.
    date
        The day the Board meets, if the page shall say so.

    Returns
    -------
    str
        HTML; write it as UTF-8 (`write_board_pack` does).

    Raises
    ------
    InputError
        If the comparison was made on other figures than the selection.

    Examples
    --------
    >>> import mcda
    >>> page = mcda.board_pack(mcda.select(mcda.load("datasets/nhs-digital")))
    >>> "17 of the 40" in page
    True
    """
    return render(view_pack(selection, weights, comparison, date))


def write_board_pack(
    path: str | os.PathLike[str],
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
    *,
    date: datetime.date | None = None,
) -> Path:
    """Write the Board pack to a file and return its path; parameters as for `board_pack`."""
    target = Path(path)
    target.write_bytes(board_pack(selection, weights, comparison, date=date).encode("utf-8"))
    return target


def render(pack: Pack) -> str:
    """Lay out the facts."""
    style = _palette.css_variables() + _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    template = _environment().get_template("board_pack.html.j2")
    return template.render(pack=pack, drawings=draw(pack), style=Markup(style), style_digest=digest)  # noqa: S704 - ours


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
        "number": _numbers.number,
        "plain": _numbers.plain,
        "signed": _numbers.signed,
        "money": _numbers.money,
        "quantity": _numbers.quantity,
        "percent": _numbers.percent,
        "floor_percent": _numbers.floor_percent,
        "figure": _numbers.figure,
        "long_date": _numbers.long_date,
        "listed": _words.listed,
    }
    environment.globals |= {
        "counted": _words.counted,
        "swatch": charts.swatch,
        "bar_in_cell": charts.bar_in_cell,
        "tight": TIGHT,
    }
    environment.tests["finite"] = math.isfinite
    return environment
