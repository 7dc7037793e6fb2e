"""Who is named where: an actor, an organ of it, a person with an office, a group by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from safeconduct.wire.actors import Index
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked
from safeconduct.wire.parts import Part

UNKNOWN, RELIEF, MEDIA, OTHERS = "unknown", "relief", "media", "others"
GOVERNMENT = "government"
_WIDEST_MODIFIER = 2
_OF_A_PLACE = ("body", "organ", "group")
_OPENS_NAME = frozenset('«„“"')


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named in tokens `first` to `last`.

    Parameters
    ----------
    actor : the id; None where only the person or the office is known.
    actor_at : the words that name the actor.
    person, office : where the name and the role stand.
    role : the role of the actor, as in `Name`.
    weak : a name with a capital that may be anybody's or a place's.
    possessive : "'s" stands behind it.
    points : of what sort it is where it only points back ("the group"): force, agency, country.
    """

    first: int
    last: int
    actor: str | None = None
    actor_at: tuple[int, int] | None = None
    person: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    role: str = ""
    weak: bool = False
    possessive: bool = False
    is_capital: bool = False
    head: str = ""
    points: str = ""


@dataclass(slots=True)
class Mentions:
    """All mentions of a text in order, and who is who among its people.

    Parameters
    ----------
    people : by their surname.
    parties : by their last word, the parties that only this text names.
    letters : by the id of their initials, whom the text names with them: "the Front (NLF)".
    """

    all: list[Mention] = field(default_factory=list)
    people: dict[str, Mention] = field(default_factory=dict)
    parties: dict[str, Mention] = field(default_factory=dict)
    letters: dict[str, Mention] = field(default_factory=dict)


def mentions_of(marked: Marked, parts: Sequence[Part], index: Index) -> Mentions:
    """Who is named in a text, in the order of the text."""
    found = Mentions()
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


def _add(found: Mentions, mention: Mention | None) -> None:
    if mention is not None:
        found.all.append(mention)


_ROLES = ("office", "body", "group", "organ", "relief", "observer")
_POINTING = ("force", "agency", "country")
_OWNERS = ("actor", "organ", "group", "body", "relief")
_KINDS = ("group", "body", "office", "relief", "actor")
_LONGEST_SIGN = 9  # tokens
_MOST_LETTERS = 6  # of the initials that stand for a party


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
        return before.kind == "group" and part.kind == "actor"  # a group, and its name quoted
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


def is_verbal(marked: Marked, index: int) -> bool:
    """Whether a verb, or what stands before one, begins with a token."""
    keys = ("speech", "auxiliary", "be", "future", "may", "must", "negation")
    return any(marked.at(key, index) for key in keys) or any(
        hit.first == index
        for table in ("acts", "grants")
        for hit in marked.of_table(table, index, index + _LONGEST_SIGN)
    )


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
    groups = [one for one in chunk if one.kind == "group" or _is_named(marked, chunk, one)]
    named = [one for one in groups if _names_before(chunk, one)]
    group = next(iter(named), groups[0] if groups else None)
    points = next((one for one in chunk if one.kind in _POINTING), None)
    actor = known.id if known else None
    actor_at = (known.first, known.last) if known else None
    role = index.actors[actor].role if actor in index.actors else ""
    person = (name.first, name.last) if name else None
    office = _office(marked, chunk)
    if known is not None and (by_name := _kind_behind(marked, chunk, known)) is not None:
        actor, actor_at, role = by_name, (first, last), ""
    if actor is None and (party := _owned_by(marked, chunk, found)) is not None:
        actor, actor_at = party.actor, (first, last)
    if actor is None and (state := _of_country(marked, chunk)) is not None:
        actor, actor_at = state, (first, last)
    if actor is None and group is not None and (own := _own_name(marked, chunk, group)):
        actor, actor_at = own[0], own[1]
        first = min(first, own[1][0])
    if actor is None and (owner := _owner(marked, chunk)):
        actor, actor_at = owner
    if actor is None and (of_town := _of_town(marked, chunk)):
        actor, actor_at = of_town, (first, last)
    if actor is None and any(one.kind in ("relief", "observer") for one in chunk):
        is_relief = any(one.kind == "relief" for one in chunk)
        actor, role = (RELIEF, "relief") if is_relief else (UNKNOWN, "observer")
        actor_at = (first, last)
        if is_relief and (own := _named_relief(marked, chunk)):
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
    if name is not None and _is_outlet(marked, name):
        actor, actor_at, person, role = MEDIA, (first, last), None, MEDIA
    if name is not None and actor is None and len(chunk) == 1 and _is_party(marked, name):
        actor, actor_at, person = _slug(marked, name.first, name.last), (first, last), None
    weak = person is not None and actor is None and not roles and points is None
    own_mark = last + 1 < len(marked.tokens) and marked.tokens[last + 1].form == "'s"
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


