"""In whose voice is each part of a text told?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeconduct.wire.attribution import attributed, first_of, is_told
from safeconduct.wire.clauses import is_verbal
from safeconduct.wire.frames import Frame
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.mentions import MEDIA, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.scene import Scene, Who
from safeconduct.wire.sentences import Sentence
from safeconduct.wire.talk import listed
from safeconduct.wire.tokens import Token

_QUOTE_MARKS = frozenset('"“”«»„')
_SHORT_TAIL = 5
_NEAR = 9
_THAT_REACH = 14  # tokens
_CLOSE = 4
_LONGEST_HEADING = 9
_LONGEST_MARK = 4  # "(a)", "4."
_WIDEST_ASIDE = 16
_LEAD = 3  # tokens


def frames_of(scene: Scene, number: int) -> list[Frame]:
    """The frames of one sentence, the outer one first; `scene.last` goes on with them."""
    marked, sentence = scene.marked, scene.marked.sentences[number]
    found: list[Frame] = []
    if (line := listed(scene, sentence)) is not None:
        found.append(line)
    for hit in sorted(_signs(marked, sentence), key=lambda one: (one.first, -one.last)):
        if any(frame.sign and frame.sign.last >= hit.first for frame in found):
            continue
        frame = (
            _according(scene, sentence, hit)
            or attributed(scene, sentence, hit)
            or (_spoken(scene, sentence, hit) if _is_speech(marked, hit) else None)
        )
        if frame is not None and frame.who.mentions[0].role != MEDIA:
            found.append(frame)  # what an outlet tells is told by the writer as well
    found = [_cut(scene, one) for one in found]
    found += _quoted(scene, sentence, found)
    if _of_before(marked, sentence) is not None:
        found = [replace(one, going_on=True) for one in found]  # it tells of what stands before
    elif not found and (next_to := _told_next(scene, number)) is not None:
        found.append(next_to)
    if not found and (view := _in_view(scene, sentence)) is not None:
        found.append(view)
    if not found and (going := _going_on(scene, number)) is not None:
        found.append(going)
    in_list = line is not None or _goes_on_in_list(scene, found)
    told = found[-1 if in_list else 0] if found else None
    scene.told = (number, told, in_list) if told else None
    if found:
        scene.last = found[-1].who
    elif (who := _headed(scene, number)) is not None:
        scene.last = who
        scene.told = (number, Frame(None, who, ((sentence.first, sentence.end),)), True)
    elif (who := _asked_about(scene, number)) is not None:
        scene.last = who
    return found


def _in_view(scene: Scene, sentence: Sentence) -> Frame | None:
    """ "For the ICRC, ...": what somebody holds whose name opens the sentence."""
    marked = scene.marked
    hit = next(marked.of("words", "in-view", sentence.first, sentence.first + _CLOSE), None)
    if hit is None or hit.first != sentence.first:
        return None
    near = next(scene.starting(hit.last + 1, min(hit.last + 1 + _CLOSE, sentence.end)), None)
    if near is None or not near.actor:
        return None
    many = scene.together(near)
    behind = many[-1].last + 1
    if behind + 1 >= sentence.end or marked.tokens[behind].form != ",":
        return None
    who = Who(many, (many[0].first, many[-1].last))
    return Frame(hit, who, ((behind + 1, sentence.end),))


def _asked_about(scene: Scene, number: int) -> Who | None:
    """Of whom a question of no verb asks, so that the next sentence is theirs: "And Hamas?"."""
    marked, sentence = scene.marked, scene.marked.sentences[number]
    if sentence.end - sentence.first > _LONGEST_HEADING:
        return None
    if marked.tokens[sentence.end - 1].form not in ("?", "؟"):
        return None
    if any(is_verbal(marked, n) for n in range(sentence.first, sentence.end)):
        return None
    near = [one for one in scene.within(sentence.first, sentence.end) if one.actor]
    if len(near) != 1 or not scene.is_subject(near[0]):
        return None
    return Who(scene.together(near[0]), (near[0].first, near[0].last))


def _of_before(marked: Marked, sentence: Sentence) -> Hit | None:
    """The verb of a sentence that only says who told the one before: "This was said by X"."""
    lead = next(marked.of("words", "of-this", sentence.first, sentence.first + _LEAD), None)
    if lead is None:
        return None
    verbs = marked.of("words", "speech", lead.first, min(lead.last + _NEAR, sentence.end))
    return next(verbs, None)


def _told_next(scene: Scene, number: int) -> Frame | None:
    """A sentence whose speaker the next one names: "Fire will cease at ten. So said X."."""
    marked, after = scene.marked, number + 1
    if after >= len(marked.sentences):
        return None
    sentence, following = marked.sentences[number], marked.sentences[after]
    if sentence.paragraph != following.paragraph:
        return None
    hit = _of_before(marked, following)
    if hit is None or any(marked.at("negation", n) for n in range(following.first, hit.first)):
        return None
    who = _speaker(scene, following, hit)
    if who is None or who.mentions[0].role == MEDIA:
        return None
    return Frame(None, who, ((sentence.first, sentence.end),))


def _cut(scene: Scene, frame: Frame) -> Frame:
    """A frame as far as a semicolon behind which somebody else is the subject."""
    theirs = {one.actor for one in frame.who.mentions}
    parts: list[Span] = []
    for first, end in frame.parts:
        for index in range(first, end):
            if scene.marked.tokens[index].form != ";":
                continue
            near = next(scene.starting(index + 1, min(index + _CLOSE, end)), None)
            if near is not None and near.actor not in theirs and scene.is_subject(near):
                end = index
                break
        parts.append((first, end))
        if end != frame.parts[len(parts) - 1][1]:
            break
    return replace(frame, parts=tuple(parts)) if tuple(parts) != frame.parts else frame


def _headed(scene: Scene, number: int) -> Who | None:
    """Whose the paragraph is that begins with a name alone: "4. Armed opposition. Will not ..."."""
    marked, sentence = scene.marked, scene.marked.sentences[number]
    after = number + 1
    if after >= len(marked.sentences) or sentence.end - sentence.first > _LONGEST_HEADING:
        return None
    if marked.sentences[after].paragraph != sentence.paragraph:
        return None
    if marked.tokens[sentence.end - 1].form != ".":
        return None
    before = marked.sentences[number - 1] if number else None
    begins = before is None or before.paragraph != sentence.paragraph
    if not begins and before is not None and before.end - before.first > _LONGEST_MARK:
        return None
    if any(is_verbal(marked, n) for n in range(sentence.first, sentence.end)):
        return None
    near = [one for one in scene.within(sentence.first, sentence.end) if scene.is_subject(one)]
    if not near or near[0].first - sentence.first > _LONGEST_MARK or not near[0].actor:
        return None
    if any(marked.tokens[n].form == "," for n in range(sentence.first, near[0].first)):
        return None  # "ADRE, Chad.": where it is written
    many = scene.together(near[0])
    return Who(many, (many[0].first, many[-1].last))


def _going_on(scene: Scene, number: int) -> Frame | None:
    """A sentence in the voice of the one before: behind "X: ...", or where it begins with "it"."""
    if scene.told is None or scene.told[0] != number - 1:
        return None
    marked, frame = scene.marked, scene.told[1]
    sentence, before = marked.sentences[number], marked.sentences[number - 1]
    if sentence.paragraph != before.paragraph:
        return None
    if not scene.told[2] and not marked.at("pronoun", sentence.first):
        return None
    who = Who(frame.who.mentions, frame.who.at, False)
    return Frame(None, who, ((sentence.first, sentence.end),), going_on=True)


def _goes_on_in_list(scene: Scene, found: list[Frame]) -> bool:
    return bool(found) and found[0].going_on and scene.told is not None and scene.told[2]


def _signs(marked: Marked, sentence: Sentence) -> list[Hit]:
    keys = ("speech", "according", "tells", "words-of", "believed")
    return [
        hit
        for key in keys
        for hit in marked.of("words", key, sentence.first, sentence.end)
        if marked.quoted(hit.first) is None and not _is_in_name(marked, sentence, hit.first)
    ]


def _is_in_name(marked: Marked, sentence: Sentence, index: int) -> bool:
    """Whether a word is a part of a name: "States" of "the United States"."""
    return (
        index > sentence.first
        and marked.tokens[index].is_capital
        and marked.tokens[index - 1].is_capital
    )


def _is_speech(marked: Marked, hit: Hit) -> bool:
    """Whether a word says that somebody speaks wherever it stands, and not only behind a comma."""
    return any(
        next(marked.of("words", key, hit.first, hit.last + 1), None) is not None
        for key in ("speech", "according")
    )


def _according(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """ "According to X, ...": everything else in the sentence is X's."""
    if next(scene.marked.of("words", "according", hit.first, hit.last + 1), None) is None:
        return None
    near = list(scene.starting(hit.last + 1, min(hit.last + _NEAR, sentence.end)))
    commas = near and "," in (t.form for t in scene.marked.tokens[hit.last : near[0].first])
    told_by = near and any(
        scene.marked.at("speaks-for", n) or scene.marked.at("by", n)
        for n in range(hit.last + 1, near[0].first)
    )
    if near and (near[0].first - hit.last <= _CLOSE or told_by) and not commas:
        many = tuple(scene.sided(one) for one in scene.together(near[0]))
        who = Who(many, (many[0].first, many[-1].last))
    elif scene.marked.has("speech", sentence.first, hit.first):
        return None  # "X said that, according to him, ...": it is X's already
    elif (lead := _own_lead(scene, sentence, hit)) is not None:
        who = lead
    elif scene.last is not None and hit.last + 1 < sentence.end:
        who = Who(scene.last.mentions, (hit.last + 1, hit.last + 1), False)
    else:
        return None
    parts = ((sentence.first, hit.first), (who.at[1] + 1, sentence.end))
    return Frame(hit, who, tuple(one for one in parts if one[0] < one[1]))


