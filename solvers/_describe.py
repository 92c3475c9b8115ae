"""A problem in words: a summary as text, and a page for notebooks that covers everything."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.problem import Problem

MOST_LINES = 12  # rules of a kind that a summary names, and rows of a table that a notebook shows at once


def rules_in_words(problem: Problem) -> dict[str, list[str]]:
    """Return every rule of a problem in words, by kind; kinds without a rule are left out."""
    kinds: dict[str, Iterable[str]] = {
        "mandatory": problem.mandatory,
        "forbidden": problem.forbidden,
        "prerequisites": (rule.name for rule in problem.requires),
        "exclusions": (rule.name for rule in problem.excludes),
        "choices": (_choice(rule) for rule in problem.choices),
        "count rules": (_bounded(rule) for rule in problem.counts),
        "spend rules": (_bounded(rule) for rule in problem.spends),
        "share rules": (_bounded(rule) for rule in problem.shares),
        "synergies": (_synergy(rule) for rule in problem.synergies),
        "funding in part": (f"{name}: from {least:g}" for name, least in problem.partial.items()),
        "value by spend": (_curve(curve) for curve in problem.curves),
        "capacity that may move": _movements(problem),
    }
    return {kind: words for kind, given in kinds.items() if (words := list(given))}


def summary(problem: Problem) -> str:
    """Describe a problem in lines of text: limits against what is asked, and rules by kind and name."""
    asked = problem.usage.sum(axis=0)
    lines = [repr(problem)]
    for j, resource in enumerate(problem.resources):
        least = f", at least {problem.minimum_use[j]:g}" if np.isfinite(problem.minimum_use[j]) else ""
        lines.append(f"  {resource}: asked {asked[j]:g}, limit {problem.capacity[j]:g}{least}")
    for kind, words in rules_in_words(problem).items():
        lines.append(f"  {kind}: {len(words)}")
        lines += [f"    {word}" for word in words[:MOST_LINES]]
        if len(words) > MOST_LINES:
            lines.append(f"    and {len(words) - MOST_LINES} more")
    return "\n".join(lines)


def html(problem: Problem) -> str:
    """Describe a problem for a notebook: options, resources and rules, the long tables folded away."""
    import pandas as pd

    options = pd.DataFrame(problem.usage, index=list(problem.names), columns=list(problem.resources))
    options.insert(0, "value", problem.values)
    resources = pd.DataFrame(
        {
            "asked": problem.usage.sum(axis=0),
            "limit": problem.capacity,
            "at least": np.where(np.isfinite(problem.minimum_use), problem.minimum_use, np.nan),
        },
        index=list(problem.resources),
    )
    if not np.isfinite(problem.minimum_use).any():
        resources = resources.drop(columns="at least")
    parts = [f"<p>{escape(repr(problem))}</p>"]
    parts.append(_folded("resources", len(problem.resources), resources.to_html(na_rep="")))
    parts.append(_folded("options", len(problem.names), options.to_html(max_rows=200)))
    for kind, words in rules_in_words(problem).items():
        items = "".join(f"<li>{escape(word)}</li>" for word in words)
        parts.append(_folded(kind, len(words), f"<ul>{items}</ul>"))
    return "".join(parts)


def _folded(title: str, count: int, content: str) -> str:
    state = " open" if count <= MOST_LINES else ""
    return f"<details{state}><summary>{escape(title)}: {count}</summary>{content}</details>"


def _with_name(name: str, words: str) -> str:
    return name if name == words else f"{name} ({words})"


def _choice(rule: Any) -> str:
    words = f"{'exactly' if rule.required else 'at most'} one way: {', '.join(rule.members)}"
    return rule.name if rule.name.startswith(("exactly one way", "at most one way")) else _with_name(rule.name, words)


def _bounded(rule: Any) -> str:
    bounds = [] if rule.minimum is None else [f"at least {rule.minimum:g}"]
    bounds += [] if rule.maximum is None else [f"at most {rule.maximum:g}"]
    return rule.name if any(bound in rule.name for bound in bounds) else f"{rule.name} ({', '.join(bounds)})"


def _synergy(rule: Any) -> str:
    changes = [f"value {rule.value:+g}"] if rule.value else []
    changes += [f"{resource} {amount:+g}" for resource, amount in rule.usage.items()]
    return f"{rule.name} ({', '.join(changes) or 'no effect'})"


def _curve(curve: Any) -> str:
    rates = ", ".join(name if rate == 1 else f"{rate:g} of {name}" for name, rate in curve.resources.items())
    points = ", ".join(f"{spend:g} gives {value:g}" for spend, value in curve.points)
    return f"{curve.name}, in {rates}: {points}"


def _movements(problem: Problem) -> Iterator[str]:
    if problem.movements:
        for move, cap in zip(problem.movements, problem.movement_caps, strict=True):
            limit = "" if cap is None else f", at most {float(cap):g}"
            rate = "" if move.rate == 1 else f", each unit worth {move.rate:g}"
            yield f"{move.name}{limit}{rate}"
