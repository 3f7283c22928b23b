from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.visits import actions, ticking
from communitas.visits.models import Concern, ConcernStep, SafeguardingSettings
from tests import factories
from tests.cast import NOW, World

SECRET = "Bruises that nobody explains"


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


def raised(world: World, **words: Any) -> Concern:
    given: dict[str, Any] = {
        "network": world.network,
        "visit": world.visit,
        "seen": SECRET,
        "by": world.rafi,
        "at": NOW,
    } | words
    return actions.raise_concern(**given)


def test_a_concern_reaches_the_named_person_at_once_by_a_letter_that_says_nothing(world: World) -> None:
    concern = raised(world, at_risk="Somebody upstairs", told="Nobody")

    letter = OutboxMail.objects.get(account_id=world.dee.pk)
    said = letter.subject + letter.text
    assert (letter.queued_at, concern.acknowledge_by) == (NOW, NOW + timedelta(hours=4))
    assert path_of("hearth", "visits:concern", concern.pk) in letter.text
    for word in (SECRET, "upstairs", "Lark", "Rafi", "concern was"):
        assert word not in said


def test_the_audit_trail_says_that_and_not_what(world: World) -> None:
    concern = raised(world)
    actions.acknowledge_concern(concern=concern, by=world.dee, at=NOW)
    actions.add_concern_step(concern=concern, words="Rang the ward.", by=world.dee, at=NOW)

    lines = AuditLine.objects.filter(verb__startswith="concern.")
    assert [line.verb for line in lines.order_by("pk")] == ["concern.raise", "concern.acknowledge", "concern.add_step"]
    assert not any(SECRET in str(vars(line)) or "Rang" in str(vars(line)) for line in lines)


def test_an_empty_concern_is_none(world: World) -> None:
    with pytest.raises(NotAllowed, match="what was seen"):
        raised(world, seen="  ")


def test_nobody_answered_by_the_end_of_the_day_so_a_second_person_is_told(world: World) -> None:
    factories.grant(world.kit, world.network, "office", duties=("safe",))
    settings: dict[str, Any] = {"danger": "", "acknowledge_hours": 2, "by": world.cora, "at": NOW}
    actions.change_safeguarding(network=world.network, named=world.dee, second=world.kit, **settings)
    concern = raised(world)
    before = OutboxMail.objects.filter(account_id=world.kit.pk).count()

    early = ticking.pass_concerns_on(NOW + timedelta(hours=5))
    late = ticking.pass_concerns_on(concern.escalates_at)
    again = ticking.pass_concerns_on(concern.escalates_at + timedelta(hours=1))

    concern.refresh_from_db()
    assert (before, early, late, again, concern.state) == (0, "", "1 passed on", "", "escalated")
    assert OutboxMail.objects.filter(account_id=world.kit.pk).count() == 1
    assert SECRET not in OutboxMail.objects.get(account_id=world.kit.pk).text


def test_an_acknowledged_concern_is_not_passed_on_and_whoever_raised_it_is_told(world: World) -> None:
    concern = raised(world)

    actions.acknowledge_concern(concern=concern, by=world.dee, at=NOW + timedelta(hours=1))

    assert actions.escalate_due_concerns(by=None, at=concern.escalates_at) == 0
    assert "Somebody has it in hand" in OutboxMail.objects.get(account_id=world.rafi.pk).text


def test_a_setting_that_names_somebody_without_the_duty_counts_as_empty(world: World) -> None:
    SafeguardingSettings.objects.create(network=world.network, named=world.cora)

    raised(world)

    assert list(OutboxMail.objects.values_list("account_id", flat=True)) == [world.dee.pk]


def test_what_a_concern_says_never_changes_and_its_steps_are_written_once(world: World) -> None:
    concern = raised(world)

    wrongs: list[Callable[[], object]] = [
        lambda: Concern.objects.filter(pk=concern.pk).update(seen="Nothing"),
        lambda: Concern.objects.filter(pk=concern.pk)._raw_delete("default"),
        lambda: ConcernStep.objects.update(words="x"),
    ]
    for wrong in wrongs:
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
    assert Concern.objects.get().seen == SECRET


