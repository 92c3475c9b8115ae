"""Every non-dominated portfolio, built option by option; dominated beginnings are set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.errors import InputError, NoAnswerError

if TYPE_CHECKING:
    import solvers

_BLOCK = 256
_NEAR = 1e-9
_MOST_BOUNDS = 600  # known portfolios times cases: beyond this, they cost more time than they save
_MOST_PRICES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What is asked, over columns of n options and then k synergies (in exactly when all members are).

    Attributes
    ----------
    rows, limits
        (m, n + k) and (m,): a portfolio x keeps all limits and rules if ``rows @ x <= limits``.
    low, high
        (t, n + k) least and greatest worth in each extreme case; more is better.
    members
        Positions of the members of each synergy.
    fixed
        (n,) 1 for options that must be in, 0 for those that must be out, -1 for the others.
    """

    rows: np.ndarray
    limits: np.ndarray
    low: np.ndarray
    high: np.ndarray
    members: tuple[np.ndarray, ...]
    fixed: np.ndarray

    @property
    def options(self) -> int:
        """How many options."""
        return len(self.fixed)

    def full(self, selected: np.ndarray) -> np.ndarray:
        """Return portfolios (p, n) with their synergies (p, n + k), as numbers."""
        together = [selected[:, at].all(axis=1) for at in self.members]
        return np.column_stack([selected, *together]).astype(np.float64)


def search_of(problem: solvers.Problem, low: np.ndarray, high: np.ndarray) -> Search:
    """Return the limits and rules of a problem as rows, scaled so that decimal figures add up exactly."""
    from solvers.linear import linearise

    model = linearise(problem)
    n, k = len(problem.names), len(problem.synergies)
    if model.objective.size != n + k:
        raise InputError(
            "Non-dominated portfolios are found for options that are in or out. Leave out partial funding, value "
            "curves, carry-forward and transfers."
        )
    dense = np.zeros((len(model.row_lower), n + k))
    at = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
    dense[at, model.indices] = model.coefficients
    own = np.array([owner[0] != "synergy" for owner in model.owners], dtype=bool)
    above, below = own & np.isfinite(model.row_upper), own & np.isfinite(model.row_lower)
    rows = np.vstack([dense[above], -dense[below]])
    limits = np.concatenate([model.row_upper[above], -model.row_lower[below]])
    for i in range(len(rows)):
        factor = _whole_factor(np.append(rows[i], limits[i]))
        rows[i], limits[i] = np.round(rows[i] * factor, 0 if factor > 1 else 15), limits[i] * factor
        limits[i] = np.round(limits[i]) if factor > 1 else limits[i]
    fixed = np.where(model.lower[:n] > 0.5, 1, np.where(model.upper[:n] < 0.5, 0, -1))
    positions = tuple(problem.positions(synergy.members) for synergy in problem.synergies)
    return Search(rows, limits, low, high, positions, fixed)


def _whole_factor(figures: np.ndarray) -> float:
    """Return the power of ten that makes all figures whole, or 1 if none up to a million does."""
    for factor in (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6):
        whole = np.rint(figures * factor)
        if np.abs(whole).max() < 1e12 and np.array_equal(whole / factor, figures):
            return factor
    return 1.0


@dataclass(slots=True, eq=False)
class _Beginnings:
    """Portfolios as far as they are decided: (L, n + k) in or not, and (L, m) what they use of each row."""

    chosen: np.ndarray
    use: np.ndarray

    def keep(self, which: np.ndarray) -> _Beginnings:
        return _Beginnings(self.chosen[which], self.use[which])


def nondominated(search: Search, known: np.ndarray, most: int) -> np.ndarray:
    """Return every non-dominated portfolio (p, n).

    Parameters
    ----------
    search
        What is asked.
    known
        (q, n) some good portfolios that keep limits and rules; the better they are, the less must be built.
    most
        Give up if more beginnings than this must be kept at once.

    Notes
    -----
    Liesiö, Mild and Salo, *EJOR* 181(3), 2007, section 4: portfolios are built option by option; a beginning is set
    aside if another one is worth at least as much in every case, more in one, and leaves at least as much room in
    every limit that is still open: whatever completes the one completes the other. Beginnings are also set aside if
    a known portfolio dominates all of their completions, by the bound of a surrogate relaxation. Synergies that are
    still open must stand alike in both.
    """
    order = _order(search)
    state = _Beginnings(np.zeros((1, search.rows.shape[1]), dtype=bool), np.zeros((1, len(search.rows))))
    decided = np.zeros(search.options, dtype=bool)
    bound = _Bound(search, known)
    for step, option in enumerate(order):
        state = _decide(search, state, int(option))
        decided[option] = True
        state = _possible(search, state, decided)
        if step < len(order) - 1:
            state = state.keep(~bound.hopeless(state, decided))
        state = state.keep(_undominated(search, state, decided, most))
    return state.chosen[:, : search.options]


