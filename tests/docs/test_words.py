"""What the hand-written pages say can be read by the program, and their words are its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from safeconduct.adapters.files.expected import Expected
from safeconduct.adapters.files.roadsfile import read_roads
from safeconduct.adapters.files.sections import AREAS, Records, written_areas
from safeconduct.adapters.files.times import Clock
from safeconduct.adapters.files.yamllines import mapping_of, parse_yaml
from safeconduct.app.policies import policy_from
from safeconduct.register.codec import decode
from safeconduct.vocabulary import Act, Record
from tests.docs.walkthrough import ROOT

DOCS = ROOT / "docs"
HOW_TO = sorted((DOCS / "how-to").glob("*.md"))
BLOCKS = [
    (page.name, number, text)
    for page in HOW_TO
    for number, text in enumerate(
        re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S), 1
    )
]


@pytest.mark.parametrize(
    ("page", "number", "text"), BLOCKS, ids=[f"{page}-{number}" for page, number, _ in BLOCKS]
)
def test_an_example_in_yaml_can_be_read(page: str, number: int, text: str, tmp_path: Path) -> None:
    data = dict(mapping_of(parse_yaml(text, f"{page}, example {number}")))
    if "places" in data:
        (tmp_path / "roads.yaml").write_text(text)
        assert read_roads(tmp_path, ()).raw.edges
    elif "extends" in data:
        (tmp_path / "ours.yaml").write_text(text)
        assert len(policy_from(str(tmp_path / "ours.yaml")).profiles) > 6
    elif "moments" in data:
        assert decode(Expected, Clock("UTC").read(data)).moments
    elif "title" in data:
        assert {"zone", "recorded_at", "summary"} <= data.keys()
    else:
        assert [*Records(data.pop("zone", "UTC"), 0, {}).of_case(data), *written_areas(data)]


def test_every_kind_of_example_is_there() -> None:
    keys = {key for _, _, text in BLOCKS for key in mapping_of(parse_yaml(text, "example"))}
    assert {"title", AREAS, "places", "presences", "movements", "moments", "profiles"} <= keys


def test_the_table_of_sentences_names_every_act() -> None:
    text = (DOCS / "how-to" / "record-what-was-said.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+? \| (`[a-z-]+`.*?) \| .+ \|$", text, re.MULTILINE)
    verbs = {re.findall(r"`([a-z-]+)`", row)[0] for row in rows}
    assert verbs == {act.tag for act in get_args(Act)}


@pytest.mark.parametrize("kind", [*get_args(Record), *get_args(Act)], ids=lambda kind: kind.tag)
def test_the_glossary_has_every_record_and_every_act(kind: Any) -> None:
    text = (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")
    assert f"**{kind.tag.replace('-', ' ')}**" in text


WORDS = (
    "actor", "party", "presence", "assessment", "statement", "act", "undertaking", "restraint",
    "passage", "consent", "grant", "limit", "voucher", "standing", "key", "piece", "class", "cover",
    "finding", "verdict", "decision", "ask", "permit", "notice", "outcome", "replay", "known at",
    "as of", "humanitarian pause", "humanitarian corridor", "ceasefire", "besieged area",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains_the_words_of_the_house(word: str) -> None:
    assert f"**{word}**" in (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")


def test_a_term_of_the_field_says_where_it_was_read() -> None:
    text = (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")
    terms = text.partition("## Terms of the field")[2].partition("\n## ")[0]
    entries = re.split(r"^- \*\*", terms, flags=re.MULTILINE)[1:]
    assert len(entries) >= 10
    assert [
        one for one in entries if "https://" not in one and "the same glossary" not in one
    ] == []


PAGES = [ROOT / "README.md", DOCS / "GLOSSARY.md", DOCS / "index.md", *DOCS.glob("*/*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_promises_safety(page: Path) -> None:
    prose = re.sub(r"https?://\S+|`[^`\n]*`|\[[^\]]*\]\([^)]*\)", "", page.read_text("utf-8"))
    # What people said at the time is told as they said it.
    own = [line for line in prose.splitlines() if not line.startswith("- **Stated:**")]
    assert [line for line in own if re.search(r"\bsafe(ly|ty)?\b", line, re.IGNORECASE)] == []


def test_the_map_of_the_house_leads_to_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:safeconduct|tests|docs)/[\w./-]*)`", text)
    assert len(named) > 25
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_the_map_of_the_house_has_every_room() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = {one.parent.name for one in (ROOT / "safeconduct").glob("*/*.py")}
    assert rooms <= set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


def test_data_that_others_made_is_named_with_its_licence() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    cases = ROOT / "safeconduct" / "cases"
    lists = ROOT / "safeconduct" / "wire" / "gazetteers"
    outside = [*cases.glob("*/*.geojson"), *cases.glob("*/*.csv"), *cases.glob("*/*.pbf")]
    outside += lists.glob("*.csv")
    assert outside
    for file in outside:
        licences = list(file.parent.glob("LICENCE*"))
        assert licences, f"{file} has no licence beside it"
        assert f"`{licences[0].relative_to(ROOT)}`" in text
