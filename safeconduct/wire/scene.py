"""Who can be the subject of a word: the mentions of a text, seen from a place in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.wire.cast import Cast
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import MEDIA, OTHERS, Mention
from safeconduct.wire.phrases import Hit

_WIDEST_AFTER = 7
_WIDEST_HOME = 8
_MARK, _LONGEST_QUOTED = 2, 6  # a closing mark, and the tokens of a name in quotation marks
_WIDEST_OWNED = 5
_NEAR_PEOPLE = 6  # mentions
_BACK = 2  # sentences
_STOPS = frozenset(";:—–•")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody found for a word.

    Parameters
    ----------
    mentions : one, or several that stand together.
    at : the words of the text that point to them here (a pronoun, or their names).
    sure : whether they are named in the clause itself.
    """

    mentions: tuple[Mention, ...]
    at: Span
    sure: bool = True


@dataclass(slots=True)
class Scene(Cast):
    """A marked text with its mentions, and what one knows as one reads on.

    Parameters
    ----------
    last : who spoke or acted last.
    author : who says "we", or whose paper it is.
    addressed : whom a letter says "you" to.
    first_person : whether the text says "we".
    headed : whether its head says from whom it is.
    labels : how often each word stands with a colon at the head of a line, once that was asked.
    told : the last sentence in somebody's voice, its frame, and whether it was a point of a list.
    """

    last: Who | None = None
    author: Who | None = None
    addressed: Who | None = None
    first_person: bool = False
    headed: bool = False
    told: tuple[int, Any, bool] | None = None
    labels: Counter[str] | None = None

    def writer(self, first: int, last: int) -> Who:
        """Who tells what nobody else tells: the party whose statement it is, else the writer."""
        author = self.author
        of_relief = author is not None and author.mentions[0].role == "relief"
        if author is not None and self.headed and (self.first_person or of_relief):
            return Who(author.mentions, (first, last), False)
        one = Mention(first, last, MEDIA, (first, last), role=MEDIA)
        return Who((one,), (first, last), False)

    def subject(self, sign: Hit, begin: int, end: int, voice: Who | None) -> Who | None:
        """Who does what a sign says, looked for within tokens `begin` to `end`."""
        if (house := self._of_house(sign, begin)) is not None:
            return house
        found = self._subject(sign, begin, end, voice)
        if found is not None and (not found.sure or found.at[0] < sign.last):
            return found
        # "In Moscow they ask the sides": who stands behind the verb may be whom it asks.
        return self._at_home(sign, begin, end) or found

    def _of_house(self, sign: Hit, begin: int) -> Who | None:
        """Whom "one" means in "in Moscow one says": whose house is named before it."""
        folk = list(self.marked.of("words", "folk", begin, sign.first))
        if not folk or sign.first - folk[-1].last > _WIDEST_OWNED:
            return None
        if next(self.starting(folk[-1].last + 1, sign.first), None) is not None:
            return None
        near = self.starting(max(begin, folk[-1].first - _WIDEST_HOME), folk[-1].first)
        house = next((one for one in near if self.is_house(one)), None)
        return Who((house,), (house.first, house.last)) if house is not None else None

    def _at_home(self, sign: Hit, begin: int, end: int) -> Who | None:
        """ "In Moscow they said": where nobody else is named, whose house it is."""
        marked = self.marked
        endings = marked.grammar(sign.first).impersonal
        verbs = marked.tokens[sign.first : sign.last + 1]
        if not endings or not any(one.form.endswith(endings) for one in verbs):
            return None
        for one in self.starting(max(begin, sign.first - _WIDEST_HOME), end):
            if one.first > sign.last + _WIDEST_AFTER:
                return None
            if one.actor and not one.person and marked.at("at-home", one.first - 1):
                return Who((one,), (one.first, one.last))
        return None

    def _subject(self, sign: Hit, begin: int, end: int, voice: Who | None) -> Who | None:
        marked = self.marked
        if self._is_participle(sign) and (by := self.agent(sign, end)):
            return by
        own = next(marked.of("words", "first-person", sign.first, sign.last + 1), None)
        if own is not None and own.first == sign.first:
            return self.meant(own, voice)
        if self._is_verb_first(sign) and (near := self._next(sign, end)):
            return near
        inside = marked.quoted(sign.first)
        stop = sign.first
        for first, word in self._segments(begin, sign.first):
            under = word is not None and not self._goes_on(word)
            comma = self._last_comma(first, stop) if under else None
            found = self._first_in(first if comma is None else comma + 1, stop, inside, voice)
            if found is None and comma is not None:
                found = self._beside_apposition(first, comma)
            if found is not None:
                return found
            stop = word if word is not None else first
            if word is None or not under or comma is not None:
                continue
            if marked.tokens[word].form in self.marked.forms("relative"):
                return self._before(word, begin) or self._behind(sign, end)
            return self._behind(sign, end)
        return self._behind(sign, end)

    def _beside_apposition(self, first: int, comma: int) -> Who | None:
        """Who opens a clause and is told more of between commas: "that X, their envoy, had"."""
        one = next(self.within(first, comma), None)
        if one is None or one.first - first > 1 or not self.is_subject(one):
            return None
        opened = one.last + 1
        if self.marked.tokens[opened].form != "," or opened >= comma:
            return None
        return Who((one,), (one.first, one.last))

    def _is_verb_first(self, sign: Hit) -> bool:
        return self.marked.grammar(sign.first).subject is Subject.AFTER

    def _next(self, sign: Hit, end: int) -> Who | None:
        """Who stands right behind a verb, with nothing between but when it was, or a "had".

        A sign of several words may hold its subject: "gave Russia guarantees", in their order.
        """
        index = sign.last + 1
        while index < min(sign.last + _WIDEST_AFTER, end) and self._is_aside(index):
            index += 1
        inside = (one for one in self.starting(sign.first + 1, sign.last) if self.is_subject(one))
        near = (one for one in self.starting(index, index + 1) if self.is_subject(one))
        one = next(inside, None) or next(near, None)
        if one is None or self._is_object(one):
            return None
        many = self.together(one)
        return Who(many, (many[0].first, many[-1].last))

    def _is_object(self, one: Mention) -> bool:
        """Whether the ending of a name tells that something is done to it."""
        marked, form = self.marked, self.marked.tokens[one.first].form
        endings = marked.grammar(one.first).objects
        return form.endswith(endings) and marked.bare(one.first) != form

    def _is_aside(self, index: int) -> bool:
        """Whether a word only tells when, or helps a verb: a subject may stand behind it."""
        token = self.marked.tokens[index]
        return (
            token.is_number
            or token.form == ","
            or self.marked.at("not-a-name", index)
            or self.marked.at("auxiliary", index)
        )

    def _opens(self, one: Mention, first: int) -> bool:
        """Whether a mention opens a clause, or stands right behind a verb: where a language puts
        verbs first, any other noun before it owns nothing but its name ("the plan of Russia").
        """
        marked = self.marked
        index = one.first - 1
        while index >= first and (
            self._is_aside(index) or marked.at("clause", index) or marked.at("infinitive", index)
        ):
            index -= 1
        if index < first:
            return True
        return index in marked.covered or marked.at("speech", index)

    def _last_comma(self, first: int, stop: int) -> int | None:
        """The comma that closes a clause that hangs on another, before a place."""
        commas = (n for n in range(stop - 1, first - 1, -1) if self.marked.tokens[n].form == ",")
        return next(commas, None)

    def _is_participle(self, sign: Hit) -> bool:
        """Whether a sign may be told of who stands behind "by".

        Where no ending shows it, only "by" itself does, with nothing but an aside before it.
        """
        lexicon = self.marked.lexicons[self.marked.sentence(sign.first)]
        endings = lexicon.grammar.participles if lexicon else ()
        if not endings:
            index = sign.last + 1
            total = len(self.marked.tokens)
            while index < total and not self.marked.at("by", index) and self._is_aside(index):
                index += 1
            return self.marked.at("by", index)
        forms = [self.marked.tokens[n].form for n in range(sign.first, sign.last + 1)]
        return any(form.endswith(endings) for form in forms)

    def agent(self, sign: Hit, end: int) -> Who | None:
        """Who stands behind "by" after a sign, or in the case that says as much."""
        for hit in self.marked.of("words", "by", sign.first, min(sign.last + 5, end)):
            for one in self.starting(hit.last + 1, min(hit.last + 5, end)):
                if one.actor or not one.weak:
                    many = self.together(one)
                    return Who(many, (many[0].first, many[-1].last))
        if not self.marked.grammar(sign.first).bare_passive:
            return None
        near = self.starting(
            max(0, sign.first - _WIDEST_AFTER), min(sign.last + _WIDEST_AFTER, end)
        )
        return next((Who((one,), (one.first, one.last)) for one in near if self._acts(one)), None)

    def _acts(self, one: Mention) -> bool:
        """Whether a mention stands in the case of who does it, with no preposition before it."""
        marked = self.marked
        spots = range(one.first, one.last + 1)
        if one.actor is None or not any(marked.at("instrumental", n) for n in spots):
            return False
        return one.first == 0 or not marked.at("preposition", one.first - 1)

    def _behind(self, sign: Hit, end: int) -> Who | None:
        lexicon = self.marked.lexicons[self.marked.sentence(sign.first)]
        if lexicon is None or lexicon.grammar.subject is not Subject.EITHER:
            return None
        return self.behind(sign, end)

    def behind(self, sign: Hit, end: int) -> Who | None:
        """The first behind a verb that can be its subject, before another clause begins."""
        for one in self.starting(sign.first + 1, min(sign.last + _WIDEST_AFTER, end)):
            if one.first < sign.last and one.role not in ("", OTHERS):
                continue  # within a sign stands who gives it, or a relief actor who is given it
            if any(self._closes(n) for n in range(sign.last + 1, one.first)):
                return None
            if sign.first < sign.last < one.first and self.marked.at("that", sign.last):
                return None  # in "expects, that X ..." X is no subject of the expecting
            if self.is_subject(one):
                many = self.together(one)
                return Who(many, (many[0].first, many[-1].last))
        return None

    def _closes(self, index: int) -> bool:
        """Whether a clause ends at a token, so that no subject stands behind it."""
        form = self.marked.tokens[index].form
        closes = form == "," or form in _STOPS or form in self.marked.forms("exceptive")
        return closes or self._begins_clause(index)

    def _segments(self, begin: int, stop: int) -> Iterator[tuple[int, int | None]]:
        """The beginnings of clauses before a place, the nearest first, and the word they follow."""
        for index in range(stop - 1, begin - 1, -1):
            if self.marked.tokens[index].form in _STOPS or self._begins_clause(index):
                yield index + 1, index
        yield begin, None

    def _begins_clause(self, index: int) -> bool:
        if not self.marked.at("clause", index):
            return False
        if not self.marked.at("and", index):
            return True
        return not self._joins(index)

    def _joins(self, index: int) -> bool:
        """Whether an "and" stands between two mentions that belong together."""
        return any(
            many[0].last < index < many[-1].first
            for one in self.within(max(0, index - 12), index)
            for many in (self.together(one),)
        )

    def _goes_on(self, word: int) -> bool:
        """Whether the subject before a word holds behind it, too: "and", "but", ";"."""
        form = self.marked.tokens[word].form
        return form in _STOPS or self.marked.at("and", word) or form in self.marked.forms("but")

    def first_in(self, first: int, stop: int, voice: Who | None) -> Who | None:
        """The first that can be a subject within some tokens, outside quotations."""
        return self._first_in(first, stop, self.marked.quoted(stop), voice)

    def _first_in(
        self, first: int, stop: int, inside: Span | None, voice: Who | None
    ) -> Who | None:
        """The first that can be a subject in a clause: a name or a pronoun."""
        marked = self.marked
        verb_first = marked.grammar(max(first, stop - 1)).subject is Subject.AFTER
        names = (
            one
            for one in self.within(first, stop)
            if self.is_subject(one)
            and (marked.quoted(one.first) == inside or self._is_quoted_name(one))
            and (not verb_first or self._opens(one, first))
        )
        name = next(names, None)
        words = [
            hit
            for key in ("pronoun", "we", "former", "latter")
            for hit in marked.of("words", key, first, stop)
            if marked.quoted(hit.first) == inside
        ]
        you = next(marked.of("words", "second-person", first, stop), None)
        if you is not None and self.addressed is not None and name is None and not words:
            return Who(self.addressed.mentions, (you.first, you.last), False)
        pronoun = min(words, key=lambda hit: hit.first, default=None)
        if pronoun is not None and name is not None and self._is_cleft(pronoun, name):
            pronoun = None  # "it was Jubeir who put it on the table"
        if name is not None and (pronoun is None or name.first < pronoun.first):
            many = self.together(name)
            return Who(many, (many[0].first, many[-1].last))
        if pronoun is None:
            return None
        return self.meant(pronoun, voice)

    def _is_quoted_name(self, one: Mention) -> bool:
        """Whether a name fills a quotation: «Fastaqim» is a name, and nothing that is said."""
        quote = self.marked.quoted(one.last)
        if quote is None or one.actor is None or one.role == MEDIA:
            return False
        return quote[1] - one.last <= _MARK and one.last - quote[0] < _LONGEST_QUOTED

    def _is_cleft(self, pronoun: Hit, name: Mention) -> bool:
        """Whether "it was X who" names who did something."""
        marked, after = self.marked, name.last + 1
        return (
            marked.at("be", pronoun.last + 1)
            and name.first - pronoun.last <= _WIDEST_OWNED
            and after < len(marked.tokens)
            and marked.tokens[after].form in marked.forms("relative") | marked.forms("hangs")
        )

    def meant(self, pronoun: Hit, voice: Who | None = None) -> Who | None:
        """Whom a pronoun means: the voice that it stands in, who writes, or who spoke last.

        "He" is the last person, "it" and "they" the side of whom spoke last, without the person.
        """
        marked, at = self.marked, (pronoun.first, pronoun.last)
        if pronoun.key in ("former", "latter"):
            return self._of_two(pronoun)
        own = next(marked.of("words", "we", *at[:1], at[1] + 1), None)
        who = voice or (self.author if own is not None else self.last)
        if own is None:
            who = self._agreeing(at[0], who)
        if own is None and next(marked.of("words", "person", at[0], at[1] + 1), None):
            who = self._person(at[0], who)
        if who is None:
            return None
        thing = own is None and next(marked.of("words", "thing", at[0], at[1] + 1), None)
        if thing and len(who.mentions) == 1:
            return Who(tuple(replace(one, person=None) for one in who.mentions), at, False)
        return Who(who.mentions, at, False)

    def _agreeing(self, index: int, who: Who | None) -> Who | None:
        """Whom a pronoun means: who spoke last, or the nearest before of whom it may be said."""
        marked = self.marked
        form = marked.tokens[index].form
        if index and marked.tokens[index - 1].form == ";":
            who = self._leading(index) or who
        wrong = next((one[1:] for one in marked.grammar(index).clashes if one[0] == form), ())
        if who is None or not wrong or not self._clash(who.mentions, wrong):
            return who
        begin = marked.sentences[max(0, marked.sentence(index) - _BACK)].first
        for one in reversed(list(self.within(begin, index))):
            many = self.together(one)
            if one.actor and self.is_subject(many[0]) and not self._clash(many, wrong):
                return Who(many, (index, index), False)
        return who

    def _leading(self, index: int) -> Who | None:
        """The subject of the sentence, whom a pronoun behind a semicolon goes on with."""
        begin = self.marked.sentences[self.marked.sentence(index)].first
        one = next((o for o in self.within(begin, index) if o.actor and self.is_subject(o)), None)
        return Who(self.together(one), (index, index), False) if one is not None else None

    def _clash(self, many: Sequence[Mention], wrong: Sequence[str]) -> bool:
        """Whether the article before a mention, or their number, forbids a pronoun."""
        if len({one.actor for one in many}) > 1:
            return "+" in wrong
        first = many[0].first
        if first and self.marked.tokens[first - 1].form in wrong:
            return True
        return many[0].person is not None and "1" in wrong

    def _of_two(self, word: Hit) -> Who | None:
        """Whom "the former" and "the latter" mean: of two parties the one named first, or last."""
        before = self.mentions[: bisect_left(self._firsts, word.first)][-_NEAR_PEOPLE:]
        parties = [one for one in before if one.actor and one.role == "" and not one.weak]
        last = parties[-1] if parties else None
        other = next((one for one in reversed(parties) if last and one.actor != last.actor), None)
        if last is None or other is None:
            return None
        one = other if word.key == "former" else last
        return Who((replace(one, person=None),), (word.first, word.last), False)

    def owned(self, index: int, begin: int) -> Who | None:
        """Whose voice "its radio man" is, in words that end with a token: the side's named last."""
        marked = self.marked
        if self.last is None:
            return None
        for first in range(index, max(begin - 1, index - _WIDEST_OWNED), -1):
            if not marked.tokens[first].is_word:
                return None
            if first < index and marked.at("owns", first):
                sides = (replace(o, person=None, office=None) for o in self.last.mentions)
                return Who(tuple(sides), (first, index), False)
        return None

    def _person(self, index: int, who: Who | None) -> Who | None:
        """Whom "he" means: who spoke last, if he is a person or an office, else who was named."""
        if who is not None and any(one.person or one.office for one in who.mentions):
            return who
        before = self.mentions[: bisect_left(self._firsts, index)]
        near = (one for one in reversed(before[-_NEAR_PEOPLE:]) if one.person and one.actor)
        one = next(near, None)
        return Who((one,), (one.first, one.last)) if one is not None else who

    def _before(self, word: int, begin: int) -> Who | None:
        """Whom "who" and "which" mean: the mention just before."""
        near = [one for one in self.within(max(begin, word - 12), word) if not one.weak]
        if not near or word - near[-1].last > 4:
            return None
        many = self.together(near[-1])
        return Who(many, (many[0].first, many[-1].last))


def actors_of(who: Who) -> Sequence[Mention]:
    """Its mentions, one for each actor."""
    seen: dict[str | None, Mention] = {}
    for one in who.mentions:
        seen.setdefault(one.actor, one)
    return tuple(seen.values())