def _names_before(chunk: Sequence[Part], part: Part) -> list[Part]:
    """The names right before a part."""
    return [one for one in chunk if one.kind == "name" and one.last < part.first]


def _kind_behind(marked: Marked, chunk: Sequence[Part], known: Part) -> str | None:
    """The party whose name stands right before what it is: "the Fastaqim rebel group"."""
    name = next((one for one in chunk if one.kind == "name" and one.last + 1 == known.first), None)
    if name is None or known.kind != "actor" or marked.tokens[known.first].is_capital:
        return None
    return _slug(marked, name.first, name.last)


def _owned_by(marked: Marked, chunk: Sequence[Part], found: Mentions) -> Mention | None:
    """The party, named before, whose organ it is: "the Column's bureau"."""
    for one in chunk:
        owns = one is not chunk[-1] and marked.tokens[one.last + 1].form in ("'s", "'")
        if one.kind == "name" and owns:
            return found.parties.get(marked.tokens[one.last].form)
    return None


def _of_country(marked: Marked, chunk: Sequence[Part]) -> str | None:
    """The government or army of a country that no list knows: "the Government of Velmora"."""
    for one, other in pairwise(chunk):
        gap = [token.form for token in marked.tokens[one.last + 1 : other.first]]
        if one.kind == "name" and other.kind == "body" and gap in ([], ["'s"], ["'"]):
            name, body = one, other
        elif one.kind == "body" and other.kind == "name" and gap[:1] == ["of"]:
            name, body = other, one
        else:
            continue
        if next(marked.of("roles", "national", body.first, body.last + 1), None) is None:
            continue
        slug, head = _slug(marked, name.first, name.last), marked.tokens[body.last].form
        return f"{slug}-{head}" if slug else None
    return None


def _owner(marked: Marked, chunk: Sequence[Part]) -> tuple[str, tuple[int, int]] | None:
    """A party that is named only by whom it sends: "a spokesman for Fastaqim", "Tarrow's envoy"."""
    for one, other in pairwise(chunk):
        gap = [token.form for token in marked.tokens[one.last + 1 : other.first]]
        owned = gap in ([], ["'s"], ["'"]) and one.kind == "name"
        spoken = bool(gap) and other.kind == "name" and gap[0] in marked.forms("speaks-for")
        voice, name = (other, one) if owned else (one, other)
        if (owned or spoken) and next(
            marked.of("roles", "voice", voice.first, voice.last + 1), None
        ):
            slug = _slug(marked, name.first, name.last)
            return (slug, (name.first, name.last)) if slug else None
    return None


def _of_town(marked: Marked, chunk: Sequence[Part]) -> str | None:
    """The council of a town that its organ or its mayor is named with."""
    names = [one for one in chunk if one.kind == "name"]
    for name in names:
        local = next(marked.of("roles", "local", chunk[0].first, chunk[-1].last + 1), None)
        near = local is not None and (
            local.first <= name.last + 2
            if name.first < local.first
            else marked.tokens[local.last + 1].form in marked.forms("of-whom")
            and name.first - local.last <= 3
        )
        if near and local is not None and (slug := _slug(marked, name.first, name.last)):
            return f"{slug}-{town_head(marked, local.first, local.last)}"
    return None


def town_head(marked: Marked, first: int, last: int) -> str:
    """What ends the id of a town's organ: its own last word; of a person, the council's."""
    if next(marked.of("roles", "office", first, last + 1), None) is not None:
        return "council"
    return marked.tokens[last].form


def _named_relief(marked: Marked, chunk: Sequence[Part]) -> tuple[str, tuple[int, int]] | None:
    """A relief organisation by a name of its own: "Harbour Relief"."""
    part = next(one for one in chunk if one.kind == "relief")
    if next(marked.of("roles", "cluster", part.first, part.last + 1), None) is not None:
        named = _names_before(chunk, part)
        word = named[0].first if named else _described(marked, part)
        definite = part.first and marked.tokens[part.first - 1].form in marked.forms("definite")
        word = part.first if word is None and definite else word
        if word is not None and (slug := _slug(marked, word, part.last)):
            return slug, (word, part.last)
    names = [one for one in chunk if one.kind == "name" and one.last + 1 == part.first]
    if not names or not marked.tokens[part.last].is_capital:
        return None
    slug = _slug(marked, names[0].first, part.last)
    return (slug, (names[0].first, part.last)) if slug else None


