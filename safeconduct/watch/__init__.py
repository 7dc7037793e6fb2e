"""What is to be watched between verdicts: what became of each party's word, who binds whom.

Answers: which undertakings of a party were kept, broken or left unclear, on which base? Who is
bound by whose word, until when? Takes a `Situation` and the `Cover` over it; gives frozen values
that name the records they rest on. It never changes a verdict, never makes one number of a record,
and never counts an adversary's allegation as a breach. Start reading at `record.py`, which follows
section 9 of docs/reference/semantics.md; `party.py` has the rest of what is known of a party.
"""

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

__all__ = [
    "Counts",
    "Evidence",
    "Given",
    "InstrumentNow",
    "Kept",
    "Party",
    "PartyRecord",
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
    "record",
    "records",
    "relations",
    "voices",
]
