"""The playing page: the linear model as plain data, and the solver that travels with the page."""

from mcda.report.playing._model import playing_model
from mcda.report.playing._scripts import Scripts, data_for_script, scripts

__all__ = ["Scripts", "data_for_script", "playing_model", "scripts"]
