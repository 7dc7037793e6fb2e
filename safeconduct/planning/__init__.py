"""What to do next: when to go and by which road, and which guarantees to ask of whom.

Answers: between which moments can the whole trip be driven inside what was given, by which road,
and how late may it run; if it cannot, what stands in the way and what part fits; what is missing
from whom; and, for the whole trip, who is bound to what when. Takes a judge, its covers, roads to
search and a movement; gives frozen values. It never changes a verdict, and what it shows of a trip
was put to the judge's own occupancy and ledger.

Start reading at `timing.py` (one route, exactly), then `finding.py` (which routes, on the ways of
`legroads.py`), `windows.py`, `pooling.py` and `routes.py`, `fits.py`. They load the search over
roads, so a verb imports them by name when it needs them; `asks.py` and `bound.py`, which every
verdict shows, do not.
"""

from safeconduct.planning.asks import MET_BY_WORDS, OwnTask, Plan, plan
from safeconduct.planning.bound import Bound, bound_table

__all__ = ["MET_BY_WORDS", "Bound", "OwnTask", "Plan", "bound_table", "plan"]
