"""Rule R1 against a small world in which one party's word is recorded by one office.

The army has the keys of the road, the ministry its consent, both in area x. It is 9,000; the river
office is required for the army, complete up to at most 600 s ago: up to 8,400.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct import vocabulary as v
from safeconduct.situation.hearing import REPLAYED, Heard, Hearing
from safeconduct.spacetime import Span
from tests.verifier.some_papers import GOOD, POLICY, movement
from tests.verifier.two_places import (
    ALWAYS,
    CONSENT,
    CONSENTED,
    GIVEN,
    IN_ORDER,
    NETWORK,
    NOW,
    RESTRAINT,
    said,
)
from tests.verifier.verifier import verify

FRESH = 600
RIVER = (
    Heard(writer="root", office="river", complete_at=NOW, is_root=True),
    Heard(writer="one", office="river", complete_at=NOW - FRESH),
    Heard(writer="two", office="river", complete_at=NOW),
)
MUST = v.RequiredWriter(
    id="must",
    party="army",
    writer="one",
    fresh_within_s=FRESH,
    valid=ALWAYS,
    by="head of office",
    decided_at=100,
)
OFFICE = replace(MUST, writer="", office="river")


def hearing(*changed: Heard, **more: Any) -> Hearing:
    """What was heard, some writers otherwise."""
    writers = {one.writer: one for one in (*RIVER, *changed)}
    return Hearing(writers=writers, **more)


def writer(name: str, **otherwise: Any) -> Heard:
    (known,) = (one for one in RIVER if one.writer == name)
    return replace(known, **otherwise)


def objected(
    *records: v.Record,
    heard: Any = None,
    expires: int | None = None,
    as_of: int = NOW,
) -> list[str]:
    """What R1 has against the movement when these are known too, each replacing one of its id."""
    known = {one.id: one for one in (*IN_ORDER, *GOOD, movement())} | {
        one.id: one for one in records
    }
    found = verify(
        [(one, 0) for one in known.values()],
        NETWORK,
        "convoy",
        as_of,
        policy=POLICY,
        hearing=hearing() if heard is None else heard,
        expires=expires,
    )
    return [one.what for one in found if one.rule == "R1"]


@pytest.mark.parametrize("must", [MUST, OFFICE])
def test_a_writer_that_is_complete_up_to_the_very_limit_is_heard(must: v.RequiredWriter) -> None:
    assert objected(must) == []


@pytest.mark.parametrize("must", [MUST, OFFICE])
@pytest.mark.parametrize(
    "otherwise",
    [
        {"complete_at": NOW - FRESH - 1},
        {"complete_at": None},
        *({"doubts": frozenset({doubt})} for doubt in ("gapped", "withheld", "clock", "forked")),
    ],
)
def test_one_second_too_old_or_any_doubt_is_not_heard(
    must: v.RequiredWriter, otherwise: dict[str, Any]
) -> None:
    found = objected(must, heard=hearing(writer("one", **otherwise)))
    assert found == [f"{must.writer or must.office} is not heard for army"]


def test_nobody_asked_and_nobody_heard_is_an_objection_only_where_somebody_is_required() -> None:
    assert objected(heard=Hearing()) == []
    assert objected(MUST, heard=Hearing()) and objected(OFFICE, heard=Hearing())


def test_of_an_office_every_device_counts_and_its_root_without_doubt() -> None:
    late = hearing(writer("two", complete_at=NOW - FRESH - 1))
    assert objected(OFFICE, heard=late) and not objected(MUST, heard=late)
    shaken = hearing(writer("root", doubts=frozenset({"forked"})))
    assert objected(OFFICE, heard=shaken) and not objected(MUST, heard=shaken)


def test_of_an_office_its_root_is_as_fresh_as_its_devices() -> None:
    at_the_limit = hearing(writer("root", complete_at=NOW - FRESH), writer("one", complete_at=NOW))
    assert objected(OFFICE, heard=at_the_limit) == []
    assert objected(OFFICE, heard=at_the_limit, expires=NOW + 2)
    for complete_at in (NOW - FRESH - 1, None):
        late = hearing(writer("root", complete_at=complete_at))
        assert objected(OFFICE, heard=late) and not objected(MUST, heard=late)


GONE = writer("one", doubts=frozenset({"revoked"}), complete_at=None)
NEXT = Heard(writer="next", office="river", complete_at=NOW - FRESH, follows="one")


def test_a_revoked_writer_is_heard_through_each_that_was_introduced_in_its_place() -> None:
    assert objected(MUST, heard=hearing(GONE))
    assert objected(MUST, heard=hearing(GONE, NEXT)) == []
    assert objected(MUST, heard=hearing(GONE, replace(NEXT, complete_at=NOW - FRESH - 1)))
    last = replace(NEXT, writer="last", follows="next")
    lost = replace(NEXT, doubts=frozenset({"revoked"}))
    assert objected(MUST, heard=hearing(GONE, lost)) != []
    assert objected(MUST, heard=hearing(GONE, lost, last)) == []
    in_a_ring = hearing(replace(GONE, follows="next"), lost)
    assert objected(MUST, heard=in_a_ring)


def test_an_office_goes_on_without_a_revoked_device_unless_that_lacks_what_it_wrote() -> None:
    assert objected(OFFICE, heard=hearing(GONE)) == []
    assert objected(OFFICE, heard=hearing(replace(GONE, doubts=GONE.doubts | {"gapped"})))


@pytest.mark.parametrize(
    ("otherwise", "asks"),
    [
        ({"areas": ("x",)}, True),
        ({"areas": ("y",)}, False),
        ({"areas": ("nowhere",)}, True),  # nobody knows where that is
        ({"party": "ministry"}, True),
        ({"party": "wing"}, True),  # a member of the army
        ({"party": "un"}, False),
        ({"decided_at": NOW}, True),
        ({"decided_at": NOW + 1}, False),
        ({"valid": Span(NOW, NOW + 1)}, True),
        ({"valid": Span(NOW + 1, NOW + 2)}, False),
        ({"valid": Span(0, NOW)}, False),
    ],
)
def test_a_requirement_binds_where_and_while_its_party_is_concerned(
    otherwise: dict[str, Any], asks: bool
) -> None:
    assert bool(objected(replace(MUST, **otherwise), heard=Hearing())) is asks


def test_whoever_binds_a_party_is_concerned_as_it_is() -> None:
    relation = v.Binds(
        id="bound", binder="patron", bound="army", areas=("y",), valid=Span(0, 1), evidence="seen"
    )
    must = replace(MUST, party="patron", areas=("x",))
    assert objected(relation, must, heard=Hearing())
    assert not objected(replace(relation, evidence=""), must, heard=Hearing())
    above = replace(relation, id="above", binder="emperor", bound="patron")
    assert objected(relation, above, replace(must, party="emperor"), heard=Hearing())


def test_a_member_of_a_party_is_concerned_as_it_is() -> None:
    must = replace(MUST, party="wing")
    assert objected(must, heard=Hearing())
    assert objected(replace(must, areas=("x",)), heard=Hearing())
    assert not objected(replace(must, areas=("y",)), heard=Hearing())


def test_whom_a_link_with_the_movement_concerns_must_be_heard_wherever_that_is() -> None:
    link = v.Link(
        id="both", order=v.Order.TOGETHER, concerned=("envoy", "army"), movements=("convoy",)
    )
    for party in link.concerned:  # the army has a key on the way as well
        must = replace(MUST, party=party, areas=("y",))
        assert objected(link, must, heard=Hearing())
        assert not objected(replace(link, movements=()), must, heard=Hearing())


def tied(*awaits: str) -> v.Statement:
    """The army's guarantee, on a condition that waits for these."""
    string = v.Condition(
        id="string",
        kind=v.ConditionKind.RECIPROCAL,
        on="un",
        what="made up",
        order=v.Order.TOGETHER,
        awaits=awaits,
    )
    terms = replace(GIVEN.undertaking, conditions=(string,))
    return replace(RESTRAINT, acts=(replace(GIVEN, undertaking=terms),))


