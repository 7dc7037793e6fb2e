"""How many are there, as somebody puts it: a number with what it counts, as a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import MEDIA, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.place import Owner, Place
from safeconduct.wire.scene import Who, actors_of

_FEWEST = 10
_SMALLEST = 20  # below it a number counts what somebody saw
_UNIT_REACH = 4
_PUTS_REACH = 10
_ROUND = 1_000
_HUNDRED = 100
_MANY = (("hundred", 100), ("thousand", 1_000), ("million", 1_000_000))
_SEPARATORS = str.maketrans("", "", ",\u00a0\u202f\u2009")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")  # 250.000, as some languages write it


def estimates_in(place: Place) -> Iterator[Found]:
    """The estimates of a sentence."""
    index, end = place.span
    tokens, words = place.marked.tokens, _begin_in_words(place)
    while index < end:
        if not tokens[index].is_number and index not in words:
            index += 1
            continue
        value, last = _number(place, index)
        if value is None:
            index += 1
            continue
        found = _estimate(place, index, last, value)
        index = last + 1
        if found is not None:
            yield found
            index = max(index, found.sign[1] + 1)


def _number(place: Place, index: int) -> tuple[int | None, int]:
    """The number that begins with a token, and its last token."""
    tokens, end = place.marked.tokens, place.span[1]
    if tokens[index].is_word:
        return _in_words(place, index)
    if not tokens[index].is_number or ":" in tokens[index].form:
        return None, index
    digits = tokens[index].form.translate(_SEPARATORS)
    if _DOTTED.fullmatch(digits):
        digits = digits.replace(".", "")
    last = index
    while (  # 4 000, with a space
        last + 1 < end
        and tokens[last + 1].is_number
        and len(tokens[last + 1].form) == 3
        and len(digits) <= 3
        and tokens[last + 1].start == tokens[last].end + 1
    ):
        digits += tokens[last + 1].form
        last += 1
    if not digits.isdecimal() or len(digits) > 12:
        return None, index
    value = int(digits)
    if last + 1 < end and (times := _times(place, last + 1)):
        value, last = value * times, last + 1
    return value, last


def _begin_in_words(place: Place) -> set[int]:
    """Where a number may begin that is written in words: "six", and the "a" of "a hundred"."""
    found = {hit.first for hit in place.marked.of_table("numbers", *place.span)}
    for key, _ in _MANY:
        found |= {hit.first - 1 for hit in place.marked.of("words", key, *place.span)}
    return found


def _in_words(place: Place, index: int) -> tuple[int | None, int]:
    """The number that begins with a word: "six hundred", "forty-four", "a hundred"."""
    marked, end = place.marked, place.span[1]
    value = _word(place, index)
    last = index
    if value is None:
        following = index + 1 < end and any(marked.at(key, index + 1) for key, _ in _MANY)
        if not following or marked.tokens[index].form not in marked.forms("indefinite"):
            return None, index
        value = 1
    elif value % 10 == 0 and value > 10:
        dash = last + 1 < end and marked.tokens[last + 1].form == "-"
        ones = _word(place, last + 2) if dash and last + 2 < end else None
        if ones is not None and ones < 10:
            value, last = value + ones, last + 2
        # "Two-hundred fifty", "seventy five": each ten or hundred with what is left of it.
        while last + 1 < end and (more := _word(place, last + 1)) and _fits(value, more):
            value, last = value + more, last + 1
    while last + 1 < end and (times := _times(place, last + 1)):
        value, last = value * times, last + 1
        if times == _MANY[0][1] and (rest := _rest(place, last + 1)) is not None:
            value, last = value + rest[0], rest[1]
    return value, last


def _fits(value: int, more: int) -> bool:
    """Whether a number has room for a smaller one behind it: 250 for 5, and 20 for no 30."""
    return value % 10 ** len(str(more)) == 0 or (value % 100 == 0 and more < _HUNDRED)


def _rest(place: Place, index: int) -> tuple[int, int] | None:
    """What stands behind a hundred in a number in words: "two hundred and seventy-five"."""
    marked, end = place.marked, place.span[1]
    if index < end and marked.at("and", index):
        index += 1
    value = _word(place, index) if index < end else None
    if value is None:
        return None
    dash = index + 2 < end and marked.tokens[index + 1].form == "-"
    ones = _word(place, index + 2) if dash and value % 10 == 0 else None
    return (value + ones, index + 2) if ones is not None and ones < 10 else (value, index)


def _word(place: Place, index: int) -> int | None:
    hit = next(place.marked.of_table("numbers", index, index + 1), None)
    return int(hit.key) if hit is not None and hit.key.isdecimal() else None


def _times(place: Place, index: int) -> int | None:
    return next((many for key, many in _MANY if place.marked.at(key, index)), None)


def _estimate(place: Place, first: int, last: int, value: int) -> Found | None:
    """A number as an estimate; None where it is exact, a time, or counts nothing we know."""
    marked = place.marked
    begin, end = place.span
    low: int | None = value
    high: int | None = value
    start = first
    stop = last
    sort = ""
    if last + 2 < end and marked.at("range-joint", last + 1):
        other, other_last = _number(place, last + 2)
        between = marked.has("range", max(begin, first - 2), first)
        joint = marked.text(last + 1, last + 1) in {"-", "–", "—"} or between
        joint = joint or marked.at("infinitive", last + 1)
        joint = joint or (other is not None and _is_or(place, last + 1, other_last))
        if other is not None and joint and other > value:
            high, stop, sort = other, other_last, "range"
            low = value = _in_same_count(place, value, other, other_last)
            if between:
                start = next(marked.of("words", "range", max(begin, first - 2), first)).first
    if not sort:
        for key in ("at-least", "at-most", "about"):
            near = list(marked.of("words", key, max(begin, first - 4), first))
            if near and first - near[-1].last <= 1:
                sort, start = key, near[-1].first
                break
    if not sort and (more := next(marked.of("words", "at-least", stop + 1, stop + 3), None)):
        sort, stop = "at-least", more.last  # "200 and more"
    if not sort and (so := next(marked.of("words", "or-so", stop + 1, stop + 3), None)):
        sort, stop = "about", so.last  # "sixty or so wounded"
    if not sort and place.frame_at(first) is not None and _is_round(place, first, value):
        sort = "told"
    if not sort and place.marked.has("number", max(begin, first - _PUTS_REACH), first):
        sort = "told"  # "puts the number of displaced at 120,000"
    if not sort:
        return None
    low, high = (
        (low, None) if sort == "at-least" else (None, high) if sort == "at-most" else (low, high)
    )
    if place.marked.has("stretch", stop + 1, stop + 3):
        return None  # hours and days are no estimate
    unit = _unit(place, first, stop)
    few = _FEWEST if sort == "at-least" else 0 if sort == "range" and stop > last else _SMALLEST
    if unit is None or value < few:
        return None
    owner = _counts(place, first)
    return Found(
        act=Act.ESTIMATE,
        sign=(start, unit.last if 0 <= unit.first - stop <= _UNIT_REACH else stop),
        voice=owner.voice,
        mention=owner.mention,
        frame=place.frame_at(first),
        sentence=place.number,
        scope=(start, stop + 1),
        rule="a number that is no exact count",
        told=owner.mention.actor != MEDIA,
        low=low,
        high=high,
        unit=unit.key,
        unit_at=(unit.first, unit.last),
        number_at=(first, last if sort == "at-least" else stop),
        takes_fields=False,
    )


def _in_same_count(place: Place, value: int, other: int, last: int) -> int:
    """The lower number in hundreds or thousands, where only the higher says so: "five or six
    hundred".
    """
    times = _times(place, last) or 1
    return value * times if value < times and value * times < other else value


def _is_or(place: Place, index: int, last: int) -> bool:
    """Whether "or" joins two numbers of something that is counted: "five or six buses"."""
    marked = place.marked
    plain = marked.tokens[index].is_word and not marked.at("infinitive", index)
    return plain and not marked.at("and", index) and _unit(place, index, last) is not None


def _is_round(place: Place, first: int, value: int) -> bool:
    """Whether somebody's number is as round as no count is; "food for 2,000" counts rations."""
    before = place.marked.tokens[first - 1].form if first else ""
    return value >= _ROUND and value % 100 == 0 and before not in place.marked.forms("for-whom")


