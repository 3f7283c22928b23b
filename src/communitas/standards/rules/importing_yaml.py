"""An edition from YAML, schema 1: see docs/develop/edition-yaml.md."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from communitas.kit.tabular import Imported, Node, Problem, YamlReading, match_key
from communitas.standards.rules.edition import (
    CORE,
    THREE_MARKS,
    Criterion,
    Edition,
    Layer,
    Level,
    Mark,
    Scale,
    Section,
    Value,
)
from communitas.standards.rules.importing_values import LAYER_KINDS, LEVEL_REASON, code_key, read_level

T = TypeVar("T")

_EDITION: Final = {"schema", "title", "number", "summary", "scale", "values", "layers", "sections"}
_SECTION: Final = {"code", "title", "introduction", "standards", "criteria"}
_STANDARD: Final = {"title", "criteria"}
_TEXTS: Final = ("key", "guidance", "evidence", "references", "plain_text")
_CRITERION: Final = {"code", "statement", "level", "applies_to", "layer", *_TEXTS}


def edition_from_yaml(reading: YamlReading, *, file: str) -> Imported[Edition]:
    """A YAML file of schema 1 says everything about an edition; a name that the schema does not know is refused."""
    if reading.root is None:
        return Imported(None, reading.problems)
    tree = _Tree(file)
    edition = tree.edition(reading.root)
    return Imported(None if tree.problems else edition, tuple(tree.problems), (), edition)


@dataclass(slots=True)
class _Tree:
    file: str
    problems: list[Problem] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)

    def edition(self, root: Node) -> Edition:
        self._names(root, _EDITION, needed=("schema", "title", "number", "sections"))
        if (schema := self._text(root, "schema")) not in {"", "1"}:
            self._problem(root, "schema", f"Only schema 1 is known, not {schema}.")
        for layer in self._list(root, "layers", self._layer):
            self.layers[layer.code] = layer
        if not self.layers:
            self.layers[CORE.code] = CORE
        sections = tuple(self._list(root, "sections", self._section))
        if not self.codes and not self.problems:
            self._problem(root, "sections", "There is no criterion.")
        return Edition(
            title=self._text(root, "title"),
            number=self._number(root, "number", least=1) or 1,
            sections=sections,
            scale=self._scale(root),
            values=tuple(self._list(root, "values", self._value)),
            layers=tuple(self.layers.values()),
            summary=self._text(root, "summary"),
        )

    def _scale(self, root: Node) -> Scale:
        marks = list(self._list(root, "scale", self._mark))
        if not marks:
            return THREE_MARKS
        values = sorted((mark.value for mark in marks), reverse=True)
        if len(set(values)) != len(values) or len(values) < 2 or values[-1] != 0:
            self._problem(root, "scale", "A scale has at least two different marks and begins at 0.")
        return Scale(tuple(sorted(marks, key=lambda mark: -mark.value)))

    def _mark(self, node: Node) -> Mark:
        self._names(node, {"value", "word"}, needed=("value", "word"))
        return Mark(self._number(node, "value", least=0) or 0, self._text(node, "word"))

    def _value(self, node: Node) -> Value:
        self._names(node, {"title", "text"}, needed=("title",))
        return Value(self._text(node, "title"), self._text(node, "text"))

    def _layer(self, node: Node) -> Layer:
        self._names(node, {"code", "title", "kind", "applies_to"}, needed=("code", "title"))
        kind = self._text(node, "kind") or "core"
        if kind not in LAYER_KINDS:
            self._problem(node, "kind", "A layer is core, supplement or module.")
        if self._text(node, "code") in self.layers:
            self._problem(node, "code", "This layer stands twice.")
        return Layer(self._text(node, "code"), self._text(node, "title"), kind, self._texts(node, "applies_to"))

    def _section(self, node: Node) -> Section:
        self._names(node, _SECTION, needed=("title",))
        self._once(node, "title", match_key(self._text(node, "title")), self.titles)
        criteria = [*self._list(node, "criteria", lambda child: self._criterion(child, ""))]
        for standard in self._list(node, "standards", self._standard):
            criteria += standard
        return Section(
            self._text(node, "title"),
            tuple(criteria),
            code=self._text(node, "code"),
            introduction=self._text(node, "introduction"),
        )

    def _standard(self, node: Node) -> list[Criterion]:
        self._names(node, _STANDARD, needed=("criteria",))
        title = self._text(node, "title")
        return list(self._list(node, "criteria", lambda child: self._criterion(child, title)))

    def _criterion(self, node: Node, standard: str) -> Criterion:
        self._names(node, _CRITERION, needed=("code", "statement", "level"))
        code, key = self._text(node, "code"), self._text(node, "key")
        self._once(node, "code", code_key(code), self.codes)
        self._once(node, "key", key, self.keys)
        level = read_level(self._text(node, "level"))
        if level is None and self._text(node, "level"):
            self._problem(node, "level", LEVEL_REASON)
        layer = self._text(node, "layer") or next(iter(self.layers))
        if layer not in self.layers:
            self._problem(node, "layer", "This layer is not among the layers of the edition.")
        return Criterion(
            code=code,
            statement=self._text(node, "statement"),
            level=level or Level.ESSENTIAL,  # a problem stands already where it is missing
            standard=standard,
            applies_to=self._texts(node, "applies_to"),
            layer=layer,
            **{name: self._text(node, name) for name in _TEXTS},
        )

    def _names(self, node: Node, known: Collection[str], *, needed: Collection[str]) -> None:
        if not isinstance(node.value, dict):
            self.problems.append(Problem(self.file, "Names with values are expected here.", row=node.line))
            return
        for name, child in node.value.items():
            if name not in known:
                reason = f"The schema does not know '{name}' here."
                self.problems.append(Problem(self.file, reason, row=child.line, column=name))
        for name in needed:
            if name not in node.value or node.value[name].value is None:
                self.problems.append(Problem(self.file, f"'{name}' is missing.", row=node.line, column=name))

    def _text(self, node: Node, name: str) -> str:
        child = node.mapping().get(name)
        if child is None or child.value is None:
            return ""
        if not isinstance(child.value, str):
            self._problem(node, name, "One text is expected here.")
        return child.text()

    def _texts(self, node: Node, name: str) -> tuple[str, ...]:
        child = node.mapping().get(name)
        return tuple(part.text() for part in child.items() if part.text()) if child else ()

    def _number(self, node: Node, name: str, *, least: int) -> int | None:
        text = self._text(node, name)
        if text.isdecimal() and len(text) <= 4 and int(text) >= least:
            return int(text)
        if text:
            self._problem(node, name, f"A whole number from {least} is expected here.")
        return None

    def _list(self, node: Node, name: str, read: Callable[[Node], T]) -> Iterator[T]:
        child = node.mapping().get(name)
        for part in child.items() if child else ():
            yield read(part)

    def _once(self, node: Node, name: str, key: str, seen: dict[str, int]) -> None:
        if key:
            first = seen.setdefault(key, node.line)
            if first != node.line:
                self._problem(node, name, f"The same {name} stands in line {first} too.")

    def _problem(self, node: Node, name: str, reason: str) -> None:
        child = node.mapping().get(name)
        text = child.text() if child else ""
        line = child.line if child else node.line
        self.problems.append(Problem(self.file, reason, row=line, column=name, value=text))
