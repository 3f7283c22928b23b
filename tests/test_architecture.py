"""The house keeps its shape: the import contracts, and our own checks, each shown to turn red once."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from importlinter.application import use_cases
from importlinter.application.user_options import UserOptions
from importlinter.configuration import configure

from tests.architecture import files, python, text

# Templates and modules that may pass markup through, each with the reason why nobody's text gets in that way.
REVIEWED_MARKUP = {
    "src/communitas/kit/templatetags/ui.py": "what a component's template has drawn, and escaped, is markup",
    "src/communitas/kit/styleguide.py": "the same, with suffixes on its ids; it shows only our own examples",
    "src/communitas/kit/ui/around.py": "a kept drawing of the component's own template, which escaped it",
    "src/communitas/kit/ui/words.py": "an example chart of the styleguide, a constant",
    "src/communitas/benchmarking/views/drawings.py": "charts, whose pen escapes every word that people wrote",
    "src/communitas/reports/views/drawings.py": "charts, whose pen escapes every word that people wrote",
}
# Modules outside the seven open drawers that other apps may import, 'app.module' with the reason.
REVIEWED_DOORS: dict[str, str] = {
    "members.http": "the types and decorators of a page of a network, which every app's views begin with",
    "members.actors": "who asks, as every policy and many a screen needs to know",
}

STAIRCASE, DRAWERS, PLAIN_RULES = "Apps form a staircase", "Inside an app", "Rules are plain Python"
APPS = ["config", "web", "reports", "benchmarking", "workbooks", "visits", "cycles"]
APPS += ["standards", "recognition", "members", "people", "kit"]


def _options(package: str) -> UserOptions:
    """The contracts of pyproject.toml, said of another package."""
    configure()
    options = use_cases.read_user_options(str(files.ROOT / "pyproject.toml"))

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner) for inner in value]
        return value.replace("communitas", package) if isinstance(value, str) else value

    return UserOptions(renamed(options.session_options), renamed(options.contracts_options))


def _broken(package: str) -> set[str]:
    """The names of the contracts that a package breaks."""
    options = _options(package)
    use_cases._register_contract_types(options)
    report = use_cases.create_report(options, cache_dir=None)
    assert not report.invalid_contract_options, report.invalid_contract_options
    return {contract.name for contract, check in report.get_contracts_and_checks() if not check.kept}


def test_import_contracts_hold() -> None:
    assert _broken("communitas") == set()


def test_small_house_without_offence_keeps_every_contract(small_house: Callable[..., str]) -> None:
    assert _broken(small_house({})) == set()


@pytest.mark.parametrize(
    ("module", "imported", "contract"),
    [
        ("kit/offence.py", "web", STAIRCASE),
        ("members/models.py", "cycles.models", STAIRCASE),
        ("standards/models.py", "recognition", STAIRCASE),
        ("drawing/models.py", "kit", STAIRCASE),
        ("members/models.py", "members.actions", DRAWERS),
        ("visits/rules/dates.py", "visits.models", DRAWERS),
        ("people/actions.py", "people.views", DRAWERS),
        ("visits/rules/dates.py", "django.db", PLAIN_RULES),
    ],
)
def test_contract_turns_red(small_house: Callable[..., str], module: str, imported: str, contract: str) -> None:
    package = small_house({module: imported})

    assert _broken(package) == {contract}


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Build a throw-away package with every app and some drawers; offences are {module: what it imports}."""
    package = f"house{abs(hash(request.node.name))}"

    def build(offences: dict[str, str]) -> str:
        root = tmp_path / package
        modules = [f"{app}/__init__.py" for app in APPS] + ["visits/rules/__init__.py"]
        modules += [f"{app}/{drawer}.py" for app in APPS for drawer in ("models", "actions", "views")]
        for module in ["__init__.py", *modules, *offences]:
            path = root / module
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / "__init__.py").touch()
            imported = offences.get(module, "")
            name = imported if imported.startswith("django") else f"{package}.{imported}"
            path.write_text(f"import {name}\n" if imported else "", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return package

    return build


def _complaints(found: Iterable[tuple[object, list[str]]]) -> list[str]:
    return [f"{place}:{complaint}" for place, complaints in found for complaint in complaints]


def _of_drawers(check: Callable[[str], list[str]], *drawers: str) -> list[str]:
    chosen = (module for module in files.modules() if not drawers or (module.app and module.drawer in drawers))
    return _complaints((module.path.relative_to(files.ROOT), check(module.read())) for module in chosen)


def test_models_do_not_override_save() -> None:
    assert _of_drawers(python.saves_itself, "models") == []


def test_nothing_listens_to_model_signals() -> None:
    assert _of_drawers(python.listens_to_signals) == []


def test_rules_read_neither_clock_nor_chance() -> None:
    assert _of_drawers(python.asks_clock_or_chance, "rules") == []


def test_views_are_short_functions() -> None:
    assert _of_drawers(python.long_or_built_from_classes, "views") == []


def test_actions_say_who_and_when() -> None:
    assert _of_drawers(python.acts_without_saying_who_and_when, "actions") == []


def test_files_are_one_room_each() -> None:
    assert _of_drawers(python.too_long) == []


def test_no_drawer_is_a_jumble() -> None:
    named = [
        str(module.path.relative_to(files.ROOT))
        for module in files.modules()
        if python.FORBIDDEN_DRAWERS.intersection(part.removesuffix(".py") for part in (module.app, *module.parts))
    ]

    assert named == []


def test_apps_enter_each_other_by_the_open_drawers() -> None:
    doors = frozenset(REVIEWED_DOORS)
    climbing = {"", "config", "web", "demo"}

    found = _complaints(
        (module.path.relative_to(files.ROOT), python.opens_closed_drawers(module.read(), module.app, doors))
        for module in files.modules()
        if module.app not in climbing
    )

    assert found == []


def test_markup_is_escaped_but_where_reviewed() -> None:
    found = [(path.relative_to(files.ROOT), text.unescaped(path.read_text("utf-8"))) for path in files.templates()]
    found += [(module.path.relative_to(files.ROOT), python.marks_safe(module.read())) for module in files.modules()]

    assert _complaints((place, said) for place, said in found if str(place) not in REVIEWED_MARKUP) == []
    assert sorted(REVIEWED_MARKUP) == sorted({str(place) for place, said in found if said})


def test_templates_hold_no_style_and_no_script() -> None:
    found = ((path.relative_to(files.ROOT), text.inline(path.read_text("utf-8"))) for path in files.templates())

    assert _complaints(found) == []


def test_no_file_names_a_registry() -> None:
    assert _complaints((name, text.names_a_registry(content)) for name, content in files.kept_texts()) == []


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (python.saves_itself, "class Visit(Model):\n    def save(self): ...\n"),
        (python.listens_to_signals, "from django.db.models.signals import post_save\n"),
        (python.listens_to_signals, "from django.db.models import signals\n"),
        (python.listens_to_signals, "@dispatch.receiver(x)\ndef f(): ...\n"),
        (python.asks_clock_or_chance, "x = datetime.now(tz=UTC)\n"),
        (python.asks_clock_or_chance, "x = datetime.date.today()\n"),
        (python.asks_clock_or_chance, "x = time.time()\n"),
        (python.asks_clock_or_chance, "x = random.choice(names)\n"),
        (python.asks_clock_or_chance, "x = random.Random()\n"),
        (python.asks_clock_or_chance, "x = np.random.default_rng()\n"),
        (python.asks_clock_or_chance, "x = uuid.uuid4()\n"),
        (python.long_or_built_from_classes, "def home(request):\n" + "    x = 1\n" * 25),
        (python.long_or_built_from_classes, "class Home(TemplateView): ...\n"),
        (python.acts_without_saying_who_and_when, "def close(review, *, by, at): ...\n"),
        (python.acts_without_saying_who_and_when, "def close(*, review, by): ...\n"),
        (python.acts_without_saying_who_and_when, "def close(*reviews, by, at): ...\n"),
        (python.marks_safe, "x = mark_safe(y)\n"),
        (python.marks_safe, "x = html.mark_safe(y)\n"),
        (python.marks_safe, "@mark_safe\ndef f(): ...\n"),
        (python.too_long, "x = 1\n" * 401),
        (text.unescaped, "<p>{{ comment|safe }}</p>"),
        (text.unescaped, "{% autoescape off %}"),
        (text.inline, '<p style="color: red">'),
        (text.inline, "<style>p {}</style>"),
        (text.inline, '<p onclick="x()">'),
        (text.inline, '<p hx-on:click="x()">'),
        (text.inline, '<a href="javascript:x()">'),
        (text.inline, "<script>x()</script>"),
        (text.names_a_registry, "--index" + "-url https://packages.example/x\n"),
        (text.names_a_registry, "https://packages.example/sim" + "ple/django/\n"),
        (text.names_a_registry, "https://files.example/django-5.2.wh" + "l\n"),
    ],
)
def test_check_turns_red(check: Callable[[str], list[str]], source: str) -> None:
    assert len(check(source)) == 1


