"""The Board pack, the result for programs, and the result for spreadsheets."""

from mcda.report._evidence import Evidence, gather_evidence
from mcda.report._pack import board_pack, write_board_pack
from mcda.report._record import result_record
from mcda.report._spreadsheets import write_result_csv, write_result_workbook
from mcda.report._tables import ResultTable, result_tables

__all__ = [
    "Evidence",
    "ResultTable",
    "board_pack",
    "gather_evidence",
    "result_record",
    "result_tables",
    "write_board_pack",
    "write_result_csv",
    "write_result_workbook",
]
