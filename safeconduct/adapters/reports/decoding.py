"""Bytes as text, in the encoding that they are in without a doubt.

Nothing is guessed: a wrong guess turns one word into another. UTF-8 and a byte order mark speak for
themselves; the old code pages count only where a page or a mail names one.
"""

from __future__ import annotations

import codecs
import re

from safeconduct.errors import UnreadableFile

__all__ = ["decoded", "plain"]

_DECLARED = {
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    # What is called Latin 1 on the web is this code page, which has it within.
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def plain(content: bytes, name: str) -> str:
    """The text of a plain file: UTF-8, or UTF-16 with its mark.

    Raises
    ------
    UnreadableFile : it is in neither, is cut short, or holds what only binary files hold.
    """
    text = decoded(content, name)
    if found := _BINARY.search(text):
        raise UnreadableFile(
            f"{name} holds the control character 0x{ord(found[0]):02x} at character "
            f"{found.start()}, as only binary files do.",
            "Hand in the text that it was made from; if it is a document, name it by its kind.",
        )
    return text


def decoded(content: bytes, name: str, declared: str = "") -> str:
    """The text of bytes whose page or mail may declare an encoding.

    Raises
    ------
    UnreadableFile : the encoding is not one that is read, or the bytes are not in it.
    """
    encoding = next((found for mark, found in _MARKS if content.startswith(mark)), "")
    if not encoding:
        encoding = _DECLARED.get(declared.strip().strip("\"'").lower(), "") if declared else "utf-8"
    if not encoding:
        raise UnreadableFile(
            f"{name} says that it is in the encoding {declared[:40]!r}, which is not read.",
            "Save it as UTF-8. Read are UTF-8, UTF-16, and windows-1251, -1252 and -1256 where "
            "they are declared.",
        )
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise UnreadableFile(
            f"{name} is no whole text in {encoding.removesuffix('-sig').upper()}: the byte "
            f"0x{content[wrong.start]:02x} at place {wrong.start} cannot stand there.",
            "Save it as UTF-8 text; if it is cut short, fetch it again; if it is a picture or "
            "another kind of document, it is the wrong file.",
        ) from None