def test_whom_a_condition_waits_for_must_be_heard_wherever_that_is() -> None:
    word = said("said-far", "envoy", 1_000, replace(CONSENTED, id="far", party="envoy"))
    must = replace(MUST, party="envoy", areas=("y",))
    assert not objected(word, must, heard=Hearing())
    assert objected(word, must, tied("far"), heard=Hearing())
    link = v.Link(id="link", order=v.Order.TOGETHER, concerned=("envoy",))
    assert objected(link, must, tied("link"), heard=Hearing())
    # The ministry has a key elsewhere, and is waited for here as well.
    assert objected(replace(MUST, party="ministry", areas=("y",)), tied("consent"), heard=Hearing())


def test_a_requirement_is_replaced_by_one_that_has_begun_and_stays_so() -> None:
    newer = replace(MUST, id="newer", writer="two", replaces="must", why="moved", decided_at=200)
    late = hearing(writer("one", complete_at=0))
    assert objected(MUST, heard=late) and not objected(MUST, newer, heard=late)
    assert not objected(MUST, replace(newer, valid=Span(0, NOW)), heard=late)  # over, and it stays
    assert objected(MUST, replace(newer, valid=Span(NOW + 1, NOW + 2)), heard=late)
    assert objected(MUST, replace(newer, party="ministry"), heard=late)
    assert objected(MUST, replace(newer, decided_at=NOW + 1), heard=late)


