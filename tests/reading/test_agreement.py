"""The second annotation is of the reports it says, and tells how far annotators agree."""

from __future__ import annotations

from tests.reading.agreement import SECOND, agreement, annotated_twice
from tests.show.e2 import ALL_THREE


def test_every_second_annotation_is_of_a_held_out_report() -> None:
    names = {first.name for first, _ in annotated_twice()}
    assert names == {path.stem for path in SECOND.glob("*.yaml")}


def test_what_the_second_annotation_quotes_stands_in_the_report() -> None:
    for first, second in annotated_twice():
        for act in second.acts:
            assert act["words"] in first.text, first.name
            assert act["speaker"] is None or act["speaker"] in first.text, first.name


def test_two_annotators_agree_as_far_as_the_reader_is_to_come() -> None:
    found = agreement()
    assert (found.annotators.all_three.f1 or 0) >= ALL_THREE
    assert found.annotators.all_three.gold == found.reader.all_three.gold
