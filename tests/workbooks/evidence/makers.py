"""Files as people and attackers make them, small and made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n9\n%%EOF\n"
)
TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORDS = '<?xml version="1.0"?><w:document><w:body>We cook together.</w:body></w:document>'


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (12, 90, 80)).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A photo with what a camera adds: its name and where it was."""
    exif = Image.Exif()
    exif[271] = "Secret Camera Works"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0)})
    return picture("JPEG", exif=exif, comment=b"taken in the garden")


def huge_header(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG that says it is enormous and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def document(parts: Iterable[tuple[str | zipfile.ZipInfo, bytes | str]] = (), types: str = TYPES) -> bytes:
    """A Word document with further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", WORDS)
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def symlink() -> zipfile.ZipInfo:
    """A part that points elsewhere on the disk."""
    entry = zipfile.ZipInfo("word/media/picture.png")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def laughs() -> str:
    """Entities that blow up when they are read."""
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{"".join(lines)}]><x>&l9;</x>'


def pdf_with(words: bytes) -> bytes:
    """A PDF with one more object."""
    return PDF.replace(b"trailer", b"4 0 obj" + words + b"endobj\ntrailer")


def packed_objects(words: bytes) -> bytes:
    """A PDF object stream that hides some words in packed data."""
    data = zlib.compress(words)
    return b"<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def archive(content: bytes = b"hello", name: str = "inner.txt") -> bytes:
    """A plain ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, content)
    return out.getvalue()
