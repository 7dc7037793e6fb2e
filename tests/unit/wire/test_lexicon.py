"""Every key that a lexicon may have is asked for by a rule."""

from __future__ import annotations

from pathlib import Path

import safeconduct.wire
from safeconduct.wire.lexicon import FACTS, FORMS, ROLES, WORDS

RULES = [
    one for one in Path(safeconduct.wire.__file__).parent.glob("*.py") if one.stem != "lexicon"
]


def test_no_key_is_offered_that_no_rule_reads() -> None:
    source = "".join(path.read_text("utf-8") for path in RULES)
    assert [key for key in sorted(WORDS | FORMS | ROLES | FACTS) if f'"{key}"' not in source] == []
