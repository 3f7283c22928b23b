"""Given, replaced, taken back, undone, reminded; one holder at a time, and nothing of it forgotten."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Access
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.actions import delegation as acts
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries.delegation import held_now
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db
SOON, LATER = date(2027, 1, 27), date(2027, 2, 3)


def holders(workbook: Workbook) -> dict[str, str]:
    return {key: holder.name for key, holder in held_now(workbook).items()}


def give(world: World, workbook: Workbook, who: Account, *keys: str, due_on: date = SOON) -> object:
    return acts.give(workbook=workbook, criteria=keys, account=who, due_on=due_on, by=world.lena, at=NOW)


def test_given_criteria_are_held_noted_and_told(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1", "c1-2")

    mail = OutboxMail.objects.get()
    line = AuditLine.objects.latest("pk")
    assert holders(workbook) == {"c1-1": "Mina", "c1-2": "Mina"}
    assert (mail.to, mail.subject) == ("mina@people.example", "2 criteria were given to you")
    assert "Lena asks you" in mail.text
    assert "/hearth/given-to-me/" in mail.text
    assert (line.verb, line.detail["criteria"]) == ("selfreview.delegate", ["c1-1", "c1-2"])


def test_whole_section_is_named_by_its_title_in_the_message(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1", "c1-2", "c1-3")

    assert "the whole section ‘" in OutboxMail.objects.get().text


def test_nobody_writes_to_themselves(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.lena, "c1-1")

    assert not OutboxMail.objects.exists()


def test_giving_to_somebody_else_replaces_and_keeps_the_history(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")
    give(world, workbook, world.stefan, "c1-1")

    first = Delegation.objects.get(account=world.mina)
    assert holders(workbook) == {"c1-1": "Stefan"}
    assert (first.ended_as, first.ended_by, first.ended_at) == ("replaced", world.lena, NOW)


def test_giving_the_same_again_changes_nothing(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")

    assert give(world, workbook, world.mina, "c1-1") is None
    assert Delegation.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_person_who_does_not_answer_yet_is_named(world: World, workbook: Workbook) -> None:
    Access.objects.filter(account=world.mina, relation="contributor").delete()

    give(world, workbook, world.mina, "c1-1")

    assert Access.objects.filter(account=world.mina, relation="contributor", until_at=None).exists()


@pytest.mark.parametrize("who", ["otto", "rafi", "theo"])
def test_nothing_is_given_to_people_of_other_communities(world: World, workbook: Workbook, who: str) -> None:
    with pytest.raises(NotAllowed, match="people of the community"):
        give(world, workbook, getattr(world, who), "c1-1")

    assert not Delegation.objects.exists()


def test_nothing_is_given_once_the_self_review_was_sent(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")
    workbook.review.__class__.objects.filter(pk=workbook.review_id).update(state="sent")

    attempts: list[Callable[[], object]] = [
        lambda: give(world, workbook, world.mina, "c1-2"),
        lambda: acts.take_back(workbook=workbook, criteria=["c1-1"], by=world.lena, at=NOW),
        lambda: acts.remind(workbook=workbook, account=world.mina, by=world.lena, at=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="open"):
            attempt()


def test_taken_back_criteria_are_free_and_can_be_returned(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1", "c1-2", due_on=LATER)

    act = acts.take_back(workbook=workbook, criteria=["c1-1"], by=world.lena, at=NOW)
    free = holders(workbook)
    assert act is not None
    acts.undo(workbook=workbook, act=act, by=world.lena, at=NOW)

    assert free == {"c1-2": "Mina"}
    assert holders(workbook) == {"c1-1": "Mina", "c1-2": "Mina"}
    assert {holder.due_on for holder in held_now(workbook).values()} == {LATER}


def test_undoing_a_giving_returns_what_it_replaced(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")
    act = acts.give(
        workbook=workbook, criteria=["c1-1", "c1-2"], account=world.stefan, due_on=SOON, by=world.lena, at=NOW
    )
    assert act is not None

    changed = acts.undo(workbook=workbook, act=act, by=world.lena, at=NOW)

    assert changed == 2
    assert holders(workbook) == {"c1-1": "Mina"}


def test_undo_leaves_what_was_given_anew_since(world: World, workbook: Workbook) -> None:
    act = acts.give(workbook=workbook, criteria=["c1-1"], account=world.stefan, due_on=SOON, by=world.lena, at=NOW)
    give(world, workbook, world.mina, "c1-1")
    assert act is not None

    with pytest.raises(NotAllowed, match="changed hands"):
        acts.undo(workbook=workbook, act=act, by=world.lena, at=NOW)

    assert holders(workbook) == {"c1-1": "Mina"}


def test_person_who_no_longer_answers_holds_nothing(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")

    actions.end_contributor(workbook=workbook, account=world.mina, by=world.lena, at=NOW)

    assert holders(workbook) == {}
    assert Delegation.objects.get().ended_as == "left"


def test_reminder_names_what_is_left_and_goes_once_a_day(world: World, workbook: Workbook, put: Answer) -> None:
    give(world, workbook, world.stefan, "c1-1", "c1-2")
    put(workbook, world.stefan, "c1-1", 2)

    count = acts.remind(workbook=workbook, account=world.stefan, by=world.lena, at=NOW)

    text = OutboxMail.objects.latest("pk").text
    assert count == 1
    assert "1.2" in text
    assert "1.1 " not in text
    with pytest.raises(NotAllowed, match="today already"):
        acts.remind(workbook=workbook, account=world.stefan, by=world.lena, at=NOW + timedelta(hours=2))
    assert acts.remind(workbook=workbook, account=world.stefan, by=world.lena, at=NOW + timedelta(days=1)) == 1


def test_reminder_is_refused_where_it_would_say_nothing_or_reach_nobody(
    world: World, workbook: Workbook, put: Answer
) -> None:
    give(world, workbook, world.stefan, "c1-1")
    give(world, workbook, world.mina, "c1-2")
    put(workbook, world.mina, "c1-1", 2, role="client_member")
    Account.objects.filter(pk=world.mina.pk).update(email=None)
    world.mina.refresh_from_db()

    with pytest.raises(NotAllowed, match="Nothing is left"):
        acts.remind(workbook=workbook, account=world.stefan, by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="no e-mail address"):
        acts.remind(workbook=workbook, account=world.mina, by=world.lena, at=NOW)


def test_database_refuses_a_second_holder_and_an_end_without_its_how(world: World, workbook: Workbook) -> None:
    give(world, workbook, world.mina, "c1-1")
    row = Delegation.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            workbook=workbook, criterion_key="c1-1", account=world.stefan, due_on=SOON, giving=row.giving,
            given_by=world.lena, given_at=NOW,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=row.pk).update(ended_at=NOW)


def test_many_are_given_with_the_queries_of_one(world: World, workbook: Workbook) -> None:
    counts = []
    for keys in (("c1-1",), ("c1-2", "c1-3", "c2-1")):
        with CaptureQueriesContext(connection) as asked:
            give(world, workbook, world.mina, *keys)
        counts.append(len([one for one in asked if "SAVEPOINT" not in one["sql"]]))

    assert counts[0] == counts[1]
