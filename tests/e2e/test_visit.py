"""The visit in a real browser: dates, timetable, pack, a serious concern, feedback both ways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communitas.kit.models import OutboxMail
from communitas.people.models import Account
from communitas.visits import queries
from communitas.visits.models import Concern, Visit
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def arrive(visitor: Visitor, account: Account, seen: set[tuple[str, str]]) -> Person:
    person = Person(visitor(), seen=seen)
    let_in(person.watched, account)
    return person


def test_a_visit_from_its_dates_to_its_feedback(world: World, visitor: Visitor) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(on=None)
    seen: set[tuple[str, str]] = set()
    lena, cora, ludo, dee = (arrive(visitor, who, seen) for who in (world.lena, world.cora, world.ludo, world.dee))
    monday = timezone.localdate() + timedelta(weeks=10)
    monday -= timedelta(days=monday.weekday())

    lena.go("visits:dates", world.visit.pk)
    for number in (1, 2, 3):
        lena.fill(f"Date {number}", (monday + timedelta(days=number)).isoformat())
    lena.press("Offer these dates")
    cora.go("visits:dates", world.visit.pk)
    cora.press("Lock this date")
    cora.reads("The date is locked")

    lena.go("visits:visit", world.visit.pk)
    lena.press("No, it will not")
    lena.fill("Reason", "The roof is mended that week.")
    lena.press("Tell the office")
    lena.press("It will do after all")
    lena.reads("said on", "that this day will do")
    lena.press("Object to Rafi")
    lena.fill("Reason", "We were neighbours.")
    lena.press("Send the objection")
    lena.reads("waits for a decision")
    cora.go("visits:visit", world.visit.pk)
    cora.look_everywhere()
    cora.press("Decide Rafi")
    cora.main.get_by_label("Do not uphold it").check()
    cora.fill("Answer to the community", "That was long ago.")
    cora.press("Decide")
    lena.go("visits:visit", world.visit.pk)
    lena.reads("That was long ago.")
    lena.look_everywhere()

    lena.go("visits:change_timetable", world.visit.pk)
    lena.look_everywhere()
    lena.press("Down line 1")
    lena.main.get_by_label("What happens").first.fill("Breakfast together")
    lena.press("Keep the timetable")
    lena.reads("Breakfast together", "Version 1")
    ludo.go("visits:change_timetable", world.visit.pk)
    ludo.press("Take out line 2")
    ludo.press("Keep the timetable")
    lena.go("visits:timetable", world.visit.pk)
    lena.reads("Ludo changed it")
    lena.look_everywhere()

    ludo.go("visits:pack", world.visit.pk)
    ludo.look_everywhere()
    assert ludo.downloads("Take it along (PDF)").suggested_filename == f"reviewers-pack-{world.visit.pk}.pdf"

    ludo.go("visits:raise_concern", asking=f"visit={world.visit.pk}")
    ludo.fill("What did you see or hear?", "A door was locked.")
    ludo.press("Raise this concern")
    ludo.reads("Thank you for saying so")
    concern = Concern.objects.get()
    assert OutboxMail.objects.filter(account_id=world.dee.pk, text__contains=f"/concerns/{concern.pk}/").count() == 1
    dee.go("visits:concern", concern.pk)
    dee.press("I have it in hand")
    dee.look_everywhere()
    dee.fill("What was done", "The door is open.")
    dee.press("Close with this outcome")

    Visit.objects.filter(pk=world.visit.pk).update(
        state="held", feedback_closes_at=timezone.now() + timedelta(days=1), on=timezone.localdate()
    )
    queries.visits().get(pk=world.visit.pk).places.exclude(account=world.ludo).update(state="absent")
    for person in (lena, ludo):
        person.go("visits:give_feedback", world.visit.pk)
        for group in person.main.get_by_role("group").all():
            group.get_by_label("Mostly").check()
        person.fill("What was good about the visit?", "The songs.")
        person.press("Send feedback")
    lena.go("visits:visit", world.visit.pk)
    lena.press("Feedback on the visit")
    lena.reads("What the team said", "The songs.")
    lena.look_everywhere()
    cora.go("visits:all_feedback")
    concern.refresh_from_db()
    assert concern.state == "closed"


def test_sheets_and_settings_are_open_to_everybody_who_uses_them(world: World, visitor: Visitor) -> None:
    seen: set[tuple[str, str]] = set()
    ludo, cora = arrive(visitor, world.ludo, seen), arrive(visitor, world.cora, seen)

    for name in ("speaking", "notes"):
        ludo.go(f"workbooks:{name}", world.peer_workbook.pk)
        ludo.look_everywhere()
    ludo.go("visits:visit", world.visit.pk)
    ludo.go("visits:withdraw", world.visit.places.get(account=world.ludo).pk)
    cora.go("visits:site_clearance", world.lark.pk)
    cora.fill("Weeks before a visit", "2")
    cora.press("Save")
    cora.go("visits:visit", world.visit.pk)
    cora.reads("Papers must be in 2 weeks before the visit")
    for name in ("safeguarding", "templates", "settings"):
        cora.go(f"visits:{name}")
