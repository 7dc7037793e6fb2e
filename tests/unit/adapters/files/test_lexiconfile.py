"""Lexicons and names are data: what no rule reads is refused, and what comes with us is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.lexiconfile import known_lexicons, known_names, read_lexicon
from safeconduct.errors import UnreadableFile, WrongField
from safeconduct.wire.lexicon import Subject
from safeconduct.wire.names import Name, Names

SMALL = """
language = "en"
[grammar]
subject = "either"
[acts]
reject = ["reject*"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "xx.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_lexicon_is_read_with_its_grammar_and_its_phrases(tmp_path: Path) -> None:
    lexicon = read_lexicon(written(tmp_path, SMALL))
    assert lexicon.language == "en"
    assert lexicon.grammar.subject is Subject.EITHER
    assert lexicon.tables == {"acts": {"reject": ("reject*",)}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL + '[gossip]\nx = ["y"]', "a table 'gossip', which no rule reads"),
        (SMALL + 'gossip = ["y"]', "a key acts.gossip, which no rule reads"),
        (SMALL.replace('"either"', '"behind"'), "grammar.subject is not what a lexicon has"),
        (SMALL + "welcome = 3", "acts.welcome is not what a lexicon has there"),
    ],
)
def test_what_no_rule_reads_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongField, match=said):
        read_lexicon(written(tmp_path, text))


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"xx\.toml is no TOML"):
        read_lexicon(written(tmp_path, "language = "))


def test_six_languages_come_with_the_package_and_so_do_names() -> None:
    found = known_lexicons()
    assert sorted(found) == ["ar", "en", "es", "fr", "ru", "uk"]
    # Their phrases are laid out when a text first needs them, so that here each one is.
    assert all(one.phrases.find(()) == [] for one in found.values())
    assert {"russia", "un", "icrc", "armed-opposition"} <= {one.id for one in known_names().actors}


def test_no_two_known_actors_share_a_name() -> None:
    seen: dict[str, str] = {}
    for actor in known_names().actors:
        for word in {one.casefold() for one in (*actor.called, *actor.bodies, *actor.capitals)}:
            assert word not in seen, f"{word} is both {actor.id} and {seen.get(word)}"
            seen[word] = actor.id


def test_the_names_of_a_case_win_over_those_that_everybody_knows() -> None:
    known = Names(
        actors=(
            Name(id="un", called=("UN", "OCHA"), role="relief"),
            Name(id="russia", called=("Russia",)),
        )
    )
    own = Names(actors=(Name(id="un-ocha", called=("OCHA",)), Name(id="un", called=("ONU",))))
    joined = {one.id: one for one in own.over(known).actors}
    assert joined["un-ocha"].called == ("OCHA",)
    assert joined["un"] == Name(id="un", called=("ONU", "UN"), role="relief")
    assert set(joined) == {"un-ocha", "un", "russia"}
