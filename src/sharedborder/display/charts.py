"""The charts that a notebook can draw: each takes a tidy frame and the names of its columns.

`charts.columns(monthly, y="encounters", colour="component")` gives a Drawing for `figures.figure`.
"""

from .annotations import marks
from .areas import areas
from .bars import bars
from .columns import columns
from .differences import changes, dumbbells
from .drawing import Drawing, Event
from .lines import lines
from .maps import circles
from .panels import panels
from .seasons import seasons
from .slopes import slopes
from .timeline import timeline

__all__ = [
    "Drawing",
    "Event",
    "areas",
    "bars",
    "changes",
    "circles",
    "columns",
    "dumbbells",
    "lines",
    "marks",
    "panels",
    "seasons",
    "slopes",
    "timeline",
]
