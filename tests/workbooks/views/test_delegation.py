"""Who does what: the page, its form, its list; one's own list and the way to it from home."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.kit.models import OutboxMail
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.actions import delegation as acts
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries.delegation import held_now
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db
DAY, LATE = date(2099, 1, 27), date(2024, 1, 22)
EARLIER = datetime(2024, 1, 15, 10, 0, tzinfo=UTC)  # the pages' own clock is always later


def address(name: str, *args: Any) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


def holders(workbook: Workbook) -> dict[str, str]:
    return {key: holder.name for key, holder in held_now(workbook).items()}


def give(world: World, workbook: Workbook, who: Account, *keys: str, due_on: date = DAY) -> None:
    acts.give(workbook=workbook, criteria=keys, account=who, due_on=due_on, by=world.lena, at=EARLIER)


def sent(world: World, who: Account, *ticks: str, **more: str) -> dict[str, Any]:
    return {"account": str(who.pk), "due_on": "2099-01-27", "give": list(ticks), **more}


def test_whole_section_and_single_criteria_are_given_at_once(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)

    answer = client.post(address("give", workbook.pk), sent(world, world.mina, "s:1", "c:c2-1"), follow=True)

    assert holders(workbook) == dict.fromkeys(["c1-1", "c1-2", "c1-3", "c2-1"], "Mina")
    assert "Given to Mina: 4 criteria." in answer.content.decode()
    assert "You gave 4 criteria to Mina." in answer.content.decode()


def test_section_means_what_is_free_and_open_unless_everything_is_meant(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    put(workbook, world.stefan, "c1-1", 2)
    give(world, workbook, world.stefan, "c1-2")
    world.sign_in(client, world.lena)

    client.post(address("give", workbook.pk), sent(world, world.mina, "s:1"))
    free = holders(workbook)
    client.post(address("give", workbook.pk), sent(world, world.mina, "s:1", everything="on"))

    assert free == {"c1-2": "Stefan", "c1-3": "Mina"}
    assert holders(workbook) == dict.fromkeys(["c1-1", "c1-2", "c1-3"], "Mina")


def test_refused_giving_keeps_the_ticks_and_says_why(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)

    past = client.post(address("give", workbook.pk), sent(world, world.mina, "c:c1-2") | {"due_on": "2020-01-01"})
    nobody = client.post(address("give", workbook.pk), sent(world, world.otto, "c:c1-2"))
    nothing = client.post(address("give", workbook.pk), sent(world, world.mina))

    assert (past.status_code, nobody.status_code, nothing.status_code) == (422, 422, 422)
    assert "today or later" in past.content.decode()
    assert 'value="c:c1-2" checked' in past.content.decode()
    assert "at least one criterion" in nothing.content.decode()
    assert not Delegation.objects.exists()


def test_ticked_criteria_are_taken_back_and_undone(world: World, workbook: Workbook, client: Client) -> None:
    give(world, workbook, world.mina, "c1-1", "c2-1")
    world.sign_in(client, world.lena)

    client.post(address("take_back", workbook.pk), {"give": ["s:1"]})
    taken = holders(workbook)
    last = client.get(address("who", workbook.pk)).context["last"]
    client.post(address("undo", workbook.pk), {"act": str(last.giving)})

    assert taken == {"c2-1": "Mina"}
    assert holders(workbook) == {"c1-1": "Mina", "c2-1": "Mina"}


def test_unknown_act_and_person_change_nothing(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)

    for name, data in (
        ("undo", {"act": "x"}),
        ("undo", {"act": "7f9c24e8-3b12-4fef-91e0-56a2d5a7a1b3"}),
        ("remind", {"account": str(world.otto.pk)}),
        ("remind", {"account": "x"}),
        ("take_back", {"give": ["c:c1-1"]}),
    ):
        assert client.post(address(name, workbook.pk), data).status_code == 302
    assert not Delegation.objects.exists()
    assert not OutboxMail.objects.exists()


def test_page_says_who_has_what_is_missing_and_what_is_late(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    give(world, workbook, world.mina, "c1-1", "c1-2", due_on=LATE)
    give(world, workbook, world.stefan, "c2-1")
    put(workbook, world.stefan, "c1-1", 2)

    page = world.sign_in(client, world.mina).get(address("who", workbook.pk))

    people = [(one.person.name, one.load.given, one.load.left, one.load.late) for one in page.context["people"]]
    assert people == [("Mina", 2, 1, 1), ("Stefan", 1, 1, 0)]
    assert [section.who for section in page.context["sections"]] == ["Mina 1, nobody yet 1", "Stefan 1, nobody yet 2"]
    assert page.context["free"] == 3
    assert "Give what is ticked" not in page.content.decode()


def test_lead_reminds_from_the_page(world: World, workbook: Workbook, client: Client) -> None:
    give(world, workbook, world.mina, "c1-1")
    world.sign_in(client, world.lena)

    answer = client.post(address("remind", workbook.pk), {"account": str(world.mina.pk)}, follow=True)

    assert "Reminded of 1 criterion." in answer.content.decode()
    assert "reminded " in answer.content.decode()
    assert not answer.context["people"][0].may_remind


def test_everything_that_was_given_is_searched_filtered_and_downloaded(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    give(world, workbook, world.mina, "c1-1", "c1-2", due_on=LATE)
    give(world, workbook, world.stefan, "c1-2")
    put(workbook, world.stefan, "c1-2", 2)
    world.sign_in(client, world.lena)

    def found(asked: str) -> list[tuple[str, str]]:
        listing = client.get(address("given_list", workbook.pk) + asked).context["listing"]
        return [(row["cells"][0], row["cells"][4]) for row in listing.rows]

    assert found("") == [("1.1", "late"), ("1.2", "given to somebody else"), ("1.2", "answered")]
    assert found("?state=late") == [("1.1", "late")]
    assert found("?state=ended") == [("1.2", "given to somebody else")]
    assert found("?q=Stefan") == [("1.2", "answered")]
    assert found("?section=1") == []
    assert b"given to somebody else" in client.get(address("given_list", workbook.pk) + "?format=csv").content
    assert client.get(address("given_list", workbook.pk) + "?format=xlsx").content.startswith(b"PK")


def test_own_list_and_home_show_only_what_is_ones_own(
    world: World, workbook: Workbook, client: Client, put: Answer
) -> None:
    give(world, workbook, world.mina, "c1-1", "c2-2", due_on=LATE)
    give(world, workbook, world.stefan, "c1-2")
    put(workbook, world.stefan, "c2-2", 2)

    [own] = world.sign_in(client, world.mina).get(address("given_to_me")).context["own"]
    home = client.get(path_of("hearth", "web:home")).content.decode()
    others = world.sign_in(client, world.lena).get(path_of("hearth", "web:home")).content.decode()

    assert ([line.key for line in own.left], [line.key for line in own.over]) == (["c1-1"], ["c2-2"])
    assert "1 criterion given to you waits for an answer" in home
    assert "given to you" not in others
    assert world.sign_in(client, world.otto).get(address("given_to_me")).context["own"] == []


def test_section_shows_only_mine_and_who_else_has_what(world: World, workbook: Workbook, client: Client) -> None:
    give(world, workbook, world.mina, "c1-2")
    give(world, workbook, world.stefan, "c1-3", due_on=LATE)
    world.sign_in(client, world.mina)

    whole = client.get(address("section", workbook.pk, 1))
    mine = client.get(address("section", workbook.pk, 1) + "?show=mine")

    assert "Given to you, by 27 January" in whole.content.decode()
    assert "Given to Stefan, by 22 January" in whole.content.decode()
    assert "Show only mine" in whole.content.decode()
    assert [item.key for item in mine.context["items"]] == ["c1-2"]


def test_visit_team_and_office_do_not_see_who_had_what(world: World, workbook: Workbook, client: Client) -> None:
    give(world, workbook, world.mina, "c1-2")
    workbook.review.__class__.objects.filter(pk=workbook.review_id).update(state="sent")

    for who in (world.rafi, world.cora):
        page = world.sign_in(client, who).get(address("section", workbook.pk, 1)).content.decode()
        assert "Given to" not in page
        assert client.get(address("who", workbook.pk)).status_code == 403


def test_given_list_and_own_list_take_the_same_queries_with_1_and_with_3(
    world: World, workbook: Workbook, client: Client
) -> None:
    give(world, workbook, world.mina, "c1-1")
    for who, name, args, number in (
        (world.lena, "who", (workbook.pk,), 6),
        (world.lena, "given_list", (workbook.pk,), 4),
        (world.mina, "given_to_me", (), 3),
    ):
        world.sign_in(client, who).get(address(name, *args))
        counts = []
        for keys in ((), ("c1-2", "c1-3")):
            if keys:
                give(world, workbook, world.mina, *keys)
            with CaptureQueriesContext(connection) as asked:
                client.get(address(name, *args))
            counts.append(len([one for one in asked if '"workbooks_' in one["sql"]]))  # the fixtures' book is read anew
        assert counts == [number, number], name
        Delegation.objects.exclude(criterion_key="c1-1").delete()


def test_person_taken_off_the_list_leaves_their_criteria_to_nobody(
    world: World, workbook: Workbook, client: Client
) -> None:
    give(world, workbook, world.mina, "c1-1")
    actions.end_contributor(workbook=workbook, account=world.mina, by=world.lena, at=NOW)

    page = world.sign_in(client, world.lena).get(address("who", workbook.pk))

    assert page.context["people"] == []
    assert page.context["free"] == 6
