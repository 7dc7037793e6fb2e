"""Who is meant by "the army", "that group", or by what stands between commas beside a name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from safeconduct.wire.actors import Index, stem_of
from safeconduct.wire.apposition import _WIDEST_APPOSITION, _apposed, completed
from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import GOVERNMENT, MEDIA, RELIEF, UNKNOWN, Mention, Mentions
from safeconduct.wire.names import Name
from safeconduct.wire.partynames import town_head
from safeconduct.wire.tokens import folded

_WHOLE = 2  # words from which on a shorter name is a name of its own
# Organs of states: "the army" of whom is told by the state that was named last.
_OF_STATES = 8
_LONG = 4  # letters of a noun that may be the end of a longer one


def resolved(marked: Marked, found: Mentions, index: Index) -> list[Mention]:
    """The mentions with what they point back to, and with appositions made one."""
    kept: list[Mention] = []
    for named, initials in pairwise(found.all):
        _letters(marked, found, named, initials, index)
    ends: dict[str, str] = {}
    for mention in found.all:
        one = completed(marked, _looked_back(marked, kept, mention, index, found), found)
        if one.actor in found.letters:
            one = _as(one, found.letters[one.actor])
        elif one.actor and one.actor not in index.actors:
            one = _shortened(ends, _by_a_word(marked, kept, one))
        before = kept[-1] if kept else None
        if before is not None and (joined := _apposed(marked, before, one)):
            joined = kept[-1] = _of_figure(marked, joined, index, found)
            if joined.person:
                found.people[marked.surname(joined.person[1])] = joined
            continue
        kept.append(one)
    sided: list[Mention] = []
    for number, one in enumerate(kept):
        following = kept[number + 1] if number + 1 < len(kept) else None
        whole = _sided(marked, sided, completed(marked, one, found), following, index, found)
        sided.append(whole)
        if whole.person and whole.actor and not whole.weak:
            found.people[marked.surname(whole.person[1])] = whole
    return [one for one in sided if one.actor or one.person or one.office]


def _of_figure(marked: Marked, one: Mention, index: Index, found: Mentions) -> Mention:
    """A public figure whose office alone was taken for the place's: "the chief of staff, X"."""
    local = index.of_zone.get(marked.names.zone)
    if one.person is None or one.office is None or local is None or one.actor != local.id:
        return one
    spot = one.person[1]
    known = index.person(marked.surname(spot), marked.grammar(spot).name_endings)
    if known is None or known.id == one.actor or not _is_about(known.id, index, found):
        return one
    begins = tuple(map(folded, local.places))
    if any(token.form.startswith(begins) for token in marked.tokens[one.first : one.last + 1]):
        return one  # "the Syrian chief of staff"
    return replace(one, actor=known.id, role=known.role)


def _is_state(actor: str | None, index: Index) -> bool:
    known = index.actors.get(actor or "")
    return known is not None and bool(known.zone or known.capitals)


def _shortened(ends: dict[str, str], one: Mention) -> Mention:
    """A party by the end of its name: "the Tarn Army" is the Free Tarn Army.

    Parameters
    ----------
    ends : the ids met so far, by what may stand for them; this one's are added.
    """
    words = str(one.actor).split("-")
    if len(words) >= _WHOLE and (long := ends.get(str(one.actor))) is not None:
        return replace(one, actor=long)
    for first in range(1, len(words) - 1):
        ends.setdefault("-".join(words[first:]), str(one.actor))
    return one


def _by_a_word(marked: Marked, kept: Sequence[Mention], one: Mention) -> Mention:
    """A party by one word of its name: "a spokesman for the Ridge", of the Forces of the Ridge."""
    at = one.actor_at
    if at is None or at[0] != at[1] or not marked.tokens[at[0]].is_capital:
        return one
    for before in reversed(kept):
        words = (before.actor or "").split("-")
        if one.role == before.role == "" and len(words) > 1 and one.actor in words:
            return replace(one, actor=before.actor)
    return one


def _letters(marked: Marked, found: Mentions, one: Mention, other: Mention, index: Index) -> None:
    """Keeps the initials that stand in brackets behind a party's name."""
    between = [token.form for token in marked.tokens[one.last + 1 : other.first]]
    is_letters = other.actor not in index.actors and marked.text(other.first, other.last).isupper()
    if between == ["("] and one.actor and other.actor and is_letters and one.person is None:
        found.letters[other.actor] = one


