"""Which acts does an act answer?"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.place import actor_id

OFFERS = frozenset({Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT})
_OF_OTHERS = frozenset({Act.REJECT, Act.ACCEPT, Act.WELCOME, Act.ASSESS, Act.DENY})
_OF_ITSELF = frozenset({Act.CONDITION, Act.NARROW, Act.WITHDRAW, Act.DISOWN, Act.CONFIRM})
# So many sentences back stands what "it" and "the calls" mean.
_NEAR = 12


def link(every: Sequence[Found]) -> None:
    """Gives each answer the acts before it that it answers."""
    for number, found in enumerate(every):
        if found.act in _OF_OTHERS and not found.kind:
            found.of = _of_others(found, every[:number])
        elif found.act in _OF_ITSELF:
            found.of = _of_itself(found, every[:number])


def _of_others(found: Found, before: Sequence[Found]) -> list[Found]:
    answering = party_id(found)
    asked = {Act.DEMAND} if found.act in (Act.REJECT, Act.ACCEPT, Act.DENY) else set()
    near = [
        one
        for one in before
        if party_id(one) != answering
        and one.inferred is None
        and found.sentence - one.sentence <= _NEAR
        and not one.negation
    ]
    offers = [one for one in near if one.act in OFFERS or one.act in asked]
    if not offers and asked:
        offers = [one for one in near if one.act is Act.REQUEST]
    if not offers:
        return []
    if found.act is Act.ASSESS and found.result is not Usability.USABLE:
        restraints = [one for one in offers if one.kind is UndertakingKind.RESTRAINT]
        offers = restraints or offers
    return _same_breath(offers, plural=found.act is Act.REJECT)


def _same_breath(offers: Sequence[Found], *, plural: bool) -> list[Found]:
    """The last offer with the others of its sentence; of several parties that say the same, all."""
    last = offers[-1]
    if not plural:
        return [last]
    return [one for one in offers if last.sentence - one.sentence <= 1]


def _of_itself(found: Found, before: Sequence[Found]) -> list[Found]:
    own = [
        one
        for one in before
        if one.act in OFFERS | {Act.ACCEPT}
        and party_id(one) in (party_id(found), actor_id(found.mention))
        and not one.negation
    ]
    return own[-1:]


def party_id(found: Found) -> str:
    """Whom the act binds or is of."""
    return actor_id(found.party or found.mention)