def _own_lead(scene: Scene, sentence: Sentence, hit: Hit) -> Who | None:
    """The person that leads a sentence, whom "in his words" amid it means."""
    if not any(scene.marked.at("owns", n) for n in range(hit.first, hit.last + 1)):
        return None
    lead = scene.first_in(sentence.first, hit.first, None)
    if lead is None or not lead.sure or not (lead.mentions[0].person or lead.mentions[0].office):
        return None
    return Who(lead.mentions, (hit.first, hit.last), False)


def _spoken(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """A verb of speech with its subject before it, or close behind it; none that is denied."""
    marked = scene.marked
    if any(marked.at("negation", n) for n in range(max(sentence.first, hit.first - 2), hit.first)):
        return None
    told = is_told(marked, hit)
    who = scene.agent(hit, sentence.end) if told else _speaker(scene, sentence, hit)
    if who is None:
        return None
    first = min(who.at[0], first_of(scene, hit))
    while first > sentence.first and marked.tokens[first - 1].form in marked.forms("article"):
        first -= 1
    last = max(who.at[1] if who.at[0] > hit.first else hit.last, hit.last)
    before = (sentence.first, first)
    if marked.grammar(hit.first).subject is Subject.AFTER:
        said = _told_behind(scene, who, last + 1, sentence.end)
        return Frame(hit, who, (said,), _is_direct(marked, hit, sentence)) if said else None
    begin = _behind_whom(marked, hit, last + 1, sentence.end)
    after = (_behind_that(marked, begin, sentence.end), sentence.end)
    direct = next(marked.of("words", "direct", hit.first, sentence.end), None)
    is_direct = direct is not None and direct.first <= hit.first <= direct.last
    ends_before = first - 1 >= sentence.first and (
        marked.tokens[first - 1].form == "," or marked.tokens[first - 1].form in _QUOTE_MARKS
    )
    tail = after[1] - after[0]
    parts: tuple[Span, ...]
    if not ends_before:
        parts = (after,)
    elif tail <= _SHORT_TAIL or marked.tokens[after[0]].form in {",", ".", ":", ";"}:
        parts = (before, after)
    elif marked.quoted(first - 2) is not None or _is_long(marked, before):
        parts = (before, after) if marked.quoted(first - 2) is not None else (after,)
    else:
        parts = (after,)
    parts = tuple(one for one in parts if one[0] < one[1])
    return Frame(hit, who, parts, is_direct) if parts else None


def _behind_that(marked: Marked, begin: int, end: int) -> int:
    """Where what is said begins: behind ", that", if that stands near."""
    near = next(marked.of("words", "that", begin, min(begin + _NEAR, end)), None)
    if near is None or near.last + 1 >= end or marked.tokens[near.first - 1].form != ",":
        return begin
    return near.last + 1


def _is_direct(marked: Marked, hit: Hit, sentence: Sentence) -> bool:
    direct = next(marked.of("words", "direct", hit.first, sentence.end), None)
    return direct is not None and direct.first <= hit.first <= direct.last


def _told_behind(scene: Scene, who: Who, first: int, end: int) -> Span | None:
    """What is said, where verbs stand first: from a "that", a colon or a quotation on, up to what
    is told of somebody else behind a "but".
    """
    marked = scene.marked
    reach = range(first, min(first + _THAT_REACH, end))
    begin = next((n for n in reach if _opens_speech(marked, n)), None)
    if begin is None or any(marked.at("speech", n) for n in range(first, begin)):
        return None
    stop = begin + 1
    while stop < end and not _turns_to_another(scene, who, stop, end):
        stop += 1
    return begin, stop


def _opens_speech(marked: Marked, index: int) -> bool:
    form = marked.tokens[index].form
    return marked.at("that", index) or form == ":" or form in _QUOTE_MARKS


def _turns_to_another(scene: Scene, who: Who, index: int, end: int) -> bool:
    marked = scene.marked
    if marked.tokens[index].form != "," or not any(
        marked.at("but", n) for n in range(index + 1, min(index + 3, end))
    ):
        return False
    other = next(scene.starting(index + 2, min(index + 5, end)), None)
    return other is not None and other.actor not in {one.actor for one in who.mentions}


def _behind_whom(marked: Marked, hit: Hit, begin: int, end: int) -> int:
    """Where what is told begins: behind "that", where a verb such as "told" says whom it tells."""
    if not marked.at("told-of", hit.first) or marked.tokens[hit.last].form in marked.forms("hangs"):
        return begin
    for index in range(begin, min(begin + _NEAR, end - 1)):
        if marked.tokens[index].form in marked.forms("hangs"):
            return index + 1
        if marked.at("pronoun", index) or marked.tokens[index].form == ",":
            return begin
    return begin


def _is_long(marked: Marked, part: Span) -> bool:
    return part[1] - part[0] > _NEAR


def _speaker(scene: Scene, sentence: Sentence, hit: Hit) -> Who | None:
    """Who speaks: the subject before the verb, a name close by it, a pronoun."""
    begin = sentence.first
    turned = scene.marked.grammar(hit.first).subject is Subject.EITHER and scene.marked.has(
        "turned", hit.first, hit.last + 1
    )
    if scene.last and turned:
        return Who(scene.last.mentions, (hit.first, hit.last), False)
    weak = _beside(scene, sentence, hit)
    after_quote = hit.first > begin and _opens_after(scene, hit)
    if after_quote and (behind := _behind(scene, sentence, hit)):
        return behind
    if weak is not None:
        return weak
    found = _right_before(scene, hit, begin) or scene.subject(hit, begin, sentence.end, None)
    if found is not None:
        return found
    found = scene.owned(hit.first - 1, sentence.first) or _behind(scene, sentence, hit)
    if found is None and scene.last is not None and scene.marked.grammar(hit.first).drops_subject:
        return Who(scene.last.mentions, (hit.first, hit.last), False)
    return found


def _right_before(scene: Scene, hit: Hit, begin: int) -> Who | None:
    """Who is named right before a verb, whoever stands before in the sentence."""
    index = hit.first - 1
    while index > begin and scene.marked.at("auxiliary", index):
        index -= 1
    near = [one for one in scene.ending(index) if one.first >= begin and scene.is_subject(one)]
    if not near or not near[-1].actor:
        return None
    many = scene.together(near[-1])
    return Who(many, (many[0].first, many[-1].last)) if scene.is_subject(many[0]) else None


def _opens_after(scene: Scene, hit: Hit) -> bool:
    """Whether a quotation, or a clause that is no apposition, ends right before a verb."""
    first = first_of(scene, hit)
    form = scene.marked.tokens[first - 1].form if first else ""
    if form == ",":
        return not any(one.last == first - 2 for one in scene.within(first - 20, first))
    return form in _QUOTE_MARKS


def _beside(scene: Scene, sentence: Sentence, hit: Hit) -> Who | None:
    """A name with a capital that nobody knows, right before a verb of speech, is a person's."""
    near = list(scene.within(max(sentence.first, hit.first - _WIDEST_ASIDE), hit.first))
    if not near:
        return None
    one = next((o for o in reversed(near) if scene.is_subject(o) or o.weak), near[-1])
    if hit.first - one.last > _CLOSE and not one.weak:
        return None
    between = scene.marked.tokens[one.last + 1 : hit.first]
    if not one.weak or not (_is_aside(between) or all(token.is_word for token in between)):
        return None
    if any(scene.marked.at("preposition", n) for n in (one.first - 1,) if n >= sentence.first):
        return None
    many = tuple(scene.sided(m) for m in scene.together(one))
    return Who(many, (many[0].first, many[-1].last))


def _is_aside(between: Sequence[Token]) -> bool:
    """Whether what stands between a name and its verb is set off by commas: ", their envoy,"."""
    return len(between) > 2 and between[0].form == "," and between[-1].form == ","


def _behind(scene: Scene, sentence: Sentence, hit: Hit) -> Who | None:
    """Who stands right behind a verb of speech; where subjects may, with asides between."""
    if scene.marked.grammar(hit.first).subject is Subject.EITHER:
        return scene.behind(hit, sentence.end)
    if hit.first > sentence.first and scene.marked.at("pronoun", hit.first - 1):
        return None
    near = list(scene.starting(hit.last + 1, min(hit.last + 5, sentence.end)))
    after = near[0].last + 1 if near else 0
    if near and after < sentence.end and is_verbal(scene.marked, after):
        return None  # "said his group had not been asked"
    if (
        near
        and near[0].first - hit.last <= 2
        and not (near[0].possessive or scene.is_oblique(near[0]))
    ):
        many = scene.together(near[0])
        return Who(many, (many[0].first, many[-1].last))
    return None


def _quoted(scene: Scene, sentence: Sentence, found: list[Frame]) -> list[Frame]:
    """Quotations of this sentence that no frame in it holds: who speaks around them."""
    frames: list[Frame] = []
    for first, end in scene.marked.quotes:
        begin, stop = max(first, sentence.first), min(end, sentence.end)
        if begin >= stop or any(one.holds(begin) for one in found):
            continue
        who = _of_quote(scene, (first, end), sentence, found)
        whole = begin - sentence.first <= 1  # the quotation begins the sentence, or goes on in it
        if who is not None and (whole or stop - begin > _NEAR):
            frames.append(Frame(None, Who(who.mentions, who.at, False), ((begin, stop),)))
    return frames


def _of_quote(scene: Scene, quote: Span, sentence: Sentence, found: list[Frame]) -> Who | None:
    """Who speaks a quotation: named in the sentence where it ends, or who spoke last."""
    if found:
        return found[0].who
    marked = scene.marked
    last = marked.sentences[marked.sentence(quote[1] - 1)]
    if last.first > sentence.first:
        for hit in marked.of("words", "speech", quote[1], last.end):
            if (who := _speaker(scene, last, hit)) is not None:
                return who
    return scene.last


def mention_of(who: Who) -> Mention:
    """The first of those who speak."""
    return who.mentions[0]
