"""The pen that all charts share: escaping, classes with their print colours, wrapping of labels, the scale."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from unicodedata import bidirectional
from xml.sax.saxutils import escape, quoteattr

FONT: Final = "Atkinson Hyperlegible"
NARROW: Final = 340
INK, SOFT, LINE = "#1b2a28", "#4a5955", "#d9cfbd"
SPRUCE, WASH, APRICOT, PAPER = "#1d5148", "#cfdcd7", "#98420c", "#ffffff"
MET, PARTLY, UNMET, NA = "#14605a", "#a06a08", "#9a2d1b", "#6c746f"

# What each class looks like in print. The page's stylesheet names the same classes.
PRINT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "c-label": f'fill="{INK}" font-size="15"',
        "c-value": f'fill="{INK}" font-size="15" font-weight="700"',
        "c-soft": f'fill="{SOFT}" font-size="13"',
        "c-grid": f'stroke="{LINE}" stroke-width="1"',
        "c-band": f'fill="{WASH}"',
        "c-median": f'stroke="{SPRUCE}" stroke-width="2.5"',
        "c-own": f'fill="{APRICOT}"',
        "c-path": f'stroke="{APRICOT}" stroke-width="2" fill="none"',
        "c-last": f'fill="{PAPER}" stroke="{APRICOT}" stroke-width="2"',
        "c-agreed": f'fill="{SPRUCE}"',
        "c-self": f'fill="{PAPER}" stroke="{SPRUCE}" stroke-width="2"',
        "c-join": f'stroke="{SPRUCE}" stroke-width="2" fill="none"',
        "c-bar": f'fill="{SPRUCE}"',
        "c-track": f'fill="{WASH}"',
        "c-range": f'stroke="{INK}" stroke-width="1.5"',
        "c-met": f'fill="{MET}" stroke="{MET}" stroke-width="1.5"',
        "c-partly": f'fill="{PARTLY}"',
        "c-partly-edge": f'fill="{PAPER}" stroke="{PARTLY}" stroke-width="1.5"',
        "c-unmet": f'fill="{PAPER}" stroke="{UNMET}" stroke-width="1.5"',
        "c-na": f'stroke="{NA}" stroke-width="2"',
        "c-bin": f'fill="{WASH}" stroke="{SPRUCE}" stroke-width="1"',
        "c-halo": f'fill="{PAPER}" stroke="{PAPER}" stroke-width="5" font-size="15" font-weight="700"',
        "c-area": f'fill="{WASH}" fill-opacity="0.55"',
        "c-limit": f'stroke="{SPRUCE}" stroke-width="2" fill="none"',
        "c-outer": f'stroke="{SPRUCE}" stroke-width="1.5" stroke-dasharray="6 4" fill="none"',
        "c-break": f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="2 4"',
    }
)


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in its four forms: the drawing for wide and for narrow screens, the sentence and the table."""

    svg: str
    narrow: str
    title: str
    sentence: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def both(self) -> str:
        """Both drawings for a page; the stylesheet shows the one that fits."""
        return self.svg + self.narrow

    @property
    def file(self) -> bytes:
        """The wide drawing as a file of its own: on white paper, named, and as large as it was drawn."""
        width, height = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', self.svg).groups()  # type: ignore[union-attr]
        opening, inner = self.svg.split(">", 1)
        named = f"<title>{escape(self.title)}</title><desc>{escape(self.sentence)}</desc>"
        paper = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
        whole = f'{opening} width="{width}" height="{height}">{named}{paper}{inner}'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()

    @property
    def address(self) -> str:
        """The file as an address that holds it whole: for pages that have none of their own for each drawing."""
        return f"data:image/svg+xml;base64,{b64encode(self.file).decode()}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand: names in a column at the left, or above their row when the drawing is narrow."""

    width: float
    left: float  # where the scale begins
    right: float  # where it ends
    narrow: bool
    letters: int  # that fit on one line of a label

    def x(self, percent: float) -> float:
        """The place of a percentage on the scale."""
        return self.left + (self.right - self.left) * min(max(percent, 0), 100) / 100


def wide(right: float = 78, left: float = 216) -> Frame:
    """The frame for a page of print or a wide screen; `left` is for labels, `right` is kept free for values."""
    return Frame(680, left, 680 - right, False, int(left / 8))


def narrow(right: float = 62) -> Frame:
    """The frame for a telephone: labels stand above."""
    return Frame(NARROW, 12, NARROW - right, True, 38)


