"""Contacts in a live register: roles in the entries, numbers beside them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.app.contacts import add_contact, contact_tree, note_reached
from safeconduct.app.opening import open_register
from safeconduct.app.registers import record, replayed
from safeconduct.errors import RegisterError, SafeconductError, UnknownReference, WrongField
from safeconduct.register import Commitment
from safeconduct.vocabulary import Contact, Depth, Reached
from tests.unit.app.folders import TWO_TOWNS, head
from tests.unit.app.offices import held, signed

AT = "2030-05-05T12:00:00Z"
NUMBER = "+00 555 0100"


def test_how_to_reach_a_contact_is_kept_beside_the_register_and_can_be_erased(office: Path) -> None:
    assert NUMBER.encode() not in signed(office)
    before = head(office)
    (post,) = [one for one in held(office, Contact) if one.id == "north-post"]
    hidden = Commitment(post.reach.removeprefix("personal:"))
    with closing(open_register(str(office))) as opened:
        assert opened.store.personal(hidden) == NUMBER
        assert opened.store.erase(hidden)
    assert head(office) == before
    assert contact_tree(str(office), reveal=True).reach == {}


def test_the_number_is_shown_only_when_it_is_asked_for(office: Path) -> None:
    assert contact_tree(str(office)).reach == {}
    found = contact_tree(str(office), reveal=True)
    assert found.reach == {"north-post": NUMBER}
    told = {one["contact"]: one.get("reach") for one in found.list_json()}
    assert told == {"north-post": NUMBER, "north-staff": None, "south-post": None}


def test_a_contact_is_recorded_as_it_was_given(office: Path) -> None:
    (post,) = [one for one in held(office, Contact) if one.id == "north-post"]
    assert (post.party, post.role, post.depth) == ("north", "liaison officer", Depth.UNIT)
    assert (post.areas, post.backup) == (("north-bank",), "north-staff")


def test_a_try_says_by_whom_when_and_whether_it_worked(office: Path) -> None:
    done = note_reached(
        str(office), "north-post", reached=False, by="duty officer", channel="radio", at=AT
    )
    (tried,) = held(office, Reached)
    assert (tried.contact, tried.by, tried.reached) == ("north-post", "duty officer", False)
    assert [entry.kind for entry in done.entries] == ["reached"]
    (line,) = [x for x in contact_tree(str(office), at=AT).lines if x.contact.id == "north-post"]
    assert (line.in_vain, line.reached_at) == (1, None)


def test_the_tree_can_be_asked_for_one_party(office: Path) -> None:
    (branch,) = contact_tree(str(office), party="south").branches
    assert (branch.party, [one.contact.id for one in branch.lines]) == ("south", ["south-post"])


def add(path: Path, id: str = "new", **changes: object) -> None:
    add_contact(str(path), id, **({"party": "north", "role": "clerk"} | changes))  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        ({"party": "nroth"}, UnknownReference, "Did you mean north"),
        ({"backup": "north-pst"}, UnknownReference, "Did you mean north-post"),
        ({"areas": ("north-bnk",)}, UnknownReference, "Did you mean north-bank"),
        ({"replaces": "nobody"}, UnknownReference, 'has the id "nobody"'),
        ({"depth": "deep"}, WrongField, "capital, sector, unit, unknown"),
        ({"authority": "some"}, WrongField, "commands, speaks-for, unknown"),
        ({"id": "north-post"}, WrongField, "is used already"),
        ({"backup": "new"}, WrongField, "the backup of itself"),
    ],
    ids=["party", "backup", "area", "replaces", "depth", "authority", "id", "own-backup"],
)
def test_a_contact_that_does_not_fit_is_refused_and_nothing_written(
    changes: dict[str, object], kind: type[SafeconductError], says: str, office: Path
) -> None:
    before = head(office)
    with pytest.raises(kind) as caught:
        add(office, **changes)
    assert says in str(caught.value) and caught.value.remedy
    assert head(office) == before


def test_a_try_on_nobody_is_refused_with_those_who_are_known(office: Path) -> None:
    with pytest.raises(UnknownReference) as caught:
        note_reached(str(office), "nobody", reached=True, by="duty officer")
    assert "Known: north-post, north-staff, south-post." in str(caught.value)


def test_an_unknown_party_is_refused_with_those_that_are_known(office: Path) -> None:
    with pytest.raises(WrongField, match="Give one of: north, south"):
        contact_tree(str(office), party="east")


def test_nothing_is_written_into_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    before = head(path)
    with pytest.raises(RegisterError, match="is a replay"):
        add(path)
    with pytest.raises(RegisterError, match="is a replay"):
        note_reached(str(path), "x", reached=True, by="y")
    assert head(path) == before


def test_a_file_with_a_number_in_clear_is_refused_with_the_way_to_give_it(office: Path) -> None:
    file = office.with_name("contacts.yaml")
    file.write_text(
        "contacts:\n  - {id: clerk, party: north, role: clerk, reach: '+00 555 0199'}\n"
    )
    with pytest.raises(WrongField) as caught:
        record(str(office), str(file))
    assert "stands in clear" in str(caught.value) and "0199" not in str(caught.value)
