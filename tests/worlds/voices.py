"""How one grant comes to be good: plainly, by confirmation, through a binder, narrowed, tied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Accept,
    Announce,
    Binds,
    Condition,
    ConditionKind,
    Confirm,
    Consent,
    Do,
    Form,
    Guarantee,
    Narrow,
    Position,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.draft import DAY, HOUR, PATRON, Draft, window

Voice = Callable[[Draft, str, Undertaking, Span], None]


def grant(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """Records one grant that is good throughout `need`, in one of the many ways there are."""
    voice = _plain if draft.likely(0.4) else draft.rng.choice(VOICES)
    if voice is not _bound and draft.likely(0.25):  # only who gives it can drop its string
        undertaking = _with_string(draft, party, undertaking)
    voice(draft, party, undertaking, need)


def confirm(draft: Draft, party: str, *of: str) -> Confirm:
    """The party's act that its acts `of` stand."""
    return Confirm(id=draft.id("confirm"), party=party, of=of)


def guarantee(draft: Draft, party: str, undertaking: Undertaking) -> Guarantee | Consent:
    """The act that gives the undertaking, by the verb that its kind asks for."""
    verb = Consent if undertaking.kind is UndertakingKind.CONSENT else Guarantee
    return verb(id=draft.id("grant"), party=party, undertaking=undertaking)


def _plain(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    draft.say(party, draft.moments(1)[0], guarantee(draft, party, undertaking))


def _announced(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    first, later = draft.moments(2)
    act = Announce(id=draft.id("grant"), party=party, undertaking=undertaking)
    draft.say(party, first, act, form=Form.ANNOUNCEMENT, to=())
    draft.say(party, later, confirm(draft, party, act.id))


def _spoken_for(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """Said for the party by somebody who does not bind it; then by itself."""
    first, later = draft.moments(2)
    act = guarantee(draft, party, undertaking)
    draft.say("envoy", first, act, form=draft.rng.choice((Form.RELAYED, Form.WRITTEN)))
    draft.say(party, later, confirm(draft, party, act.id))


def _bound(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """The patron's word, about itself or in the party's name, with the relation on record."""
    relation = Binds(
        id=draft.id("binds"),
        binder=PATRON,
        bound=party,
        areas=undertaking.areas,
        valid=draft.around(need),
        evidence="made up",
    )
    draft.note(relation)
    giver = PATRON if draft.likely(0.7) else party
    draft.say(PATRON, draft.moments(1)[0], guarantee(draft, giver, undertaking))


def _accepted(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    first, later = draft.moments(2)
    plan = Position(id=draft.id("plan"), party="envoy", what="made up")
    draft.say("envoy", first, plan)
    act = Accept(id=draft.id("grant"), party=party, of=(plan.id,), undertaking=undertaking)
    draft.say(party, later, act)


def _narrowed(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """Given wide, then narrowed to what is needed and no more."""
    first, later = draft.moments(2)
    wide = (window(need.start - DAY, need.end + DAY),)
    act = guarantee(draft, party, replace(undertaking, windows=wide))
    draft.say(party, first, act)
    narrow = Narrow(
        id=draft.id("narrow"),
        party=party,
        of=(act.id,),
        areas=draft.rng.choice((None, undertaking.areas)),
        windows=undertaking.windows,
    )
    draft.say(party, later, narrow)


def _open_ended(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    wide = (window(need.start, OPEN_END),)
    act = guarantee(draft, party, replace(undertaking, windows=wide, open_ended=True))
    draft.say(party, draft.moments(1)[0], act)
    draft.say(party, draft.latest_word - draft.rng.randrange(HOUR), confirm(draft, party, act.id))


def _given_anew(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """An earlier word withdrawn; the word that counts was said after it."""
    first, end, anew = draft.moments(3)
    old = guarantee(draft, party, undertaking)
    draft.say(party, first, old)
    draft.say(party, end, Withdraw(id=draft.id("withdraw"), party=party, of=(old.id,)))
    draft.say(party, anew, guarantee(draft, party, undertaking))


def _ends_behind_us(draft: Draft, party: str, undertaking: Undertaking, need: Span) -> None:
    """Withdrawn from the very second on at which it is no longer needed, or from later on."""
    first, later = draft.moments(2)
    act = guarantee(draft, party, undertaking)
    draft.say(party, first, act)
    end = Withdraw(
        id=draft.id("withdraw"),
        party=party,
        of=(act.id,),
        effective_at=need.end + draft.rng.choice((0, 1, DAY)),
    )
    draft.say(party, later, end)


VOICES: tuple[Voice, ...] = (
    _announced,
    _spoken_for,
    _bound,
    _accepted,
    _narrowed,
    _open_ended,
    _given_anew,
    _ends_behind_us,
)


def _with_string(draft: Draft, party: str, undertaking: Undertaking) -> Undertaking:
    """The undertaking with a string attached that has been met or dropped."""
    kinds = (ConditionKind.OPERATIONAL, ConditionKind.QUID_PRO_QUO, ConditionKind.HARMFUL)
    kind = draft.rng.choice(kinds)
    condition = Condition(id=draft.id("condition"), kind=kind, on="un", what="made up")
    later = draft.latest_word - draft.rng.randrange(HOUR)
    if kind is ConditionKind.OPERATIONAL:
        deed = Do(
            id=draft.id("do"), party="un", of=(condition.id,), what="made up", evidence="made up"
        )
        draft.say("un", later, deed)
    else:
        drops = Withdraw(id=draft.id("withdraw"), party=party, of=(condition.id,))
        draft.say(party, later, drops)
    return replace(undertaking, conditions=(condition,))
