"""Who is named where: an actor, an organ of it, a person with an office, a group by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safeconduct.wire.actors import Index
from safeconduct.wire.marked import Marked
from safeconduct.wire.parts import Part

UNKNOWN, RELIEF, MEDIA, OTHERS = "unknown", "relief", "media", "others"
_WIDEST_MODIFIER = 2


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


@dataclass(slots=True)
class Mentions:
    """All mentions of a text in order, and who is who among its people."""

    all: list[Mention] = field(default_factory=list)
    people: dict[str, Mention] = field(default_factory=dict)


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


def _joined(marked: Marked, chunk: Sequence[Part], part: Part) -> bool:
    """Whether a part belongs to the chunk before it."""
    before = chunk[-1]
    between = marked.tokens[before.last + 1 : part.first]
    forms = [token.form for token in between]
    if not forms:
        return True
    if forms == ["'s"]:
        return part.kind in _ROLES
    if forms[0] in marked.forms("of-whom") and all(
        form in marked.forms("article") for form in forms[1:]
    ):
        return (
            before.kind in ("office", "body", "group")
            or (before.kind == "name" and part.kind in ("organ", "body", "group", "actor"))
        ) and part.kind not in ("capital",)
    return (
        len(forms) <= _WIDEST_MODIFIER
        and before.kind in ("actor", "organ", "adjective")
        and part.kind in ("office", "body", "group")
        and all(
            token.is_word
            and not marked.at("preposition", n)
            and not marked.at("be", n)
            and not marked.at("clause", n)
            and not marked.at("speech", n)
            and not marked.at("and", n)
            and not marked.at("future", n)
            for n, token in enumerate(between, before.last + 1)
        )
    )


def _mention(
    marked: Marked, chunk: Sequence[Part], index: Index, found: Mentions
) -> Mention | None:
    """What a chunk of parts names; None where it names a place or an office of nobody."""
    first, last = chunk[0].first, chunk[-1].last
    of = ("actor", "organ", "capital", "adjective")
    known = next((one for one in chunk if one.kind in of), None)
    name = next((one for one in chunk if one.kind == "name"), None)
    roles = [one for one in chunk if one.kind in ("office", "body", "relief", "observer")]
    groups = [one for one in chunk if one.kind == "group" or _is_named(marked, chunk, one)]
    by_name = (one for one in groups if name and name.last < one.first)
    group = next(by_name, groups[0] if groups else None)
    if all(one.kind in ("place", "adjective") for one in chunk):
        return None
    actor = known.id if known else None
    actor_at = (known.first, known.last) if known else None
    role = index.actors[actor].role if actor in index.actors else ""
    person = (name.first, name.last) if name else None
    office = _office(marked, chunk)
    if actor is None and group is not None and (own := _own_name(marked, chunk, group)):
        actor, actor_at = own[0], own[1]
        first = min(first, own[1][0])
        if name and own[1][0] <= name.first <= own[1][1]:
            person = None
    if actor is None and name and next(marked.of("roles", "local", first, name.first), None):
        slug = [token.form for token in marked.tokens[name.first : name.last + 1] if token.is_word]
        actor = "-".join([*slug, marked.tokens[chunk[0].last].form])
        actor, actor_at = (actor, (first, last)) if actor.isascii() else (None, None)
        person = None
    if actor is None and any(one.kind in ("relief", "observer") for one in chunk):
        is_relief = any(one.kind == "relief" for one in chunk)
        actor, role = (RELIEF, "relief") if is_relief else (UNKNOWN, "observer")
        actor_at = (first, last)
    if actor is None and any(one.kind == "others" for one in chunk):
        actor, role, actor_at = UNKNOWN, OTHERS, (first, last)
    if person and (same := found.people.get(marked.tokens[person[1]].form)):
        full = same.person or person
        actor, actor_at = actor or same.actor, actor_at or (first, last)
        role, office = role or same.role, office or same.office
        person = full if actor == same.actor else person
        name = None
    weak = person is not None and actor is None and not roles
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
        marked.bare((group or (roles[0] if roles else chunk[-1])).last),
    )
    if person and not weak:
        _remember(marked, found, mention)
    return mention


def _is_named(marked: Marked, chunk: Sequence[Part], part: Part) -> bool:
    """Whether an organ has a name of its own: "the Hill Army"."""
    before = next((one for one in chunk if one.last == part.first - 1), None)
    named = before is not None and before.kind == "name"
    return part.kind == "body" and named and marked.tokens[part.first].is_capital


def _remember(marked: Marked, found: Mentions, mention: Mention) -> None:
    if mention.person:
        found.people.setdefault(marked.tokens[mention.person[1]].form, mention)


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


def _own_name(
    marked: Marked, chunk: Sequence[Part], group: Part
) -> tuple[str, tuple[int, int]] | None:
    """The id of a group that nobody knows, from the words before it: "the northern command"."""
    before = [one for one in chunk if one.last < group.first and one.kind == "name"]
    first = before[0].first if before else group.first
    if not before:
        word = group.first - 1
        token = marked.tokens[word] if word >= 0 else None
        if (
            token is None
            or not token.is_word
            or token.form in marked.forms("article")
            or token.is_capital
        ):
            return None
        article = marked.tokens[word - 1] if word else None
        if (
            article is None
            or article.form not in marked.forms("article")
            or marked.at("negation", word)
        ):
            return None
        if word in marked.covered and not marked.at("area", word):
            return None
        first = word
    forms = [token.form for token in marked.tokens[first : group.last + 1] if token.is_word]
    slug = "-".join("".join(c for c in form if c.isalnum()) for form in forms)
    return (slug, (first, group.last)) if slug.isascii() else None
