"""Proofs of optimality that anyone can check: made with a solver, checked without one."""
