"""How far two annotators agree on held-out reports: `python -m tests.reading.agreement`.

The second annotation stands in for a reader, so that its figures and the reader's are the same
sort of figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.yamllines import read_yaml
from tests.reading.goldset import HELD_OUT, Gold, gold_reports
from tests.reading.perfect import perfect
from tests.reading.score import Reader, table, the_programs_own
from tests.reading.scoring import Score, score

SECOND = Path(__file__).parent / "second"


@dataclass(frozen=True, slots=True)
class Agreement:
    """The second annotation of some reports held against the first, and the reader on the same."""

    annotators: Score
    reader: Score


def annotated_twice() -> list[tuple[Gold, Gold]]:
    """The reports that have two annotations: the first, and the second."""
    return [
        (gold, replace(gold, acts=tuple(_acts(path))))
        for gold in gold_reports(HELD_OUT)
        if (path := SECOND / f"{gold.name}.yaml").is_file()
    ]


def agreement(reader: Reader | None = None) -> Agreement:
    """Both scores."""
    reader = reader or the_programs_own()
    twice = annotated_twice()
    return Agreement(
        annotators=score([(first, perfect(second)) for first, second in twice]),
        reader=score([(first, reader(first)) for first, _ in twice]),
    )


def _acts(path: Path) -> list[dict[str, Any]]:
    # What a draft needs and the second annotation does not tell is not compared.
    untold = {"office": None, "telling": "said"}
    return [{**untold, "party": act["actor"], **act} for act in read_yaml(path).data["acts"]]


if __name__ == "__main__":
    found = agreement()
    for title, one in (("two annotators", found.annotators), ("the reader", found.reader)):
        print(f"{title}:", *list(table(one))[:5], sep="\n")
