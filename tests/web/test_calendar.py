"""A person's calendar: the feed under its secret address, and visits that come by mail."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as sent_mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from communitas.cycles.models import DueDate
from communitas.kit import agenda
from communitas.kit.addresses import path_of
from communitas.kit.models import OutboxMail
from communitas.members.actors import actor_for
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
from communitas.web import actions, ticking
from communitas.web.feeds import addresses, writing
from communitas.web.feeds.inviting import invite
from communitas.web.models import Feed, Invited
from tests.cast import World

NOW = datetime.now(UTC)  # the pages that are opened here read the clock
DAY = (NOW + timedelta(days=30)).date()
LONDON = ZoneInfo("Europe/London")


def lines_of(written: bytes) -> list[bytes]:
    """The lines of a calendar; fails where RFC 5545 is broken."""
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    lines = written.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a fold never cuts through a letter
    return lines


def events_of(written: bytes | str) -> list[Any]:
    raw = written.encode() if isinstance(written, str) else written
    lines_of(raw)
    return list(Calendar.from_ical(raw).walk("VEVENT"))


@pytest.fixture
def visit(world: World) -> Visit:
    """The visit to Lark House in thirty days, with its team appointed; its twin on the same day."""
    for part in (world, world.twin):
        Visit.objects.filter(pk=part.visit.pk).update(on=DAY, state="team_appointed", place="1 Secret Lane")
    TeamPlace.objects.filter(visit=world.visit).update(state="accepted")
    return Visit.objects.select_related("enrolment__cycle__network__tenant", "enrolment__community").get(
        pk=world.visit.pk
    )


def feed_of(world: World, by: Account) -> str:
    """The path of a new feed."""
    feed = actions.make_feed(network=world.network, by=by, at=NOW)
    return addresses.address(Feed.objects.select_related("network__tenant").get(pk=feed.pk)).removeprefix(
        "http://testserver"
    )


def test_a_person_makes_sees_renews_and_ends_the_address(world: World, visit: Visit, client: Client) -> None:
    page = path_of("hearth", "web:calendar")
    world.sign_in(client, world.rafi)
    client.post(page, {"make": "1"})
    shown = client.get(page).content.decode()
    first = addresses.address(Feed.objects.select_related("network__tenant").get())
    client.post(page, {"renew": "1"})
    second = addresses.address(Feed.objects.select_related("network__tenant").get())

    anybody = Client()
    answers = [anybody.get(first).status_code, anybody.get(second).status_code]
    client.post(page, {"end": "1"})

    assert first in shown
    assert answers == [404, 200]
    assert anybody.get(second).status_code == 404
    assert "Make my address" in client.get(page).content.decode()


def test_the_feed_holds_visits_with_their_times_and_zone(world: World, visit: Visit) -> None:
    answer = Client().get(feed_of(world, world.rafi))

    (event,) = [event for event in events_of(answer.content) if str(event["uid"]).startswith("visit-")]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert event["dtstart"].dt == datetime.combine(DAY, time(9, 30), LONDON)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert str(event["summary"]) == "Visit to Hearth Lark House"
    assert str(event["location"]) == "1 Secret Lane"
    assert b"Harbour" not in answer.content


def test_a_hidden_community_is_not_named_and_has_no_place(world: World, visit: Visit) -> None:
    world.lark.hidden_address = True
    world.lark.save()

    content = Client().get(feed_of(world, world.rafi)).content

    (event,) = events_of(content)
    assert str(event["summary"]) == "Visit"
    assert b"Lark" not in content
    assert b"Secret Lane" not in content


def test_the_host_has_its_due_dates_as_whole_days(world: World, visit: Visit) -> None:
    DueDate.objects.update_or_create(
        enrolment=world.enrolment, what="self_review", defaults={"due_on": DAY, "done_at": None}
    )

    events = events_of(Client().get(feed_of(world, world.mina)).content)

    (due,) = [event for event in events if "Self-review due" in str(event["summary"])]
    assert due["dtstart"].dt == DAY
    assert type(due["dtstart"].dt) is date
    assert due["dtend"].dt == DAY + timedelta(days=1)


def test_a_change_grows_the_sequence_and_a_cancelled_visit_stays_as_cancelled(world: World, visit: Visit) -> None:
    address = feed_of(world, world.rafi)

    def read() -> Any:
        (event,) = events_of(Client().get(address).content)
        return event

    before = read()
    visits.set_date(visit=visit, on=DAY + timedelta(days=7), reason="A strike.", by=world.cora, at=NOW)
    moved = read()
    visits.cancel(visit=visit, reason="Closed.", by=world.cora, at=NOW)
    cancelled = read()

    assert before["uid"] == moved["uid"] == cancelled["uid"]
    assert before["sequence"] < moved["sequence"] < cancelled["sequence"]
    assert moved["dtstart"].dt.date() == DAY + timedelta(days=7)
    assert str(cancelled["status"]) == "CANCELLED"


@pytest.mark.parametrize("what", ["account", "role", "forged", "twin"])
def test_a_feed_is_dead_at_once_with_what_it_came_from(world: World, visit: Visit, what: str) -> None:
    address = feed_of(world, world.lena)
    if what == "account":
        Account.objects.filter(pk=world.lena.pk).update(is_active=False)
    elif what == "role":
        world.lena.roles.update(until_at=NOW - timedelta(minutes=1))
    elif what == "forged":
        address = address.replace(".ics", "x.ics")
    else:
        address = address.replace("/hearth/", "/harbour/")

    answer = Client().get(address)

    assert answer.status_code == (200 if what == "role" else 404)
    assert b"VEVENT" not in answer.content


@pytest.mark.parametrize("name", ["rafi", "lena", "cora", "mina", "otto"])
def test_a_calendar_is_read_with_few_queries(
    world: World, visit: Visit, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    account = getattr(world, name)
    actor = actor_for(account, now=NOW, second_factor_given=True, second_factor_demanded=False, network=world.network)

    with django_assert_max_num_queries(5):
        agenda.items_of(actor, world.network, NOW)


def calendars(to: Account) -> list[tuple[str, Any]]:
    """The invitations that a person got, oldest first: method and event."""
    rows = OutboxMail.objects.filter(account=to).exclude(calendar="").order_by("pk")
    return [(row.calendar_method, events_of(row.calendar)[0]) for row in rows]


def test_team_and_host_get_the_visit_by_mail_once_for_each_state(world: World, visit: Visit) -> None:
    first = ticking.send_invitations(NOW)
    again = ticking.send_invitations(NOW)
    visits.set_date(visit=visit, on=DAY + timedelta(days=7), reason="A strike.", by=world.cora, at=NOW)
    visits.cancel(visit=visit, reason="Closed.", by=world.cora, at=NOW)
    ticking.send_invitations(NOW)

    got = calendars(world.rafi)
    assert (first, again) == ("5 sent", "")  # the fifth is the host of the twin
    assert [method for method, _ in got] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["sequence"] for _, event in got] == [0, 1, 2]
    assert len({str(event["uid"]) for _, event in got}) == 1
    assert [event["dtstart"].dt.date() for _, event in got] == [DAY, *[DAY + timedelta(days=7)] * 2]
    assert str(got[2][1]["status"]) == "CANCELLED"
    assert len(calendars(world.lena)) == 3
    assert str(calendars(world.lena)[0][1]["attendee"]) == f"mailto:{world.lena.email}"


def test_who_leaves_the_team_has_the_visit_taken_out(world: World, visit: Visit) -> None:
    ticking.send_invitations(NOW)
    TeamPlace.objects.filter(visit=visit, account=world.rafi).update(state="removed")

    invite(visit_id=visit.pk, by=None, at=NOW)

    assert [method for method, _ in calendars(world.rafi)] == ["REQUEST", "CANCEL"]
    assert [method for method, _ in calendars(world.ludo)] == ["REQUEST"]
    assert Invited.objects.get(account=world.rafi).cancelled


def test_a_postponed_visit_is_taken_out_on_the_day_that_it_had(world: World, visit: Visit) -> None:
    ticking.send_invitations(NOW)

    visits.postpone(visit=visit, reason="Snow.", by=world.cora, at=NOW)
    ticking.send_invitations(NOW)

    method, event = calendars(world.nadia)[-1]
    assert method == "CANCEL"
    assert event["dtstart"].dt == DAY or event["dtstart"].dt.date() == DAY


@pytest.mark.django_db(transaction=True)
def test_a_mail_program_finds_the_invitation_as_a_part_of_the_message(world: World, visit: Visit) -> None:
    ticking.send_invitations(NOW)

    message = next(message for message in sent_mail.outbox if world.rafi.email in message.to).message()
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["REQUEST", "REQUEST"]
    assert parts[1].get_filename() == "invitation.ics"
    payload = parts[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert len(events_of(payload)) == 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(title=TEXTS, text=TEXTS, place=TEXTS, name=TEXTS)
def test_hostile_words_stay_words_in_one_event(title: str, text: str, place: str, name: str) -> None:
    item = agenda.Item("x", title, DAY, NOW, starts=datetime.combine(DAY, time(9), LONDON), text=text, place=place)
    guest = writing.Guest(name, "rafi@example.org")

    written = writing.invitation(
        item,
        method="REQUEST",
        sequence=1,
        name=name,
        organizer=guest,
        guest=guest,
        zone=LONDON,
        site="https://example.org",
    )

    (event,) = events_of(written)
    assert str(event["uid"]) == "x-by-mail@example.org"
    assert str(event["status"]) == "CONFIRMED"


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Berlin", "Asia/Kolkata", "America/New_York"])
@pytest.mark.parametrize("day", [date(2027, 1, 15), date(2027, 3, 28), date(2027, 7, 1), date(2027, 10, 31)])
def test_a_moment_reads_back_as_the_same_moment(zone: str, day: date) -> None:
    starts = datetime.combine(day, time(9, 30), ZoneInfo(zone))
    item = agenda.Item("x", "Visit", day, NOW, starts=starts, ends=starts + timedelta(hours=7))

    (event,) = events_of(writing.feed([item], name="n", zone=ZoneInfo(zone), site="https://example.org"))

    assert event["dtstart"].dt == starts
    assert event["dtstart"].dt.utcoffset() == starts.utcoffset()
