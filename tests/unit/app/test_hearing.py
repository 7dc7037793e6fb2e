"""What a register has heard of its writers, and what follows for the answers of an office."""

from __future__ import annotations

import ast
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import safeconduct
from safeconduct.app import opening
from safeconduct.app.assess import assess
from safeconduct.app.deciding import Wish, decide, decisions
from safeconduct.app.dues import what_is_due
from safeconduct.app.hearing import clock_doubt, hearing_of
from safeconduct.app.keying import introduce, list_keys, new_key
from safeconduct.app.looking import diff
from safeconduct.app.moving import listing
from safeconduct.app.office import office as office_at
from safeconduct.app.opening import open_case, open_register
from safeconduct.app.plan import plan_movement
from safeconduct.app.reaching import reach_from
from safeconduct.app.registers import record, write
from safeconduct.app.shortest import to_ask
from safeconduct.errors import InputError, WrongField
from safeconduct.register import Handling
from safeconduct.register.bundle import Bundle, signed
from safeconduct.register.view import view
from safeconduct.situation import REPLAYED, Heard, Hearing
from safeconduct.spacetime import Edge, instant
from safeconduct.vocabulary import Source
from tests.unit.app.folders import REPOSITORY, TWO_TOWNS
from tests.unit.app.two_offices import REQUIRED, TAKEN_BACK, Offices
from tests.unit.clearance.heard_towns import required
from tests.unit.register.offices import Ids, Office, friends
from tests.worlds.two_towns import may

# -- of the chains of a register


def heard(office: Office, writer: str, moment: int | None = None) -> Heard:
    """How far one writer is heard by an office."""
    return all_heard(office, moment).writers[writer]


def all_heard(office: Office, moment: int | None = None) -> Hearing:
    at = office.now() if moment is None else moment
    return hearing_of(view(office.store, at), office.store, known_at=at)


def doubts(office: Office, writer: str) -> set[str]:
    return set(heard(office, writer).doubts)


@pytest.fixture
def pair() -> list[Office]:
    return friends("goma", "bukavu")


def test_of_a_writer_is_told_whose_it_is_and_up_to_when_it_is_complete(pair):
    goma, bukavu = pair
    goma.say("one")
    bundle = goma.give()
    bukavu.take(bundle)
    assert heard(bukavu, goma.hand.writer) == Heard(
        writer=goma.hand.writer, office="goma", complete_at=bundle.made_at
    )
    assert heard(bukavu, goma.root.writer).is_root
    now = bukavu.now()
    assert heard(bukavu, bukavu.hand.writer, now).complete_at == now


def test_a_word_of_which_a_part_is_kept_back_is_in_doubt(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    goma.say("two")
    whole = goma.give()
    bukavu.take(cut(goma, whole))
    assert doubts(bukavu, goma.hand.writer) == {"gapped"}
    bukavu.take(whole)
    assert doubts(bukavu, goma.hand.writer) == set()


def cut(goma: Office, bundle: Bundle) -> Bundle:
    """The bundle with the last entry of the device left out, signed again."""
    chains = tuple(
        replace(one, links=one.links[:-1], size=one.size - 1)
        if one.writer == goma.hand.writer
        else one
        for one in bundle.chains
    )
    bare = replace(bundle, chains=chains, signature="")
    return signed(bare, goma.hand.sign(bare.manifest_bytes()))


def test_who_follows_a_revoked_writer_is_told(pair):
    goma, bukavu = pair
    entry = goma.say("one")
    goma.introduce(Office("uvira").hand, instead_of=goma.hand.writer)
    goma.revoke(goma.hand.writer, 1, entry.hash)
    bukavu.take(goma.give(goma.root))
    assert doubts(bukavu, goma.hand.writer) == {"revoked"}
    (after,) = (
        one for one in all_heard(bukavu).writers.values() if one.follows == goma.hand.writer
    )
    assert after.office == "goma"


def test_of_a_revoked_writer_the_part_that_counts_has_not_all_come(pair):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give())
    last = goma.say("two")
    goma.revoke(goma.hand.writer, 2, last.hash)
    root_only = goma.give(goma.root, hands=())
    chains = tuple(one for one in root_only.chains if one.writer == goma.root.writer)
    bare = replace(root_only, chains=chains, heads=(), signature="")
    bukavu.take(signed(bare, goma.root.sign(bare.manifest_bytes())))
    assert doubts(bukavu, goma.hand.writer) == {"revoked", "gapped"}
    bukavu.take(goma.give(goma.root))
    assert doubts(bukavu, goma.hand.writer) == {"revoked"}