def test_only_the_named_and_the_lead_of_that_visit_read_it(world: World, client: Client) -> None:
    concern = raised(world)

    codes = {
        name: world.sign_in(client, getattr(world, name)).get(at("concern", concern.pk)).status_code
        for name in ("dee", "ludo", "rafi", "lena", "cora", "cyrus", "kit", "tess", "ada", "stefan")
    }

    assert {name for name, code in codes.items() if code == 200} == {"dee", "ludo"}
    assert {code for name, code in codes.items() if name not in {"dee", "ludo"}} == {404}


def test_no_page_of_the_visit_report_or_cockpit_tells_of_it_to_others(world: World, client: Client) -> None:
    raised(world)
    paths = [
        at("visit", world.visit.pk),
        at("pack", world.visit.pk),
        at("list"),
        path_of("hearth", "cycles:cockpit", world.cycle.pk),
        path_of("hearth", "cycles:enrolment", world.enrolment.pk),
    ]

    for person in (world.cora, world.rafi, world.lena):
        world.sign_in(client, person)
        for path in paths:
            text = client.get(path).content.decode()
            assert SECRET not in text
            assert "Serious concerns" not in text


def test_a_concern_is_raised_and_answered_through_the_pages(world: World, client: Client) -> None:
    SafeguardingSettings.objects.create(network=world.network, danger="Ring 999.")
    world.sign_in(client, world.mina)
    form = client.get(at("raise_concern"), {"visit": world.visit.pk}).content.decode()
    done = client.post(at("raise_concern"), {"visit": world.visit.pk, "seen": SECRET}, follow=True)
    concern = Concern.objects.get()
    world.sign_in(client, world.dee)
    client.post(at("concern_acknowledge", concern.pk))
    empty = client.post(at("concern_close", concern.pk), {"words": " "}, follow=True).content.decode()
    client.post(at("concern_step", concern.pk), {"words": "Rang the ward."})
    client.post(at("concern_close", concern.pk), {"words": "The ward has taken it up."})
    page = client.get(at("concern", concern.pk)).content.decode()

    concern.refresh_from_db()
    assert "Ring 999." in form
    assert "Thank you for saying so" in done.content.decode()
    assert (concern.visit, concern.state, "Please give a reason" in empty) == (world.visit, "closed", True)
    assert "Rang the ward." in page
    assert [step.verb for step in concern.steps.order_by("pk")] == ["raise", "acknowledge", "add_step", "close"]


def test_a_visit_that_somebody_may_not_read_is_not_named(world: World, client: Client) -> None:
    world.sign_in(client, world.otto).post(at("raise_concern"), {"visit": world.visit.pk, "seen": SECRET})
    foreign = client.post(at("raise_concern"), {"visit": world.twin.visit.pk, "seen": SECRET})

    assert foreign.status_code == 302
    assert list(Concern.objects.values_list("visit", flat=True)) == [None, None]


def test_the_list_of_concerns_is_never_downloaded(world: World, client: Client) -> None:
    raised(world)

    answer = world.sign_in(client, world.dee).get(at("concerns"), {"format": "csv"})

    assert answer.headers["Content-Type"].startswith("text/html")
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_takes_the_same_queries(
    world: World, client: Client, more: int, django_assert_num_queries: Any
) -> None:
    for _ in range(more):
        raised(world)
    world.sign_in(client, world.dee)

    with django_assert_num_queries(7):
        client.get(at("concerns"))


def test_the_office_names_only_people_with_the_duty(world: World, client: Client) -> None:
    factories.grant(world.kit, world.network, "office", duties=("safe",))
    words = {"acknowledge_hours": "2", "danger": "Ring 999."}
    world.sign_in(client, world.cora)

    wrong = client.post(at("safeguarding"), {**words, "named": world.cora.pk})
    same = client.post(at("safeguarding"), {**words, "named": world.dee.pk, "second": world.dee.pk})
    client.post(at("safeguarding"), {**words, "named": world.dee.pk, "second": world.kit.pk})

    settings = SafeguardingSettings.objects.get(network=world.network)
    assert (wrong.status_code, same.status_code) == (422, 422)
    assert (settings.named, settings.second, settings.acknowledge_hours) == (world.dee, world.kit, 2)
