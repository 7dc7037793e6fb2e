"""An act that was found, before it is a draft: its sign, whose it is, where its fields stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.frames import Frame
from safeconduct.wire.marked import Span
from safeconduct.wire.mentions import Mention
from safeconduct.wire.scene import Who


@dataclass(slots=True, kw_only=True)
class Found:
    """One act of one voice; its tokens are all counted in the whole text.

    Parameters
    ----------
    sign : the words that carry it, first and last token.
    voice : whose voice it is; `sure` where it is named in the clause itself.
    party : whose act it is, where that is not the voice.
    frame : in whose telling it stands; None for the writer's own.
    scope : the tokens among which its fields are looked for.
    negation : the words that say that it was not done.
    inferred : the words by which the writer concludes it.
    rule : which rule found it, in words.
    wide : where its times are looked for, where no other offer stands in the sentence.
    more : sentences and tokens further on that tell more of it ("the pause is to begin at 8").
    again : it only names an act ("Russia's offer"), which may have been told before.
    noun : a noun tells it, so that it may be told in full further on.
    """

    act: Act
    sign: Span
    voice: Who
    mention: Mention
    sentence: int
    scope: Span
    rule: str
    party: Mention | None = None
    frame: Frame | None = None
    kind: UndertakingKind | None = None
    kind_at: Span | None = None
    negation: Span | None = None
    inferred: Span | None = None
    told: bool = True
    result: Usability | None = None
    lacks: Span | None = None
    to: list[Mention] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    unit: str = ""
    unit_at: Span | None = None
    number_at: Span | None = None
    answers: Span | None = None
    of: list[Found] = field(default_factory=list)
    takes_fields: bool = True
    wide: Span | None = None
    more: list[tuple[int, Span]] = field(default_factory=list)
    again: bool = False
    noun: bool = False
