"""The words of time of every language that comes with the package, read from their files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from safeconduct.errors import WrongField
from safeconduct.wire.times.words import Role, TimeWords

__all__ = ["bundled_time_words", "time_words"]

_SETTINGS = frozenset(
    {
        "hours",
        "hours_name_clock",
        "ordinal_hours",
        "ones_first",
        "date_order",
        "past_endings",
        "future_endings",
        "prefixes",
    }
)
_PLAIN = "words"


def bundled_time_words() -> dict[str, TimeWords]:
    """The words of each language of `safeconduct/wire/lexicons/times`, by its ISO 639-1 code."""
    folder = files("safeconduct.wire").joinpath("lexicons", "times")
    found = sorted((file for file in folder.iterdir()), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): time_words(
            file.read_text("utf-8"), file.name.removesuffix(".toml")
        )
        for file in found
        if file.name.endswith(".toml")
    }


def time_words(toml: str, language: str) -> TimeWords:
    """The words of a language, from the text of its file.

    Raises
    ------
    WrongField : the text is no TOML, or has a table or a role that nobody knows.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as refused:
        raise WrongField(
            f"The words of time of {language!r} are no TOML: {refused}.",
            "Mend the file at the line that is named.",
        ) from None
    settings = {key: value for key, value in data.items() if not isinstance(value, dict)}
    unknown = sorted(settings.keys() - _SETTINGS)
    if unknown:
        raise WrongField(
            f"The words of time of {language!r} have the unknown setting {unknown[0]!r}.",
            f"Use one of {', '.join(sorted(_SETTINGS))}.",
        )
    lists = {key: tuple(value) for key, value in settings.items() if isinstance(value, list)}
    return TimeWords(language=language, words=_words(data, language), **(settings | lists))


def _words(data: Mapping[str, Any], language: str) -> dict[Role, dict[str, tuple[str, ...]]]:
    out: dict[Role, dict[str, tuple[str, ...]]] = {}
    for table, content in data.items():
        if not isinstance(content, dict):
            continue
        for key, phrases in content.items():
            role, value = (key, "") if table == _PLAIN else (table, key)
            out.setdefault(_role(role, language), {})[value] = _phrases(phrases, key, language)
    return out


def _role(name: str, language: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise WrongField(
            f"The words of time of {language!r} have {name!r}, which is no role of a word.",
            f"Use one of {', '.join(role.value for role in Role)}.",
        ) from None


def _phrases(phrases: object, key: str, language: str) -> tuple[str, ...]:
    if not isinstance(phrases, list) or not all(isinstance(one, str) and one for one in phrases):
        raise WrongField(
            f"The words of {key!r} of {language!r} are no list of texts.",
            'Write them as ["one", "other"].',
        )
    return tuple(phrases)
