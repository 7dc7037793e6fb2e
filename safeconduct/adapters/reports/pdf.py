"""The text of a PDF, with the lines of a paragraph joined again."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from safeconduct.adapters.reports.limits import PDF_PAGES, check_length
from safeconduct.adapters.reports.taken import TURNED, Taken
from safeconduct.errors import FileTooLarge, UnreadableFile
from safeconduct.wire.tidying import tidied, turned_around

__all__ = ["joined_lines", "pdf"]

_ENDS = re.compile(r"[.!?…:;؟۔][\"'”’»)\]]*$")
_ITEM = re.compile(r"\s*(?:[•·▪–—*-]|\(?[0-9]{1,3}[.)/]|[a-z]\))\s")
_BREAKS_WORD = re.compile(r"[^\W\d_]-$")
_FULL = 0.75  # of the longest line: a line shorter than this ends a paragraph


def pdf(content: bytes) -> Taken:
    """What the pages of a PDF say.

    Raises
    ------
    UnreadableFile : it is locked, damaged, or its pages are pictures without text.
    FileTooLarge : it has more pages than are read.
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                "The PDF is locked with a password.", "Open it and save it without one."
            )
        count = len(reader.pages)
        if count > PDF_PAGES:
            raise FileTooLarge(
                f"The PDF has {count} pages, but no more than {PDF_PAGES} are read.",
                "Save the pages of the report as a file of their own.",
            )
        pages, length = [], 0
        for one in reader.pages:
            pages.append(one.extract_text())
            length += len(pages[-1])
            if length > 2 * 10**6:  # far beyond what is read; what it holds is told below
                break
        title = str((reader.metadata and reader.metadata.title) or "")
    except (UnreadableFile, FileTooLarge):
        raise
    except DependencyError:
        raise UnreadableFile(
            "The PDF is locked in a way that is not read.", "Open it and save it without a lock."
        ) from None
    except (MemoryError, RecursionError):
        raise
    except PyPdfError as error:
        raise _damaged(error) from None
    except Exception as error:
        # A damaged file makes the library fail in many ways, and none of them is ours to list.
        raise _damaged(error) from None
    joined = (joined_lines(tidied(one)).strip() for one in pages)
    text = check_length(tidied("\n\n".join(joined)).strip())
    if not text.strip():
        raise UnreadableFile(
            f"The {count} pages of the PDF hold no text, only pictures or nothing.",
            "Have the text recognised, or type it, and hand in the text.",
        )
    notes = [TURNED] if any(turned_around(one) for one in pages) else []
    return Taken(text=text, title=" ".join(tidied(title).split())[:300], notes=tuple(notes))


def joined_lines(page: str) -> str:
    """A page's text, in which lines that are one paragraph are one line.

    A line ends a paragraph when it is short, when it ends as a sentence does and is not full, or
    when the next begins an item of a list.
    """
    lines = [one.rstrip() for one in page.split("\n")]
    longest = max((len(one) for one in lines), default=0)
    pieces: list[str] = []
    for number, line in enumerate(lines):
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
        pieces.append(line)
        if not after:
            pieces.append("\n")
        elif not line.strip():
            continue
        elif len(line) < _FULL * longest or _ITEM.match(after):
            pieces.append("\n\n" if _ENDS.search(line[-4:]) else "\n")
        elif _BREAKS_WORD.search(line[-2:]) and after[0].islower():
            pieces[-1] = line[:-1]
        else:
            pieces.append(" ")
    return "".join(pieces)


def _damaged(error: Exception) -> UnreadableFile:
    why = " ".join(str(error).split())[:200] or type(error).__name__
    return UnreadableFile(
        f"The PDF is damaged: {why}.", "It may be cut short: fetch it again, or save it anew."
    )
