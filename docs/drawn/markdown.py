"""The few forms of Markdown that the drawn pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from urllib.parse import urlsplit


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; a bar inside a cell is escaped and a line break becomes a space.

    >>> print(table(["code", "means"], [["A|B", "one"]]), end="")
    | code | means |
    | --- | --- |
    | A\\|B | one |
    """
    head = list(columns)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def links(addresses: Iterable[str]) -> str:
    """Addresses as links that show the host only, since many are long.

    >>> links(["https://press.un.org/en/2014/sc11473.doc.htm"])
    '[press.un.org](https://press.un.org/en/2014/sc11473.doc.htm)'
    """
    shown = ((urlsplit(one).netloc.removeprefix("www."), one) for one in addresses)
    # A round bracket inside an address would end the link.
    return ", ".join(
        f"[{host}]({one.replace('(', '%28').replace(')', '%29')})" for host, one in shown
    )


def complete(table: Mapping[str, object], names: Set[str], what: str) -> None:
    """Nothing, when a table written by hand has a line for each name and for nothing else.

    Raises ValueError, naming what is lacking and what is too much, when it has not.
    """
    lacking, excess = sorted(names - table.keys()), sorted(table.keys() - names)
    if lacking or excess:
        raise ValueError(
            f"The table of {what} has no line for {', '.join(lacking) or 'nothing'}, "
            f"and lines too many for {', '.join(excess) or 'nothing'}."
        )
