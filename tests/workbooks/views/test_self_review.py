"""The pages on which a community answers."""

from typing import Any

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.members.models import Access
from communitas.workbooks import queries
from communitas.workbooks.models import Event, Presence, Workbook
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import World

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def section(workbook: Workbook, number: int = 1) -> str:
    return path_of("hearth", "workbooks:section", workbook.pk, number)


def answer(workbook: Workbook, key: str = "c1-1") -> str:
    return path_of("hearth", "workbooks:answer", workbook.pk, key)


def state(workbook: Workbook, key: str = "c1-1") -> Any:
    return queries.state_of(workbook).answer(key, SELF)


def test_section_shows_its_criteria_and_the_marks(world: World, workbook: Workbook, client: Client) -> None:
    page = world.sign_in(client, world.mina).get(section(workbook)).content.decode()

    assert page.count("data-criterion") == 3
    assert "Hearth: people agree on matter 1.2." in page
    assert "Send self-review" not in page


def test_answer_without_script_is_saved_and_leads_back_to_the_criterion(
    world: World, workbook: Workbook, client: Client
) -> None:
    response = world.sign_in(client, world.stefan).post(answer(workbook), {"score": "1", "comment": "Two rotas."})

    assert response.status_code == 302
    assert response["Location"] == section(workbook) + "#c0"
    assert (state(workbook).score, state(workbook).authors) == (1, (str(world.stefan.pk),))
    assert [note.text for note in queries.state_of(workbook).comments("c1-1", comment("self"))] == ["Two rotas."]


def test_answer_with_htmx_sends_only_what_changed(world: World, workbook: Workbook, client: Client) -> None:
    response = world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2"}, headers=HTMX)

    parts = response.content.decode()
    assert response.status_code == 200
    assert "textarea" not in parts
    assert [name for name in ("c0-seen", "c0-said", "status-bar-words") if f'id="{name}"' not in parts] == []
    assert "1 of 3" in parts
    assert "1 of 6 criteria answered." in parts


