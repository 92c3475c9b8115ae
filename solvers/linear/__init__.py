"""The linear model of a problem, as arrays that every mathematical-programming back end accepts as they are."""

from solvers.linear.model import LinearModel, Row, linearise

__all__ = ["LinearModel", "Row", "linearise"]
