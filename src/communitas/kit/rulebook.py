"""The documents that are generated from the code: every rule's sentence and where it stands, every table of moves,
and the table of permissions. `communitas rules` writes them."""

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from communitas.kit.moves import Moves

_Function = TypeVar("_Function", bound=Callable[..., Any])
_MARK = "__communitas_rule__"


def rule(function: _Function) -> _Function:
    """Mark a rule: its docstring's first line is the rule in one sentence, shown in refusals."""
    setattr(function, _MARK, True)
    sentence(function)
    return function


def sentence(function: Callable[..., Any]) -> str:
    """The rule in one sentence; ValueError when the docstring's first line is not a whole sentence."""
    first = (inspect.getdoc(function) or "").partition("\n")[0].strip()
    if not first.endswith("."):
        raise ValueError(f"{function.__qualname__}: a rule's docstring starts with the rule in one sentence")
    return first


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as the document shows it; `path` is relative to the project's root."""

    app: str
    sentence: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class MovesEntry:
    """One table of moves and the app that owns it."""

    app: str
    moves: Moves


def rule_modules() -> tuple[ModuleType, ...]:
    """Every module under communitas.<app>.rules, imported, in the order of their names."""
    import_root = importlib.import_module("communitas")
    names: list[str] = []
    for app in pkgutil.iter_modules(import_root.__path__, "communitas."):
        folder = Path(import_root.__path__[0]) / app.name.rpartition(".")[2] / "rules"
        if app.ispkg and folder.is_dir():
            names.append(f"{app.name}.rules")
            names += [found.name for found in pkgutil.walk_packages([str(folder)], f"{app.name}.rules.")]
    return tuple(importlib.import_module(name) for name in sorted(names))


def collect_rules(modules: Iterable[ModuleType]) -> tuple[RuleEntry, ...]:
    """The marked functions that these modules define, in the order of app, file and line."""
    entries = []
    for module in modules:
        for function in vars(module).values():
            if inspect.isfunction(function) and hasattr(function, _MARK) and _is_home(function, module):
                path = Path(*module.__name__.split("."))
                file = path / "__init__.py" if hasattr(module, "__path__") else path.with_suffix(".py")
                entries.append(
                    RuleEntry(
                        _app(module),
                        sentence(function),
                        str(Path("src") / file),
                        inspect.getsourcelines(function)[1],
                    )
                )
    return tuple(sorted(entries, key=lambda entry: (entry.app, entry.path, entry.line)))


def collect_moves(modules: Iterable[ModuleType]) -> tuple[MovesEntry, ...]:
    """The tables of moves that these modules define; one that is imported elsewhere is listed once."""
    found: dict[int, MovesEntry] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Moves):
                found.setdefault(id(value), MovesEntry(_app(module), value))
    return tuple(sorted(found.values(), key=lambda entry: (entry.app, entry.moves.name)))


def render(modules: Iterable[ModuleType] | None = None) -> str:
    """The text of docs/rules.md, ending in one line break; the same code always gives the same text."""
    rules = collect_rules(rule_modules() if modules is None else modules)
    lines = ["# The rules", "", "Generated from the code; change the rule, not this page."]
    lines += ["The tables of moves stand in [develop/moves.md](develop/moves.md).", ""]
    for app in sorted({entry.app for entry in rules}):
        lines += [f"## {app}", ""]
        lines += [f"- {entry.sentence} -> `{entry.path}:{entry.line}`" for entry in rules if entry.app == app]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def render_moves(modules: Iterable[ModuleType] | None = None) -> str:
    """The text of docs/develop/moves.md: every table of moves with its diagram, ending in one line break."""
    tables = collect_moves(rule_modules() if modules is None else modules)
    lines = [
        "# Tables of moves",
        "",
        "Generated from the code; change the table in the app's rules, not this page.",
        "",
    ]
    for app in sorted({entry.app for entry in tables}):
        lines += [f"## {app}", ""]
        for entry in tables:
            lines += _table(entry.moves) if entry.app == app else []
    return "\n".join(lines).rstrip("\n") + "\n"


def documents(root: Path) -> dict[Path, str]:
    """Every generated document under the project's root and the text that it should hold."""
    modules = rule_modules()
    texts = {
        root / "docs" / "rules.md": render(modules),
        root / "docs" / "develop" / "moves.md": render_moves(modules),
    }
    for table in sorted((root / "src" / "communitas").glob("*/permissions.csv")):
        texts[root / "docs" / "permissions.csv"] = table.read_bytes().decode("utf-8")
    return texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `communitas rules`."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 when a document is stale")


def run(options: argparse.Namespace) -> int:
    """Write the documents that changed, or say which are stale: 0, 1 when stale, 2 without the project's folder."""
    root = Path(importlib.import_module("communitas").__path__[0]).parents[1]
    if not (root / "docs").is_dir():
        sys.stderr.write(f"There is no folder docs in {root}: this command needs the project's source code\n")
        return 2
    stale = [(path, text) for path, text in documents(root).items() if _kept(path) != text.encode("utf-8")]
    for path, text in stale:
        if not options.check:
            path.write_bytes(text.encode("utf-8"))
        sys.stdout.write(f"{'Stale' if options.check else 'Written'}: {path.relative_to(root)}\n")
    return 1 if options.check and stale else 0


def _kept(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _table(moves: Moves) -> list[str]:
    lines = [f"### {moves.name}", "", "| move | from | to | by | when |", "|---|---|---|---|---|"]
    for move in moves.moves:
        source = ", ".join(moves.states[state] for state in move.sources)
        target = "stays" if move.to is None else moves.states[move.to]
        conditions = [move.when] if move.when else []
        conditions += ["with a reason"] if move.needs_reason else []
        conditions += ["a second person confirms"] if move.second_person else []
        by = ", ".join(role.replace("_", " ") for role in move.by)
        lines.append(f"| {move.label} | {source} | {target} | {by} | {'; '.join(conditions)} |")
    return [*lines, "", "```mermaid", *moves.mermaid().splitlines(), "```", ""]


def _app(module: ModuleType) -> str:
    return module.__name__.split(".")[1]


def _is_home(function: Callable[..., Any], module: ModuleType) -> bool:
    return function.__module__ == module.__name__
