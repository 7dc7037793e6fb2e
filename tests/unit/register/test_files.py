"""Which files may be kept, and how far one goes, as signed entries tell."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.register import Entry, Handling, digest, encode
from safeconduct.register.erasing import OperationErased
from safeconduct.register.files import Filed, filed_by, named_in, resting
from safeconduct.vocabulary import Evidence
from tests.unit.register.offices import Office
from tests.unit.register.writers import NOON, an_entry, examples

LETTER = b"a scanned letter"
SHA256 = digest(LETTER)


def record(movement: str = "", handling: Handling = Handling.INTERNAL) -> Evidence:
    return Evidence(
        id="letter", of=("x",), sha256=SHA256, size_bytes=len(LETTER), media_type="application/pdf",
        shows="a letter", movement=movement, handling=handling,
    )  # fmt: skip


def entry(at: int, movement: str = "convoy-3") -> Entry:
    body = encode(record(movement))
    return an_entry(
        kind="evidence", body=body, evidence=named_in("evidence", body), recorded_at=NOON + at
    )


def erased(until: int, operation: str = "convoy-3") -> OperationErased:
    return OperationErased(operation=operation, until=NOON + until, why="it is over")


def test_a_file_is_kept_for_the_operation_of_its_entry():
    assert filed_by(entry(0)) == {Filed("convoy-3", SHA256)}
    assert filed_by(entry(0, "")) == {Filed("office", SHA256)}
    assert filed_by(an_entry()) == frozenset()


def test_only_a_record_of_evidence_names_a_file():
    assert named_in("evidence", encode(record())) == (SHA256,)
    assert named_in("statement", {"sha256": SHA256}) == ()
    assert named_in("evidence", {"sha256": "letter.pdf"}) == named_in("evidence", [SHA256]) == ()


def test_what_is_entered_until_the_second_of_an_erasure_is_forgotten_and_no_more():
    at = Filed("convoy-3", SHA256)
    for moment, stays in ((59, False), (60, False), (61, True)):
        assert (at in resting([entry(moment)], [erased(60)])) is stays
    assert at in resting([entry(0)], [erased(60, "convoy-4")])
    assert at in resting([entry(0)], [])


_moments = st.integers(min_value=0, max_value=50)


@examples
@given(st.lists(_moments, max_size=8), st.lists(_moments, max_size=4), st.randoms())
def test_a_file_stays_while_one_entry_is_later_than_all_erasures(entered, ends, chance):
    entries, told = [entry(at) for at in entered], [erased(until) for until in ends]
    chance.shuffle(told)
    after = [one for one in entries if all(one.recorded_at > end.until for end in told)]
    found = resting(entries, told)
    assert list(found.get(Filed("convoy-3", SHA256), ())) == after
    # Whatever else is forgotten, nothing comes back.
    more = resting(entries, [*told, erased(25), erased(99, "office")])
    assert all(set(more[at]) <= set(found[at]) for at in more)


# -- handing on


def given_to(*entries: dict[str, Any], handling: str = "internal", to: str = "") -> bool:
    """Whether the letter goes, when these entries of an office rest on it."""
    goma = Office("goma")
    for one in entries:
        goma.say("there is a letter", evidence=(SHA256,), **one)
    bundle = goma.give(
        handling=Handling(handling), addressees=(to,) if to else (), evidence={SHA256: LETTER}
    )
    return bool(bundle.evidence)


def test_a_file_goes_where_its_entry_goes():
    assert given_to({})
    assert not given_to({"handling": Handling.RESTRICTED})
    assert given_to({"handling": Handling.RESTRICTED}, handling="restricted")
    assert not given_to()  # no entry rests on it


def test_a_file_goes_to_the_recipients_of_its_entry_alone():
    named = {"recipients": ("bukavu",)}
    assert given_to(named, to="bukavu")
    assert not given_to(named, to="uvira")
    assert not given_to(named)
    assert not given_to(named, {}, to="uvira")  # another entry of the same file names nobody


def test_the_level_in_a_record_is_that_of_its_file():
    def of(handling: Handling) -> dict[str, Any]:
        return {"kind": "evidence", "body": encode(record(handling=handling))}

    assert given_to(of(Handling.INTERNAL))
    assert not given_to(of(Handling.RESTRICTED))
    assert given_to(of(Handling.RESTRICTED), handling="restricted")
    assert not given_to(of(Handling.PUBLIC), of(Handling.CONFIDENTIAL))
    assert not given_to({"kind": "evidence", "body": {"is": "evidence"}})  # it cannot be read
