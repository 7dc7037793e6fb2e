"""Who is meant by "the army", "that group", or by what stands between commas beside a name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeconduct.wire.actors import Index, stem_of
from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import RELIEF, UNKNOWN, Mention, Mentions, town_head
from safeconduct.wire.names import Name
from safeconduct.wire.tokens import folded

_WIDEST_APPOSITION = 9
_WIDEST_THROUGH = 14
# Organs of states: "the army" of whom is told by the state that was named last.
_OF_STATES = 8


def resolved(marked: Marked, found: Mentions, index: Index) -> list[Mention]:
    """The mentions with what they point back to, and with appositions made one."""
    kept: list[Mention] = []
    for before, after in zip(found.all, found.all[1:], strict=False):
        _letters(marked, found, before, after, index)
    for mention in found.all:
        one = _completed(marked, _looked_back(marked, kept, mention, index, found), found)
        if one.actor in found.letters:
            one = _as(one, found.letters[one.actor])
        before = kept[-1] if kept else None
        if before is not None and (joined := _apposed(marked, before, one)):
            kept[-1] = joined
            if joined.person:
                found.people[marked.surname(joined.person[1])] = joined
            continue
        kept.append(one)
    sided = [
        _sided(marked, kept, _completed(marked, one, found), n, index) for n, one in enumerate(kept)
    ]
    return [one for one in sided if one.actor or one.person or one.office]


def _letters(marked: Marked, found: Mentions, one: Mention, other: Mention, index: Index) -> None:
    """Keeps the initials that stand in brackets behind a party's name."""
    between = [token.form for token in marked.tokens[one.last + 1 : other.first]]
    is_letters = other.actor not in index.actors and marked.text(other.first, other.last).isupper()
    if between == ["("] and one.actor and other.actor and is_letters and one.person is None:
        found.letters[other.actor] = one


def _sided(
    marked: Marked, kept: Sequence[Mention], one: Mention, number: int, index: Index
) -> Mention:
    """A person with an office of nobody ("the spokesman") is of the side named last before."""
    if one.actor is None and one.person is not None:
        spot = one.person[1]
        known = index.person(marked.surname(spot), marked.grammar(spot).name_endings)
        if known is not None:
            return replace(one, actor=known.id, actor_at=one.person, role=known.role, weak=False)
    if one.actor is not None or one.office is None:
        return one
    before = _from_whom(marked, kept, one, number) or next(
        (m for m in reversed(kept[:number]) if m.actor and not m.is_capital), None
    )
    if before is None:
        return one
    return replace(
        one, actor=before.actor, actor_at=(before.first, before.last), role=before.role, weak=False
    )


def _from_whom(
    marked: Marked, kept: Sequence[Mention], one: Mention, number: int
) -> Mention | None:
    """The side that a person is from, told behind the verb: "Captain Oweis rang from the Brigade"."""
    after = kept[number + 1] if number + 1 < len(kept) else None
    if after is None or after.actor is None or one.person is None:
        return None
    gap = marked.tokens[one.last + 1 : after.first]
    forms = [token.form for token in gap]
    if (
        len(gap) <= _WIDEST_APPOSITION
        and forms[:1] == [","]
        and (marked.has("leads", one.last + 1, after.first))
    ):
        return after  # "Sabri, who commands the Third Corps,"
    while forms and forms[-1] in marked.forms("article"):
        forms.pop()
    near = len(gap) <= _WIDEST_APPOSITION and all(token.is_word for token in gap)
    return after if near and forms and forms[-1] in marked.forms("from") else None


def _looked_back(
    marked: Marked, kept: Sequence[Mention], one: Mention, index: Index, found: Mentions
) -> Mention:
    """An organ or group without a name is the last one whose name or words hold its head."""
    if one.points:
        return _pointed(kept, one, index, found)
    if one.actor is not None or one.person is not None or not one.head:
        return _by_kind(marked, kept, one, index, found)
    for before in reversed(kept):
        words = {marked.bare(n) for n in range(before.first, before.last + 1)}
        if before.actor and (one.head in words or one.head in before.actor.split("-")):
            return _as(one, before)
    for before in reversed(kept):
        known = index.actors.get(before.actor) if before.actor else None
        if known and any(
            one.head in folded(phrase).split() for phrase in (*known.called, *known.bodies)
        ):
            return _as(one, before)
    if next(marked.of("roles", "body", one.first, one.last + 1), None) is None:
        is_group = next(marked.of("roles", "group", one.first, one.last + 1), None) is not None
        return _by_its_word(marked, one) if is_group else one
    if next(marked.of("roles", "local", one.first, one.last + 1), None) is not None:
        return _of_the_place(marked, one, index, found)
    local = next(
        (name for name in index.actors.values() if name.zone and name.zone == marked.names.zone),
        None,
    )
    if local is not None:
        return replace(one, actor=local.id, actor_at=(one.first, one.last), role=local.role)
    states = [
        before
        for before in reversed(kept[-_OF_STATES:])
        if before.actor in index.actors and index.actors[before.actor].capitals
    ]
    return _as(one, states[0]) if states else _by_its_word(marked, one)


