"""What a report says, as drafts: `read`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from safeconduct.wire.actors import index_of, named
from safeconduct.wire.areas import areas_of
from safeconduct.wire.authors import addressed_in, author_of
from safeconduct.wire.backward import resolved
from safeconduct.wire.caution import cautious
from safeconduct.wire.clauses import breaks
from safeconduct.wire.draft import Act, Draft, Reading
from safeconduct.wire.drafting import Drafting
from safeconduct.wire.estimates import estimates_in
from safeconduct.wire.facts import facts_in
from safeconduct.wire.found import Found
from safeconduct.wire.gazetted import gazetted, used
from safeconduct.wire.grants import grants_in
from safeconduct.wire.hours import told_by_hours
from safeconduct.wire.lexicon import Lexicon
from safeconduct.wire.links import link
from safeconduct.wire.marked import MOST_READ, Marked, marked
from safeconduct.wire.mentions import MEDIA, OTHERS, UNKNOWN
from safeconduct.wire.more import more_of
from safeconduct.wire.names import Gazetteer, Names
from safeconduct.wire.naming import mentions_of
from safeconduct.wire.nouns import named_in, told_best, untold
from safeconduct.wire.parts import parts_of
from safeconduct.wire.place import Place, signs_in
from safeconduct.wire.report import Report
from safeconduct.wire.scene import Scene, Who
from safeconduct.wire.spoken import spoken_in
from safeconduct.wire.voices import frames_of
from safeconduct.wire.when import When

__all__ = ["read"]

GIVING = frozenset({Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT, Act.ACCEPT})
# Acts that one clause tells once, with however many signs.
_ONCE = frozenset(
    {Act.CONFIRM, Act.FORECAST, Act.POSITION, Act.SUSPEND, Act.WITHDRAW, Act.DISOWN, Act.DENY}
    | {Act.WELCOME, Act.ACKNOWLEDGE, Act.DECLINE, Act.NARROW, Act.ALLEGE, Act.CONDITION}
    | {Act.REJECT, Act.DEMAND}
)
_OF_A_REPORTER = frozenset({Act.REPORT, Act.ESTIMATE, Act.FORECAST, Act.ASSESS, Act.POSITION})
_NOT_LEADING = ("media", "others", "observer")
_HEADING = 5  # tokens of a line that names whom the next lines are about


def read(
    report: Report,
    lexicons: Mapping[str, Lexicon],
    names: Names,
    gazetteers: Sequence[Gazetteer] = (),
) -> Reading:
    """The drafts that a report gives, in the order of its text, and what a person must know of it.

    Nothing is read without words that say it; a report with nothing to read says so in a note.

    Parameters
    ----------
    lexicons : by language; parts in other languages are not read, and a note says so.
    names : of the actors and areas that may be spoken of, and the zone of the place.
    gazetteers : lists of further places; of places that several know, the first one's counts.
    """
    text = marked(report, lexicons, names)
    if not text.tokens:
        nothing = (*report.notes, "The report has no words.")
        return Reading(report=report, drafts=(), notes=nothing)
    prefixes = _prefixes(lexicons, text)
    index = index_of(names, prefixes)
    hits = named(text.tokens, index, capitals=True)
    parts = parts_of(text, hits)
    mentions = mentions_of(text, parts, index)
    scene = Scene(text, resolved(text, mentions, index))
    scene.author, scene.first_person, scene.headed = author_of(scene)
    scene.addressed = addressed_in(scene)
    places = gazetted(text, parts, gazetteers)
    when = When(text, report.published, names.zone)
    if report.published is None and (day := when.told_in_head()):
        when = When(text, day, names.zone)
    found = _found(scene, when) if _concerns_us(scene) else []
    found = told_best(found)
    link(found)
    ids = {id(one): f"draft-{number}" for number, one in enumerate(found, 1)}
    known = [(place.at, place.id) for place in places]
    drafting = Drafting(scene, when, areas_of(text, parts, known))
    drafts = tuple(drafting.draft(one, number, ids) for number, one in enumerate(found, 1))
    return Reading(
        report=report,
        drafts=drafts,
        languages=_languages(text),
        notes=(*report.notes, *_notes(report, text, drafts, when)),
        places=used(places, drafts),
    )


def _found(scene: Scene, when: When) -> list[Found]:
    """Every act of the text, in its order; an answer behind what it answers."""
    every: list[Found] = []
    for number, sentence in enumerate(scene.marked.sentences):
        if scene.marked.lexicons[number] is None or scene.marked.at("heading", sentence.first):
            continue
        frames = frames_of(scene, number)
        place = Place(scene, number, frames, signs_in(scene, sentence.first, sentence.end))
        acts = [*grants_in(place), *spoken_in(place), *named_in(place), *estimates_in(place)]
        acts = untold(_told_once(acts), every)
        every_act = _told_once([*acts, *facts_in(place, acts)])
        _remember(scene, every_act, sentence.first, sentence.end)
        every_act = told_by_hours(place, every_act, when)
        _widen(place, every_act)
        acts = more_of(place, every_act, every, when)
        acts = [_of_nobody(one) for one in acts if one.mention.actor or one.mention.person]
        acts = cautious(place, [_signed(scene, one) for one in acts])
        acts = [*acts, *_echoed(place, acts)]
        every += sorted(acts, key=lambda one: one.sign[0])
    return every


def _echoed(place: Place, acts: Sequence[Found]) -> list[Found]:
    """What somebody else did as well: "and so did the rebels", "nor did Damascus"."""
    found = []
    for hit in place.marked.of("words", "so-did", *place.span):
        other = next(place.scene.starting(hit.last + 1, min(hit.last + 4, place.span[1])), None)
        before = [one for one in acts if one.sign[1] < hit.first and one.frame is None]
        if other is None or not other.actor or not before:
            continue
        one = max(before, key=lambda act: act.sign)
        if one.mention.actor == other.actor or one.party is not None:
            continue
        who = Who((other,), (other.first, other.last))
        found.append(replace(one, sign=(hit.first, other.last), voice=who, mention=other))
    return found


def _signed(scene: Scene, one: Found) -> Found:
    """What a statement says of its own side is said by who signs it."""
    author = scene.author
    if author is None or one.frame is not None or not (scene.headed and scene.first_person):
        return one
    own = author.mentions[0]
    if one.mention.actor != own.actor or one.mention.person is not None:
        return one
    return replace(one, mention=own, voice=Who((own,), one.voice.at, False))


def _of_nobody(one: Found) -> Found:
    """An act that a reporter cannot do, where nobody else was found for it, is of nobody named."""
    if one.mention.role != MEDIA or one.act in _OF_A_REPORTER:
        return one
    nobody = replace(one.mention, actor=UNKNOWN, role="observer")
    return replace(one, mention=nobody, voice=Who((nobody,), one.voice.at, False))


def _widen(place: Place, acts: Sequence[Found]) -> None:
    """What the sentence says of time is of the offer that stands alone in it; of several, each
    has what stands between the one before and the one after it.
    """
    offers = [one for one in acts if one.kind is not None]
    signs = sorted({one.sign for one in offers})
    for one in offers:
        begin, end = place.part_at(one.sign[0])
        if len(signs) > 1:
            begin, end = one.scope[0], _behind_which(place, one.scope[1], end)
        before = [sign for sign in signs if sign < one.sign]
        after = [sign for sign in signs if sign > one.sign]
        begin = max(begin, before[-1][1] + 1) if before else begin
        end = min(end, after[0][0]) if after else end
        one.wide = (begin, end) if begin < end else one.scope


def _behind_which(place: Place, end: int, stop: int) -> int:
    """Where a clause ends together with the one on it: "a truce, which holds from ten to two"."""
    marked = place.marked
    if end >= stop or marked.tokens[end].form not in marked.forms("relative"):
        return end
    return next((n for n in range(end + 1, stop) if n in breaks(marked)), stop)


def _told_once(acts: Sequence[Found]) -> list[Found]:
    """Acts of a sentence, each once: of two with the same words and owner the first counts.

    Of two grants the one with more words counts: "will be let through" is no consent beside it.
    """
    acts = [one for one in acts if not any(_is_part(one, other) for other in acts)]
    acts = [one for n, one in enumerate(acts) if not _is_second_voice(one, acts[:n])]
    kept: list[Found] = []
    for one in acts:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_second_voice(one: Found, before: Sequence[Found]) -> bool:
    """Whether it is told by several voices named together, and was counted for the first of them.

    What is undertaken binds each of them, and is an act of each.
    """
    frame = one.frame
    if frame is None or one.kind is not None or one.mention.role == OTHERS:
        return False
    return any(
        other.frame is frame
        and other.act is one.act
        and other.sign == one.sign
        and other.party is None
        and one.mention in frame.who.mentions
        and other.mention in frame.who.mentions
        for other in before
    )


def _is_part(one: Found, other: Found) -> bool:
    """Whether a grant is told by some of the words of another grant of the same actor."""
    if one.kind is None or other.kind is None or one.sign == other.sign:
        return False
    held = other.sign[0] <= one.sign[0] and one.sign[1] <= other.sign[1]
    return held and one.act is not other.act and one.mention.actor == other.mention.actor


def _same(one: Found, other: Found) -> bool:
    return (
        (one.act is other.act or _refuses(one, other) or _refuses(other, one))
        and one.mention.actor == other.mention.actor
        and (one.party and one.party.actor) == (other.party and other.party.actor)
        and (_meet(one, other) or _repeats(one, other))
    )


def _meet(one: Found, other: Found) -> bool:
    return one.sign[0] <= other.sign[1] and other.sign[0] <= one.sign[1]


def _repeats(one: Found, other: Found) -> bool:
    """Whether a clause says an act twice: "expects that it will run out within days"."""
    if one.act is not other.act or one.scope != other.scope:
        return False
    return one.act in _ONCE or (one.act is Act.ANNOUNCE and one.kind is other.kind)


def _refuses(one: Found, other: Found) -> bool:
    """Whether a refusal and what was not given are the same words: "did not allow"."""
    return one.act is Act.REJECT and other.negation is not None and other.act in GIVING


def _remember(scene: Scene, acts: Sequence[Found], first: int, end: int) -> None:
    """Who acted last in a sentence is who a pronoun of the next one means, if nobody spoke."""
    own = [one for one in acts if one.frame is None and one.mention.actor and one.voice.sure]
    own = [one for one in own if one.mention.role != "media"]
    if own:
        scene.last = own[-1].voice
    elif not any(one.frame for one in acts):
        lead = next((one for one in scene.within(first, end) if scene.is_subject(one)), None)
        heading = end - first <= _HEADING
        if lead is not None and (lead.person or lead.role not in _NOT_LEADING or heading):
            scene.last = Who((lead,), (lead.first, lead.last))


def _concerns_us(scene: Scene) -> bool:
    """Whether anybody is named who could undertake, ask or judge; else it is no such report."""
    hits = scene.marked.hits
    named = any(one.actor is not None for one in scene.mentions)
    return named or scene.headed or any(hits.get(("roles", key)) for key in ("aid", "column"))


def _prefixes(lexicons: Mapping[str, Lexicon], text: Marked) -> tuple[str, ...]:
    used = {id(one): one for one in text.lexicons if one is not None}
    found = [prefix for one in used.values() for prefix in one.grammar.prefixes]
    return tuple(dict.fromkeys(found))


def _languages(text: Marked) -> tuple[str, ...]:
    count: Counter[str] = Counter()
    for sentence, lexicon in zip(text.sentences, text.lexicons, strict=True):
        if lexicon is not None:
            count[lexicon.language] += sentence.end - sentence.first
    return tuple(language for language, _ in count.most_common())


def _notes(report: Report, text: Marked, drafts: Sequence[Draft], when: When) -> list[str]:
    notes = []
    if len(report.text) > MOST_READ:
        notes.append(
            f"Of its {len(report.text)} characters only the first {MOST_READ} were read; "
            "hand in the rest as reports of their own."
        )
    unread = [n for n, lexicon in enumerate(text.lexicons) if lexicon is None]
    if unread:
        words = sum(text.sentences[n].end - text.sentences[n].first for n in unread)
        if words > len(text.tokens) // 10:
            notes.append(
                f"A part of about {words} words is in a language that is not read here; "
                "read it yourself."
            )
    if report.published is None and when.published is not None:
        notes.append(
            f"The day {when.published} was taken from the head of the text; check that it is "
            "the day on which it was written."
        )
    elif report.published is None:
        notes.append(
            "The day of publication is not known, so that days such as Friday stay unresolved. "
            "Give it, and read again."
        )
    if not drafts:
        notes.append("Nothing was found that anybody said, asked, offered or refused.")
    return notes