@pytest.mark.parametrize(
    ("check", "source"),
    [
        (python.saves_itself, "class Visit(Model):\n    def __str__(self): ...\n"),
        (python.listens_to_signals, "from django.db import models\n"),
        (python.asks_clock_or_chance, "x = random.Random(seed)\ny = np.random.default_rng(seed=seed)\n"),
        (python.asks_clock_or_chance, "x = at.astimezone(zone).date()\n"),
        (python.long_or_built_from_classes, "def home(request):\n" + "    x = 1\n" * 24),
        (python.acts_without_saying_who_and_when, "def close(*, review, by, at): ...\ndef _lock(review): ...\n"),
        (python.marks_safe, "def draw() -> SafeString: ...\n"),
        (text.unescaped, "{# never |safe #}{{ safe_list }}{% safety %}"),
        (text.inline, '<script src="/static/x.js" defer></script><p class="style">on = off</p>'),
        (text.inline, '<script id="x" type="application/json">{}</script>'),
        (text.names_a_registry, "django==5.2 \\\n    --hash=sha256:00\n"),
    ],
)
def test_check_stays_green(check: Callable[[str], list[str]], source: str) -> None:
    assert check(source) == []


def test_closed_drawer_of_another_app_turns_red() -> None:
    source = "from communitas.visits.views import home\nfrom communitas.visits import actions, forms\n"

    found = python.opens_closed_drawers(source, "reports")

    assert [complaint.partition(",")[0] for complaint in found] == [
        "1: imports communitas.visits.views.home",
        "2: imports communitas.visits.forms",
    ]
    assert python.opens_closed_drawers(source, "visits") == []
    assert python.opens_closed_drawers(source, "reports", frozenset({"visits.views", "visits.forms"})) == []
