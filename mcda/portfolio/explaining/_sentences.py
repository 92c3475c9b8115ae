"""Facts in words: fixed templates, filled with the figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mcda.portfolio._phrases import MOST
from mcda.portfolio.explaining._explanation import CostCut
from mcda.wording import listed, percent, points
from solvers import Impossible, LimitReached, Unproven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mcda.portfolio._phrases import Phrases
    from mcda.portfolio._subject import Subject
    from mcda.portfolio.explaining._blocks import Block
    from mcda.portfolio.explaining._explanation import Explanation, LimitCost
    from mcda.portfolio.explaining._views import View

MOST_LIMITS = 3


def worded(item: Explanation, subject: Subject, views: tuple[View, ...]) -> Explanation:
    """Return an explanation with its sentences."""
    return replace(item, sentences=project_sentences(item, subject, views))


def worded_limit(item: LimitCost, phrases: Phrases) -> LimitCost:
    """Return the cost of a limit with its sentence."""
    return replace(item, sentence=limit_sentence(item, phrases))


REASONS = {
    LimitReached.TIME: "the time given was not enough",
    LimitReached.INTERRUPT: "the search was interrupted",
    LimitReached.PRECISION: "the figures have too many digits for the solvers to settle it",
}


def reason(answer: Unproven) -> str:
    """Say why something is not known."""
    return REASONS.get(answer.why, "the solvers failed to settle it")


def project_sentences(item: Explanation, subject: Subject, views: tuple[View, ...]) -> tuple[str, ...]:
    """Say why a project is in or out."""
    maker = _inside if item.funded else _outside
    return (*maker(item, subject), *_agreement(item, views))


def limit_sentence(item: LimitCost, words: Phrases) -> str:
    """Say what one limit or rule costs."""
    subject = _limit_subject(item, words)
    if isinstance(item.gain, Unproven):
        return f"What {subject} costs is not known: {reason(item.gain)}."
    if item.gain == 0:
        unused = ""
        if item.kind == "capacity" and item.use is not None and item.limit is not None:
            unused = f" ({words.amount(item.name, item.limit - item.use)} of it is unused)"
        return f"{subject[:1].upper() + subject[1:]} costs nothing: without it the best portfolio is the same{unused}."
    change = " and ".join(_moves(item.enters, item.leaves, words)) or "no project would change"
    verb = "costs" if item.gain > 0 else "adds"
    return f"{subject[:1].upper() + subject[1:]} {verb} {points(abs(item.gain))} in value: without it {change}."


def _limit_subject(item: LimitCost, words: Phrases) -> str:
    if item.kind in ("capacity", "resource"):
        name = words.limit(item.name) if item.kind == "capacity" else f"{words.resource(item.name)} in all years"
        return f"the limit on {name}"
    if item.kind == "mandatory":
        return f"the requirement to fund {words.project(item.name.removesuffix(' is mandatory'))}"
    if item.kind == "forbidden":
        return f"ruling out {words.project(item.name.removesuffix(' is forbidden'))}"
    kinds = {"requires": "the prerequisite", "excludes": "the exclusion"}
    return f"{kinds.get(item.kind, 'the rule')} {item.name}"


def _outside(item: Explanation, subject: Subject) -> Iterator[str]:
    words, best = subject.phrases, float(subject.best.value)
    yield f"{words.project(item.project)} is not funded. On its own it is worth {points(item.value)}."
    if isinstance(item.loss, Impossible):
        yield f"No portfolio can include it, because of this clash: {_clash(item, words)}."
    elif isinstance(item.loss, Unproven):
        yield f"What funding it would cost is not known: {reason(item.loss)}."
    else:
        worth = best - item.loss
        if item.loss > 0:
            yield (
                f"Funding it would cost {points(item.loss)} in value: the best portfolio with it is worth "
                f"{points(worth)}, not {points(best)}."
            )
        elif item.loss == 0:
            yield f"Another portfolio, with it, is worth exactly as much: {points(worth)}."
        else:
            yield f"Only a rule keeps it out: with it the portfolio would be worth {points(-item.loss)} more."
        yield _displaced(item, words)
        if item.loss > 0:
            yield f"It would enter if its own value were above {points(_number(item.value_needed), 'up')}."
    yield from block_sentences(item.blocks, words)
    if not isinstance(item.loss, float) or item.loss > 0:
        yield from _cuts(item, words)
    yield from _chain(item, words)


def _cuts(item: Explanation, words: Phrases) -> Iterator[str]:
    if isinstance(item.cheaper, CostCut) and item.cheaper.total > 0:
        unit = next(iter(item.cheaper.amounts))
        yield (
            f"It would enter if it cost {words.amount(unit, item.cheaper.total, 'up')} less; the smallest cut that is "
            f"enough is {words.amounts(item.cheaper.amounts, 'up')}."
        )
    elif isinstance(item.cheaper, Impossible):
        yield "Cutting its cost is not enough: even if it cost nothing, no portfolio with it would be worth as much."
    elif isinstance(item.cheaper, Unproven):
        yield f"Whether a cut in its cost alone would let it in is not known: {reason(item.cheaper)}."
    if isinstance(item.smaller, CostCut) and item.smaller.share:
        share = percent(item.smaller.share, "up")
        yield f"It would also enter if it used {share} less of everything, money and people alike."
    elif isinstance(item.smaller, Impossible):
        with_needs = f" for what its prerequisites ({words.projects(item.missing)}) use" if item.missing else ""
        yield (
            f"Nor would it enter if it used no money and no people at all: its value of {points(item.value)} is too "
            f"low{with_needs}."
        )
    elif isinstance(item.smaller, Unproven):
        yield f"Whether it would enter if it used less of everything is not known: {reason(item.smaller)}."


def _inside(item: Explanation, subject: Subject) -> Iterator[str]:
    words, best = subject.phrases, float(subject.best.value)
    duty = ", and must be" if item.mandatory else ""
    yield f"{words.project(item.project)} is funded{duty}. On its own it is worth {points(item.value)}."
    if isinstance(item.loss, Impossible):
        yield f"No portfolio can do without it, because of this clash: {_clash(item, words)}."
    elif isinstance(item.loss, Unproven):
        yield f"What dropping it would cost is not known: {reason(item.loss)}."
    else:
        worth = best - item.loss
        if item.loss > 0:
            yield (
                f"Dropping it would cost {points(item.loss)} in value: the best portfolio without it is worth "
                f"{points(worth)}, not {points(best)}."
            )
        elif item.loss == 0:
            yield f"Another portfolio, without it, is worth exactly as much: {points(worth)}."
        else:
            yield f"Only a rule keeps it in: without it the portfolio would be worth {points(-item.loss)} more."
        yield _replaced(item, words)
        if item.loss > 0:
            yield f"It would stay as long as its own value is above {points(_number(item.value_needed), 'up')}."
    if item.needed_by:
        yield f"Without it, {words.projects(item.needed_by)} could not stay either."
    yield from _chain(item, words)


def block_sentences(blocks: tuple[Block, ...], words: Phrases, *, proven: bool = True) -> tuple[str, ...]:
    """Say what stands between a project and the portfolio; `proven` says that no portfolio is better than that one."""
    rules = tuple(_rule(block, words) for block in blocks if block.kind != "capacity")
    limits = [block for block in blocks if block.kind == "capacity"]
    if limits:
        over = [f"{words.limit(block.name)} by {words.amount(block.name, block.over or 0)}" for block in limits]
        company = "Even without them" if any(map(_open, blocks)) else _company(limits[0])
        return (*rules, f"{company}, it would exceed {listed(over, MOST_LIMITS)}.")
    if rules:
        return rules
    if proven:
        return ("It would fit beside the funded projects; what keeps it out is its value.",)
    return ("It would fit beside the funded projects; whether adding it is better was not settled in the time given.",)


def _open(block: Block) -> bool:
    """Whether there is a choice of prerequisites, so that none of them is taken for granted."""
    return block.kind == "requires" and block.at_least is not None and block.at_least < len(block.projects)


def _company(block: Block) -> str:
    """Say which projects would come along, and which would make room."""
    parts = []
    if block.brought:
        noun = "prerequisite" if len(block.brought) == 1 else "prerequisites"
        parts.append(f"with its {noun} {listed(block.brought, MOST)}")
    if block.replaced:
        parts.append(f"in place of {listed(block.replaced, MOST)}")
    words = " and ".join(parts) or "beside the funded projects"
    return words[:1].upper() + words[1:]


def _rule(block: Block, words: Phrases) -> str:
    if block.kind == "forbidden":
        return "It is ruled out by the question asked."
    if block.kind == "requires" and block.projects:
        missing = words.projects(block.projects)
        if block.at_least is not None and block.at_least < len(block.projects):
            return f"It needs {block.at_least} of {missing}; none of them is funded (rule {block.name})."
        return f"It needs {missing}, which {_be(block)} not funded (rule {block.name})."
    if block.kind in ("excludes", "choice maximum") and block.projects:
        return (
            f"It is an alternative to {words.projects(block.projects)}, which {_be(block)} funded (rule {block.name})."
        )
    return f"It would break the rule {block.name} ({block.kind})."


def _be(block: Block) -> str:
    return "is" if len(block.projects) == 1 else "are"


def _chain(item: Explanation, words: Phrases) -> Iterator[str]:
    if item.needs:
        there = [name for name in item.needs if name not in item.missing]
        parts = [f"{words.projects(there)} (funded)"] if there else []
        parts += [f"{words.projects(item.missing)} (not funded)"] if item.missing else []
        yield f"Its prerequisites: {'; '.join(parts)}."


def _agreement(item: Explanation, views: tuple[View, ...]) -> Iterator[str]:
    answer = "funded" if not item.funded else "left out"
    for kind, plural in (("group", "groups"), ("scenario", "scenarios")):
        asked = [view for view in views if view.kind == kind]
        seen = [view for view in asked if view.settled]
        other = [view for view in seen if view.id in item.differ]
        if other:
            named = listed([view.name for view in other], MOST)
            yield (
                f"It would be {answer} by {len(other)} of {len(seen)} {plural}: {named}."
                if kind == "group"
                else (f"It would be {answer} in {len(other)} of {len(seen)} scenarios: {named}.")
            )
        elif seen and len(seen) == len(asked):
            yield f"{_all(len(seen), kind)} the same answer."
        elif seen:
            without = [view.name for view in asked if not view.settled]
            yield f"{len(seen)} of {len(asked)} {plural} give the same answer; {listed(without)} gave no answer."


def _all(count: int, kind: str) -> str:
    return {1: f"The only {kind} gives", 2: f"Both {kind}s give"}.get(count, f"All {count} {kind}s give")


def _clash(item: Explanation, words: Phrases) -> str:
    return (
        listed([words.limit(name) for name in item.clash], MOST)
        if item.clash
        else "the limits and rules taken together"
    )


def _displaced(item: Explanation, words: Phrases) -> str:
    if not item.leaves and not item.enters:
        return "No other project would change."
    if not item.leaves:
        return f"It would displace no project, and bring in {words.projects(item.enters)}."
    brought = f", and bring in {words.projects(item.enters)}" if item.enters else ""
    return f"It would displace {words.projects(item.leaves)}{brought}."


def _replaced(item: Explanation, words: Phrases) -> str:
    if not item.leaves and not item.enters:
        return "No other project would change."
    moves = _moves(item.enters, item.leaves, words)
    return f"Without it, {' and '.join(moves)}."


def _moves(enters: tuple[str, ...], leaves: tuple[str, ...], words: Phrases) -> list[str]:
    parts = [f"{words.projects(enters)} would enter"] if enters else []
    return parts + ([f"{words.projects(leaves)} would leave"] if leaves else [])


def _number(answer: float | Impossible | Unproven) -> float:
    assert isinstance(answer, float)  # noqa: S101 - narrows the type: known whenever the loss is
    return answer
