"""The picture of a situation: what was known at one moment, as of another, ready to be asked.

Answers: given the records that were known, which grants, limits, presences, assessments, notices
and incidents are there to be judged? Takes vocabulary records in any order and gives one frozen
`Situation`. It never decides whether a grant is good or a road is open (that is `cover`), and
never reads a store. Start reading at `picture.py`.
"""

from safeconduct.situation.opening import records_of
from safeconduct.situation.picture import Grant, IncidentNow, Said, Situation, latest, picture

__all__ = ["Grant", "IncidentNow", "Said", "Situation", "latest", "picture", "records_of"]
