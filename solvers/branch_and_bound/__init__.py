"""Our own branch and bound for options that are in or out: compiled, exact, made for many scenarios.

It maximises ``c @ x`` over ``A x <= b`` and x in {0, 1}. Every node is closed by a bound computed from row multipliers
(weak duality) with a margin for rounding, so errors in the arithmetic of linear programs cost time, not truth.
"""
