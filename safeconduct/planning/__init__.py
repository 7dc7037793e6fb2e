"""What to do next: which guarantees to ask for and of whom, and when each party is bound.

Answers: if it cannot go, what is missing from whom; and, for the whole trip, who is bound to what
when. Takes a judgement and the bench it was made on; gives frozen values that cite the
judgement's hash. It never changes a verdict. Start reading at `asks.py`; `bound.py` draws the
table of parties against hours.
"""

from safeconduct.planning.asks import MET_BY_WORDS, OwnTask, Plan, plan
from safeconduct.planning.bound import Bound, bound_table

__all__ = ["MET_BY_WORDS", "Bound", "OwnTask", "Plan", "bound_table", "plan"]
