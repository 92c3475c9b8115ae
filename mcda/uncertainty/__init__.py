"""The one place that draws futures: weights, performance, costs, delivery and limits, the same for every analysis."""

from mcda.uncertainty._futures import Futures
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, LimitDraw, PerformanceDraw, Sources, WeightDraw
from mcda.uncertainty._stated import stated_sources

__all__ = [
    "CostDraw",
    "DeliveryDraw",
    "Futures",
    "LimitDraw",
    "PerformanceDraw",
    "Sources",
    "WeightDraw",
    "stated_sources",
]
