"""Is a portfolio what it claims to be? Exact arithmetic on the figures as written, with no solver's help."""

from solvers.certificate._check import OF_AMOUNTS, Certificate, Check, certify

__all__ = ["OF_AMOUNTS", "Certificate", "Check", "certify"]
