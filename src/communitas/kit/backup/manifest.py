"""The manifest of a backup: what it holds, so that anybody can check it without the machine that made it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import rfc8785

from communitas.kit.backup.problems import NotGood, Refused

NAME = "manifest.json"
KIND = "communitas backup"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup that is not one of the people's files: its size and the sha256 of its bytes."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables` counts the rows of each table, `migrations` names those applied, `parts` are paths in the folder."""

    made_at: str
    version: str
    engine: str
    database_version: str
    migrations: dict[str, list[str]]
    tables: dict[str, int]
    files: int
    bytes_of_files: int
    parts: dict[str, Part] = field(default_factory=dict)


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with its own seal, so that a changed line of it shows."""
    content: dict[str, Any] = {"kind": KIND, "format": FORMAT, **asdict(manifest)}
    text = json.dumps({**content, "seal": _seal(content)}, indent=1, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup; Refused when the folder holds none that this program understands."""
    path = folder / NAME
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder.")
    if not path.is_file():
        raise Refused(f"{folder} holds no backup of Communitas: {NAME} is missing. Was the backup finished?")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as problem:
        raise Refused(f"{NAME} is damaged or cut short: {problem}") from problem
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise Refused(f"{NAME} is not the manifest of a backup of Communitas.")
    if content.get("format") != FORMAT:
        raise Refused(f"This backup has format {content.get('format')}; this program reads format {FORMAT}.")
    if content.pop("seal", "") != _seal(content):
        raise Refused(f"{NAME} was changed or is damaged: its seal does not match.")
    del content["kind"], content["format"]
    parts = {name: Part(**part) for name, part in content.pop("parts").items()}
    return Manifest(**content, parts=parts)


def part_of(path: Path) -> Part:
    """The size and hash of a file as it stands."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks_of(path):
        digest.update(chunk)
        size += len(chunk)
    return Part(size, digest.hexdigest())


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a mebibyte at a time."""
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            yield chunk


def refuse_damaged_parts(folder: Path, manifest: Manifest) -> None:
    """Every part is there, as long as it was, with the same bytes; NotGood names each that is not."""
    wrong = []
    for name, part in manifest.parts.items():
        path = folder / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif path.stat().st_size != part.size:
            wrong.append(f"{name} has {path.stat().st_size:,} bytes instead of {part.size:,}")
        elif part_of(path).sha256 != part.sha256:
            wrong.append(f"{name} was changed: its hash is another")
    if wrong:
        raise NotGood(wrong)


def _seal(content: dict[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()
