"""What was undertaken: announced, guaranteed, consented to, accepted; each with its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.commitments import committed, concluded, inferred, owned
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.givers import givers, is_of_others, not_with
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import OTHERS, UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_party, is_relief, nearest
from safeconduct.wire.scene import Who, actors_of

_AFTER, _BEFORE = 18, 20
_PLAN_REACH = 13
_MEANT_REACH = 6
_APART, _BESIDE = 14, 6
_MUST_REACH, _WHEN_REACH = 6, 5
_COMMAS = frozenset({",", ";", ":", "(", "—", "–"})
_NEAR = 7
_NOUN_REACH = 4  # "its approval of the plan"
_ENDINGS = frozenset({Act.SUSPEND.value, Act.WITHDRAW.value})
# Acts whose words may hold what is given ("nobody will fire before ..."), and end nothing.
_BESIDES = frozenset({Act.CONDITION.value, Act.ALLEGE.value, Act.FORECAST.value})
_PACT_REACH = 16
_PACT_BEFORE = 10


def grants_in(place: Place) -> Iterator[Found]:
    """The grants that a sentence tells of."""
    used: set[Span] = set()
    given: list[Found] = []
    told = list(concluded(place, used))
    yield from told
    for hit in place.signs:
        if any(one.scope[0] <= hit.first < one.scope[1] for one in told):
            continue
        if hit.table != "grants" or place.supposed(hit) or place.is_denied(hit):
            continue
        if _only_tells(place, hit) or _only_says(place, hit):
            continue
        if not _unmade(place, hit):
            for found in _given(place, hit):
                if found.kind_at:
                    used.add(found.kind_at)
                given.append(found)
                yield found
    yield from committed(place, used, given)
    yield from owned(place, used)


def _only_tells(place: Place, hit: Hit) -> bool:
    """Whether "announced" tells of what others have given: "A and B agreed, X announced"."""
    if hit.key != Act.ANNOUNCE.value:
        return False
    frames = (f for f in place.frames if f.sign and f.sign.first <= hit.first <= f.sign.last)
    return any(
        other.table == "grants" and first <= other.first < min(end, hit.first)
        for frame in frames
        for first, end in frame.parts
        for other in place.signs
    )


def _reach(place: Place, hit: Hit) -> int:
    """How far behind a yes stands what it lets in; further where its subject stands between."""
    return _AFTER if place.marked.grammar(hit.first).subject is Subject.AFTER else _NEAR


def _only_says(place: Place, hit: Hit) -> bool:
    """Whether a verb of giving is here a verb of saying: in "announced that X accepted", where
    what is said has a sign of its own.
    """
    frame = next((one for one in place.frames if one.sign and one.sign.first == hit.first), None)
    if frame is None:
        return False
    subject, begin = place.marked.grammar(hit.first).subject, frame.parts[0][0]
    opened = subject is Subject.EITHER and place.marked.has("that", hit.last + 1, begin)
    if subject is not Subject.AFTER and not opened:
        return False
    of_time = (place.marked.of("words", key, *frame.parts[0]) for key in ("future", "may"))
    return any(frame.holds(one.first) for one in place.signs) or any(
        next(hits, None) is not None for hits in of_time
    )


def _unmade(place: Place, hit: Hit) -> bool:
    """Whether a grant is only what somebody must, may or is to give: "must agree to"."""
    marked = place.marked
    if hit.key != "announce" and (_is_only_to_come(place, hit) or _is_hearsay(place, hit)):
        return True
    if hit.key != "announce" and place.frame_at(hit.first) is None and _would(place, hit):
        return True
    near = range(max(place.span[0], hit.first - _WHEN_REACH), hit.first)
    if hit.key != "announce" and any(marked.at("retold", n) for n in near):
        return True  # "kept what they had promised"
    for index in range(hit.first - 1, max(place.span[0], hit.first - 3) - 1, -1):
        if marked.at("must", index) or (marked.at("may", index) and hit.key != "announce"):
            return True
        if marked.at("infinitive", index) and not marked.at("future", index):
            return True
        if marked.at("be", index) and hit.key == "consent":
            # "Lorries will be let through": `committed` reads that.
            return marked.has("future", max(place.span[0], index - 2), index)
        if not marked.at("negation", index):
            return False
    return False


def _is_only_to_come(place: Place, hit: Hit) -> bool:
    """Whether a grant is still to come: "when X gives its consent", "had X agreed", "is to"."""
    marked = place.marked
    if marked.at("noun", hit.first) and any(
        marked.at("future", n) or (marked.at("infinitive", n) and marked.at("be", n + 1))
        for n in range(hit.first, hit.last)
    ):
        return True  # "permission has still to be given"
    begin = place.part_at(hit.first)[0]
    segment = next(
        (n + 1 for n in range(hit.first - 1, begin - 1, -1) if marked.tokens[n].form in _COMMAS),
        begin,
    )
    if marked.at("inverted", segment) and segment < hit.first - 1:
        return True
    if any(marked.at("must", n) for n in range(max(segment, hit.first - _MUST_REACH), hit.first)):
        return True
    lexicon = marked.lexicons[place.number]
    endings = lexicon.grammar.participles if lexicon else ()
    past = not endings or marked.tokens[hit.first].form.endswith(endings)
    near = range(max(segment, hit.first - _WHEN_REACH), hit.first)
    if not past and any(marked.at("till-then", n) for n in near):
        return True
    return marked.at("infinitive", hit.first - 1) and marked.at("future", hit.first - 1)


def _is_hearsay(place: Place, hit: Hit) -> bool:
    """Whether the sentence only tells of reports, hopes or ideas that it was given."""
    return place.marked.has("hearsay", place.span[0], hit.first)


def _is_plain_yes(place: Place, hit: Hit) -> bool:
    """Whether an agreement is told without anything that would move by it: it is a yes."""
    rest = (hit.last + 1, place.span[1])
    moves = (next(place.marked.of_table(one, *rest), None) for one in ("movers", "purposes"))
    mover = next(place.marked.of("roles", "mover", *rest), None)
    return place.marked.has("plain-yes", hit.first, hit.last + 1) and not any((*moves, mover))


def _would(place: Place, hit: Hit) -> bool:
    """Whether the writer tells what somebody would give, if: "would vouch for them only ..."."""
    marked = place.marked
    for index in range(hit.first, max(place.span[0], hit.first - 3) - 1, -1):
        if marked.at("future", index) and marked.tokens[index].form in marked.forms("would"):
            return True
        if index < hit.first and not marked.at("negation", index):
            return False
    return False


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
    negation = place.negation((hit.first, hit.last)) or _of_nothing(place, hit)
    if marked.has("unbarred", hit.first, hit.last + 1):
        negation = None  # "has no objection"
    elif negation is None and (
        want := next(marked.of("words", "wanting", hit.first, hit.last), None)
    ):
        negation = want.first, want.last  # "for want of their consent"
    answers = _answered(place, hit, clause)
    thing = thing or _apart(place, hit, clause)
    if marked.has("makes-pact", hit.first, hit.last + 1) and hit.last - hit.first <= 1:
        answers = _pact(place, hit)
        if act is Act.ACCEPT and answers is None:
            return
    if act is Act.ACCEPT and thing is None and answers is None:
        answers = _proposal(place, hit)
    if act is Act.ACCEPT and thing is not None and thing.key == "consent":
        if not 0 < thing.first - hit.last <= _reach(place, hit):
            thing = None
        elif len({one.acting.actor for one in givers(place, hit, act, thing)}) == 1:
            act = Act.CONSENT
    if thing is not None and _is_ended(place, hit, thing, clause):
        return
    if thing is None and act in (Act.ANNOUNCE, Act.GUARANTEE):
        thing = _unsaid(place, hit, clause) or _stretch(place, hit) or _meant_for(place, hit)
    if act is Act.CONSENT and (plan := _proposal(place, hit)):
        act, answers, thing = Act.ACCEPT, plan, None
    if act is Act.CONSENT and thing is None and _is_plain_yes(place, hit):
        act = Act.ACCEPT
    if act is Act.GUARANTEE and negation is None and _is_in_public(place, thing):
        act = Act.ANNOUNCE  # "undertook to hold fire": it promises nobody who goes
    owners = givers(place, hit, act, thing)
    alone = len({one.acting.actor for one in owners}) == 1
    together = not alone and negation is None
    if act is Act.GUARANTEE and together and not _is_to_relief(place, clause):
        act = Act.ACCEPT  # what two undertake together they have agreed
    verbal = (
        marked.at("infinitive", hit.last) or marked.grammar(hit.first).subject is not Subject.AFTER
    )
    promised = act is Act.GUARANTEE and hit.first == hit.last and not negation
    if promised and thing and thing.key == "restraint":
        act = act if _is_to_relief(place, clause) else Act.ANNOUNCE  # a truce that is promised
    if act is Act.ACCEPT and alone and verbal and thing and thing.first == hit.last + 1:
        act = Act.ANNOUNCE  # "agreed to stop": it says what it will do, and accepts nothing told
    if act is Act.ACCEPT and negation and (missed := not_with(place, hit)):
        act, owners = Act.CONSENT, missed
    if act in (Act.GUARANTEE, Act.CONSENT) and negation:
        owners = _of_nobody(place, hit, owners)
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
            inferred=inferred(place, hit.first),
            again=owner.acting.actor == UNKNOWN and not _prolongs(place, hit),
        )


def _of_nobody(place: Place, hit: Hit, owners: Sequence[Owner]) -> list[Owner]:
    """Nobody, where it is said so: "nobody vouched for their safety, X said" is no deed of X's."""
    begin, frame = place.clause((hit.first, hit.last))[0], place.frame_at(hit.first)
    named = owners and frame is None
    if (
        named
        or any(is_party(one.acting) for one in owners)
        or not (
            place.marked.has("none", begin, hit.last + 1)
            or (hit.key == Act.CONSENT.value and frame is not None and place.is_passive(hit))
        )
    ):
        return list(owners)
    one = Mention(hit.first, hit.last, UNKNOWN, (hit.first, hit.last))
    if frame is not None:
        teller = actors_of(frame.who)[0]
        return [Owner(frame.who, replace(one, person=teller.person, office=teller.office))]
    return [Owner(Who((one,), (hit.first, hit.last), False), one)]