def test_what_a_root_has_settled_about_a_revoked_writer_is_no_doubt_any_more(pair):
    goma, bukavu = pair
    entry = goma.say("one")
    bukavu.take(goma.give())
    copy = Office("goma", root=goma.root)
    copy.store.append_all(
        [link for link in goma.store.entries() if link.writer == goma.root.writer]
    )
    copy.ids = Ids("a copy of goma")
    copy.say("another")
    bukavu.take(copy.give(hands=[copy.hand]))
    assert "forked" in doubts(bukavu, goma.hand.writer)
    goma.revoke(goma.hand.writer, 1, entry.hash)
    bukavu.take(goma.give(goma.root))
    assert doubts(bukavu, goma.hand.writer) == {"revoked"}


@pytest.mark.parametrize("level", [Handling.CONFIDENTIAL, Handling.PUBLIC])
def test_a_root_that_believes_another_chain_leaves_the_fork_in_doubt(pair, level):
    goma, bukavu = pair
    goma.say("one")
    bukavu.take(goma.give(handling=level))
    goma.revoke(goma.hand.writer, 1, "ab" * 32)
    bukavu.take(goma.give(goma.root, handling=level))
    assert doubts(bukavu, goma.hand.writer) >= {"revoked", "forked"}


def test_who_recorded_a_statement_is_known_by_its_id(pair):
    goma, _ = pair
    goma.say("one", body={"is": "statement", "id": "letter"})
    assert all_heard(goma).recorded_by == {"letter": frozenset({goma.hand.writer})}


def test_who_recorded_a_paper_of_a_party_is_known_by_its_kind_and_id():
    goma = Office("goma", devices=2)
    for kind in ("permit", "patient-clearance", "arrangement", "hazard"):
        goma.say("one", kind=kind, body={"is": kind, "id": "paper"})
    goma.say("again", goma.hands[1], kind="permit", body={"is": "permit", "id": "paper"})
    one, both = frozenset({goma.hand.writer}), frozenset(hand.writer for hand in goma.hands)
    assert all_heard(goma).noted_by == {
        ("permit", "paper"): both,
        ("patient-clearance", "paper"): one,
        ("arrangement", "paper"): one,
    }
    assert all_heard(goma).recorders == both


def test_a_clock_that_was_put_back_is_in_doubt_until_its_key_is_revoked():
    goma = Office("goma", devices=2)
    entry = goma.say("one")
    goma.say("two", recorded_at=entry.recorded_at - 1)
    moment = goma.now()
    assert goma.hand.writer in clock_doubt(goma.view(moment), goma.store, None)
    goma.revoke(goma.hand.writer, 1, entry.hash)
    assert clock_doubt(goma.view(), goma.store, None) == ""


def test_a_clock_before_what_was_recorded_here_is_in_doubt_only_where_it_is_asked_about():
    goma = Office("goma")
    last = goma.say("one").recorded_at
    then = goma.view(last - 1)
    assert "already" in clock_doubt(then, goma.store, last - 1)
    assert clock_doubt(then, goma.store, None) == ""
    assert clock_doubt(goma.view(last), goma.store, last) == ""


def test_a_case_has_no_writers():
    with closing(open_case(str(TWO_TOWNS))) as opened:
        moment = instant("2030-05-06T07:30:00Z", edge=Edge.END)
        assert opened.situation(moment, moment).hearing == REPLAYED


# -- of two offices


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    found = Offices(tmp_path, monkeypatch)
    found.begin()
    return found


def test_a_device_of_another_office_is_not_followed_by_one_of_this_office(offices):
    path = offices.at("alder", "07:10")
    theirs = next(one.writer for one in list_keys(path).rows if one.writer.startswith("birch:"))
    public = new_key(path, "spare").public
    with pytest.raises(WrongField, match=f"{theirs} is a device of birch, and a new one") as caught:
        introduce(path, "spare-2", public, instead_of=theirs)
    assert caught.value.field == "instead_of"


def test_a_withdrawal_that_is_not_passed_on_leaves_no_go_past_the_limit(offices):
    assert offices.judged("07:30").verdict.value == "go"
    write(offices.at("birch", "07:40"), [TAKEN_BACK])
    # What Birch wrote up to 07:04 is here, and it may be an hour old.
    last = offices.judged("08:04")
    assert (last.verdict.value, last.codes) == ("go", ())
    late = offices.judged("08:04:01")
    assert (late.verdict.value, late.codes) == ("no-go", ("NOT-HEARD",))
    (found,) = offices.r1("08:04:01")
    assert found.party == "north" and "the office birch" in found.says


def test_what_goes_as_a_withheld_place_is_no_word(offices):
    write(offices.at("birch", "07:40"), [TAKEN_BACK])
    offices.passes_on("birch", "08:00", "alder", "08:05", handling="public")
    (found,) = offices.r1("08:10")
    assert found.code == "NOT-HEARD" and "withheld" in found.says


