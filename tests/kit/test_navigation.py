from types import SimpleNamespace
from typing import Any

import pytest

from communitas.kit import navigation
from communitas.kit.navigation import Entry, main_navigation


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    mine: dict[str, Entry] = {}
    monkeypatch.setattr(navigation, "_entries", mine)
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name}/")
    return mine


def ask(path: str = "/a1/") -> list[dict[str, Any]]:
    return main_navigation(SimpleNamespace(path=path, path_info=path))  # type: ignore[arg-type]  # all it asks of a request


def offer(count: int, *, grouped: int = 0) -> None:
    for number in range(1, count + 1):
        navigation.offer(Entry(f"Entry {number}", f"a{number}", number, lambda request: True, f"a{number}"))
    for number in range(1, grouped + 1):
        navigation.offer(
            Entry(f"Group {number}", f"g{number}", 50 + number, lambda request: True, f"g{number}", group="Network")
        )


def test_entries_stand_in_order_with_the_current_one_marked(entries: dict[str, Entry]) -> None:
    offer(2)

    assert ask("/a2/deep/") == [
        {"label": "Entry 1", "url": "/a1/", "current": False, "items": []},
        {"label": "Entry 2", "url": "/a2/", "current": True, "items": []},
    ]


def test_few_entries_stand_side_by_side_though_they_have_a_group(entries: dict[str, Entry]) -> None:
    offer(3, grouped=3)

    assert [item["label"] for item in ask()] == ["Entry 1", "Entry 2", "Entry 3", "Group 1", "Group 2", "Group 3"]


def test_many_entries_gather_their_group_in_one_menu(entries: dict[str, Entry]) -> None:
    offer(4, grouped=3)

    *plain, menu = ask("/g2/")

    assert [item["label"] for item in plain] == ["Entry 1", "Entry 2", "Entry 3", "Entry 4"]
    assert (menu["label"], menu["current"]) == ("Network", True)
    assert [item["label"] for item in menu["items"]] == ["Group 1", "Group 2", "Group 3"]


def test_an_entry_shows_only_to_whom_it_is_for(entries: dict[str, Entry]) -> None:
    navigation.offer(Entry("Hidden", "h", 1, lambda request: False))

    assert ask() == []
