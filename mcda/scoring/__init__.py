"""Scores of alternatives: one file per method, pure: (..., a, c), (..., c) -> (..., a)."""
