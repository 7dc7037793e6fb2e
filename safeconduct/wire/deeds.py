"""Deeds: what moved or did not, who moved or stopped it, and what a party did."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.frames import Frame
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import RELIEF, UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place, is_noun, is_party, nearest
from safeconduct.wire.scene import Who, actors_of

_SHORT = 3
_FEWEST = 4
_HEAD = 5
_BY_REACH = 12
_MOVED_REACH = 5
_RUN_BEFORE, _RUN_BEHIND = 6, 6
_UNDONE = ("future", "may", "must")


def movement(place: Place, hit: Hit, key: str) -> Found | None:
    """A movement that was made, or was not."""
    marked = place.marked
    clause = place.clause((hit.first, hit.last))
    frame = place.frame_at(hit.first)
    mover = nearest(marked.of("roles", "mover", *clause), hit, 14, 5)
    short = clause[1] - clause[0] <= _SHORT and key == "not-done"
    relief = next((one for one in place.scene.within(*clause) if one.role == "relief"), None)
    if frame is None:
        mover = mover or _pointed(place, hit, clause) or _counted(place, hit, clause)
    if _is_relative(place, hit) or is_noun(place.scene, hit):
        return None  # "those who were waiting"
    logged = not marked.grammar(hit.first).drops_subject or marked.tokens[hit.first - 1].is_number
    opens = hit.first == clause[0] or (
        hit.first - clause[0] == 1 and not marked.tokens[clause[0]].is_word
    )
    if mover is None and opens and frame is None and logged:
        mover = hit  # "07:25 Turned round": a log leaves out who
    # "Nothing moved", "no convoy", "not a wheel turned": the words hold who did not move.
    nothing = marked.has("none", hit.first, hit.last + 1) or (
        marked.at("negation", hit.first) and hit.last - hit.first > 1
    )
    nothing = nothing or any(
        marked.at(key, clause[0]) for key in ("none", "negation")
    )  # "no one had left", "not a crust got through"
    if mover is None and (
        nothing or short or (key == "not-done" and relief and relief.last < hit.first)
    ):
        mover = hit
    if marked.at("preposition", hit.first - 1) or (
        marked.at("be", hit.first - 1) and marked.at("preposition", hit.first - 2)
    ):
        return None  # "to be loaded"
    if marked.tokens[hit.first - 1].form == "," and hit.first > 0:
        return None  # "trucks, sent by X, ...": told on the way
    # "It had to be broken off": what had to be undone was undone.
    keys = _UNDONE[:2] if key == "not-done" else _UNDONE
    if mover is None or is_only_meant(place, hit, clause, keys):
        return None
    negation = place.negation((hit.first, hit.last))
    stopped_by = _stopped_by(place, hit, clause) if key == "not-done" else None
    if key == "not-done" and negation is None and stopped_by is None:
        negation = (hit.first, hit.last)
    first = mover.first if mover.first < hit.first <= mover.last + 6 else hit.first
    owner = stopped_by or _doer(place, hit, mover, clause, frame)
    return Found(
        act=Act.DO,
        sign=(min(first, negation[0]) if negation else first, max(hit.last, mover.last)),
        voice=owner.voice,
        mention=owner.mention,
        party=owner.party,
        frame=frame,
        sentence=place.number,
        scope=clause,
        rule="something moved" if negation is None else "something did not move",
        negation=negation,
        told=False,
        takes_fields=False,
    )


def _pointed(place: Place, hit: Hit, clause: Span) -> Hit | None:
    """The "they" that stands for what the sentence before told to move."""
    marked = place.marked
    they = next(marked.of("words", "pronoun", clause[0], min(clause[0] + _SHORT, hit.first)), None)
    if they is None or not place.number:
        return None
    before = marked.sentences[place.number - 1]
    if before.paragraph != marked.sentences[place.number].paragraph:
        return None
    moved = next(marked.of("roles", "mover", before.first, before.end), None)
    return they if moved is not None else None


def _is_relative(place: Place, hit: Hit) -> bool:
    """Whether a sign stands right behind "who" or "which", and only tells who is meant."""
    marked = place.marked
    before = hit.first - 1
    return before > place.span[0] and marked.tokens[before].form in marked.forms("relative")


def _counted(place: Place, hit: Hit, clause: Span) -> Hit | None:
    """The number that stands for those who moved: "750 have been brought out"."""
    marked, index = place.marked, hit.first - 1
    while index > clause[0] and (marked.at("auxiliary", index) or marked.at("be", index)):
        index -= 1
    token = marked.tokens[index]
    if index < clause[0] or not token.is_number or ":" in token.form:
        return None
    return Hit("roles", "mover", index, index)


def is_only_meant(place: Place, hit: Hit, clause: Span, keys: Sequence[str] = _UNDONE) -> bool:
    """Whether a deed will, may or must be done: so says a word before it, behind the last comma."""
    marked = place.marked
    for index in range(hit.first - 1, clause[0] - 1, -1):
        if marked.tokens[index].form == "," and hit.first - index > 1:
            return False
        if any(marked.at(key, index) for key in keys):
            return True
    return False


def _stopped_by(place: Place, hit: Hit, clause: Span) -> Owner | None:
    """The party that stopped what moves: "soldiers made the trucks turn round" is its deed."""
    if place.frame_at(hit.first) is not None:
        return None
    if place.is_passive(hit) or place.marked.has("be", hit.first, hit.last):
        by = place.scene.agent(hit, place.clause((hit.first, hit.last))[1])
        party = by is not None and is_party(actors_of(by)[0])
        return Owner(by, actors_of(by)[0]) if by is not None and party else None
    who = place.scene.first_in(clause[0], hit.first, None)
    if who is None or not who.sure or not is_party(actors_of(who)[0]):
        return None
    end = min(hit.last + _MOVED_REACH, clause[1])
    moved = next(place.marked.of("roles", "column", who.at[1] + 1, end), None)
    return Owner(who, actors_of(who)[0]) if moved else None


def deed(place: Place, hit: Hit) -> Found | None:
    """What somebody did, whatever it moved: who did it is the subject, or stands behind "by"."""
    marked = place.marked
    clause = place.clause((hit.first, hit.last))
    if is_only_meant(place, hit, clause):
        return None
    if hit.first > clause[0] and marked.at("preposition", hit.first - 1):
        return None
    if is_noun(place.scene, hit):
        return None
    frame = place.frame_at(hit.first)
    part = place.part_at(hit.first)
    voice = frame.who if frame else None
    passive = place.is_passive(hit)
    who = _agent(place, hit) if passive else place.scene.subject(hit, *part, voice)
    if who is None and not passive and frame is None and marked.grammar(hit.first).drops_subject:
        last = [one.mention for one in place.elliptic(hit)]
        who = Who(tuple(last), (hit.first, hit.last), False) if last else None
    if who is None or (passive and frame is not None):
        return None
    doer = actors_of(who)[0]
    if not (is_party(doer) or doer.role == "relief"):
        return None
    another = frame is not None and who.sure and is_another(who, frame.who)
    return Found(
        act=Act.ALLEGE if another else Act.DO,
        sign=(hit.first, hit.last),
        voice=frame.who if frame else who,
        mention=actors_of(frame.who)[0] if frame else doer,
        frame=frame,
        sentence=place.number,
        scope=clause,
        rule="somebody did it",
        negation=place.negation((hit.first, hit.last)),
        told=False,
        takes_fields=False,
    )


def _agent(place: Place, hit: Hit) -> Who | None:
    """Who stands behind "by" in the clause of a verb in the passive."""
    end = place.clause((hit.first, hit.last))[1]
    for by in place.marked.of("words", "by", hit.last + 1, min(hit.last + _BY_REACH, end)):
        near = next(place.scene.starting(by.last + 1, min(by.last + 4, end)), None)
        if near is not None and near.actor:
            many = place.scene.together(near)
            return Who(many, (many[0].first, many[-1].last))
    return None


def bare_movement(place: Place) -> Found | None:
    """A negated sentence that begins with what moves, and has no other sign: it did not move."""
    marked = place.marked
    first, end = place.span
    movers = (marked.of("roles", key, first, min(first + _HEAD, end)) for key in ("column", "aid"))
    mover = next((hit for hits in movers for hit in hits), None)
    if (
        mover is None
        or place.frames
        or marked.grammar(first).subject is Subject.AFTER  # there a verb, not its mover, begins it
        or marked.grammar(first).oblique  # there what begins it may stand in any case
        or end - mover.last < _FEWEST
        or marked.tokens[end - 1].form != "."
    ):
        return None
    if (
        marked.has("future", first, end)
        or marked.has("may", first, end)
        or marked.has("must", first, end)
    ):
        return None
    sign = Hit("facts", "done", mover.first, min(mover.last + _FEWEST, end - 2))
    if place.supposed(sign) or not marked.tokens[mover.last + 1].is_word:
        return None
    near = next(marked.of("words", "negation", first, min(mover.last + _FEWEST, end)), None)
    if near is None:
        return None
    owner = _doer(place, sign, mover, place.span, None)
    return Found(
        act=Act.DO,
        sign=(sign.first, sign.last),
        voice=owner.voice,
        mention=owner.mention,
        sentence=place.number,
        scope=place.span,
        rule="told of what moves, with no other sign",
        negation=(near.first, near.last),
        told=False,
        takes_fields=False,
    )


def _doer(place: Place, hit: Hit, mover: Hit, clause: Span, frame: Frame | None) -> Owner:
    """Whose movement it is: whose the column is, else relief's, else nobody knows."""
    if frame is not None:
        return Owner(frame.who, actors_of(frame.who)[0])
    if by := place.scene.agent(hit, place.span[1]) or _agent(place, hit):
        return Owner(by, by.mentions[0])
    if place.marked.has("first-person", clause[0], hit.first) and (own := place.authors()):
        return own[0]
    near = [
        one for one in place.scene.within(clause[0], min(mover.last + 5, clause[1])) if one.actor
    ]
    near = [one for one in near if one.role == "relief" or place.scene.is_subject(one)]
    if near:
        return Owner(Who((near[0],), (near[0].first, near[0].last)), near[0])
    marked = place.marked
    is_aid = next(marked.of("roles", "aid", *clause), None) is not None
    if next(marked.of("roles", "mover", mover.first, mover.last + 1), None) is None:
        is_aid = is_aid or _is_about_aid(place)  # a pronoun or a number stands for them
    if not is_aid and next(marked.of("roles", "column", mover.first, mover.last + 1), None):
        is_aid = _is_about_aid(place)
    if is_aid and (runs := _runs(place, mover)):
        return Owner(Who((runs,), (mover.first, mover.last), False), runs)
    if (
        not is_aid
        and (writer := place.scene.writer(mover.first, mover.last)).mentions[0].role == ""
    ):
        return Owner(writer, writer.mentions[0])
    whose = {one.actor for one in place.scene.mentions if one.role == "relief"} - {RELIEF, None}
    named = next((one for one in place.scene.mentions if one.actor in whose), None)
    column = next(marked.of("roles", "column", mover.first, mover.last + 1), None)
    if is_aid and column and len(whose) == 1 and named is not None and named.first < mover.first:
        return Owner(Who((named,), (mover.first, mover.last), False), named)
    actor = RELIEF if is_aid else UNKNOWN
    one = Mention(mover.first, mover.last, actor, (mover.first, mover.last), role="relief")
    return Owner(Who((one,), (mover.first, mover.last), False), one)