def _by_its_word(marked: Marked, one: Mention) -> Mention:
    """ "The garrison", "the army", of whom nothing else is told, is called by that word."""
    first = one.first
    definite = marked.forms("definite")
    if marked.tokens[first].form in definite:
        first += 1
    elif not first or marked.tokens[first - 1].form not in definite:
        return one
    word = marked.tokens[first]
    if first != one.last or word.form in marked.forms("no-party") or not word.form.isascii():
        return one
    return replace(one, actor=word.form, actor_at=(one.first, one.last))


def _pointed(kept: Sequence[Mention], one: Mention, index: Index, found: Mentions) -> Mention:
    """Whom "the group", "the agency", "the kingdom" point back to: the last one of that sort."""
    called = _called_so(one.head, kept, index, found)
    if called is not None:
        return replace(one, actor=called, actor_at=(one.first, one.last), role=_role(called, index))
    for before in reversed(kept):
        if before.actor is None or before.actor == UNKNOWN:
            continue
        known = index.actors.get(before.actor)
        is_state = known is not None and bool(known.zone or known.capitals)
        fits = {
            "force": before.role == "" and not is_state,
            "agency": before.role == "relief",
            "country": is_state and before.role == "",
        }
        if fits[one.points]:
            return _as(one, before)
    if one.points == "agency":
        return replace(one, actor=RELIEF, actor_at=(one.first, one.last), role="relief")
    return one


def _called_so(word: str, kept: Sequence[Mention], index: Index, found: Mentions) -> str | None:
    """The actor that goes by a common noun ("rebels", "kingdom"), of those that the text names."""
    who = index.nouns.get(word, ())
    if not who:
        return None
    near = next((m.actor for m in reversed(kept) if m.actor in who), None)
    return (
        near
        or next((m.actor for m in found.all if m.actor in who), None)
        or (who[0] if len(who) == 1 else None)
    )


def _by_kind(
    marked: Marked, kept: Sequence[Mention], one: Mention, index: Index, found: Mentions
) -> Mention:
    """ "The rebels" are those whom the text names and who are called so."""
    if one.actor is None or one.actor_at is None or one.actor_at[0] != one.actor_at[1]:
        return one
    called = _called_so(marked.tokens[one.actor_at[0]].form, kept, index, found)
    return replace(one, actor=called, role=_role(called, index)) if called else one


def _role(actor: str, index: Index) -> str:
    return index.actors[actor].role if actor in index.actors else ""


def _of_the_place(marked: Marked, one: Mention, index: Index, found: Mentions) -> Mention:
    """ "The city council": of the place of the dateline, else of the one named first."""
    place = _dateline(marked) or next(
        (
            m.person
            for m in found.all
            if m.weak and m.person and marked.at("place-preposition", m.first - 1)
        ),
        None,
    )
    if place is None:
        return one
    if (known := _known_council(marked, one, index, place[1])) is not None:
        return replace(one, actor=known.id, actor_at=(one.first, one.last), role=known.role)
    slug = "-".join(token.form for token in marked.tokens[place[0] : place[1] + 1])
    local = next(marked.of("roles", "local", one.first, one.last + 1))
    name = f"{slug}-{town_head(marked, local.first, local.last)}"
    fits = name.isascii() and name.replace("-", "").isalnum()
    return replace(one, actor=name, actor_at=(one.first, one.last)) if fits else one


def _known_council(marked: Marked, one: Mention, index: Index, place: int) -> Name | None:
    """The actor that a list calls by such a head and by this place, in whichever case."""
    endings, stem = marked.grammar(place).name_endings, marked.surname(place)
    if not endings:
        return None
    for known in index.actors.values():
        for phrase in known.called:
            words = [word.rstrip("*") for word in folded(phrase).split()]
            of_place = any(stem_of(word, endings) == stem for word in words)
            if of_place and any(one.head.startswith(word) for word in words):
                return known
    return None


def _dateline(marked: Marked) -> tuple[int, int] | None:
    """The first word of the text, where a comma or a dash sets it off: "MARIUPOL, March 5"."""
    at = marked.report.dateline
    if at is not None:
        spot = next((n for n, token in enumerate(marked.tokens) if token.start >= at.start), None)
        return (spot, spot) if spot is not None and marked.tokens[spot].end <= at.end else None
    tokens = marked.tokens
    if len(tokens) > 1 and tokens[0].is_capital and tokens[1].form in {",", "-", "–", "—"}:
        return (0, 0)
    return None


def _as(one: Mention, before: Mention) -> Mention:
    return replace(one, actor=before.actor, actor_at=(one.first, one.last), role=before.role)


def _completed(marked: Marked, one: Mention, found: Mentions) -> Mention:
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
    if any(
        form not in marked.forms("article") | marked.forms("of-whom") for form in between[1:]
    ) or not _closes(marked, other):
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
    return after >= len(marked.tokens) or marked.tokens[after].form in {",", ")", ".", ";", ":"}


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
