"""The pages of local reports, as the people who use them."""

from typing import Any

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.models import Job
from communitas.people.models import Account
from communitas.reports import actions, queries
from communitas.reports.models import LocalReport
from tests.cast import NOW, World
from tests.reports.local.conftest import Report, close_review


def at(name: str, *args: object, slug: str = "hearth") -> str:
    return path_of(slug, f"reports:{name}", *args)


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_a_draft_is_hidden_from_its_community_until_it_is_delivered(report: Report, client: Client) -> None:
    world = report.world

    assert world.sign_in(client, world.lena).get(at("local", report.pk)).status_code == 404
    assert world.sign_in(client, world.ludo).get(at("local", report.pk)).status_code == 200
    report.delivered()
    assert world.sign_in(client, world.lena).get(at("local", report.pk)).status_code == 200
    assert world.sign_in(client, world.mina).get(at("local", report.pk)).status_code == 404


def test_everybody_of_the_community_reads_the_final_report(report: Report, client: Client) -> None:
    report.final()
    world = report.world

    for person in (world.mina, world.stefan, world.lena, world.cora):
        answer = world.sign_in(client, person).get(at("local", report.pk))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "Residents chair the morning meeting." in text
        assert "We saw two gaps in January." in text
        assert "The rota was not kept" in text
    assert world.sign_in(client, world.otto).get(at("local", report.pk)).status_code == 404
    assert world.sign_in(client, world.tess).get(at("local", report.pk)).status_code == 404


def test_what_people_wrote_is_escaped_in_text_and_charts(world: World, client: Client) -> None:
    world.edition.sections.filter(position=1)
    report = close_review(world, world)
    actions.write_summary(report=report, text="<script>alert(1)</script>", by=world.ludo, at=NOW)

    answer = world.sign_in(client, world.cora).get(at("local", report.pk))

    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;alert" in answer.content


def test_the_report_is_walked_through_from_draft_to_final_in_the_browser(
    report: Report, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    world = report.world
    world.sign_in(client, world.ludo)
    client.post(at("summary", report.pk), {"text": "A warm house."})
    client.post(at("deliver", report.pk))
    world.sign_in(client, world.lena)
    client.post(at("check", report.pk), {"criterion_key": "c1-2", "text": "The rota is kept.", "wanted_score": "2"})
    client.post(at("check", report.pk), {"criterion_key": "", "text": "It is a typing error."})
    points = list(report.now.points.order_by("pk"))
    client.post(at("withdraw_point", report.pk, points[1].pk))
    client.post(at("send_check", report.pk))
    assert report.now.state == "deciding"
    world.sign_in(client, world.cora)
    assert client.get(at("points", report.pk)).status_code == 200
    decided = {"verb": "accept", "reason": "It is there.", "new_score": "2"}
    assert client.post(at("decide", report.pk, points[0].pk), decided).status_code == 302
    client.post(at("sign", report.pk))
    assert report.now.state == "waiting"
    page = world.sign_in(client, world.cyrus).get(at("local", report.pk))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path_of("hearth", "web:settle", page.context["ways"]["second"]), {"confirm": "1"})

    assert report.now.state == "final"
    answer = client.get(at("local_pdf", report.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")


def test_the_pdf_of_a_draft_is_made_in_the_background(report: Report, client: Client) -> None:
    world = report.world

    answer = world.sign_in(client, world.ludo).post(at("make_pdf", report.pk))

    job = Job.objects.get()
    assert answer["Location"] == path_of("hearth", "web:job", job.pk)
    assert client.get(at("local_pdf", report.pk)).status_code == 404


def test_wrong_entries_are_said_beside_the_form(report: Report, client: Client) -> None:
    report.delivered()
    world = report.world
    world.sign_in(client, world.lena)

    empty = client.post(at("check", report.pk), {"criterion_key": "", "text": ""})
    unnamed = client.post(at("check", report.pk), {"criterion_key": "", "text": "No", "wanted_score": "2"})

    assert (empty.status_code, unnamed.status_code) == (422, 422)
    assert b"Please name the criterion" in unnamed.content


def test_an_author_is_refused_with_the_sentence(report: Report, client: Client) -> None:
    world = report.world
    actions.write_summary(report=report.now, text="By Cora.", by=world.cora, at=NOW)
    report.checked()

    answer = world.sign_in(client, world.cora).post(at("sign", report.pk))

    assert answer.status_code == 403
    assert b"two people of the office who did not write it" in answer.content


@pytest.mark.parametrize("name", ["deliver", "sign", "return", "go_on", "make_pdf", "send_check"])
def test_opening_an_address_that_acts_changes_nothing(report: Report, client: Client, name: str) -> None:
    world = report.world

    assert world.sign_in(client, world.cora).get(at(name, report.pk)).status_code == 404
    assert report.now.state == "drafting"


def test_the_list_shows_each_person_what_they_may_read(report: Report, client: Client) -> None:
    world = report.world
    close_review(world.twin, world)

    def seen(person: Account) -> int:
        answer = world.sign_in(client, person).get(at("locals"))
        total: int = answer.context["listing"].total
        return total

    assert (seen(world.cora), seen(world.ludo), seen(world.lena), seen(world.mina)) == (1, 1, 0, 0)
    report.final()
    assert (seen(world.cora), seen(world.lena), seen(world.mina), seen(world.otto)) == (1, 1, 1, 0)
    csv = world.sign_in(client, world.cora).get(at("locals") + "?format=csv")
    assert csv["Content-Type"].startswith("text/csv")


def test_a_report_of_the_twin_does_not_exist_here(report: Report, client: Client) -> None:
    world = report.world
    other = close_review(world.twin, world)

    assert world.sign_in(client, world.cora).get(at("local", other.pk)).status_code == 404
    assert world.sign_in(client, world.cora).get(at("local", other.pk, slug="harbour")).status_code == 404
    assert LocalReport.objects.count() == 2


@pytest.mark.parametrize("criteria", [1, 3])
def test_a_final_report_costs_a_constant_number_of_queries(
    report: Report, client: Client, criteria: int, django_assert_num_queries: Any
) -> None:
    final = report.final()
    for number in range(criteria):
        actions.add_action(
            enrolment=final.enrolment,
            text=f"Idea {number}",
            owner_name="Mina",
            due_on=NOW.date(),
            by=report.world.lena,
            at=NOW,
        )
    report.world.sign_in(client, report.world.mina)
    client.get(at("local", report.pk))

    with django_assert_num_queries(9):
        client.get(at("local", report.pk))
    assert queries.plan_of(final.enrolment, today=NOW.date()).own
