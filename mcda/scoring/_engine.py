"""Scores of stacks of matrices and weightings: checks, broadcasting, blocks, threads and labels.

A method says what it computes once per matrix (`Recipe.prepare`) and what it computes per weighting
(`Recipe.combine`); everything that all methods share happens here.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.arrays import (
    Array,
    Labelled,
    NormaliseWeights,
    divided_by_sum,
    is_frame,
    is_series,
    namespace_of,
    read_directions,
    read_matrix,
    read_weights,
)
from mcda.errors import InputError
from mcda.scoring._recipe import Matrices, Options, Prepared, Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from mcda.arrays import Directions, FloatArray, Matrix, Weights
    from mcda.scoring._signatures import Scores

# Numbers in one temporary array of a block. 2**14 doubles are 128 KiB: a few of them stay in a core's second-level
# cache, and the matrix products stay below the size at which OpenBLAS starts threads of its own.
_BLOCK = 1 << 14
_ROWS_AT_LEAST = 16  # with very many alternatives, read the prepared arrays once per this many weightings
_BLOCK_AT_MOST = 1 << 20  # 8 MiB per temporary array: this bounds the memory beyond the result
_BLOCK_OF_DEVICE = 1 << 20  # other libraries (a GPU) want larger pieces
_THREADS_FROM = 1 << 20  # scores below which starting threads costs more than it saves
_COMPILED_BLOCK = 1 << 19  # a kernel tiles by itself; this only shares work between threads


def scores(
    recipe: Recipe, matrix: Matrix, weights: Weights, directions: Directions, options: Options, **parameters: object
) -> Scores:
    """Score every alternative under every weighting.

    Parameters
    ----------
    recipe : Recipe
        The method.
    matrix : array_like or DataFrame, shape (..., a, c)
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
    directions : sequence, Series or mapping of {"max", "min", 1, -1}, shape (c,)
    options : Options
    **parameters
        Passed to `recipe.prepare`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
    """
    unknown = set(options) - set(Options.__annotations__)
    if unknown:
        raise TypeError(f"unknown parameter {sorted(unknown)[0]!r}")
    problem, weighting = read_problem(matrix, weights, directions, options.get("normalise_weights", False))
    xp, values = problem.xp, problem.values
    if recipe.numpy_only and xp is not np:
        raise InputError(f"{recipe.numpy_only} computes with NumPy. Got an array of {xp.__name__}; convert it first.")
    lead = broadcast_lead(tuple(values.shape[:-2]), tuple(weighting.values.shape[:-1]))
    shape = (*lead, values.shape[-2])
    dtype = _result_dtype(xp, values, options.get("dtype"))
    out = _result_array(xp, shape, dtype, values, options.get("out"))
    divide = options.get("normalise_weights", False) is True
    job = _Job(recipe, parameters, problem, divide, dtype, _threads(options.get("threads"), math.prod(shape)))
    _fill(job, values, weighting.values, out)
    return labelled_like(out, problem, weighting, matrix, weights)


@dataclass(frozen=True, slots=True)
class _Job:
    recipe: Recipe
    parameters: dict[str, object]
    problem: Matrices
    divide: bool
    dtype: Any
    threads: int
    kernel: Callable[..., None] | None = None

    def prepare(self, matrices: Array, first: int) -> Prepared:
        block = replace(self.problem, values=matrices, first=first)
        # The method's own checks catch sums and powers out of range, so NumPy need not warn of them.
        with np.errstate(over="ignore", under="ignore"):
            prepared = self.recipe.prepare(block, **self.parameters)
        found = tuple(self.problem.xp.astype(part, self.dtype, copy=False) for part in prepared)
        return tuple(_plain(part) for part in found) if self.kernel else found

    def combine(self, prepared: Prepared, weights: Array, out: Array) -> None:
        """Write the scores (b, k, a) of weights (b or 1, k, c)."""
        xp = self.problem.xp
        if self.divide:
            weights = divided_by_sum(xp, weights)
        weights = xp.astype(weights, self.dtype, copy=False)
        if self.kernel:
            self.kernel(*prepared, _plain(weights), out)
            return
        with np.errstate(over="ignore", under="ignore"):
            out[...] = self.recipe.combine(xp, prepared, weights)


def read_problem(matrix: Any, weights: Any, directions: Any, normalise: NormaliseWeights) -> tuple[Matrices, Labelled]:
    """Read and check the arguments that all methods share, in the array library of the caller."""
    xp = namespace_of(matrix, weights)
    table = read_matrix(matrix)
    columns: Any = table.columns
    count = table.values.shape[-1]
    if columns is None:
        # A plain matrix: labelled directions can only be matched to labelled weights.
        columns = weights.index if is_series(weights) else weights.columns if is_frame(weights) else None
        columns = columns if columns is not None and len(columns) == count else None
    signs = read_directions(directions, columns, count)
    weighting = read_weights(weights, columns, count, normalise=normalise)
    values = table.values
    if xp is np:
        # Prepared in double precision even if single is asked for: it is done once per matrix.
        values = values.astype(np.float64, copy=False)
    elif isinstance(values, np.ndarray):
        like = weighting.values
        values = xp.asarray(values, dtype=like.dtype, device=like.device)
    on = {} if xp is np else {"device": values.device}
    weighting = replace(weighting, values=xp.asarray(weighting.values, **on))
    signs = xp.asarray(signs, dtype=values.dtype, **on)
    lead = tuple(values.shape[:-2])
    return Matrices(xp, values, signs, columns, table.rows, 0, lead), weighting


def broadcast_lead(of_matrix: tuple[int, ...], of_weights: tuple[int, ...]) -> tuple[int, ...]:
    """Broadcast the leading dimensions of matrix and weights."""
    try:
        return np.broadcast_shapes(of_matrix, of_weights)
    except ValueError:
        raise InputError(
            f"The leading dimensions of matrix {of_matrix} and of weights {of_weights} must broadcast:"
            " equal, or 1, or absent."
        ) from None


def _result_dtype(xp: ModuleType, values: Array, asked: Any) -> Any:
    if asked is None:
        return values.dtype
    try:
        name = np.dtype(asked).name
    except TypeError:
        name = str(asked).rpartition(".")[2]
    if name not in {"float32", "float64"}:
        raise InputError(f"dtype must be float64 or float32. Got {asked!r}.")
    return np.dtype(name) if xp is np else getattr(xp, name)


def _result_array(xp: ModuleType, shape: tuple[int, ...], dtype: Any, values: Array, out: Array | None) -> Array:
    if out is None:
        return np.empty(shape, dtype) if xp is np else xp.empty(shape, dtype=dtype, device=values.device)
    if namespace_of(out) is not xp or not hasattr(out, "dtype"):
        raise InputError(f"out must be an array of the same library as the inputs. Got {type(out).__name__}.")
    if tuple(out.shape) != shape or out.dtype != dtype:
        raise InputError(
            f"out must have shape {shape} and dtype {dtype}. Got shape {tuple(out.shape)} and dtype {out.dtype}."
        )
    if isinstance(out, np.ndarray) and not (out.flags.c_contiguous and out.flags.writeable):
        raise InputError("out must be C-contiguous and writeable. Pass np.empty(shape) or a leading slice of one.")
    return out


def _threads(asked: Any, size: int) -> int:
    if asked is None:
        return len(os.sched_getaffinity(0)) if size >= _THREADS_FROM and hasattr(os, "sched_getaffinity") else 1
    if isinstance(asked, bool) or not isinstance(asked, int | np.integer) or asked < 1:
        raise InputError(f"threads must be a whole number of at least 1, or None for automatic. Got {asked!r}.")
    return int(asked)


def _fill(job: _Job, matrix: Array, weights: Array, out: Array, first: int = 0) -> None:
    """Write the scores of `matrix` (..., a, c) under `weights` (..., c) to `out` (..., a).

    The leading dimensions are reduced to two: B, along which the matrix changes, and K, along which only the weights
    do. If they are interleaved, a loop runs over the first.
    """
    lead = tuple(out.shape[:-1])
    matrix = _with_dimensions(job.problem.xp, matrix, len(lead) + 2)
    weights = _with_dimensions(job.problem.xp, weights, len(lead) + 1)
    changes = [matrix.shape[axis] > 1 for axis in range(len(lead)) if lead[axis] > 1]
    steps = sum(before != after for before, after in pairwise(changes))
    if steps > 1:
        stride = math.prod(matrix.shape[1:-2]) if matrix.shape[0] > 1 else 0
        for position in range(lead[0]):
            one_matrix = matrix[position if matrix.shape[0] > 1 else 0, ...]
            one_weights = weights[position if weights.shape[0] > 1 else 0, ...]
            _fill(job, one_matrix, one_weights, out[position, ...], first + position * stride)
        return
    _fill_grid(job, matrix, weights, out, first, weights_first=bool(changes) and not changes[0])


def _fill_grid(job: _Job, matrix: Array, weights: Array, out: Array, first: int, *, weights_first: bool) -> None:
    xp = job.problem.xp
    a, c = matrix.shape[-2:]
    lead = tuple(out.shape[:-1])
    moving = [axis for axis in range(len(lead)) if matrix.shape[axis] > 1]
    still = [axis for axis in range(len(lead)) if matrix.shape[axis] == 1]
    count = math.prod(lead[axis] for axis in moving)
    each = math.prod(lead[axis] for axis in still)
    matrices = xp.reshape(matrix, (count, a, c))
    if any(weights.shape[axis] > 1 for axis in moving):
        spread = xp.permute_dims(xp.broadcast_to(weights, (*lead, c)), (*moving, *still, len(lead)))
        weightings = xp.reshape(spread, (count, each, c))
    else:
        shared = [1 if axis in moving else lead[axis] for axis in range(len(lead))]
        weightings = xp.reshape(xp.broadcast_to(weights, (*shared, c)), (1, each, c))
    if weights_first and moving:
        grid = xp.permute_dims(xp.reshape(out, (each, count, a)), (1, 0, 2))
    else:
        grid = xp.reshape(out, (count, each, a))
    _run(job, matrices, weightings, grid, first)


def _run(job: _Job, matrices: Array, weightings: Array, grid: Array, first: int) -> None:
    count, each, a = grid.shape
    width = max(a, job.recipe.width(a, matrices.shape[-1]))
    kernel = _kernel(job, grid)
    if kernel is not None:
        job = replace(job, kernel=kernel)
        width = a
    block = _COMPILED_BLOCK if kernel else _BLOCK if job.problem.xp is np else _BLOCK_OF_DEVICE
    rows = max(block // width, min(_ROWS_AT_LEAST, _BLOCK_AT_MOST // width), 1)

    def weights_of(b: slice, k: slice) -> Array:
        return weightings[b if weightings.shape[0] > 1 else slice(0, 1), k, :]

    if each <= rows:
        together = max(1, block // (max(each, matrices.shape[-1]) * width))

        def some_matrices(b: slice) -> None:
            prepared = job.prepare(matrices[b, :, :], first + b.start)
            job.combine(prepared, weights_of(b, slice(None)), grid[b, :, :])

        _share(some_matrices, _slices(count, together), job.threads)
        return
    for position in range(count):
        b = slice(position, position + 1)
        prepared = job.prepare(matrices[b, :, :], first + position)

        def some_weightings(k: slice, b: slice = b, prepared: Prepared = prepared) -> None:
            job.combine(prepared, weights_of(b, k), grid[b, k, :])

        _share(some_weightings, _slices(each, rows), job.threads)


def _kernel(job: _Job, grid: Array) -> Callable[..., None] | None:
    """Return the compiled kernel, if there is enough work to be worth loading it and numba is installed."""
    name = job.recipe.compiled
    if not name or job.problem.xp is not np or grid.size < job.recipe.compiled_from:
        return None
    if job.dtype != np.float64 or not grid.flags.c_contiguous:
        return None
    try:
        from mcda.scoring import _compiled
    except ImportError:
        return None
    kernel: Callable[..., None] = getattr(_compiled, name)
    return kernel


def _plain(array: Array) -> Array:
    """Return the array in the form that kernels are compiled for: contiguous rows, and writeable (part of its type)."""
    return np.require(array, requirements=["C", "W"])


def _slices(length: int, step: int) -> Iterator[slice]:
    return (slice(start, min(start + step, length)) for start in range(0, length, step))


def _share(work: Callable[[slice], None], pieces: Iterator[slice], threads: int) -> None:
    """Work through the pieces, shared out among the threads: NumPy and the kernels release the lock."""
    todo = list(pieces)
    if threads == 1 or len(todo) == 1:
        for piece in todo:
            work(piece)
        return

    def own_share(start: int) -> None:
        for piece in todo[start::threads]:
            work(piece)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(own_share, range(threads)))


def _with_dimensions(xp: ModuleType, array: Array, dimensions: int) -> Array:
    return xp.reshape(array, (1,) * (dimensions - array.ndim) + tuple(array.shape))


def labelled_like(out: Array, problem: Matrices, weighting: Labelled, matrix: Matrix, weights: Weights) -> Scores:
    """Label the scores with the alternatives and the weightings, if these have labels."""
    if problem.xp is not np or out.ndim > 2 or not (is_frame(matrix) or is_frame(weights)):
        plain: Scores = out
        return plain
    import pandas as pd

    rows: Any = problem.rows
    if out.ndim == 1:
        one: FloatArray = out
        return pd.Series(one, index=rows, name="score", copy=False)
    scenarios: Any = weighting.rows if weighting.rows is not None and len(weighting.rows) == out.shape[0] else None
    return pd.DataFrame(out, index=scenarios, columns=rows, copy=False)
