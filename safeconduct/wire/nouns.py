"""Acts that a noun tells: "the Russian offer of a truce", "at the request of the ICRC"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.links import party_id
from safeconduct.wire.mentions import UNKNOWN
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Place, is_party, is_relief

_REACH = 8


def named_in(place: Place) -> Iterator[Found]:
    """The acts that a sentence tells by a noun and its owner.

    They tell again what was told before, if it was: `untold` leaves those out.
    """
    for hit in place.marked.of_table("nouns", *place.span):
        if _is_within(place, hit) or place.supposed(hit) or place.holder(hit) is None:
            continue
        act = Act(hit.key)
        thing = _offered(place, hit) if act is Act.ANNOUNCE else None
        if act is Act.ANNOUNCE and thing is None:
            continue
        for owner in place.owners(hit):
            if act is not Act.REQUEST and not is_party(owner.acting):
                continue
            asks = Act.REQUEST if act is Act.DEMAND and is_relief(owner.acting) else act
            yield Found(
                act=asks,
                sign=(hit.first, thing.last if thing else hit.last),
                voice=owner.voice,
                mention=owner.mention,
                party=owner.party,
                frame=place.frame_at(hit.first),
                sentence=place.number,
                scope=place.clause((hit.first, hit.last)),
                rule=f"a noun and its owner say {asks.value}",
                kind=UndertakingKind(thing.key) if thing else None,
                kind_at=(thing.first, thing.last) if thing else None,
                again=True,
                noun=True,
            )


def untold(acts: Sequence[Found], before: Sequence[Found]) -> list[Found]:
    """The acts of a sentence without those that only name again what was told."""
    told = [*before, *(one for one in acts if not one.again)]
    return [
        one
        for one in acts
        if not one.again
        or party_id(one) == UNKNOWN  # `more_of` sees to those
        or not any(
            other.act is one.act and party_id(other) == party_id(one) and not other.negation
            for other in told
        )
    ]


def told_best(every: Sequence[Found]) -> list[Found]:
    """The acts of a text without those that are only named, where a later sentence tells them."""
    told = [one for one in every if not one.again]
    return [
        one
        for one in every
        if not one.noun
        or not any(
            other.act is one.act and party_id(other) == party_id(one) and not other.negation
            for other in told
        )
    ]


def _is_within(place: Place, hit: Hit) -> bool:
    return any(sign.first <= hit.first and hit.last <= sign.last for sign in place.signs)


def _offered(place: Place, hit: Hit) -> Hit | None:
    """What is offered, close behind the noun and in its clause."""
    end = place.clause((hit.first, hit.last))[1]
    if end < place.span[1] and place.marked.tokens[end].form == ":":
        end = place.span[1]  # "the offer of Russia: six roads"
    end = min(hit.last + _REACH, end)
    things = place.marked.of_table("undertakings", hit.last + 1, end)
    return next((one for one in things if one.key != UndertakingKind.CONSENT.value), None)
