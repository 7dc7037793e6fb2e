"""What was done, what happened, and what is told without any other sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.clauses import breaks, negation_of
from safeconduct.wire.deeds import bare_movement, deed, is_another, is_only_meant, movement
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.frames import Frame
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import UNKNOWN
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Place, is_party
from safeconduct.wire.scene import actors_of

_LONGEST_WORDS = 14
_FEWEST = 4
_APART = 6


def facts_in(place: Place, already: Sequence[Found]) -> Iterator[Found]:
    """The deeds and events that a sentence tells of, where nothing else was read in the clause."""
    if next(place.marked.of_table("facts", *place.span), None) is None:
        yield from _without_signs(place, already)
        return
    taken = [one.scope for one in already]
    done: list[Found] = []
    events: list[Found] = []
    deeds = list(place.marked.of("facts", "deed", *place.span))
    longer = [*deeds, *place.marked.of("facts", "event", *place.span)]
    for key in ("not-done", "done"):
        for hit in place.marked.of("facts", key, *place.span):
            if any(o.first <= hit.first and hit.last < o.last for o in longer):
                continue  # "blocked the way" is somebody's deed, "came down near" is fire
            if _free(place, hit, taken, [], done) and (one := movement(place, hit, key)):
                done.append(one)
    for hit in deeds:
        if _free(place, hit, taken, [], done) and (one := deed(place, hit)):
            done.append(one)
    # "About 300 people are trapped": what is told of those who are counted is no second act.
    taken += [(one.sign[1], _comma(place, one.sign[1])) for one in already if one.low or one.high]
    for key in ("event", "state"):
        for hit in place.marked.of("facts", key, *place.span):
            if _free(place, hit, taken, events, done) and (one := _event(place, hit)):
                events.append(one)
    done += events
    if not already and not done and (moved := bare_movement(place)):
        done.append(moved)
    yield from done
    yield from _told(place, [*already, *done])


def _without_signs(place: Place, already: Sequence[Found]) -> Iterator[Found]:
    moved = None if already else bare_movement(place)
    done = [] if moved is None else [moved]
    yield from done
    yield from _told(place, [*already, *done])


def _comma(place: Place, index: int) -> int:
    """The next sign of punctuation behind a token in its sentence."""
    tokens, end = place.marked.tokens, place.span[1]
    return next((n for n in range(index + 1, end) if not tokens[n].is_word), end)


def _free(
    place: Place, hit: Hit, taken: Sequence[Span], done: Sequence[Found], deeds: Sequence[Found]
) -> bool:
    """Whether a clause has no other act yet, and is no supposition."""
    spans = [*taken, *(one.scope for one in done)]
    spans += [(one.sign[0], one.sign[1] + _APART) for one in deeds]
    if any(first <= hit.first < end or hit.first <= first <= hit.last for first, end in spans):
        return False
    return not place.supposed(hit)


def _is_beside(place: Place, hit: Hit) -> bool:
    """Whether a word of what happened only tells more of a noun: "sides in the fighting"."""
    marked, before = place.marked, hit.first - 1
    if hit.first != hit.last:
        return False
    while before > place.span[0] and marked.at("article", before):
        before -= 1
    return before >= place.span[0] and marked.tokens[before].form in marked.forms("of-whom")


def _is_only_why(place: Place, hit: Hit) -> bool:
    """Whether a noun in a case only tells why or when something else was: "because of shelling"."""
    marked, before = place.marked, hit.first - 1
    if hit.first != hit.last or not marked.grammar(hit.first).oblique:
        return False
    adjective = before > place.span[0] and not marked.at("preposition", before)
    before -= adjective and marked.tokens[before].is_word
    return before >= place.span[0] and marked.at("preposition", before)


def _event(place: Place, hit: Hit) -> Found | None:
    """Something that happened, told by the writer or in somebody's voice."""
    clause = place.clause((hit.first, hit.last))
    frame = place.frame_at(hit.first)
    if is_only_meant(place, hit, clause, ("future", "may")):
        return None
    marked = place.marked
    if marked.at("wh", clause[0]) or _is_beside(place, hit) or _is_only_why(place, hit):
        return None
    article = hit.first > 0 and marked.tokens[hit.first - 1].form in marked.forms("article")
    people = next(marked.of_table("movers", hit.first, hit.last + 1), None)
    if article and hit.first == hit.last and people is not None:
        return None  # "the wounded" are people, and nothing that happened
    voice = frame.who if frame else place.scene.writer(hit.first, hit.last)
    subject = place.scene.first_in(clause[0], hit.first, voice) if frame else None
    of_another = subject is not None and subject.sure and is_another(subject, voice)
    begin = max(clause[0], hit.first - 4)
    while begin < hit.first and not marked.tokens[begin].is_word:
        begin += 1
    return Found(
        act=Act.ALLEGE if of_another else Act.REPORT,
        sign=(begin, hit.last),
        voice=voice,
        mention=actors_of(voice)[0],
        frame=frame,
        sentence=place.number,
        scope=clause,
        rule="told as a fact",
        told=frame is not None,
        takes_fields=False,
    )


