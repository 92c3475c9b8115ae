# The public names and where each lives: read by type checkers, and by __init__.py to load a name when it is first used.
from mcda.report._evidence import Evidence as Evidence
from mcda.report._evidence import gather_evidence as gather_evidence
from mcda.report._pack import board_pack as board_pack
from mcda.report._pack import write_board_pack as write_board_pack
from mcda.report._record import result_record as result_record
from mcda.report._spreadsheets import write_result_csv as write_result_csv
from mcda.report._spreadsheets import write_result_workbook as write_result_workbook
from mcda.report._tables import ResultTable as ResultTable
from mcda.report._tables import result_tables as result_tables
