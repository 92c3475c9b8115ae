"""What a method is: its description, what it computes once per matrix, and what it computes per weighting."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

import numpy as np

from mcda.arrays import Array, NormaliseWeights, read_per_criterion
from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from types import ModuleType

    from numpy.typing import DTypeLike

Prepared: TypeAlias = tuple[Array, ...]


class Options(TypedDict, total=False):
    """What every scoring function accepts besides the parameters of its method.

    Attributes
    ----------
    normalise_weights : bool or "keep", default False
        False: weights that do not sum to 1 are an error. True: each weighting is divided by its sum. "keep": weights
        are used as they are, whatever their sum (printed weights do not always sum to 1, and a product method
        depends on it).
    out : array, shape (..., a), optional
        Where to write the scores: C-contiguous, of the result's dtype.
    threads : int, optional
        How many threads share the work. Default: all processors when there is enough work, else one.
    dtype : dtype, optional
        float64 (default) or float32 for half the memory; other libraries keep the dtype of the matrix.
    """

    normalise_weights: NormaliseWeights
    out: Array | None
    threads: int | None
    dtype: DTypeLike | None


@dataclass(frozen=True, slots=True)
class Matrices:
    """A block of matrices as a method sees them: checked, floating, in the caller's array library."""

    xp: ModuleType
    values: Array  # (b, a, c)
    signs: Array  # (c,), +1 where more is better, -1 where less is
    columns: Sequence[Hashable] | None
    rows: Sequence[Hashable] | None
    first: int = 0  # position of the first matrix of the block among all matrices
    lead: tuple[int, ...] = ()  # leading dimensions of the matrices

    def per_criterion(self, value: Any, name: str, width: int | None = None) -> Array:
        """Read a parameter with one number (or `width` numbers) per criterion, by label if it has labels."""
        read = read_per_criterion(value, self.columns, self.values.shape[-1], name, width=width)
        # A copy: PyTorch warns of arrays that are not writeable.
        return self.xp.asarray(np.array(read), dtype=self.values.dtype, **self.on_device)

    @property
    def on_device(self) -> dict[str, Any]:
        """The keyword that puts a new array where the matrices are."""
        return {} if isinstance(self.values, np.ndarray) else {"device": self.values.device}

    def criterion(self, position: int) -> str:
        """The label of a criterion for a message, or else its position."""
        return str(position) if self.columns is None else repr(self.columns[position])

    def require(self, allowed: Array, rule: str) -> None:
        """Raise InputError naming the first cell that is not allowed."""
        if bool(self.xp.all(allowed)):
            return
        block, row, column = (int(i[0]) for i in self.xp.nonzero(~self.xp.broadcast_to(allowed, self.values.shape)))
        where = [str(i) for i in np.unravel_index(self.first + block, self.lead)] if self.lead else []
        where.append(str(row) if self.rows is None else repr(self.rows[row]))
        where.append(self.criterion(column))
        found = float(self.values[block, row, column])
        raise InputError(f"matrix[{', '.join(where)}] {rule}. Got {found:g}.")


def one_per_alternative(alternatives: int, criteria: int) -> int:
    """Return how many numbers one weighting of most methods needs at a time."""
    del criteria
    return alternatives


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it is called, what its scores mean, where it comes from.

    Attributes
    ----------
    name : str
        The name of the function, and the name for `mcda.score`.
    title : str
        The name in the literature.
    higher_is_better : bool or None
        None if the method returns a relation or classes, not a score.
    additive : bool
        Whether scores of projects may be added up over a portfolio.
    source : str
        Author and year of the formula.
    function : callable
        The public function.
    """

    name: str
    title: str
    higher_is_better: bool | None
    additive: bool
    source: str
    function: Callable[..., Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """The method's own parameters and their defaults (`inspect.Parameter.empty` where one must be given)."""
        return {
            parameter.name: parameter.default
            for parameter in inspect.signature(self.function).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }

    def __repr__(self) -> str:
        better = {True: "higher is better", False: "lower is better", None: "a relation, not a score"}
        return f"<{self.title} ({self.source}): mcda.{self.name}, {better[self.higher_is_better]}>"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a score is computed for stacks of matrices and weightings.

    Attributes
    ----------
    prepare : callable
        ``prepare(matrices, **parameters)`` returns arrays with leading dimension b: everything that does not depend on
        the weights.
    combine : callable
        ``combine(xp, prepared, weights)`` with weights (b, k, c) returns scores (b, k, a).
    compiled : str, optional
        Name of the function in `mcda.scoring._compiled` that does the same:
        ``(*prepared, weights (1 or b, k, c), out (b, k, a))``.
    compiled_from : int, default 2**20
        It is used from this number of scores; for fewer, loading it (once per process) costs more than it saves.
    width : callable
        ``width(a, c)``: how many numbers `combine` holds at a time for one weighting.
    numpy_only : str, default ""
        The title of the method if it computes with NumPy alone; "" if it works with any array library.
    """

    prepare: Callable[..., Prepared]
    combine: Callable[[ModuleType, Prepared, Array], Array]
    compiled: str | None = None
    compiled_from: int = 1 << 20
    width: Callable[[int, int], int] = one_per_alternative
    numpy_only: str = ""
