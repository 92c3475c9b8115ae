"""Which solver, with which settings, on which kind of problem: runs in fresh processes, every answer checked."""

from solvers.benchmarking._compare import Comparison, compare
from solvers.benchmarking._judge import Judgement, judge
from solvers.benchmarking._page import write_page
from solvers.benchmarking._plan import Plan, Variant, default_variants, read_plan, read_variants
from solvers.benchmarking._records import Run, read_runs
from solvers.benchmarking._run import run_plan
from solvers.benchmarking._statistics import (
    bootstrap_interval,
    pairwise_ratios,
    performance_profile,
    primal_integral,
    shifted_geometric_mean,
    summary,
)
from solvers.benchmarking._tables import write_tables
from solvers.benchmarking._workloads import GENERATED, Task, generated_tasks, sampled, tasks_of

__all__ = [
    "GENERATED",
    "Comparison",
    "Judgement",
    "Plan",
    "Run",
    "Task",
    "Variant",
    "bootstrap_interval",
    "compare",
    "default_variants",
    "generated_tasks",
    "judge",
    "pairwise_ratios",
    "performance_profile",
    "primal_integral",
    "read_plan",
    "read_runs",
    "read_variants",
    "run_plan",
    "sampled",
    "shifted_geometric_mean",
    "summary",
    "tasks_of",
    "write_page",
    "write_tables",
]
