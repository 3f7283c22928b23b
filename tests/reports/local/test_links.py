"""Private links to a final report, and the short version in large print."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from communitas.cycles.models import Enrolment
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.reports.actions.sharing import end_link, share
from communitas.reports.models import LinkOpening, LocalReport, ReportLink
from tests.cast import NOW, World
from tests.reports.local.conftest import Report

GIVEN: dict[str, Any] = {"recipient": "Calder Vale commissioners", "reason": "Yearly contract", "days": 30}
SENT = {**GIVEN, "edition": "reduced"}


def at(name: str, *args: object, slug: str = "hearth") -> str:
    return path_of(slug, f"reports:{name}", *args)


class Moment:
    """The clock of the requests."""

    def __init__(self) -> None:
        self.now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """Requests come at the moment of the cast, until a test lets time pass."""
    moment = Moment()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment.now)
    return moment


def shared(report: LocalReport, world: World, **other: Any) -> str:
    address = share(report=report, **{**GIVEN, **other}, by=world.lena, at=NOW)
    return address[address.index("/hearth/") :]


def test_whoever_has_the_link_reads_this_report_and_nothing_else(report: Report, client: Client) -> None:
    path = shared(report.final(), report.world)

    answer = client.get(path)

    assert answer.status_code == 200
    assert b"Residents chair the morning meeting." in answer.content
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow, noarchive")
    assert answer["Cache-Control"] == "private, no-store"
    links = {part.split('"')[0] for part in answer.content.decode().split('href="')[1:]}
    assert {link for link in links if link.startswith("/hearth/") and not link.startswith(path)} == set()
    assert client.get(at("local", report.pk)).status_code == 302
    assert LinkOpening.objects.count() == 1


def test_a_reduced_edition_tells_no_single_criterion_on_the_page_or_in_its_file(report: Report, client: Client) -> None:
    path = shared(report.final(), report.world, reduced=True)

    page, pdf = client.get(path), client.get(path + "report.pdf")

    words = " ".join(each.extract_text() for each in PdfReader(BytesIO(pdf.content)).pages)
    for text in (page.content.decode(), " ".join(words.split())):
        assert "reduced edition" in text
        assert "Residents chair the morning meeting." in text
        assert "Residents sit on the group that appoints staff." in text
        assert "We saw two gaps in January." not in text
        assert "We meet each morning." not in text
        assert "The rota was not kept" not in text
        assert "Your mark" not in text
    assert b'id="every"' not in page.content
    assert b'href="#c-' not in page.content
    assert b'href="#section-' not in page.content
    assert set(LinkOpening.objects.values_list("file", flat=True)) == {False, True}


def test_a_reduced_edition_has_the_plan_once_it_was_sent(report: Report, client: Client) -> None:
    path = shared(report.final(), report.world, reduced=True)
    report.world.enrolment.actions.create(text="Two people keep the rota.", owner_name="Stefan", made_at=NOW)

    before = client.get(path).content
    Enrolment.objects.filter(pk=report.world.enrolment.pk).update(stage="completed")

    assert b"Two people keep the rota." not in before
    assert b"Two people keep the rota." in client.get(path).content


def test_only_a_hash_of_the_secret_is_kept(report: Report) -> None:
    secret = shared(report.final(), report.world).rstrip("/").rsplit("/", 1)[1]

    kept = ReportLink.objects.values().get()
    assert secret not in str(kept)
    assert secret not in str(list(AuditLine.objects.values()))
    assert len(secret) == 43


def test_after_its_end_a_link_says_so(report: Report, client: Client, clock: Moment) -> None:
    path = shared(report.final(), report.world, days=1)

    clock.now = NOW + timedelta(days=1, seconds=-1)
    assert client.get(path).status_code == 200
    clock.now = NOW + timedelta(days=1)
    gone = client.get(path)

    assert gone.status_code == 410
    assert b"This link has ended" in gone.content
    assert gone["Referrer-Policy"] == "no-referrer"
    assert client.get(path + "report.pdf").status_code == 410
    assert b"Lark House" not in gone.content
    assert LinkOpening.objects.count() == 1


def test_a_link_that_was_ended_or_whose_report_was_replaced_is_gone(report: Report, client: Client) -> None:
    final = report.final()
    ended, replaced = shared(final, report.world), shared(final, report.world)
    end_link(link=ReportLink.objects.order_by("pk")[0], by=report.world.cora, at=NOW)

    assert (client.get(ended).status_code, client.get(replaced).status_code) == (410, 200)
    LocalReport.objects.filter(pk=final.pk).update(state="superseded")
    assert client.get(replaced).status_code == 410
    with pytest.raises(NotAllowed, match="ended while it works"):
        end_link(link=ReportLink.objects.order_by("pk")[0], by=report.world.cora, at=NOW)


def test_an_unknown_secret_and_one_of_another_network_open_nothing(report: Report, client: Client) -> None:
    path = shared(report.final(), report.world)

    assert client.get(path.replace("/shared/", "/shared/x")).status_code == 404
    assert client.get(path.replace("/hearth/", "/harbour/")).status_code == 404


@pytest.mark.parametrize("wrong", [{"recipient": " "}, {"reason": ""}, {"days": 0}, {"days": 91}])
def test_a_link_names_its_reader_its_reason_and_its_end(report: Report, wrong: dict[str, Any]) -> None:
    final = report.final()

    with pytest.raises(NotAllowed):
        share(report=final, **{**GIVEN, **wrong}, by=report.world.lena, at=NOW)
    assert not ReportLink.objects.exists()


def test_a_draft_is_never_shared(report: Report) -> None:
    with pytest.raises(NotAllowed, match="made for a final report"):
        share(report=report.now, **GIVEN, by=report.world.cora, at=NOW)


def test_the_lead_makes_and_ends_a_link_in_the_browser(report: Report, client: Client) -> None:
    final, world = report.final(), report.world
    world.sign_in(client, world.lena)

    made = client.post(at("links", final.pk), SENT)
    again = client.get(at("links", final.pk))
    link = ReportLink.objects.get()
    Client().get(made.context["address"].partition("localhost")[2] or made.context["address"])
    ended = client.post(at("end_link", final.pk, link.pk))
    link.refresh_from_db()

    assert made.context["address"].encode() in made.content
    assert made.context["address"].encode() not in again.content
    assert b"Calder Vale commissioners" in again.content
    assert b"reduced edition" in again.content
    assert link.reduced
    assert ended.status_code == 302
    assert (link.ended_by, link.ended_at) == (world.lena, NOW)
    assert world.sign_in(client, world.mina).get(at("links", final.pk)).status_code in {403, 404}


def test_the_database_keeps_openings_and_the_terms_of_a_link(report: Report, client: Client) -> None:
    client.get(shared(report.final(), report.world))

    with pytest.raises(DatabaseError), transaction.atomic():
        LinkOpening.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportLink.objects.update(ends_at=NOW + timedelta(days=400))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportLink.objects.update(reduced=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportLink.objects.all().delete()


def test_large_print_is_a_page_and_a_pdf_for_everybody_who_reads_the_report(report: Report, client: Client) -> None:
    final, world = report.final(), report.world
    world.sign_in(client, world.mina)

    page, pdf = client.get(at("large", final.pk)), client.get(at("large_pdf", final.pk))

    text = page.content.decode()
    assert "Together you looked at 5 things." in text
    assert all(word in text for word in ("<b>met</b>", "<b>partly met</b>", "<b>not met</b>", "<b>not applicable</b>"))
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.content == client.get(at("large_pdf", final.pk)).content
    assert world.sign_in(client, world.otto).get(at("large", final.pk)).status_code == 404


def test_sections_are_closed_until_they_are_opened_together(report: Report, client: Client) -> None:
    final, world = report.final(), report.world
    world.sign_in(client, world.mina)

    closed, opened = client.get(at("local", final.pk)), client.get(at("local", final.pk) + "?open=all")

    assert closed.content.count(b'<details class="part">') == opened.content.count(b'<details class="part" open>') == 2
    assert b'id="c-1.1"' in closed.content
