"""A problem in words: a summary as text, and a page for notebooks that covers everything."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from solvers.model._arguments import Figures
    from solvers.model.funding import Movement, ValueCurve
    from solvers.model.rules import Choice, Column, CountRule, Row, ShareRule, SpendRule, Synergy

MOST_LINES = 12  # rules of a kind that a summary names, and rows of a table that a notebook shows at once


def summary(title: str, figures: Figures, rules: Mapping[str, list[str]]) -> str:
    """Describe a problem in lines of text: limits against total demand, and rules by kind and name."""
    asked = figures.usage.sum(axis=0)
    lines = [title]
    for j, resource in enumerate(figures.resources):
        least = f", at least {figures.minimum_use[j]:g}" if np.isfinite(figures.minimum_use[j]) else ""
        lines.append(f"  {resource}: asked {asked[j]:g}, limit {figures.capacity[j]:g}{least}")
    for kind, words in rules.items():
        lines.append(f"  {kind}: {len(words)}")
        lines += [f"    {word}" for word in words[:MOST_LINES]]
        if len(words) > MOST_LINES:
            lines.append(f"    and {len(words) - MOST_LINES} more")
    return "\n".join(lines)


def html(title: str, figures: Figures, rules: Mapping[str, list[str]]) -> str:
    """Describe a problem for a notebook: options, resources and rules, the long tables folded away."""
    import pandas as pd

    options = pd.DataFrame(figures.usage, index=list(figures.names), columns=list(figures.resources))
    options.insert(0, "value", figures.values)
    resources = pd.DataFrame(
        {
            "asked": figures.usage.sum(axis=0),
            "limit": figures.capacity,
            "at least": np.where(np.isfinite(figures.minimum_use), figures.minimum_use, np.nan),
        },
        index=list(figures.resources),
    )
    if not np.isfinite(figures.minimum_use).any():
        resources = resources.drop(columns="at least")
    parts = [f"<p>{escape(title)}</p>"]
    parts.append(_folded("resources", len(figures.resources), resources.to_html(na_rep="")))
    parts.append(_folded("options", len(figures.names), options.to_html(max_rows=200)))
    for kind, words in rules.items():
        items = "".join(f"<li>{escape(word)}</li>" for word in words)
        parts.append(_folded(kind, len(words), f"<ul>{items}</ul>"))
    return "".join(parts)


def _folded(title: str, count: int, content: str) -> str:
    state = " open" if count <= MOST_LINES else ""
    return f"<details{state}><summary>{escape(title)}: {count}</summary>{content}</details>"


def _with_name(name: str, words: str) -> str:
    return name if name == words else f"{name} ({words})"


def choice_in_words(rule: Choice) -> str:
    """Say how many ways of doing one project may be in."""
    words = f"{'exactly' if rule.required else 'at most'} one way: {', '.join(map(str, rule.members))}"
    return rule.name if rule.name.startswith(("exactly one way", "at most one way")) else _with_name(rule.name, words)


def bounded_in_words(rule: CountRule | SpendRule | ShareRule | Row) -> str:
    """Say between which bounds a group must lie."""
    bounds = [] if rule.minimum is None else [f"at least {rule.minimum:g}"]
    bounds += [] if rule.maximum is None else [f"at most {rule.maximum:g}"]
    return rule.name if any(bound in rule.name for bound in bounds) else f"{rule.name} ({', '.join(bounds)})"


def column_in_words(column: Column) -> str:
    """Say between which bounds an amount lies, and what a unit of it is worth."""
    return f"{column.name} (from {column.lower:g} to {column.upper:g}, value {column.value:+g} each)"


def synergy_in_words(rule: Synergy) -> str:
    """Say what changes when all members are in."""
    changes = [f"value {rule.value:+g}"] if rule.value else []
    changes += [f"{resource} {amount:+g}" for resource, amount in rule.usage.items()]
    return f"{rule.name} ({', '.join(changes) or 'no effect'})"


def curve_in_words(curve: ValueCurve) -> str:
    """Say what value each spend gives."""
    rates = ", ".join(str(name) if rate == 1 else f"{rate:g} of {name}" for name, rate in curve.resources.items())
    points = ", ".join(f"{spend:g} gives {value:g}" for spend, value in curve.points)
    return f"{curve.name}, in {rates}: {points}"


def movements_in_words(movements: Iterable[Movement], caps: Iterable[Fraction | None]) -> Iterator[str]:
    """Say which capacity may move, how much of it, and what a unit is worth where it arrives."""
    for move, cap in zip(movements, caps, strict=True):
        limit = "" if cap is None else f", at most {float(cap):g}"
        rate = "" if move.rate == 1 else f", each unit worth {move.rate:g}"
        yield f"{move.name}{limit}{rate}"
