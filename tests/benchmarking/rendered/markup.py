"""What a reader finds in a page or a drawing: its tables, its drawings, and every other string, hidden ones too."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHAPES = {"line", "rect", "circle", "path"}
# Attributes that say where something is, how it looks, or what is sent on; a reader learns nothing of others from them.
MECHANICS = re.compile(
    r"(id|href|src|action|class|style|for|name|value|method|type|role|lang|dir|rel|scope|tabindex|xmlns|viewbox|"
    r"x|y|x1|x2|y1|y2|cx|cy|r|rx|d|width|height|fill|stroke|fill-opacity|stroke-width|stroke-dasharray|font-size|"
    r"font-weight|font-family|text-anchor|direction|unicode-bidi|colspan|aria-labelledby|aria-describedby|"
    r"aria-controls|autocomplete|download|data-label|data-key|data-turbo|data-url|hx-.*)"
)


@dataclass
class Node:
    """One element with what is in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: "list[Node | str]" = field(default_factory=list)

    def every(self, *tags: str) -> "Iterator[Node]":
        """All elements of these names within, in order, itself included."""
        if self.tag in tags:
            yield self
        for each in self.inside:
            if isinstance(each, Node):
                yield from each.every(*tags)

    def parts(self) -> Iterator[str]:
        """The texts within, one for each run of letters."""
        for each in self.inside:
            if isinstance(each, Node):
                yield from each.parts()
            elif words := " ".join(each.split()):
                yield words

    @property
    def text(self) -> str:
        """All texts within, a bar between those of different elements."""
        return " | ".join(self.parts())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("#")]
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in {each.tag for each in self.open[1:]}:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@dataclass(frozen=True)
class Table:
    """A table as it is read; the cells of a row begin with its name."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """One drawing: what it is called, all its words, and how long its bars are on its own scale, top down."""

    called: str
    words: tuple[str, ...]
    bars: tuple[float, ...]
    table: Table | None  # that stands with it in its figure


@dataclass(frozen=True)
class Sheet:
    """A page or a drawing taken apart."""

    tables: tuple[Table, ...]
    drawings: tuple[Drawing, ...]
    sentences: tuple[str, ...]


def take_apart(page: str) -> Sheet:
    """Everything that a page shows or hides; drawings in addresses are opened too."""
    builder = _Builder()
    builder.feed(page)
    root = builder.open[0]
    whole = next(root.every("main"), root)
    drawn = [*_drawn(whole, builder.comments)]
    beside = {id(each): figure for figure in whole.every("figure") for each in _all(figure)}
    drawings = []
    for svg, place in drawn:
        tables = [*beside[id(place)].every("table")] if id(place) in beside else []
        drawings.append(_drawing(svg, _table(tables[0]) if tables else None))
    return Sheet(
        tuple(map(_table, whole.every("table"))),
        tuple(drawings),
        (*_sentences(whole), *builder.comments, *_scripts(root), *_hidden_in([svg for svg, _ in drawn])),
    )


def _drawn(whole: Node, comments: list[str]) -> Iterator[tuple[Node, Node]]:
    """Every drawing, in the page or in an address of it, with the element where it was found."""
    for svg in whole.every("svg"):
        if list(svg.every("text")):
            yield svg, svg
    for link in whole.every("a", "img", "object"):
        address = link.attributes.get("href") or link.attributes.get("src") or ""
        if address.startswith("data:image/svg+xml"):
            kind, _comma, held = address.partition(",")
            opened = _Builder()
            opened.feed(base64.b64decode(held).decode() if kind.endswith("base64") else unquote(held))
            comments += opened.comments
            for svg in opened.open[0].every("svg"):
                yield svg, link


def words_of(page: str) -> Iterator[str]:
    """Every text of a page, those of its drawings too."""
    builder = _Builder()
    builder.feed(page)
    for node in builder.open[0].every("main"):
        yield from node.parts()


def _table(node: Node) -> Table:
    rows = [tuple(cell.text for cell in row.every("th", "td")) for row in node.every("tr")]
    caption = next((each.text for each in node.every("caption")), "")
    return Table(caption, rows[0], tuple(rows[1:]))


def _drawing(node: Node, table: Table | None) -> Drawing:
    lines = [each.attributes for each in node.every("line") if each.attributes.get("class") == "c-grid"]
    places = sorted({float(line["x1"]) for line in lines if line["x1"] == line["x2"]})
    bars = []
    if len(places) > 1:
        left, right = places[0], places[-1]
        for each in node.every("rect"):
            if each.attributes.get("class") == "c-bar" and abs(float(each.attributes["x"]) - left) < 0.11:
                bars.append(100 * float(each.attributes["width"]) / (right - left))
    named = [each.text for each in node.every("title", "desc")]
    words = (*(each.text for each in node.every("text")), *named)
    return Drawing(node.attributes.get("aria-label", ""), words, tuple(bars), table)


def _sentences(node: Node) -> Iterator[str]:
    """Texts outside of tables and drawings by paragraph, and every attribute that is more than mechanics."""
    yield from _told_in_attributes(node)
    if node.tag in {"table", "script", "style"} or (node.tag == "svg" and list(node.every("text"))):
        for each in node.every(*{inner.tag for inner in _all(node)}):
            if each is not node:
                yield from _told_in_attributes(each)
        return
    if node.tag == "p" or any(isinstance(each, str) and each.strip() for each in node.inside):
        if words := " ".join(node.parts()):
            yield words
        for inner in _all(node):
            if inner is not node:
                yield from _told_in_attributes(inner)
        return
    for child in node.inside:
        if isinstance(child, Node):
            yield from _sentences(child)


def _hidden_in(drawn: list[Node]) -> Iterator[str]:
    for node in drawn:
        for each in _all(node):
            yield from (words for words in _told_in_attributes(each) if words != node.attributes.get("aria-label"))


def _told_in_attributes(node: Node) -> Iterator[str]:
    for name, value in node.attributes.items():
        if value.strip() and not MECHANICS.fullmatch(name):
            yield value


def _scripts(root: Node) -> Iterator[str]:
    """Data for scripts stands in the page for everybody to read."""
    for each in root.every("script"):
        if "json" in each.attributes.get("type", ""):
            yield from each.parts()


def _all(node: Node) -> Iterator[Node]:
    yield node
    for each in node.inside:
        if isinstance(each, Node):
            yield from _all(each)
