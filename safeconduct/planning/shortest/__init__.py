"""The shortest list of asks: which guarantees, from whom and where, open the trip by any road.

Takes a division of roads, the cover on it and the legs of a movement; gives lists of candidates
(`finding.py`), proven to be the shortest (`solving.py`), and trims them to a trip (`trimming.py`).
It asks nothing of a party that no record says it can do, and never asks for an evacuation in the
place of aid: it only ever asks for the legs that are planned. `propose` is what a door calls; start
reading at `finding.py`.
"""

from safeconduct.planning.shortest.finding import (
    DEFAULT_STEPS,
    AskList,
    Passage,
    Shortest,
    Stage,
    shortest_asks,
)
from safeconduct.planning.shortest.proposing import Proposal, Proposed, propose
from safeconduct.planning.shortest.wanted import Wanted

__all__ = [
    "DEFAULT_STEPS",
    "AskList",
    "Passage",
    "Proposal",
    "Proposed",
    "Shortest",
    "Stage",
    "Wanted",
    "propose",
    "shortest_asks",
]
