"""Pictures: whole, of a bearable size, nothing hidden in them; and a copy drawn anew, without what a camera adds."""

import struct
from io import BytesIO
from typing import Final

from communitas.kit.inspection.documents import DAMAGED, TWO_FILES, holds_archive
from communitas.kit.inspection.kinds import PAGE_WORDS

PIXELS: Final = 25_000_000
SEE_THROUGH_PIXELS: Final = 16_000_000  # these and WebP take twice the memory to draw anew
WEBP_PIXELS: Final = 12_000_000
SIDE: Final = 3_000  # pixels of the longer side of the copy that is shown
TOO_MANY_PIXELS: Final = (
    "The picture has too many pixels: at most 25 million, as WebP 12 million. Make it smaller, or send it as JPEG."
)
_FORMATS: Final = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}


class Refused(ValueError):
    """A picture that is not taken; `str()` is the sentence."""


def refuse_picture(content: bytes, kind: str) -> str:
    """Why a picture is not taken, or '': asked of its outer form alone, before anything is decoded."""
    if holds_archive(content) or PAGE_WORDS.search(content) or b"%PDF-" in content[:1024] + content[-1024:]:
        return TWO_FILES
    if kind == "png":
        return _refuse_png(content)
    if kind == "webp":
        more = len(content) - int.from_bytes(content[4:8], "little") - 8
        return DAMAGED if more < 0 else TWO_FILES if more > 1 else ""
    if kind == "gif":
        return "" if content.rstrip(b"\x00").endswith(b"\x3b") else TWO_FILES
    return "" if b"\xff\xd9" in content else DAMAGED


def shown_copy(content: bytes, kind: str) -> tuple[str, bytes]:
    """The picture drawn anew, as PNG where it was one or is see-through, else as JPEG; Refused with a sentence."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as opened:
            most = WEBP_PIXELS if kind == "webp" else PIXELS
            if opened.width * opened.height > (SEE_THROUGH_PIXELS if _mode(opened) == "RGBA" else most):
                raise Refused(TOO_MANY_PIXELS)
            opened.draft("RGB", (SIDE, SIDE))
            opened.load()
            picture = opened if opened.mode in {"RGB", "RGBA", "L"} else opened.convert(_mode(opened))
            picture.thumbnail((SIDE, SIDE), reducing_gap=2.0)
            picture = ImageOps.exif_transpose(picture)
            drawn = Image.new(picture.mode, picture.size)  # the pixels alone: no EXIF, profile, text or thumbnail
            drawn.paste(picture)
            out, clear = BytesIO(), drawn.mode == "RGBA"
            if kind == "png" or clear:
                drawn.save(out, "PNG", compress_level=4)
                return "png", out.getvalue()
            drawn.save(out, "JPEG", quality=85)
            return "jpeg", out.getvalue()
    except Refused:
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, struct.error, EOFError, IndexError, ValueError) as broken:
        raise Refused(DAMAGED) from broken


def _mode(picture: object) -> str:
    mode, info = getattr(picture, "mode", ""), getattr(picture, "info", {})
    return "RGBA" if mode in {"RGBA", "LA", "PA", "RGBa"} or "transparency" in info else "RGB"


def _refuse_png(content: bytes) -> str:
    """Chunk by chunk to the end; the size is read from the header."""
    place = 8
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        if name == b"IHDR" and place + 16 <= len(content):
            width, height = struct.unpack(">II", content[place + 8 : place + 16])
            if width * height > PIXELS:
                return TOO_MANY_PIXELS
        place += 12 + size
        if name == b"IEND":
            return "" if place == len(content) else TWO_FILES
    return DAMAGED
