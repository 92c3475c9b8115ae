"""Rules of the criteria tree: shape, directions, swings and stated weights."""

from __future__ import annotations

IMPLICIT_GOAL = "goal"