def test_only_what_was_decided_later_replaces_so_that_two_never_replace_one_another() -> None:
    one = replace(MUST, replaces="newer", why="moved")
    newer = replace(MUST, id="newer", writer="two", replaces="must", why="moved")
    assert objected(one, newer, heard=hearing(writer("one", complete_at=0)))
    assert objected(one, newer, heard=hearing(writer("two", complete_at=0)))
    later = replace(newer, decided_at=MUST.decided_at + 1)
    assert not objected(one, later, heard=hearing(writer("one", complete_at=0)))


@pytest.mark.parametrize("doubt", ["gapped", "forked", "clock", "rolled-back", "root-doubted"])
def test_whoever_recorded_a_word_must_be_without_doubt(doubt: str) -> None:
    heard = hearing(writer("two", doubts=frozenset({doubt}), complete_at=None))
    for statement in (RESTRAINT, CONSENT):
        by = {statement.id: frozenset({"one", "two"})}
        assert objected(heard=replace(heard, recorded_by=by)) == [
            f"two, who recorded {statement.id}, is doubted or not known"
        ]
    assert objected(heard=replace(heard, recorded_by={"said-idle": frozenset({"two"})})) == []


NEED = v.PermitNeed(
    id="letter",
    party="ministry",
    name="made up",
    areas=("x",),
    purposes=frozenset({v.Purpose.ANY}),
    steps=("stamp",),
    valid=ALWAYS,
)
STAMPED = v.Permit(
    id="stamped",
    need="letter",
    movement="convoy",
    steps=(v.PermitStep(name="stamp", state=v.PermitState.GRANTED),),
    stands_at=200,
    valid=ALWAYS,
)
CLEARED = v.PatientClearance(
    id="cleared",
    movement="convoy",
    case="B-7",
    party="army",
    state=v.PermitState.GRANTED,
    stands_at=200,
)
DESK = v.Arrangement(id="desk", party="army", areas=("x",), lead_s=1, valid=ALWAYS, zone="UTC")


def noted(paper: v.Record, *by: str, doubt: str = "gapped") -> Hearing:
    """A paper was recorded by these; the second device of the river office is in doubt."""
    doubted = writer("two", doubts=frozenset({doubt}))
    return hearing(doubted, noted_by={(paper.tag, paper.id): frozenset(by)})


@pytest.mark.parametrize("paper", [STAMPED, CLEARED, DESK], ids=["permit", "clearance", "desk"])
def test_whoever_recorded_a_paper_that_is_read_must_be_without_doubt(paper: v.Record) -> None:
    records = (NEED, STAMPED, CLEARED, DESK)
    for by in ("two", "stranger"):
        assert objected(*records, heard=noted(paper, by, "one")) == [
            f"{by}, who recorded {paper.id}, is doubted or not known"
        ]
    assert objected(*records, heard=noted(paper, "one")) == []
    assert objected(*records, heard=noted(paper, "two", doubt="withheld")) == []


