"""Writes office files by hand, part by part, so that tests know all that is in them."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

W_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def relations(targets: dict[str, str]) -> str:
    """A part of relationships from kinds to targets; a kind may carry an id ("header=rId9")."""
    lines = []
    for number, (kind, target) in enumerate(targets.items()):
        name, _, given = kind.partition("=")
        lines.append(f'<Relationship Id="{given or f"r{number}"}" Type="{_TYPES}/{name}" Target="{target}"/>')
    return f"<Relationships {_PACKAGE}>{''.join(lines)}</Relationships>"


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of Word's of one run."""
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    marks = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f"<w:p>{own}<w:r>{marks}<w:t>{text}</w:t></w:r></w:p>"


def docx(file: Path, body: str, parts: dict[str, str] | None = None) -> Path:
    """A Word document; `parts` are those beside the text by kind ("styles", "numbering", "footnotes", …)."""
    parts = parts or {}
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        kinds = {"document": "document.main"} | {kind: kind for kind in parts}
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{main}{kind}+xml"/>'
            for name, kind in kinds.items()
        )
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{overrides}</Types>",
        )
        package.writestr("_rels/.rels", relations({"officeDocument": "word/document.xml"}))
        package.writestr("word/document.xml", f"<w:document {W_SPACES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", relations({kind: f"{kind}.xml" for kind in parts}))
        for kind, content in parts.items():
            package.writestr(f"word/{kind}.xml", f"<w:{kind} {W_SPACES}>{content}</w:{kind}>")
    return file


def numbering(levels: list[tuple[str, str]], *, extra: str = "") -> str:
    """`numbering.xml` with one list (numId 1) of levels (form, text); `extra` are further lists."""
    lines = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{lines}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{extra}'
    )


def numbered(text: str, depth: int = 0, name: int = 1) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>')


def table(rows: list[list[str]]) -> str:
    """A table of Word's; a cell "文字>2" covers two columns, "文字v" begins one that "^" goes on with below."""
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            text, _, wide = cell.partition(">")
            span = f'<w:gridSpan w:val="{wide}"/>' if wide else ""
            merge = (
                '<w:vMerge w:val="restart"/>' if text.endswith("v") else "<w:vMerge/>" if text == "^" else ""
            )
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{p(text.rstrip('v^'))}</w:tc>")
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def pptx(file: Path, slides: list[tuple[str, list[str]]]) -> Path:
    """Slides of a title and paragraphs."""
    spaces = (
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", relations({"officeDocument": "ppt/presentation.xml"}))
        listed = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(len(slides)))
        package.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        )
        package.writestr(
            "ppt/_rels/presentation.xml.rels",
            relations({f"slide=s{n}": f"slides/slide{n}.xml" for n in range(len(slides))}),
        )
        for number, (title, lines) in enumerate(slides):
            shapes = ""
            for kind, texts in (("title", [title]), ("body", lines)):
                paragraphs = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
                shapes += (
                    f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
                    f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
                )
            package.writestr(
                f"ppt/slides/slide{number}.xml",
                f"<p:sld {spaces}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>",
            )
    return file


def odt(file: Path, body: str, kind: str = "text") -> Path:
    """An OpenDocument file with the content of its body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
        )
        package.writestr("styles.xml", f"<office:document-styles {spaces}/>")
    return file


def ofd(
    file: Path,
    pages: list[list[tuple[float, float, float, str]]],
    rules: list[tuple[float, float, float, float]] | None = None,
) -> Path:
    """Pages of lines (left, top, size, text in millimetres), and rules on each of them."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, lines in enumerate(pages):
            objects = ""
            for left, top, size, text in lines:
                steps = " ".join(str(size / 2 if sign.isascii() else size) for sign in text[:-1])
                objects += (
                    f'<ofd:TextObject Boundary="{left} {top} {len(text) * size} {size}" Size="{size}">'
                    f'<ofd:TextCode X="0" Y="{0.86 * size}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
                )
            for left, top, right, bottom in rules or []:
                path = f"M 0 0 L {right - left} {bottom - top}"
                objects += (
                    f'<ofd:PathObject Boundary="{left} {top} {right - left} {bottom - top}">'
                    f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
                )
            package.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return file