def _prolongs(place: Place, hit: Hit) -> bool:
    return place.marked.has("extension", hit.first, hit.last + 1)


def _of_nothing(place: Place, hit: Hit) -> Span | None:
    """The "nothing" that a sentence begins with, as far as its first comma."""
    marked, first = place.marked, place.span[0]
    subject = next(marked.of("words", "none", first, first + 1), None)
    if subject is None or not marked.at("negation", first):
        return None
    comma = any(marked.tokens[n].form in _COMMAS for n in range(first, hit.first))
    return None if comma else (first, first)


def _is_to_relief(place: Place, clause: Span) -> bool:
    """Whether relief actors or their columns stand in a clause: they are promised something."""
    if next(place.marked.of("roles", "column", *clause), None) is not None:
        return True
    return any(one.role == "relief" for one in place.scene.within(*clause))


def _is_in_public(place: Place, thing: Hit | None) -> bool:
    """Whether a restraint is promised to nobody: no relief actor, no "us" and no aid is told of."""
    if thing is None or thing.key != UndertakingKind.RESTRAINT.value or place.scene.author:
        return False
    marked = place.marked
    moved = (next(marked.of("roles", key, *place.span), None) for key in ("aid", "column"))
    return not (
        _is_to_relief(place, place.span)
        or any(moved)
        or marked.has("first-person", *place.span)
        or marked.has("direct", *place.span)
    )


