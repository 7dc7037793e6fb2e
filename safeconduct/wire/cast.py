"""Who stands where in a text, and who stands so that he can do something."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeconduct.wire.marked import Marked
from safeconduct.wire.mentions import OTHERS, UNKNOWN, Mention
from safeconduct.wire.phrases import Hit

_LONGEST_MENTION = 25
_WIDEST_OWNED = 5
_WIDEST_PART = 3
_WIDEST_BRACKET = 8
_BOTH = (0, 1)
_LONGEST_DATELINE = 12
_DASHES = frozenset("-–—")


@dataclass(slots=True)
class Cast:
    """A marked text with its mentions, in order.

    Parameters
    ----------
    sides : the two parties of the text, if it has two.
    dateline : behind where and when it was written: "HOMS, Syria, Feb 11 - ".
    """

    marked: Marked
    mentions: list[Mention]
    sides: tuple[str, ...] = ()
    dateline: int = 0
    _firsts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._firsts = [one.first for one in self.mentions]
        self.dateline = _behind_dateline(self.marked)
        parties = (one.actor for one in self.mentions if one.role == "" and one.actor)
        count = Counter(one for one in parties if one != UNKNOWN).most_common(3)
        two = len(count) == len(_BOTH) or (len(count) > 2 and count[1][1] > count[2][1])
        self.sides = tuple(one for one, _ in count[:2]) if two else ()

    def within(self, first: int, end: int) -> Iterator[Mention]:
        """The mentions that lie wholly within some tokens."""
        for index in range(bisect_left(self._firsts, first), len(self.mentions)):
            one = self.mentions[index]
            if one.first >= end:
                return
            if one.last < end:
                yield one

    def ending(self, index: int) -> Iterator[Mention]:
        """The mentions whose last word is a token; what stands in brackets behind it is its."""
        tokens, ends = self.marked.tokens, {index}
        if tokens[index].form == ")":
            low = max(0, index - _WIDEST_BRACKET)
            opened = next((n for n in range(index, low, -1) if tokens[n].form == "("), index)
            ends = {index - 1, opened - 1}
        low = bisect_left(self._firsts, max(0, index - _LONGEST_MENTION))
        for one in self.mentions[low : bisect_left(self._firsts, index + 1)]:
            if one.last in ends:
                yield one

    def sided(self, one: Mention) -> Mention:
        """A person of no known side, on the side of whom the text named last before.

        A name alone, of which nothing tells that it is "their" man, is of nobody that is known.
        """
        if one.actor is not None:
            return one
        if one.weak and (house := self._house_before(one)) is not None:
            spot = (house.first, house.last)
            return replace(one, actor=house.actor, actor_at=spot, role=house.role, weak=False)
        if one.weak and one.office is None and not self._is_theirs(one):
            return replace(one, actor=UNKNOWN, actor_at=(one.first, one.last), weak=False)
        before = self.mentions[: bisect_left(self._firsts, one.first)]
        side = next((m for m in reversed(before) if m.actor and self.is_subject(m)), None)
        if side is None:
            return one
        return replace(
            one,
            actor=side.actor,
            actor_at=(side.first, side.last),
            role=side.role,
            office=one.office or (None if side.person else side.office),
            weak=False,
        )

    def _house_before(self, one: Mention) -> Mention | None:
        """Whose house is named before a person, with a comma between: "At the ICRC, Sedky"."""
        begin = self.marked.sentences[self.marked.sentence(one.first)].first
        near = list(self.within(begin, one.first))
        if not near or near[-1].last != one.first - 2 or not self.is_house(near[-1]):
            return None
        return near[-1] if self.marked.tokens[one.first - 1].form == "," else None

    def is_house(self, one: Mention) -> bool:
        """Whether a mention stands behind "at" or "in", as where somebody says something."""
        marked, before = self.marked, one.first - 1
        while before > 0 and marked.tokens[before].form in marked.forms("article"):
            before -= 1
        return bool(one.actor) and not one.person and before >= 0 and marked.at("at-home", before)

    def _is_theirs(self, one: Mention) -> bool:
        """Whether "its" or "their" stands close before or behind a name: "its man Malahifji"."""
        first = max(0, one.first - _WIDEST_OWNED)
        end = min(one.last + _WIDEST_OWNED, len(self.marked.tokens))
        return any(self.marked.at("owns", n) for n in range(first, end))

    def starting(self, first: int, end: int) -> Iterator[Mention]:
        """The mentions that begin within some tokens."""
        for index in range(bisect_left(self._firsts, first), len(self.mentions)):
            if self.mentions[index].first >= end:
                return
            yield self.mentions[index]

    def together(self, one: Mention) -> tuple[Mention, ...]:
        """A mention with those that stand beside it, joined by "and" or a comma in a list.

        "Both sides" are the two parties of a text that has two.
        """
        if one.role == OTHERS and len(self.sides) == len(_BOTH):
            return tuple(replace(one, actor=actor) for actor in self.sides)
        index = self.mentions.index(one, bisect_left(self._firsts, one.first))
        first = last = index
        while first and self._are_joined(self.mentions[first - 1], self.mentions[first]):
            first -= 1
        while last + 1 < len(self.mentions) and self._are_joined(
            self.mentions[last], self.mentions[last + 1]
        ):
            last += 1
        while first and last > first and self._are_listed(first - 1):
            first -= 1  # "Russia, Ukraine and the rebels"
        if first == last and self._are_listed(last):
            end = last + 1
            while end + 1 < len(self.mentions) and self._are_listed(end):
                end += 1
            if end + 1 < len(self.mentions) and self._are_joined(
                self.mentions[end], self.mentions[end + 1]
            ):
                last = end + 1
        return tuple(self.mentions[first : last + 1])

    def _are_listed(self, index: int) -> bool:
        """Whether nothing but a comma stands between two parties, as in a list."""
        if index + 1 >= len(self.mentions):
            return False
        one, other = self.mentions[index], self.mentions[index + 1]
        articles = self.marked.forms("article")
        between = [t.form for t in self.marked.tokens[one.last + 1 : other.first]]
        alone = one.actor and other.actor and one.actor != other.actor and not one.possessive
        return bool(alone) and [form for form in between if form not in articles] == [","]

    def _are_joined(self, one: Mention, other: Mention) -> bool:
        if self.marked.sentence(one.last) != self.marked.sentence(other.first):
            return False
        if one.possessive or other.possessive:
            return False
        between = list(range(one.last + 1, other.first))
        left = [
            n for n in between if self.marked.tokens[n].form not in self.marked.forms("article")
        ]
        if not left or len(between) > 3 or one.weak != other.weak:
            return False
        joins = [n for n in left if self.marked.at("and", n) or self.marked.at("joins", n)]
        signs = [n for n in left if self.marked.tokens[n].form == ","]
        by = [n for n in left if self.marked.at("by", n)]
        return bool(joins) and len(joins) + len(signs) + len(by) == len(left)

    def is_subject(self, one: Mention) -> bool:
        """Whether a mention can be a subject: it stands behind no preposition and owns nothing."""
        if one.possessive or one.weak or one.first < self.dateline:
            return False
        if any(hit.last == one.first - 1 for hit in self._partitives(one)):
            return True  # "one of the rebels asks for a day"
        if self.is_oblique(one):
            return False
        before = one.first - 1
        tokens = self.marked.tokens
        while before >= 0 and tokens[before].form in self.marked.forms("article"):
            before -= 1
        if before < 0 or self.marked.sentence(before) != self.marked.sentence(one.first):
            return True
        # "Des rebelles ..." at the beginning: an article that is a preposition elsewhere.
        opens = before == self.marked.sentences[self.marked.sentence(before)].first
        if opens and tokens[before].form in self.marked.forms("indefinite"):
            return True
        return not self.marked.at("preposition", before)

    def is_oblique(self, one: Mention) -> bool:
        """Whether a mention stands in a case that no subject has ("of Russia", "by Russia")."""
        marked = self.marked
        endings = marked.grammar(one.first).oblique
        if not endings:
            return False
        if marked.at("oblique", one.first) or marked.tokens[one.first].form.endswith(endings):
            return True
        return marked.at("indeclinable", one.first) and self._is_of_noun(one.first - 1)

    def _partitives(self, one: Mention) -> Iterator[Hit]:
        """The "one of" that stand before a mention in a case: with them it may be a subject."""
        return self.marked.of("words", "partitive", max(0, one.first - _WIDEST_PART), one.first)

    def _is_of_noun(self, before: int) -> bool:
        """Whether a name that has no cases stands behind a noun, so that it owns it."""
        marked = self.marked
        if before < 0 or marked.sentence(before) != marked.sentence(before + 1):
            return False
        if any(marked.at(key, before) for key in ("answer-back", "proposal", "area", "corridor")):
            return True
        return any(
            hit.last == before
            for table in ("roles", "undertakings", "purposes")
            for hit in marked.of_table(table, max(0, before - 3), before + 1)
        )


def _behind_dateline(marked: Marked) -> int:
    """The token behind the place and day that a text begins with; 0 where it does not."""
    tokens = marked.tokens[:_LONGEST_DATELINE]
    if not tokens or not tokens[0].is_shouted:
        return 0
    dash = next((n for n, token in enumerate(tokens) if token.form in _DASHES), 0)
    dated = any(token.is_number or token.form == "," for token in tokens[:dash])
    spaced = 0 < dash < len(tokens) - 1 and tokens[dash - 1].end < tokens[dash].start
    return dash if dated and spaced else 0
