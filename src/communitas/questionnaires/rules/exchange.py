"""A questionnaire as a YAML file, schema 1: written to be read by people, and read with every problem and its line."""

from typing import Any, Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.tabular import Node, dump_yaml, read_yaml
from communitas.questionnaires.rules.sheet import AUDIENCES, KINDS, Item, Part, Sheet

SCHEMA: Final = "1"


def as_yaml(sheet: Sheet) -> bytes:
    """The questionnaire as YAML; what is empty is left out."""
    data: dict[str, Any] = {"schema": int(SCHEMA), "title": sheet.title, "audience": sheet.audience}
    if sheet.introduction:
        data["introduction"] = sheet.introduction
    data["parts"] = [_part_data(part) for part in sheet.parts]
    return dump_yaml(data)


def _part_data(part: Part) -> dict[str, Any]:
    data: dict[str, Any] = {"title": part.title}
    if part.introduction:
        data["introduction"] = part.introduction
    items = []
    for item in part.items:
        row: dict[str, Any] = {"key": item.key, "kind": item.kind, "text": item.text, "help": item.help}
        row |= {"criteria": list(item.criteria), "groups": list(item.bands)}
        items.append({name: value for name, value in row.items() if value})
    return data | {"items": items}


def sheet_from_yaml(content: bytes, *, file: str) -> Sheet:
    """The questionnaire of a file; NotAllowed names what is wrong and where."""
    reading = read_yaml(content, file=file)
    if reading.root is None:
        raise NotAllowed(" ".join(str(problem) for problem in reading.problems[:5]) or "The file is empty.")
    tree, problems = reading.root.mapping(), []
    if tree.get("schema", Node(None, 1)).text() != SCHEMA:
        problems.append("The file says 'schema: 1' at its head.")
    if (audience := _text(tree, "audience")) not in AUDIENCES:
        problems.append(f"The audience is one of {', '.join(AUDIENCES)}.")
    parts = tuple(_part(node, problems) for node in tree.get("parts", Node(None, 1)).items())
    if problems:
        raise NotAllowed(" ".join(problems[:8]))
    return Sheet(_text(tree, "title")[:160], audience, _text(tree, "introduction"), parts)


def _text(tree: Any, name: str) -> str:
    return str(tree[name].text()).strip() if name in tree else ""


def _part(node: Node, problems: list[str]) -> Part:
    tree = node.mapping()
    items = tuple(_item(each, problems) for each in tree.get("items", Node(None, node.line)).items())
    if not _text(tree, "title") or not items:
        problems.append(f"Line {node.line}: a part has a title and items.")
    return Part(_text(tree, "title")[:160], items, _text(tree, "introduction"))


def _item(node: Node, problems: list[str]) -> Item:
    tree = node.mapping()
    kind, text, key = _text(tree, "kind") or "agree", _text(tree, "text"), _text(tree, "key")
    if kind not in KINDS:
        problems.append(f"Line {node.line}: the kind is one of {', '.join(KINDS)}.")
    if not text or not key.isascii() or not key.replace("-", "").replace("_", "").isalnum() or len(key) > 40:
        problems.append(f"Line {node.line}: an item has a text and a key of letters, digits and hyphens.")
    bands = [each.text() for each in tree.get("groups", Node(None, node.line)).items()]
    if not all(band.isascii() and band.isdecimal() and len(band) < 7 for band in bands):
        problems.append(f"Line {node.line}: groups are whole numbers.")
        bands = []
    criteria = tuple(each.text() for each in tree.get("criteria", Node(None, node.line)).items())
    return Item(key, kind, text[:500], _text(tree, "help")[:500], criteria, tuple(int(band) for band in bands))