def _apart(place: Place, hit: Hit, clause: Span) -> Hit | None:
    """What is given behind a colon, or before "which": "it had dangled this: a road"."""
    marked = place.marked
    if clause[1] < place.span[1] and marked.tokens[clause[1]].form == ":":
        end = min(clause[1] + _APART, place.span[1])
        return next(marked.of_table("undertakings", clause[1] + 1, end), None)
    relative = any(
        marked.tokens[n].form in marked.forms("relative")
        for n in range(clause[0], min(clause[0] + 2, hit.first))
    )
    if not relative:
        return None
    begin = max(place.span[0], clause[0] - _BESIDE)
    return next(iter(reversed(list(marked.of_table("undertakings", begin, clause[0])))), None)


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
    if giver.role == OTHERS and negation is None:
        return False  # "both sides": who has given it nobody says
    if act is Act.ANNOUNCE:
        others = giver.role not in ("", "others") and negation is None
        can = (
            is_party(giver)
            or giver.actor == UNKNOWN
            or (others and thing is not None and thing.key == "restraint")
        )
        nothing = negation is not None and negation[0] > hit.last
        return (thing is not None or nothing) and can
    if is_relief(giver) or giver.actor is None or (negation is None and is_of_others(place, giver)):
        return False
    if act is Act.GUARANTEE:
        moved = next(marked.of("roles", "mover", *clause), None)
        return thing is not None or negation is not None or moved is not None
    if act is Act.CONSENT:
        moves = (next(marked.of_table(table, *clause), None) for table in ("movers", "purposes"))
        moved = next(filter(None, moves), None) or next(marked.of("roles", "mover", *clause), None)
        plain = answers is not None or marked.has("plain-yes", hit.first, hit.last + 1)
        return thing is not None or moved is not None or plain or negation is not None
    frame = place.frame_at(hit.first)
    plain_yes = frame is not None and frame.sign is None and hit.first == frame.parts[0][0]
    mutual = marked.has("plain-yes", hit.first, hit.last + 1)
    return thing is not None or answers is not None or plain_yes or mutual


