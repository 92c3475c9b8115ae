"""Many scenarios of one problem, each proven: arrays in, arrays out."""

from solvers.batch._batch import solve_batch
from solvers.batch._solution import BatchSolution

__all__ = ["BatchSolution", "solve_batch"]
