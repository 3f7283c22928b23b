"""Kinds of files and their first bytes."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name in code, media type, ending and the word that people know it by."""

    name: str
    media_type: str
    ending: str
    word: str
    is_picture: bool = False


_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument"
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind("pdf", "application/pdf", ".pdf", "PDF"),
        Kind("png", "image/png", ".png", "picture", is_picture=True),
        Kind("jpeg", "image/jpeg", ".jpg", "picture", is_picture=True),
        Kind("webp", "image/webp", ".webp", "picture", is_picture=True),
        Kind("gif", "image/gif", ".gif", "picture", is_picture=True),
        Kind("docx", f"{_OPEN_XML}.wordprocessingml.document", ".docx", "Word document"),
        Kind("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", ".xlsx", "Excel workbook"),
        Kind("pptx", f"{_OPEN_XML}.presentationml.presentation", ".pptx", "PowerPoint slides"),
        Kind("odt", f"{_OPEN_DOCUMENT}.text", ".odt", "text document"),
        Kind("ods", f"{_OPEN_DOCUMENT}.spreadsheet", ".ods", "spreadsheet"),
        Kind("odp", f"{_OPEN_DOCUMENT}.presentation", ".odp", "slides"),
        Kind("text", "text/plain", ".txt", "plain text"),
    )
}
PACKED: Final = "packed"  # a ZIP archive: what stands in it tells which document it is

_HEADS: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"PK\x03\x04", PACKED),
)
_REFUSED: Final = (
    (
        re.compile(rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|avi[fs])", re.DOTALL),
        "This is a HEIC photo, which many computers cannot show. Send it as JPEG: on an iPhone choose Settings, "
        "Camera, Formats, 'Most Compatible', or take a screenshot of the photo.",
    ),
    (
        re.compile(
            rb"....ftyp|ID3|\xff[\xfb\xf3\xf2\xf1\xf9]|OggS|fLaC|\x1aE\xdf\xa3|RIFF....(?:WAVE|AVI )", re.DOTALL
        ),
        "Sound and video are not taken: voices and faces give people away. Describe what they show, or add a link.",
    ),
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "This is an old Office file, which may hold macros. Save it as DOCX, XLSX, PPTX or PDF and try again.",
    ),
    (
        re.compile(rb"7z\xbc\xaf|Rar!|\x1f\x8b|BZh|\xfd7zXZ|MSCF"),
        "This is a packed archive. Unpack it and add the files one by one.",
    ),
    (
        re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!|\xcf\xfa\xed\xfe"),
        "This is a program, not a document.",
    ),
)
# What a browser takes for a page at the start of a file; and words too long to stand in packed data by chance.
MARKUP: Final = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|img|\?xml|\?php|style|form|base)\b",
    re.IGNORECASE,
)
PAGE_WORDS: Final = re.compile(rb"<\s*(?:!doctype\s+html|html[\s>]|script[\s>]|\?php\s|svg\s+[a-z])", re.IGNORECASE)
WEB_PAGE: Final = "This is a web page or a drawing with code in it. Save it as PDF, PNG or JPEG and try again."
UNKNOWN: Final = "This kind of file is not taken. Save it as PDF, and try again."
EMPTY: Final = "The file is empty."


def kind_of(head: bytes) -> tuple[str, str]:
    """The kind that the first kilobyte shows and '', or '' and the sentence why no such file is taken.

    `packed` stands for any ZIP archive and `text` for whatever shows no other kind: both need another look.
    """
    if not head:
        return "", EMPTY
    for start, name in _HEADS:
        if head.startswith(start):
            return name, ""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp", ""
    for pattern, why in _REFUSED:
        if pattern.match(head):
            return "", why
    if MARKUP.match(head.lstrip(b"\xef\xbb\xbf \t\r\n\x0c")):
        return "", WEB_PAGE
    return "text", ""
