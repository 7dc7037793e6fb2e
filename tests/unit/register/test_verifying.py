"""An export checked by itself: what is sound is told as proven, and each fault by its name."""

from __future__ import annotations

import dataclasses
import re

import pytest

from safeconduct.register import Entry, Handling, Withheld
from safeconduct.register.bundle import Bundle
from safeconduct.register.verifying import DOES_NOT_PROVE, Verified, verify, verify_bundle
from tests.unit.register.offices import Office, a_hand


@pytest.fixture
def goma() -> Office:
    office = Office("goma")
    for words in ("one", "two", "three"):
        office.say(words)
    return office


def spoilt(bundle: Bundle, number: int, **changes: object) -> Bundle:
    """The bundle with one entry of the device's chain changed."""
    chains = []
    for chain in bundle.chains:
        links = list(chain.links)
        if chain.writer == bundle.made_by:
            links[number] = dataclasses.replace(links[number], **changes)
        chains.append(dataclasses.replace(chain, links=tuple(links)))
    return dataclasses.replace(bundle, chains=tuple(chains))


def faults(found: Verified, writer: str) -> str:
    return " ".join(next(one.faults for one in found.chains if one.writer == writer))


def test_a_sound_export_holds_under_the_root_that_its_reader_knows(goma):
    found = verify_bundle(goma.give(), goma.root.writer)
    assert found.holds
    device = next(one for one in found.chains if one.writer == goma.hand.writer)
    assert (device.entries, device.signed, device.whole) == (3, 3, True)
    assert (device.head_size, device.root_agrees) == (3, True)
    assert device.introduced_by == goma.root.writer
    told = " ".join(found.says())
    assert re.search(r"a head of \d+ entries, signed for \d{4}-\d\d-\d\dT[\d:]+Z", told)
    assert "Proven: 5 entries of 2 writers stand as their devices signed them" in told
    assert "it does not prove that the party said it" in told
    assert all(f"Not proven: {line}" in found.says() for line in DOES_NOT_PROVE)
    assert found.as_json()["holds"] is True


def test_without_a_root_of_ones_own_nothing_holds(goma):
    found = verify_bundle(goma.give())
    assert (found.holds, found.root) == (False, goma.root.writer)
    assert found.lacks == ("no root was given",) and found.as_json()["lacks"] == [*found.lacks]
    assert "which the export itself names; compare it" in " ".join(found.says())
    other = verify_bundle(goma.give(), Office("bukavu").root.writer)
    assert not other.holds
    assert "No root that is followed here has introduced" in faults(other, goma.hand.writer)


def test_each_signature_is_checked_even_before_a_right_one(goma):
    found = verify_bundle(spoilt(goma.give(), 1, signature="ab" * 64), goma.root.writer)
    assert "The signature of number 1 is not right." in faults(found, goma.hand.writer)
    assert not found.holds


def test_a_changed_entry_breaks_its_chain(goma):
    found = verify_bundle(spoilt(goma.give(), 1, recorded_at=5), goma.root.writer)
    told = faults(found, goma.hand.writer)
    assert "Number 2 does not follow the entry before it." in told
    assert "The signature of number 1 is not right." in told


def test_what_is_missing_is_told(goma):
    links = [one for one in goma.store.entries(goma.hand.writer) if one.sequence != 1]
    found = verify(links, root=goma.root.writer)
    assert "Its entries from number 1 to 1 are not in it." in faults(found, goma.hand.writer)
    bundle = goma.give()
    short = [dataclasses.replace(one, links=one.links[:1]) for one in bundle.chains]
    found = verify_bundle(dataclasses.replace(bundle, chains=tuple(short)), goma.root.writer)
    told = faults(found, goma.hand.writer)
    assert "Its last 2 entries are not in it." in told
    assert "By its own head it has 3 entries, 1 are here." in told


def test_a_head_over_other_entries_is_told(goma):
    copy = Office("goma")
    for words in ("one", "two", "other"):
        copy.say(words)
    links = list(goma.store.entries())
    found = verify(links, dict(copy.give().heads), goma.root.writer)
    assert "Its own head is over other entries than these." in faults(found, goma.hand.writer)


def test_withheld_places_are_counted_and_keep_it_from_holding(goma):
    goma.say("for few", handling=Handling.CONFIDENTIAL)
    found = verify_bundle(goma.give(handling=Handling.INTERNAL), goma.root.writer)
    assert found.lacks == ("some places are without content",)
    device = next(one for one in found.chains if one.writer == goma.hand.writer)
    assert (device.withheld, device.faults) == (1, ())
    assert "Of the withheld places only that they are there is proven." in found.says()


def test_a_revoked_key_is_told_with_its_reason(goma):
    last = list(goma.store.entries(goma.hand.writer))[1]
    goma.revoke(goma.hand.writer, 2, last.hash, "laptop taken")
    found = verify_bundle(goma.give(hand=goma.root), goma.root.writer)
    told = faults(found, goma.hand.writer)
    assert "Its key was revoked after 2 entries: laptop taken." in told


def test_two_entries_for_one_place_are_told(goma):
    (first, *_), other = goma.store.entries(goma.hand.writer), a_hand("goma-1")
    assert other.writer == goma.hand.writer
    rival = dataclasses.replace(first, recorded_at=first.recorded_at + 1, signature=None)
    rival = dataclasses.replace(rival, signature=other.sign(rival.signed_bytes()).hex())
    found = verify([*goma.store.entries(), rival], root=goma.root.writer)
    told = faults(found, goma.hand.writer)
    assert "There are two different entries for number 0." in told


def test_an_export_of_a_part_says_from_where_it_is(goma):
    known = goma.holdings()
    goma.say("four")
    found = verify_bundle(goma.give(since=known), goma.root.writer)
    device = next(one for one in found.chains if one.writer == goma.hand.writer)
    assert (device.first, device.size, device.whole) == (3, 4, False)
    assert "from number 0 to 2 are not in it" in " ".join(device.faults)


def test_places_without_content_have_no_signature_to_check(goma):
    links = [
        Withheld(one.writer, one.sequence, one.previous, one.hash, "goma")
        for one in goma.store.entries(goma.hand.writer)
        if isinstance(one, Entry)
    ]
    found = verify([*goma.store.entries(goma.root.writer), *links], root=goma.root.writer)
    device = next(one for one in found.chains if one.writer == goma.hand.writer)
    assert (device.entries, device.withheld, device.whole) == (0, 3, True)
