"""Every other act that somebody does by speaking: its sign, whose it is, whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safeconduct.vocabulary.acts import Usability
from safeconduct.wire.commitments import can_give
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import OTHERS, UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_party, is_relief
from safeconduct.wire.scene import Who, actors_of

SILENCE = "silence"
_PASSIVES = frozenset(
    {Act.REJECT, Act.REQUEST, Act.SUSPEND, Act.WITHDRAW, Act.CONFIRM, Act.CONDITION, Act.DEMAND}
    | {Act.ALLEGE, Act.WELCOME, Act.NARROW, Act.DENY, Act.FORECAST}
)
_ASKED_REACH = 8
_BESIDE = 8
_BOTH = 2
_ELLIPTIC, _ASKED_BEFORE = 3, 60


def spoken_in(place: Place) -> Iterator[Found]:
    """The acts of speech in a sentence, beside its grants."""
    judged: dict[str, int] = {}
    for hit in place.signs:
        if hit.table == "acts" and (place.is_denied(hit) or _is_restraint(place, hit)):
            continue
        if hit.table == "acts" and not place.supposed(hit):
            yield from _act(place, hit)
        elif (
            hit.table == "judgements"
            and hit.first >= judged.get(hit.key, 0)
            and not place.supposed(hit)
        ):
            for one in _judged(place, hit):
                judged[hit.key] = one.scope[1]  # a clause judges once
                yield one
    yield from _unreplied(place)
    yield from _musts(place)
    yield from _mutual(place)


def _is_restraint(place: Place, hit: Hit) -> bool:
    """Whether what will be suspended is fire: "would suspend its operations" is an offer."""
    if hit.key != Act.SUSPEND.value:
        return False
    things = place.marked.of("undertakings", "restraint", *place.span)
    return place.marked.has("future", place.part_at(hit.first)[0], hit.first + 1) and any(
        one.first <= hit.last and hit.first <= one.last and one.last > one.first for one in things
    )


def _unreplied(place: Place) -> Iterator[Found]:
    """A verb of answering that is negated: "neither A nor B had responded", "never replied"."""
    for hit in place.marked.of("words", "replies", *place.span):
        held = any(one.first <= hit.last and hit.first <= one.last for one in place.signs)
        negated = place.negation((hit.first, hit.last)) is not None
        if negated and not held and not place.supposed(hit):
            yield from _silent(place, hit)


def _mutual(place: Place) -> Iterator[Found]:
    """ "Each side blames the other": said by both parties that the text named last."""
    for hit in place.marked.of("words", "mutual", *place.span):
        named = {one.actor: one for one in place.scene.within(*place.span) if is_party(one)}
        if not named and len(place.scene.sides) == _BOTH:
            # "The sides blame each other": the two that the text speaks of.
            every = (one for one in place.scene.mentions if one.actor in place.scene.sides)
            named = {one.actor: replace(one, person=None, office=None) for one in every}
        if len(named) < _BOTH:
            before = reversed(list(place.scene.within(0, place.span[0])))
            for one in before:
                if is_party(one) and len(named) < _BOTH:
                    named.setdefault(one.actor, one)
        if len(named) < _BOTH or place.supposed(hit):
            return
        for one in list(named.values())[:_BOTH]:
            yield Found(
                act=Act.ALLEGE,
                sign=(hit.first, hit.last),
                voice=Who((one,), (hit.first, hit.last), False),
                mention=one,
                sentence=place.number,
                scope=place.clause((hit.first, hit.last)),
                rule="each says it of the other",
                takes_fields=False,
            )
        return


def _act(place: Place, hit: Hit) -> Iterator[Found]:
    if hit.key == SILENCE:
        yield from _silent(place, hit)
        return
    act = Act(hit.key)
    if act is Act.ACKNOWLEDGE and place.marked.has("negation", hit.last + 1, hit.last + 2):
        return  # "has received no reply"
    if act is Act.POSITION and _is_asked_for(place, hit):
        return
    for owner in _owners(place, hit, act):
        one = _act_of(place, hit, act, owner)
        if one is not None:
            yield one


def _is_asked_for(place: Place, hit: Hit) -> bool:
    """Whether a principle is what is asked or demanded: "asked that all go freely"."""
    begin = place.clause((hit.first, hit.last))[0]
    asks = (Act.REQUEST.value, Act.DEMAND.value)
    return any(one.key in asks and begin <= one.first < hit.first for one in place.signs)


def _act_of(place: Place, hit: Hit, act: Act, owner: Owner) -> Found | None:
    negation = _negation(place, hit, act)
    if act is Act.DEMAND and is_relief(owner.acting):
        act = Act.REQUEST
    elif act is Act.REQUEST and place.marked.has("urges", hit.first, hit.last + 1):
        act = _urged(place, hit, owner)
    inside = next(place.marked.of("words", "negation", hit.first, hit.last + 1), None)
    within = inside is not None and inside.first == inside.last
    if act is Act.REJECT and is_relief(owner.acting) and within:
        return None  # what relief says would not do is no refusal of its own
    if is_relief(owner.acting) and act in (Act.WITHDRAW, Act.SUSPEND):
        # Relief gives no offer that it could take back: what it calls off is its own movement.
        negation = (hit.first, hit.last) if act is Act.WITHDRAW else negation
        act = Act.DO
    clause = place.clause((hit.first, hit.last))
    asks = act in (Act.REQUEST, Act.DEMAND)
    return Found(
        act=act,
        sign=(hit.first, hit.last),
        voice=owner.voice,
        mention=owner.mention,
        party=owner.party,
        frame=place.frame_at(hit.first),
        sentence=place.number,
        scope=clause,
        rule=f"the words say {act.value}",
        negation=negation,
        answers=_pointing(place, hit, clause),
        to=_asked(place, hit, owner) if asks else [],
    )


def _urged(place: Place, hit: Hit, owner: Owner) -> Act:
    """What a party urges its adversary to do, it demands; relief only asks."""
    if not is_party(owner.acting) and owner.acting.role != "political":
        return Act.REQUEST
    whom = _asked(place, hit, owner)
    return Act.DEMAND if any(is_party(one) for one in whom) else Act.REQUEST


def _owners(place: Place, hit: Hit, act: Act) -> list[Owner]:
    """Whose it is; an allegation, a position, an expectation is of the voice that tells it."""
    if act in (Act.ALLEGE, Act.SUSPEND) and next(
        (
            one
            for one in place.marked.of_table("undertakings", hit.first - 2, hit.last + 1)
            if one.first < hit.first <= one.last
        ),
        None,
    ):
        return []  # "would stop firing at ten"
    found = place.owners(hit, passive=act in _PASSIVES)
    frame = place.frame_at(hit.first)
    if act is Act.ALLEGE and (place.marked.has("mutual", *place.clause((hit.first, hit.last)))):
        return []
    if act is Act.ALLEGE and frame is None and _is_blamed(place, hit):
        return found if place.scene.agent(hit, place.span[1]) else [_nobody(hit)]
    if frame is not None and not frame.going_on and act in (Act.ALLEGE, Act.POSITION):
        return [Owner(frame.who, one) for one in actors_of(frame.who)]
    if act in _PASSIVES and not found and act is not Act.REQUEST and frame is not None:
        return [Owner(frame.who, one) for one in actors_of(frame.who)]
    unasked = act is Act.REQUEST and place.is_passive(hit)
    if unasked and place.scene.agent(hit, place.part_at(hit.first)[1]) is None:
        if frame is not None:
            return []
        found = place.authors()
    if act is Act.REQUEST and not found and frame is None and (last := place.scene.last):
        who = Who(last.mentions, (hit.first, hit.last), False)
        return [Owner(who, one) for one in actors_of(who)]
    if act is Act.ALLEGE and frame is None and not _accuses(place, hit):
        return []
    if not found and frame is None and not (act in _PASSIVES and place.is_passive(hit)):
        found = place.authors() or place.elliptic(hit)
    elif not found and frame is None:
        passive = place.is_passive(hit)
        near = {
            one.actor: one
            for one in place.scene.within(*place.span)
            if is_party(one) and not (passive and place.scene.is_oblique(one))
        }
        if len(near) == 1:
            found = [Owner(Who((o,), (o.first, o.last), False), o) for o in near.values()]
        elif passive and not near:
            found = _of_last(place, hit)
    if act is Act.CONDITION and not found and frame is None:
        last = place.scene.last
        either = place.marked.grammar(hit.first).subject is Subject.EITHER
        if either and last is not None and can_give(place, last):
            return [Owner(Who(last.mentions, last.at, False), one) for one in actors_of(last)]
        return [_nobody(hit)]
    return [one for one in found if one.acting.actor or one.acting.person or one.acting.office]


def _of_last(place: Place, hit: Hit) -> list[Owner]:
    """Who acted last in the paragraph, where a passive names nobody: "the trip was called off"."""
    last, sentences = place.scene.last, place.marked.sentences
    cased = place.marked.grammar(hit.first).oblique
    if last is None or not cased:
        return []
    before = sentences[place.marked.sentence(last.at[0])]
    if before.paragraph != sentences[place.number].paragraph:
        return []
    who = Who(last.mentions, (hit.first, hit.last), False)
    return [Owner(who, one) for one in actors_of(who)]


def _is_blamed(place: Place, hit: Hit) -> bool:
    """Whether its subject is the one that is accused: "X is blamed", "X got the blame"."""
    marked = place.marked
    begin = max(place.span[0], hit.first - 1)
    return any(one.last >= hit.first for one in marked.of("words", "blamed", begin, hit.last + 1))


def _nobody(hit: Hit) -> Owner:
    one = Mention(hit.first, hit.last, UNKNOWN, (hit.first, hit.last))
    return Owner(Who((one,), (hit.first, hit.last), False), one)


def _accuses(place: Place, hit: Hit) -> bool:
    """Whether the sign is the accusing itself; else it is the deed that is laid at a door."""
    return place.marked.has("accuses", hit.first, hit.last + 1)


def _negation(place: Place, hit: Hit, act: Act) -> Span | None:
    """What negates an act; a negation that is a part of its sign does not."""
    inside = next(place.marked.of("words", "negation", hit.first, hit.last + 1), None)
    found = place.negation((hit.first, hit.last))
    if found is None or inside is not None or act in (Act.POSITION, Act.DECLINE):
        return None
    if act is Act.DENY and found[0] > hit.last:
        return None  # "denies that it accepted anything"
    return found


def _pointing(place: Place, hit: Hit, clause: Span) -> Span | None:
    marked = place.marked
    near = next(marked.of("words", "answer-back", hit.first, min(hit.last + 8, clause[1])), None)
    return (near.first, near.last) if near else None


def _asked(place: Place, hit: Hit, owner: Owner) -> list[Mention]:
    """Whom a request or demand asks: who is named in it, or right behind it."""
    end = min(hit.last + _ASKED_REACH, place.part_at(hit.first)[1])
    near = [
        one
        for one in place.scene.within(hit.first, end)
        if one.actor and one.actor != owner.acting.actor and not one.possessive
    ]
    if not near:
        return []
    return list(actors_of(Who(place.scene.together(near[0]), (0, 0))))


def _silent(place: Place, hit: Hit) -> Iterator[Found]:
    """No answer came: an acceptance that was not given."""
    inside = next(place.marked.of("words", "negation", hit.first, hit.last + 1), None)
    negation = (inside.first, inside.last) if inside else place.negation((hit.first, hit.last))
    at = negation or (hit.first, hit.last)
    owners = place.owners(hit) or place.elliptic(hit)
    if place.marked.has("awaits", hit.first, hit.last + 1):
        owners = _awaited(place, hit) or _theirs(place, hit) or place.elliptic(hit)
    clause = place.clause((hit.first, hit.last))
    if place.marked.at("neither", clause[0]) and (both := _two_before(place, clause[0])):
        owners = both
    if not any(is_party(one.acting) or one.acting.role == OTHERS for one in owners):
        named = {one.actor: one for one in place.scene.within(*clause) if is_party(one)}
        owners = [Owner(Who((one,), (one.first, one.last)), one) for one in named.values()]
        owners = owners or _before_comma(place, clause[0]) or _asked_last(place, hit)
    for owner in owners:
        if is_party(owner.acting) or owner.acting.role == OTHERS:
            yield Found(
                act=Act.ACCEPT,
                sign=(min(hit.first, at[0]), hit.last),
                voice=owner.voice,
                mention=owner.mention,
                party=owner.party,
                frame=place.frame_at(hit.first),
                sentence=place.number,
                scope=place.clause((hit.first, hit.last)),
                rule="no answer came",
                negation=at,
                told=False,
                answers=(hit.first, hit.last),
                takes_fields=False,
            )


def _asked_last(place: Place, hit: Hit) -> list[Owner]:
    """Whose answer is wanting in "No answer so far": the party that the paragraph named last."""
    first = place.span[0]
    if hit.first - first > _ELLIPTIC or place.frame_at(hit.first) is not None:
        return []
    paragraph = place.marked.sentences[place.number].paragraph
    before = reversed(list(place.scene.within(max(0, first - _ASKED_BEFORE), first)))
    for one in before:
        number = place.marked.sentence(one.first)
        if place.marked.sentences[number].paragraph != paragraph:
            return []
        if is_party(one):
            return [Owner(Who((one,), (hit.first, hit.last), False), one)]
    return []


def _two_before(place: Place, begin: int) -> list[Owner]:
    """Whom "neither" means, where nobody is named behind it: the two parties named last."""
    if any(is_party(one) for one in place.scene.within(begin, place.span[1])):
        return []
    named: dict[str | None, Mention] = {}
    for one in reversed(list(place.scene.within(max(0, begin - _ASKED_BEFORE), begin))):
        if is_party(one) and len(named) < _BOTH:
            named.setdefault(one.actor, one)
    if len(named) < _BOTH:
        return []
    return [Owner(Who((one,), (begin, begin), False), one) for one in named.values()]


def _before_comma(place: Place, begin: int) -> list[Owner]:
    """The parties right before a clause on them: "A and B, neither of which has replied"."""
    near = list(place.scene.within(max(place.span[0], begin - _BESIDE), begin))
    if not near or not is_party(near[-1]):
        return []
    many = place.scene.together(near[-1])
    return [
        Owner(Who(many, (many[0].first, many[-1].last)), one)
        for one in actors_of(Who(many, (0, 0)))
    ]


def _awaited(place: Place, hit: Hit) -> list[Owner]:
    """Whose answer somebody waits for: who is named behind the word of waiting."""
    end = place.clause((hit.first, hit.last))[1]
    near = next((one for one in place.scene.starting(hit.first, end) if is_party(one)), None)
    if near is None:
        return []
    who = Who(place.scene.together(near), (near.first, near.last))
    return [Owner(who, one) for one in actors_of(who)]


def _theirs(place: Place, hit: Hit) -> list[Owner]:
    """Whose answer "their answer" is: of whom the text spoke last."""
    last = place.scene.last
    if last is None or not any(place.marked.at("owns", n) for n in range(hit.first, hit.last + 1)):
        return []
    who = Who(last.mentions, (hit.first, hit.last), False)
    return [Owner(who, one) for one in actors_of(who)]


def _judged(place: Place, hit: Hit) -> Iterator[Found]:
    """How a relief actor judges an offer."""
    clause = place.clause((hit.first, hit.last))
    frame = place.frame_at(hit.first)
    owners = place.owners(hit) or place.elliptic(hit)
    if frame is not None:
        owners = [Owner(frame.who, one) for one in actors_of(frame.who)]
    elif not any(is_relief(one.mention) for one in owners):
        owners = [one for one in place.authors() if is_relief(one.mention)] or owners
    for owner in owners:
        if not is_relief(owner.mention) and owner.mention.role not in ("political", "media"):
            continue
        result = Usability(hit.key)
        lacks = _lacking(place, hit, clause) if result is Usability.LACKS else None
        if result is Usability.LACKS and lacks is None:
            continue
        yield Found(
            act=Act.ASSESS,
            sign=(hit.first, hit.last),
            voice=owner.voice,
            mention=owner.mention,
            frame=frame,
            sentence=place.number,
            scope=clause,
            rule=f"a relief actor judges: {result.value}",
            result=result,
            lacks=lacks,
            answers=(hit.first, hit.last),
            takes_fields=False,
        )


def _lacking(place: Place, hit: Hit, clause: Span) -> Span | None:
    """What is lacking: the words behind the sign, or those before it in the passive."""
    marked = place.marked
    named = next(marked.of("words", "lacked", hit.first, min(hit.last + 10, clause[1])), None)
    if named is not None:
        return named.first, named.last
    first = hit.last + 1
    before = marked.forms("article") | marked.forms("indefinite") | {":"}
    while first < clause[1] and marked.tokens[first].form in before:
        first += 1
    last = first
    while last < clause[1] and last - first < 12:
        if not (marked.tokens[last].is_word or marked.tokens[last].is_number):
            break
        if (
            marked.at("pronoun", last)
            or marked.at("first-person", last)
            or marked.at("clause", last)
        ):
            break
        last += 1
    if last > first:
        while last - 1 > first and marked.at("preposition", last - 1):
            last -= 1
        return first, last - 1
    begin = clause[0]
    return (begin, hit.first - 1) if hit.first > begin else None


def _musts(place: Place) -> Iterator[Found]:
    """ "The truce must be revived": asked by a relief actor; a principle where it is negated."""
    marked = place.marked
    taken = [(one.first, one.last) for one in place.signs if one.table != "grants"]
    for hit in marked.of("words", "must", *place.span):
        frame = place.frame_at(hit.first)
        if frame is None or place.supposed(hit):
            continue
        end = min(hit.last + 3, place.span[1])
        if end - 1 <= hit.last or not marked.tokens[hit.last + 1].is_word:
            continue
        if any(first < end and hit.first <= last for first, last in taken):
            continue
        for one in actors_of(frame.who):
            if not is_relief(one) and one.role != "political":
                continue
            subject = place.scene.subject(hit, *place.part_at(hit.first), frame.who)
            near = subject is not None and not any(
                marked.at("clause", n) for n in range(subject.at[1] + 1, hit.first)
            )
            others = (
                [m for m in actors_of(subject) if m.actor != one.actor] if near and subject else []
            )
            negation = next(marked.of("words", "negation", hit.last + 1, hit.last + 2), None)
            yield Found(
                act=Act.POSITION if negation else Act.REQUEST,
                sign=(hit.first, min(hit.last + 2, place.span[1] - 1)),
                voice=frame.who,
                mention=one,
                frame=frame,
                sentence=place.number,
                scope=place.clause((hit.first, hit.last)),
                rule="what must be, said by who cannot order it",
                to=[] if negation else [m for m in others if m.actor],
            )


def is_answer(found: Found) -> bool:
    """Whether an act answers another one."""
    return found.act in {
        *(Act.REJECT, Act.ACCEPT, Act.CONDITION, Act.CONFIRM, Act.NARROW, Act.WITHDRAW),
        *(Act.DISOWN, Act.DENY, Act.WELCOME, Act.ASSESS),
    }
