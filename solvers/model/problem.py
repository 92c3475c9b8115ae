"""What is asked: options with values and use of resources, limits, and the rules a portfolio must keep."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import ProblemError
from solvers.model._arguments import Figures, read_figures
from solvers.model._funding_references import movements_of, read_carries, read_curves, read_partial, read_transfers
from solvers.model._references import (
    Labels,
    read_choices,
    read_columns,
    read_counts,
    read_excludes,
    read_requires,
    read_rows,
    read_shares,
    read_spends,
    read_synergies,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from solvers.arrays import FloatArray, Table, Vector
    from solvers.model.funding import CarryForward, Movement, Transfer, ValueCurve
    from solvers.model.rules import (
        Choice,
        Column,
        CountRule,
        Excludes,
        Reference,
        Requires,
        Row,
        ShareRule,
        SpendRule,
        Synergy,
    )


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False, weakref_slot=True)
class Problem:
    """A portfolio selection problem: choose the set of options of greatest value within limits and rules.

    Parameters
    ----------
    values : array-like, mapping or Series, shape (n,)
        What each option adds; may be negative.
    usage : array-like or DataFrame, shape (n, r)
        What each option uses of each resource; rows are options. Shape (n,) means one resource.
    capacity : array-like, mapping or Series, shape (r,)
        The limit of each resource; infinity means no limit.
    names, resources : sequence of str, optional
        Names of options and resources; by default the labels of the tables given, else "option 1", "resource
        1".
    mandatory, forbidden : sequence of references
        Options that must be in, and that must be out. A reference is a name or a position from 0.
    requires : sequence of Requires or of (option, needs) pairs
        Prerequisites; a pair means that the option needs all of its needs.
    excludes : sequence of Excludes or of sequences of references
        Sets with at most one member in.
    choices : sequence of Choice or of sequences of references
        Ways of doing one project (versions, start years): at most one of each is in, or exactly one.
    counts, spends, shares : sequences of CountRule, SpendRule, ShareRule
        Bounds on groups by count, by use and by share of the whole portfolio's use.
    synergies : sequence of Synergy
        Changes of value and use that happen exactly when all their members are in.
    minimum_use : array-like, mapping or Series, shape (r,), optional
        Least total use of each resource; minus infinity (the default) means none.
    partial : mapping of reference to float
        Options that may be funded in part, with their least share (above 0, at most 1): if such an option is in,
        any share from there to 1 of its value and use counts; rules on which options are in, and synergies, count
        it as in.
    curves : sequence of ValueCurve
        Options with a value that depends on what is spent on them, piecewise linear.
    carries : sequence of CarryForward or of sequences of references
        Periods of a fund, in order, whose unspent capacity may be used in the next one.
    transfers : sequence of Transfer
        Pairs of resources between which capacity may be moved.
    columns : sequence of Column
        Further amounts to choose, each between two bounds.
    rows : sequence of Row
        Further linear rules, on options, synergies and columns.
    name : str
        What people call the problem.

    Raises
    ------
    ProblemError
        If a figure, a shape, a label or a rule breaks what is stated here; the message says which.

    Examples
    --------
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names=["A", "B", "C", "D"], resources=["cash"])
    >>> problem
    <Problem: 4 options, 1 resources, 0 rules>
    """

    values: FloatArray
    usage: FloatArray
    capacity: FloatArray
    names: tuple[str, ...]
    resources: tuple[str, ...]
    mandatory: tuple[str, ...]
    forbidden: tuple[str, ...]
    requires: tuple[Requires, ...]
    excludes: tuple[Excludes, ...]
    choices: tuple[Choice, ...]
    counts: tuple[CountRule, ...]
    spends: tuple[SpendRule, ...]
    shares: tuple[ShareRule, ...]
    synergies: tuple[Synergy, ...]
    minimum_use: FloatArray
    partial: Mapping[str, float]
    curves: tuple[ValueCurve, ...]
    carries: tuple[CarryForward, ...]
    transfers: tuple[Transfer, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str
    movements: tuple[Movement, ...]
    option_labels: Labels = field(compare=False)
    resource_labels: Labels = field(compare=False)

    def __init__(
        self,
        values: Vector,
        usage: Table,
        capacity: Vector,
        *,
        names: Iterable[Hashable] | None = None,
        resources: Iterable[Hashable] | None = None,
        mandatory: Iterable[Reference] = (),
        forbidden: Iterable[Reference] = (),
        requires: Iterable[Requires | tuple[Reference, Reference | Iterable[Reference]]] = (),
        excludes: Iterable[Excludes | Iterable[Reference]] = (),
        choices: Iterable[Choice | Iterable[Reference]] = (),
        counts: Iterable[CountRule] = (),
        spends: Iterable[SpendRule] = (),
        shares: Iterable[ShareRule] = (),
        synergies: Iterable[Synergy] = (),
        minimum_use: Vector | None = None,
        partial: Mapping[Any, float] | None = None,
        curves: Iterable[ValueCurve] = (),
        carries: Iterable[CarryForward | Iterable[Reference]] = (),
        transfers: Iterable[Transfer] = (),
        columns: Iterable[Column] = (),
        rows: Iterable[Row] = (),
        name: str = "",
    ) -> None:
        figures = read_figures(values, usage, capacity, minimum_use, names, resources)
        options, kinds = Labels.of("option", figures.names), Labels.of("resource", figures.resources)
        must, never = options.all(mandatory, "mandatory"), options.all(forbidden, "forbidden")
        if both := set(must) & set(never):
            raise ProblemError(f"{min(both)!r} is both mandatory and forbidden. Keep one of the two.")
        shares_of = read_partial(partial or {}, options)
        carried, moved = read_carries(carries, kinds), read_transfers(transfers, kinds)
        pooled = read_synergies(synergies, options, kinds)
        further = read_columns(columns, options, pooled)
        settings = {
            "values": figures.values,
            "usage": figures.usage,
            "capacity": figures.capacity,
            "names": figures.names,
            "resources": figures.resources,
            "mandatory": must,
            "forbidden": never,
            "requires": read_requires(requires, options),
            "excludes": read_excludes(excludes, options),
            "choices": read_choices(choices, options),
            "counts": read_counts(counts, options),
            "spends": read_spends(spends, options, kinds),
            "shares": read_shares(shares, options, kinds),
            "synergies": pooled,
            "minimum_use": figures.minimum_use,
            "partial": shares_of,
            "curves": read_curves(curves, options, kinds, shares_of),
            "carries": carried,
            "transfers": moved,
            "columns": further,
            "rows": read_rows(rows, options, pooled, further),
            "movements": movements_of(carried, moved, kinds),
            "name": str(name),
            "option_labels": options,
            "resource_labels": kinds,
        }
        for key, setting in settings.items():
            object.__setattr__(self, key, setting)

    def replace(self, **changes: Any) -> Problem:
        """Return a copy with some of the constructor's arguments changed.

        Examples
        --------
        >>> Problem([1, 2], [1, 1], 1).replace(capacity=[2]).capacity
        array([2.])
        """
        unknown = sorted(set(changes) - set(ARGUMENTS))
        if unknown:
            raise ProblemError(f"A problem has no argument {unknown[0]!r}. It has: {', '.join(ARGUMENTS)}.")
        return Problem(**{key: getattr(self, key) for key in ARGUMENTS} | changes)

    def evaluate(self, selected: Iterable[Reference]) -> tuple[float, dict[str, float]]:
        """Value and use of each resource of a set of options; deprecated: use `solvers.certify(problem, selected)`."""
        certificate = _public("certify", "evaluate")(self, selected)
        return float(certificate.value), {name: float(use) for name, use in certificate.usage.items()}

    @property
    def continuous(self) -> bool:
        """Whether something need not be all or nothing: shares, spends, movements of capacity, or columns."""
        return bool(self.partial or self.curves or self.movements or self.columns)

    @property
    def movement_caps(self) -> tuple[Fraction | None, ...]:
        """The most that each movement of capacity may take from its source, exactly; None for no limit."""
        return tuple(move.cap(self.capacity.tolist()) for move in self.movements)

    def positions(self, names: Iterable[Reference]) -> NDArray[np.intp]:
        """Positions of options by name, shape (k,)."""
        at = self.option_labels.positions
        return np.array([at[name] for name in names], dtype=np.intp)

    def resource_positions(self, names: Iterable[Reference]) -> NDArray[np.intp]:
        """Positions of resources by name, shape (k,)."""
        at = self.resource_labels.positions
        return np.array([at[name] for name in names], dtype=np.intp)

    def to_json(self, path: str | Path | None = None) -> str:
        """Return the problem as JSON that loses nothing, and write it to a file if one is named."""
        from solvers.model._json import arguments_to_json

        text = arguments_to_json({key: getattr(self, key) for key in ARGUMENTS})
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    @classmethod
    def from_json(cls, source: str | Path) -> Problem:
        """Read what `to_json` wrote, from its text or from a file (a `Path`).

        Raises
        ------
        ProblemError
            If the JSON holds no problem, or uses another version of the format.

        Examples
        --------
        >>> Problem.from_json(Problem([1, 2], [1, 1], 1).to_json()).values
        array([1., 2.])
        """
        from solvers.model._json import made_from_json

        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        return made_from_json(text, ARGUMENTS, cls)

    def to_mps(self, path: str | Path) -> Path:
        """Write the linear model as an MPS file; deprecated: use `solvers.write_model(problem, path)`."""
        return Path(_public("write_model", "to_mps")(self, path))

    def to_lp(self, path: str | Path) -> Path:
        """Write the linear model as an LP file; deprecated: use `solvers.write_model(problem, path)`."""
        return Path(_public("write_model", "to_lp")(self, path))

    def summary(self) -> str:
        """Describe the problem in lines of text: limits against total demand, and rules by kind and name."""
        from solvers.model._description import summary

        return summary(repr(self), self._figures(), self._rules_in_words())

    def _figures(self) -> Figures:
        return Figures(self.values, self.usage, self.capacity, self.minimum_use, self.names, self.resources)

    def _rules_in_words(self) -> dict[str, list[str]]:
        """Return every rule in words, by kind; kinds without a rule are left out."""
        from solvers.model import _description as words

        kinds: dict[str, Iterable[str]] = {
            "mandatory": self.mandatory,
            "forbidden": self.forbidden,
            "prerequisites": (rule.name for rule in self.requires),
            "exclusions": (rule.name for rule in self.excludes),
            "choices": map(words.choice_in_words, self.choices),
            "count rules": map(words.bounded_in_words, self.counts),
            "spend rules": map(words.bounded_in_words, self.spends),
            "share rules": map(words.bounded_in_words, self.shares),
            "columns": map(words.column_in_words, self.columns),
            "rows": map(words.bounded_in_words, self.rows),
            "synergies": map(words.synergy_in_words, self.synergies),
            "funding in part": (f"{name}: from {least:g}" for name, least in self.partial.items()),
            "value by spend": map(words.curve_in_words, self.curves),
            "capacity that may move": words.movements_in_words(self.movements, self.movement_caps),
        }
        return {kind: lines for kind, given in kinds.items() if (lines := list(given))}

    def _rule_count(self) -> int:
        kinds = (
            self.mandatory,
            self.forbidden,
            self.requires,
            self.excludes,
            self.choices,
            self.counts,
            self.spends,
            self.shares,
            self.rows,
            self.synergies,
            self.partial,
            self.curves,
            self.movements,
        )
        return sum(map(len, kinds))

    def __repr__(self) -> str:
        title = f" {self.name!r}" if self.name else ""
        rules = self._rule_count()
        return f"<Problem{title}: {len(self.names)} options, {len(self.resources)} resources, {rules} rules>"

    def _repr_html_(self) -> str:
        from solvers.model._description import html

        return html(repr(self), self._figures(), self._rules_in_words())


ARGUMENTS = tuple(key for key in Problem.__dataclass_fields__ if not key.endswith(("_labels", "movements")))


def _public(name: str, instead_of: str) -> Any:
    """Return the public function that replaces a method of `Problem`, with a deprecation warning.

    A problem is data, below everything that solves or writes it, so the function is looked up by name when called.
    """
    words = (
        f"Problem.{instead_of} is deprecated and will be removed in the next release. Use solvers.{name}(problem, ...)."
    )
    warnings.warn(words, DeprecationWarning, stacklevel=3)
    import solvers

    return getattr(solvers, name)
