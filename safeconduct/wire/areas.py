"""Which places does a clause name: known ones, those of a gazetteer, and names with a capital?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.wire.draft import Field
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.parts import Part
from safeconduct.wire.uncapped import places


@dataclass(frozen=True, slots=True)
class Area:
    """A place in a text: its tokens, and its id where it is a known one."""

    first: int
    last: int
    id: str = ""


def areas_of(
    marked: Marked, parts: Sequence[Part], known: Sequence[tuple[Excerpt, str]]
) -> list[Area]:
    """The places of a text in order, none within another.

    Parameters
    ----------
    parts : the parts of mentions; a name with a capital behind a word of place is a place.
    known : what gazetteers found, with ids.
    """
    found = [Area(part.first, part.last, part.id) for part in parts if part.kind == "place"]
    found += _gazetted(marked, known)
    found += [
        area
        for part in parts
        if part.kind in ("name", "capital") and (area := _named(marked, part)) is not None
    ]
    found += _common(marked)
    taken = {
        n
        for part in parts
        if part.kind not in ("place", "capital")
        for n in range(part.first, part.last + 1)
    }
    found += [Area(first, last) for first, last in places(marked, taken)]
    found.sort(key=lambda area: (area.first - area.last, area.first))
    kept: list[Area] = []
    for area in found:
        if not any(one.first <= area.last and area.first <= one.last for one in kept):
            kept.append(area)
    return sorted(kept, key=lambda area: area.first)


def _gazetted(marked: Marked, known: Sequence[tuple[Excerpt, str]]) -> Iterator[Area]:
    starts = {token.start: n for n, token in enumerate(marked.tokens)}
    ends = {token.end: n for n, token in enumerate(marked.tokens)}
    for at, id_ in known:
        if at.start in starts and at.end in ends:
            yield Area(starts[at.start], ends[at.end], id_)


def _named(marked: Marked, part: Part) -> Area | None:
    """A name behind a word of place, with the common noun or the side that belongs to it."""
    first, last = part.first, part.last
    tokens = marked.tokens
    after = last + 1
    has_noun = after < len(tokens) and marked.at("area", after)
    if has_noun:
        last = after
    before = _skip_articles(marked, first - 1)
    side = before >= 1 and marked.at("of", before) and marked.at("area", before - 1)
    if side:
        first = before - 1
        while first - 1 >= 0 and (tokens[first - 1].form == "-" or marked.at("held-by", first - 1)):
            first -= 1
        before = _skip_articles(marked, first - 1)
    lead = before
    while lead >= 0 and tokens[lead].is_word and _describes(marked, lead):
        lead -= 1
    place = lead >= 0 and marked.at("place-preposition", lead) and not marked.at("of", lead)
    if not (place or side or has_noun or (before >= 0 and marked.at("place-preposition", before))):
        return None
    return Area(first, last)


def _describes(marked: Marked, index: int) -> bool:
    form = marked.tokens[index].form
    return form in marked.forms("article") or marked.at("describes", index)


def _skip_articles(marked: Marked, index: int) -> int:
    while index >= 0 and marked.tokens[index].form in marked.forms("article"):
        index -= 1
    return index


def _common(marked: Marked) -> Iterator[Area]:
    """ "The city", "the east": a place that the text named before."""
    for hit in marked.hits.get(("words", "area"), []):
        article = hit.first - 1
        if article >= 0 and marked.tokens[article].form in marked.forms("article"):
            yield Area(article, hit.last)
        elif marked.is_definite(hit.first):
            yield Area(hit.first, hit.last)


def fields_of(marked: Marked, areas: Sequence[Area], scope: Span) -> tuple[Field[str], ...]:
    """The places within some tokens as fields of a draft: their ids, or their words."""
    found: dict[str, Field[str]] = {}
    for area in areas:
        if scope[0] <= area.first and area.last < scope[1]:
            value = area.id or marked.text(area.first, area.last)
            found.setdefault(value, Field(value, (marked.words(area.first, area.last),)))
    return tuple(found.values())
