"""The JSON Schemas that are published accept every case there is, and are current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

import safeconduct
from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.schema import SCHEMAS, publish_schemas, schema_text
from safeconduct.adapters.files.yamllines import parse_yaml, read_yaml
from safeconduct.errors import UnknownReference
from tests.unit.adapters.files.small_case import HEAD, MOVEMENT, STATEMENT

PACKAGE = Path(safeconduct.__file__).parent
TWO_TOWNS = Path(__file__).parents[3] / "worlds" / "two_towns"


def problems(name: str, data: Any) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMAS[name]())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_current(name: str) -> None:
    published = (PACKAGE / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(name), "call publish_schemas on safeconduct/schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("folder", [*bundled_cases(), TWO_TOWNS], ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["case", "expected"])
def test_every_case_there_is_passes(folder: Path, name: str) -> None:
    path = folder / f"{name}.yaml"
    if name == "case" or path.exists():
        assert problems(name, read_yaml(path).data) == []


def test_the_policy_of_the_package_passes() -> None:
    assert problems("policy", read_yaml(PACKAGE / "policy" / "core.yaml").data) == []


EXAMPLE = (PACKAGE / "policy" / "example.yaml").read_text(encoding="utf-8")


def test_the_example_of_an_organisation_passes() -> None:
    assert problems("policy", parse_yaml(EXAMPLE, "example").data) == []


@pytest.mark.parametrize(
    "change",
    [
        ("tighten:", "tigthen:"),
        ("like: un", "like: 5"),
        ("incident_age_s: 48h", "incident_age_s: [48]"),
        ("level: HARD", "level: HARDER"),
        ("id: example\n", ""),
        ("  - id: example-un-team\n    like: un\n", "  - like: un\n"),
    ],
)
def test_the_schema_of_a_policy_sees_a_misspelt_extension(change: tuple[str, str]) -> None:
    assert problems("policy", parse_yaml(EXAMPLE.replace(*change), "example").data)


@pytest.mark.parametrize(
    "change",
    [
        ("movements:", "movments:"),
        ("organisation:", "organization:"),
        ("purpose: aid-delivery", "purpose: aid"),
        ("depart_at: 2016-11-04 09:00", "depart_at: 5"),
        ("[e1, e2]", "[e1, 2]"),
        ("    zone: Asia/Damascus\n", ""),
        ("telling: said", "telling: [said]"),
        ("is: announce", "is: promise"),
    ],
)
def test_a_slip_of_the_pen_does_not(change: tuple[str, str]) -> None:
    text = HEAD + STATEMENT + MOVEMENT
    assert problems("case", _data(text)) == []
    assert change[0] in text
    assert problems("case", _data(text.replace(*change))) != []


def _data(text: str) -> Any:
    return parse_yaml(text, "case.yaml").data


def test_short_forms_pass_in_every_section_that_has_them() -> None:
    text = (
        HEAD
        + """\
presences:
  - {id: p, party: north, areas: [bank], means: [mines], recorded_at: 2016-11-02 09:00, zone: UTC,
     valid: {from: open, until: 2016-11-04 09:00, zone: UTC}}
arrangements:
  - {id: a, party: north, areas: [bank], lead_s: 48h, valid: {from: open, until: open}, zone: UTC}
assumptions:
  - id: x
    rule: T1
    what: x
    why: y
    records: {checkpoints: [{id: c, place: ferry, party: north, hold_max_s: 3600}]}
"""
    )
    windows = """\
          windows:
            - {from: 2016-11-04 09:00, until: open, wording: from nine}
            - daily: {from: "09:00", until: "14:00", first: 2016-11-04, last: 2016-11-05}
              wording: from nine to two
"""
    assert problems("case", _data(text + STATEMENT + windows)) == []


def test_a_schema_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownReference) as refused:
        schema_text("roads")
    assert str(refused.value) == (
        'There is no schema "roads". Ask for one of: case, expected, policy.'
    )


def test_schemas_are_published_as_files_by_name(tmp_path: Path) -> None:
    paths = publish_schemas(tmp_path / "schemas")
    assert [path.name for path in paths] == [
        "case.schema.json", "expected.schema.json", "policy.schema.json"
    ]  # fmt: skip