def _sided(
    marked: Marked,
    kept: Sequence[Mention],
    one: Mention,
    after: Mention | None,
    index: Index,
    found: Mentions,
) -> Mention:
    """A person with an office of nobody ("the spokesman") is of the side named last before.

    Once it is told whose he is, he stays so.
    """
    if one.actor is None and one.person is not None:
        same = found.people.get(marked.surname(one.person[1]))
        if same is not None and same.actor is not None:
            return replace(
                one, actor=same.actor, actor_at=(one.first, one.last), role=same.role, weak=False
            )
    if one.actor is None and one.person is not None:
        spot = one.person[1]
        known = index.person(marked.surname(spot), marked.grammar(spot).name_endings)
        told = known is not None and (
            _is_about(known.id, index, found) or state_of_place(marked, index, found) is not None
        )
        known = known if told else None
        if known is None and one.office is None:
            on_behalf = _from_whom(marked, one, after)
            if on_behalf is not None:
                return replace(
                    one,
                    actor=on_behalf.actor,
                    actor_at=(on_behalf.first, on_behalf.last),
                    role=on_behalf.role,
                    weak=False,
                )
        if known is not None:
            return replace(one, actor=known.id, actor_at=one.person, role=known.role, weak=False)
    if one.actor is not None or one.office is None:
        return one
    if (organ := _of_no_state(marked, one)) is not None:
        return organ
    armed = any(marked.at("commands", n) for n in range(one.office[0], one.office[1] + 1))
    before = _from_whom(marked, one, after) or next(
        (
            m
            for m in reversed(kept)
            if m.actor
            and m.role != MEDIA
            and not (armed and m.role == "relief")
            and not _is_where(marked, m)
        ),
        None,
    )
    if (official := _official(marked, kept, one)) is not None:
        return official
    if (ranked := _ranked(marked, kept, one, before, index)) is not None:
        return ranked
    if next(marked.of("roles", "of-state", one.office[0], one.office[1] + 1), None) is not None:
        known = index.actors.get(before.actor) if before and before.actor else None
        if known is None or not (known.zone or known.capitals):
            return _of_a_state(marked, kept, one, index, found)
    if before is None:
        return one
    return replace(
        one, actor=before.actor, actor_at=(before.first, before.last), role=before.role, weak=False
    )


def _ranked(
    marked: Marked, kept: Sequence[Mention], one: Mention, before: Mention | None, index: Index
) -> Mention | None:
    """A rank ("the colonel") is of no relief actor: of the party named last, else of its kind."""
    assert one.office is not None
    common = index.common.get(marked.text(*one.office).casefold())
    if common is None or (before is not None and before.role == ""):
        return None
    side = next((m for m in reversed(kept) if m.actor and m.role == "" and not m.is_capital), None)
    actor = str(side.actor) if side is not None else common
    return replace(one, actor=actor, actor_at=one.office, role="", weak=False)


def _of_no_state(marked: Marked, one: Mention) -> Mention | None:
    """An organ of a state, of which nothing tells of whom, is called by its word, and is nobody
    else's: "the regular army".
    """
    if one.person is not None:
        return None
    hit = next(marked.of("roles", "national", one.first, one.last + 1), None)
    if hit is None or hit.last != one.last:
        return None
    last = marked.tokens[hit.last].form
    word = GOVERNMENT if last in marked.forms("of-government") else last
    fits = word.isascii() and word.isalpha()
    return replace(one, actor=word, actor_at=(one.first, one.last)) if fits else None


def _official(marked: Marked, kept: Sequence[Mention], one: Mention) -> Mention | None:
    """A governor or mayor of whom nothing else is told is called by that word."""
    assert one.office is not None
    alone = next(marked.of("roles", "official", one.office[0], one.office[1] + 1), None)
    if alone is None or any(
        m.actor and m.actor.endswith(("-council", "-government")) for m in kept
    ):
        return None
    known = next(marked.of_table("ids", alone.first, alone.last + 1), None)
    organ = known.key if known else _organ(marked, one.office)
    word = organ or marked.tokens[alone.last].form
    return replace(one, actor=word, actor_at=one.office, role="", weak=False)


def _organ(marked: Marked, at: tuple[int, int]) -> str | None:
    """What an office or a ministry of which nothing else is told goes by in its language."""
    found = list(marked.of_table("organs", at[0], at[1] + 1))
    return found[-1].key if found else None


