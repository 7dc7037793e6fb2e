"""Which words of a sentence belong to a sign: its clause, its negation, its condition."""

from __future__ import annotations

from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.phrases import Hit

_HARD = frozenset(";:—–•?")
_COMMA = ","
_NEGATION_REACH = 7
_CLAUSE_REACH = 60
_EXCEPTION_REACH = 3
_LONGEST_SIGN = 9  # tokens


def clause_of(marked: Marked, sign: Span, part: Span) -> Span:
    """The tokens of the clause around a sign, within a part of its sentence.

    A clause ends at a semicolon, a colon or a dash, at the edge of a quotation, and at a word that
    begins another clause with a comma before it.
    """
    first, end = sign[0], sign[1] + 1
    ends = breaks(marked)
    low = max(part[0], first - _CLAUSE_REACH)
    while first > low and first - 1 not in ends:
        first -= 1
    high = min(part[1], end + _CLAUSE_REACH)
    while end < high and end not in ends:
        end += 1
    return first, end


def breaks(marked: Marked) -> frozenset[int]:
    """The tokens before which a clause ends; asked for many times, so they are kept."""
    if marked.breaks is None:
        signs = {n for n, token in enumerate(marked.tokens) if token.form in _HARD}
        joints = marked.spots("and") | marked.spots("clause")
        marked.breaks = frozenset(signs | {n for n in joints if _breaks(marked, n)})
    return marked.breaks


def _breaks(marked: Marked, index: int) -> bool:
    if marked.at("and", index) and _is_verb(marked, index + 1):
        return True
    if marked.at("and", index) and not _begins(marked, index + 1):
        return False
    return (
        marked.at("clause", index)
        and index > 0
        and marked.tokens[index - 1].form == _COMMA
        and not marked.at("condition", index)
        and not marked.at("so-that", index)
        and not marked.at("that", index)
    )


def object_negation(marked: Marked, sign: Span, part: Span) -> Span | None:
    """The "nothing" or "no" right behind a sign: "promised nothing", "announced no pause"."""
    if sign[1] + 1 >= part[1]:
        return None
    hit = next(marked.of("words", "none", sign[1] + 1, min(sign[1] + 3, part[1])), None)
    if marked.tokens[sign[1] + 1].form in _HARD:
        return None
    negates = hit is not None and marked.has("negation", hit.first, hit.last + 1)
    return (hit.first, hit.last) if hit is not None and negates else None


def _begins(marked: Marked, index: int) -> bool:
    """Whether a subject may begin with a token: behind ", and" it opens another clause."""
    if index >= len(marked.tokens):
        return False
    token = marked.tokens[index]
    return (
        token.is_capital
        or token.form in marked.forms("article")
        or (
            marked.at("pronoun", index)
            or marked.at("existential", index)
            or any(hit.first == index for hit in marked.of("roles", "mover", index, index + 3))
        )
    )


def _is_verb(marked: Marked, index: int) -> bool:
    """Whether, in a language that puts verbs first, a word behind "and" opens another clause."""
    if index >= len(marked.tokens) or marked.grammar(index).subject is not Subject.AFTER:
        return False
    return (
        marked.at("speech", index)
        or marked.at("auxiliary", index)
        or marked.at("negation", index)
        or any(
            hit.first == index
            for table in ("acts", "grants", "facts")
            for hit in marked.of_table(table, index, index + _LONGEST_SIGN)
        )
    )


def negation_of(marked: Marked, sign: Span, part: Span) -> Span | None:
    """The words that negate a sign: within it, or before it in its own clause."""
    inside = next(marked.of("words", "negation", sign[0], sign[1] + 1), None)
    if inside is not None:
        return inside.first, inside.last
    begin = max(part[0], sign[0] - _NEGATION_REACH)
    for index in range(sign[0] - 1, begin - 1, -1):
        form = marked.tokens[index].form
        if (
            form in _HARD
            or form == _COMMA
            or (marked.at("clause", index) and not marked.at("negation", index))
        ):
            begin = index + 1
            break
    found = list(marked.of("words", "negation", begin, sign[0]))
    if found and not _excepts(marked, found[-1], sign, part[1]):
        return found[-1].first, found[-1].last
    # "Nobody at the command has ...": the negation is the subject, however far it stands.
    head = _clause_begin(marked, sign[0], part[0])
    subject = next(marked.of("words", "negation", head, min(head + 2, sign[0])), None)
    if subject is None or any(marked.at("clause", n) for n in range(subject.last + 1, sign[0])):
        return None
    return subject.first, subject.last


def _excepts(marked: Marked, negation: Hit, sign: Span, end: int) -> bool:
    """Whether the first half of a negation goes on with "but": "n'a annoncé que deux heures"."""
    if marked.tokens[negation.first].form not in marked.forms("half-negation"):
        return False
    stop = min(sign[1] + 1 + _EXCEPTION_REACH, end)
    but = next(marked.of("words", "exceptive", sign[1] + 1, stop), None)
    return but is not None and not marked.has("negation", sign[1] + 1, but.first)


def _clause_begin(marked: Marked, index: int, begin: int) -> int:
    low, ends = max(begin, index - _CLAUSE_REACH), breaks(marked)
    while index > low and index - 1 not in ends and marked.tokens[index - 1].form != _COMMA:
        index -= 1
    return index


def is_supposed(marked: Marked, sign: Hit, sentence: Span) -> bool:
    """Whether a sign stands behind an "if" in its clause, in a question, or in a supposition."""
    first, end = sentence
    if marked.tokens[end - 1].form in ("?", "؟") or marked.has("suppose", first, sign.first):
        return True
    if any(marked.at("whether", n) for n in range(sign.first, min(sign.last + 2, end))):
        return True  # "whether" may stand right behind its verb
    if any(
        not _comma_between(marked, hit.last, sign.first)
        for hit in marked.of("words", "asked", first, sign.first)
    ):
        return True
    return any(
        not _comma_between(marked, hit.last, sign.first)
        for hit in marked.of("words", "condition", max(first, sign.first - 25), sign.first)
        if hit.last > hit.first or not marked.is_accented(hit.first)  # "sí" is a yes, no "si"
    )


def _comma_between(marked: Marked, first: int, end: int) -> bool:
    return any(marked.tokens[n].form in {_COMMA, ";", "—"} for n in range(first + 1, end))


def is_verbal(marked: Marked, index: int) -> bool:
    """Whether a verb, or what stands before one, begins with a token."""
    keys = ("speech", "auxiliary", "be", "future", "may", "must", "negation")
    return any(marked.at(key, index) for key in keys) or any(
        hit.first == index
        for table in ("acts", "grants")
        for hit in marked.of_table(table, index, index + _LONGEST_SIGN)
    )