def _unit(place: Place, first: int, stop: int) -> Hit | None:
    """What is counted: named right behind the number, else before it ("the number of ...")."""
    marked = place.marked
    behind = list(marked.of_table("units", stop + 1, min(stop + 2 + _UNIT_REACH, place.span[1])))
    between = marked.tokens[stop + 1 : behind[0].first] if behind else []
    if behind and all(token.is_word and not token.is_capital for token in between):
        return behind[0]
    if _counts_people(place, stop):
        return Hit("units", "people", first, stop)
    if not marked.has("number", place.span[0], first):
        return None
    before = list(marked.of_table("units", max(place.span[0], first - 14), first))
    if before:
        return before[-1]
    near = marked.has("number", max(place.span[0], first - _PUTS_REACH), first)
    return Hit("units", "people", first, stop) if near and _stands_alone(place, stop) else None


def _stands_alone(place: Place, stop: int) -> bool:
    """Whether a number ends its clause: "we put it at 300 to 400"."""
    behind = stop + 1
    return behind >= place.span[1] or not place.marked.tokens[behind].is_word


def _counts_people(place: Place, stop: int) -> bool:
    """Whether a number stands alone as who did or suffered something: "at least 22 were hurt"."""
    marked, behind = place.marked, stop + 1
    if behind >= place.span[1]:
        return False
    of_them = marked.tokens[behind].form in marked.forms("of-whom") and any(
        marked.at("answer-back", n) for n in range(behind + 1, min(behind + 2, place.span[1]))
    )
    return of_them or any(marked.at(key, behind) for key in ("be", "auxiliary", "future"))


def _counts(place: Place, index: int) -> Owner:
    """Whose estimate it is: the voice's, or of who "puts" it so, else the writer's."""
    frame = place.frame_at(index)
    if frame is not None:
        return Owner(frame.who, actors_of(frame.who)[0])
    marked = place.marked
    puts = next(marked.of("words", "number", place.span[0], index), None)
    if puts is not None:
        subject = place.scene.subject(puts, place.span[0], place.span[1], None)
        ours = marked.has("we", place.span[0], index)
        if subject is not None and (subject.sure or ours):
            return Owner(subject, actors_of(subject)[0])
    if (by := _by_whose_count(place, index)) is not None:
        return Owner(Who((by,), (by.first, by.last)), by)
    who = place.scene.writer(index, index)
    return Owner(who, actors_of(who)[0])


def _by_whose_count(place: Place, index: int) -> Mention | None:
    """Whose count it is called behind a number: "by the monks' count"."""
    marked = place.marked
    for one in place.scene.within(index, place.span[1]):
        noun = one.last + 2
        counts = one.possessive and noun < place.span[1] and marked.at("count", noun)
        if counts and one.actor:
            return one
    return None


def span_of(found: Found) -> Span:
    """The tokens of the number itself."""
    return found.number_at or found.sign