def test_nothing_new_stores_nothing(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2", "comment": "So it is."})
    shown = client.get(section(workbook)).context["items"][0]

    client.post(
        answer(workbook),
        {"score": "2", "comment": "So it is.", "seen": shown.seen, "seen_comments": shown.seen_comments},
    )

    assert Event.objects.count() == 2


def test_edit_replaces_what_its_writer_saw(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2"})
    shown = world.sign_in(client, world.mina).get(section(workbook)).context["items"][0]

    client.post(answer(workbook), {"score": "1", "seen": shown.seen})

    assert (state(workbook).kind, state(workbook).score) == ("one", 1)


def test_two_who_did_not_see_each_other_differ_until_the_lead_decides(
    world: World, workbook: Workbook, client: Client
) -> None:
    for account, score in ((world.stefan, "2"), (world.mina, "1")):
        world.sign_in(client, account).post(answer(workbook), {"score": score})
    page = world.sign_in(client, world.lena).get(section(workbook))
    side_by_side = client.get(path_of("hearth", "workbooks:differ", workbook.pk, "c1-1"))
    one = side_by_side.context["one"]

    decided = client.post(path_of("hearth", "workbooks:differ", workbook.pk, "c1-1"), {"score": "1", "seen": one.seen})

    assert "Two answers differ" in page.content.decode()
    assert {choice.who for choice in one.choices} == {"Mina", "Stefan"}
    assert decided["Location"] == section(workbook) + "#c0"
    assert (state(workbook).kind, state(workbook).score, state(workbook).heads[0].kind) == ("one", 1, "resolve")


def test_contributor_changes_only_their_own_of_answers_that_differ(
    world: World, workbook: Workbook, client: Client
) -> None:
    for account, score in ((world.stefan, "2"), (world.mina, "1")):
        world.sign_in(client, account).post(answer(workbook), {"score": score})
    shown = client.get(section(workbook)).context["items"][0]

    client.post(answer(workbook), {"score": "0", "seen": shown.seen})

    assert state(workbook).kind == "differ"
    assert sorted(head.score for head in state(workbook).heads) == [0, 2]


def test_not_applicable_needs_its_reason_and_keeps_what_was_entered(
    world: World, workbook: Workbook, client: Client
) -> None:
    world.sign_in(client, world.stefan)

    refused = client.post(answer(workbook), {"score": "NA", "comment": "We have no garden."})
    kept = client.post(answer(workbook), {"score": "NA", "reason": "There is no garden.", "comment": ""})

    assert refused.status_code == 422
    assert "needs a reason" in refused.content.decode()
    assert "We have no garden." in refused.content.decode()
    assert kept.status_code == 302
    assert (state(workbook).score, state(workbook).reason) == ("NA", "There is no garden.")


def test_emptied_comment_is_taken_back(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan).post(answer(workbook), {"comment": "Wrong place."})
    shown = client.get(section(workbook)).context["items"][0]

    client.post(answer(workbook), {"comment": "", "seen_comments": shown.seen_comments})

    assert queries.state_of(workbook).comments("c1-1", comment("self")) == ()
    assert Event.objects.count() == 2


def test_history_names_every_author_and_the_way_it_came(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2"})
    shown = world.sign_in(client, world.mina).get(section(workbook)).context["items"][0]
    client.post(answer(workbook), {"score": "1", "seen": shown.seen})

    entries = client.get(path_of("hearth", "workbooks:history", workbook.pk, "c1-1")).context["entries"]

    assert [(entry["what"], entry["by"]) for entry in entries] == [
        ("Scored: Partly met", "Mina (in the browser)"),
        ("Scored: Met", "Stefan (in the browser)"),
    ]


def test_only_what_is_not_scored_yet(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2"})

    items = client.get(section(workbook) + "?show=open").context["items"]

    assert [item.key for item in items] == ["c1-2", "c1-3"]


def test_pulse_brings_what_others_changed_and_who_is_here(world: World, workbook: Workbook, client: Client) -> None:
    pulse = path_of("hearth", "workbooks:pulse", workbook.pk, 1)
    world.sign_in(client, world.mina).post(pulse, {"after": "0", "at": "c1-2"}, headers=HTMX)
    client.post(answer(workbook), {"score": "1"})

    mine = client.post(pulse, {"after": "0"}, headers=HTMX).content.decode()
    theirs = world.sign_in(client, world.stefan).post(pulse, {"after": "0"}, headers=HTMX).content.decode()

    assert "data-criterion" not in mine
    assert theirs.count("data-criterion") == 1
    assert 'id="c0"' in theirs
    assert 'id="pulse-after" value="1"' in theirs
    assert Presence.objects.count() == 2


def test_sent_self_review_is_locked_and_read_by_the_team(world: World, workbook: Workbook, client: Client) -> None:
    hidden = world.sign_in(client, world.rafi).get(section(workbook))
    Workbook.objects.get(pk=workbook.pk).review.__class__.objects.filter(pk=workbook.review_id).update(state="sent")

    refused = world.sign_in(client, world.stefan).post(answer(workbook), {"score": "2"})
    shown = world.sign_in(client, world.rafi).get(section(workbook))

    assert (hidden.status_code, refused.status_code, shown.status_code) == (404, 403, 200)
    assert "disabled" in shown.content.decode()


def test_unknown_criterion_and_section_are_not_there(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena)

    assert client.post(answer(workbook, "no such"), {"score": "2"}).status_code == 404
    assert client.get(section(workbook, 3)).status_code == 404


def test_home_leads_only_the_people_named_for_a_self_review_to_it(world: World, client: Client) -> None:
    Access.objects.filter(account=world.mina, relation="contributor").delete()
    pages = (path_of("hearth", "web:home"), path_of("hearth", "cycles:enrolment", world.enrolment.pk))
    invited = "Your community lead can name you as a contributor."

    for page in pages:
        text = world.sign_in(client, world.mina).get(page).content.decode()
        assert "/self-reviews/" not in text.replace('href="/hearth/self-reviews/"', "")
        assert invited in text

    for page in pages:
        text = world.sign_in(client, world.stefan).get(page).content.decode()
        assert path_of("hearth", "workbooks:self_review", world.workbook.pk) in text
        assert invited not in text
