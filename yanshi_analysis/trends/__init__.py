"""Projections that say how much they know.

`project` is the way in; its docstring says which method follows from which evidence. The methods,
their sources and what was measured about them stand in ``docs/methods.md``.
"""

from __future__ import annotations

from ._backtest import backtest
from ._chance import chance_of_meeting
from ._forecast import forecast
from ._project import project
from ._reference_class import reference_class, spread
from ._series import plan_end
from ._years_to_reach import years_to_reach

__all__ = [
    "backtest",
    "chance_of_meeting",
    "forecast",
    "plan_end",
    "project",
    "reference_class",
    "spread",
    "years_to_reach",
]
