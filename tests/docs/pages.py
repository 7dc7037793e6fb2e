"""The Markdown pages of a repository: their links, their headings, the shape of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

NOT_OURS = frozenset({".git", ".venv", "build", "dist", "node_modules"})
SECTIONS = ["Question", "Choice", "Price"]
WORDS_AT_MOST = 400  # half a printed page is about 250; a table or an example may need more

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_INDENTED = re.compile(r"^ {4}(\$ )?make .*$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


def pages(root: Path) -> list[Path]:
    """Every Markdown page of the repository itself."""
    found = sorted(root.rglob("*.md"))
    return [page for page in found if not NOT_OURS & set(page.relative_to(root).parts)]


def broken_links(page: Path, root: Path) -> Iterator[str]:
    """The relative links of a page that lead nowhere, or out of the repository."""
    for target in links(page.read_text(encoding="utf-8")):
        path, _, heading = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        shown = page.relative_to(root)
        if not there.is_relative_to(root.resolve()) and path:
            yield f"{shown}: {target} leads out of the repository"
        elif not there.exists():
            yield f"{shown}: {target} is not there"
        elif heading and there.suffix == ".md" and heading not in anchors(there):
            yield f"{shown}: {target}: the page has no such heading"


def links(text: str) -> list[str]:
    """The targets of the relative links in a page; code is not looked at."""
    prose = _CODE.sub("", _FENCE.sub("", text))
    targets = [inline or defined for inline, defined in _LINK.findall(prose)]
    return [target for target in targets if not re.match(r"[a-z][a-z0-9+.-]*:", target)]


def commands(text: str) -> set[str]:
    """The targets that a page tells people to make: in code, where a command begins."""
    code = [match[0] for pattern in (_FENCE, _CODE, _INDENTED) for match in pattern.finditer(text)]
    return set(re.findall(r"(?:^\s*|[`$;&]\s*)make ([a-z]+)", "\n".join(code), re.MULTILINE))


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page can be linked to."""
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose))
    return {heading.strip().replace(" ", "-") for heading in kept}


def record_faults(records: list[Path]) -> Iterator[str]:
    """What departs from the template in the decision records given, in the order of their names."""
    for number, record in enumerate(sorted(records), start=1):
        if not re.fullmatch(rf"{number:04}-[a-z0-9]+(-[a-z0-9]+)*\.md", record.name):
            yield f"{record.name}: should be {number:04}-short-title.md, numbered without gaps"
        yield from (f"{record.name}: {fault}" for fault in _record_faults(record))


def _record_faults(record: Path) -> Iterator[str]:
    text = record.read_text(encoding="utf-8")
    if not text.startswith(f"# {record.name[:4]} "):
        yield f"the first line is not `# {record.name[:4]} Title`"
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    titles = [part.partition("\n")[0].strip() for part in parts]
    if titles != SECTIONS:
        yield f"the sections are {titles}, not {SECTIONS}"
    for title, part in zip(titles, parts, strict=True):
        if not part.partition("\n")[2].strip():
            yield f"the section {title} says nothing"
    if len(text.split()) > WORDS_AT_MOST:
        yield f"{len(text.split())} words, where {WORDS_AT_MOST} are enough"
