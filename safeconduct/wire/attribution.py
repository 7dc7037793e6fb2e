"""Who says what stands beside a verb of saying: "..., X said on Friday", "..., said X, ...".

So a verb stands whose subject is right beside it, with a comma or a mark of quotation between the
two and what is said. In that place many verbs are verbs of saying ("warned", "charged").
"""

from __future__ import annotations

from safeconduct.wire.clauses import is_verbal
from safeconduct.wire.frames import Frame
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.mentions import UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.scene import Scene, Who
from safeconduct.wire.sentences import Sentence

QUOTE_MARKS = frozenset('"“”«»„')
_EDGES = QUOTE_MARKS | frozenset(",—–-?!")
_ENDS = QUOTE_MARKS | frozenset(",.;:—–-()")
_PAIRED = frozenset(",—–-")
_WIDEST_TAIL = 14  # tokens behind the verb: "on Friday in a statement"
_WIDEST_HEAD = 6
_FEWEST = 3


def worded(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """What a noun of saying tells: "O'Brien's verdict was that ...", "word from Moscow: ..."."""
    marked = scene.marked
    if (behind := _worded_behind(scene, sentence, hit)) is not None:
        return behind
    who = _owner(scene, sentence, hit)
    if who is None:
        return None
    last = max(hit.last, who.at[1])
    for index in range(last + 1, min(last + _WIDEST_TAIL, sentence.end - 1)):
        follows = marked.tokens[index + 1].form in marked.forms("hangs")
        counts = marked.at("be", index) and marked.at("figures", hit.first)
        if marked.tokens[index].form == ":" or (marked.at("be", index) and follows) or counts:
            first = index + 1 + follows
            return Frame(hit, who, ((first, sentence.end),)) if first < sentence.end else None
    return None


def _worded_behind(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """ "..., was the explanation": what is said before is of whom the text spoke last."""
    marked, first = scene.marked, hit.first
    while first - 1 > sentence.first and marked.tokens[first - 1].form in (
        marked.forms("definite") | marked.forms("owns")
    ):
        first -= 1
    edge = first - 2
    if not marked.at("be", first - 1) or edge <= sentence.first:
        return None
    if marked.tokens[edge].form not in _EDGES:
        return None
    who = _owner(scene, sentence, hit)
    if who is None and scene.last is not None:
        who = Who(scene.last.mentions, (hit.first, hit.last), False)
    return Frame(hit, who, ((sentence.first, edge),)) if who is not None else None


def _owner(scene: Scene, sentence: Sentence, hit: Hit) -> Who | None:
    """Whose a noun is: "the UN's", "its", or "from the UN" and "of the UN" behind it."""
    marked = scene.marked
    before = hit.first - 1
    while before > sentence.first and marked.tokens[before].is_word and hit.first - before <= 3:
        if marked.at("owns", before):
            break
        before -= 1
    near = [one for one in scene.ending(before - 1) if one.possessive]
    if near:
        many = tuple(scene.sided(one) for one in near)
        return Who(many, (many[0].first, many[-1].last))
    if marked.at("owns", before) and scene.last is not None:
        return Who(scene.last.mentions, (before, before), False)
    if marked.at("speaks-for", hit.last + 1):
        behind = list(scene.starting(hit.last + 2, min(hit.last + 5, sentence.end)))
        if behind and behind[0].actor:
            many = scene.together(behind[0])
            return Who(many, (many[0].first, many[-1].last))
    return None


def believed(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """ "If X is to be believed, ...": everything else in the sentence is X's."""
    near = [one for one in scene.ending(hit.first - 1) if not one.possessive]
    if not near:
        return None
    many = tuple(scene.sided(one) for one in scene.together(near[-1]))
    who = Who(many, (many[0].first, many[-1].last))
    edge = _edge_before(scene.marked, sentence, who.at[0])
    first = edge if edge is not None else sentence.first
    parts = ((sentence.first, first), (hit.last + 1, sentence.end))
    return Frame(hit, who, tuple(one for one in parts if one[0] < one[1]))


def attributed(scene: Scene, sentence: Sentence, hit: Hit) -> Frame | None:
    """What a sentence says around a verb that stands with its subject between commas."""
    if scene.marked.at("words-of", hit.first):
        return worded(scene, sentence, hit)
    if scene.marked.at("believed", hit.last):
        return believed(scene, sentence, hit)
    found = _with_subject_before(scene, sentence, hit) or _with_subject_behind(scene, sentence, hit)
    if found is None:
        return None
    who, (first, last) = found
    before, after = (sentence.first, first), (last + 1, sentence.end)
    parts = tuple(one for one in (before, after) if one[0] < one[1])
    goes_on = scene.marked.tokens[last + 1].form in _PAIRED if last + 1 < sentence.end else False
    return Frame(hit, who, parts, apart=goes_on and is_verbal(scene.marked, last + 2))


def _with_subject_before(scene: Scene, sentence: Sentence, hit: Hit) -> tuple[Who, Span] | None:
    """ "..., the army said on Friday.": what opens behind a comma, and ends with its verb."""
    marked = scene.marked
    if is_told(marked, hit):
        return _told_by(scene, sentence, hit)
    if _is_in_longer(marked, hit):
        return None
    index = hit.first - 1
    while index > sentence.first and (
        marked.at("auxiliary", index)
        or marked.at("adverb", index)
        or marked.tokens[index].form.endswith("ly")
    ):
        index -= 1
    who = _ending_at(scene, sentence, index)
    if who is None:
        return None
    edge = _edge_before(marked, sentence, who.at[0])
    end = _end_behind(scene, sentence, hit)
    if edge is None or end is None:
        return None
    # "Israel, Kirby said, had agreed": a comma on either side sets it apart whatever it parts.
    apart = end + 1 < sentence.end and marked.tokens[end + 1].form in _PAIRED and end - hit.last < 4
    if not apart and not _says_something(marked, (sentence.first, edge)):
        return None
    return who, (edge, end)


def is_told(marked: Marked, hit: Hit) -> bool:
    """Whether somebody is told, and does not tell: "the UN was told", "we were assured"."""
    before = hit.first - 1
    return before >= 0 and marked.at("be", before) and marked.at("told-of", hit.first)


def _told_by(scene: Scene, sentence: Sentence, hit: Hit) -> tuple[Who, Span] | None:
    """ "..., Sky News was told by an army spokesman.": who stands behind "by" tells it."""
    who = scene.agent(hit, sentence.end)
    edge = _edge_before(scene.marked, sentence, hit.first - 1)
    near = list(scene.ending(hit.first - 2))
    if near:
        edge = _edge_before(scene.marked, sentence, near[-1].first)
    return (who, (edge, who.at[1])) if who is not None and edge is not None else None


def _is_in_longer(marked: Marked, hit: Hit) -> bool:
    """Whether a verb of saying begins the sign of an act: "Luqman said yes"."""
    end = hit.last + 1 + _FEWEST
    return any(
        one.first == hit.first and one.last > hit.last
        for table in ("acts", "grants")
        for one in marked.of_table(table, hit.first, end)
    )


def _ending_at(scene: Scene, sentence: Sentence, index: int) -> Who | None:
    """Who is named, or meant by a pronoun, in words that end with a token."""
    marked = scene.marked
    if index <= sentence.first:
        return None
    closed = marked.tokens[index].form == ","
    near = [one for one in scene.ending(index - closed) if not one.possessive]
    if near and (not closed or _is_apposed(marked, near[-1])):
        many = tuple(scene.sided(one) for one in scene.together(near[-1]))
        return Who(many, (many[0].first, many[-1].last))
    if closed:
        return None
    for key in ("pronoun", "we"):
        pronoun = next(marked.of("words", key, index, index + 1), None)
        if pronoun is not None and marked.tokens[index].form not in marked.forms("relative"):
            return _fitting(scene, sentence, index) or scene.meant(pronoun)
    return scene.owned(index, sentence.first) or _somebody(scene, sentence, index)


def _fitting(scene: Scene, sentence: Sentence, index: int) -> Who | None:
    """Whom "they" and "it" mean: the subject of what is said, where it fits in number."""
    marked = scene.marked
    if not marked.at("thing", index):
        return None
    lead = next((o for o in scene.within(sentence.first, index) if scene.is_subject(o)), None)
    if lead is None or lead.actor is None or lead.first - sentence.first > _WIDEST_HEAD:
        return None
    many = scene.together(lead)
    plural = len(many) > 1 or marked.tokens[lead.last].form.endswith("s")
    if plural is not marked.at("several", index):
        return None
    return Who(many, (index, index), False)


def _somebody(scene: Scene, sentence: Sentence, index: int) -> Who | None:
    """A person without a name or an office behind a comma: "one trader said"."""
    marked = scene.marked
    for first in range(index - 1, max(sentence.first, index - 4), -1):
        token = marked.tokens[first]
        if not token.is_word:
            return None
        counted = next(marked.of_table("numbers", first, first + 1), None) is not None
        if token.form in marked.forms("indefinite") or counted:
            if marked.tokens[first - 1].form not in _EDGES:
                return None
            one = Mention(first, index, UNKNOWN, (first, index), role="observer")
            return Who((one,), (first, index))
    return None


def _is_apposed(marked: Marked, one: Mention) -> bool:
    return any(marked.tokens[n].form == "," for n in range(one.first, one.last))


def _edge_before(marked: Marked, sentence: Sentence, first: int) -> int | None:
    """The comma or mark before a subject, whatever words belong to it ("a senior UN official")."""
    for index in range(first - 1, max(sentence.first, first - _WIDEST_HEAD), -1):
        token = marked.tokens[index]
        if token.form in _EDGES:
            return index
        if token.form in marked.forms("as-told") and marked.tokens[index - 1].form in _EDGES:
            return index - 1
        if token.form == "." or marked.tokens[index + 1].form == ".":
            continue  # "Mr. Egeland"
        if not token.is_word or token.is_capital or _begins_other(marked, index):
            return None
    return None


def _begins_other(marked: Marked, index: int) -> bool:
    return any(marked.at(key, index) for key in ("clause", "pronoun", "be", "preposition", "and"))


def _end_behind(scene: Scene, sentence: Sentence, hit: Hit) -> int | None:
    """Where the words end that belong to the verb, if no clause hangs on it."""
    marked = scene.marked
    for index in range(hit.last + 1, min(hit.last + _WIDEST_TAIL, sentence.end)):
        token = marked.tokens[index]
        if token.form in _ENDS:
            return index - 1
        hangs = token.form in marked.forms("article") and index == hit.last + 1
        if hangs and token.form in marked.forms("hangs"):
            return None
        if marked.at("pronoun", index) or is_verbal(marked, index) or marked.at("clause", index):
            return None
        if marked.at("infinitive", index) and _is_verb_next(marked, index, sentence.end):
            return None
    return sentence.end - 1 if sentence.end - hit.last <= _WIDEST_TAIL else None


def _is_verb_next(marked: Marked, index: int, end: int) -> bool:
    following = marked.tokens[index + 1] if index + 1 < end else None
    return (
        following is not None
        and following.is_word
        and not following.is_capital
        and following.form not in marked.forms("article")
        and next(marked.of("roles", "observer", index + 1, index + 2), None) is None
        and not marked.at("told-to", index + 1)
    )


def _says_something(marked: Marked, part: Span) -> bool:
    """Whether there is a clause before a comma, and not only "on Friday" or "in a statement"."""
    first, end = part
    if end - first >= _FEWEST and any(is_verbal(marked, n) for n in range(first, end)):
        return True
    quoted = any(marked.tokens[n].form in QUOTE_MARKS for n in range(first, end + 1))
    opens = marked.at("preposition", first) or marked.at("clause", first)
    signs = any(
        next(marked.of_table(table, first, end), None) is not None
        for table in ("acts", "grants", "judgements", "facts", "undertakings")
    )
    return quoted or (signs and not opens)


def _with_subject_behind(scene: Scene, sentence: Sentence, hit: Hit) -> tuple[Who, Span] | None:
    """ "..., said X, ...": a verb behind a comma or a quotation, and its subject behind it."""
    marked = scene.marked
    edge = first_of(scene, hit) - 1
    if edge < sentence.first or hit.last != hit.first:
        return None
    if marked.tokens[edge].form not in _EDGES:
        return None
    if not _says_something(marked, (sentence.first, edge)) and not _is_apart(marked, hit.last):
        return None
    begin = hit.last + 1
    while begin < sentence.end and begin - hit.last < 4 and _belongs_before_name(marked, begin):
        begin += 1
    near = [one for one in scene.starting(hit.last + 1, begin + 1) if not one.possessive]
    after = near[0].last + 1 if near else 0
    if near and after < sentence.end and is_verbal(marked, after):
        return None
    if near:
        many = tuple(scene.sided(one) for one in scene.together(near[0]))
        return Who(many, (many[0].first, many[-1].last)), (edge, many[-1].last)
    pronoun = next(marked.of("words", "person", hit.last + 1, hit.last + 2), None)
    who = scene.meant(pronoun) if pronoun is not None else None
    return (who, (edge, hit.last + 1)) if who is not None else None


def _is_apart(marked: Marked, verb: int) -> bool:
    """Whether a pronoun alone stands behind a verb: "Moscow, said he, will wait"."""
    after = verb + 2
    return (
        after < len(marked.tokens)
        and next(marked.of("words", "person", verb + 1, after), None) is not None
        and marked.tokens[after].form in _PAIRED
    )


def first_of(scene: Scene, hit: Hit) -> int:
    """The first token of a verb with what helps it, where its subject may follow: "a dit X"."""
    marked, first = scene.marked, hit.first
    if marked.grammar(first).subject is Subject.BEFORE:
        return first
    while first and marked.at("auxiliary", first - 1):
        first -= 1
    return first


def _belongs_before_name(marked: Marked, index: int) -> bool:
    token = marked.tokens[index]
    return token.is_word and not token.is_capital and not _begins_other(marked, index)
