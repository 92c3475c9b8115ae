"""How far the use of an option must fall before it belongs to a portfolio worth having."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from solvers.analysis._questions import OutOfTimeError, Questions
from solvers.answers import Impossible, Unproven
from solvers.certificate import certify
from solvers.errors import ProblemError
from solvers.linear import LinearModel, Row, linearise
from solvers.linear.columns import resource_row
from solvers.solving.cuts import no_good
from solvers.solving.options import SolveOptions, SolverLike
from solvers.solving.ties import worth_at_least
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from solvers.arrays import FloatArray
    from solvers.certificate import Certificate
    from solvers.model.problem import Problem
    from solvers.model.rules import Reference, ShareRule, SpendRule


@dataclass(frozen=True, slots=True)
class CostReduction:
    """The least cut in an option's use that makes some portfolio with it worth enough.

    Attributes
    ----------
    option : str
        The option.
    amounts : mapping of resource to Fraction
        How much less it would use, exactly; resources that need no cut are left out.
    share : Fraction or None
        If all of its use is cut alike: the share that is cut.
    certificate : Certificate
        The portfolio that is then possible, checked with the option's use as cut.
    """

    option: str
    amounts: Mapping[str, Fraction]
    share: Fraction | None
    certificate: Certificate

    @property
    def total(self) -> Fraction:
        """All amounts added up; meaningful only if the resources share one unit."""
        return sum(self.amounts.values(), Fraction(0))

    def __repr__(self) -> str:
        size = f"{float(self.share):.1%}" if self.share is not None else f"{float(self.total):g}"
        return f"<CostReduction: {self.option} by {size}, in a portfolio worth {float(self.certificate.value):g}>"


def least_cut(
    problem: Problem,
    option: Reference,
    worth: Fraction | float,
    *,
    resources: Iterable[Reference] | None = None,
    uniform: bool = False,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
) -> CostReduction | Impossible | Unproven:
    """Return the least cut in an option's use that makes some portfolio with it worth at least `worth`.

    One mixed-integer model: the option is in, the portfolio is worth enough, and the cut is least. Share and spend
    rules count the option at its use as cut.

    Parameters
    ----------
    problem : Problem
        What is asked; the option must not be forbidden.
    option : str or int
        The option.
    worth : number
        What the portfolio must be worth, for example the value of the best one without the option.
    resources : sequence of references, optional
        Where a cut may be made; all resources by default.
    uniform : bool
        If true, the same share of its use of each of these resources is cut, and the share is least; otherwise each
        use may be cut on its own and the sum of the amounts is least (so they need one unit).
    solver : str, back end or SolveOptions
        A mathematical-programming back end, or "auto".
    time_limit : float, optional
        Seconds for the whole call.

    Returns
    -------
    CostReduction, Impossible or Unproven
        `Impossible` if even an option that used nothing of these resources would not be enough; `Unproven` if the
        time limit came first, or the figures are too fine for the solver. Both count as false.

    Examples
    --------
    >>> from solvers import Problem, least_cut
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names="ABCD", resources=["cash"])
    >>> least_cut(problem, "A", 42)
    <CostReduction: A by 1, in a portfolio worth 46>
    """
    name = problem.option_labels.all([option], "The cut")[0]
    if name in problem.forbidden:
        raise ProblemError(f"{name!r} is forbidden: no cut lets it in. Take it off `forbidden` first.")
    if problem.partial or problem.curves or problem.movements:
        raise ProblemError(
            "The least cut is not defined if options are funded in part or money moves between resources: what an "
            "option uses is then not one figure. Take those features out, or solve with a changed use instead."
        )
    wanted = problem.resources if resources is None else problem.resource_labels.all(resources, "The cut")
    at = int(problem.positions([name])[0])
    places = [j for j in problem.resource_positions(wanted).tolist() if problem.usage[at, j] > 0]
    search = _Search(problem, at, places, uniform)
    questions = Questions(SolveOptions.of(solver, time_limit=time_limit).exact_for("least_cut"))
    try:
        return search.run(questions, Fraction(repr(worth)) if isinstance(worth, float) else Fraction(worth))
    except OutOfTimeError as reason:
        return Unproven(reason.limit)


class _Search:
    def __init__(self, problem: Problem, option: int, places: list[int], uniform: bool) -> None:
        self.problem, self.option, self.places, self.uniform = problem, option, places, uniform
        cut, name = {problem.resources[j] for j in places}, problem.names[option]
        self.touched = {
            "spends": [i for i, r in enumerate(problem.spends) if cut.intersection(r.resources) and name in r.members],
            "shares": [i for i, r in enumerate(problem.shares) if cut.intersection(r.resources)],
        }
        capacity, least = problem.capacity.copy(), problem.minimum_use.copy()
        capacity[places], least[places] = np.inf, -np.inf
        mandatory = dict.fromkeys([*problem.mandatory, problem.names[option]])
        kept = {
            key: [rule for i, rule in enumerate(getattr(problem, key)) if i not in self.touched[key]]
            for key in self.touched
        }
        self.free = problem.replace(capacity=capacity, minimum_use=least, mandatory=list(mandatory), **kept)
        self.base = linearise(self.free)
        self.first = self.base.objective.size

    def run(self, questions: Questions, worth: Fraction) -> CostReduction | Impossible | Unproven:
        model = self._model(worth)
        while True:
            proposal = questions.best(self.free, model)
            if proposal.certificate is None or proposal.point is None:
                return Impossible()
            chosen = proposal.certificate
            if chosen.value >= worth:
                return self._cut(chosen, proposal.point[self.first :])
            # Within the solver's tolerance of being worth enough, but not exactly.
            inside = np.zeros(len(self.problem.names), dtype=bool)
            inside[self.problem.positions(chosen.selected)] = True
            model = model.with_rows([no_good(inside, np.ones(inside.size, dtype=bool))])

    def _model(self, worth: Fraction) -> LinearModel:
        model = self.base
        use = self.problem.usage[self.option, self.places]
        for most in [1.0] if self.uniform else use.tolist():
            model = model.with_column(0.0, 0.0, most)
        model = worth_at_least(model.with_rows(self._rows()), float(worth))
        cost = np.zeros(model.objective.size)
        cost[self.first :] = -1.0
        return model.with_objective(cost)

    def _rows(self) -> Iterator[Row]:
        """Limits and rules that count the option's use, with the columns that cut it."""
        problem = self.problem
        for j in self.places:
            low, high = float(problem.minimum_use[j]), float(problem.capacity[j])
            if np.isfinite(low) or np.isfinite(high):
                yield self._row(resource_row(problem, j), {j: 1.0}, low, high)
        for i in self.touched["spends"]:
            spend = problem.spends[i]
            part, _, counted = self._parts(spend)
            low = -np.inf if spend.minimum is None else spend.minimum
            yield self._row(part, counted, low, np.inf if spend.maximum is None else spend.maximum)
        for i in self.touched["shares"]:
            share = problem.shares[i]
            part, whole, counted = self._parts(share)
            member = float(problem.names[self.option] in share.members)
            for bound, low, high in ((share.minimum, 0.0, np.inf), (share.maximum, -np.inf, 0.0)):
                if bound is not None:
                    weights = dict.fromkeys(counted, member - bound)
                    yield self._row(part - bound * whole, weights, low, high)

    def _row(self, figures: FloatArray, weights: Mapping[int, float], low: float, high: float) -> Row:
        """Return the row of `figures` less `weights` times what is cut of each resource."""
        filled = np.flatnonzero(figures)
        use = self.problem.usage[self.option]
        if self.uniform:
            columns, factors = [self.first], [-sum(use[j] * weight for j, weight in weights.items())]
        else:
            columns = [self.first + self.places.index(j) for j in weights]
            factors = [-weight for weight in weights.values()]
        return Row(np.append(filled, columns), np.append(figures[filled], factors), low, high)

    def _parts(self, rule: SpendRule | ShareRule) -> tuple[FloatArray, FloatArray, dict[int, float]]:
        across = self.problem.resource_positions(rule.resources)
        whole = np.zeros(self.first)
        whole[: len(self.problem.names)] = self.problem.usage[:, across].sum(axis=1)
        part = np.zeros_like(whole)
        members = self.problem.positions(rule.members)
        part[members] = whole[members]
        return part, whole, {j: 1.0 for j in across.tolist() if j in self.places}

    def _cut(self, chosen: Certificate, columns: FloatArray) -> CostReduction | Unproven:
        """Return the exact cut that the chosen portfolio needs."""
        problem, option = self.problem, self.option
        use = {j: Fraction(repr(float(problem.usage[option, j]))) for j in self.places}
        over = {
            j: max(Fraction(0), chosen.usage[problem.resources[j]] - Fraction(repr(float(problem.capacity[j]))))
            for j in self.places
            if np.isfinite(problem.capacity[j])
        }
        share: Fraction | None = None
        if self.uniform:
            share = max((amount / use[j] for j, amount in over.items()), default=Fraction(0))
            amounts = {j: use[j] * share for j in self.places}
        else:
            amounts = over
        certificate = self._certified(chosen, amounts)
        if not certificate.holds:
            # A rule other than a limit asks for more: take the model's own figures, rounded to a millionth, then up.
            for more in (0, 1):
                figures = [Fraction(round(float(column) * 10**6) + more, 10**6) for column in columns]
                if self.uniform:
                    share = min(Fraction(1), max(figures))
                    amounts = {j: use[j] * share for j in self.places}
                else:
                    amounts = {j: min(use[j], figure) for j, figure in zip(self.places, figures, strict=True)}
                certificate = self._certified(chosen, amounts)
                if certificate.holds:
                    break
            else:
                return Unproven(LimitReached.PRECISION)
        kept = {problem.resources[j]: amount for j, amount in amounts.items() if amount}
        return CostReduction(problem.names[option], kept, share, certificate)

    def _certified(self, chosen: Certificate, amounts: Mapping[int, Fraction]) -> Certificate:
        usage = self.problem.usage.copy()
        for j, amount in amounts.items():
            left = Fraction(repr(float(usage[self.option, j]))) - amount
            # Rounded down if the exact figure is no finite decimal; certificates compare decimals.
            figure = float(left)
            usage[self.option, j] = figure if Fraction(repr(figure)) <= left else np.nextafter(figure, -np.inf)
        return certify(self.problem.replace(usage=usage), chosen.selected)
