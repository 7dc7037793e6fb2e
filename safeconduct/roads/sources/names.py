"""Ids made from names, by one stated rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

__all__ = ["free_id", "slug"]

_APOSTROPHES = re.compile("['`´‘’ʻʼʾʿ]")
_NEITHER_LETTER_NOR_DIGIT = re.compile("[^a-z0-9]+")


def slug(name: str) -> str:
    """The id that a name gives: lower-case ASCII letters and digits, joined by hyphens.

    Accents and apostrophes are dropped, so spellings that differ in them give one id; everything
    else that is no letter or digit becomes a hyphen. A name in another script gives an empty id.

    >>> slug("Qal’et ash-Sharif"), slug("Beit Muheb / Jdeydeh"), slug("تشرين")
    ('qalet-ash-sharif', 'beit-muheb-jdeydeh', '')
    """
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NEITHER_LETTER_NOR_DIGIT.sub("-", plain.lower()).strip("-")


def free_id(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or when that is taken, the first free one of `wanted-2`, `wanted-3`, ...

    >>> free_id("tishreen", {"tishreen", "tishreen-2"})
    'tishreen-3'
    """
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
