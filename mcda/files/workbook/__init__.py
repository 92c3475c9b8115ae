"""From one Excel workbook to raw tables and back: one sheet per table, every fault located by sheet and cell."""

from mcda.files.workbook._read import blank_sheet, read_workbook
from mcda.files.workbook._write import write_workbook

__all__ = ["blank_sheet", "read_workbook", "write_workbook"]
