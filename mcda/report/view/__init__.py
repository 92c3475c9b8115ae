"""The Board pack's facts: pure functions from results to frozen, plain data."""

from mcda.report.view._pack import Pack, view_pack
from mcda.report.view._resources import TIGHT
from mcda.report.view._sureness import share_words

__all__ = ["TIGHT", "Pack", "share_words", "view_pack"]