def test_with_all_that_was_written_the_withdrawal_comes(offices):
    write(offices.at("birch", "07:40"), [TAKEN_BACK])
    offices.passes_on("birch", "08:00", "alder", "08:05")
    judgement = offices.judged("08:10")
    assert [one.status.value for one in judgement.findings if one.rule == "R1"] == ["met"]
    assert "WITHDRAWN" in judgement.codes
    # What was known before the merge is told as before.
    assert offices.judged("08:10", at="2030-05-06T08:04:01Z").codes == ("NOT-HEARD",)


def test_a_go_ends_when_the_required_word_would_be_too_old(offices):
    # An hour before departure every GO ends; this one three quarters of an hour after Birch spoke.
    assert offices.judged("07:30").expires == instant("2030-05-06T08:00:00Z", edge=Edge.START)
    write(offices.at("alder", "07:20"), [required("sooner", fresh_within_s=45 * 60)])
    assert offices.judged("07:30").expires == instant("2030-05-06T07:49:01Z", edge=Edge.START)


def test_an_office_is_as_fresh_as_its_export_though_the_key_of_its_root_is_away(offices):
    offices.at("birch", "08:00")
    (key,) = (offices.folder / "home of birch").rglob("root-*.json")
    key.rename(offices.folder / "in the safe")
    offices.passes_on("birch", "08:00", "alder", "08:05")
    (found,) = offices.r1("08:10")
    assert found.status.value == "met"
    assert found.holds_until == instant("2030-05-06T09:00:01Z", edge=Edge.START)


def test_a_clock_that_was_set_back_is_no_go_and_a_moment_that_is_named_is_not(offices):
    judgement = offices.judged("07:05:30")
    assert "CLOCK-DOUBT" in judgement.codes
    (found,) = offices.r1("07:05:30")
    assert "2030-05-06T07:05:30Z" in found.says and "2030-05-06T07:06:00Z" in found.says
    assert offices.judged("07:05:30", at="2030-05-06T07:30:00Z").verdict.value == "go"


# -- every way to an answer hears the same


def test_every_answer_of_an_office_hears_its_writers(offices):
    path = offices.at("alder", "07:30")
    with closing(open_register(path)) as opened:
        assert [line.judgement.verdict.value for line in listing(opened)] == ["go"]
        (docket,) = office_at(opened, None).dockets()
        assert docket.judgement.verdict.value == "go"
        assert docket.bench.situation.hearing.writers
        found = plan_movement(opened)
        assert "NOT-HEARD" not in str(found.as_json()) and "R1" not in str(found.notes)
        assert "NOT-HEARD" not in str(to_ask(opened).as_json())
    assert "NOT-HEARD" not in str(what_is_due(path).as_json())
    before, after = "2030-05-06T07:04:59Z", "2030-05-06T07:30:00Z"
    (changed,) = diff(path, before, after).changed
    assert (changed.before.verdict.value, changed.now.verdict.value) == ("no-go", "go")


def test_what_shows_windows_and_places_says_whose_word_has_not_come(offices):
    with closing(open_register(offices.at("alder", "08:05"))) as opened:
        for notes in (plan_movement(opened).notes, reach_from(opened).notes):
            assert "the office birch on The North has not come whole" in notes[0]
            assert "birch-on-the-north" in notes[0] and "Merge" in notes[0]
        tasks = plan_movement(opened).as_json()["own_tasks"]
        assert [one["code"] for one in tasks] == ["NOT-HEARD"]
    with closing(open_register(offices.at("alder", "07:05:30"))) as opened:
        assert "The clock of this machine is in doubt" in reach_from(opened).notes[0]


