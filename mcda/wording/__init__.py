"""The one place that puts figures into words: numbers, money, people, percentages, lists, counts, dates, long names.

The figures that a person reads come from here: on the command line, in the Board pack, in explanations and in
sentences in results. The script of the playing page (`mcda/report/playing/figures.js`) follows the same rule, and a
test compares the two figure by figure. The rule and its reasons are in
``docs/decisions/0052-one-wording-of-figures.md``:

1. *Rounding is half away from zero*, as on paper and in spreadsheets, and applies to the figure as a person sees it:
   floating-point noise beyond twelve significant digits is dropped first, so that 0.285 becomes 0.29 however it was
   added up.
2. *The direction belongs to the quantity*, not to the sentence: the share of its own best that a group gets is rounded
   down (`guaranteed`); a bound on what is not known (`gap`) and what would be enough (``rounding="up"``) are rounded
   up; everything else is rounded to the nearest. So "at least", "at most" and "is enough" are true as printed, and the
   same figure reads the same in every sentence, table and chart.
3. *Something never reads as nothing, nor a part as the whole*: "<0.1%", ">99.9%", "<0.01". "0%" and "100%" are exact.
4. *One format for each kind of figure.* Shares: one decimal and "%" without a space. Values: two decimals. Money:
   "£850k" below a million, "£1.59m" from a million upwards. People: "8.5 FTE". A table whose heading states the unit
   shows all figures of a column with the same number of decimals (`decimals`). What an input states is written as it
   was stated (`stated_percent`).
5. *Signs.* A real minus sign on pages, a hyphen on the command line (`plain_text`); a dash if there is no figure.
"""

from mcda.wording._dates import long_date
from mcda.wording._figures import (
    MINUS,
    NONE,
    decimals,
    number,
    plain,
    plain_text,
    points,
    signed,
    signed_points,
)
from mcda.wording._names import counted, in_sentence, isolate, listed, shorten, wrap
from mcda.wording._rounding import Rounding
from mcda.wording._shares import gap, guaranteed, percent, percent_figure, percentage_points, stated_percent
from mcda.wording._units import Kind, digits_of, money, people, quantity

__all__ = [
    "MINUS",
    "NONE",
    "Kind",
    "Rounding",
    "counted",
    "decimals",
    "digits_of",
    "gap",
    "guaranteed",
    "in_sentence",
    "isolate",
    "listed",
    "long_date",
    "money",
    "number",
    "people",
    "percent",
    "percent_figure",
    "percentage_points",
    "plain",
    "plain_text",
    "points",
    "quantity",
    "shorten",
    "signed",
    "signed_points",
    "stated_percent",
    "wrap",
]
