"""What later sentences tell more of an offer: "the pause ... is to begin at eight"."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.links import OFFERS, party_id
from safeconduct.wire.mentions import UNKNOWN
from safeconduct.wire.place import Place
from safeconduct.wire.times import TimeKind
from safeconduct.wire.when import When

_NEAR = 2  # sentences
_HEAD = 7  # tokens


def more_of(
    place: Place, acts: Sequence[Found], before: Sequence[Found], when: When
) -> list[Found]:
    """The acts of a sentence without those that only tell more of an offer made before it.

    The offer takes what is told of it: the sentence for its fields, and who made it.
    """
    kept = []
    for one in acts:
        earlier = _earlier(place, one, before)
        if earlier is None:
            kept.append(one)
            continue
        earlier.more.append((place.number, one.scope))
        if earlier.mention.person is None and one.mention.person is not None:
            earlier.mention, earlier.voice = one.mention, one.voice
    if not any(one.act in OFFERS for one in kept) and (last := _pointed(place, before, when)):
        last.more.append((place.number, place.span))
    return kept


def _earlier(place: Place, one: Found, before: Sequence[Found]) -> Found | None:
    """The offer that an announcement speaks of again: "the pause, announced by X"."""
    if one.act is not Act.ANNOUNCE or one.kind_at is None or one.negation or one.inferred:
        return None
    marked = place.marked
    if marked.has("extension", one.sign[0], one.sign[1] + 1):
        return None
    if one.again and party_id(one) == UNKNOWN:
        return next((o for o in reversed(before) if o.act in OFFERS and o.kind is one.kind), None)
    article = one.kind_at[0] - 1
    if article < 0 or marked.tokens[article].form not in marked.forms("article") - marked.forms(
        "indefinite"
    ):
        return None
    return next(
        (
            other
            for other in reversed(before)
            if other.act is Act.ANNOUNCE
            and other.kind is one.kind
            and party_id(other) == party_id(one)
            and not other.negation
        ),
        None,
    )


def _pointed(place: Place, before: Sequence[Found], when: When) -> Found | None:
    """The offer that a sentence with a time points back to by its first words."""
    offers = [one for one in before if one.act in OFFERS and one.kind and not one.negation]
    if not offers or place.number - offers[-1].sentence > _NEAR:
        return None
    first, end = place.span
    head = min(first + _HEAD, end)
    marked = place.marked
    points = marked.at("pronoun", first) or any(
        hit.first > first
        and marked.tokens[hit.first - 1].form
        in marked.forms("article") - marked.forms("indefinite")
        for hit in marked.of_table("undertakings", first, head)
    )
    if not points or not any(
        one.kind in (TimeKind.WINDOW, TimeKind.MOMENT) for one in when.of(place.number)
    ):
        return None
    return offers[-1]
