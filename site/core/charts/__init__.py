"""Charts that the server draws: `bars` compares things, `columns` shows years, `steps` shows places on a scale."""

from core.charts.bars import Bar, bars
from core.charts.columns import columns
from core.charts.csv import csv_response
from core.charts.steps import Scale, Step, steps

__all__ = ["Bar", "Scale", "Step", "bars", "columns", "csv_response", "steps"]
