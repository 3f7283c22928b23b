"""Staff's and client members' views: each in its own words, side by side, wherever the criterion is read."""

from typing import Any

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.workbooks import queries
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.rules.registers import comment
from tests.cast import World

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def address(name: str, *args: Any) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


def say(world: World, client: Client, who: Account, workbook: Workbook, of: str, text: str, **more: str) -> Any:
    data = {"side": of, "text": text, **more}
    return world.sign_in(client, who).post(address("side", workbook.pk, "c1-1"), data)


def said(workbook: Workbook, of: str) -> list[str]:
    return [event.text for event in queries.state_of(workbook).comments("c1-1", comment(of))]


def shown(client: Client, name: str, *args: Any) -> dict[str, Any]:
    return {side.of: side for side in client.get(address(name, *args)).context["items"][0].sides}


def test_each_group_writes_its_own_view(world: World, workbook: Workbook, client: Client) -> None:
    for who, of in ((world.stefan, "staff"), (world.lena, "staff"), (world.mina, "client_members")):
        answer = say(world, client, who, workbook, of, f"{who.display_name} thinks so.")
        assert answer["Location"] == address("section", workbook.pk, 1) + "#c0"

    assert said(workbook, "staff") == ["Stefan thinks so.", "Lena thinks so."]
    assert said(workbook, "client_members") == ["Mina thinks so."]


def test_nobody_writes_the_view_of_the_other_group(world: World, workbook: Workbook, client: Client) -> None:
    for who, of in ((world.stefan, "client_members"), (world.lena, "client_members"), (world.mina, "staff")):
        page = say(world, client, who, workbook, of, "Words of others.")
        assert page.status_code == 302

    assert "staff" in client.get(address("section", workbook.pk, 1)).content.decode()
    assert not Event.objects.exists()


def test_own_words_stand_in_the_field_and_others_beside_it(world: World, workbook: Workbook, client: Client) -> None:
    say(world, client, world.stefan, workbook, "staff", "We think so.")
    say(world, client, world.mina, workbook, "client_members", "We do not.")

    mine = shown(client, "section", workbook.pk, 1)
    world.sign_in(client, world.lena)
    leads = shown(client, "section", workbook.pk, 1)

    assert (mine["client_members"].text, mine["client_members"].may_write) == ("We do not.", True)
    assert (mine["staff"].may_write, [note.who for note in mine["staff"].notes]) == (False, ["Stefan"])
    assert (leads["staff"].text, [note.text for note in leads["staff"].notes]) == ("", ["We think so."])


def test_view_is_changed_and_taken_back_by_its_writer_alone(world: World, workbook: Workbook, client: Client) -> None:
    say(world, client, world.stefan, workbook, "staff", "We think so.")
    seen = shown(client, "section", workbook.pk, 1)["staff"].seen

    say(world, client, world.lena, workbook, "staff", "I write over it.", seen=seen)
    both = said(workbook, "staff")
    say(world, client, world.stefan, workbook, "staff", "", seen=seen)

    assert both == ["We think so.", "I write over it."]
    assert said(workbook, "staff") == ["I write over it."]


def test_saving_by_itself_answers_with_what_changed(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.mina)

    answer = client.post(
        address("side", workbook.pk, "c1-1"), {"side": "client_members", "text": "We do not."}, headers=HTMX
    )
    parts = answer.content.decode()

    assert answer.status_code == 200
    assert 'id="c0-client_members-seen"' in parts
    assert "textarea" not in parts
    assert "Saved " in parts


def test_text_that_is_too_long_is_not_saved_and_says_so(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.mina)

    answer = client.post(
        address("side", workbook.pk, "c1-1"), {"side": "client_members", "text": "x" * 20_001}, headers=HTMX
    )

    assert answer.status_code == 422
    assert "too long" in answer.content.decode()
    assert not Event.objects.exists()


def test_views_stand_before_the_lead_who_sends_and_before_the_team(
    world: World, workbook: Workbook, client: Client
) -> None:
    say(world, client, world.stefan, workbook, "staff", "We think so.")
    say(world, client, world.mina, workbook, "client_members", "We do not.")
    send = world.sign_in(client, world.lena).get(address("send", workbook.pk)).content.decode()
    workbook.review.__class__.objects.filter(pk=workbook.review_id).update(state="sent")
    world.sign_in(client, world.rafi)

    for name, pk in (("section", workbook.pk), ("peer_section", world.peer_workbook.pk)):
        sides = shown(client, name, pk, 1)
        assert [note.text for note in sides["staff"].notes] == ["We think so."]
        assert [note.text for note in sides["client_members"].notes] == ["We do not."]
        assert not any(side.may_write for side in sides.values())
    assert "We think so." in send
    assert "We do not." in send


def test_pages_where_nobody_wrote_and_nobody_can_show_no_views(
    world: World, workbook: Workbook, client: Client
) -> None:
    workbook.review.__class__.objects.filter(pk=workbook.review_id).update(state="sent")

    page = world.sign_in(client, world.rafi).get(address("section", workbook.pk, 1)).content.decode()

    assert "How staff and client members see it" not in page


def test_pulse_brings_a_new_view(world: World, workbook: Workbook, client: Client) -> None:
    say(world, client, world.mina, workbook, "client_members", "We do not.")

    parts = world.sign_in(client, world.stefan).post(address("pulse", workbook.pk, 1), {"after": "0"}, headers=HTMX)

    assert 'id="c0-sides"' in parts.content.decode()
    assert "We do not." in parts.content.decode()
    assert "Mina: 1.1" in parts["HX-Trigger"]


def test_history_names_the_view(world: World, workbook: Workbook, client: Client) -> None:
    say(world, client, world.mina, workbook, "client_members", "We do not.")

    [entry] = client.get(address("history", workbook.pk, "c1-1")).context["entries"]

    assert entry["what"] == "Wrote: We do not. (how client members see it)"
    assert entry["by"] == "Mina (in the browser)"
