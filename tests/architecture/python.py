"""Checks of Python source. Each takes the text of one file and returns 'line: complaint' for what is wrong."""

import ast
from collections.abc import Iterator

MOST_LINES_OF_A_VIEW = 25
MOST_LINES_OF_A_FILE = 400
FORBIDDEN_DRAWERS = {"util", "utils", "helper", "helpers", "common", "services", "manager", "managers", "core"}
# What one app may import of another; of kit, and beneath the foot of the staircase, everything.
OPEN_DRAWERS = {"actions", "queries", "policy", "models", "rules", "events", "slots"}
_CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate"),
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "timezone.localtime"),
}
_CHANCE = {"uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4", "os.urandom"}
_SEEDED = {"random.Random", "Random", "random.default_rng", "default_rng"}


def saves_itself(source: str) -> list[str]:
    """Models do not override save()."""
    return [
        f"{node.lineno}: {holder.name} overrides {node.name}(); write it in the action"
        for holder in ast.walk(ast.parse(source))
        if isinstance(holder, ast.ClassDef)
        for node in holder.body
        if isinstance(node, ast.FunctionDef) and node.name == "save"
    ]


def listens_to_signals(source: str) -> list[str]:
    """Nothing listens to Django's model signals: facts are published by actions."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="django.db.models.signals" | "django.dispatch"):
                found.append(f"{node.lineno}: imports {node.module}")
            case ast.ImportFrom(module="django.db.models") if any(name.name == "signals" for name in node.names):
                found.append(f"{node.lineno}: imports django.db.models.signals")
            case ast.Attribute(attr="signals" | "receiver"):
                found.append(f"{node.lineno}: uses {node.attr}")
    return found


def asks_clock_or_chance(source: str) -> list[str]:
    """Rules take the time and the seed as arguments."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        short = ".".join(name.split(".")[-2:])
        seeded = short in _SEEDED and bool(node.args or node.keywords)
        by_chance = name in _CHANCE or name.startswith(("random.", "secrets.", "np.random.", "numpy.random."))
        if short in _CLOCKS or ((by_chance or short in _SEEDED) and not seeded):
            found.append(f"{node.lineno}: calls {name}()")
    return found


def long_or_built_from_classes(source: str) -> list[str]:
    """Views are functions, each short enough to read at once."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any("View" in ast.unparse(base) for base in node.bases):
            found.append(f"{node.lineno}: {node.name} is a class; views are functions")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_VIEW:
                found.append(f"{node.lineno}: {node.name} has {lines} lines, more than {MOST_LINES_OF_A_VIEW}")
    return found


def acts_without_saying_who_and_when(source: str) -> list[str]:
    """Public functions of actions take keywords only, with `by` and `at` among them."""
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        if positional or node.args.vararg:
            found.append(f"{node.lineno}: {node.name} takes positional arguments")
        missing = {"by", "at"} - {argument.arg for argument in node.args.kwonlyargs}
        if missing:
            found.append(f"{node.lineno}: {node.name} lacks {' and '.join(sorted(missing))}")
    return found


def marks_safe(source: str) -> list[str]:
    """Markup is made by templates, which escape; what is marked as safe needs a review."""
    found = []
    for node in ast.walk(ast.parse(source)):
        used: list[ast.expr] = []
        if isinstance(node, ast.Call):
            used = [node.func]
        elif isinstance(node, ast.FunctionDef):
            used = node.decorator_list
        for part in used:
            name = ast.unparse(part).rpartition(".")[2]
            found += [f"{part.lineno}: {name}"] if name in {"mark_safe", "SafeString", "SafeText"} else []
    return found


def opens_closed_drawers(source: str, own_app: str, also_open: frozenset[str] = frozenset()) -> list[str]:
    """Of another app only its actions, queries, policy, models, rules, events and slots are imported.

    `also_open` holds further 'app.drawer' names that were reviewed.
    """
    found = []
    for line, name in _imported(ast.parse(source)):
        parts = name.split(".")
        if parts[0] != "communitas" or len(parts) < 3 or parts[1] in {own_app, "kit"}:
            continue
        if parts[2] not in OPEN_DRAWERS and f"{parts[1]}.{parts[2]}" not in also_open:
            found.append(f"{line}: imports {name}, a closed drawer of {parts[1]}")
    return found


def too_long(source: str) -> list[str]:
    """A file is short enough to be one room."""
    lines = source.count("\n")
    return [f"1: {lines} lines, more than {MOST_LINES_OF_A_FILE}"] if lines > MOST_LINES_OF_A_FILE else []


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)
