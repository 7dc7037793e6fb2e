"""Which places does a clause name: known ones, those of a gazetteer, and names with a capital?

A place is a noun phrase: a name or a common noun of places, with what describes it before ("the
rebel-held east of Aleppo") and, of a way, what it joins behind ("the road from A to B").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from safeconduct.wire.draft import Field
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.fulldate import MONTHS
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.parts import Part
from safeconduct.wire.uncapped import places

_MOST_DESCRIBING, _LONGEST_WAY = 2, 7


@dataclass(frozen=True, slots=True)
class Area:
    """A place in a text: its tokens, its id where it is a known one, and whether it has a name.

    `head` is the common noun of one without a name of its own, as it is compared.
    """

    first: int
    last: int
    id: str = ""
    head: str = ""


def areas_of(
    marked: Marked, parts: Sequence[Part], known: Sequence[tuple[Excerpt, str]]
) -> list[Area]:
    """The places of a text in order, none within another.

    Parameters
    ----------
    parts : the parts of mentions; a name with a capital behind a word of place is a place.
    known : what gazetteers found, with ids.
    """
    listed = [Area(part.first, part.last, part.id) for part in parts if part.kind == "place"]
    listed += _gazetted(marked, known)
    found = [_described(marked, area) for area in listed]
    found += [
        area
        for part in parts
        if part.kind in ("name", "capital") and (area := _named(marked, part)) is not None
    ]
    found += _common(marked)
    found += _between(marked, found)
    found += [Area(first, last) for first, last in places(marked, _of_actors(parts))]
    found.sort(key=lambda area: (area.first - area.last, area.first))
    kept: list[Area] = []
    taken: set[int] = set()
    for area in found:
        spots = range(area.first, area.last + 1)
        if taken.isdisjoint(spots):
            taken.update(spots)
            kept.append(area)
    return sorted(kept, key=lambda area: area.first)


def _of_actors(parts: Sequence[Part]) -> set[int]:
    """The tokens of all parts that are no place."""
    others = (part for part in parts if part.kind not in ("place", "capital"))
    return {n for part in others for n in range(part.first, part.last + 1)}


def _gazetted(marked: Marked, known: Sequence[tuple[Excerpt, str]]) -> Iterator[Area]:
    if not known:
        return
    starts = {token.start: n for n, token in enumerate(marked.tokens)}
    ends = {token.end: n for n, token in enumerate(marked.tokens)}
    for at, id_ in known:
        if at.start in starts and at.end in ends:
            yield Area(starts[at.start], ends[at.end], id_)


def _named(marked: Marked, part: Part) -> Area | None:
    """A name behind a word of place, with the common noun or the side that belongs to it."""
    tokens = marked.tokens
    if part.last + 1 < len(tokens) and tokens[part.last + 1].form == "'s":
        return None
    if tokens[part.first].form in MONTHS or marked.is_a("feast", part.last):
        return None
    if part.last > part.first and marked.at("area", part.last):
        is_way = marked.is_a("way", part.last)
        return Area(part.first, _joined_by(marked, part.last) if is_way else part.last)
    plain = Area(part.first, part.last)
    area = _described(marked, plain)
    lead = _past_degrees(marked, _skip_articles(marked, area.first - 1))
    begins = lead < 0 or not (
        marked.at("place-preposition", lead) or marked.is_a("place-verb", lead)
    )
    if area == plain and (begins or marked.at("of", lead) or marked.at("via", lead)):
        # "Through Hajiyev" and "of Gerasimov" are people as often as places.
        return plain if not begins and _is_way_before(marked, lead) else None
    return area


def _is_way_before(marked: Marked, index: int) -> bool:
    """Whether a way goes through: "the road through Kornidzor", "from Port Sudan via Al-Dabba",
    "let trucks pass through Idlib".
    """
    if index > 0 and marked.is_a("moves", index - 1):
        return True
    before = range(max(0, index - _LONGEST_WAY), index)
    return any(marked.is_a("way", n) or marked.tokens[n].form == "from" for n in before)


def _described(marked: Marked, area: Area) -> Area:
    """A place with the noun behind it and what stands before it: "rebel-held east of Aleppo"."""
    tokens, first, last = marked.tokens, area.first, area.last
    if last + 1 < len(tokens) and marked.at("area", last + 1) and tokens[last + 1].is_word:
        last += 1
        last = _joined_by(marked, last) if marked.is_a("way", last) else last
    before = _skip_articles(marked, first - 1)
    is_part = before >= 1 and marked.at("of", before) and _is_part(marked, before - 1)
    if is_part and not marked.is_a("settled", before - 1):
        first = _describing(marked, before - 1)
    else:
        first = _describing(marked, first)
    back = last + 2 < len(tokens) and tokens[last + 1].form == "and"
    if back and tokens[last + 2].form == "back" and first > 0 and tokens[first - 1].form == "to":
        first, last = first - 1, last + 2
    if first > 0 and marked.is_a("beside", first - 1):
        first -= 1
    return Area(first, last, area.id if (first, last) == (area.first, area.last) else "")


def _between(marked: Marked, found: Sequence[Area]) -> Iterator[Area]:
    """ "Between A and B", "from A via B": one stretch."""
    tokens = marked.tokens
    begins = {one.first: one for one in found}
    for one in found:
        before = _skip_articles(marked, one.first - 1)
        after = one.last + 1
        if before < 0 or after + 1 >= len(tokens):
            continue
        between = marked.at("between", before) and marked.at("and", after)
        if not between and not (marked.at("from", before) and marked.is_a("via", after)):
            continue
        second = after + 1
        while second < len(tokens) and marked.is_a("article", second):
            second += 1
        other = begins.get(second) or begins.get(second - 1)
        if other is not None:
            yield Area(before, other.last)
        elif tokens[second].is_word and (second > after + 1 or tokens[second].is_capital):
            yield Area(before, second)  # "between Belqar and the ferry"


def _is_part(marked: Marked, index: int) -> bool:
    form = marked.tokens[index].form
    return form in marked.forms("place-part") or (
        marked.at("area", index) and form not in marked.forms("vague-way")
    )


def _describing(marked: Marked, first: int) -> int:
    """The first of the words right before a place that say which part of it is meant."""
    while first > 0 and marked.is_a("place-degree", first - 1):
        first -= 1
    return first + 1 if marked.tokens[first].form == "-" else first


def _past_degrees(marked: Marked, index: int) -> int:
    while index >= 0 and marked.tokens[index].is_word and _describes(marked, index):
        index -= 1
    return index


def _describes(marked: Marked, index: int) -> bool:
    form = marked.tokens[index].form
    return (
        form in marked.forms("article")
        or form in marked.forms("place-degree")
        or marked.at("describes", index)
    )


def _skip_articles(marked: Marked, index: int) -> int:
    while index >= 0 and marked.is_a("article", index):
        index -= 1
    return index


def _common(marked: Marked) -> Iterator[Area]:
    """ "The city", "the mill road", "the crossing from A into B": places by a common noun."""
    tokens, articles = marked.tokens, marked.forms("article") - marked.forms("indefinite")
    hits = marked.hits.get(("words", "area"), [])
    begin = {hit.first for hit in hits}
    for hit in hits:
        first = hit.first
        if hit.last + 1 in begin:
            continue  # "the mill road" is a road
        for _ in range(_MOST_DESCRIBING + 1):
            before = tokens[first - 1] if first else None
            if before is None or not before.is_word or before.form in articles:
                break
            if marked.at("preposition", first - 1) or before.is_capital:
                break
            first -= 1
        following = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
        if tokens[hit.last].is_capital and following is not None and following.is_capital:
            continue  # "the Town Guard"
        if following is not None and following.form == "'s":
            continue  # "the province's blessing"
        if hit.first and tokens[hit.first - 1].form == "both":
            yield Area(hit.first - 1, hit.last)
            continue
        if any(_counts(marked, n) for n in range(first, hit.first)):
            continue
        if first and tokens[first - 1].form in articles:
            described = first < hit.first
            if (whole := _part_of(marked, first - 1)) < first - 1:
                yield Area(whole, hit.last)
                continue
            vague = marked.is_a("vague-way", hit.last)
            if vague and not any(marked.is_a("place-degree", n) for n in range(first, hit.first)):
                continue  # "on the way", "the route had been shared"
            last = _joined_by(marked, hit.last) if marked.is_a("way", hit.last) else hit.last
            alone = not described and last == hit.last
            head = tokens[hit.last].form if alone else ""
            yield Area(first - 1 if alone else first, last, head=head)


def _counts(marked: Marked, index: int) -> bool:
    """Whether a word counts places and describes none: "two villages", "some areas"."""
    number = next(marked.of_table("numbers", index, index + 1), None)
    return number is not None or marked.is_a("counts", index)


def _part_of(marked: Marked, article: int) -> int:
    """Where a part of a place begins: "parts of the north"; the article itself where none does."""
    of = article - 1
    if of < 1 or not marked.at("of", of) or not _is_part(marked, of - 1):
        return article
    first = _describing(marked, of - 1)
    return first - 1 if first and marked.is_a("every", first - 1) else first


def _joined_by(marked: Marked, last: int) -> int:
    """The last token of what a way joins: "from Chad into West Darfur"."""
    tokens = marked.tokens
    at, end, between = last, last, False
    while at + 2 < len(tokens) and at - last < _LONGEST_WAY and marked.is_a("way-joins", at + 1):
        if tokens[at + 1].form == "and" and not between:
            break
        between = tokens[at + 1].form == "between"
        name = at + 2
        while name < len(tokens) and marked.is_a("article", name):
            name += 1
        if name >= len(tokens) or not (tokens[name].is_capital or marked.at("area", name)):
            break
        while name + 1 < len(tokens) and (
            tokens[name + 1].is_capital or marked.at("area", name + 1)
        ):
            name += 1
        at = end = name
    return end


def fields_of(
    marked: Marked,
    areas: Sequence[Area],
    scope: Span,
    is_actor: Callable[[Area], bool] = lambda area: False,
) -> tuple[Field[str], ...]:
    """The places within some tokens as fields of a draft: their ids, or their words.

    A common noun ("the crossing") counts only where no place is named.

    Parameters
    ----------
    is_actor : whether a name is that of somebody who acts or speaks, and no place here.
    """
    within = [one for one in areas if scope[0] <= one.first and one.last < scope[1]]
    within = [one for one in within if not is_actor(one)]
    named = [one for one in within if not one.head]
    ways = [one for one in named if _is_way(marked, one)]
    if len(ways) == 1:
        # Of "from A to B by the mill road" the road is the place, and A and B are its ends.
        named = [one for one in named if one is ways[0] or not _is_end(marked, one)]
    found: dict[str, Field[str]] = {}
    for area in named or within or _there(marked, areas, scope):
        value = area.id or marked.text(area.first, area.last)
        found.setdefault(value, Field(value, (marked.words(area.first, area.last),)))
    return tuple(found.values())


def _is_way(marked: Marked, area: Area) -> bool:
    return any(marked.is_a("way", n) for n in range(area.first, area.last + 1))


def _is_end(marked: Marked, area: Area) -> bool:
    return area.first > 0 and marked.tokens[area.first - 1].form in ("from", "to")


def _there(marked: Marked, areas: Sequence[Area], scope: Span) -> Sequence[Area]:
    """The place that "there" points back to, where it ends a clause."""
    for index in range(*scope):
        ends = index + 1 >= scope[1] or not marked.tokens[index + 1].is_word
        if marked.tokens[index].form == "there" and ends:
            return [one for one in areas if one.last < index and not one.head][-1:]
    return ()