def mail(file: Path, subject: str, text: str, attached: dict[str, bytes] | None = None) -> Path:
    """A mail with what is attached to it by name."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@example.com", "b@example.com"
    message["Date"] = "Wed, 05 Mar 2025 10:00:00 +0800"
    message.set_content(text)
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    file.write_bytes(message.as_bytes())
    return file


def saved_page(file: Path, page: bytes) -> Path:
    """A web page saved as one file with a picture."""
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/a.html\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://example.com/a.html\r\n\r\n"
    )
    picture = (
        b"\r\n--B\r\nContent-Type: image/png\r\nContent-Location: https://example.com/a.png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    )
    file.write_bytes(head + page + picture)
    return file


def rtf(file: Path, body: str) -> Path:
    """Rich text in GBK; what is no ASCII in `body` is written in its bytes."""
    codes = "".join(
        sign if sign.isascii() else "".join(f"\\'{byte:02x}" for byte in sign.encode("gbk")) for sign in body
    )
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 "
    file.write_text(head + codes + "}", "ascii")
    return file


_SECTOR = 512


def ole(file: Path, streams: dict[str, bytes]) -> Path:
    """An OLE compound file; its streams are padded to a size from which on they lie in whole sectors."""
    padded = {
        name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        for name, data in streams.items()
    }
    entries = [_entry("Root Entry", 5, child=1, start=0xFFFFFFFE, size=0)]
    places, sectors = [], 0
    for data in padded.values():
        places.append(sectors)
        sectors += len(data) // _SECTOR
    for number, (name, data) in enumerate(padded.items()):
        right = number + 2 if number + 1 < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, right=right, start=places[number], size=len(data)))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    chain = [n + 1 for n in range(sectors)]
    for place, data in zip(places, padded.values(), strict=True):
        chain[place + len(data) // _SECTOR - 1] = 0xFFFFFFFE
    for number in range(len(directory) // _SECTOR):
        chain.append(sectors + number + 1)
    chain[-1] = 0xFFFFFFFE
    tables = -(-(len(chain) + 4) // 128)
    first_table = len(chain)
    chain += [0xFFFFFFFD] * tables
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    listed = [first_table + n for n in range(tables)] + [0xFFFFFFFF] * (109 - tables)
    file.write_bytes(
        head
        + struct.pack("<109I", *listed)
        + b"".join(padded.values())
        + directory
        + struct.pack(f"<{len(chain)}I", *chain)
    )
    return file


def _entry(
    name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF, start: int, size: int
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text), kind, 1, 0xFFFFFFFF, right, child, 0, start, size
    )


def doc(file: Path, text: str, *, encrypted: bool = False) -> Path:
    """A Word 97 document of plain paragraphs (parted by "\\r")."""
    body = text.encode("utf-16-le")
    start = 1024
    clx = (
        b"\x02"
        + struct.pack("<I", 16)
        + struct.pack("<III", 0, len(text), 0)[:8]
        + struct.pack("<HIH", 0, start, 0)
    )
    head = bytearray(start)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<H", head, 32, 14)
    struct.pack_into("<H", head, 62, 22)
    struct.pack_into("<i", head, 76, len(text))
    struct.pack_into("<H", head, 152, 93)
    struct.pack_into("<II", head, 154 + 8 * 33, 0, len(clx))
    return ole(file, {"WordDocument": bytes(head) + body, "1Table": clx})


def xls(file: Path, rows: list[list[str | float]]) -> Path:
    """A workbook of one sheet; numbers are formatted as "0.0%"."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))

    cells = b""
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                cells += record(0x0204, struct.pack("<HHH", row, column, 0) + text)
            else:
                cells += record(0x0203, struct.pack("<HHHd", row, column, 1, value))
    sheet = begin(0x0010) + cells + record(0x000A, b"")
    font = record(0x0031, struct.pack("<HHHHHBBBxBB", 200, 0, 8, 400, 0, 0, 0, 0, 1, 0) + b"A")
    percent = record(0x041E, struct.pack("<HHB", 164, 4, 0) + b"0.0%")
    formats = b"".join(record(0x00E0, struct.pack("<HHH14x", 0, number, 0)) for number in (0, 164))
    name = "统计"
    at = len(begin(5)) + len(font) * 5 + len(percent) + len(formats) + 4 + 8 + 2 * len(name) + 4
    bound = record(0x0085, struct.pack("<IHBB", at, 0, len(name), 1) + name.encode("utf-16-le"))
    return ole(
        file, {"Workbook": begin(5) + font * 5 + percent + formats + bound + record(0x000A, b"") + sheet}
    )


def ppt(file: Path, slides: list[list[str]]) -> Path:
    """Slides without a table of places: each text an atom of its slide, the first of them its title."""

    def record(kind: int, data: bytes, flags: int = 0) -> bytes:
        return struct.pack("<HHI", flags, kind, len(data)) + data

    data = b""
    for texts in slides:
        atoms = b"".join(
            record(3999, struct.pack("<I", 0 if number == 0 else 1)) + record(4000, text.encode("utf-16-le"))
            for number, text in enumerate(texts)
        )
        data += record(1006, record(0xF00D, atoms, 0xF), 0xF)
    return ole(file, {"PowerPoint Document": data, "Current User": b""})
