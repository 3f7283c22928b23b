"""YAML as a tree whose every value knows its line, within limits; nothing in it can name a class to build."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from communitas.kit.tabular.cells import tidy
from communitas.kit.tabular.limits import UPLOAD, Limits, refuse_size
from communitas.kit.tabular.problems import Problem

_DEEPEST: Final = 20
_MOST: Final = 500_000
_EMPTY: Final = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file and the line on which it begins (from 1).

    A scalar is always text as it was typed, so that a code such as 3.10 keeps its zero; None when empty.
    """

    value: "str | tuple[Node, ...] | dict[str, Node] | None"
    line: int

    def text(self) -> str:
        """The text of a scalar; empty when there is none or when it is a list or a mapping."""
        return self.value if isinstance(self.value, str) else ""

    def items(self) -> "tuple[Node, ...]":
        """The parts of a list; a single value counts as a list of one, nothing as an empty one."""
        if isinstance(self.value, tuple):
            return self.value
        return () if self.value is None else (self,)

    def mapping(self) -> "Mapping[str, Node]":
        """The parts of a mapping by name; empty when it is none."""
        return self.value if isinstance(self.value, dict) else {}


@dataclass(frozen=True, slots=True)
class YamlReading:
    """A YAML file as it was read; `root` is None when a problem makes it unusable."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def read_yaml(content: bytes, *, file: str, limits: Limits = UPLOAD) -> YamlReading:
    """The one document of a YAML file. Anchors, tags, repeated names and deep nesting are refused."""
    reason = refuse_size(content, limits)
    if reason:
        return YamlReading(None, (Problem(file, reason),))
    import yaml

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return YamlReading(None, (Problem(file, "A YAML file must be written in UTF-8."),))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    problems: list[Problem] = []
    try:
        # Events come one by one, without recursion: depth and size are known before anything is built.
        refused = _too_much(yaml.parse(text, Loader=loader), file)
        if refused:
            return YamlReading(None, (refused,))
        tree = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else None
        return YamlReading(None, (Problem(file, f"This is not valid YAML: {words}.", row=line),))
    if tree is None:
        return YamlReading(None, (Problem(file, "The file is empty."),))
    root = _node(tree, file, problems)
    return YamlReading(None if problems else root, tuple(problems))


def dump_yaml(data: Mapping[str, Any]) -> bytes:
    """Plain data as YAML: names in the order given, long text readable, no line folded."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """A dumper of our own, so that its way with long text stays ours."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(str, _text_node)
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=4096)
    return str(text).encode()


def _text_node(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _too_much(events: Iterator[Any], file: str) -> Problem | None:
    import yaml

    depth = documents = 0
    for count, event in enumerate(events):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return Problem(file, "Anchors and aliases (& and *) are not read: write the value out.", row=line)
        if str(getattr(event, "tag", None) or "!").startswith("tag:yaml.org,2002:python"):
            return Problem(file, "Tags (!!) are not read: write the plain value.", row=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > _DEEPEST or count > _MOST or documents > 1:
            return Problem(file, "The file is nested too deeply, too long, or holds several documents.", row=line)
    return None


def _node(tree: Any, file: str, problems: list[Problem]) -> Node:
    import yaml

    line = tree.start_mark.line + 1
    if isinstance(tree, yaml.ScalarNode):
        plain = not tree.style and tree.value in _EMPTY
        return Node(None if plain else tidy(tree.value) or None, line)
    if isinstance(tree, yaml.SequenceNode):
        return Node(tuple(_node(child, file, problems) for child in tree.value), line)
    parts: dict[str, Node] = {}
    for key, child in tree.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name or name in parts:
            reason = "This name stands twice." if name else "The name of a value must be plain text."
            problems.append(Problem(file, reason, row=key.start_mark.line + 1, value=name))
        parts[name] = _node(child, file, problems)
    return Node(parts, line)
