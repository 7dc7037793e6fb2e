"""A record of evidence names one file, what it shows, and what it bears out."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.errors import WrongField
from safeconduct.register import decode, encode
from safeconduct.vocabulary import Evidence, Handling


def evidence(**changes: Any) -> Evidence:
    fields: dict[str, Any] = {
        "id": "letter", "of": ("north-letter",), "sha256": "0" * 64, "size_bytes": 9,
        "media_type": "application/pdf", "shows": "the stamped letter",
    }  # fmt: skip
    return Evidence(**(fields | changes))


def test_a_file_is_for_a_narrow_circle_unless_told_otherwise() -> None:
    assert evidence().handling is Handling.RESTRICTED
    assert evidence().movement == ""


def test_a_record_comes_back_from_what_is_signed() -> None:
    one = evidence(handling=Handling.PUBLIC, movement="convoy-3", of=("a", "b"))
    assert decode(Evidence, encode(one)) == one


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sha256": "0" * 63}, "where the 64 small hex digits of a SHA-256 are expected"),
        ({"sha256": "A" * 64}, "Let `safeconduct evidence add` make the record"),
        ({"size_bytes": 0}, "a file of 0 bytes, which shows nothing"),
        ({"media_type": "pdf"}, "of the type 'pdf', which is none"),
        ({"media_type": "Image/JPEG"}, "in small letters, such as image/jpeg"),
        ({"shows": " "}, "they are all that is left"),
        ({"of": ()}, "bears nothing out"),
    ],
)
def test_what_names_no_file_is_refused(changes: dict[str, Any], says: str) -> None:
    (field,) = changes
    with pytest.raises(WrongField) as caught:
        evidence(**changes)
    assert says in str(caught.value)
    assert caught.value.field == field
