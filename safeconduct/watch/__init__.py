"""What changes, what is due, and how parties kept their word: looking on while time goes by.

Answers: which answers can one new entry change? Which undertakings of a party were kept, broken or
left unclear, on which base, and who is bound by whose word until when? Takes a situation, the cover
over it and benches of judgements; gives frozen values that name the records they rest on. It never
changes a verdict, never writes, never makes one number of a record, and never counts an adversary's
allegation as a breach. Start reading at `desk.py`, then `reach.py`; for parties at `record.py`
(section 10 of docs/reference/semantics.md), then `party.py`.
"""

from safeconduct.watch.desk import Changed, Desk
from safeconduct.watch.evidence import Evidence, Weight
from safeconduct.watch.given import Given, Word
from safeconduct.watch.party import (
    InstrumentNow,
    Party,
    Phase,
    PresenceNow,
    Relation,
    Required,
    Standing,
    parties,
    parties_of,
    party,
    relations,
    voices,
)
from safeconduct.watch.record import Counts, Kept, PartyRecord, State, record, records
from safeconduct.watch.twice import PerhapsTwice, perhaps_twice

__all__ = [
    "Changed",
    "Counts",
    "Desk",
    "Evidence",
    "Given",
    "InstrumentNow",
    "Kept",
    "Party",
    "PartyRecord",
    "PerhapsTwice",
    "Phase",
    "PresenceNow",
    "Relation",
    "Required",
    "Standing",
    "State",
    "Weight",
    "Word",
    "parties",
    "parties_of",
    "party",
    "perhaps_twice",
    "record",
    "records",
    "relations",
    "voices",
]
