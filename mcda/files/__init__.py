"""From CSV folders, workbooks and DataFrames to a Decision and back, with the place of every fault."""

from mcda.files._convert import convert, new
from mcda.files._datasets import dataset
from mcda.files._faults import Fault, FaultsError
from mcda.files._frames import decision_from_frames
from mcda.files._load import CheckReport, check, load
from mcda.files._save import save

__all__ = [
    "CheckReport",
    "Fault",
    "FaultsError",
    "check",
    "convert",
    "dataset",
    "decision_from_frames",
    "load",
    "new",
    "save",
]