def _of_a_state(
    marked: Marked, kept: Sequence[Mention], one: Mention, index: Index, found: Mentions
) -> Mention:
    """A minister is of the state named last, else of the place's, else of "the government"."""
    states = [m for m in kept if m.actor in index.actors and index.actors[m.actor].zone]
    local = state_of_place(marked, index, found)
    before = [m.actor for m in states if m.first < one.first]
    assert one.office is not None
    nobody = _organ(marked, one.office) or GOVERNMENT
    actor = (before[-1:] or [local.id if local else nobody])[0]
    return replace(one, actor=actor, actor_at=one.office, role="", weak=False)


def state_of_place(marked: Marked, index: Index, found: Mentions) -> Name | None:
    """The state in whose zone a text plays, if it is of a world that one knows.

    In a text that names no country "the army" is that of a place nobody tells of.
    """
    return index.of_zone.get(marked.names.zone) if found.of_known_world else None


def _is_about(actor: str, index: Index, found: Mentions) -> bool:
    """Whether a text is of the world in which a public figure is one: it names others of it."""
    return any(
        one.actor == actor or (one.actor in index.actors and one.role != "relief")
        for one in found.all
    )


def _is_where(marked: Marked, one: Mention) -> bool:
    """Whether a capital is only the place where something is."""
    before = one.first - 1
    return one.is_capital and (one.first == 0 or marked.at("preposition", before))


def _from_whom(marked: Marked, one: Mention, after: Mention | None) -> Mention | None:
    """The side that a person is from, behind the verb: "Captain Oweis rang from the Brigade"."""
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
    if marked.has("behalf", after.last + 1, min(after.last + 4, len(marked.tokens))):
        return after  # "Luqman said yes on the Houthis' behalf"
    while forms and forms[-1] in marked.forms("article"):
        forms.pop()
    near = len(gap) <= _WIDEST_APPOSITION and all(token.is_word for token in gap)
    return after if near and forms and forms[-1] in marked.forms("from") else None


def _looked_back(
    marked: Marked, kept: Sequence[Mention], one: Mention, index: Index, found: Mentions
) -> Mention:
    """An organ or group without a name is the last one whose name or words hold its head."""
    if one.points:
        return _pointed(marked, kept, one, index, found)
    if one.actor is not None or one.person is not None or not one.head:
        return _by_kind(marked, kept, one, index, found)
    if one.first and marked.at("owns", one.first - 1):
        organ = next(marked.of("roles", "body", one.first, one.last + 1), None) is not None
        owners = (m for m in reversed(kept) if m.actor and (not organ or m.role == ""))
        owner = next(owners, None)
        if owner is not None:
            return _as(one, owner)  # "their Defence Ministry"
    if (whole := _by_whole_name(marked, kept, one)) is not None:
        return _as(one, whole)
    for before in reversed(kept):
        words = {marked.bare(n) for n in range(before.first, before.last + 1)}
        if before.actor and (one.head in words or one.head in before.actor.split("-")):
            return _as(one, before)
        # "Міськрада" is called "рада", too.
        if before.actor and len(one.head) >= _LONG and any(w.endswith(one.head) for w in words):
            return _as(one, before)
    if one.first and marked.tokens[one.first - 1].form in marked.forms("locally"):
        slug = f"{marked.tokens[one.first - 1].form}-{one.head}"
        return replace(one, actor=slug, actor_at=(one.first - 1, one.last))
    is_body = next(marked.of("roles", "body", one.first, one.last + 1), None) is not None
    is_local = next(marked.of("roles", "local", one.first, one.last + 1), None) is not None
    local = state_of_place(marked, index, found)
    stateless = one.head in marked.forms("no-state")
    if is_body and not is_local and not stateless and local is not None:
        return replace(one, actor=local.id, actor_at=(one.first, one.last), role=local.role)
    national = next(marked.of("roles", "national", one.first, one.last + 1), None) is not None
    for before in reversed(kept if is_body or one.office is None else ()):
        if national and not _is_state(before.actor, index):
            continue  # "the army" is no rebel's, though his list has an army too
        if one.head in index.heads.get(before.actor or "", ()):
            return _as(one, before)
    if is_local:
        return _of_the_place(marked, one, index, found)
    if not is_body:
        is_group = next(marked.of("roles", "group", one.first, one.last + 1), None) is not None
        return _by_its_word(marked, one, index) if is_group else one
    states = [
        before
        for before in reversed(kept[-_OF_STATES:])
        if before.actor in index.actors and index.actors[before.actor].capitals
    ]
    return _as(one, states[0]) if states else _by_its_word(marked, one, index)


