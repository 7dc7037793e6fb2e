"""Whatever stands in a file, it is read or refused with an error of ours."""

from __future__ import annotations

import json
import os
import random
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.yamllines import Marked, parse_yaml, read_yaml
from safeconduct.errors import DuplicateKey, SafeconductError, UnreadableFile

EXAMPLES = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)
TWO_TOWNS = Path(__file__).parents[3] / "worlds" / "two_towns"

pieces = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "? ", "&x ", "*x ", "!t ", "'", '"',
     "| ", "10:00", "null", "-7", "#", "---\n", "é", "\t"]
)  # fmt: skip
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as the end of a line
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.text("ab :-#'\"\\é", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc.[", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@EXAMPLES
@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        marked = parse_yaml(text, "x.yaml")
    except SafeconductError as error:
        assert error.file == "x.yaml" and error.remedy
    else:
        # Nothing at all may be taken to stand on the line after the last.
        lines = len(_BREAK.split(text)) + 1
        assert all(1 <= line <= lines for line in marked.lines.values())


@EXAMPLES
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    path = Path(tempfile.gettempdir()) / f"any-{os.getpid()}.yaml"
    path.write_bytes(data)
    try:
        assert isinstance(read_yaml(path), Marked)
    except SafeconductError as error:
        assert isinstance(error, UnreadableFile | DuplicateKey)
        assert error.file == str(path)
    finally:
        path.unlink()


@EXAMPLES
@given(plain, st.text("abc.[]0", max_size=8))
def test_what_was_written_is_what_is_read_and_any_path_has_a_line(data: object, path: str) -> None:
    # JSON is YAML with every text in quotes.
    marked = parse_yaml(json.dumps(data), "x.yaml")
    assert marked.data == data
    assert marked.line_of(path) >= 1


# A word, a number, a bracket or a whole line of the file is taken out, doubled or exchanged.
_TOKEN = re.compile(r"[A-Za-z0-9_-]+|[\[\]{}:,]|\n *")


def _spoilt(text: str, chance: random.Random) -> str:
    tokens = list(_TOKEN.finditer(text))
    here, other = chance.choice(tokens), chance.choice(tokens)
    new = chance.choice(["", here[0] * 2, other[0], "null", "[]", "{}", "-1", "10:00", "x"])
    return text[: here.start()] + new + text[here.end() :]


@pytest.mark.parametrize("name", ["case.yaml", "roads.yaml", "expected.yaml"])
def test_a_case_with_one_thing_wrong_is_read_or_refused(tmp_path: Path, name: str) -> None:
    for source in TWO_TOWNS.iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    good, chance, refused = (tmp_path / name).read_text(), random.Random(4), 0
    for _ in range(EXAMPLES.max_examples // 2):
        spoilt = _spoilt(good, chance)
        (tmp_path / name).write_text(spoilt)
        try:
            read_case(tmp_path)
        except SafeconductError as error:
            refused += 1
            assert error.file and error.found and error.remedy, spoilt
            assert error.line or error.code == "unreadable-file", str(error)
    assert refused > EXAMPLES.max_examples // 8  # else the slips were none, and nothing was tried
