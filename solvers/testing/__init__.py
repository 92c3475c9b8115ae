"""For people who test solvers: the conformance suite, and generated problems with every kind of rule.

A back end of your own passes the suite if this test does::

    @pytest.mark.parametrize("case", solvers.testing.conformance_cases(), ids=str)
    def test_conformance(case):
        if case.unsuited(backend):
            pytest.skip(case.unsuited(backend))
        case.check(backend)

Generation is a pure function of the seed, so a disagreement can be reported as one number.
"""

from solvers.testing.conformance import Case, conformance_cases, hard_problem
from solvers.testing.differential import compare
from solvers.testing.generators import random_problem

__all__ = ["Case", "compare", "conformance_cases", "hard_problem", "random_problem"]
