"""Who is told more of by a name or a role beside his own: "the mayor, X"?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import Mention, Mentions

_WIDEST_APPOSITION = 9
_WIDEST_THROUGH = 14


def completed(marked: Marked, one: Mention, found: Mentions) -> Mention:
    """A weak name that is a person's or a party's whom the text introduces elsewhere."""
    if not one.weak or one.person is None:
        return one
    party = found.parties.get(marked.tokens[one.person[1]].form)
    if party is not None and party is not one:
        return replace(
            one, actor=party.actor, actor_at=one.person, role=party.role, person=None, weak=False
        )
    same = found.people.get(marked.surname(one.person[1]))
    if same is None or same is one or same.weak:
        return one
    return replace(
        one,
        actor=same.actor,
        actor_at=(one.first, one.last),
        person=same.person if same.last <= one.first else one.person,
        office=same.office,
        role=same.role,
        weak=False,
    )


def _apposed(marked: Marked, one: Mention, other: Mention) -> Mention | None:
    """The two as one, where the one says who the other is: "X, spokesman of Y,", "Y (X)"."""
    between = [token.form for token in marked.tokens[one.last + 1 : other.first]]
    if _speaks_through(marked, one, other):
        return replace(one, person=other.person)
    if not between or other.first - one.last > _WIDEST_APPOSITION:
        return None
    if between[0] not in (",", "("):
        if one.actor is None and other.weak and _is_called(marked, one, other):
            return _group_by_name(marked, one, other)
        return _of_whom(one, other) if _joins(marked, between) else None
    if one.weak and one.person and other.person is None and _is_kind(marked, other):
        return _named_kind(marked, one, other)
    if (
        len(between) == 2
        and between[1] in marked.forms("via")
        and other.weak
        and other.person
        and one.actor
    ):
        return _joined(one, other, other.person)
    small = marked.forms("article") | marked.forms("of-whom") | marked.forms("honorific")
    small -= marked.forms("at-home")  # "the minister, in Juba, ..."
    if any(form not in small for form in between[1:]):
        return None
    is_office = one.weak and one.person is not None and other.office is not None
    told = is_office and between[1:] != [] and between[1] in marked.forms("article")
    if not told and not _closes(marked, other):
        return None
    if marked.tokens[other.last].end and one.weak is False and one.person and other.person:
        return None
    is_group = not marked.tokens[one.last].is_capital and (
        next(marked.of("roles", "group", one.first, one.last + 1), None) is not None
    )
    if other.weak and other.person and one.person is None and is_group and one.office is None:
        return _group_by_name(marked, one, other)
    if one.person and (other.actor or other.office):
        return _joined(one, other, one.person)
    if other.person and one.person is None and (one.office or between[0] == "("):
        return _joined(one, other, other.person)
    return None


def _speaks_through(marked: Marked, one: Mention, other: Mention) -> bool:
    """Whether a person is named as whose mouth a side spoke by: "France, par la voix de X"."""
    if not (one.actor and one.person is None and other.weak and other.person):
        return False
    if other.first - one.last > _WIDEST_THROUGH:
        return False
    ways = marked.of("words", "via", one.last + 1, other.first)
    return any(way.last == other.first - 1 and way.last > way.first for way in ways)


def _is_called(marked: Marked, one: Mention, other: Mention) -> bool:
    """Whether a name follows by which a group goes: "a brigade known as the Sons of Karsh"."""
    return marked.has("called-so", one.last + 1, other.first)


def _is_kind(marked: Marked, other: Mention) -> bool:
    """Whether words between commas say what sort of party a name is: ", a rebel group,"."""
    if not _closes(marked, other) or other.office is not None or other.role:
        return False
    kinds = (marked.of("roles", key, other.first, other.last + 1) for key in ("group", "force"))
    is_group = any(next(hits, None) is not None for hits in kinds) or other.actor is not None
    before = marked.tokens[other.first - 1].form
    return (
        is_group
        and before in marked.forms("indefinite")
        and not marked.tokens[other.first].is_capital
    )


def _named_kind(marked: Marked, one: Mention, other: Mention) -> Mention | None:
    """ "Fastaqim, a rebel group,": an actor whom nobody knew before, by its name."""
    named = _group_by_name(marked, other, one)
    return replace(named, first=one.first, last=other.last) if named else None


def _joins(marked: Marked, between: Sequence[str]) -> bool:
    return between[0] in marked.forms("of-whom") and all(
        form in marked.forms("article") for form in between[1:]
    )


def _of_whom(one: Mention, other: Mention) -> Mention | None:
    """ "Malahifji of that group": a person with the side that follows."""
    if one.person and one.actor is None and other.actor and other.person is None:
        return _joined(one, other, one.person)
    return None


def _closes(marked: Marked, other: Mention) -> bool:
    after = other.last + 1
    if after >= len(marked.tokens) or marked.tokens[after].form in {",", ")", ".", ";", ":"}:
        return True
    return marked.sentence(after) != marked.sentence(other.last)


def _joined(one: Mention, other: Mention, person: tuple[int, int]) -> Mention:
    by = one if one.actor else other
    office = one.office or other.office
    weak = by.actor is None and office is None
    return Mention(
        one.first, other.last, by.actor, by.actor_at, person, office, by.role, weak, head=one.head
    )


def _group_by_name(marked: Marked, one: Mention, other: Mention) -> Mention | None:
    """ "One rebel group, Fastaqim,": an actor whom nobody knew before."""
    assert other.person is not None
    forms = [t.form for t in marked.tokens[other.person[0] : other.person[1] + 1] if t.is_word]
    slug = "-".join("".join(c for c in form if c.isalnum()) for form in forms)
    if not slug.isascii():
        return None
    return Mention(one.first, other.last, slug, other.person, head=one.head)
