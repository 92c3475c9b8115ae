"""Why a project is in or out: the facts, each exact, and the sentences made from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from mcda.errors import LabelError
from mcda.notebook import ShownAsTable
from solvers.answers import Impossible, Unproven, figure_or_none, found, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcda.portfolio.explaining._blocks import Block
    from mcda.portfolio.explaining._views import View


@dataclass(frozen=True, slots=True)
class CostCut:
    """By how much a project would have to be cheaper, or smaller, to enter.

    Attributes
    ----------
    amounts
        What to cut, by resource and year (``"capital_k year 2"``).
    total
        All amounts added up; for a cut in money alone, in its unit.
    share
        The share by which all its use is cut; None if amounts are cut one by one.
    value
        What a portfolio with the project would then be worth: at least as much as the present best.
    """

    amounts: Mapping[str, float]
    total: float
    share: float | None
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one project is in the best portfolio, or out of it.

    Attributes
    ----------
    project, name
        Identifier and name.
    funded, mandatory, forbidden
        Whether it is in; whether a rule puts it in, or keeps it out.
    value
        What it is worth on its own.
    loss
        Value that the whole portfolio loses if the answer is flipped: the project funded after all, or dropped. Zero
        if another portfolio is just as good; negative if only a rule keeps the answer as it is. `Impossible` if
        flipping it provably leaves no portfolio at all, `Unproven` if the best one was not found in time.
    value_needed
        Out: the project enters as soon as its own value is above this. In: it leaves as soon as it is below this.
        `Impossible` and `Unproven` as for `loss`.
    other
        The best portfolio with the answer flipped; `Impossible` and `Unproven` as for `loss`.
    enters, leaves
        What else changes in that portfolio: other projects that come in, and that go.
    blocks
        Out: the limits and rules that the best portfolio would break if the project joined it, most telling first.
    clash
        If flipping it leaves no portfolio: limits and rules that cannot then all hold.
    cheaper
        Out: the smallest cut in cost with which it would enter. `Impossible` if no cut is enough, `Unproven` if that
        was not settled; None if the question does not arise (a funded project, or money that moves between years).
    smaller
        Out: the smallest cut, as a share of everything it uses, money and people alike; otherwise as `cheaper`.
    needs, missing
        Its direct and indirect prerequisites, and those of them that are not funded.
    needed_by
        In: funded projects that could not stay without it.
    agree, differ
        Identifiers of the groups and scenarios that give the same answer, and the other one.
    sentences
        All of this in words.
    """

    project: str
    name: str
    funded: bool
    mandatory: bool
    forbidden: bool
    value: float
    loss: float | Impossible | Unproven
    value_needed: float | Impossible | Unproven
    other: tuple[str, ...] | Impossible | Unproven
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    blocks: tuple[Block, ...]
    clash: tuple[str, ...]
    cheaper: CostCut | Impossible | Unproven | None
    smaller: CostCut | Impossible | Unproven | None
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    needed_by: tuple[str, ...]
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    sentences: tuple[str, ...] = ()

    def __repr__(self) -> str:
        if isinstance(self.loss, float):
            loss = f"flipping that costs {self.loss:.2f}"
        else:
            loss = "no alternative" if isinstance(self.loss, Impossible) else f"cost of flipping it {self.loss}"
        return f"<Explanation: {self.project} is {'in' if self.funded else 'out'}; {loss}>"

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        from html import escape

        return "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data; beside each figure that may be missing, `..._known` says how far it is known."""
        answers = ("loss", "value_needed", "other", "cheaper", "smaller")
        record = {key: value for key, value in asdict(self).items() if key not in answers}
        for name in answers:
            answer = getattr(self, name)
            plain = asdict(answer) if isinstance(answer, CostCut) else answer
            record |= {name: plain if found(answer) else None, f"{name}_known": known(answer)}
        return record


