"""Doubts that came over a world and were overcome: suspended, contested, fired at, tied."""

from __future__ import annotations

from typing import Any

from safeconduct.vocabulary import (
    Accept,
    Authority,
    Binds,
    Condition,
    ConditionKind,
    Disown,
    Do,
    Guarantee,
    Impose,
    Incident,
    IncidentReview,
    IncidentState,
    Instrument,
    Link,
    Order,
    Report,
    Statement,
    Suspend,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.draft import DAY, HOUR, Draft
from tests.worlds.voices import confirm

# Every doubt comes after the words it touches and before the last ones that overcome it.
DOUBT, AGAIN = 5 * HOUR, HOUR


def overcome(draft: Draft) -> None:
    """Adds at most two doubts, each with what overcame it."""
    if not _given(draft):
        return
    doubts = (_suspended, _contested, _fired_at, _tied, _dismissed)
    for doubt in draft.rng.sample(doubts, draft.rng.choice((0, 0, 1, 1, 2))):
        doubt(draft)


def _given(draft: Draft) -> list[Any]:
    """Every act so far that grants something on the road, and was not withdrawn at once."""
    acts = [act for said in draft.all(Statement) for act in said.acts]
    ends = [act for act in acts if isinstance(act, Withdraw) and act.effective_at is None]
    ended = {id for act in ends for id in act.of}
    granted = [act for act in acts if getattr(act, "undertaking", None) and act.id not in ended]
    return [act for act in granted if act.undertaking.areas]


def _say_again(draft: Draft, acts: list[Any], **strength: Any) -> None:
    """Each party confirms all of its own among the acts, in one statement."""
    for party in sorted({act.party for act in acts}):
        own = [act.id for act in acts if act.party == party]
        said_at = draft.latest_word - draft.rng.randrange(AGAIN)
        draft.say(party, said_at, confirm(draft, party, *own), **strength)


def _suspended(draft: Draft) -> None:
    given = _given(draft)
    party = draft.rng.choice(given).party
    # What its patron gave in its place is shaken as well.
    givers = {party, *(one.binder for one in draft.all(Binds) if one.bound == party)}
    own = [act for act in given if act.party in givers]
    area = draft.rng.choice(draft.rng.choice(own).undertaking.areas)
    doubt = draft.latest_word - DOUBT
    starts = draft.rng.choice((None, doubt - DAY, doubt + 60, draft.depart_at, draft.depart_at + 1))
    pause = Suspend(
        id=draft.id("suspend"),
        party=party,
        what="made up",
        areas=draft.rng.choice(((), (area,))),
        effective_at=starts,
    )
    draft.say(party, doubt, pause)
    _say_again(draft, own)


def _contested(draft: Draft) -> None:
    act = draft.rng.choice(_given(draft))
    voice = draft.rng.choice((act.party, f"{act.party}-wing"))
    disown = Disown(id=draft.id("disown"), party=voice, of=(act.id,))
    draft.say(voice, draft.latest_word - DOUBT, disown)
    _say_again(draft, [act], authority=Authority.COMMANDS)


def _incident(draft: Draft, **known: Any) -> Incident:
    """An incident on the road, longer ago than rule G4 looks back."""
    # A means that an instrument stands in for has not been used lately, or it would not.
    spared = {means for one in draft.all(Instrument) for means in one.means}
    held = {means for act in _given(draft) for means in act.undertaking.means} - spared
    incident = Incident(
        id=draft.id("incident"),
        what="made up",
        at=draft.as_of - draft.rng.randrange(25 * HOUR, 72 * HOUR),
        means=draft.rng.choice(sorted(held, key=str)) if held else None,
        areas=(draft.rng.choice(draft.ground.bases),),
        **known,
    )
    report = Report(id=draft.id("report"), party="watch", incident=incident)
    draft.say("watch", min(incident.at + 60, draft.latest_word), report)
    return incident


def _fired_at(draft: Draft) -> None:
    """By a party, or by nobody known; every word it shook was said again since."""
    given = _given(draft)
    by = draft.rng.choice(("", draft.rng.choice(given).party))
    _incident(draft, attributed_to=by, state=IncidentState.UNVERIFIED)
    _say_again(draft, [act for act in given if act.undertaking.kind is UndertakingKind.RESTRAINT])


def _dismissed(draft: Draft) -> None:
    incident = _incident(draft)
    review = IncidentReview(
        id=draft.id("review"),
        of=incident.id,
        state=IncidentState.DISMISSED,
        reviewed_at=draft.latest_word - draft.rng.randrange(HOUR),
        by="an officer",
        reason="made up",
    )
    draft.note(review, review.reviewed_at)


def _tied(draft: Draft) -> None:
    """A reciprocal string tied to one grant later on, and answered: by a word, a link, a deed."""
    given = _given(draft)
    act = draft.rng.choice(given)
    others = [other for other in given if other is not act]
    answer = draft.rng.choice(("word", "link", "deed"))
    if answer == "word" and others:
        awaited, order = draft.rng.choice(others).id, Order.TOGETHER
    elif answer == "link":
        awaited, order = _accepted_link(draft, act.party), Order.TOGETHER
    else:
        awaited, order = _done_deed(draft), draft.rng.choice((Order.TOGETHER, Order.AFTER))
    condition = Condition(
        id=draft.id("condition"),
        kind=ConditionKind.RECIPROCAL,
        on="envoy",
        what="made up",
        order=order,
        awaits=(awaited,),
    )
    tie = Impose(id=draft.id("tie"), party=act.party, of=(act.id,), condition=condition)
    draft.say(act.party, draft.latest_word - DOUBT, tie)


def _accepted_link(draft: Draft, party: str) -> str:
    link = Link(id=draft.id("link"), order=Order.TOGETHER, concerned=(party, "envoy"))
    draft.note(link)
    accept(draft, link)
    return link.id


def accept(draft: Draft, link: Link) -> None:
    """Each one concerned accepts the link, one statement each."""
    for one in link.concerned:
        draft.say(one, draft.moments(1)[0], Accept(id=draft.id("accept"), party=one, of=(link.id,)))


def _done_deed(draft: Draft) -> str:
    promise = Guarantee(
        id=draft.id("deed"),
        party="envoy",
        undertaking=Undertaking(kind=UndertakingKind.DEED, deed="made up"),
    )
    draft.say("envoy", draft.moments(1)[0], promise)
    deed = Do(
        id=draft.id("do"), party="envoy", of=(promise.id,), what="made up", evidence="made up"
    )
    draft.say("envoy", draft.latest_word - draft.rng.randrange(HOUR), deed)
    return promise.id
