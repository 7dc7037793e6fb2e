"""Who says "we" in a text: who signs it, or whose note it is."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import MEDIA, OTHERS, RELIEF, UNKNOWN, Mention
from safeconduct.wire.scene import Scene, Who

_HEAD = 60  # tokens
_LONGEST_LINE = 14
_LONGEST_HEAD = 30  # tokens
_OF_A_WRITER = 3  # times that a reporter says "we"
_LAST = 5  # sentences among which the signature is looked for
_STOPS = frozenset(".?!;…")
UN = "un"


def author_of(scene: Scene) -> tuple[Who | None, bool, bool]:
    """The author of a text, whether it is in the first person, and whether it names him.

    It is whom its head or its signature names. Without either, a situation report, or a letter, is
    a relief actor's own, and so is a text that says "we" all along; one that says it once or twice
    ("we have seen no reply") is a reporter's.
    """
    marked = scene.marked
    total = len(marked.tokens)
    own = [
        hit
        for hit in marked.of("words", "first-person", 0, total)
        if marked.quoted(hit.first) is None
    ]
    head, opens = _head(scene, bool(own))
    signed = _signature(scene) if own or opens else None
    one = _with_signature(head, signed)
    if one is not None:
        at = head or signed
        assert at is not None
        return Who((one,), (at.first, at.last)), bool(own), opens or bool(own)
    if (report := _of_relief(scene)) is not None:
        return report, bool(own), True
    if not own:
        return None, False, False
    first = own[0]
    writer, role = (RELIEF, "relief") if len(own) > _OF_A_WRITER else (MEDIA, MEDIA)
    one = Mention(first.first, first.last, writer, (first.first, first.last), role=role)
    return Who((one,), (first.first, first.last)), True, False


def _of_relief(scene: Scene) -> Who | None:
    """Who writes a text whose head calls it a situation report, a file note, a letter: relief.

    The UN, where the text names it and the report is one of a head of that kind.
    """
    marked = scene.marked
    end = min(_HEAD, len(marked.tokens))
    for key in ("report-head", "greeting"):
        for hit in marked.of("words", key, 0, end):
            number = marked.sentence(hit.first)
            sentence = marked.sentences[number]
            opens = hit.first - sentence.first <= 1
            if not (_is_head(scene, number) if key == "report-head" else opens):
                continue
            named = (one for one in scene.mentions if one.actor == UN)
            is_un = key == "report-head" and next(named, None) is not None
            one = Mention(
                hit.first, hit.last, UN if is_un else RELIEF, (hit.first, hit.last), role="relief"
            )
            return Who((one,), (hit.first, hit.last))
    return None


def _with_signature(head: Mention | None, signed: Mention | None) -> Mention | None:
    """Whose letter it is: the side that its head names, by the office and person that sign."""
    if head is None:
        return signed if signed is not None and signed.actor is not None else None
    if signed is None:
        return head
    office = signed.office or (None if signed.person else (signed.first, signed.last))
    return replace(head, office=head.office or office, person=head.person or signed.person)


def addressed_in(scene: Scene) -> Who | None:
    """Whom a letter is to, by a line of its head: "To the relief committee at X"."""
    marked = scene.marked
    for sentence in marked.sentences:
        if sentence.first > _HEAD:
            return None
        if marked.at("letter-to", sentence.first):
            near = [one for one in scene.within(sentence.first, sentence.end) if one.actor]
            if near:
                return Who((near[0],), (near[0].first, near[0].last))
            last = sentence.end - 1
            whom = Mention(sentence.first, last, UNKNOWN, (sentence.first, last), role=OTHERS)
            return Who((whom,), (sentence.first, last))
    return None


def _head(scene: Scene, first_person: bool) -> tuple[Mention | None, bool]:
    """Who is named in the lines above a text, and whether a "from" says that it is his.

    A line without a verb names the author where the text says "we" or an office stands in it:
    "From the Command of X", "Statement by X", "X, military office".
    """
    marked = scene.marked
    for number, sentence in enumerate(marked.sentences):
        if sentence.first > _HEAD:
            return None, False
        opens = marked.at("letter-from", sentence.first)
        if marked.at("letter-to", sentence.first) or (not opens and not _is_line(scene, number)):
            continue
        near = [one for one in scene.within(sentence.first, sentence.end) if _may_write(one)]
        if not near:
            continue
        length = sentence.end - sentence.first
        office = number > 0 and near[0].office is not None and length <= _LONGEST_LINE
        if opens or (office and near[0].first == sentence.first) or first_person:
            return near[0], opens
    return None, False


def _may_write(one: Mention) -> bool:
    return (
        one.actor not in (None, UNKNOWN, RELIEF, MEDIA)
        and one.role != OTHERS
        and not one.is_capital
    )


def _signature(scene: Scene) -> Mention | None:
    """Who is named in the last lines of a text, which have no verb."""
    marked = scene.marked
    signed: list[Mention] = []
    for number in range(len(marked.sentences) - 1, max(0, len(marked.sentences) - _LAST), -1):
        sentence = marked.sentences[number]
        if sentence.paragraph == marked.sentences[number - 1].paragraph:
            break
        if not _is_line(scene, number) or sentence.end - sentence.first > _LONGEST_LINE:
            break
        near = scene.within(sentence.first, sentence.end)
        signed += [one for one in near if one.actor or one.office or one.person]
    if not signed:
        return None
    signed.sort(key=lambda one: one.first)
    person = next((one.person for one in signed if one.person), None)
    office = next((one.office for one in signed if one.office), None)
    lead = next((one for one in signed if one.person), signed[0])
    return replace(lead, person=person, office=office)


def _is_head(scene: Scene, number: int) -> bool:
    """Whether a paragraph is a head, though a dash parts it: "SITREP - Hub - 31 May"."""
    marked = scene.marked
    paragraph = marked.sentences[number].paragraph
    lines = [one for one in marked.sentences if one.paragraph == paragraph]
    last = marked.tokens[lines[-1].end - 1].form
    return (
        last not in _STOPS
        and lines[-1].end - lines[0].first <= _LONGEST_HEAD
        and not any(marked.has(key, lines[0].first, lines[-1].end) for key in ("be", "speech"))
    )


def _is_line(scene: Scene, number: int) -> bool:
    """Whether a sentence is a line of its own that tells nothing: a title, a name, a date."""
    marked, sentence = scene.marked, scene.marked.sentences[number]
    if marked.tokens[sentence.end - 1].form in _STOPS or not _ends_paragraph(marked, number):
        return False
    return not any(
        marked.at(key, n) and not (key == "may" and marked.tokens[n].is_capital)  # a month
        for n in range(sentence.first, sentence.end)
        for key in ("be", "auxiliary", "future", "may", "must", "pronoun", "first-person")
    ) and not (
        marked.has("speech", sentence.first, sentence.end)
        and sentence.end - sentence.first > _LONGEST_LINE
    )


def _ends_paragraph(marked: Marked, number: int) -> bool:
    after = number + 1
    return (
        after == len(marked.sentences)
        or marked.sentences[after].paragraph != marked.sentences[number].paragraph
    )
