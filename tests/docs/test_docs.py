"""What the documentation promises is there, and what is there is documented."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

from safeconduct import errors
from tests.docs.pages import broken_links, commands, links, pages, record_faults

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize("name", GENERATED)
def test_a_page_drawn_from_the_program_is_current(name: str) -> None:
    path, page = GENERATED[name]
    assert path.read_text(encoding="utf-8") == page(), "The page is old: run `make docs`."


def declared_codes() -> dict[str, str]:
    """Class and code as the source of `errors.py` declares them, read without running it."""
    tree = ast.parse(Path(errors.__file__).read_text(encoding="utf-8"))
    return {
        node.name: ast.literal_eval(line.value)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign | ast.AnnAssign) and line.value is not None
        if ast.unparse(line).startswith("code")
    }


def test_every_error_code_is_documented_with_its_class() -> None:
    page = read("docs/reference/errors.md")
    rows = dict(re.findall(r"^\| .*?`([a-z-]+)` \|.*\| `(\w+)` \|$", page, re.MULTILINE))
    assert len(rows) > 20
    assert rows == {code: name for name, code in declared_codes().items()}


def test_every_error_class_has_a_code_of_its_own() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.SafeconductError)
    }
    codes = declared_codes()
    assert set(codes) == classes
    assert len(set(codes.values())) == len(codes)


def test_the_drawing_of_the_tree_shows_every_error() -> None:
    drawn = set(re.findall(r"(\w+) {2,}([a-z-]+)\b", errors.__doc__ or ""))
    assert set(declared_codes().items()) <= drawn


@pytest.mark.parametrize("page", pages(ROOT), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert list(broken_links(page, ROOT)) == []


def test_decision_records_follow_the_template() -> None:
    assert list(record_faults(list(DECISIONS.glob("[0-9]*.md")))) == []


def test_the_template_has_the_sections_that_are_asked_for(tmp_path: Path) -> None:
    filled = (DECISIONS / "template.md").read_text(encoding="utf-8").replace("NNNN", "0001")
    (tmp_path / "0001-a-choice.md").write_text(filled)
    assert list(record_faults([tmp_path / "0001-a-choice.md"])) == []


def read(page: str) -> str:
    """The text of a page of the repository."""
    return (ROOT / page).read_text(encoding="utf-8")


def targets() -> set[str]:
    """The targets that the Makefile has."""
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def test_the_readme_names_the_two_commands_of_a_newcomer() -> None:
    assert {"demo", "test"} <= commands(read("README.md"))


@pytest.mark.parametrize("page", [str(page.relative_to(ROOT)) for page in pages(ROOT)])
def test_every_command_a_page_names_is_in_the_makefile(page: str) -> None:
    assert commands(read(page)) - targets() == set()


def test_the_list_that_make_prints_names_every_target() -> None:
    assert targets() == set(re.findall(r"^([a-z]+):.*## \S", read("Makefile"), re.MULTILINE))


# The rest proves that the checks above can fail.

PAGE = (
    "# Top\n\nSee [a](b.md), [c](b.md#no-such), [d](../away.md), [e](#top), [f](https://x.org).\n"
)


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "docs").mkdir(parents=True)
    (root / "page.md").write_text(PAGE)
    (root / "b.md").write_text("# Only this\n")
    (tmp_path / "away.md").write_text("")
    assert list(broken_links(root / "page.md", root)) == [
        "page.md: b.md#no-such: the page has no such heading",
        "page.md: ../away.md leads out of the repository",
    ]
    (root / "b.md").unlink()
    assert "page.md: b.md is not there" in list(broken_links(root / "page.md", root))


def test_code_holds_no_links() -> None:
    assert links("`[a](b.md)`\n```\n[c](d.md)\n```\n[e](f.md) [g](h%20i.md)") == [
        "f.md",
        "h%20i.md",
    ]


def test_only_code_gives_commands() -> None:
    text = "To make sure, `make one`:\n\n    make two\n\n```\n$ make three\n```\nmake four now"
    assert commands(text) == {"one", "two", "three"}


RECORD = "# 0001 Integers only\n\n## Question\nWhy?\n\n## Choice\nSo.\n\n## Price\nThis.\n"


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("1-integers.md", RECORD, "should be 0001-short-title.md, numbered without gaps"),
        ("0002-integers.md", RECORD, "should be 0001-short-title.md, numbered without gaps"),
        ("0001-integers.md", RECORD.replace("0001", "0003"), "not `# 0001 Title`"),
        ("0001-integers.md", RECORD.replace("Price", "Cost"), "'Cost'], not ['Question'"),
        ("0001-integers.md", RECORD.replace("So.", ""), "the section Choice says nothing"),
        # 13 words in RECORD, its marks counted, and 400 more.
        ("0001-integers.md", RECORD + "word " * 400, "413 words, where 400 are enough"),
    ],
)
def test_a_record_that_departs_from_the_template_is_named(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    (tmp_path / name).write_text(text)
    assert fault in "\n".join(record_faults([tmp_path / name]))
