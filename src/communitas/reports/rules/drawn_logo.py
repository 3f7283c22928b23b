"""A logo as SVG: read strictly, and written anew from what is known to be harmless."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

SVG: Final = "http://www.w3.org/2000/svg"
LOGO_START: Final = b"<svg "  # how every logo begins that was written here
BYTES: Final = 200_000
ELEMENTS: Final = 5_000
DEPTH: Final = 40
MOST: Final = 100_000  # units of a side
UNREADABLE: Final = "This file is no SVG that we can read."
_GROUPS: Final = ("svg", "g", "defs", "clipPath", "linearGradient", "radialGradient", "stop")
SHAPES: Final = frozenset((*_GROUPS, "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
SILENT: Final = frozenset({"title", "desc", "metadata"})  # left out: nothing of them is drawn
_SIZE: Final = frozenset({"x", "y", "width", "height"})  # of the whole: where it is shown says how large
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"{_NUMBER}(?:px|pt|pc|mm|cm|in|em|%)?")
_NUMBERS = re.compile(r"[-+.,\d\seE]*")
_PATH = re.compile(r"[-+.,\d\seEMmZzLlHhVvCcSsQqTtAa]*")
_MOVE = re.compile(r"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+.,\d\seE]*\)[\s,]*)*")
_OWN = r"url\(#[A-Za-z_][\w.-]*\)"
_COLOUR = re.compile(rf"#[0-9a-fA-F]{{3,8}}|[A-Za-z]+|rgba?\([\d.,%\s]*\)|{_OWN}")
_WORD = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)?")
_KINDS: Final = {
    _LENGTH: "x y width height rx ry cx cy r x1 y1 x2 y2 fx fy offset opacity fill-opacity stroke-opacity stop-opacity "
    "stroke-width stroke-miterlimit stroke-dashoffset",
    _NUMBERS: "viewBox points",
    re.compile(r"none|[-+.,\d\seE]*"): "stroke-dasharray",
    _PATH: "d",
    _MOVE: "transform gradientTransform",
    _COLOUR: "fill stroke stop-color color",
    re.compile(rf"none|{_OWN}"): "clip-path",
    re.compile(r"[A-Za-z_][\w.-]*"): "id",
    re.compile(r"#[A-Za-z_][\w.-]*"): "href",  # of a gradient to another one of the same drawing
    _WORD: "fill-rule clip-rule stroke-linecap stroke-linejoin gradientUnits clipPathUnits spreadMethod "
    "preserveAspectRatio display visibility",
}
ATTRIBUTES: Final = {name: kind for kind, names in _KINDS.items() for name in names.split()}
# What a style may say is what an attribute of the same name may.
_STYLED: Final = frozenset(name for name in ATTRIBUTES if name not in {"id", "d", "href", "points", "viewBox"})


@rule
def refuse_drawn_logo(why: str) -> None:
    """A logo as SVG is made of shapes alone: no scripts, links, pictures, letters, or styles that stand apart."""
    if why:
        raise NotAllowed(f"{sentence(refuse_drawn_logo)} {why}")


def clean_logo(content: bytes) -> bytes:
    """The drawing written anew with nothing but known elements and attributes; NotAllowed says what is in the way."""
    refuse_drawn_logo("" if len(content) <= BYTES else "The file is too large: at most 200 kB.")
    root = _read(content)
    refuse_drawn_logo("" if root.tag == f"{{{SVG}}}svg" else UNREADABLE)
    refuse_drawn_logo("" if _has_size(root.get("viewBox", "")) else "It does not say its size in a viewBox.")
    count = sum(1 for _ in root.iter())
    refuse_drawn_logo("" if count <= ELEMENTS else f"It has too many parts: at most {ELEMENTS:,}.")
    return "".join(_written(root, 0)).encode()


def _has_size(box: str) -> bool:
    numbers = box.replace(",", " ").split()
    return (
        len(numbers) == 4
        and all(re.fullmatch(_NUMBER, number) for number in numbers)
        and all(1 <= float(side) <= MOST for side in numbers[2:])
    )


def is_drawn(logo: bytes) -> bool:
    """Whether a kept logo is an SVG that was written here; else it is a PNG."""
    return logo.startswith(LOGO_START)


def _read(content: bytes) -> Element:
    try:
        return fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        refuse_drawn_logo(UNREADABLE)
        raise


def _written(element: Element, depth: int) -> Iterator[str]:
    namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
    if namespace != SVG or name in SILENT:
        return  # a drawing program's own notes
    refuse_drawn_logo("" if name in SHAPES else f"It holds '{name[:40]}'. Please save it with everything as paths.")
    refuse_drawn_logo("" if depth <= DEPTH else "Its parts lie too deep in each other.")
    opening = f'<{name} xmlns="{SVG}"' if depth == 0 else f"<{name}"
    yield opening + "".join(f" {key}={quoteattr(value)}" for key, value in _kept(element)) + ">"
    for child in element:
        yield from _written(child, depth + 1)
    yield f"</{name}>"


def _kept(element: Element) -> Iterator[tuple[str, str]]:
    """The attributes that are known, a style taken apart into them; a known one that says something else is refused."""
    found = {
        str(key).rpartition("}")[2] if str(key).endswith("}href") else str(key): str(value)
        for key, value in element.attrib.items()
    }
    styled = (part.partition(":") for part in found.pop("style", "").split(";"))
    found |= {key.strip(): value.strip() for key, _colon, value in styled if key.strip() in _STYLED}
    for key, value in found.items():
        if (kind := ATTRIBUTES.get(key)) is None or (element.tag == f"{{{SVG}}}svg" and key in _SIZE):
            continue  # names of layers, classes without a style, and what listens to events
        value = value.strip()
        said = f"'{key}' says '{value[:40]}', which we do not know."
        refuse_drawn_logo("" if kind.fullmatch(value) else said)
        yield key, value