def _told(place: Place, already: Sequence[Found]) -> Iterator[Found]:
    """What somebody said, where no other act was read in it."""
    for frame in place.frames:
        sign = frame.sign
        unsaid = sign and negation_of(place.marked, (sign.first, sign.last), place.span)
        if frame.going_on or (not unsaid and _tells_little(frame, already)):
            continue
        if sign and any(o.sign[0] <= sign.last and sign.first <= o.sign[1] for o in already):
            continue
        if any(inner is not frame and frame.holds(inner.parts[0][0]) for inner in place.frames):
            continue
        for first, end in _clauses(place, frame):
            if any(first <= one.sign[0] < end or first < one.scope[1] <= end for one in already):
                continue
            yield from _report(place, frame, first, end)


def _tells_little(frame: Frame, already: Sequence[Found]) -> bool:
    """Whether what is said is no report: its sentence has another act, or a party says it, of whom
    nearly everything is some other act that no sign told.
    """
    voice = actors_of(frame.who)[0]
    return bool(already) or voice.actor in (None, UNKNOWN) or voice.role != "relief"


def _clauses(place: Place, frame: Frame) -> Iterator[Span]:
    """The clauses of what was said, without the signs at their ends; none of fewer than 3 words."""
    marked = place.marked
    for begin, stop in frame.parts:
        first = begin
        for index in range(begin, stop + 1):
            if index < stop and index not in breaks(marked):
                continue
            start, end = first, index
            while start < end and not marked.tokens[start].is_word:
                start += 1
            while end > start and not marked.tokens[end - 1].is_word:
                end -= 1
            if end - start >= _FEWEST and not (
                index == stop and stop < place.span[1] and end - start <= _FEWEST
            ):
                yield start, end
            first = index + 1


def _unsaid(place: Place, frame: Frame, first: int, end: int, negation: Span) -> Iterator[Found]:
    """What parties did not say of a movement: "neither of them said that food could come in"."""
    marked = place.marked
    tables = ("undertakings", "purposes", "movers")
    thing = next((hit for one in tables for hit in marked.of_table(one, first, end)), None)
    for one in actors_of(frame.who):
        if thing is None or not is_party(one):
            continue
        yield Found(
            act=Act.ANNOUNCE,
            sign=(first, min(end, first + _LONGEST_WORDS) - 1),
            voice=frame.who,
            mention=one,
            sentence=place.number,
            scope=(first, end),
            rule="what was not said",
            kind=UndertakingKind.PASSAGE,
            kind_at=(thing.first, thing.last),
            negation=negation,
        )


def _report(place: Place, frame: Frame, first: int, end: int) -> Iterator[Found]:
    part = (place.span[0], place.span[1])
    if frame.sign and (
        negation := negation_of(place.marked, (frame.sign.first, frame.sign.last), part)
    ):
        yield from _unsaid(place, frame, first, end, negation)
        return
    subject = place.scene.first_in(first, end, frame.who)
    of_another = subject is not None and subject.sure and is_another(subject, frame.who)
    for one in actors_of(frame.who):
        yield Found(
            act=Act.ALLEGE if of_another else Act.REPORT,
            sign=(first, min(end, first + _LONGEST_WORDS) - 1),
            voice=frame.who,
            mention=one,
            frame=frame,
            sentence=place.number,
            scope=(first, end),
            rule="said of another" if of_another else "said, with no sign of another act",
            takes_fields=False,
        )
