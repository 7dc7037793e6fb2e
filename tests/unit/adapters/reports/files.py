"""Files of each kind, made here from a few words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006"


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def run(words: str, properties: str = "") -> str:
    """A run of a document."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def docx(*paragraphs: str, head: str = "", more: Mapping[str, str | bytes] = {}) -> bytes:
    """A document whose paragraphs hold this markup."""
    inside = "".join(f"<w:p>{one}</w:p>" for one in paragraphs)
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'{head}<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.'
            f'openxmlformats.org/markup-compatibility/2006"><w:body>{inside}</w:body></w:document>',
            **more,
        }
    )


def xlsx(
    rows: Sequence[Sequence[str | int]], head: str = "", more: Mapping[str, str | bytes] = {}
) -> bytes:
    """A workbook with one sheet; numbers are days as a workbook counts them."""
    cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGED}/content-types"><Default '
            'Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGED}/relationships"><Relationship Id="r1" '
            f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets>'
            '<sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGED}/relationships">'
            f'<Relationship Id="r1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}"><cellXfs><xf numFmtId="0"/>'
            '<xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{SHEET}"><sheetData>{cells}'
            "</sheetData></worksheet>",
            **more,
        }
    )


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return f'<c s="1"><v>{value}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def pdf(*pages: Sequence[str], root: str = "", kids: str = "") -> bytes:
    """A PDF with a page for each list of lines; `root` and `kids` put others in their place."""
    objects = {1: root or "<</Type/Catalog/Pages 2 0 R>>", 3: "<</Type/Font/Subtype/Type1/BaseFont"
               "/Helvetica/Encoding/WinAnsiEncoding>>"}  # fmt: skip
    numbers = []
    for lines in pages:
        number = max(objects) + 1
        drawn = "".join(f"({_drawn(line)}) Tj T* " for line in lines)
        content = f"BT /F1 12 Tf 14 TL 72 720 Td {drawn}ET"
        objects[number] = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
        objects[number + 1] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {number} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        numbers.append(number + 1)
    shown = kids or " ".join(f"{number} 0 R" for number in numbers)
    objects[2] = f"<</Type/Pages/Count {len(numbers)}/Kids[{shown}]>>"
    return with_objects(objects)


def with_objects(objects: Mapping[int, str]) -> bytes:
    """A PDF of these objects, of which the first is its root."""
    made = b"%PDF-1.7\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(made)
        made += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    start = len(made)
    made += f"xref\n0 {max(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, max(objects) + 1):
        made += f"{places.get(number, 0):010d} 00000 {'n' if number in places else 'f'} \n".encode()
    made += f"trailer\n<</Size {max(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return made


def _drawn(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def eml(body: str, *headers: str, kind: str = "text/plain", charset: str = "utf-8") -> bytes:
    """A mail with this body."""
    lines = [*headers, "MIME-Version: 1.0", f"Content-Type: {kind}; charset={charset}"]
    lines.append("Content-Transfer-Encoding: 8bit")
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body.encode(charset)
