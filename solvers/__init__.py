"""Portfolio selection: which set of options is best, proven and certified.

Public names are loaded when first used (PEP 562): ``import solvers`` loads no third-party module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers._relaxation import LinearBound as LinearBound
    from solvers._relaxation import lp_bound as lp_bound
    from solvers._solve import solve as solve
    from solvers._stop import interrupts_raise as interrupts_raise
    from solvers.alternatives import Alternatives as Alternatives
    from solvers.alternatives import best as best
    from solvers.alternatives import optima as optima
    from solvers.amounts import Amounts as Amounts
    from solvers.backends._table import backends as backends
    from solvers.batch import BatchSolution as BatchSolution
    from solvers.batch import solve_batch as solve_batch
    from solvers.budgets import BudgetCurve as BudgetCurve
    from solvers.budgets import every_budget as every_budget
    from solvers.builder import ProblemBuilder as ProblemBuilder
    from solvers.certificate import Certificate as Certificate
    from solvers.certificate import Check as Check
    from solvers.certificate import certify as certify
    from solvers.conflicts import Conflict as Conflict
    from solvers.conflicts import conflict as conflict
    from solvers.errors import BackendError as BackendError
    from solvers.errors import NoSolutionError as NoSolutionError
    from solvers.errors import ProblemError as ProblemError
    from solvers.errors import SolversError as SolversError
    from solvers.frames import problem_from_frames as problem_from_frames
    from solvers.frontiers import Frontier as Frontier
    from solvers.frontiers import pareto as pareto
    from solvers.funding import CarryForward as CarryForward
    from solvers.funding import Transfer as Transfer
    from solvers.funding import ValueCurve as ValueCurve
    from solvers.limits import Limit as Limit
    from solvers.model_files import read_model as read_model
    from solvers.problem import Problem as Problem
    from solvers.proofs._check import ProofCheck as ProofCheck
    from solvers.proofs._check import check_proof as check_proof
    from solvers.proofs._proof import Proof as Proof
    from solvers.proofs._prove import prove as prove
    from solvers.remedies import Change as Change
    from solvers.rules import Choice as Choice
    from solvers.rules import CountRule as CountRule
    from solvers.rules import Excludes as Excludes
    from solvers.rules import Requires as Requires
    from solvers.rules import ShareRule as ShareRule
    from solvers.rules import SpendRule as SpendRule
    from solvers.rules import Synergy as Synergy
    from solvers.solution import Solution as Solution
    from solvers.thresholds import Cut as Cut
    from solvers.thresholds import least_cut as least_cut

_HOME_OF = {
    "Alternatives": "solvers.alternatives",
    "Amounts": "solvers.amounts",
    "BackendError": "solvers.errors",
    "BatchSolution": "solvers.batch",
    "BudgetCurve": "solvers.budgets",
    "CarryForward": "solvers.funding",
    "Certificate": "solvers.certificate",
    "Change": "solvers.remedies",
    "Check": "solvers.certificate",
    "Choice": "solvers.rules",
    "Conflict": "solvers.conflicts",
    "CountRule": "solvers.rules",
    "Cut": "solvers.thresholds",
    "Excludes": "solvers.rules",
    "Frontier": "solvers.frontiers",
    "Limit": "solvers.limits",
    "LinearBound": "solvers._relaxation",
    "NoSolutionError": "solvers.errors",
    "Problem": "solvers.problem",
    "ProblemBuilder": "solvers.builder",
    "ProblemError": "solvers.errors",
    "Proof": "solvers.proofs._proof",
    "ProofCheck": "solvers.proofs._check",
    "Requires": "solvers.rules",
    "ShareRule": "solvers.rules",
    "Solution": "solvers.solution",
    "SolversError": "solvers.errors",
    "SpendRule": "solvers.rules",
    "Synergy": "solvers.rules",
    "Transfer": "solvers.funding",
    "ValueCurve": "solvers.funding",
    "backends": "solvers.backends",
    "best": "solvers.alternatives",
    "certify": "solvers.certificate",
    "check_proof": "solvers.proofs._check",
    "conflict": "solvers.conflicts",
    "every_budget": "solvers.budgets",
    "interrupts_raise": "solvers._stop",
    "least_cut": "solvers.thresholds",
    "lp_bound": "solvers._relaxation",
    "optima": "solvers.alternatives",
    "pareto": "solvers.frontiers",
    "problem_from_frames": "solvers.frames",
    "prove": "solvers.proofs._prove",
    "read_model": "solvers.model_files",
    "solve": "solvers._solve",
    "solve_batch": "solvers.batch",
}

__all__ = [*_HOME_OF]  # noqa: PLE0604 - the table above is the list of public names


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'solvers' has no attribute '{name}'")
    import importlib

    module = importlib.import_module(home)
    # The package of back ends is itself what `solvers.backends()` calls.
    value = module if name == "backends" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
