"""The page of the offline workbook holds nobody, its worker keeps what it needs, and both are always asked for anew."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.workbooks.views import offline_assets
from communitas.workbooks.views.offline_words import words
from tests.cast import World

SHELL = "/hearth/offline/"


def test_shell_is_the_same_for_everybody_and_sets_nothing(world: World, client: Client) -> None:
    nobody = client.get(SHELL)
    mina = world.sign_in(Client(), world.mina).get(SHELL)

    assert nobody.content == mina.content
    assert "Mina" not in mina.content.decode()
    assert "csrfmiddlewaretoken" not in mina.content.decode()
    assert (mina["Cache-Control"], mina.cookies) == ("no-cache", {})


def test_shell_has_no_script_or_style_of_its_own(world: World, client: Client) -> None:
    page = client.get(SHELL).content.decode()

    scripts = re.findall(r"<script([^>]*)>", page)
    assert [script for script in scripts if "src=" not in script and "application/json" not in script] == []
    assert re.findall(r"\sstyle=|\son\w+=|<style", page) == []


def test_worker_is_never_kept_and_lists_files_that_exist(world: World, client: Client) -> None:
    answer = client.get(f"{SHELL}sw.js")

    kept = json.loads(answer.content.decode().partition("\n")[0].removeprefix("const KEPT = ").removesuffix(";"))
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "text/javascript; charset=utf-8")
    assert kept["shell"] == SHELL
    assert [path for path in kept["assets"] if not finders.find(path.removeprefix("/static/"))] == []


def test_every_module_that_another_imports_is_kept() -> None:
    kept = {name.rpartition("/")[2] for name in offline_assets.modules()}

    imported = {
        name
        for module in kept - {"marks.js", "theme.js"}
        for name in re.findall(r'from "\./([\w.]+)"', (offline_assets.FOLDER / module).read_text("utf-8"))
    }

    assert imported - kept == set()


def test_version_changes_with_the_shell_and_with_its_files() -> None:
    files = ["/static/a.js"]

    versions = {
        offline_assets.version("page", files),
        offline_assets.version("other page", files),
        offline_assets.version("page", ["/static/b.js"]),
    }

    assert len(versions) == 3
    assert offline_assets.version("page", files) in versions


def test_every_word_that_the_app_says_is_carried() -> None:
    said: set[str] = set()
    for module in offline_assets.FOLDER.glob("*.js"):
        text = module.read_text("utf-8")
        said |= set(re.findall(r'\b(?:say|good|bad|wordsPage)\("(\w+)"', text))

    assert said - set(words()) == set()


def test_manifest_names_the_network_and_starts_at_the_shell(world: World, client: Client) -> None:
    answer = client.get(f"{SHELL}manifest.webmanifest")

    card = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (card["start_url"], card["scope"], card["name"]) == (SHELL, "/hearth/", "Hearth: offline workbook")


def test_cookie_remembers_which_workbooks_this_browser_keeps(world: World, client: Client) -> None:
    world.sign_in(client, world.mina)

    path = path_of("hearth", "workbooks:offline_kept")

    answers = [client.post(path, {"workbook": workbook}, "application/json") for workbook in (7, 8, 7)]

    cookie = answers[-1].cookies["offline_kept"]
    assert cookie.value == f"{world.mina.pk}-8.{world.mina.pk}-7"
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == (SHELL, "Lax", "")


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"workbook": "x"}', '{"workbook": null}'])
def test_cookie_takes_only_the_number_of_a_workbook(world: World, client: Client, body: str) -> None:
    world.sign_in(client, world.mina)

    answer = client.post(path_of("hearth", "workbooks:offline_kept"), body, "application/json")

    assert (answer.status_code, answer.cookies) == (400, {})


def test_overviews_lead_to_it_where_one_may_answer(world: World, client: Client) -> None:
    path = path_of("hearth", "workbooks:self_review", world.workbook.pk)
    link = f'href="{SHELL}#/{world.workbook.pk}/prepare"'

    assert link in world.sign_in(client, world.mina).get(path).content.decode()
    assert link not in world.sign_in(client, world.cora).get(path).content.decode()