class Pen:
    """Collects the parts of one drawing. Every text is escaped here and nowhere else."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A straight line."""
        self.parts.append(f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" {_look(look)}/>')

    def rect(self, x: float, y: float, width: float, height: float, look: str, rx: float = 0) -> None:
        """A rectangle, with round corners where `rx` says so."""
        size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        self.parts.append(f'<rect {size} rx="{_n(rx)}" {_look(look)}/>')

    def circle(self, x: float, y: float, radius: float, look: str) -> None:
        """A circle around x, y."""
        self.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_look(look)}/>')

    def path(self, d: str, look: str) -> None:
        """A path; `d` is made of numbers and letters of ours alone."""
        self.parts.append(f'<path d="{d}" {_look(look)}/>')

    def text(self, x: float, y: float, words: str, look: str, anchor: str = "start") -> None:
        """A line of text on the baseline y."""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        if any(bidirectional(letter) in ("R", "AL") for letter in words):
            place += ' unicode-bidi="plaintext"'  # such words keep their own order between ours
        self.parts.append(f'<text x="{_n(x)}" y="{_n(y)}"{place} {_look(look)}>{escape(words)}</text>')

    def value(self, x: float, y: float, words: str, anchor: str = "start") -> None:
        """A figure that stands among lines: they end around it."""
        self.text(x, y, words, "c-halo", anchor)
        self.text(x, y, words, "c-value", anchor)

    def mark(self, x: float, y: float, kind: str, radius: float = 6) -> None:
        """One of the four marks: full, half, open circle, or a dash."""
        if kind == "met":
            self.circle(x, y, radius, "c-met")
        elif kind == "partly":
            self.circle(x, y, radius, "c-partly-edge")
            self.path(f"M{_n(x)} {_n(y - radius)}a{_n(radius)} {_n(radius)} 0 0 1 0 {_n(2 * radius)}z", "c-partly")
        elif kind == "unmet":
            self.circle(x, y, radius, "c-unmet")
        else:
            self.line(x - radius, y, x + radius, y, "c-na")

    def done(self, width: float, height: float, title: str, sentence: str) -> str:
        """The whole drawing; its name for screen readers is the title and the sentence."""
        shape = "wide" if width > NARROW else "narrow"
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" class="drawing {shape}" '
            f'role="img" direction="ltr" font-family={quoteattr(FONT)} aria-label={quoteattr(f"{title}. {sentence}")}>'
        )
        return opening + "".join(self.parts) + "</svg>"


def lines_of(label: str, letters: int, most: int = 2) -> list[str]:
    """The label in at most `most` lines of about `letters` letters; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in label.split():
        piece = word if len(word) <= letters else word[: letters - 1] + "…"
        if lines[-1] and len(lines[-1]) + 1 + len(piece) > letters:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: letters - 1].rstrip(" ,.;") + "…"
    return lines


def label(pen: Pen, frame: Frame, top: float, middle: float, words: Sequence[str]) -> None:
    """A row's name: beside the row and centred on it, or above it when narrow."""
    for index, line in enumerate(words):
        if frame.narrow:
            pen.text(frame.left, top + 14 + 18 * index, line, "c-label")
        else:
            pen.text(0, middle + 5 + 18 * (index - (len(words) - 1) / 2), line, "c-label")


def row_height(frame: Frame, words: Sequence[str], least: float) -> float:
    """How much room a row takes with its name."""
    return 18 * len(words) + 8 + least if frame.narrow else max(least, 18 * len(words) + 10)


def scale(pen: Pen, frame: Frame, top: float, bottom: float) -> None:
    """The lines at 0, 25, 50, 75 and 100 per cent, with their numbers above."""
    for percent in (0, 25, 50, 75, 100):
        x = frame.x(percent)
        pen.line(x, top, x, bottom, "c-grid")
        anchor = "start" if frame.narrow and percent == 0 else "middle"
        pen.text(x, top - 7, "100%" if percent == 100 else str(percent), "c-soft", anchor)


def legend(pen: Pen, frame: Frame, entries: Iterable[tuple[str, str]], top: float) -> float:
    """The key, drawn with the same shapes as the chart; returns where the drawing may go on."""
    x, y = 10.0, top + 10
    for shape, words in entries:
        room = 30 + 7.2 * len(words)
        if x > 10 and x + room > frame.width:
            x, y = 10.0, y + 22
        _sample(pen, x, y, shape)
        pen.text(x + 15, y + 4.5, words, "c-soft")
        x += room + 12
    return y + 20


def _sample(pen: Pen, x: float, y: float, shape: str) -> None:
    if shape in ("c-band", "c-bin"):
        pen.rect(x - 9, y - 7, 18, 14, shape, 3)
    elif shape == "c-median":
        pen.line(x, y - 8, x, y + 8, shape)
    elif shape in ("c-range", "c-limit", "c-outer"):
        pen.line(x - 9, y, x + 9, y, shape)
    elif shape == "level":
        pen.line(x - 9, y, x + 9, y, "c-median")
    elif shape == "c-break":
        pen.line(x, y - 8, x, y + 8, shape)
    elif shape == "c-bar":
        pen.rect(x - 5.5, y - 5.5, 11, 11, shape, 1)
    elif shape == "arrow":
        pen.path(f"M{_n(x + 7)} {_n(y)}l-12 -7v14z", "c-own")
    elif shape in ("met", "partly", "unmet", "na"):
        pen.mark(x, y, shape)
    else:
        pen.circle(x, y, 6 if shape in ("c-last", "c-self") else 7, shape)


def percent_words(value: float | None) -> str:
    """'81%', or a dash where there is no figure."""
    return "–" if value is None else f"{int(value + 0.5)}%"


def _look(name: str) -> str:
    return f'class="{name}" {PRINT[name]}'


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
