"""The picture of a situation: what was known at one moment, as of another, ready to be asked.

Answers: given the records that were known, which grants, limits, presences, assessments, notices
and incidents are there to be judged? Takes vocabulary records in any order and gives one frozen
`Situation`. It never decides whether a grant is good or a road is open (that is `cover`), and
never reads a store. Start reading at `picture.py`, then `situation.py` (what can be asked of it);
`amended.py` adds one record to a picture, or lets time go on in it; `tellings.py` says which
statements are one; `chronicle.py` finds what was known about one name without a picture.
"""

from safeconduct.situation.amended import amended, later, not_yet
from safeconduct.situation.chronicle import Chronicle
from safeconduct.situation.hearing import NOBODY_HEARD, REPLAYED, Heard, Hearing, RecordedBy
from safeconduct.situation.opening import records_of
from safeconduct.situation.picture import latest, picture
from safeconduct.situation.roads import ClosedEdges, closures, waiting_places
from safeconduct.situation.situation import Grant, IncidentNow, Said, Situation
from safeconduct.situation.tellings import Difference, Tellings
from safeconduct.situation.wording import Wording, differing, wording

__all__ = [
    "NOBODY_HEARD",
    "REPLAYED",
    "Chronicle",
    "ClosedEdges",
    "Difference",
    "Grant",
    "Heard",
    "Hearing",
    "IncidentNow",
    "RecordedBy",
    "Said",
    "Situation",
    "Tellings",
    "Wording",
    "amended",
    "closures",
    "differing",
    "later",
    "latest",
    "not_yet",
    "picture",
    "records_of",
    "waiting_places",
    "wording",
]
