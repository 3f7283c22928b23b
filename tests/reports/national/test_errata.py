"""A released report is corrected in words by two people, which everybody reads; its figures stay."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.reports.actions.errata import propose_erratum
from communitas.reports.actions.national import set_documents
from communitas.reports.models import Erratum, NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.rules.national import refuse_erratum
from tests.cast import NOW, World
from tests.reports.documents.test_national import words
from tests.reports.national.test_building import cycle, freeze, release  # noqa: F401  # a fixture

TEXT = "Standard 1.2 was read too strictly in the 2026 cycle."


@pytest.mark.parametrize("text", [" ", "It was 61 per cent.", "Met by ⅔ of them.", "See 1.25."])
def test_a_correction_has_words_and_no_figures(text: str) -> None:
    with pytest.raises(NotAllowed, match="in words without figures"):
        refuse_erratum(text, state="released", names=["1.2", "2026"])


def test_codes_and_names_of_cycles_are_no_figures() -> None:
    refuse_erratum(TEXT, state="released", names=["1.2", "2026"])


def figures_of(report: NationalReport) -> list[object]:
    return [queries.figures_csv(report, "public"), queries.figures_json(report, "public"), queries.package(report)]


def test_two_people_correct_what_everybody_reads_and_the_figures_stay(
    world: World,
    cycle: Cycle,  # noqa: F811  # the fixture
    client: Client,
) -> None:
    report = freeze(world, cycle)
    with pytest.raises(NotAllowed, match="A released report"):
        propose_erratum(report=report, text=TEXT, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)
    form = path_of("hearth", "reports:national_correction", report.pk)
    assert "Not released yet" in client.get(form).content.decode()
    cycle.enrolments.filter(community__code="C003").update(community_name="The Long House")
    report = release(world, report)
    address = path_of("hearth", "reports:national", report.pk)
    figures = figures_of(report)
    assert form in client.get(address).content.decode()

    refused = client.post(form, {"correction": "It was 61 per cent."})
    naming = client.post(form, {"correction": "We read The Long House too strictly."})
    client.post(form, {"correction": TEXT})

    assert refused.status_code == 422
    assert "Please say it without: The Long House." in naming.content.decode()
    assert TEXT not in Client().get(address).content.decode()
    assert "A correction waits for a second person" in client.get(address).content.decode()
    assert "take it back" in client.get(form).content.decode()
    world.sign_in(client, world.cyrus)
    assert TEXT in client.get(form).content.decode()
    waiting = Proposal.objects.get(state=Proposal.State.WAITING)
    client.post(path_of("hearth", "web:settle", waiting.pk), {"confirm": "1"})
    page = Client().get(address).content.decode()
    assert TEXT in page
    assert "Correction, " in page
    assert form not in page
    assert (Erratum.objects.get().by, waiting.proposed_by) == (world.cora, world.cora)
    set_documents(report=report, by=None, at=NOW, say=lambda step: None)  # as the task does that was enqueued
    report = queries.reports().get(pk=report.pk)
    assert TEXT in words(queries.pdf_of(report, "public") or b"")
    assert figures_of(report) == figures
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Erratum.objects.update(text="")


def test_a_correction_that_the_second_person_declines_stays_with_its_reason_in_the_office(
    world: World,
    cycle: Cycle,  # noqa: F811  # the fixture
    client: Client,
) -> None:
    report = release(world, freeze(world, cycle))
    waiting = propose_erratum(report=report, text=TEXT, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="Nobody confirms their own proposal"):
        confirmations.confirm(proposal=waiting, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="already waits"):
        propose_erratum(report=report, text="Another word was missing.", by=world.cyrus, at=NOW)
    confirmations.decline(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1), reason="It names somebody.")

    assert queries.corrections_of(report) == []
    page = world.sign_in(client, world.cora).get(path_of("hearth", "reports:national_correction", report.pk))
    told = page.content.decode()
    assert "What was not added" in told
    assert TEXT in told
    assert "It names somebody." in told
    assert propose_erratum(report=report, text="Another word was missing.", by=world.cyrus, at=NOW).pk != waiting.pk
