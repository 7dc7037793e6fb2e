"""One sentence as the rules see it: its voices, its signs, and whose each sign is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from safeconduct.wire.clauses import clause_of, is_supposed, negation_of, object_negation
from safeconduct.wire.draft import Act
from safeconduct.wire.frames import Frame
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.mentions import OTHERS, UNKNOWN, Mention
from safeconduct.wire.phrases import Hit
from safeconduct.wire.scene import Scene, Who, actors_of

SIGNS = ("acts", "grants", "judgements")
_ELLIPTIC = 3  # tokens
_OWN = frozenset({"'s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose act it is: the voice, and the party where that is another."""

    voice: Who
    mention: Mention
    party: Mention | None = None

    @property
    def acting(self) -> Mention:
        """Whose deed it is, if it is one."""
        return self.party or self.mention


@dataclass(slots=True)
class Place:
    """A sentence with its frames; `signs` are those of acts, none within a longer one.

    `marked` is the text, `span` the tokens of the sentence.
    """

    scene: Scene
    number: int
    frames: list[Frame]
    signs: list[Hit]
    marked: Marked = field(init=False)
    span: Span = field(init=False)
    _clauses: dict[Span, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marked = self.scene.marked
        sentence = self.marked.sentences[self.number]
        self.span = sentence.first, sentence.end

    def frame_at(self, index: int) -> Frame | None:
        """The innermost frame in which a token stands."""
        if not self.frames:
            return None
        return next((one for one in reversed(self.frames) if one.holds(index)), None)

    def part_at(self, index: int) -> Span:
        """The part of a frame, or of the sentence outside all frames, that holds a token."""
        frame = self.frame_at(index)
        if frame is None:
            return self.span
        if frame.apart:
            return frame.parts[0][0], frame.parts[-1][1]
        return next(one for one in frame.parts if one[0] <= index < one[1])

    def clause(self, sign: Span) -> Span:
        """The clause of a sign; several rules ask for the same one."""
        known = self._clauses.get(sign)
        if known is None:
            known = clause_of(self.marked, sign, self.part_at(sign[0]))
            self._clauses[sign] = known
        return known

    def negation(self, sign: Span) -> Span | None:
        """What negates a sign."""
        part, marked = self.part_at(sign[0]), self.marked
        if (found := negation_of(marked, sign, part)) is not None:
            return found
        found = object_negation(marked, sign, part)
        # "Promised that nobody will be stopped": the promise was made.
        between = range(sign[1] + 1, found[0] if found else sign[1] + 1)
        hangs = (marked.at("article", n) or marked.at("hangs", n) for n in between)
        if found is None or any(hangs):
            return None
        behind = range(found[1] + 1, min(found[1] + 3, part[1]))
        # "Swears nobody will open fire": so is what nobody will do.
        return None if any(marked.at("future", n) for n in behind) else found

    def supposed(self, hit: Hit) -> bool:
        """Whether a sign is only supposed or asked."""
        return is_supposed(self.marked, hit, (self.part_at(hit.first)[0], self.span[1]))

    def is_denied(self, hit: Hit) -> bool:
        """Whether a sign stands behind a denial in its clause: it is what was denied."""
        begin = self.clause((hit.first, hit.last))[0]
        return next(self.marked.of("acts", Act.DENY.value, begin, hit.first), None) is not None

    def is_passive(self, hit: Hit) -> bool:
        """Whether an auxiliary of the passive stands right before a sign."""
        marked = self.marked
        lexicon = marked.lexicons[self.number]
        endings = lexicon.grammar.participles if lexicon else ()
        if lexicon is not None and lexicon.grammar.bare_passive:
            # What stands in the gap of a sign is no part of the verb.
            longer = hit.last > hit.first and marked.at("negation", hit.first)
            verbs = {hit.first, hit.last, hit.first + longer}
            return any(marked.tokens[n].form.endswith(endings) for n in verbs)
        if marked.at("noun", hit.first):  # "permits for the trip have not been issued"
            return any(marked.at("be", n) for n in range(hit.first, hit.last))
        if endings and not marked.tokens[hit.first].form.endswith(endings):
            return False
        return any(marked.at("be", n) for n in range(max(self.span[0], hit.first - 2), hit.first))

    def holder(self, hit: Hit) -> Who | None:
        """Whose a noun is that tells an act: "Russia's refusal", "the consent of Damascus"."""
        marked, scene = self.marked, self.scene
        noun = next((n for n in range(hit.first, hit.last + 1) if marked.at("noun", n)), None)
        if noun is None:
            return None
        if noun > hit.first:  # "obtained Russia's consent"
            return self._possessor(Hit(hit.table, hit.key, noun, noun), marked_only=True)
        end = self.part_at(hit.first)[1]
        if marked.grammar(noun).oblique:
            # Where names have cases, the owner stands in one right behind: "refusal Kyiv-of".
            near = next(scene.starting(noun + 1, min(noun + 2, end)), None)
            if near is None or not near.actor or not scene.is_oblique(near):
                return None
            if any(marked.at("instrumental", n) for n in range(near.first, near.last + 1)):
                return None
            many = scene.together(near)
            return Who(many, (many[0].first, many[-1].last))
        for index in range(hit.first + 1, min(hit.last + 2, end)):
            if marked.at("noun-of", index):
                near = next(scene.starting(index + 1, min(index + 4, end)), None)
                if near is not None and near.actor and not near.possessive:
                    many = scene.together(near)
                    return Who(many, (many[0].first, many[-1].last))
        return self._possessor(hit)

    def _possessor(self, hit: Hit, *, marked_only: bool = False) -> Who | None:
        """Who is named before a noun as its owner, with at most two words between."""
        marked, scene = self.marked, self.scene
        own = next(
            (
                one
                for one in reversed(list(scene.within(hit.first - 5, hit.first)))
                if one.actor and one.person is None
            ),
            None,
        )
        if own is None or marked.sentence(own.first) != self.number:
            return None
        behind = own.last + 1
        marks = marked.tokens[behind].form in _OWN
        between = range(behind + 1 if marks else behind, hit.first)
        plain = all(
            marked.tokens[n].is_word
            and not any(marked.at(key, n) for key in ("clause", "preposition", "be", "auxiliary"))
            for n in between
        )
        if not plain or len(between) > (2 if marks else 0):
            return None
        if not marks and (marked_only or marked.at("ambiguous", hit.first)):
            return None
        return Who((own,), (own.first, own.last))

    def _before_having(self, hit: Hit) -> Who | None:
        """The subject right before "having": "A and B having agreed on terms, the buses moved"."""
        marked, scene = self.marked, self.scene
        at = next((n for n in (hit.first, hit.first - 1) if marked.at("having", n)), None)
        if at is None:
            return None
        near = list(scene.within(max(self.span[0], at - 8), at))
        if not near or near[-1].last != at - 1:
            return None
        many = scene.together(near[-1])
        return Who(many, (many[0].first, many[-1].last))

    def _right_before(self, hit: Hit) -> Who | None:
        """Who stands between a comma and the sign: "X offered five days, Y said yes"."""
        marked, scene = self.marked, self.scene
        near = list(scene.within(max(self.span[0], hit.first - 6), hit.first))
        if not near or near[-1].last != hit.first - 1 or not scene.is_subject(near[-1]):
            return None
        one, before = near[-1], near[-1].first - 1
        while before > self.span[0] and marked.at("article", before):
            before -= 1
        if marked.tokens[before].form != "," or not one.actor or one.weak:
            return None
        return Who((one,), (one.first, one.last)) if scene.together(one) == (one,) else None

    def leads(self, hit: Hit) -> list[Owner]:
        """Those who lead the part in which a sign stands: its first subject."""
        frame, part = self.frame_at(hit.first), self.part_at(hit.first)
        if frame is not None:
            return [Owner(frame.who, one) for one in actors_of(frame.who)]
        first = self.scene.first_in(part[0], hit.first, None)
        return [Owner(first, one) for one in actors_of(first)] if first else []

    def authors(self) -> list[Owner]:
        """Who writes "we", as the owner of what a letter says without naming anybody."""
        author = self.scene.author
        if author is None or not (self.scene.first_person or self.scene.headed):
            return []
        return [Owner(Who(author.mentions, author.at, False), one) for one in author.mentions]

    def elliptic(self, hit: Hit) -> list[Owner]:
        """Whose a sentence is that begins with its sign ("Has not replied."): who acted last."""
        last, begin = self.scene.last, self.span[0]
        dropped = self.marked.grammar(hit.first).drops_subject
        reach = _ELLIPTIC + dropped * _ELLIPTIC
        opens = hit.first - begin <= reach and self.frame_at(hit.first) is None
        if last is None or not opens or any(self.scene.starting(begin, hit.first)):
            return []
        who = Who(last.mentions, (hit.first, hit.last), False)
        return [Owner(who, one) for one in actors_of(who)]

    def owners(self, hit: Hit, *, passive: bool = False, tells: bool = False) -> list[Owner]:
        """Whose the act of a sign is: one for each actor; none where nobody is found.

        Parameters
        ----------
        passive : whether an auxiliary before the sign makes its subject the one it is done to.
        tells : whether every voice does it by telling, whoever else is named.
        """
        frame = self.frame_at(hit.first)
        part = self.part_at(hit.first)
        voice = frame.who if frame else None
        if (inside := self._named_in(hit)) is not None:
            subject: Who | None = inside
        elif (holder := self.holder(hit)) is not None:
            subject = holder
        elif passive and self.is_passive(hit):
            subject = self.scene.agent(hit, part[1])
        elif (near := self._before_having(hit) or self._right_before(hit)) is not None:
            subject = near
        else:
            subject = self.scene.subject(hit, part[0], part[1], voice)
        if subject is None or not subject.sure:
            subject = self._dative(hit, part) or subject
        if subject is None and frame is not None and part in frame.parts[1:]:
            # "Israel, he reported, had agreed": the subject stands before the speaker.
            subject = self.scene.first_in(*frame.parts[0], voice)
        own_words = frame is not None and frame.going_on and subject is not None and subject.sure
        if voice is None or own_words:
            return [Owner(subject, one) for one in actors_of(subject)] if subject else []
        own = list(actors_of(voice))
        if subject is None or not subject.sure:
            return [Owner(voice, one) for one in own]
        theirs = {one.actor for one in own} - {UNKNOWN}
        if tells and not theirs & {one.actor for one in actors_of(subject)}:
            other = next(iter(actors_of(subject)))
            return [Owner(voice, one, other) for one in own]
        return [
            Owner(voice, next(o for o in own if o.actor == one.actor))
            if one.actor in theirs
            else Owner(voice, own[0], one)
            for one in actors_of(subject)
        ]

    def _dative(self, hit: Hit, part: Span) -> Who | None:
        """Whom a verb with a "to him" is told of: "a la ONU le faltan garantías"."""
        marked, scene = self.marked, self.scene
        if not any(marked.at("to-him", n) for n in (hit.first - 1, hit.first) if n >= part[0]):
            return None
        for one in scene.within(self.clause((hit.first, hit.last))[0], hit.first + 1):
            before = one.first - 1
            while before >= part[0] and marked.at("article", before):
                before -= 1
            if one.actor and before >= part[0] and marked.at("to-whom", before):
                return Who((one,), (one.first, one.last))
        return None

    def _named_in(self, hit: Hit) -> Who | None:
        """Whom the first words of a sign end to name: "both sides" of "sides agreed to a truce"."""
        for one in self.scene.starting(max(self.span[0], hit.first - _ELLIPTIC), hit.first + 1):
            if one.last >= hit.first and (one.first < hit.first or one.role == OTHERS):
                many = self.scene.together(one)
                return Who(many, (one.first, one.last))
        return None


def is_noun(scene: Scene, hit: Hit) -> bool:
    """Whether a word that may be a verb or a noun has no subject right before it."""
    marked = scene.marked
    if hit.first != hit.last or not marked.at("ambiguous", hit.first):
        return False
    if marked.is_accented(hit.first):
        return False  # "annoncé", "anunció": of "annonce" and "anuncio" these are the verb
    before = hit.first - 1
    while before >= 0 and (marked.at("negation", before) or marked.at("future", before)):
        if marked.tokens[before].form in marked.forms("indefinite"):
            return True
        before -= 1
    if before < 0 or before < marked.sentences[marked.sentence(hit.first)].first:
        return True
    if _agrees_not(scene, hit.first, before):
        return True
    if marked.tokens[before].form == "," and marked.grammar(before).subject is Subject.EITHER:
        return False  # "X, who leads it, demande ...": there a noun has an article
    if (
        marked.at("auxiliary", before)
        or marked.at("pronoun", before)
        or marked.at("first-person", before)
        or marked.at("and", before)
    ):
        return False
    return not any(one.last == before for one in scene.within(before - 12, hit.first))


def _agrees_not(scene: Scene, index: int, before: int) -> bool:
    """Whether a word without "s" stands behind one singular name: "a Russian offer" is a noun."""
    tokens = scene.marked.tokens
    if scene.marked.grammar(index).subject is not Subject.BEFORE:
        return False  # no verb has an "s" there for being one's
    if tokens[index].form.endswith("s") or tokens[before].form.endswith("s"):
        return False
    near = [one for one in scene.within(before - 6, index) if one.last == before]
    return bool(near) and len(scene.together(near[-1])) == 1


def signs_in(scene: Scene, first: int, end: int) -> list[Hit]:
    """The signs of acts within some tokens; none that begins within a longer one."""
    marked = scene.marked
    every = [
        hit
        for table in SIGNS
        for hit in marked.of_table(table, first, end)
        if not is_noun(scene, hit)
    ]
    every.sort(key=lambda hit: (hit.first - hit.last, hit.first))
    kept: list[Hit] = []
    for hit in every:
        if not any(
            one.first <= hit.first <= one.last and (one.first, one.last) != (hit.first, hit.last)
            for one in kept
        ):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.first, hit.last))


def actor_id(one: Mention) -> str:
    """The id of whom a mention names."""
    return one.actor or UNKNOWN


def is_party(one: Mention) -> bool:
    """Whether a mention names somebody who can undertake something himself."""
    return one.actor not in (None, UNKNOWN) and one.role == ""


def is_relief(one: Mention) -> bool:
    """Whether a mention names a relief actor."""
    return one.role == "relief"


def nearest(hits: Iterator[Hit] | Sequence[Hit], sign: Hit, before: int, after: int) -> Hit | None:
    """Of some hits the nearest behind a sign, else the nearest before it, within so many tokens."""
    every = list(hits)
    behind = [one for one in every if sign.first <= one.first <= sign.last + after]
    if behind:
        return min(behind, key=lambda one: one.first)
    ahead = [one for one in every if sign.first - before <= one.last < sign.first]
    return max(ahead, key=lambda one: one.last, default=None)
