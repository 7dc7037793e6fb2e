"""How large a report may be, and what reading it may take; no honest one comes near."""

from __future__ import annotations

from safeconduct.adapters.files.plaintext import MEBIBYTE
from safeconduct.errors import FileTooLarge

TEXT_BYTES = 4 * MEBIBYTE
PAGE_BYTES = 5 * MEBIBYTE
FILE_BYTES = 16 * MEBIBYTE  # with the pictures of a document, the attachments of a mail
CHARACTERS = 1_000_000  # of a report's text; a book of 400 pages has fewer
ELEMENTS = 60_000  # of a page; a long one has a tenth
MARKED_UP_BYTES = 32 * MEBIBYTE  # of one part of an Office file, when it is unpacked
UNPACKED_BYTES = 128 * MEBIBYTE  # of all parts of it
PARTS = 2_000
PDF_PAGES = 500
ROWS, COLUMNS = 20_000, 200

CPU_SECONDS = 10
WALL_SECONDS = 40  # more than the processor's time: the machine may be busy with other things
MEMORY_BYTES = 512 * MEBIBYTE


def check_length(text: str) -> str:
    """The text, if it is no longer than a report may be.

    Raises
    ------
    FileTooLarge : it is longer.
    """
    check_characters(len(text))
    return text


def check_characters(count: int) -> None:
    """Refuses a text of more characters than a report may have.

    Raises
    ------
    FileTooLarge : it has more.
    """
    if count > CHARACTERS:
        raise FileTooLarge(
            f"The text has {count:,} characters, but no more than {CHARACTERS:,} are read.",
            "Hand in the report by itself, without what stands around it.",
            characters=count,
            limit=CHARACTERS,
        )