def _is_party(marked: Marked, name: Part) -> bool:
    """Whether a name that no list knows is a party's: initials, or "the" before, a verb after."""
    text = marked.text(name.first, name.last)
    after = name.last + 1
    following = marked.tokens[after].form if after < len(marked.tokens) else ""
    if name.first == name.last and text.isupper() and 1 < len(text) <= _MOST_LETTERS:
        beside = (name.first - 1, after)
        shouts = any(
            0 <= n < len(marked.tokens)
            and marked.tokens[n].is_capital
            and marked.text(n, n).isupper()
            for n in beside
        )
        return following not in (":", "(") and not shouts  # "GAPS: ...", "OPERATIONS LOG"
    if _is_its(marked, name):
        return True
    before = name.first - 1
    if before < 0 or marked.tokens[before].form not in marked.forms("definite"):
        return False
    if marked.at("preposition", before - 1):
        return False  # "the guns on the Saddle must ..."
    if marked.tokens[name.last].form in marked.forms("place-noun"):
        return False  # "the Tannery Gate is open"
    return following == "?" or (following != "" and is_verbal(marked, after))


def _is_outlet(marked: Marked, name: Part) -> bool:
    """Whether a name is a paper's or a station's: "Radio Tesh", "the Anshar Gazette"."""
    outlet = marked.forms("outlet")
    return name.last > name.first and any(
        marked.tokens[n].form in outlet for n in (name.first, name.last)
    )


def _is_its(marked: Marked, name: Part) -> bool:
    """Whether a name at the head of its sentence has an "its": "Fastaqim gave its answer"."""
    sentence = marked.sentences[marked.sentence(name.first)]
    if name.first != sentence.first or not is_verbal(marked, name.last + 1):
        return False
    for index in range(name.last + 1, sentence.end):
        if marked.at("person", index) or marked.tokens[index].form in ("his", "her"):
            return False
        if marked.tokens[index].form == "its":
            return True
        if marked.tokens[index].is_capital:
            return False
    return False


def _slug(marked: Marked, first: int, last: int) -> str | None:
    """An id of the words of a name; None where they are not written in Latin letters."""
    forms = [token.form for token in marked.tokens[first : last + 1] if token.is_word]
    slug = "-".join("".join(c for c in form if c.isalnum()) for form in forms)
    return slug if slug.isascii() and slug else None


def _is_named(marked: Marked, chunk: Sequence[Part], part: Part) -> bool:
    """Whether an organ has a name of its own: "the Hill Army", "the Council of the Two Rivers"."""
    if part.kind != "body" or not marked.tokens[part.first].is_capital:
        return False
    own = marked.tokens[part.first - 1].form in ("'", "'s") if part.first else False
    before = next((one for one in chunk if one.last == part.first - 1 - own), None)
    after = next((one for one in chunk if one.first > part.last), None)
    return (before is not None and before.kind == "name") or (
        after is not None
        and after.kind == "name"
        and part is chunk[0]
        and marked.tokens[part.last + 1].form in marked.forms("of-whom")
        and next(marked.of("roles", "local", part.first, part.last + 1), None) is None
    )


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


def _own_name(
    marked: Marked, chunk: Sequence[Part], group: Part
) -> tuple[str, tuple[int, int]] | None:
    """The id of a group that nobody knows, from the words before it: "the northern command"."""
    before = _names_before(chunk, group)
    first = before[0].first if before else group.first
    last = group.last
    if marked.tokens[group.first].is_capital:
        first = _capitals_before(marked, first)
    if first == group.first:
        after = next((one for one in chunk if one.kind == "name" and one.first > last), None)
        if (
            after is not None
            and marked.tokens[group.first].is_capital
            and marked.tokens[last + 1].form in marked.forms("of-whom")
        ):
            last = after.last  # "the Council of the Two Rivers"
        elif (word := _described(marked, group)) is not None:
            first = word
        else:
            return None
    named = marked.tokens[first].is_capital and not marked.tokens[last].is_capital
    if named and first < last and marked.tokens[last].form in marked.forms("bare-kind"):
        slug = _slug(marked, first, last - 1)  # "the Fastaqim group"
    else:
        slug = _slug(marked, first, last)
    return (slug, (first, last)) if slug else None


def _capitals_before(marked: Marked, first: int) -> int:
    """Where the capitals begin before a name, plain words among them: "the Third Corps"."""
    begin = marked.sentences[marked.sentence(first)].first
    while (
        first > begin
        and marked.tokens[first - 1].is_capital
        and marked.tokens[first - 1].form not in marked.forms("article")
        and first - 1 != begin
    ):
        first -= 1
    return first


def _described(marked: Marked, group: Part) -> int | None:
    """The word that tells which group, behind an article: "the northern command"."""
    word = group.first - 1
    token = marked.tokens[word] if word >= 0 else None
    articles = marked.forms("article")
    if token is None or not token.is_word or token.form in articles or token.is_capital:
        return None
    article = marked.tokens[word - 1] if word else None
    if article is None or marked.at("negation", word):
        return None
    if article.form not in articles and article.form != "(":
        return None
    if word in marked.covered and not marked.at("area", word):
        return None
    return word