def _order(search: Search) -> np.ndarray:
    """Options in the order in which they are decided: the clearly worthwhile, and the clearly not, first.

    For these, one of the two beginnings is soon hopeless. Options tied by rules or synergies follow one another, so
    that little stays open between them.
    """
    n = search.options
    owner = np.arange(n)
    full = search.rows[:, :n] != 0
    ties = [*search.members, *(np.flatnonzero(row) for row in full if 2 <= row.sum() <= max(2, n // 3))]
    for at in ties:
        owner[np.isin(owner, owner[at])] = owner[at].min()
    prices = _prices(search, search.high.mean(axis=0))
    worth = np.maximum(0.5 * (search.low + search.high).mean(axis=0)[:n], 1e-12)
    cost = np.maximum(np.abs(prices @ search.rows[:, :n]), 1e-12) if len(search.rows) else np.ones(n)
    clear = np.abs(np.log(worth / cost))
    group = np.array([clear[owner == owner[i]].max() for i in range(n)])
    return np.lexsort((-clear, owner, -group))


def filtered(search: Search, among: np.ndarray, most: int) -> np.ndarray:
    """Return those of some portfolios (p, n) that none of the others dominates."""
    full = search.full(among)
    state = _Beginnings(full > 0.5, full @ search.rows.T)
    return np.asarray(among[_undominated(search, state, np.ones(search.options, dtype=bool), most)])


def _decide(search: Search, state: _Beginnings, option: int) -> _Beginnings:
    parts = []
    for value in (True, False):
        if search.fixed[option] == int(not value):
            continue
        chosen, use = state.chosen.copy(), state.use
        if value:
            chosen[:, option] = True
            use = use + search.rows[:, option]
            for s, at in enumerate(search.members):
                column = search.options + s
                if option in at:
                    happens = np.asarray(chosen[:, at].all(axis=1))
                    chosen[:, column] = happens
                    use = use + happens[:, None] * search.rows[:, column]
        parts.append(_Beginnings(chosen, use))
    return _Beginnings(np.vstack([part.chosen for part in parts]), np.vstack([part.use for part in parts]))


def _open(search: Search, decided: np.ndarray) -> np.ndarray:
    """(n + k,) columns that may still come in."""
    synergies = [not decided[at].all() for at in search.members]
    return np.concatenate([~decided, np.array(synergies, dtype=bool)])


def _possible(search: Search, state: _Beginnings, decided: np.ndarray) -> _Beginnings:
    """Keep the beginnings that some completion could still bring within every limit."""
    left = search.rows[:, _open(search, decided)].clip(max=0).sum(axis=1)
    slack = search.limits - left + _NEAR * np.maximum(1.0, np.abs(search.limits))
    return state.keep((state.use <= slack).all(axis=1))


class _Bound:
    """Whether known portfolios dominate all completions of a beginning."""

    def __init__(self, search: Search, known: np.ndarray) -> None:
        self.search = search
        full = search.full(known[:: max(1, len(known) * len(search.low) // _MOST_BOUNDS)])
        # In the worst case for the known portfolio, what both hold counts low, what only the other holds counts high.
        worth = np.where(full[:, None, :] > 0.5, search.low[None], search.high[None])
        self.worth = worth.reshape(-1, full.shape[1])
        self.own = (full @ search.low.T).reshape(-1)
        self.cases = len(search.low)
        # Any prices give a valid bound, so those of a few cases serve all.
        every = max(1, len(search.high) // _MOST_PRICES)
        few = [_prices(search, row) for row in search.high[::every]]
        prices = np.array([few[min(i // every, len(few) - 1)] for i in range(len(search.high))])
        self.prices = np.tile(prices, (len(full), 1)).reshape(-1, len(search.rows))

    def hopeless(self, state: _Beginnings, decided: np.ndarray) -> np.ndarray:
        if not len(self.worth):
            return np.zeros(len(state.chosen), dtype=bool)
        search = self.search
        still = _open(search, decided)
        reduced = self.worth[:, still] - self.prices @ search.rows[:, still]
        rest = reduced.clip(min=0).sum(axis=1) + self.prices @ search.limits
        found = np.zeros(len(state.chosen), dtype=bool)
        for start in range(0, len(found), 4096):
            part = slice(start, start + 4096)
            most = state.chosen[part].astype(np.float64) @ self.worth.T - state.use[part] @ self.prices.T + rest
            gap = (self.own - most).reshape(len(most), -1, self.cases)
            scale = _NEAR * (1.0 + np.abs(self.own).max())
            found[part] = ((gap >= -0.0).all(axis=2) & (gap > scale).any(axis=2)).any(axis=1)
        return found


def _prices(search: Search, worth: np.ndarray) -> np.ndarray:
    """Return prices of the rows (m,), at least 0, from the linear relaxation; any such prices give a valid bound."""
    from scipy.optimize import linprog

    if not len(search.rows):
        return np.zeros(0)
    bounds = [(0.0, 1.0)] * search.rows.shape[1]
    for i, fixed in enumerate(search.fixed):
        if fixed >= 0:
            bounds[i] = (float(fixed), float(fixed))
    found: Any = linprog(-worth, A_ub=search.rows, b_ub=search.limits, bounds=bounds, method="highs")
    return np.zeros(len(search.rows)) if found.status != 0 else np.maximum(-found.ineqlin.marginals, 0.0)


def _undominated(search: Search, state: _Beginnings, decided: np.ndarray, most: int) -> np.ndarray:
    """Say which beginnings no other one dominates."""
    still = _open(search, decided)
    worth = _Worth.of(search, state.chosen.astype(np.float64))
    # Room that cannot be needed does not count; a row with no open columns is settled.
    room = search.limits - search.rows[:, still].clip(min=0).sum(axis=1)
    open_rows = (search.rows[:, still] != 0).any(axis=1)
    use = np.maximum(state.use, room)[:, open_rows]
    use = use[:, np.ptp(use, axis=0) > 0] if len(use) else use
    alive = _alive(search, state, decided)
    order = np.argsort(-(worth.low + worth.high).sum(axis=1), kind="stable")
    kept: list[int] = []
    for start in range(0, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        rivals = np.concatenate([np.array(kept, dtype=np.intp), block])
        beaten = np.zeros(len(block), dtype=bool)
        for first in range(0, len(rivals), 8192):
            some = rivals[first : first + 8192]
            one, two = _worth_more(worth, some, block)
            if len(one):
                rival, mine = some[one], block[two]
                fits = (alive[rival] == alive[mine]) & _less_use(use, rival, mine)
                beaten[np.unique(two[fits])] = True
        kept += block[~beaten].tolist()
        if len(kept) > most:
            raise NoAnswerError(
                f"More than {most:,} beginnings of portfolios are not dominated by another: the weights and scores say "
                "too little for a complete list. Narrow the weights (mcda.weight_set) or the ranges, raise `most`, or "
                "ask which portfolios are best for some weights (mcda.weight_regions)."
            )
    which = np.zeros(len(order), dtype=bool)
    which[kept] = True
    return which


def _worth_more(worth: _Worth, rivals: np.ndarray, mine: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs (rival, own), by position: the rival is worth at least as much in every case, and more in some."""
    least = np.ones((len(rivals), len(mine)), dtype=bool)
    more = np.zeros_like(least)
    for case in worth.first:
        # Worst gap: what only the rival holds at its low worth, less what only the other holds at its high worth.
        gap = worth.low[rivals, case][:, None] - worth.high[mine, case][None, :]
        best = gap if worth.exact else worth.high[rivals, case][:, None] - worth.low[mine, case][None, :]
        if not worth.exact:
            both = (worth.chosen[rivals] * worth.spread[case]) @ worth.chosen[mine].T
            gap, best = gap + both, best - both
        least &= gap >= -worth.edge
        more |= best > worth.edge
    if len(worth.first) == worth.low.shape[1]:
        one, two = np.nonzero(least & more)
        return one, two
    one, two = np.nonzero(least)
    kept_one, kept_two = [one[:0]], [two[:0]]
    for start in range(0, len(one), 4096):
        r, m = one[start : start + 4096], two[start : start + 4096]
        gap = worth.low[rivals[r]] - worth.high[mine[m]]
        best = worth.high[rivals[r]] - worth.low[mine[m]]
        if not worth.exact:
            both = (worth.chosen[rivals[r]] * worth.chosen[mine[m]]) @ worth.spread.T
            gap, best = gap + both, best - both
        wins = (gap >= -worth.edge).all(axis=1) & (best > worth.edge).any(axis=1)
        kept_one.append(r[wins])
        kept_two.append(m[wins])
    return np.concatenate(kept_one), np.concatenate(kept_two)


@dataclass(frozen=True, slots=True, eq=False)
class _Worth:
    """What beginnings are worth in each case: (L, t) at the lowest and the highest."""

    chosen: np.ndarray
    low: np.ndarray
    high: np.ndarray
    spread: np.ndarray
    exact: bool
    edge: float
    first: np.ndarray

    @classmethod
    def of(cls, search: Search, chosen: np.ndarray) -> _Worth:
        low, high = chosen @ search.low.T, chosen @ search.high.T
        spread = search.high - search.low
        size = max(float(np.abs(low).max(initial=0)), float(np.abs(high).max(initial=0)))
        cases = np.unique(np.linspace(0, len(search.low) - 1, 8).astype(int))
        return cls(chosen, low, high, spread, not spread.any(), _NEAR * (1.0 + size), cases)


def _less_use(use: np.ndarray, rival: np.ndarray, mine: np.ndarray) -> np.ndarray:
    fits = np.ones(len(rival), dtype=bool)
    for column in use.T:
        at = np.flatnonzero(fits)
        if not len(at):
            break
        fits[at] = column[rival[at]] <= column[mine[at]] + _NEAR
    return fits


def _alive(search: Search, state: _Beginnings, decided: np.ndarray) -> np.ndarray:
    """Number the possible states of synergies that are still open: all decided members in, or not."""
    flags = [
        state.chosen[:, at[decided[at]]].all(axis=1)
        for at in search.members
        if decided[at].any() and not decided[at].all()
    ]
    if not flags:
        return np.zeros(len(state.chosen), dtype=np.intp)
    _, number = np.unique(np.column_stack(flags), axis=0, return_inverse=True)
    return np.asarray(number).reshape(-1)
