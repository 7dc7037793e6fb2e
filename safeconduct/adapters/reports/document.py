"""The text of a `.docx` document, as it is seen when every change in it is accepted.

Read from its markup directly: a paragraph's text is every run in it, also inside links, fields,
boxes and changes that nobody has accepted yet. A run that was deleted or is hidden is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from safeconduct.adapters.reports.limits import check_length
from safeconduct.adapters.reports.package import Package
from safeconduct.adapters.reports.taken import TURNED, Taken
from safeconduct.errors import UnreadableFile
from safeconduct.wire.tidying import tidied, turned_around

__all__ = ["document"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PROPERTIES = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent"))


def document(content: bytes) -> Taken:
    """What a `.docx` file holds.

    Raises
    ------
    UnreadableFile, FileTooLarge : as `Package` does; or it is no document, or has no text.
    """
    package = Package(content)
    package.check()
    name = next((one for one in package.names if one.lower() == "word/document.xml"), None)
    if name is None:
        raise UnreadableFile(
            "The file is no Word document: it has no part word/document.xml.",
            "Open it and save it as .docx.",
        )
    root = _parsed(package.part(name))
    pieces = ["".join(_seen(paragraph)) for paragraph in _paragraphs(root)]
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes in package.names:
            pieces += ["".join(_seen(one)) for one in _paragraphs(_parsed(package.part(notes)))]
    text = "\n\n".join(one for one in pieces if one.strip())
    told = []
    if turned_around(text):
        told.append(TURNED)
    if any(_local(one) in ("ins", "del", "moveFrom") for one in root.iter(etree.Element)):
        told.append(
            "The document holds changes that nobody has accepted; it is read as if they were."
        )
    return Taken(
        text=check_length(tidied(text).strip("\n")),
        title=_title(package),
        notes=tuple(told),
    )


def _parsed(markup: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(markup, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            f"The file's markup is damaged: {str(error)[:200]}.",
            "It may be cut short: fetch it again, or save it anew.",
        ) from None
    # In an encoding that hides the words from whoever looks at the bytes, it is still seen here.
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(
            "The file declares a document type in its markup, as no Office program does.",
            "Ask for the file again from whoever sent it, or save it anew.",
        )
    return root


def _local(element: Any) -> str:
    """The name of an element of a document's own language; empty for any other."""
    tag = str(element.tag)
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _paragraphs(root: Any) -> Iterator[Any]:
    """The paragraphs in the order of the text; those of a box follow the one it is tied to."""
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element.tag == _FALLBACK or _local(element) == "moveFrom":
            walker.skip_subtree()
        elif _local(element) == "p":
            yield element


def _seen(paragraph: Any) -> Iterator[str]:
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        name = _local(element)
        if element.tag == _FALLBACK or name in _UNSEEN or (name == "r" and _hidden(element)):
            walker.skip_subtree()
        elif name == "t":
            yield element.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]


def _hidden(run: Any) -> bool:
    """Whether a run is formatted as hidden."""
    for properties in run:
        if _local(properties) == "rPr":
            for one in properties:
                if _local(one) == "vanish":
                    value = next((v for k, v in one.attrib.items() if k.endswith("}val")), "true")
                    return value not in ("0", "false", "off")
    return False


def _title(package: Package) -> str:
    """The title among the document's properties; many have none, or one of another text."""
    if _PROPERTIES not in package.names:
        return ""
    root = _parsed(package.part(_PROPERTIES))
    return (root.findtext(f"{_DC}title") or "").strip()[:300]
