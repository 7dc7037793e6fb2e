"""What exactly was undertaken: by which means, for what, which way, for whom, by how many ways."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeVar

from safeconduct.vocabulary.kinds import Direction, Means, Movers, Purpose, UndertakingKind
from safeconduct.wire.draft import Field
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.phrases import Hit

E = TypeVar("E", bound=Enum)
_COUNT_REACH = 3
_MOST_CORRIDORS = 99
_FOR_REACH = 4
_LEAVES_NEAR = 8  # tokens
_TELLS = frozenset({"told", "tells", "assured", "informed", "warned", "reminded"})
_AS_IT_IS = frozenset({"open", "alone", "unhindered", "undisturbed", "passable", "free"})
# In "ruled out", "read out" nothing moves; the stems of such verbs.
_PHRASAL = (
    *("rul", "read", "point", "turn", "carr", "broke", "break", "set", "ran", "run", "find"),
    *("found", "put", "hold", "held", "sort", "lay", "laid", "spel", "giv", "opt", "call", "phas"),
    *("work", "wip", "lash", "figur", "map", "fill", "check", "try", "tri", "seek", "singl"),
    *("strik", "struck", "stood", "fad", "drop", "bail", "black", "back", "cut"),
)
_HAS_LEAVE = frozenset({"its", "their", "his", "her", "the", "a", "gave", "give", "gives", "given"})
_HAS_LEAVE |= {"'s", "granted", "grant", "grants", "on", "took", "take", "by", "with"}
_NO_PLACE = frozenset({"force", "effect", "account", "operation", "question", "talks", "being"})
_NO_PLACE |= {"silence", "writing", "principle", "public", "private", "return", "exchange", "full"}
_NO_PLACE |= {"part", "vain", "place", "advance", "time", "line", "touch", "turn", "danger"}
# What counts corridors that were named before: "six others", "the remaining two are".
_OTHERS = frozenset({"other", "others", "more", "further", "are", "were", "is", "was", "of"})
_LEAVES = {
    Movers.CIVILIANS: Purpose.CIVILIAN_EVACUATION,
    Movers.SICK_AND_WOUNDED: Purpose.MEDICAL_EVACUATION,
    Movers.FIGHTERS: Purpose.FIGHTERS_LEAVING,
}


def means_of(marked: Marked, found: Found) -> tuple[Field[Means], ...]:
    """The means of a restraint."""
    if found.kind is not UndertakingKind.RESTRAINT:
        return ()
    return _values(marked, "means", Means, found.scope)


def purposes_of(marked: Marked, found: Found) -> tuple[Field[Purpose], ...]:
    """What it is for; of people that leave, who they are tells it."""
    scope = _told_in(marked, found)
    stated = [
        one
        for one in _values(marked, "purposes", Purpose, scope)
        if not _is_named(marked, one, scope)
    ]
    if Direction.OUT not in {one.value for one in directions_of(marked, found)}:
        return tuple(stated)
    leaving = [
        Field(_LEAVES[one.value], one.at)
        for one in movers_of(marked, found)
        if one.value in _LEAVES and _leaves(marked, scope)
    ]
    known = {one.value for one in stated}
    stated += [one for one in leaving if one.value not in known]
    ins = any(one.value is Direction.IN for one in directions_of(marked, found))
    return tuple(one for one in stated if ins or one.value is not Purpose.AID_DELIVERY)


def directions_of(marked: Marked, found: Found) -> tuple[Field[Direction], ...]:
    """Which way they go: by the words of movement, not by the prepositions of place."""
    scope = _told_in(marked, found)
    hits = [
        hit
        for hit in _hits(marked, "directions", scope)
        if not (_is_phrasal(marked, hit) or _is_left_open(marked, hit))
    ]
    read: dict[Direction, Field[Direction]] = {}
    for hit in hits:
        both = hit.key == Direction.ANY.value
        for one in (Direction.IN, Direction.OUT) if both else (Direction(hit.key),):
            read.setdefault(one, Field(one, (marked.words(hit.first, hit.last),)))
    if not read and found.kind is UndertakingKind.PASSAGE:
        # A way that is offered to fighters leads out: nobody opens one for them to come in.
        fighters = [hit for hit in _hits(marked, "movers", scope) if hit.key == "fighters"]
        ways = next(marked.of("words", "corridor", *scope), None)
        if fighters and ways:
            at = marked.words(fighters[0].first, fighters[0].last)
            read[Direction.OUT] = Field(Direction.OUT, (at,))
    return tuple(read.values())


def movers_of(marked: Marked, found: Found) -> tuple[Field[Movers], ...]:
    """For whom it is; who is fed or who fights is no mover."""
    scope = _told_in(marked, found)
    read: dict[str, Hit] = {}
    for hit in _hits(marked, "movers", scope):
        if _is_fed(marked, hit, scope) or _is_told(marked, hit):
            continue
        # Who stops firing moves nowhere, unless it is said of him that he leaves.
        stays = hit.key == Movers.FIGHTERS.value and found.kind is UndertakingKind.RESTRAINT
        if stays and not _leaves(marked, (hit.last + 1, min(hit.last + _LEAVES_NEAR, scope[1]))):
            continue
        read.setdefault(hit.key, hit)
    return tuple(
        Field(Movers(key), (marked.words(hit.first, hit.last),)) for key, hit in read.items()
    )


def corridors_of(marked: Marked, found: Found) -> Field[int] | None:
    """How many corridors nobody named: a number right before the word for them."""
    if (rest := _of_those_before(marked, found)) is not None:
        return rest
    for hit in marked.of("words", "corridor", *found.scope):
        # A dual is its own number: in Arabic "two corridors" is one word.
        for index in range(hit.last, max(found.scope[0], hit.first - _COUNT_REACH) - 1, -1):
            count = _count(marked, index)
            if count is not None:
                return Field(count, (marked.words(index, hit.last),))
    return None


def _of_those_before(marked: Marked, found: Found) -> Field[int] | None:
    """In "six others were meant for civilians" the corridors were named before."""
    first, last = found.sign
    if found.kind is not UndertakingKind.PASSAGE or not marked.has("corridor", 0, first):
        return None
    for index in range(max(found.scope[0], first), min(first + _COUNT_REACH, last + 1)):
        count = _count(marked, index)
        if count is None or index + 1 >= len(marked.tokens):
            continue
        if marked.tokens[index + 1].form in _OTHERS:
            return Field(count, (marked.words(index, index),))
    return None


def _told_in(marked: Marked, found: Found) -> Span:
    """The clause, or all that is told of the act alone where that goes on with "so that".

    "It would stop, so that civilians, and fighters too, can get out": a purpose runs on to the end.
    """
    scope, wide = found.scope, found.wide
    if wide is None or wide[1] <= scope[1]:
        return scope
    so = next(marked.of("words", "so-that", *scope), None) or next(
        marked.of("words", "so-that", scope[1], min(scope[1] + 2, wide[1])), None
    )
    return (scope[0], wide[1]) if so else scope


def _leaves(marked: Marked, scope: Span) -> bool:
    return any(
        hit.key == Direction.OUT.value and not _is_phrasal(marked, hit)
        for hit in marked.of_table("directions", *scope)
    )


def _is_phrasal(marked: Marked, hit: Hit) -> bool:
    """Whether a word goes with another that moves nothing: "ruled out", "into force"."""
    tokens, following = marked.tokens, hit.last + 1
    if tokens[hit.last].form in ("into", "in"):
        return following < len(tokens) and tokens[following].form in _NO_PLACE
    if hit.first != hit.last or not hit.first:
        return False
    form, before = tokens[hit.first].form, tokens[hit.first - 1].form
    if form == "leave":
        return before in _HAS_LEAVE  # "granted its leave"
    left = hit.first > 1 and tokens[hit.first - 2].form.startswith("left")  # "left that out"
    return form == "out" and (before.startswith(_PHRASAL) or left)


def _is_left_open(marked: Marked, hit: Hit) -> bool:
    """Whether something is left as it is: "to leave the road open"."""
    tokens = marked.tokens
    near = range(hit.last + 1, min(hit.last + _FOR_REACH + 2, len(tokens)))
    return tokens[hit.last].form == "leave" and any(tokens[n].form in _AS_IT_IS for n in near)


def _is_fed(marked: Marked, hit: Hit, scope: Span) -> bool:
    """Whether people are those for whom a load is: "food for 27,500 people"."""
    if hit.key != Movers.CIVILIANS.value:
        return False
    for index in range(hit.first - 1, max(scope[0], hit.first - _FOR_REACH) - 1, -1):
        token = marked.tokens[index]
        if marked.at("for-whom", index):
            loads = marked.of_table("purposes", index - 2, index)
            return any(one.key == Purpose.AID_DELIVERY.value for one in loads)
        if not (token.is_number or token.is_word):
            return False
    return False


def _is_told(marked: Marked, hit: Hit) -> bool:
    """Whether somebody is only spoken to: "told residents that"."""
    before = hit.first - 1
    while before > 0 and marked.tokens[before].form in marked.forms("article"):
        before -= 1
    follows = marked.tokens[min(hit.last + 1, len(marked.tokens) - 1)].form
    return before >= 0 and marked.tokens[before].form in _TELLS and follows == "that"


def _is_named(marked: Marked, one: Field[Purpose], scope: Span) -> bool:
    """Whether its word is a part of a name: "the Humanitarian Aid Commission"."""
    at = one.at[0]
    for index in range(*scope):
        token = marked.tokens[index]
        if token.start == at.start:
            return token.is_capital and index > scope[0] and marked.tokens[index - 1].is_word
    return False


def _count(marked: Marked, index: int) -> int | None:
    token = marked.tokens[index]
    if token.is_number and token.form.isdecimal():
        value = int(token.form)
        return value if 0 < value <= _MOST_CORRIDORS else None
    number = next(marked.of_table("numbers", index, index + 1), None)
    return int(number.key) if number else None


def _values(marked: Marked, table: str, kind: type[E], scope: Span) -> tuple[Field[E], ...]:
    found: dict[str, Hit] = {}
    for hit in _hits(marked, table, scope):
        last = marked.tokens[hit.last].form
        if last != "leave" or marked.tokens[hit.last - 1].form not in _HAS_LEAVE:
            found.setdefault(hit.key, hit)
    return tuple(
        Field(kind(key), (marked.words(hit.first, hit.last),)) for key, hit in found.items()
    )


def _hits(marked: Marked, table: str, scope: Span) -> Iterator[Hit]:
    """The phrases of a table within some tokens; none within a longer one."""
    hits = list(marked.of_table(table, *scope))
    for hit in hits:
        if not any(
            one is not hit
            and one.first <= hit.first
            and hit.last <= one.last
            and (one.last - one.first) > (hit.last - hit.first)
            for one in hits
        ):
            yield hit
