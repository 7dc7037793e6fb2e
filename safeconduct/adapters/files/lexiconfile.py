"""Lexicons as files: the words of each language, and the names that every reader knows."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_text
from safeconduct.adapters.files.timewords import bundled_time_words
from safeconduct.errors import UnreadableFile, WrongField
from safeconduct.wire.lexicon import Grammar, Lexicon, Subject
from safeconduct.wire.names import Name, Names
from safeconduct.wire.times import TimeReader, TimeWords
from safeconduct.wire.tokens import folded

_FOLDER = "lexicons"
_NAMES = "names.toml"
_NAMES_BY_LANGUAGE = "names"


class _GrammarWritten(BaseModel):
    model_config = ConfigDict(extra="forbid")
    subject: Subject = Subject.BEFORE
    capitals: bool = True
    drops_subject: bool = False
    prefixes: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    contractions: tuple[tuple[str, str, str], ...] = ()
    objects: tuple[str, ...] = ()
    function_words: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    letters: str = ""
    bare_passive: bool = False
    bare_nouns: bool = False
    oblique: tuple[str, ...] = ()
    name_endings: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    clashes: tuple[tuple[str, ...], ...] = ()
    kind_first: bool = False
    future: tuple[str, ...] = ()


class _LexiconWritten(BaseModel):
    model_config = ConfigDict(extra="allow")
    language: str = Field(pattern="^[a-z]{2}$")
    grammar: _GrammarWritten = _GrammarWritten()
    __pydantic_extra__: dict[str, dict[str, tuple[str, ...]]] = Field(init=False)


class _NameWritten(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")
    role: str = ""
    called: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    zone: str = ""
    people: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class _NamesWritten(BaseModel):
    model_config = ConfigDict(extra="forbid")
    actor: tuple[_NameWritten, ...] = ()


def known_lexicons() -> dict[str, Lexicon]:
    """The lexicons that come with the package, by language."""
    folder = Path(str(files("safeconduct.wire") / _FOLDER))
    times = bundled_time_words()
    paths = (path for path in sorted(folder.glob("*.toml")) if path.name != _NAMES)
    # Of those that come with the package a test reads every phrase; most are never looked for.
    found = (_lexicon_in(path, times.get(path.stem)) for path in paths)
    return {lexicon.language: lexicon for lexicon in found}


def known_names() -> Names:
    """The names of actors that every reader knows: those of all languages together."""
    folder = Path(str(files("safeconduct.wire") / _FOLDER))
    found = _names_in(folder / _NAMES)
    for path in sorted((folder / _NAMES_BY_LANGUAGE).glob("*.toml")):
        found = found.over(_names_in(path))
    return found


def _names_in(path: Path) -> Names:
    try:
        written = _NamesWritten.model_validate(_toml(path))
    except ValidationError as refused:
        _refuse(path, refused)
    return Names(actors=tuple(Name(**one.model_dump()) for one in written.actor))


def read_lexicon(path: Path, times: TimeWords | None = None) -> Lexicon:
    """The lexicon in a file, with the words of time of its language.

    Raises
    ------
    MissingFile, UnreadableFile : there is none, or it is no TOML.
    WrongField : it has a table or key that no rule reads, or a value of another form.
    """
    lexicon = _lexicon_in(path, times)
    try:
        lexicon.phrases  # noqa: B018  # a phrase without a word is refused here, with its file
    except WrongField as refused:
        raise refused.located(file=str(path)) from refused
    return lexicon


def _lexicon_in(path: Path, times: TimeWords | None) -> Lexicon:
    try:
        written = _LexiconWritten.model_validate(_toml(path))
    except ValidationError as refused:
        _refuse(path, refused)
    grammar = written.grammar
    try:
        return Lexicon(
            written.language,
            Grammar(
                subject=grammar.subject,
                capitals=grammar.capitals,
                drops_subject=grammar.drops_subject,
                prefixes=grammar.prefixes,
                joined=grammar.joined,
                contractions=grammar.contractions,
                objects=grammar.objects,
                participles=_folded(grammar.participles),
                letters=grammar.letters,
                bare_passive=grammar.bare_passive,
                bare_nouns=grammar.bare_nouns,
                oblique=_folded(grammar.oblique),
                # The longest first: one ending only is taken off a name.
                name_endings=tuple(sorted(_folded(grammar.name_endings), key=len, reverse=True)),
                impersonal=_folded(grammar.impersonal),
                clashes=tuple(_folded(one) for one in grammar.clashes),
                kind_first=grammar.kind_first,
                future=_folded(grammar.future),
                function_words=frozenset(folded(one) for one in grammar.function_words),
            ),
            written.__pydantic_extra__ or {},
            TimeReader({written.language: times} if times is not None else {}),
        )
    except WrongField as refused:
        raise refused.located(file=str(path)) from refused


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(one) for one in words)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path, MEBIBYTE))
    except tomllib.TOMLDecodeError as refused:
        raise UnreadableFile(
            f"The lexicon {path.name} is no TOML: {refused}.", "Mend the line that it names."
        ).located(file=str(path)) from refused


def _refuse(path: Path, refused: ValidationError) -> NoReturn:
    first = refused.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    raise WrongField(
        f"In {path.name}, {place} is not what a lexicon has there: {first['msg']}.",
        "See docs/reference/reading.md for its form.",
    ).located(file=str(path), field=place) from refused