def _runs(place: Place, mover: Hit) -> Mention | None:
    """Whose "the convoy" is: the first of those with whose name a convoy stood before."""
    marked, scene = place.marked, place.scene
    before = mover.first - 1
    definite = marked.forms("article") - marked.forms("indefinite")
    bare_nouns = marked.grammar(mover.first).bare_nouns
    bare = mover.first == place.span[0] or bare_nouns or bool(marked.grammar(mover.first).oblique)
    if not bare and marked.tokens[before].form not in definite:
        return None
    for column in marked.of("roles", "column", 0, mover.first):
        near = [
            one
            for one in scene.within(column.first - _RUN_BEFORE, column.last + _RUN_BEHIND)
            if one.role == "relief" and one.actor != RELIEF
        ]
        if near:
            return near[0]
    if bare_nouns:  # Whose they are may stand in any case, behind any word.
        every = scene.within(0, place.span[1])
        return next((one for one in every if one.role == "relief" and one.actor != RELIEF), None)
    named = {one.actor: one for one in scene.mentions if one.role == "relief"}
    named.pop(RELIEF, None)
    only = next(iter(named.values()), None) if len(named) == 1 else None
    return only if only is not None and only.first < mover.first else None


def _is_about_aid(place: Place) -> bool:
    """Whether the text speaks of aid more than of people who leave."""
    hits = place.marked.hits
    aid = sum(len(hits.get(("purposes", key), ())) for key in ("aid-delivery", "medical-supplies"))
    out = sum(
        len(hits.get(("purposes", key), ()))
        for key in ("civilian-evacuation", "medical-evacuation", "fighters-leaving")
    )
    return aid >= out


def is_another(subject: Who, voice: Who) -> bool:
    """Whether somebody speaks of what a party did that is not his own side."""
    own = {one.actor for one in voice.mentions}
    return all(is_party(one) and one.actor not in own for one in subject.mentions)
