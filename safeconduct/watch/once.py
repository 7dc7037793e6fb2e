"""What several statements tell of one undertaking, so that a party's record counts it once.

"Given" in section 10 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from safeconduct.situation import Grant, Situation


def told_once(situation: Situation, party: str) -> tuple[tuple[Grant, ...], ...]:
    """The grants of a party, those that are tellings of one undertaking together, oldest first.

    Acts that are told alike are one. Of those told differently the first of a kind in one telling
    goes with the first of that kind in the others, the second with the second, and so on.
    """
    found: dict[Hashable, list[Grant]] = defaultdict(list)
    before: dict[Hashable, int] = defaultdict(int)
    for grant in situation.grants_of.get(party, ()):
        found[_undertaking(situation, grant, before)].append(grant)
    return tuple(map(tuple, found.values()))


def _undertaking(situation: Situation, grant: Grant, before: dict[Hashable, int]) -> Hashable:
    told = situation.tellings
    if grant.id not in told.apart:
        return situation.twins(grant.id)
    kind = grant.undertaking.kind
    place = before[grant.statement.id, kind]
    before[grant.statement.id, kind] += 1
    return told.together[grant.statement.id], kind, place
