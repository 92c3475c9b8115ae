"""The Board pack and the machine-readable result."""

from mcda.report._pack import board_pack, write_board_pack
from mcda.report._record import result_record

__all__ = ["board_pack", "result_record", "write_board_pack"]
