"""Which places of gazetteers does a text mean, beside the names of the case and of every reader?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from safeconduct.wire.draft import Draft
from safeconduct.wire.marked import Marked
from safeconduct.wire.names import Gazetteer, Place
from safeconduct.wire.parts import Part

_OWN = frozenset({"place", "actor", "organ"})
_BETWEEN = frozenset({",", "،", "/"})
_MOST_BETWEEN = 2  # tokens between two places of one list: ", and"


def gazetted(
    marked: Marked, parts: Sequence[Part], gazetteers: Sequence[Gazetteer]
) -> tuple[Place, ...]:
    """The places in order, none overlapping another; of several gazetteers the first one's count.

    A place counts where words of place lead to it, it says what it is, or it goes on a list of
    such. The areas and actors of the case, and the actors that every reader knows, are none.
    """
    if not gazetteers:
        return ()
    own = {n for part in parts if part.kind in _OWN for n in range(part.first, part.last + 1)}
    starts = [token.start for token in marked.tokens]
    kept: list[Place] = []
    for gazetteer in gazetteers:
        before = -1  # the last token of the place before, where that counts
        for place in gazetteer.find(marked.tokens):
            first, last = bisect_left(starts, place.at.start), bisect_left(starts, place.at.end) - 1
            if own.intersection(range(first, last + 1)) or any(
                one.at.meets(place.at) for one in kept
            ):
                continue
            if place.led or _goes_on(marked, before, first) or _is_led_to(marked, first):
                kept.append(place)
                before = last
    return tuple(sorted(kept, key=lambda place: place.at))


def used(places: Sequence[Place], drafts: Sequence[Draft]) -> tuple[Place, ...]:
    """Those of the places that are areas of drafts."""
    if not places:
        return ()
    spots = {area.at[0] for draft in drafts for area in draft.areas}
    return tuple(place for place in places if place.at in spots)


def _is_led_to(marked: Marked, first: int) -> bool:
    """Whether a preposition of place stands before a token; articles and "besieged" may between."""
    index = first - 1
    while index >= 0 and (
        marked.tokens[index].form in marked.forms("article") or marked.at("describes", index)
    ):
        index -= 1
    return index >= 0 and marked.at("place-preposition", index)


def _goes_on(marked: Marked, before: int, first: int) -> bool:
    """Whether only a comma or an "and" stands between a place that counts and this one."""
    if before < 0 or first - before - 1 > _MOST_BETWEEN:
        return False
    return all(
        marked.tokens[n].form in _BETWEEN or marked.at("and", n) for n in range(before + 1, first)
    )
