"""The text of a mail (`.eml`): what its writer wrote now, under its subject."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import default

from safeconduct.adapters.reports.decoding import decoded
from safeconduct.adapters.reports.limits import check_length
from safeconduct.adapters.reports.taken import TURNED, Taken
from safeconduct.errors import UnreadableFile
from safeconduct.wire import Excerpt, LeftOut
from safeconduct.wire.letters import passes_on, said_before
from safeconduct.wire.tidying import tidied, turned_around

__all__ = ["mail"]

_NAMED = 5  # attachments that are named in a note
_HEADER = 2_000  # characters of a header that are looked at


def mail(content: bytes) -> Taken:
    """What a mail holds: its text part, or what is seen of its HTML where it has none.

    Raises
    ------
    UnreadableFile : it is no mail, is encrypted, has no text, or is in no encoding that is read.
    """
    try:
        message = message_from_bytes(content, policy=default)
        return _taken(message)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableFile(
            f"The mail is damaged: {str(error)[:200] or type(error).__name__}.",
            "Save it again from the mail program, or copy its text and hand that in.",
        ) from None


def _taken(message: EmailMessage) -> Taken:
    subject = _header(message, "subject")
    if not message.keys():
        raise UnreadableFile(
            "The file has no header of a mail, such as From: or Date:.",
            "Save the mail again as .eml, or hand in its text as a text file.",
        )
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        raise UnreadableFile("The mail is encrypted.", "Open it and save its text.")
    body, quoted = _body(message, subject)
    title = subject if subject and not body.startswith(subject) else ""
    head = f"{title}\n\n" if title else ""
    left_out = [
        LeftOut(Excerpt(one.at.start + len(head), one.at.end + len(head)), one.why)
        for one in (quoted or said_before(body, subject))
    ]
    notes = [TURNED] if turned_around(subject + body) else []
    return Taken(
        text=check_length(head + body),
        title=subject,
        publisher=_sender(message),
        day=_day(message),
        left_out=tuple(left_out),
        notes=(*notes, *_attached(message)),
    )


def _body(message: EmailMessage, subject: str) -> tuple[str, list[LeftOut]]:
    """The tidied text, and what of its HTML is quoted; a text part has its marks in the text."""
    plain = message.get_body(("plain",))
    if plain is not None and (text := tidied(_part(plain)).strip("\n")).strip():
        return text, []
    html = message.get_body(("html",))
    if html is not None:
        # Only a mail without a text part needs what pages need.
        from safeconduct.adapters.reports.page import html_text  # needs an extra

        text, quoted = html_text(_part(html))
        if text.strip():
            return text, [] if passes_on(subject) else quoted
    raise UnreadableFile(
        "The mail has no text, neither plain nor as HTML.",
        "If the text is in an attachment, save that and hand it in.",
    )


def _part(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return decoded(content, "The mail", part.get_content_charset("utf-8"))


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(tidied(str(message.get(name) or "")[:_HEADER]).split())


def _sender(message: EmailMessage) -> str:
    """Who sent it, by the name that they go by, or else the address."""
    addresses = getattr(message["from"], "addresses", ()) if message["from"] else ()
    for one in addresses:
        return " ".join(tidied(one.display_name or one.addr_spec).split())
    return ""


def _day(message: EmailMessage) -> dt.date | None:
    """The day of its date where it was sent, by the offset that the date names."""
    sent = getattr(message["date"], "datetime", None) if message["date"] else None
    return sent.date() if sent else None


def _attached(message: EmailMessage) -> list[str]:
    names = [
        " ".join(tidied(one.get_filename() or one.get_content_type()).split())[:100]
        for one in message.iter_attachments()
    ]
    if not names:
        return []
    shown = ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
    return [f"Attachments are not read with their mail; hand them in by themselves: {shown}."]
