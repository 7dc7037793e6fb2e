"""Which kind of file a report came as: told from its first bytes, and only then from its name."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath

from safeconduct.errors import UnreadableFile

__all__ = ["Kind", "kind_of"]


class Kind(Enum):
    """The kinds of files that reports come as."""

    TEXT = "text"
    PAGE = "html"
    MAIL = "eml"
    DOCUMENT = "docx"
    PDF = "pdf"
    TABLE = "csv"
    WORKBOOK = "xlsx"


_SUFFIXES = {
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".eml": Kind.MAIL,
    ".docx": Kind.DOCUMENT,
    ".pdf": Kind.PDF,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".xlsx": Kind.WORKBOOK,
}
_LOOKED_AT = 2048  # bytes from the start that tell a page or a mail from a text
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html)\b", re.I)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}: ?[^\r\n]*\r?\n")
_MAIL = re.compile(rb"^(?:mime-version|message-id|received|return-path|delivered-to):", re.I | re.M)
_OTHER = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an Office file of the old form, or one that is locked with a password",
        "Open it and save it as .docx or .xlsx without a password.",
    ),
    b"{\\rtf": ("a text in the form RTF", "Open it and save it as .docx or as plain text."),
    b"\x89PNG": ("a picture", "Type its text, or have it recognised, and hand in the text."),
    b"\xff\xd8\xff": ("a picture", "Type its text, or have it recognised, and hand in the text."),
    b"GIF8": ("a picture", "Type its text, or have it recognised, and hand in the text."),
    b"\x1f\x8b": ("a packed file", "Unpack it and hand in the report itself."),
    b"Rar!": ("a packed file", "Unpack it and hand in the report itself."),
    b"7z\xbc\xaf": ("a packed file", "Unpack it and hand in the report itself."),
    b"\x7fELF": ("a program", "Hand in the report itself."),
    b"MZ\x90": ("a program", "Hand in the report itself."),
}


def kind_of(content: bytes, name: str = "") -> Kind:
    """The kind of a file with this content and name.

    Raises
    ------
    UnreadableFile : it is of a kind that is not read; the message says what to make of it.
    """
    for start, (what, remedy) in _OTHER.items():
        if content.startswith(start):
            raise UnreadableFile(
                f"{name or 'What was given'} is {what}, which is not read.", remedy
            )
    suffix = PurePath(name).suffix.lower()
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(content, name, suffix)
    if _PAGE.match(content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")):
        return Kind.PAGE
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = content[:_LOOKED_AT]
    return Kind.MAIL if _FIELD.match(head) and _MAIL.search(head) else Kind.TEXT


def _packed(content: bytes, name: str, suffix: str) -> Kind:
    """Which Office file it is; the names of its parts stand in it in the clear."""
    if b"word/document" in content:
        return Kind.DOCUMENT
    if b"xl/workbook" in content:
        return Kind.WORKBOOK
    known = _SUFFIXES.get(suffix)
    if known in (Kind.DOCUMENT, Kind.WORKBOOK):
        return known
    raise UnreadableFile(
        f"{name or 'What was given'} is a packed file, and neither .docx nor .xlsx.",
        "Unpack it and hand in the report itself, or save it as .docx, .xlsx or plain text.",
    )
