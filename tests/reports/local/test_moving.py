"""How actions go on: the board, moves taken back, progress, evidence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import actions, queries
from communitas.reports.models import Action, ActionEvidence
from tests import factories
from tests.cast import NOW, World

DAY = date(2027, 7, 1)


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"reports:{name}", *args)


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def action(world: World) -> Action:
    """One planned action of Lark House."""
    return made(world)


def made(world: World, **fields: Any) -> Action:
    given = {"text": "Two people a night", "owner_name": "Stefan", "due_on": DAY, "made_at": NOW, **fields}
    return Action.objects.create(**{"enrolment": world.enrolment, **given})


def now(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


@pytest.mark.parametrize(
    ("verbs", "before"),
    [(["start"], "planned"), (["start", "finish"], "under_way"), (["start", "put_back"], "under_way")],
)
def test_the_last_move_is_taken_back(action: Action, world: World, verbs: list[str], before: str) -> None:
    for verb in verbs:
        actions.move_action(action=action, verb=verb, by=world.mina, at=NOW)

    actions.undo_move(action=action, by=world.mina, at=NOW)

    assert (now(action).state, now(action).done_at) == (before, None)


def test_taking_up_again_is_taken_back_with_the_moment_at_which_it_was_done(action: Action, world: World) -> None:
    actions.move_action(action=action, verb="finish", by=world.mina, at=NOW)
    actions.move_action(action=action, verb="resume", reason="Not yet", by=world.mina, at=NOW + timedelta(hours=1))

    actions.undo_move(action=action, by=world.mina, at=NOW + timedelta(hours=2))

    assert (now(action).state, now(action).done_at) == ("done", NOW)


def test_a_move_is_taken_back_once_within_a_day_and_while_nothing_else_was_changed(
    action: Action, world: World
) -> None:
    with pytest.raises(NotAllowed, match="taken back once, within a day"):
        actions.undo_move(action=action, by=world.mina, at=NOW)
    actions.move_action(action=action, verb="start", by=world.mina, at=NOW)
    with pytest.raises(NotAllowed, match="taken back once"):
        actions.undo_move(action=action, by=world.mina, at=NOW + timedelta(hours=25))
    actions.undo_move(action=action, by=world.mina, at=NOW)
    with pytest.raises(NotAllowed, match="taken back once"):
        actions.undo_move(action=action, by=world.mina, at=NOW)
    [taken_back] = action.notes.filter(undoes__isnull=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        action.notes.create(undoes=taken_back.undoes, by=world.mina, at=NOW)

    actions.move_action(action=action, verb="start", by=world.mina, at=NOW)
    actions.change_action(
        action=action, text="", owner_name="", due_on=None, no_action_reason="No money", by=world.lena, at=NOW
    )
    with pytest.raises(NotAllowed, match="taken back once"):
        actions.undo_move(action=action, by=world.mina, at=NOW)


def test_progress_begins_an_action_and_is_told_in_words(action: Action, world: World, client: Client) -> None:
    actions.note_progress(action=action, percent=50, by=world.mina, at=NOW)

    assert (now(action).state, now(action).percent) == ("under_way", 50)
    text = world.sign_in(client, world.mina).get(at("action", action.pk)).content.decode()
    assert "under way: half" in text
    actions.undo_move(action=action, by=world.mina, at=NOW)
    assert (now(action).state, now(action).percent) == ("planned", 0)


def test_progress_of_what_is_done_or_beyond_a_hundred_is_refused(action: Action, world: World) -> None:
    with pytest.raises(NotAllowed, match="0 to 100"):
        actions.note_progress(action=action, percent=101, by=world.mina, at=NOW)
    actions.move_action(action=action, verb="finish", by=world.mina, at=NOW)

    with pytest.raises(NotAllowed, match="while it is planned or under way"):
        actions.note_progress(action=action, percent=50, by=world.mina, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.update(percent=101)


def test_cards_are_moved_on_the_board_by_buttons(action: Action, world: World, client: Client) -> None:
    made(world, text="", state="no_action", reason="The trust decides.")
    board = at("board", world.enrolment.pk)
    world.sign_in(client, world.mina)

    moved = client.post(at("move_action", action.pk), {"verb": "start", "back": "board"})
    assert b'data-to="done"' in client.get(board).content
    columns = {each["state"]: each["cards"] for each in client.get(board).context["columns"]}
    undone = client.post(at("undo_move", action.pk), {"back": "board"})

    assert moved["Location"] == undone["Location"] == f"{board}#action-{action.pk}"
    assert {state: len(cards) for state, cards in columns.items()} == {
        "planned": 0, "under_way": 1, "done": 0, "dropped": 0,
    }  # fmt: skip
    assert columns["under_way"][0]["undo"]
    assert now(action).state == "planned"


def test_whoever_only_reads_the_plan_finds_no_buttons_on_the_board(
    action: Action, world: World, client: Client
) -> None:
    text = world.sign_in(client, world.ludo).get(at("board", world.enrolment.pk)).content.decode()

    assert "Two people a night" in text
    assert "Mark as done" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_costs_a_constant_number_of_queries(
    world: World, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        actions.move_action(action=made(world, text=f"Action {each}"), verb="start", by=world.lena, at=NOW)
    world.sign_in(client, world.lena)
    client.get(at("board", world.enrolment.pk))

    with django_assert_num_queries(9):
        client.get(at("board", world.enrolment.pk))


@pytest.mark.parametrize("number", [1, 3])
def test_the_office_sees_how_each_plan_goes_on(
    world: World, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        made(world, text=f"Action {each}", due_on=NOW.date() - timedelta(days=1))
    made(world, state="done", done_at=NOW)
    made(world, text="", state="no_action", reason="The trust decides.")
    made(world, enrolment=world.oak_enrolment)
    world.sign_in(client, world.cora)
    client.get(at("overview"))

    with django_assert_num_queries(9):
        answer = client.get(at("overview") + "?late=yes")

    [row] = answer.context["listing"].objects
    assert (row.planned, row.done, row.overdue, row.nothing) == (number + 1, 1, number, 1)
    table = client.get(at("overview") + "?format=csv&late=yes").content.decode()
    assert f"{100 // (number + 1)} %" in table
    assert client.get(at("overview") + "?format=xlsx").status_code == 200
    assert world.sign_in(client, world.lena).get(at("overview")).status_code == 403


def test_whoever_sees_to_an_action_is_one_who_may_write_the_plan(action: Action, world: World) -> None:
    fields: dict[str, Any] = {
        "text": "Sing",
        "owner_name": "",
        "due_on": DAY,
        "no_action_reason": "",
        "by": world.lena,
        "at": NOW,
    }

    assert queries.writers_of(world.enrolment, NOW) == [world.lena, world.mina, world.stefan]
    actions.change_action(action=action, owner=world.mina, **fields)
    assert (now(action).owner, now(action).owner_name) == (world.mina, "Mina")
    with pytest.raises(NotAllowed, match="somebody who may write the plan"):
        actions.change_action(action=action, owner=world.otto, **fields)


def test_the_form_offers_the_people_of_the_plan_and_keeps_the_choice(
    action: Action, world: World, client: Client
) -> None:
    world.sign_in(client, world.lena)
    page = client.get(at("change_action", action.pk))
    form = {"text": "Sing", "owner_name": "", "due_on": DAY.isoformat(), "owner": str(world.stefan.pk)}

    changed = client.post(at("change_action", action.pk), form)
    wrong = client.post(at("change_action", action.pk), {**form, "owner": str(world.otto.pk)})

    assert [words for _, words in page.context["form"].fields["owner"].choices[1:]] == ["Lena", "Mina", "Stefan"]
    assert (changed.status_code, wrong.status_code) == (302, 422)
    assert now(action).owner == world.stefan


def test_a_file_and_a_link_show_how_it_went_until_they_are_withdrawn(
    action: Action, world: World, client: Client
) -> None:
    world.sign_in(client, world.mina)
    both = at("add_action_evidence", action.pk)

    client.post(both, {"file": SimpleUploadedFile("rota.txt", b"Two people, each night.\n")})
    client.post(both, {"link": "https://example.org/rota", "name": "The rota"})
    empty = client.post(both, {})
    file, link = ActionEvidence.objects.order_by("pk")
    opened = client.get(at("action_evidence", action.pk, file.pk))
    text = client.get(at("action", action.pk)).content.decode()
    client.post(at("withdraw_action_evidence", action.pk, file.pk), {"reason": "It named somebody."})

    assert empty.status_code == 422
    assert b"".join(opened.streaming_content) == b"Two people, each night.\n"  # type: ignore[attr-defined]
    assert opened["Content-Disposition"] == 'attachment; filename="rota.txt"'
    assert opened["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert link.link in text
    assert client.get(at("action_evidence", action.pk, file.pk)).status_code == 404
    assert "It named somebody." in client.get(at("action", action.pk)).content.decode()
    with pytest.raises(NotAllowed, match="withdrawn already"):
        actions.withdraw_proof(proof=file, by=world.mina, at=NOW)


@pytest.mark.parametrize(
    ("name", "content"), [("a.html", b"<html><script>1</script>"), ("a.exe", b"MZ\x00\x01"), ("empty.txt", b"")]
)
def test_what_acts_by_itself_is_not_kept(
    action: Action, world: World, client: Client, name: str, content: bytes
) -> None:
    world.sign_in(client, world.mina)

    answer = client.post(at("add_action_evidence", action.pk), {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert not ActionEvidence.objects.exists()


def test_evidence_fits_into_the_room_of_its_community(action: Action, world: World) -> None:
    type(world.network).objects.filter(pk=world.network.pk).update(evidence_megabytes=0)
    held = queries.actions().get(pk=action.pk)

    with pytest.raises(NotAllowed, match="no room for this file"):
        actions.add_file(action=held, pieces=[b"hello"], name="a.txt", by=world.mina, at=NOW)


def test_what_was_kept_as_evidence_is_not_changed(action: Action, world: World) -> None:
    actions.add_link(action=action, link="https://example.org/", by=world.mina, at=NOW)

    for change in ({"link": "https://example.org/2"}, {"name": "Other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionEvidence.objects.update(**change)


def test_a_file_of_another_action_is_not_found_under_this_one(action: Action, world: World, client: Client) -> None:
    other = actions.add_link(action=made(world), link="https://example.org/", by=world.mina, at=NOW)

    world.sign_in(client, world.mina)

    assert client.get(at("action_evidence", action.pk, other.pk)).status_code == 404


def test_an_action_that_is_carried_on_keeps_its_criterion_and_whoever_sees_to_it(world: World) -> None:
    account: Account = world.lena
    older = made(world, criterion_key="c1-2", owner=account, enrolment=world.enrolment)
    cycle = factories.make_cycle(
        world.network, world.edition, name="2028", opens_on=date(2027, 9, 1), closes_on=date(2028, 8, 31)
    )
    following = factories.make_enrolment(cycle, world.lark)

    assert queries.key_now(older, following) == ""  # no facts are frozen: nothing says that the two compare
    assert queries.writers_of(following, NOW) == [world.lena]
