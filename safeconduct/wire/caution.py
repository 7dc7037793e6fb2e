"""In doubt no grant is read: what may not have been given is only reported.

A guarantee, a consent or an acceptance that nobody gave would be the worst that a reader can
propose. So one stays such only where its giver is named in its own clause and nothing before it
says that it is asked, hoped for, expected, possible, or to come under a condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeconduct.vocabulary.kinds import UndertakingKind
from safeconduct.wire.draft import Act
from safeconduct.wire.found import Found
from safeconduct.wire.mentions import UNKNOWN, Mention
from safeconduct.wire.place import Place

GRANTED = frozenset({Act.GUARANTEE, Act.CONSENT, Act.ACCEPT})
_HEDGES = ("may", "must", "suppose", "hearsay")
_TENSES = ("indirect", "would")
_ASKED = (Act.REQUEST.value, Act.DEMAND.value, Act.POSITION.value, Act.FORECAST.value)
_QUESTION = frozenset({"?", "؟"})


def cautious(place: Place, acts: Sequence[Found]) -> list[Found]:
    """The acts of a sentence, each doubtful grant as a report of its words.

    What somebody says in public that he will let through is an offer, and no consent yet.
    """
    offered = [_as_offer(one) if _is_to_come(place, one) else one for one in acts]
    return [_as_told(one) if _is_doubtful(place, one) else one for one in offered]


def _is_to_come(place: Place, one: Found) -> bool:
    if one.act is not Act.CONSENT or one.negation is not None or place.scene.addressed is not None:
        return False
    begin = place.clause(one.sign)[0]
    told = place.marked.has("direct", place.span[0], place.span[1])
    return not told and place.marked.has("future", begin, one.sign[0])


def _as_offer(one: Found) -> Found:
    rule = f"{one.rule}, to come: an offer"
    return replace(one, act=Act.ANNOUNCE, kind=UndertakingKind.PASSAGE, rule=rule)


def _as_told(one: Found) -> Found:
    return replace(
        one,
        act=Act.REPORT,
        kind=None,
        kind_at=None,
        answers=None,
        takes_fields=False,
        rule=f"{one.rule}, but whether it was given is in doubt",
    )


def _is_doubtful(place: Place, one: Found) -> bool:
    if one.act not in GRANTED or one.negation is not None:
        return False
    giver = one.party or one.mention
    if one.inferred or giver.weak or giver.actor in (UNKNOWN, None):
        return True
    if _is_unnamed(place, giver):
        return True
    # "The rebels said they would": the pronoun's name stands in the sentence itself.
    named = one.voice.sure or place.span[0] <= giver.first < place.span[1]
    return not (named or _is_own(place, one, giver)) or _is_hedged(place, one, giver)


def _is_unnamed(place: Place, giver: Mention) -> bool:
    """Whether a giver is of no list or register: "the local authorities", "the Dune Brigade"."""
    if giver.is_capital or not place.marked.grammar(giver.first).capitals:
        return False
    return all(one.id != giver.actor or one.is_common for one in place.marked.names.actors)


def _is_own(place: Place, one: Found, giver: Mention) -> bool:
    """Whether who signs the text says it of himself: "we guarantee" in a letter."""
    author, begin = place.scene.author, place.clause(one.sign)[0]
    signs = author is not None and giver.actor in {m.actor for m in author.mentions}
    return signs and place.marked.has("first-person", begin, one.sign[1] + 1)


def _is_hedged(place: Place, one: Found, giver: Mention) -> bool:
    """Whether a word before it in its clause takes the giving out of what was done.

    Of what somebody says of himself "would" is only the tense of telling it.
    """
    marked = place.marked
    own = one.frame is not None and giver.actor in {m.actor for m in one.frame.who.mentions}
    begin, first = place.clause(one.sign)[0], one.sign[0]
    if marked.tokens[place.span[1] - 1].form in _QUESTION:
        return True
    if any(marked.has(key, begin, first) for key in (_HEDGES if own else _HEDGES + _TENSES)):
        return True
    return any(next(marked.of("acts", key, begin, first), None) for key in _ASKED)
