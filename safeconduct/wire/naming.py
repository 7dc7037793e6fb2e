"""Who is named where: an actor, an organ of it, a person with an office, a group by its name?"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.wire.actors import Index
from safeconduct.wire.clauses import is_verbal
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import MEDIA, OTHERS, RELIEF, UNKNOWN, Mention, Mentions
from safeconduct.wire.names import Name
from safeconduct.wire.parts import Part
from safeconduct.wire.partynames import (
    id_of,
    is_named,
    is_outlet,
    is_party,
    kind_before,
    kind_behind,
    named_relief,
    names_before,
    of_country,
    of_town,
    opens_bare,
    own_name,
    owned_by,
    sender,
)
from safeconduct.wire.tokens import folded

_WIDEST_MODIFIER = 2
_OF_A_PLACE = ("body", "organ", "group")
_OPENS_NAME = frozenset('«„“"')
_ROLES = ("office", "body", "group", "organ", "relief", "observer")
_POINTING = ("force", "agency", "country")
_OWNERS = ("actor", "organ", "group", "body", "relief")
_KINDS = ("group", "body", "office", "relief", "actor")


def mentions_of(marked: Marked, parts: Sequence[Part], index: Index) -> Mentions:
    """Who is named in a text, in the order of the text."""
    found = Mentions(of_known_world=_is_of_known_world(marked, parts, index))
    for sentence in marked.sentences:
        chunk: list[Part] = []
        for part in parts:
            if part.first < sentence.first or part.last >= sentence.end:
                continue
            if chunk and not _joined(marked, chunk, part):
                _add(found, _mention(marked, chunk, index, found))
                chunk = []
            chunk.append(part)
        if chunk:
            _add(found, _mention(marked, chunk, index, found))
    return found


def _is_of_known_world(marked: Marked, parts: Sequence[Part], index: Index) -> bool:
    """Whether a text names a state or party of the lists, or a place of the zone it plays in."""
    if any(part.id and _tells_of_world(marked, part, index) for part in parts):
        return True
    local = index.of_zone.get(marked.names.zone)
    begins = tuple(folded(place) for place in local.places) if local else ()
    return any(
        token.is_word and (token.form in index.people or token.form.startswith(begins))
        for token in marked.tokens
    )


def _tells_of_world(marked: Marked, part: Part, index: Index) -> bool:
    """Whether a part is a name of its own: "Damascus", and not "the rebels" or a relief actor."""
    known = index.actors.get(part.id)
    if known is None or known.role:
        return False
    tokens = marked.tokens[part.first : part.last + 1]
    return not marked.grammar(part.first).capitals or any(
        token.is_capital for token in tokens[len(tokens) > 1 :]
    )


def _add(found: Mentions, mention: Mention | None) -> None:
    if mention is not None:
        found.all.append(mention)


def _joined(marked: Marked, chunk: Sequence[Part], part: Part) -> bool:
    """Whether a part belongs to the chunk before it."""
    before = chunk[-1]
    between = marked.tokens[before.last + 1 : part.first]
    forms = [token.form for token in between]
    if marked.grammar(part.first).subject is Subject.AFTER:
        return _joined_behind(marked, before, part, forms)
    if not forms:
        # Two names side by side are of two cases: "the offer of Russia Kyiv rejected".
        names = before.kind == "actor" and part.kind in ("actor", "capital")
        return not (names and before.id != part.id and marked.grammar(part.first).oblique)
    if forms[0] in _OPENS_NAME and len(forms) == 1 and marked.grammar(part.first).oblique:
        return before.kind in ("group", "force") and part.kind == "actor"  # its name quoted
    if forms[0] in ("'s", "'") and 1 < len(forms) <= 1 + _WIDEST_MODIFIER:
        return part.kind in ("office", "body", "group") and all(
            _modifies(marked, n) for n in range(before.last + 2, part.first)
        )
    if forms in (["'s"], ["'"]):
        owned = part.kind == "name" and before.kind in _OWNERS and _is_whole(marked, part)
        return owned or part.kind in _ROLES
    if forms[0] in marked.forms("of-whom") and all(
        token.form in marked.forms("article") or token.is_capital for token in between[1:]
    ):
        if part.kind == "capital":
            return _is_seated(marked, before)
        return before.kind in ("office", "body", "group") or (
            before.kind == "name" and part.kind in ("organ", "body", "group", "actor", *_POINTING)
        )
    return (
        len(forms) <= _WIDEST_MODIFIER
        and before.kind in ("actor", "organ", "adjective")
        and part.kind in ("office", "body", "group")
        and all(_modifies(marked, n) for n in range(before.last + 1, part.first))
    )


def _modifies(marked: Marked, index: int) -> bool:
    """Whether a word may stand before a noun as its adjective."""
    keys = ("preposition", "be", "clause", "speech", "and", "future", "negation", "auxiliary")
    token = marked.tokens[index]
    return (
        token.is_word
        and token.form not in marked.forms("article")
        and not any(marked.at(key, index) for key in keys)
    )


def _joined_behind(marked: Marked, before: Part, part: Part, forms: Sequence[str]) -> bool:
    """The same where whose somebody is stands behind him: "minister the-Russian", "spokesman for
    the-army". Two parties side by side are the subject of a verb and its object.
    """
    between = range(before.last + 1, part.first)
    if forms and part.kind in ("name", "adjective") and before.kind in (*_ROLES, "adjective"):
        return all(marked.at("not-a-name", n) for n in between)  # "the special envoy X"
    if not forms:
        if before.kind == "organ" and part.kind != "name":
            return part.kind in ("adjective", "office")
        if part.kind in ("adjective", "office"):
            return True
        # "The ministry Russia": what has an article of its own is nobody's.
        closed = part.kind != "name" and marked.is_definite(before.last)
        return before.kind in (*_ROLES, "adjective") and not closed
    of_whom = forms[0] in marked.forms("of-whom") and len(forms) == 1
    return of_whom and before.kind == "office" and part.kind != "capital"


def _is_seated(marked: Marked, part: Part) -> bool:
    """Whether the capital where somebody sits tells whose he is: of a ministry, not of an envoy."""
    return next(marked.of("roles", "seated", part.first, part.last + 1), None) is not None


def _is_whole(marked: Marked, part: Part) -> bool:
    """Whether a name is no part of a longer one: "the ICRC's Sedky", no "Russia's Nord plan"."""
    after = part.last + 1
    if after >= len(marked.tokens) or not marked.tokens[after].is_word:
        return True
    return is_verbal(marked, after) or marked.at("clause", after)


def _mention(
    marked: Marked, chunk: Sequence[Part], index: Index, found: Mentions
) -> Mention | None:
    """What a chunk of parts names; None where it names a place or an office of nobody."""
    if all(one.kind in ("place", "adjective") for one in chunk):
        return None
    first, last = chunk[0].first, chunk[-1].last
    of = ("actor", "organ", "capital", "adjective")
    known = next((one for one in chunk if one.kind in of), None)
    name = _person(marked, chunk)
    roles = [one for one in chunk if one.kind in ("office", "body", "relief", "observer")]
    groups = [one for one in chunk if one.kind == "group" or is_named(marked, chunk, one)]
    named = [one for one in groups if names_before(chunk, one)]
    group = next(iter(named), groups[0] if groups else None)
    points = next((one for one in chunk if one.kind in _POINTING), None)
    actor = known.id if known else None
    actor_at = (known.first, known.last) if known else None
    role = index.actors[actor].role if actor in index.actors else ""
    person = (name.first, name.last) if name else None
    office = _office(marked, chunk)
    by_name = kind_behind(marked, chunk, known) if known is not None else None
    if known is not None and by_name is None:
        by_name = kind_before(marked, chunk, known)
        person = None if by_name is not None else person
    if by_name is not None:
        actor, actor_at, role = by_name, (first, last), ""
    if actor is None and (party := owned_by(marked, chunk, found)) is not None:
        actor, actor_at = party.actor, (first, last)
    if actor is None and (state := of_country(marked, chunk)) is not None:
        actor, actor_at = state, (first, last)
    if actor is None and (led := _led_by(marked, chunk, index)) is not None:
        actor, role, actor_at = led.id, led.role, (first, last)
    if actor is None and chunk[0].kind == "body" and opens_bare(marked, chunk[0]):
        actor, actor_at = id_of(marked, first - 1, chunk[0].last), (first - 1, chunk[0].last)
        first -= 1
    if actor is None and group is not None and (own := own_name(marked, chunk, group)):
        actor, actor_at = own[0], own[1]
        first, last = min(first, own[1][0]), max(last, own[1][1])
    if actor is None and (sent := sender(marked, chunk)):
        actor, actor_at = sent
    if actor is None and (town := of_town(marked, chunk)):
        actor, actor_at = town, (first, last)
    if actor is None and any(one.kind in ("relief", "observer") for one in chunk):
        is_relief = any(one.kind == "relief" for one in chunk)
        actor, role = (RELIEF, "relief") if is_relief else (UNKNOWN, "observer")
        actor_at = (first, last)
        if is_relief and (own := named_relief(marked, chunk)):
            actor, actor_at = own
            first = min(first, actor_at[0])
    if actor is None and any(one.kind == "others" for one in chunk):
        actor, role, actor_at = UNKNOWN, OTHERS, (first, last)
    if person and (same := found.people.get(marked.surname(person[1]))):
        full = same.person or person
        actor, actor_at = actor or same.actor, actor_at or (first, last)
        role, office = role or same.role, office or same.office
        person = full if actor == same.actor else person
        name = None
    if name is not None and is_outlet(marked, name):
        actor, actor_at, person, role = MEDIA, (first, last), None, MEDIA
    if name is not None and actor is None and len(chunk) == 1 and is_party(marked, name):
        actor, actor_at, person = id_of(marked, name.first, name.last), (first, last), None
    weak = person is not None and actor is None and not roles and points is None
    own_mark = last + 1 < len(marked.tokens) and marked.tokens[last + 1].form == "'s"
    if own_mark and actor is not None and person is None and _stands_in(marked, last + 2):
        last, own_mark = last + 2, False  # "the UN's man"
    mention = Mention(
        first,
        last,
        actor,
        actor_at,
        person,
        office,
        role,
        weak,
        own_mark,
        known is not None and known.kind == "capital" and len(chunk) == 1,
        marked.bare((points or group or _head(roles) or chunk[-1]).last),
        points.kind if points and actor is None else "",
    )
    if person and not weak:
        _remember(marked, found, mention)
    if actor is not None and actor not in index.actors and person is None and office is None:
        _name_party(marked, found, mention)
    return mention


def _led_by(marked: Marked, chunk: Sequence[Part], index: Index) -> Name | None:
    """Whose organ it is by who leads it: "el Gobierno de Zelenski"."""
    for n, one in enumerate(chunk[1:], 1):
        gap = marked.tokens[chunk[n - 1].last + 1 : one.first]
        of_him = len(gap) == 1 and gap[0].form in marked.forms("noun-of")
        if one.kind == "name" and chunk[n - 1].kind in ("body", "group") and of_him:
            return index.person(marked.surname(one.last), marked.grammar(one.last).name_endings)
    return None


def _stands_in(marked: Marked, index: int) -> bool:
    """Whether a word behind "X's" is only another way to say X: "his people", "the UN's man"."""
    return index < len(marked.tokens) and marked.tokens[index].form in marked.forms("stand-in")


def _head(roles: Sequence[Part]) -> Part | None:
    """The role that tells whose a mention is: an organ rather than an office."""
    organ = next((one for one in roles if one.kind == "body"), None)
    return organ or next(iter(roles), None)


def _person(marked: Marked, chunk: Sequence[Part]) -> Part | None:
    """The name in a chunk that is a person's.

    No person's is what an organ is called by ("the Hill Army"), what owns a role ("Harrow's
    mayor"), and what follows "of" or "in" ("a spokesman in Geneva").
    """
    for n, one in enumerate(chunk):
        if one.kind != "name":
            continue
        of_a_place = n and chunk[n - 1].kind in _OF_A_PLACE and marked.grammar(one.first).oblique
        if of_a_place and not any(before.kind == "office" for before in chunk[:n]):
            continue  # "the council Kharkiv-of": a place, in a case
        if n and chunk[n - 1].kind in ("group", "body") and marked.grammar(one.first).kind_first:
            continue  # "el Frente Fluvial"
        after = chunk[n + 1] if n + 1 < len(chunk) else None
        if after is not None and after.kind in _KINDS:
            gap = marked.tokens[one.last + 1 : after.first]
            if not gap or gap[0].form in ("'s", "'"):
                continue
        behind = chunk[n - 1].last + 1 if n else one.first
        capitals = marked.grammar(one.first).capitals
        if capitals and behind < one.first and marked.tokens[behind].form != "'s":
            continue
        return one
    return None


def _remember(marked: Marked, found: Mentions, mention: Mention) -> None:
    if mention.person:
        found.people.setdefault(marked.surname(mention.person[1]), mention)


def _office(marked: Marked, chunk: Sequence[Part]) -> tuple[int, int] | None:
    """The words of the role: from the actor before it to its last part; without the person."""
    at = next((n for n, one in enumerate(chunk) if one.kind in ("office", "body", "organ")), None)
    if at is None:
        return None
    first = at
    while first and chunk[first - 1].kind in ("actor", "organ", "adjective"):
        first -= 1
    last = at
    while last + 1 < len(chunk) and chunk[last + 1].kind not in ("name", "place"):
        if marked.tokens[chunk[last].last + 1].form in marked.forms("for-whom"):
            break
        last += 1
    return chunk[first].first, chunk[last].last


def _name_party(marked: Marked, found: Mentions, mention: Mention) -> None:
    """Keeps a party that only this text names, by its last word."""
    assert mention.actor_at is not None
    if mention.actor not in (UNKNOWN, RELIEF, MEDIA):
        found.parties.setdefault(marked.tokens[mention.actor_at[1]].form, mention)
