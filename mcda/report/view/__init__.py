"""The Board pack's facts: pure functions from results to frozen, plain data."""

from mcda.report.view._pack import Pack, view_pack
from mcda.report.view._resources import TIGHT

__all__ = ["TIGHT", "Pack", "view_pack"]
