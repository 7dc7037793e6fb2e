"""Whose a grant is: who gives it, with whom, and who is said not to have given it."""

from __future__ import annotations

from safeconduct.wire.commitments import can_give
from safeconduct.wire.draft import Act
from safeconduct.wire.mentions import UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_party, is_relief
from safeconduct.wire.scene import Who, actors_of


def is_of_others(place: Place, giver: Mention) -> bool:
    """Whether an organ without a name is set apart by a word before it: "the local authorities".

    Whose it is stands nowhere then, and a grant is not given to whoever was named last.
    """
    marked, before = place.marked, giver.first - 1
    if giver.person or giver.actor_at != (giver.first, giver.last) or before < place.span[0]:
        return False
    if not marked.grammar(giver.first).capitals:
        return False  # there nothing but its place tells a name from a word
    token = marked.tokens[before]
    known = ("article", "preposition", "and", "clause", "auxiliary", "by", "definite", "indefinite")
    return (
        not marked.tokens[giver.first].is_capital
        and token.is_word
        and not token.is_capital
        and not any(marked.at(key, before) for key in known)
    )


def givers(place: Place, hit: Hit, act: Act, thing: Hit | None) -> list[Owner]:
    """Whose grant it is; with "with" and "between" the others who are named behind it, too."""
    scene, marked = place.scene, place.marked
    end = place.part_at(hit.first)[1]
    if marked.at("may", hit.first):
        # "The lorries may carry flour": who may is not who lets; in public it is an offer.
        return place.authors() if scene.addressed is not None else []
    if act is Act.ACCEPT and (two := _between(place, hit)):
        return two
    found = place.owners(hit, passive=True)
    if act is Act.ANNOUNCE and place.is_passive(hit) and _is_of_relief_voice(place, hit, found):
        return []  # "the pause was extended, the UN said": it does not say by whom
    if marked.at("from", hit.last) and hit.last > hit.first:
        near = [one for one in scene.starting(hit.last + 1, min(hit.last + 5, end)) if one.actor]
        frame = place.frame_at(hit.first)
        if not near:
            return []
        if frame is not None:
            return [Owner(frame.who, actors_of(frame.who)[0], near[0])]
        return [Owner(Who((near[0],), (near[0].first, near[0].last)), near[0])]
    been = place.is_passive(hit) or any(marked.at("be", n) for n in range(hit.first, hit.last))
    passive_with = been and hit.last + 1 < end and marked.at("with", hit.last + 1)
    is_with = marked.at("with", hit.last) or passive_with
    if act is Act.ACCEPT and (is_with or marked.at("between", hit.last)):
        near = [one for one in scene.within(hit.last + 1, min(hit.last + 9, end)) if one.actor]
        if not near:
            return found if is_with else []
        many = scene.together(near[0])
        if len(many) == 1 and marked.at("between", hit.last):
            many = (*many, *_and_whom(place, near[0], end))
        who = Who(many, (many[0].first, many[-1].last))
        if marked.at("between", hit.last):
            return [Owner(who, one) for one in actors_of(who)]
        frame = place.frame_at(hit.first)
        if frame is None:
            return found + [Owner(who, one) for one in actors_of(who)]
        own = actors_of(frame.who)[0]
        return [Owner(frame.who, own)] + [Owner(frame.who, own, one) for one in actors_of(who)]
    if not found and act in (Act.GUARANTEE, Act.CONSENT) and place.frame_at(hit.first) is None:
        return place.authors()
    if not found and act in (Act.GUARANTEE, Act.CONSENT) and place.negation((hit.first, hit.last)):
        return _of_last(place, hit)
    if not found and act is Act.ANNOUNCE and thing is not None:
        last = scene.author or scene.last
        if place.frame_at(hit.first) is None and not can_give(place, last):
            one = Mention(hit.first, hit.last, UNKNOWN, (hit.first, hit.last))
            return [Owner(Who((one,), (hit.first, hit.last), False), one)]
        if last is not None:
            return [Owner(Who(last.mentions, last.at, False), one) for one in actors_of(last)]
    return found


def _between(place: Place, hit: Hit) -> list[Owner]:
    """The two named before a pact: "between A and B an agreement was reached"."""
    marked, scene = place.marked, place.scene
    begin = place.clause((hit.first, hit.last))[0]
    for index in range(hit.first - 1, begin - 1, -1):
        if not marked.at("between", index):
            continue
        near = next(scene.starting(index + 1, min(index + 3, hit.first)), None)
        many = scene.together(near) if near is not None and near.actor else ()
        who = Who(many, (many[0].first, many[-1].last)) if len(many) > 1 else None
        return [Owner(who, one) for one in actors_of(who)] if who else []
    return []


def _is_of_relief_voice(place: Place, hit: Hit, found: list[Owner]) -> bool:
    frame = place.frame_at(hit.first)
    return (
        frame is not None
        and all(is_relief(one.acting) for one in found)
        and place.scene.agent(hit, place.part_at(hit.first)[1]) is None
    )


def _of_last(place: Place, hit: Hit) -> list[Owner]:
    """Who spoke or acted last, as the one who did not give: "the letters have not been issued"."""
    last = place.scene.last
    if place.frame_at(hit.first) is not None or not can_give(place, last) or last is None:
        return []
    who = Who(last.mentions, (hit.first, hit.last), False)
    return [Owner(who, one) for one in actors_of(who)]


def not_with(place: Place, hit: Hit) -> list[Owner]:
    """Who was not asked, where nobody is said to have agreed: "had not been agreed with Baku"."""
    scene, end = place.scene, place.part_at(hit.first)[1]
    if not place.marked.at("with", hit.last) or place.frame_at(hit.first) is not None:
        return []
    near = next(scene.starting(hit.last + 1, min(hit.last + 4, end)), None)
    if near is None or not is_party(near):
        return []
    subject = scene.subject(hit, *place.part_at(hit.first), None)
    if (
        subject is not None
        and subject.sure
        and not place.is_passive(hit)
        and near in subject.mentions
    ):
        return []
    return [Owner(Who((near,), (near.first, near.last)), near)]


def _and_whom(place: Place, one: Mention, end: int) -> tuple[Mention, ...]:
    """The other party of "between A, which ..., and B"."""
    for other in place.scene.starting(one.last + 1, min(one.last + 12, end)):
        before = other.first - 1
        while place.marked.tokens[before].form in place.marked.forms("article"):
            before -= 1
        if other.actor and place.marked.at("and", before):
            return (other,)
    return ()
