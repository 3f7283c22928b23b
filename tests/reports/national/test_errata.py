"""A released report is corrected in words, which everybody reads; its figures stay."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from communitas.cycles.models import Cycle
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.reports.actions.errata import write_erratum
from communitas.reports.actions.national import set_documents
from communitas.reports.models import Erratum
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


def test_everybody_reads_what_was_corrected_and_the_figures_stay(
    world: World,
    cycle: Cycle,  # noqa: F811  # the fixture
    client: Client,
) -> None:
    report = freeze(world, cycle)
    with pytest.raises(NotAllowed, match="A released report"):
        write_erratum(report=report, text=TEXT, by=world.cora, at=NOW)
    report = release(world, report)
    address = path_of("hearth", "reports:national", report.pk)
    figures = [queries.figures_csv(report, "public"), queries.figures_json(report, "public"), queries.package(report)]
    world.sign_in(client, world.cora)
    form = path_of("hearth", "reports:national_correction", report.pk)
    assert form in client.get(address).content.decode()

    refused = client.post(form, {"correction": "It was 61 per cent."})
    client.post(form, {"correction": TEXT})

    assert refused.status_code == 422
    page = Client().get(address).content.decode()
    assert TEXT in page
    assert "Correction, " in page
    assert form not in page
    set_documents(report=report, by=None, at=NOW, say=lambda step: None)  # as the task does that was enqueued
    report = queries.reports().get(pk=report.pk)
    assert TEXT in words(queries.pdf_of(report, "public") or b"")
    assert [
        queries.figures_csv(report, "public"),
        queries.figures_json(report, "public"),
        queries.package(report),
    ] == figures
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Erratum.objects.update(text="")