@pytest.mark.parametrize(
    ("paper", "otherwise"),
    [
        (STAMPED, {"need": "another"}),
        (STAMPED, {"movement": "another"}),
        (CLEARED, {"movement": "another"}),
        (DESK, {"areas": ("y",)}),
        (DESK, {"valid": Span(0, 1)}),
    ],
)
def test_who_recorded_a_paper_that_nobody_reads_may_be_in_doubt(
    paper: Any, otherwise: dict[str, Any]
) -> None:
    idle = replace(paper, **otherwise)
    assert objected(NEED, idle, heard=noted(idle, "two")) == []


@pytest.mark.parametrize("paper", [STAMPED, CLEARED])
def test_who_recorded_a_paper_that_a_later_one_replaced_may_be_in_doubt(paper: Any) -> None:
    later = replace(paper, id="later", stands_at=201)
    assert objected(NEED, paper, later, heard=noted(paper, "two")) == []
    assert objected(NEED, paper, later, heard=noted(later, "two"))


def test_who_recorded_a_word_need_not_be_fresh_and_may_be_revoked_but_must_be_known_of() -> None:
    by = {RESTRAINT.id: frozenset({"two"})}
    for doubts in ((), ("revoked",), ("withheld", "unknown-key")):
        old = writer("two", doubts=frozenset(doubts), complete_at=None)
        assert objected(heard=hearing(old, recorded_by=by)) == []
    assert objected(heard=hearing(recorded_by={RESTRAINT.id: frozenset({"stranger"})}))


def test_a_clock_in_doubt_is_an_objection_though_nobody_is_required() -> None:
    assert objected(heard=hearing(clock="it went back")) == [
        "the clock here is doubted: it went back"
    ]


def test_a_replay_is_not_asked() -> None:
    assert objected(MUST, OFFICE, heard=REPLAYED) == []
    assert objected(MUST, heard=replace(REPLAYED, clock="odd"), expires=NOW + 9_999) == []


def test_no_answer_outlasts_the_moment_at_which_a_required_writer_is_too_old() -> None:
    # Complete up to 8,400 and at most 600 s old: heard at 9,000, not at 9,001.
    assert objected(MUST, expires=NOW + 1) == []
    assert objected(MUST, expires=NOW + 2) == ["an answer lasts until 9001, not 9002"]
    assert objected(expires=NOW + 2) == []
    followed = hearing(GONE, replace(NEXT, complete_at=NOW))
    assert objected(MUST, heard=followed, expires=NOW + 601) == []
    assert objected(MUST, heard=followed, expires=NOW + 602) != []


def test_no_answer_outlasts_the_beginning_of_a_further_requirement() -> None:
    later = replace(MUST, writer="two", valid=Span(NOW + 700, NOW + 800))
    assert objected(later, expires=NOW + 700) == []
    assert objected(later, expires=NOW + 701) == ["an answer lasts until 9700, not 9701"]
    assert objected(replace(later, party="un"), expires=NOW + 701) == []


def test_what_goes_together_is_heard_together() -> None:
    # The sister goes on the same road at the same time.
    link = v.Link(
        id="both",
        order=v.Order.TOGETHER,
        concerned=("army",),
        movements=("convoy", "sister"),
    )
    accepted = said("said-yes", "army", 1_000, v.Accept(id="yes", party="army", of=("both",)))
    sister = replace(movement(), id="sister")
    records = [(one, 0) for one in (*IN_ORDER[:-1], *GOOD, movement(), sister, link, accepted)]
    question = (NETWORK, "convoy", NOW, NOW, POLICY)
    assert {one.rule for one in verify(records, *question)} == set()
    must = replace(MUST, party="army")
    found = verify([*records, (must, 0)], *question)
    assert {one.rule for one in found} == {"A7", "R1"}
    # The word is complete up to 8,400, and an answer may rest on it for 600 s and no longer.
    fresh = replace(must, fresh_within_s=600)
    for expires, ends in ((NOW + 1, set()), (NOW + 2, {"A7", "R1"})):
        found = verify([*records, (fresh, 0)], *question, hearing=hearing(), expires=expires)
        assert {one.rule for one in found} == ends
