"""YAML is read without guessing, and every refusal says where it stood."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from safeconduct.adapters.files import yamllines
from safeconduct.adapters.files.yamllines import mapping_of, parse_yaml, read_yaml
from safeconduct.errors import (
    DuplicateKey,
    FileTooLarge,
    MissingFile,
    UnreadableFile,
    WrongField,
)


@pytest.fixture(params=["compiled", "plain"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs on both parsers, so that neither installation reads a case differently."""
    if request.param == "plain":
        monkeypatch.setattr(yamllines, "_LOADER", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("this installation of PyYAML has no compiled parser")


def one(text: str) -> object:
    return parse_yaml(f"value: {text}\n", "x.yaml").data["value"]


@pytest.mark.parametrize(
    "text",
    ["10:00", "2016-11-04", "no", "yes", "on", "0o17", "017", "1e3", "1.5", "0x1F", "1_000", "~",
     "True", "NULL", "+5", ".inf", "2016-11-04 09:00:00", "12345678901234567"],
)  # fmt: skip
def test_what_yaml_would_guess_at_stays_the_text_that_was_written(text: str) -> None:
    assert one(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("null", None), ("", None), ("true", True), ("false", False), ("0", 0), ("-12", -12),
     ("9007199254740991", 2**53 - 1)],
)  # fmt: skip
def test_only_four_kinds_of_plain_words_are_more_than_text(text: str, value: object) -> None:
    assert one(text) == value and type(one(text)) is type(value)


@pytest.mark.parametrize("text", ['"7"', "'true'", '""', "|\n  null"])
def test_quotation_marks_and_blocks_make_text_of_anything(text: str) -> None:
    assert isinstance(one(text), str)


def test_keys_are_text_even_where_they_look_like_numbers() -> None:
    assert parse_yaml("1: a\ntrue: b\n", "x.yaml").data == {"1": "a", "true": "b"}


def test_every_part_knows_its_line_and_a_missing_one_takes_that_of_the_part_around_it() -> None:
    marked = parse_yaml(
        "title: x\nstatements:\n  - id: s1\n    acts:\n      - areas:\n"
        "          - a\n          - b\n",
        "case.yaml",
    )
    lines = {"title": 1, "statements[0]": 3, "statements[0].acts[0].areas[1]": 7, "": 1}
    assert {path: marked.line_of(path) for path in lines} == lines
    assert marked.line_of("statements[0].acts[0].undertaking.kind") == 5
    assert marked.line_of("statements[7].acts") == 2
    assert marked.line_of("zone") == 1
    assert marked.line_of("statements[0].odd[key") == 3


def test_an_error_with_a_path_is_told_with_file_and_line() -> None:
    marked = parse_yaml("a:\n  b:\n    - 1\n    - 2\n", "case.yaml")
    error = marked.located(WrongField("Found 2.", "Write 3.").located(field="a.b[1]"))
    assert str(error) == "case.yaml:4: a.b[1]: Found 2. Write 3."


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(DuplicateKey) as refused:
        parse_yaml("movements:\n  - id: m\n    title: x\n    id: n\n", "case.yaml")
    assert str(refused.value) == (
        'case.yaml:4: movements[0].id: The key "id" stands here and on line 2; one of the two '
        "values would be lost. Remove one, or join the two."
    )
    assert refused.value.facts == {"key": "id", "lines": [2, 4]}


def test_a_small_bomb_of_aliases_is_refused_before_anything_expands() -> None:
    lines = ["a0: &a0 [x, x]"]
    # 2 x 10^30 members if each line's ten aliases were followed.
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 31)]
    with pytest.raises(UnreadableFile) as refused:
        parse_yaml("\n".join(lines), "bomb.yaml")
    assert str(refused.value) == (
        "bomb.yaml:1: &a0 names a part of the file to be repeated elsewhere. Take the name out, "
        "and write the part out wherever it is needed."
    )


