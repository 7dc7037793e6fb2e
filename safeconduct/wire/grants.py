"""What was undertaken: announced, guaranteed, consented to, accepted; each with its kind."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import ARTICLES, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_party, is_relief, nearest
from safeconduct.wire.scene import Who, actors_of

_AFTER, _BEFORE = 18, 20
_MODAL_REACH = 8
_PLAN_REACH = 13
_PACT_REACH = 16
_OWNED_REACH = 4
_OWNED_SCOPE = 7


def grants_in(place: Place) -> Iterator[Found]:
    """The grants that a sentence tells of."""
    used: set[Span] = set()
    concluded = list(_concluded(place, used))
    yield from concluded
    for hit in place.signs:
        if any(one.scope[0] <= hit.first < one.scope[1] for one in concluded):
            continue
        if hit.table == "grants" and not place.supposed(hit) and not _must(place, hit):
            for found in _given(place, hit):
                if found.kind_at:
                    used.add(found.kind_at)
                yield found
    yield from _committed(place, used)
    yield from _owned(place, used)


def _must(place: Place, hit: Hit) -> bool:
    """Whether a grant is only what somebody must give: "must agree to"."""
    return any(place.marked.at("must", n) for n in range(max(0, hit.first - 2), hit.first))


def _given(place: Place, hit: Hit) -> Iterator[Found]:
    """A verb of giving, with what is given."""
    marked = place.marked
    act = Act(hit.key)
    clause = place.clause((hit.first, hit.last))
    thing = nearest(
        [one for one in marked.of_table("undertakings", *clause) if one.first != hit.first],
        hit,
        _BEFORE,
        _AFTER,
    )
    negation = place.negation((hit.first, hit.last))
    answers = _answered(place, hit, clause)
    if marked.has("makes-pact", hit.first, hit.last + 1) and hit.last - hit.first <= 1:
        answers = _pact(place, hit)
        if act is Act.ACCEPT and answers is None:
            return
    if act is Act.ACCEPT and thing is not None and thing.key == "consent":
        act = Act.CONSENT
    if thing is not None and any(
        one.table == "acts" and one.first <= thing.first <= one.last for one in place.signs
    ):
        return
    if thing is None and act in (Act.ANNOUNCE, Act.GUARANTEE):
        thing = _stretch(place, hit)
    if act is Act.CONSENT and (plan := _proposal(place, hit)):
        act, answers, thing = Act.ACCEPT, plan, None
    owners = _givers(place, hit, act, thing)
    for owner in owners:
        kind = UndertakingKind(thing.key) if thing else None
        if not _holds(place, act, owner, hit, thing, negation, answers, clause):
            continue
        if act is Act.CONSENT:
            kind = UndertakingKind.CONSENT
        if act is Act.ACCEPT and answers and thing is None:
            kind = None
        last = hit.last
        if thing and hit.last < thing.first <= hit.last + 3:
            last = thing.last
        yield Found(
            act=act,
            sign=(hit.first, last),
            voice=owner.voice,
            mention=owner.mention,
            party=owner.party,
            frame=place.frame_at(hit.first),
            sentence=place.number,
            scope=clause,
            rule=f"the verb says {act.value}",
            kind=kind,
            kind_at=(thing.first, thing.last) if thing else None,
            negation=negation,
            answers=answers,
            inferred=_inferred(place, hit.first),
        )


def _holds(
    place: Place,
    act: Act,
    owner: Owner,
    hit: Hit,
    thing: Hit | None,
    negation: Span | None,
    answers: Span | None,
    clause: Span,
) -> bool:
    """Whether a verb of giving gives something here, and is of somebody who can give it."""
    giver = owner.acting
    marked = place.marked
    if act is Act.ANNOUNCE:
        others = giver.role not in ("", "others") and negation is None
        can = is_party(giver) or (others and thing is not None and thing.key == "restraint")
        return thing is not None and can
    if is_relief(giver) or giver.actor is None:
        return False
    if act is Act.GUARANTEE:
        moved = next(marked.of("roles", "mover", *clause), None)
        return thing is not None or negation is not None or moved is not None
    if act is Act.CONSENT:
        moved = any(
            next(marked.of_table(table, *clause), None) for table in ("movers", "purposes")
        ) or next(marked.of("roles", "mover", *clause), None)
        plain = marked.has("plain-yes", hit.first, hit.last + 1)
        return thing is not None or moved is not None or plain
    frame = place.frame_at(hit.first)
    plain_yes = frame is not None and frame.sign is None and hit.first == frame.parts[0][0]
    mutual = marked.has("plain-yes", hit.first, hit.last + 1)
    return thing is not None or answers is not None or plain_yes or mutual


def _givers(place: Place, hit: Hit, act: Act, thing: Hit | None) -> list[Owner]:
    """Whose grant it is; with "with" and "between" the others who are named behind it, too."""
    scene, marked = place.scene, place.marked
    words = marked.text(hit.first, hit.last).casefold()
    end = place.part_at(hit.first)[1]
    found = place.owners(hit, passive=True)
    if words.endswith(" from"):
        near = [one for one in scene.starting(hit.last + 1, min(hit.last + 5, end)) if one.actor]
        frame = place.frame_at(hit.first)
        if not near:
            return []
        if frame is not None:
            return [Owner(frame.who, actors_of(frame.who)[0], near[0])]
        return [Owner(Who((near[0],), (near[0].first, near[0].last)), near[0])]
    if act is Act.ACCEPT and (words.endswith(("with", "between"))):
        near = [one for one in scene.within(hit.last + 1, min(hit.last + 9, end)) if one.actor]
        if not near:
            return found if words.endswith("with") else []
        many = scene.together(near[0])
        if len(many) == 1 and words.endswith("between"):
            many = (*many, *_and_whom(place, near[0], end))
        who = Who(many, (many[0].first, many[-1].last))
        if words.endswith("between"):
            return [Owner(who, one) for one in actors_of(who)]
        frame = place.frame_at(hit.first)
        if frame is None:
            return found + [Owner(who, one) for one in actors_of(who)]
        own = actors_of(frame.who)[0]
        return [Owner(frame.who, own)] + [Owner(frame.who, own, one) for one in actors_of(who)]
    if not found and act in (Act.GUARANTEE, Act.CONSENT) and place.frame_at(hit.first) is None:
        return place.authors()
    if not found and act is Act.ANNOUNCE and thing is not None:
        last = scene.author or scene.last
        if last is not None:
            return [Owner(Who(last.mentions, last.at, False), one) for one in actors_of(last)]
    return found


def _pact(place: Place, hit: Hit) -> Span | None:
    """The pact that is reached, however much stands between."""
    end = min(hit.last + _PACT_REACH, place.span[1])
    near = next(place.marked.of("words", "pact", hit.last + 1, end), None)
    return (near.first, near.last) if near else None


def _stretch(place: Place, hit: Hit) -> Hit | None:
    """Hours or days that are given, without a word for what is let be in them."""
    marked = place.marked
    end = min(hit.last + _PACT_REACH, place.span[1])
    for one in marked.of("words", "stretch", hit.last + 2, end):
        before = one.first - 1
        number = next(marked.of_table("numbers", before, before + 1), None)
        if marked.tokens[before].is_number or number is not None:
            return Hit("undertakings", UndertakingKind.RESTRAINT.value, before, one.last)
    return None


def _proposal(place: Place, hit: Hit) -> Span | None:
    """A plan or an offer that a verb of consent is said of: who approves it accepts it."""
    marked = place.marked
    end = min(hit.last + _PLAN_REACH, place.part_at(hit.first)[1])
    near = next(marked.of("words", "proposal", hit.last + 1, end), None)
    if near is None or next(marked.of("roles", "mover", hit.last + 1, near.first), None):
        return None
    return near.first, near.last


def _and_whom(place: Place, one: Mention, end: int) -> tuple[Mention, ...]:
    """The other party of "between A, which ..., and B"."""
    for other in place.scene.starting(one.last + 1, min(one.last + 12, end)):
        before = other.first - 1
        while place.marked.tokens[before].form in ARTICLES:
            before -= 1
        if other.actor and place.marked.at("and", before):
            return (other,)
    return ()


def _answered(place: Place, hit: Hit, clause: Span) -> Span | None:
    near = next(
        place.marked.of("words", "answer-back", hit.last + 1, min(hit.last + 6, clause[1])), None
    )
    return (near.first, near.last) if near else None


def _inferred(place: Place, index: int) -> Span | None:
    """The words before a place by which the writer concludes it."""
    begin = place.part_at(index)[0]
    near = list(place.marked.of("words", "inference", begin, index))
    if not near or place.marked.quoted(near[-1].first):
        return None
    return near[-1].first, near[-1].last


def _committed(place: Place, used: set[Span]) -> Iterator[Found]:
    """ "It would stop firing", "rebels may leave": what will be, said by who can see to it."""
    marked = place.marked
    taken_by: set[tuple[str | None, str]] = set()
    governed: set[int] = set()
    for thing in marked.of_table("undertakings", *place.span):
        if (thing.first, thing.last) in used or thing.key == "consent":
            continue
        modal = _modal(place, thing)
        if modal is None or modal.first in governed or place.supposed(modal):
            continue
        if marked.has("so-that", place.clause((modal.first, modal.last))[0], modal.first):
            continue  # a purpose of another act
        clause = place.clause((modal.first, thing.last))
        frame = place.frame_at(thing.first)
        owners = place.owners(modal, tells=thing.key == "passage")
        for owner in owners or place.authors():
            giver = owner.mention if thing.key == "passage" else owner.acting
            if frame is not None and not is_party(giver) and is_party(owner.mention):
                giver = owner.mention
            if not is_party(giver) or (giver.actor, thing.key) in taken_by:
                continue
            if thing.key == "passage" and frame is None and place.scene.author is None:
                continue
            taken_by.add((giver.actor, thing.key))
            governed.add(modal.first)
            used.add((thing.first, thing.last))
            party = owner.party if owner.party is not None and is_party(owner.party) else None
            if thing.key == "passage" and party is not None and is_party(owner.mention):
                party = None  # who may pass does not give the passage
            yield Found(
                act=_strength(place, modal, thing, owner),
                sign=(modal.first, max(thing.last, modal.last)),
                voice=owner.voice,
                mention=owner.mention,
                party=party,
                frame=frame,
                sentence=place.number,
                scope=clause,
                rule="something is to be done or let be by who says so",
                kind=UndertakingKind(thing.key),
                kind_at=(thing.first, thing.last),
                negation=_before(place, modal),
                inferred=_inferred(place, modal.first),
            )


def _before(place: Place, modal: Hit) -> Span | None:
    """A negation before the verb; one within what is undertaken ("not fire") is a part of it."""
    marked = place.marked
    found = place.negation((modal.first, modal.first))
    if found is None or any(
        hit.first <= found[0] <= hit.last for hit in marked.of_table("undertakings", *place.span)
    ):
        return None
    return found


def _strength(place: Place, modal: Hit, thing: Hit, owner: Owner) -> Act:
    """Said to relief itself it is a guarantee; said in public it is an offer."""
    frame = place.frame_at(thing.first)
    author = place.scene.author
    to_us = (
        frame is None
        and author is not None
        and place.scene.first_person
        and is_party(author.mentions[0])
        and owner.acting.actor == author.mentions[0].actor
    )
    if to_us and next(place.marked.of("words", "may", modal.first, modal.last + 1), None):
        return Act.CONSENT
    if to_us or (frame is not None and frame.direct and thing.key != "deed"):
        return Act.GUARANTEE
    return Act.ANNOUNCE


def _modal(place: Place, thing: Hit) -> Hit | None:
    """The word of future or leave that governs an undertaking."""
    marked = place.marked
    begin = max(place.part_at(thing.first)[0], thing.first - _MODAL_REACH)
    for key in ("future", "may"):
        inside = next(marked.of("words", key, thing.first, thing.last + 1), None)
        if inside:
            return inside
    found = [
        hit for key in ("future", "may") for hit in marked.of("words", key, begin, thing.first)
    ]
    if not found:
        return None
    modal = max(found, key=lambda hit: hit.first)
    between = range(modal.last + 1, thing.first)
    if any(marked.tokens[n].form in {",", ";", ":", ".", "(", ")"} for n in between):
        return None
    if any(marked.at("clause", n) for n in between):
        return None
    return modal


def _concluded(place: Place, used: set[Span]) -> Iterator[Found]:
    """What the writer concludes: "signaling a moratorium on air strikes"."""
    marked = place.marked
    for sign in marked.of("words", "inference", *place.span):
        end = min(sign.last + 8, place.span[1])
        thing = next(marked.of_table("undertakings", sign.last + 1, end), None)
        if thing is None or (thing.first, thing.last) in used or thing.key == "consent":
            continue
        used.add((thing.first, thing.last))
        means = next(
            marked.of_table("means", thing.last + 1, min(thing.last + 5, place.span[1])), None
        )
        for owner in place.leads(sign):
            if is_party(owner.acting):
                yield Found(
                    act=Act.ANNOUNCE,
                    sign=(thing.first, means.last if means else thing.last),
                    voice=owner.voice,
                    mention=owner.mention,
                    party=owner.party,
                    frame=place.frame_at(sign.first),
                    sentence=place.number,
                    scope=(sign.first, place.clause((thing.first, thing.last))[1]),
                    rule="the writer concludes it from what was done",
                    kind=UndertakingKind(thing.key),
                    kind_at=(thing.first, thing.last),
                    negation=place.negation((thing.first, thing.last)),
                    inferred=(sign.first, sign.last),
                )


def _owned(place: Place, used: set[Span]) -> Iterator[Found]:
    """ "Russia's unilateral pause": a restraint that is said to be somebody's."""
    scene, marked = place.scene, place.marked
    for one in scene.within(*place.span):
        if not one.possessive or not is_party(one):
            continue
        reach = min(one.last + 2 + _OWNED_REACH, place.span[1])
        thing = next(marked.of("undertakings", "restraint", one.last + 2, reach), None)
        if thing is None or (thing.first, thing.last) in used:
            continue
        used.add((thing.first, thing.last))
        yield Found(
            act=Act.ANNOUNCE,
            sign=(one.last + 2, thing.last),
            voice=Who((one,), (one.first, one.last)),
            mention=one,
            sentence=place.number,
            scope=(one.last + 1, min(thing.last + _OWNED_SCOPE, place.span[1])),
            rule="it is called somebody's own",
            kind=UndertakingKind.RESTRAINT,
            kind_at=(thing.first, thing.last),
        )
