"""The draft of an act that was found: its fields, each with its words, and why it was read so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from safeconduct.vocabulary.kinds import Telling, UndertakingKind
from safeconduct.wire.areas import Area, fields_of
from safeconduct.wire.bounds import Bounds
from safeconduct.wire.conditions import condition_itself, conditions_in
from safeconduct.wire.draft import Act, Draft, Field, ReadCondition, Sureness
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.found import Found
from safeconduct.wire.links import OFFERS
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.mentions import MEDIA, UNKNOWN, Mention
from safeconduct.wire.place import actor_id
from safeconduct.wire.scene import Scene
from safeconduct.wire.terms import (
    corridors_of,
    directions_of,
    means_of,
    movers_of,
    purposes_of,
)
from safeconduct.wire.times import TimeKind
from safeconduct.wire.when import When

T = TypeVar("T")
_GRANTS = OFFERS | {Act.ACCEPT}
_BOUNDED = _GRANTS | {Act.NARROW, Act.CONFIRM, Act.SUSPEND, Act.WITHDRAW, Act.REQUEST}
_PLACED = _GRANTS | {Act.NARROW, Act.CONFIRM, Act.SUSPEND, Act.WITHDRAW}
_TIED = _GRANTS | {Act.CONDITION}
_CLOCK = frozenset({"am", "pm", "noon", "midnight", "hours", "time", "clock"})
_NAME = 8  # tokens
_DUE = frozenset({Act.REQUEST, Act.DEMAND})


@dataclass(slots=True)
class Drafting:
    """A text while its drafts are made, in the order of the text."""

    scene: Scene
    when: When
    areas: Sequence[Area]
    bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        self.bounds = Bounds(self.scene.marked, self.when)

    @property
    def marked(self) -> Marked:
        """The text."""
        return self.scene.marked

    def draft(self, found: Found, number: int, ids: dict[int, str]) -> Draft:
        """The draft of an act; `ids` are those of all acts by their identity."""
        act = self._at(found.act, found.sign)
        grants = found.act in _GRANTS and found.kind is not None and found.takes_fields
        # A deed (troops pulled back from a corridor) lets nobody move by itself.
        moves = grants and found.kind is not UndertakingKind.DEED
        # Who accepts what another offered undertakes nothing of his own.
        own = found.takes_fields and not (found.act is Act.ACCEPT and found.kind is None)
        windows = self.bounds.of(found) if found.act in _BOUNDED and own else ()
        placed = found.act in _PLACED and own
        giver = actor_id(found.party or found.mention)
        conditions = self._conditions(found, giver)
        return Draft(
            id=f"draft-{number}",
            act=act,
            telling=self._telling(found),
            actor=self._actor(found.mention, found),
            party=self._actor(found.party, found) if found.party else None,
            speaker=self._words(found.mention.person),
            office=self._words(found.mention.office),
            negated=self._at(True, found.negation) if found.negation else None,
            kind=self._kind(found),
            means=means_of(self.marked, found) if grants else (),
            windows=windows,
            areas=self._places(found, giver, conditions) if placed else (),
            corridors=corridors_of(self.marked, found) if moves else None,
            purposes=purposes_of(self.marked, found) if moves else (),
            directions=directions_of(self.marked, found) if grants else (),
            for_whom=movers_of(self.marked, found) if moves else (),
            conditions=conditions,
            to=tuple(
                Field(actor_id(one), (self._place(one.actor_at or (one.first, one.last)),))
                for one in found.to
            ),
            deadline=(
                self.when.deadline(found.sentence, found.scope, given=found.act is Act.DEMAND)
                if found.act in _DUE
                else None
            ),
            of=self._links(found, ids),
            result=self._at(found.result, found.sign) if found.result else None,
            lacks=self._words(found.lacks),
            low=self._at(found.low, found.number_at)
            if found.low is not None and found.number_at
            else None,
            high=self._at(found.high, found.number_at)
            if found.high is not None and found.number_at
            else None,
            unit=self._at(found.unit, found.unit_at) if found.unit_at else None,
            why=self._why(found),
            sureness=self._sureness(found),
        )

    def _kind(self, found: Found) -> Field[UndertakingKind] | None:
        if found.kind is None:
            return None
        return self._at(found.kind, found.kind_at or found.sign)

    def _places(
        self, found: Found, giver: str, conditions: Sequence[Field[ReadCondition]]
    ) -> tuple[Field[str], ...]:
        """The places of an act in its clause; else in the rest of what is told of it alone."""

        def is_other(area: Area) -> bool:
            at = self.marked.words(area.first, area.last)
            tied = any(tie.meets(at) for one in conditions for tie in one.at)
            return tied or self._acts(area, giver)

        read = fields_of(self.marked, self.areas, found.scope, is_other)
        if read or found.wide is None:
            return read
        return fields_of(self.marked, self.areas, found.wide, is_other)

    def _acts(self, area: Area, giver: str) -> bool:
        """Whether a place stands for somebody or with him, or tells by which clock ("in Kyiv")."""
        marked, before = self.marked, area.first - 2
        if before >= 0 and (
            marked.tokens[before].form in _CLOCK or marked.tokens[before].is_number
        ):
            return True
        if before >= 0 and marked.tokens[before + 1].form == "in":
            behind = self.scene.within(before - _NAME, before + 1)
            if any(one.last == before and one.actor and not one.is_capital for one in behind):
                return True  # "agreed by the brigade in Idlib"
        return any(
            one.actor == giver if one.is_capital else one.actor or one.person
            for one in self.scene.within(area.first - _NAME, area.last + _NAME)
            if one.first <= area.first and area.last <= one.last and not one.weak
        )

    def _conditions(self, found: Found, giver: str) -> tuple[Field[ReadCondition], ...]:
        """The strings attached to an offer, and what an act that sets a condition asks."""
        denied = found.negation is not None and found.kind is not None
        if found.act not in _TIED or not found.takes_fields or denied:
            return ()
        read = conditions_in(self.scene, self._tied(found), giver, self._times(found))
        if read or found.act is not Act.CONDITION:
            return read
        return condition_itself(self.scene, (found.sign[0], found.scope[1]), giver)

    def _times(self, found: Found) -> list[tuple[int, int]]:
        """Where hours and days stand; what is to happen first is no time."""
        times = self.when.of(found.sentence)
        return [(one.at.start, one.at.end) for one in times if one.kind is not TimeKind.EVENT]

    def _tied(self, found: Found) -> Span:
        """A condition may stand anywhere behind the act in its sentence, or before it."""
        sentence = self.marked.sentences[found.sentence]
        first = sentence.first if found.act is Act.CONDITION else found.scope[0]
        return first, sentence.end

    def _telling(self, found: Found) -> Field[Telling]:
        if found.inferred:
            return self._at(Telling.INFERRED, found.inferred)
        if self.marked.quoted(found.sign[0]) and found.frame is not None:
            return self._at(Telling.QUOTED, found.sign)
        if found.frame is None and (
            not found.told or self._is_author(found) or found.mention.actor == MEDIA
        ):
            return self._at(Telling.SAID, found.sign)
        if found.frame is not None and found.frame.sign is not None:
            sign = found.frame.sign
            return self._at(Telling.PARAPHRASED, (sign.first, sign.last))
        return self._at(Telling.PARAPHRASED, found.sign)

    def _is_author(self, found: Found) -> bool:
        author = self.scene.author
        return author is not None and found.mention in author.mentions

    def _actor(self, one: Mention, found: Found) -> Field[str]:
        if one is found.mention:
            at = (one.actor_at or (one.first, one.last)) if found.voice.sure else found.voice.at
            return Field(actor_id(one), (self._place(at),))
        return Field(actor_id(one), (self._place(one.actor_at or (one.first, one.last)),))

    def _links(self, found: Found, ids: dict[int, str]) -> tuple[Field[str], ...]:
        at = self._place(found.answers or found.sign)
        return tuple(Field(ids[id(one)], (at,)) for one in found.of if id(one) in ids)

    def _why(self, found: Found) -> str:
        words = self.marked.text(*found.sign)
        parts = [f"{found.rule}: {words!r}"]
        if found.frame is not None and found.frame.sign is not None:
            sign = found.frame.sign
            parts.append(
                f"told in the voice that {self.marked.text(sign.first, sign.last)!r} opens"
            )
        if not found.voice.sure:
            parts.append(
                f"{self.marked.text(*found.voice.at)!r} points back to who is named before"
            )
        if found.negation:
            parts.append(f"{self.marked.text(*found.negation)!r} takes it back")
        return "; ".join(parts)

    def _sureness(self, found: Found) -> Sureness:
        if found.inferred or found.mention.actor in (UNKNOWN, None) or found.mention.weak:
            return Sureness.GUESSED
        if not found.voice.sure or not found.takes_fields:
            return Sureness.LIKELY
        return Sureness.STATED

    def _words(self, span: Span | None) -> Field[str] | None:
        return Field(self.marked.text(*span), (self._place(span),)) if span else None

    def _at(self, value: T, span: Span) -> Field[T]:
        return Field(value, (self._place(span),))

    def _place(self, span: Span) -> Excerpt:
        return self.marked.words(*span)