def test_an_alias_is_refused_where_it_stands() -> None:
    with pytest.raises(UnreadableFile) as refused:
        parse_yaml("a: 1\nb: *other\n", "case.yaml")
    assert str(refused.value) == (
        "case.yaml:2: *other stands for another part of the file. Write it out here."
    )


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [ls]", "!!int 3", "!own x"])
def test_a_tag_is_refused(tag: str) -> None:
    with pytest.raises(UnreadableFile, match=r"x\.yaml:1: The tag .* asks for a value of a spec"):
        one(tag)


def test_a_list_as_a_key_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="A list or a mapping is used as a key"):
        parse_yaml("? [a, b]\n: c\n", "x.yaml")


def test_a_second_document_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        parse_yaml("a: 1\n---\nb: 2\n", "x.yaml")
    assert str(refused.value) == (
        "x.yaml:2: A second document starts here. Keep one document in one file, without `---` "
        "between."
    )


@pytest.mark.parametrize(("depth", "is_read"), [(40, True), (41, False), (100_000, False)])
def test_forty_levels_are_the_deepest(depth: int, is_read: bool) -> None:
    text = "[" * depth + "]" * depth
    if is_read:
        assert parse_yaml(text, "deep.yaml").data
        return
    with pytest.raises(UnreadableFile, match=r"deep\.yaml:1: .*(deeper than 40 levels|not YAML)"):
        parse_yaml(text, "deep.yaml")


def test_what_is_not_yaml_is_refused_with_its_line_and_what_to_look_at() -> None:
    with pytest.raises(UnreadableFile) as refused:
        parse_yaml("title: x\nzone: 'Asia/Damascus\n", "case.yaml")
    said = str(refused.value)
    assert said.startswith("case.yaml:3: This is not YAML: ")
    assert said.endswith("Check the indentation, the quotation marks and the brackets here and "
                         "on the line above.")  # fmt: skip


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"x\.yaml:1: (A text holds half|This is not YAML)"):
        one('"\\ud800"')


def test_an_empty_file_is_nothing_and_no_mapping(tmp_path: Path) -> None:
    empty = tmp_path / "case.yaml"
    empty.write_text("# nothing yet\n")
    assert read_yaml(empty).data is None
    with pytest.raises(WrongField) as refused:
        mapping_of(read_yaml(empty))
    assert str(refused.value) == (
        f"{empty}: The file holds nothing where names with values are expected. Begin with "
        "lines such as `title: ...`."
    )


def test_a_file_of_a_hundred_megabytes_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    huge = tmp_path / "case.yaml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)  # sparse: no byte of it exists to be read
    with pytest.raises(FileTooLarge) as refused:
        read_yaml(huge)
    # 100,000,000 / 1,048,576 = 95.37, rounded up to a tenth.
    assert str(refused.value) == (
        f"{huge}: case.yaml holds 95.4 MiB, but no more than 2.0 MiB are read. Check that it is "
        "the right file; split it if it is."
    )
    assert refused.value.facts == {"size": 100_000_000, "limit": 2 * 2**20}


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    latin = tmp_path / "case.yaml"
    latin.write_bytes("title: x\nsummary: café\n".encode("latin-1"))
    with pytest.raises(UnreadableFile) as refused:
        read_yaml(latin)
    assert str(refused.value) == (
        f"{latin}:2: case.yaml is no UTF-8 text: the byte 0xe9 cannot stand where it stands. Save "
        "the file as UTF-8 text; if it is a picture or a document, it is the wrong file."
    )


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "case.yaml"
    binary.write_bytes(b"SQLite format 3\x00" + bytes(100))
    with pytest.raises(UnreadableFile, match="control character 0x00, as only binary files do"):
        read_yaml(binary)


def test_a_byte_order_mark_is_left_out_and_text_comes_composed(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: cafe\xcc\x81\n")  # e with a combining accent
    assert read_yaml(path).data == {"title": "caf\u00e9"}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as refused:
        read_yaml(tmp_path / "case.yaml")
    assert str(refused.value) == (
        f"{tmp_path / 'case.yaml'}: There is no file case.yaml in {tmp_path}. Check the name and "
        "the folder."
    )


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"is a folder\. Give the path of an ordinary file"):
        read_yaml(tmp_path)


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "case.yaml"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="is no ordinary file"):
        read_yaml(pipe)
