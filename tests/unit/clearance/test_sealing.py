"""Section 8: the judgement as canonical JSON, the same bytes from the same records; its hash."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace

import pytest

from safeconduct.clearance import judge
from safeconduct.register import canonical, digest, encode
from safeconduct.situation import picture
from safeconduct.vocabulary import Assumption, Depth
from tests.worlds.two_towns import NOW, POLICY, TOWNS, may

WORLDS = {
    "go": TOWNS,
    "conditional": TOWNS.given("north-passage", open_ended=True),
    "no-go": TOWNS.without("north-guarantees", "both-banks", "quiet-in-the-morning"),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_hash_is_the_sha_256_of_the_bytes_without_itself(name):
    judgement = WORLDS[name].judged()
    body = judgement.as_json()
    assert body.pop("hash") == judgement.hash == hashlib.sha256(judgement.sealed).hexdigest()
    assert json.loads(judgement.sealed) == body
    assert canonical(body) == judgement.sealed


@pytest.mark.parametrize("name", WORLDS)
def test_shuffled_and_repeated_records_give_the_same_bytes(name):
    world = WORLDS[name]
    for seed in range(5):
        records = [*world.records, *world.records[::3]]
        random.Random(seed).shuffle(records)
        assert replace(world, records=tuple(records)).judged().sealed == world.judged().sealed


def _numbers(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int | float):
        yield value


@pytest.mark.parametrize("name", WORLDS)
def test_every_number_is_a_whole_one(name):
    numbers = list(_numbers(WORLDS[name].judged().as_json()))
    assert numbers
    assert all(isinstance(number, int) for number in numbers)


def test_the_body_names_what_it_was_computed_from():
    versions = TOWNS.judged().as_json()["versions"]
    assert versions["movement"] == digest(canonical(encode(TOWNS.movement())))
    assert versions["network"] == TOWNS.network.version
    assert versions["policy"] == "core 3"
    assert versions["profile"] == "default"
    assert set(versions) == {"movement", "network", "policy", "profile", "steps", "tzdata"}


@pytest.mark.parametrize(
    "other",
    [
        TOWNS.at(NOW + 1),
        TOWNS.but("relief-to-birch", title="Seeds"),
        TOWNS.but("relief-to-birch", version=2),
        replace(TOWNS, network=replace(TOWNS.network, label="another drawing")),
        replace(TOWNS, policy=replace(POLICY, version="another")),
    ],
    ids=["moment", "title", "version", "network", "policy"],
)
def test_whatever_it_was_computed_from_changes_the_hash(other):
    assert other.judged().hash != TOWNS.judged().hash


def test_what_was_known_when_is_part_of_it():
    def hash_of(known_at):
        situation = picture(TOWNS.records, as_of=NOW, known_at=known_at)
        return judge(situation, TOWNS.network, POLICY, "relief-to-birch").hash

    assert hash_of(NOW) == TOWNS.judged().hash
    assert hash_of(NOW + 1) != TOWNS.judged().hash


def test_the_same_movement_under_another_profile_is_another_judgement_of_the_same_version():
    strict = TOWNS.judge().judge("relief-to-birch", profile="written-and-unconditional")
    own = dict(TOWNS.judged().versions)
    assert dict(strict.versions)["profile"] == "written-and-unconditional"
    # A verdict binds to the hash of the movement version, which is what was recorded.
    assert dict(strict.versions)["movement"] == own["movement"]


def test_times_are_written_in_utc_and_a_finding_names_all_it_rests_on():
    body = TOWNS.without("north-passage").judged().as_json()
    assert body["as_of"] == "2030-05-06T07:30:00Z"
    finding = next(f for f in body["findings"] if f["code"] == "PASSAGE-MISSING")
    assert finding["span"] == {"from": "2030-05-06T09:12:00Z", "until": "2030-05-06T12:50:00Z"}
    assert (finding["rule"], finding["party"], finding["status"]) == ("A1", "north", "unmet")
    assert {stretch["name"] for stretch in finding["place"]} == {"bridge", "hill-road", "birch"}


def test_what_a_finding_has_not_is_told_as_nothing():
    finding = next(f for f in TOWNS.judged().as_json()["findings"] if f["rule"] == "N5")
    blank = ("party", "span", "remedy", "due", "risk_owner")
    assert [finding[field] for field in blank] == [None] * len(blank)
    assert (finding["place"], finding["statements"], finding["code"]) == ([], [], "")


def test_a_met_rule_names_the_words_it_rests_on():
    rests = {f.rule: set(f.statements) for f in TOWNS.judged().findings if f.rule in ("A1", "A8")}
    assert rests["A1"] == {
        *("north-restraint", "north-passage"),
        *("south-restraint", "south-passage"),
    }
    assert rests["A8"] == {"south-consent"}


def test_it_shows_how_far_down_each_word_it_relies_on_has_reached():
    world = TOWNS.but("south-guarantees", depth=Depth.CAPITAL)
    reached = {grant: depth for _, grant, depth in world.judged().depth}
    assert reached == {
        "north-restraint": "unit",
        "north-passage": "unit",
        "south-restraint": "capital",
        "south-passage": "capital",
        "south-consent": "capital",
    }


def test_it_counts_the_assumptions_of_a_replay():
    assumed = Assumption(id="b", rule="A1", what="x", why="y", supplies=("north-garrison",))
    world = TOWNS.plus(assumed, replace(assumed, id="a"))
    assert world.judged().as_json()["assumptions"] == ["a", "b"]


def test_the_residual_risk_is_told_with_every_verdict():
    for world in WORLDS.values():
        told = world.judged().as_json()["residual_risk"]
        assert told[0].startswith("A guarantee is a word")
        assert told[-1] == ("This verdict is advice about records. A decision is a named person's.")


def test_a_later_record_does_not_change_an_earlier_answer():
    later = TOWNS.record("quiet-in-the-morning")
    world = TOWNS.plus(replace(later, id="noon", checked_at=may(6, 12)))
    assert world.judged().sealed == TOWNS.judged().sealed
