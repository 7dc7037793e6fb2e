"""Asks in a live register: put, chased, answered; each a record of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.app.asks import Asked, Sent, add_ask, ask_from, chase_ask, list_asks, reply_to_ask
from safeconduct.app.registers import replayed
from safeconduct.errors import (
    EmptySpan,
    RegisterError,
    SafeconductError,
    TimeRefused,
    UnknownReference,
    WrongField,
)
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Ask, Chase, Means, Reply, UndertakingKind
from safeconduct.watch.asking import AskState
from tests.unit.app.folders import TWO_TOWNS, head
from tests.unit.app.offices import held

AT = "2030-05-04T09:00:00Z"
SENT = Sent(by="access officer", channel="telephone", at=AT, reply_due="24h")


def put(path: Path, **changes: object) -> Asked:
    """An ask of the north for passage, unless told other."""
    fields: dict[str, object] = {
        "movement": None,
        "party": "north",
        "kind": "passage",
        "areas": ("north-bank",),
    }
    return add_ask(str(path), SENT, **(fields | changes))  # type: ignore[arg-type]  # any field


def test_what_a_movement_lacks_is_asked_of_each_party_once(wordless: Path) -> None:
    done = ask_from(str(wordless), None, SENT)
    asked = held(wordless, Ask)
    assert {(one.party, one.kind.value) for one in asked} == {
        ("north", "passage"),
        ("north", "restraint"),
        ("south", "consent"),
        ("south", "passage"),
        ("south", "restraint"),
    }
    assert [one.ask for one in done.standings] == asked
    again = ask_from(str(wordless), None, SENT)
    assert again.recorded.entries == ()
    assert {one.ask.id for one in again.waiting} == {one.id for one in asked}


def test_an_ask_says_of_whom_where_when_by_whom_and_until_when(wordless: Path) -> None:
    ask_from(str(wordless), None, SENT, parties=("north",))
    (ask,) = [one for one in held(wordless, Ask) if one.kind is UndertakingKind.PASSAGE]
    assert (ask.by, ask.channel, ask.to) == ("access officer", "telephone", "north-post")
    assert (utc(ask.asked_at), utc(ask.reply_due_at)) == (AT, "2030-05-05T09:00:00Z")
    assert (ask.areas, ask.meets[0]) == (("north-bank",), "A1")
    # From the first arrival on the north bank at 09:12; see the minutes in the two towns.
    assert utc(ask.spans[0].start) == "2030-05-06T09:12:00Z"


@pytest.mark.parametrize("again_at", ["2030-05-04T11:00:00Z", AT])
def test_what_was_refused_is_asked_again_under_an_id_of_its_own(
    again_at: str, wordless: Path
) -> None:
    ask_from(str(wordless), None, SENT, parties=("north",))
    (first,) = [one for one in held(wordless, Ask) if one.kind is UndertakingKind.PASSAGE]
    reply_to_ask(str(wordless), first.id, answer="refused", at=AT)
    # At the very moment of the first ask the judgement, and so the plan's own id, is the same.
    done = ask_from(str(wordless), None, Sent(at=again_at), parties=("north",))
    (again,) = done.standings
    assert (again.ask.kind, again.ask.areas) == (first.kind, first.areas)
    assert again.ask.id != first.id


def test_an_ask_that_holds_less_than_what_is_lacking_does_not_stand_for_it(wordless: Path) -> None:
    put(wordless, start="2030-05-06 11:00", end="2030-05-06 12:00")
    done = ask_from(str(wordless), None, SENT, parties=("north",))
    assert UndertakingKind.PASSAGE in {one.ask.kind for one in done.standings}


def test_an_ask_of_ones_own_takes_times_and_purposes_from_the_movement(wordless: Path) -> None:
    put(wordless, kind="restraint", means=("ground-fire",), to="north-staff", party="")
    (ask,) = held(wordless, Ask)
    assert (ask.party, ask.to, ask.means) == (
        "north",
        "north-staff",
        frozenset({Means.GROUND_FIRE}),
    )
    assert [utc(ask.spans[0].start), utc(ask.spans[0].end)] == [
        "2030-05-06T09:00:00Z",
        "2030-05-06T15:00:00Z",
    ]
    assert {one.value for one in ask.purposes} == {"aid-delivery"}


def test_an_ask_may_have_an_id_of_the_office_s_own_once(wordless: Path) -> None:
    assert put(wordless, id="ask-7").standings[0].ask.id == "ask-7"
    with pytest.raises(WrongField, match="is used already, for an ask"):
        put(wordless, id="ask-7")


def test_chase_and_reply_are_later_records_of_the_same_ask(wordless: Path) -> None:
    id = put(wordless).standings[0].ask.id
    chased = chase_ask(str(wordless), id, by="access officer", at="2030-05-05T10:00:00Z")
    assert chased.standings[0].state is AskState.OVERDUE
    done = reply_to_ask(
        str(wordless), id, answer="partly", what="only until noon", at="2030-05-05T11:00:00Z"
    )
    assert done.standings[0].state is AskState.PARTLY
    (chase,), (reply,) = held(wordless, Chase), held(wordless, Reply)
    assert (chase.ask, reply.ask, reply.what) == (id, id, "only until noon")


def test_the_list_links_asks_to_what_they_would_meet_and_can_be_made_shorter(
    wordless: Path,
) -> None:
    ask_from(str(wordless), None, SENT)
    now = "2030-05-04T12:00:00Z"
    found = list_asks(str(wordless), at=now)
    assert all(one.would_meet for one in found.standings) and len(found.standings) == 5
    first = found.standings[0].ask.id
    reply_to_ask(str(wordless), first, answer="refused", at=now)
    left = list_asks(str(wordless), only_open=True, at="2030-05-04T13:00:00Z")
    assert first not in {one.ask.id for one in left.standings} and len(left.standings) == 4
    assert list_asks(str(wordless), movement="relief-to-birch", at=now).standings


REFUSALS: list[tuple[str, Callable[[Path], object], type[SafeconductError], str]] = [
    ("unknown-movement", lambda p: ask_from(str(p), "x", SENT), UnknownReference, 'movement "x"'),
    (
        "party-without-a-lack",
        lambda p: ask_from(str(p), None, SENT, parties=("relief",)),
        WrongField,
        "Give one of: north",
    ),
    (
        "reply-due-before",
        lambda p: ask_from(str(p), None, Sent(at=AT, reply_due="2030-05-01T09:00:00Z")),
        TimeRefused,
        "The reply is due at 2030-05-01T09:00:00Z",
    ),
    ("no-duration", lambda p: ask_from(str(p), None, Sent(at=AT, reply_due="24 moons")),
     WrongField, "is no duration"),
    ("bare-time", lambda p: ask_from(str(p), None, Sent(at="10:00")), TimeRefused, "'10:00'"),
    ("unknown-party", lambda p: put(p, party="nroth"), UnknownReference, "Did you mean north"),
    ("unknown-area", lambda p: put(p, areas=("bank",)), UnknownReference, 'has the id "bank"'),
    ("nobody", lambda p: put(p, party=""), WrongField, "Whom it is put to is not said."),
    ("unknown-contact", lambda p: put(p, party="", to="x"), UnknownReference, 'No contact "x"'),
    ("other-party", lambda p: put(p, to="south-post"), WrongField, "is of south"),
    ("unknown-kind", lambda p: put(p, kind="deed"), WrongField, "consent, passage, restraint"),
    ("no-means", lambda p: put(p, kind="restraint"), WrongField, "names 0 means"),
    ("means", lambda p: put(p, means=("ground-fire",)), WrongField, "names 1 means"),
    ("unknown-means", lambda p: put(p, kind="restraint", means=("words",)), WrongField,
     "Give one of: air-strike"),
    ("end-first", lambda p: put(p, start="2030-05-06 12:00", end="2030-05-06 11:00"), EmptySpan,
     "starts at"),
    ("chase-unknown", lambda p: chase_ask(str(p), "x", by="y"), UnknownReference, 'No ask "x"'),
    ("reply-unknown", lambda p: reply_to_ask(str(p), "x", answer="granted"), UnknownReference,
     'No ask "x"'),
    ("list-unknown", lambda p: list_asks(str(p), movement="x", at=AT), UnknownReference, '"x"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "kind", "says"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_what_cannot_be_asked_is_refused_and_nothing_written(
    ask: Callable[[Path], object], kind: type[SafeconductError], says: str, wordless: Path
) -> None:
    before = head(wordless)
    with pytest.raises(kind) as caught:
        ask(wordless)
    assert says in str(caught.value) and caught.value.remedy
    assert head(wordless) == before


def test_what_cannot_be_noted_on_an_ask_is_refused_and_nothing_written(wordless: Path) -> None:
    id = put(wordless).standings[0].ask.id
    before = head(wordless)
    with pytest.raises(UnknownReference, match="is known at that moment"):
        chase_ask(str(wordless), id, by="access officer", at="2030-05-04T08:00:00Z")
    with pytest.raises(WrongField, match="granted, no-answer-yet, partly, refused"):
        reply_to_ask(str(wordless), id, answer="yes", at="2030-05-05T10:00:00Z")
    with pytest.raises(UnknownReference, match='has the id "letter"'):
        reply_to_ask(
            str(wordless), id, answer="granted", statement="letter", at="2030-05-05T10:00:00Z"
        )
    assert head(wordless) == before
    reply_to_ask(str(wordless), id, answer="refused", at="2030-05-05T10:00:00Z")
    with pytest.raises(WrongField, match="was answered at 2030-05-05T10:00:00Z: refused"):
        chase_ask(str(wordless), id, by="access officer", at="2030-05-05T11:00:00Z")


def test_nothing_is_asked_in_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    before = head(path)
    with pytest.raises(RegisterError, match="is a replay"):
        ask_from(str(path), None, SENT)
    with pytest.raises(RegisterError, match="is a replay"):
        put(path)
    assert head(path) == before