def _by_its_word(marked: Marked, one: Mention, index: Index) -> Mention:
    """ "The garrison", "the army", of whom nothing else is told, is called by that word.

    So is "Army" at the head of a line or in brackets; a ministry of nobody is the government's.
    """
    hits = [
        hit for key in ("body", "group") for hit in marked.of("roles", key, one.first, one.last + 1)
    ]
    if not hits:
        return one
    hit = min(hits, key=lambda found: found.first)
    first = hit.first + (marked.tokens[hit.first].form in marked.forms("definite"))
    words = marked.tokens[first : hit.last + 1]
    if words[-1].form in marked.forms("noun-of"):
        return one
    known = next(marked.of_table("ids", hit.first, hit.last + 1), None)
    slug = known.key if known else "-".join(word.form for word in words)
    if any(word.form in marked.forms("of-government") for word in words):
        government = _organ(marked, (first, hit.last)) or GOVERNMENT
        return replace(one, actor=government, actor_at=(one.first, one.last))
    common = index.common.get(" ".join(word.form for word in words))
    if common is not None and _is_definite(marked, first):
        return replace(one, actor=common, actor_at=(one.first, one.last))
    if words[-1].form in marked.forms("no-party"):
        return one
    if not _is_definite(marked, first) or not slug.isascii() or not slug.replace("-", "").isalnum():
        return one
    return replace(one, actor=slug, actor_at=(one.first, one.last))


def _is_definite(marked: Marked, first: int) -> bool:
    """Whether "the" stands before a word, or it begins its line or bracket with a capital."""
    before = first - 1
    if next(marked.of_table("ids", first, first + 1), None) is not None:
        return True  # its language has no word for "the"
    if before < 0:
        return marked.tokens[first].is_capital
    if marked.tokens[before].form in marked.forms("definite"):
        return True
    begins = marked.sentences[marked.sentence(first)].first == first
    return marked.tokens[first].is_capital and (begins or marked.tokens[before].form in ("(", "."))


def _pointed(
    marked: Marked, kept: Sequence[Mention], one: Mention, index: Index, found: Mentions
) -> Mention:
    """Whom "the group", "the agency", "the kingdom" point back to: the last one of that sort."""
    called = _called_so(one.head, kept, index, found)
    if called is not None:
        return replace(one, actor=called, actor_at=(one.first, one.last), role=_role(called, index))
    organs = marked.forms("no-fighters")
    for before in reversed(kept):
        if before.actor is None or before.actor == UNKNOWN:
            continue
        known = index.actors.get(before.actor)
        is_state = known is not None and bool(known.zone or known.capitals)
        fits = {
            "force": before.role == "" and not is_state and before.actor not in organs,
            "agency": before.role == "relief",
            "country": is_state and before.role == "",
        }
        if fits[one.points]:
            return _as(one, before)
    if one.points == "agency":
        return replace(one, actor=RELIEF, actor_at=(one.first, one.last), role="relief")
    if one.points == "force" and one.head not in marked.forms("no-party"):
        head = index.common.get(one.head, one.head)
        if head.isascii():
            return replace(one, actor=head, actor_at=(one.first, one.last))
    return _by_its_word(marked, one, index)


def _called_so(word: str, kept: Sequence[Mention], index: Index, found: Mentions) -> str | None:
    """The actor that goes by a common noun ("rebels", "kingdom"), of those that the text names."""
    who = index.nouns.get(word, ())
    if not who:
        return None
    near = next((m.actor for m in reversed(kept) if m.actor in who), None)
    return (
        near
        or next((m.actor for m in found.all if m.actor in who), None)
        or (who[0] if len(who) == 1 and found.of_known_world else None)
    )


def _by_whole_name(marked: Marked, kept: Sequence[Mention], one: Mention) -> Mention | None:
    """Whose longer name holds all the words of a shorter one: "the Liberation Army"."""
    words = {token.form for token in marked.tokens[one.first : one.last + 1] if token.is_capital}
    if len(words) < _WHOLE:
        return None
    return next((m for m in reversed(kept) if m.actor and words <= set(m.actor.split("-"))), None)


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
    if place is None or not marked.text(*place).isascii():
        council = next((m for m in found.all if str(m.actor).endswith("-council")), None)
        if council is not None:
            return _as(one, council)
    if place is None:
        return _by_its_word(marked, one, index)
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
    plain = marked.at("not-a-name", 0) or 0 in marked.covered
    if plain:
        return None
    if len(tokens) > 1 and tokens[0].is_capital and tokens[1].form in {",", "-", "–", "—"}:
        return (0, 0)
    return None


def _as(one: Mention, before: Mention) -> Mention:
    return replace(one, actor=before.actor, actor_at=(one.first, one.last), role=before.role)