def test_a_writer_of_whom_no_rule_speaks_is_named_beside_the_answer(offices):
    write(offices.at("birch", "07:40"), [Source(id="paper", publisher="A paper")])
    offices.passes_on("birch", "07:41", "alder", "07:42", handling="public")
    with closing(open_register(offices.at("alder", "07:43"))) as opened:
        told = assess(opened)
        (found,) = (one for one in told.judgement.findings if one.code == "NOT-HEARD")
        assert "withheld" in found.says and told.notes == ()  # rule R1 speaks of it
        assert told.as_json()["notes"] == []
    loosened = replace(
        REQUIRED,
        id="instead",
        office="alder",
        replaces=REQUIRED.id,
        why="a test",
        decided_at=REQUIRED.decided_at + 1,
    )
    write(offices.at("alder", "07:44"), [loosened])
    with closing(open_register(offices.at("alder", "07:45"))) as opened:
        told = assess(opened)
        assert told.judgement.verdict.value == "go"
        assert len(told.notes) == 1 and "birch" in told.notes[0] and "withheld" in told.notes[0]
        # By another road, or to another place, its words may count all the same.
        for notes in (plan_movement(opened).notes, reach_from(opened).notes):
            assert told.notes[0] in notes


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long was waited for a clock, each time."""
    found: list[int] = []
    monkeypatch.setattr(opening, "wait", found.append)
    return found


def test_a_clock_a_few_seconds_behind_what_is_recorded_here_is_waited_for(offices, waited):
    # The last entry of the register is of 07:06:00, and who wrote it may have another clock.
    judgement = offices.judged("07:05:55")
    assert (judgement.verdict.value, waited) == ("go", [5])
    assert judgement.as_of == judgement.known_at == instant("2030-05-06T07:06:00Z", edge=Edge.END)
    assert offices.judged("07:06:00").verdict.value == "go"
    assert waited == [5]


def test_one_second_more_than_that_is_a_doubt_and_not_waited_for(offices, waited):
    assert "CLOCK-DOUBT" in offices.judged("07:05:54").codes
    assert waited == []


def test_what_another_clock_has_ahead_counts_already(offices, waited):
    write(offices.at("alder", "07:30:03"), [replace(TAKEN_BACK, said_at=may(6, 7, 30) + 3)])
    assert "WITHDRAWN" in offices.judged("07:30:00").codes
    assert waited == [3]
    assert offices.judged("07:30:00", at="2030-05-06T07:30:00Z").verdict.value == "go"
    assert waited == [3]  # a moment that is named is not the clock's


def test_a_decision_is_made_and_found_again_on_what_was_heard(offices):
    seen = offices.judged("07:30")
    path = offices.at("alder", "07:31")
    write(path, [Source(id="paper", publisher="A paper")])
    wish = Wish(choice="go", by="A. Name", why="all is met", verdict=seen.hash)
    made = decide(path, None, replace(wish, verdict=""), at="2030-05-06T07:31:00Z")
    assert made.answer.judgement.verdict.value == "go"
    with closing(open_register(path)) as opened:
        _, (checked,) = decisions(opened, None)
        assert checked.again == made.decided.decision.verdict


def test_a_picture_of_a_register_is_drawn_in_one_place_only():
    """So that no answer is given by somebody who forgot to say who was heard."""
    package = Path(safeconduct.__file__).parent
    drawing = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("safeconduct.situation")
        and any(name.name == "picture" for name in node.names)
    }
    assert drawing == {"app/held.py", "situation/__init__.py"}


# -- recording it

YAML = """zone: UTC
required_writers:
  - id: birch-on-the-south
    party: south
    {whose}
    fresh_within_s: 6h
    valid: {{from: 2030-05-01 00:00, until: 2030-06-01 00:00}}
    by: head of office
    decided_at: {decided}
    {more}
"""


def recorded(offices, whose="office: birch", more="", decided="2030-05-02 09:00"):
    path = offices.at("alder", "07:20")
    file = Path(path).with_name("required.yaml")
    file.write_text(YAML.format(whose=whose, more=more, decided=decided))
    return record(path, str(file))


def test_a_requirement_is_recorded_from_a_file(offices):
    (entry,) = recorded(offices).entries
    assert entry.kind == "required-writer"
    assert entry.body["fresh_within_s"] == 6 * 3_600
    assert offices.judged("07:30").verdict.value == "go"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"whose": "office: brich"}, ["office brich", "alder, birch"]),
        ({"whose": "writer: birch-9"}, ["writer birch-9", "birch:"]),
        (
            {"more": "replaces: birch-on-the-north\n    why: a test"},
            ["birch-on-the-north", "on north"],
        ),
        ({"more": "replaces: nothing\n    why: a test"}, ["nothing"]),
        ({"more": "replaces: birch-on-the-north"}, ["says no reason"]),
        ({"more": "areas: [somewhere]"}, ["somewhere"]),
    ],
    ids=["office", "writer", "party", "unknown", "no-reason", "area"],
)
def test_a_requirement_that_nobody_can_mean_is_refused(offices, changes, words):
    with pytest.raises(InputError) as refused:
        recorded(offices, **changes)
    for word in words:
        assert word in str(refused.value)
    assert "required.yaml" in str(refused.value)


def test_the_requirement_of_the_page_on_protecting_a_register_can_be_recorded(offices):
    page = (REPOSITORY / "docs" / "how-to" / "protect-a-register.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^`required.yaml`:\n\n```yaml\n(.*?)^```$", page, re.M | re.S)
    path = offices.at("alder", "07:20")
    file = Path(path).with_name("required.yaml")
    file.write_text(text.replace("id: birch-on-the-north", "id: of-the-page"))
    assert [entry.kind for entry in record(path, str(file)).entries] == ["required-writer"]
    assert "of-the-page" in offices.r1("07:30")[0].statements
