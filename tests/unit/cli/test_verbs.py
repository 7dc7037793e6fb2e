"""The verbs around the judgement: `case`, `init`, `record`, `register log`."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from safeconduct.adapters.files.yamllines import read_yaml
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.register.keys import KEY_KINDS
from tests.unit.app.folders import REPOSITORY, TWO_TOWNS, ground_and_records, head, two_towns
from tests.unit.cli.running import safeconduct

CASES = sorted(p.parent.name for p in (REPOSITORY / "safeconduct" / "cases").glob("*/case.yaml"))


def test_every_bundled_case_is_listed_with_its_movements() -> None:
    told, body = safeconduct("case", "list"), safeconduct("case", "list", "--json").json
    assert [line["id"] for line in body] == CASES
    for line in body:
        assert line["id"] in told.out and line["movements"]
        assert line["title"] in " ".join(told.out.split())


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_shown_with_all_it_holds(case: str) -> None:
    told, body = safeconduct("case", "show", case), safeconduct("case", "show", case, "--json").json
    text = " ".join(told.out.split())
    assert told.code == 0 and " ".join(body["summary"].split()) in text
    for movement in body["movements"]:
        assert f"{movement['id']} v{movement['version']}" in text
    for one in body["assumptions"]:
        assert one["id"] in text and " ".join(one["why"].split()) in text
    for source in body["sources"]:
        assert source["publisher"] in text
    assert body["network"]["edges"] > 0
    assert max(map(len, told.out.splitlines())) <= 80


@pytest.mark.parametrize("case", CASES)
def test_a_bundled_case_answers_as_it_is_expected_to(case: str) -> None:
    told = safeconduct("case", "check", case)
    body = safeconduct("case", "check", case, "--json").json
    assert told.code == 0, told.out
    assert all(one["holds"] for one in body) and body
    assert f"{len(body)} expected moments, {len(body)} hold" in told.out


def test_a_case_that_answers_otherwise_ends_with_one_and_says_where(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    expected = case / "expected.yaml"
    otherwise = "verdict: conditional\n    gaps: [{rule: G4}]"
    expected.write_text(expected.read_text().replace("verdict: go", otherwise))
    told = safeconduct("case", "check", case)
    assert told.code == 1
    assert "✗ 2030-05-06T07:30:00Z  relief-to-birch: go, expected conditional" in told.out
    assert "no finding for G4" in told.out and "2 expected moments, 1 hold" in told.out
    assert [one["holds"] for one in safeconduct("case", "check", case, "--json").json] == [
        *(True, False)
    ]


def test_a_case_without_expected_moments_is_checked_for_its_files(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    (case / "expected.yaml").unlink()
    ran = safeconduct("case", "check", case)
    assert ran.code == 0 and "The files are as they must be" in ran.out


@pytest.mark.parametrize(
    ("which", "file"),
    [
        ("case", TWO_TOWNS / "case.yaml"),
        ("expected", TWO_TOWNS / "expected.yaml"),
        ("policy", REPOSITORY / "safeconduct" / "policy" / "core.yaml"),
    ],
)
def test_the_schema_that_is_printed_accepts_the_file_it_is_for(which: str, file: Path) -> None:
    ran = safeconduct("case", "schema", which)
    schema = ran.json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(read_yaml(file).data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"titel": "x"}, schema)
    assert safeconduct("case", "schema", which, "--json").out == ran.out


def test_the_schema_of_a_case_is_the_one_printed_when_none_is_named() -> None:
    assert safeconduct("case", "schema").out == safeconduct("case", "schema", "case").out


def test_pinning_says_where_the_network_is_kept(tmp_path: Path) -> None:
    case = two_towns(tmp_path)
    ran = safeconduct("case", "pin", case)
    assert ran.code == 0 and "network.json" in "".join(ran.out.split())
    assert safeconduct("case", "pin", case, "--json").json == {"kept": str(case / "network.json")}


def test_init_makes_an_empty_register_and_says_what_comes_next(tmp_path: Path) -> None:
    ran = safeconduct("init", tmp_path / "office.db")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    assert f"Head {head(tmp_path / 'office.db')[:16]}." in text
    assert "This machine writes as laptop:" in text and "the office's root is root:" in text
    assert "so the register and the keys lie open on this disk" in text
    assert "Next: record areas and roads from a case folder" in ran.out


def test_init_from_a_case_fills_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    body = safeconduct("init", path, "--from", TWO_TOWNS, "--json").json
    assert body["register"] == str(path) and body["head"] == head(path)
    logged = safeconduct("register", "log", path, "--json").json
    assert logged["replay"] and len(logged["entries"]) == len(body["recorded"])
    told = safeconduct("init", tmp_path / "other.db", "--from", TWO_TOWNS)
    assert f"with {len(body['recorded'])} entries of a case, as a replay" in " ".join(
        told.out.split()
    )


def test_records_come_from_a_file_or_from_standard_input_alike(tmp_path: Path) -> None:
    records = ground_and_records(tmp_path)
    kinds = []
    for name, source, stdin in (("a.db", str(records), b""), ("b.db", "-", records.read_bytes())):
        safeconduct("init", tmp_path / name)
        safeconduct("record", TWO_TOWNS, "-r", tmp_path / name)
        ran = safeconduct("record", source, "-r", tmp_path / name, "--json", stdin=stdin)
        assert ran.code == 0, ran.err
        kinds.append([(one["kind"], one["record"]) for one in ran.json["recorded"]])
        assert ran.json["head"] == head(tmp_path / name)
    assert kinds[0] == kinds[1]
    assert ("movement", "relief-to-birch v1") in kinds[0]


def test_standard_input_may_begin_with_a_byte_order_mark_and_is_composed(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    safeconduct("init", path)
    text = "\ufeffactors:\n  - {id: cafe, name: Cafe\u0301, kind: humanitarian}\n"
    assert safeconduct("record", "-", "-r", path, stdin=text.encode()).code == 0
    from_stdin = safeconduct("register", "log", path, "--json").json
    assert "cafe" in [one["record"] for one in from_stdin["entries"]]
    again = tmp_path / "same.yaml"
    again.write_text(text)
    other = tmp_path / "other.db"
    safeconduct("init", other)
    safeconduct("record", again, "-r", other)
    bodies = [_bodies(path), _bodies(other)]
    assert bodies[0] == bodies[1] and "Caf\u00e9" in bodies[0][0]


def _bodies(path: Path) -> list[str]:
    store = SqliteStore.open(path)
    said = [entry for entry in store.entries() if entry.kind not in KEY_KINDS]
    found = [json.dumps(entry.body, ensure_ascii=False) for entry in said]
    store.close()
    return found


def test_recording_tells_each_record_and_the_head(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    safeconduct("init", path)
    ran = safeconduct("record", TWO_TOWNS, "-r", path, columns=100)
    assert ran.out.startswith("  area  north-bank\n  area  south-bank\n  network  roads\n")
    text = " ".join(ran.out.split())
    assert "Recorded 3 entries, in" in text and f"Head {head(path)[:16]}." in text
    again = safeconduct("record", TWO_TOWNS, "-r", path)
    assert "Recorded nothing: all of it is there" in " ".join(again.out.split())


def test_the_log_shows_every_entry_and_no_name(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    safeconduct("init", path)
    safeconduct("record", TWO_TOWNS, "-r", path, "--author", "Rima of the night desk")
    told = safeconduct("register", "log", path)
    body = safeconduct("register", "log", path, "--json")
    assert "Rima" not in told.out + body.out
    # Two writers, the root and the laptop; within one second their order is that of their names.
    assert sorted(one["sequence"] for one in body.json["entries"]) == [0, 0, 1, 1, 2]
    assert head(path) in told.out and "live register" in told.out
    last = safeconduct("register", "log", path, "--last", "1", "--json").json
    assert last["entries"] == body.json["entries"][-1:] and last["head"] == head(path)


def test_the_log_tells_what_was_known_about_a_name_and_had_been_said() -> None:
    def told(*more: str) -> list[str]:
        entries = safeconduct("register", "log", "urum", *more, "--json").json["entries"]
        return [one["record"] for one in entries]

    everything = told()
    about = told("--about", "russia")
    assert set(about) < set(everything)
    both = told("--about", "russia", "--about", "air-strike")
    assert set(both) < set(about)
    early = told("--about", "russia", "--known-at", "2016-09-16T00:00:00Z")
    assert set(early) < set(about)
    before = told("--about", "russia", "--at", "2016-09-16T00:00:00Z")
    assert set(before) < set(about)
    ran = safeconduct("register", "log", "urum", "--about", "nobody")
    assert ran.code == 0 and "Nothing was known about nobody." in ran.out


def test_a_moment_for_the_log_needs_a_name() -> None:
    ran = safeconduct("register", "log", "urum", "--known-at", "2016-09-16T00:00:00Z")
    assert ran.code == 2
    assert "nothing that the entries shall be about" in " ".join((ran.out + ran.err).split())


def test_the_log_of_a_case_is_that_of_a_replay() -> None:
    ran = safeconduct("register", "log", "urum")
    assert ran.code == 0 and "urum-al-kubra-2016-09-19: replay, head" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
