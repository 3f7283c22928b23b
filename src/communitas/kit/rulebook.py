"""The rules of the network in one document: every sentence and where it stands, and every table of moves."""

import importlib
import inspect
import pkgutil
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
    chosen = rule_modules() if modules is None else tuple(modules)
    rules, tables = collect_rules(chosen), collect_moves(chosen)
    lines = ["# The rules", "", "Generated from the code; change the rule, not this page.", ""]
    for app in sorted({entry.app for entry in rules} | {entry.app for entry in tables}):
        lines += [f"## {app}", ""]
        own_rules = [entry for entry in rules if entry.app == app]
        lines += [f"- {entry.sentence} -> `{entry.path}:{entry.line}`" for entry in own_rules]
        lines += [""] if own_rules else []
        for entry in tables:
            if entry.app == app:
                lines += _table(entry.moves)
    return "\n".join(lines).rstrip("\n") + "\n"


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