def _pact(place: Place, hit: Hit) -> Span | None:
    """The pact that is reached, however much stands between."""
    end = min(hit.last + _PACT_REACH, place.span[1])
    near = next(place.marked.of("words", "pact", hit.first + 1, end), None)
    if near is None:  # "a truce was concluded by A and B", "the deal that A struck with B"
        first = max(place.span[0], hit.first - _PACT_BEFORE)
        near = next(iter(reversed(list(place.marked.of("words", "pact", first, hit.first)))), None)
    return (near.first, near.last) if near else None


def _is_ended(place: Place, hit: Hit, thing: Hit, clause: Span) -> bool:
    """Whether what is announced is the end of it: "declared the truce over"."""
    return any(
        one.table == "acts"
        and (
            (one.first <= thing.first <= one.last and one.key not in _BESIDES)
            or (one.key in _ENDINGS and hit.last < one.first < clause[1])
        )
        for one in place.signs
    )


def _unsaid(place: Place, hit: Hit, clause: Span) -> Hit | None:
    """Aid, of which an offer says nothing: the passage that is not announced."""
    if not place.marked.has("negation", hit.first, hit.last + 1):
        return None
    aid = next(place.marked.of("purposes", "aid-delivery", hit.last + 1, clause[1]), None)
    return Hit("undertakings", UndertakingKind.PASSAGE.value, aid.first, aid.last) if aid else None


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


def _meant_for(place: Place, hit: Hit) -> Hit | None:
    """Who is named behind "meant for", as those who may pass."""
    marked = place.marked
    if not marked.at("for-whom", hit.last):
        return None
    end = min(hit.last + _MEANT_REACH, place.span[1])
    who = next(marked.of_table("movers", hit.last + 1, end), None)
    return Hit("undertakings", UndertakingKind.PASSAGE.value, *who[2:]) if who else None


def _proposal(place: Place, hit: Hit) -> Span | None:
    """A plan or an offer that a verb of consent is said of: who approves it accepts it."""
    marked = place.marked
    first, reach = hit.last + 1, _PLAN_REACH
    if marked.grammar(hit.first).oblique and hit.key == Act.ACCEPT.value:
        # Its sign may hold the object: "accepted ... the plan".
        first, reach = hit.first + 1, _PLAN_REACH + hit.last - hit.first
    if marked.at("noun", hit.first):
        first, reach = hit.first + 1, _NOUN_REACH
    end = min(first + reach, place.part_at(hit.first)[1])
    near = next(marked.of("words", "proposal", first, end), None)
    if near is None or next(marked.of("roles", "mover", first, near.first), None):
        return None
    return near.first, near.last


def _answered(place: Place, hit: Hit, clause: Span) -> Span | None:
    near = next(
        place.marked.of("words", "answer-back", hit.last + 1, min(hit.last + 6, clause[1])), None
    )
    return (near.first, near.last) if near else None