@dataclass(frozen=True, slots=True)
class LimitCost:
    """What one limit or rule costs: the value that the best portfolio gains without it.

    Attributes
    ----------
    name, kind
        As in the certificate; ``"resource"`` stands for all years of a resource together.
    gain
        What the best portfolio gains if this alone is lifted; `Unproven` where that was not settled.
    use, limit
        What the portfolio uses and what there is; None for rules.
    enters, leaves
        Projects that would come in and go.
    sentence
        The same in words.
    """

    name: str
    kind: str
    gain: float | Unproven
    use: float | None
    limit: float | None
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    sentence: str = ""

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data."""
        return asdict(self) | {"gain": figure_or_none(self.gain), "gain_known": known(self.gain)}

    def __repr__(self) -> str:
        return (
            f"<LimitCost: {self.name} costs {format(self.gain, '.2f') if isinstance(self.gain, float) else self.gain}>"
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Explanations(ShownAsTable):
    """Why each project is in or out, and what each rule and limit costs.

    Attributes
    ----------
    value
        What the best portfolio is worth.
    selected
        The projects in it.
    projects
        One explanation per project, in file order (or in the order asked).
    limits
        What every rule and limit costs, dearest first; empty if that was not asked for.
    views
        The groups' and the scenarios' own best portfolios; empty if that was not asked for.
    """

    shown_digits: ClassVar[int | None] = 2

    value: float
    selected: tuple[str, ...]
    projects: tuple[Explanation, ...]
    limits: tuple[LimitCost, ...]
    views: tuple[View, ...]

    def __repr__(self) -> str:
        inside = sum(item.funded for item in self.projects)
        return f"<Explanations: {inside} projects in, {len(self.projects) - inside} out, {len(self.limits)} limits>"

    def of(self, project: str) -> Explanation:
        """Return the explanation of one project."""
        for item in self.projects:
            if item.project == project:
                return item
        known = ", ".join(item.project for item in self.projects)
        raise LabelError(f"There is no explanation of '{project}'. Explained: {known or 'none'}.")

    def to_frame(self) -> pd.DataFrame:
        """One row per project: funded, value, loss, value needed, least cut in cost, what blocks and displaces."""
        rows = [
            {
                "funded": item.funded,
                "value": item.value,
                "loss": figure_or_none(item.loss),
                "loss_known": known(item.loss),
                "value_needed": figure_or_none(item.value_needed),
                "cut_needed": item.cheaper.total if isinstance(item.cheaper, CostCut) else None,
                "cut_known": known(item.cheaper),
                "share_cut_needed": item.smaller.share if isinstance(item.smaller, CostCut) else None,
                "blocked_by": ", ".join(block.name for block in item.blocks),
                "would_leave": ", ".join(item.leaves),
                "would_enter": ", ".join(item.enters),
                "differs_in": ", ".join(item.differ),
            }
            for item in self.projects
        ]
        index = pd.Index([item.project for item in self.projects], name="project_id")
        frame = pd.DataFrame(rows, index=index)
        numbers = ["value", "loss", "value_needed", "cut_needed", "share_cut_needed"]
        return frame.astype(dict.fromkeys(numbers, float)) if rows else frame

    def limits_frame(self) -> pd.DataFrame:
        """One row per limit or rule: kind, use, limit, what it costs, and the projects that would come and go."""
        rows = [
            (item.kind, item.use, item.limit, figure_or_none(item.gain), ", ".join(item.enters), ", ".join(item.leaves))
            for item in self.limits
        ]
        columns = ["kind", "use", "limit", "gain", "would_enter", "would_leave"]
        frame = pd.DataFrame(rows, columns=columns, index=pd.Index([item.name for item in self.limits], name="limit"))
        return frame.astype({"use": float, "limit": float, "gain": float})

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data with stable keys."""
        return {
            "value": self.value,
            "selected": list(self.selected),
            "projects": [item.to_dict() for item in self.projects],
            "limits": [item.to_dict() for item in self.limits],
            "views": [item.to_dict() for item in self.views],
        }
