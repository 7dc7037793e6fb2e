"""What somebody says will be, or may be, without a verb of giving; and what a writer concludes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Span
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_party
from safeconduct.wire.scene import Who, actors_of

_MODAL_REACH = 8
_CONTENT = 14
_SIGNS = frozenset({",", ";", ":", "(", ")"})
_OWNED_REACH = 4
_OWNED_SCOPE = 7


def committed(place: Place, used: set[Span], told: Sequence[Found]) -> Iterator[Found]:
    """ "It would stop firing", "rebels may leave": what will be, said by who can see to it.

    What a verb of giving says already ("promised that no truck would be stopped") is `told`.
    """
    marked = place.marked
    taken_by: set[tuple[str | None, str]] = set()
    governed: set[int] = set()
    for thing in marked.of_table("undertakings", *place.span):
        if (thing.first, thing.last) in used or thing.key == "consent":
            continue
        modal = _modal(place, thing) or _obliged(place, thing)
        if modal is None or modal.first in governed or place.supposed(modal):
            continue
        if place.is_denied(modal):
            continue
        if marked.has("so-that", place.part_at(modal.first)[0], modal.first):
            continue  # a purpose of another act
        if any(_tells(place, one, modal) for one in told) or _is_of_another_act(place, modal):
            continue
        clause = place.clause((modal.first, thing.last))
        frame = place.frame_at(thing.first)
        owners = _agents(place, modal, thing) or place.owners(modal, tells=thing.key == "passage")
        pact = _by_pact(place, modal)
        told_on = [] if frame or place.scene.author else _told_on(place, modal, thing, owners)
        if thing.key == "passage" and frame is None:
            told_on = told_on or place.authors()  # "aid convoys may enter", in a party's paper
        for owner in told_on or owners or place.authors():
            giver = owner.mention if thing.key == "passage" else owner.acting
            if frame is not None and not is_party(giver) and is_party(owner.mention):
                giver = owner.mention
            if not is_party(giver) or (giver.actor, thing.key) in taken_by:
                continue
            if (
                thing.key == "passage"
                and frame is None
                and place.scene.author is None
                and not told_on
            ):
                continue
            taken_by.add((giver.actor, thing.key))
            governed.add(modal.first)
            used.add((thing.first, thing.last))
            party = owner.party if owner.party is not None and is_party(owner.party) else None
            if thing.key == "passage" and party is not None and is_party(owner.mention):
                party = None  # who may pass does not give the passage
            yield Found(
                act=Act.ACCEPT if pact else _strength(place, modal, thing, owner),
                sign=(min(modal.first, thing.first), max(thing.last, modal.last)),
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
                inferred=inferred(place, modal.first),
            )


def _tells(place: Place, one: Found, modal: Hit) -> bool:
    """Whether a verb of giving stands before a modal that only tells what is given."""
    marked = place.marked
    between = range(one.sign[1] + 1, modal.first)
    return (
        one.kind is not None
        and one.sign[0] < modal.first
        and len(between) <= _CONTENT
        and not any(marked.at("and", n) or marked.tokens[n].form in _SIGNS for n in between)
    )


def _is_of_another_act(place: Place, modal: Hit) -> bool:
    """Whether the modal is a part of another act: "would not hear of a truce"."""
    undone = place.marked.of("facts", "not-done", *place.span)
    if any(one.first <= modal.first <= one.last for one in undone):
        return True
    return any(
        one.table == "acts" and one.first <= modal.first <= one.last and one.last > one.first
        for one in place.signs
    )


def _told_on(place: Place, modal: Hit, thing: Hit, owners: Sequence[Owner]) -> list[Owner]:
    """Who spoke last, where the writer goes on telling what he said: "there would be a pause"."""
    marked, last = place.marked, place.scene.last
    if last is None or not marked.has("indirect", modal.first, modal.last + 1):
        return []
    of_others = any(is_party(one.acting) and one.voice.sure for one in owners)
    if (of_others and thing.key != "passage") or not can_give(place, last):
        return []
    who = Who(last.mentions, (modal.first, modal.last), False)
    return [Owner(who, one) for one in actors_of(who)]


def can_give(place: Place, last: Who | None) -> bool:
    """Whether who spoke or acted last is a party, and did so in the same paragraph."""
    if last is None or not all(is_party(one) for one in last.mentions):
        return False
    sentences, at = place.marked.sentences, place.marked.sentence(last.at[0])
    return sentences[at].paragraph == sentences[place.number].paragraph


def _agents(place: Place, modal: Hit, thing: Hit) -> list[Owner]:
    """Who will do it in the passive: "buses will be sent by the army"."""
    if thing.key != "deed" or not any(
        place.marked.at("be", n) for n in range(modal.last + 1, thing.last)
    ):
        return []
    who = place.scene.agent(thing, place.part_at(thing.first)[1])
    return [Owner(who, one) for one in actors_of(who)] if who else []


def _by_pact(place: Place, modal: Hit) -> bool:
    """Whether it will be "under the deal": then who will do it has accepted so."""
    marked = place.marked
    begin = place.part_at(modal.first)[0]
    if not marked.has("by-pact", begin, modal.first) or marked.has(
        "may", modal.first, modal.last + 1
    ):
        return False
    firm = marked.text(modal.first, modal.last).casefold() != "would"
    return firm and not marked.has("unsettled", begin, place.span[1])


def _obliged(place: Place, thing: Hit) -> Hit | None:
    """The thing itself, where a deal obliges to it: "under the deal both cease firing"."""
    begin = place.part_at(thing.first)[0]
    pact = next(place.marked.of("words", "by-pact", begin, thing.first), None)
    if pact is None or thing.key == "consent" or place.frame_at(thing.first) is not None:
        return None
    return thing if pact.last < thing.first else None


def _before(place: Place, modal: Hit) -> Span | None:
    """A negation before the verb; one within what is undertaken ("not fire") is a part of it."""
    marked = place.marked
    found = place.negation((modal.first, modal.first))
    if found is None and modal.last + 1 < place.span[1] and marked.at("negation", modal.last + 1):
        found = (modal.last + 1, modal.last + 1)
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
        and place.scene.addressed is not None
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
        return _behind(place, thing)
    modal = max(found, key=lambda hit: hit.first)
    between = range(modal.last + 1, thing.first)
    if any(marked.tokens[n].form in {",", ";", ":", ".", "(", ")"} for n in between):
        return None
    if any(marked.at("clause", n) for n in between):
        return None
    return modal


def _behind(place: Place, thing: Hit) -> Hit | None:
    """The word of future behind a noun: "a corridor from X would be open"."""
    marked = place.marked
    end = min(thing.last + _MODAL_REACH, place.part_at(thing.first)[1])
    for key in ("future", "may"):
        for modal in marked.of("words", key, thing.last + 1, end):
            ahead = min(modal.last + _MODAL_REACH, end)
            if next(marked.of_table("undertakings", modal.last + 1, ahead), None):
                return None  # it governs what stands behind it
            between = range(thing.last + 1, modal.first)
            if not any(
                marked.tokens[n].form in {",", ";", ":"} or marked.at("clause", n) for n in between
            ):
                return modal
    return None


def concluded(place: Place, used: set[Span]) -> Iterator[Found]:
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


def owned(place: Place, used: set[Span]) -> Iterator[Found]:
    """ "Russia's unilateral pause": a restraint that is said to be somebody's."""
    scene, marked = place.scene, place.marked
    for one in scene.within(*place.span):
        if not one.possessive or not is_party(one):
            continue
        things = marked.of("undertakings", "restraint", one.last + 2, place.span[1])
        thing = next(things, None)
        if (
            thing is None
            or thing.first > one.last + 1 + _OWNED_REACH
            or (thing.first, thing.last) in used
        ):
            continue
        used.add((thing.first, thing.last))
        end = min(thing.last + _OWNED_SCOPE, place.span[1])
        # "Russia's pause to send aid": what others would use it for is no part of it.
        end = next((n for n in range(thing.last + 1, end) if marked.at("infinitive", n)), end)
        yield Found(
            act=Act.ANNOUNCE,
            sign=(one.last + 2, thing.last),
            voice=Who((one,), (one.first, one.last)),
            mention=one,
            sentence=place.number,
            scope=(one.last + 1, end),
            rule="it is called somebody's own",
            kind=UndertakingKind.RESTRAINT,
            kind_at=(thing.first, thing.last),
            again=True,
        )


def inferred(place: Place, index: int) -> Span | None:
    """The words before a place by which the writer concludes it."""
    begin = place.part_at(index)[0]
    near = list(place.marked.of("words", "inference", begin, index))
    if not near or place.marked.quoted(near[-1].first):
        return None
    return near[-1].first, near[-1].last
