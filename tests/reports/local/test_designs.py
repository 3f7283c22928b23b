"""The design of local reports, as the office keeps it and as reports carry it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from PIL import Image

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.reports.actions.designs import keep_design, use_design
from communitas.reports.models import ReportDesign
from communitas.reports.queries.designs import design_in_use
from communitas.reports.queries.document import document_of
from tests.cast import NOW, World
from tests.reports.local.conftest import Report


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 300), "#225588").save(out, "PNG")
    return out.getvalue()


PNG = _png()
COLOURS: dict[str, Any] = {"main": "#2b3f8c", "accent": "#7a1f4d"}
FORM = {**COLOURS, "cover": "plain", "welcome": "Welcome, all of you.", "how_to_read": "", "contact": "Ring Cora."}


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"reports:{name}", *args)


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def keep(world: World, **words: Any) -> ReportDesign:
    return keep_design(network=world.network, **{**COLOURS, **words}, by=world.cora, at=NOW)


def test_a_version_changes_nothing_until_it_is_used(world: World) -> None:
    design = keep(world, welcome="Welcome.")

    assert design_in_use(world.network).number == 0
    use_design(design=design, by=world.cyrus, at=NOW)
    assert design_in_use(world.network).welcome == "Welcome."
    assert design_in_use(world.twin.network).number == 0
    assert list(AuditLine.objects.order_by("pk").values_list("verb", flat=True))[-2:] == ["design.keep", "design.use"]


def test_going_back_is_using_an_older_version_again(world: World) -> None:
    first, second = keep(world, welcome="One"), keep(world, welcome="Two")
    for design in (first, second, first):
        use_design(design=design, by=world.cora, at=NOW)

    assert design_in_use(world.network).welcome == "One"
    with pytest.raises(NotAllowed, match="only when another one is in use"):
        use_design(design=first, by=world.cora, at=NOW)


def test_the_next_version_goes_on_with_the_logo_until_it_is_taken_away(world: World) -> None:
    with_logo = keep(world, logo=PNG, logo_words="Hearth")
    going_on = keep(world, logo_words="Hearth")
    without = keep(world, logo=b"", logo_words="Hearth")

    assert with_logo.logo_id == going_on.logo_id is not None
    assert (without.logo_id, without.logo_words) == (None, "")


def test_pale_colours_are_refused_by_the_action_too(world: World) -> None:
    with pytest.raises(NotAllowed, match="at least"):
        keep(world, main="#999999")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_every_version(world: World, change: str) -> None:
    design = keep(world)
    rows = ReportDesign.objects.filter(pk=design.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(welcome="Other") if change == "update" else rows.delete()


def test_a_signed_report_keeps_the_design_it_was_signed_with(report: Report) -> None:
    world = report.world
    use_design(design=keep(world, welcome="Signed so."), by=world.cora, at=NOW)
    final = report.final()
    use_design(design=keep(world, welcome="Later."), by=world.cora, at=NOW + timedelta(days=1))

    assert document_of(final, at=NOW + timedelta(days=2)).design.welcome == "Signed so."


def test_the_office_keeps_looks_and_uses_in_the_browser(report: Report, client: Client) -> None:
    world = report.world
    world.sign_in(client, world.cora)
    logo = SimpleUploadedFile("logo.png", PNG, "image/png")

    kept = client.post(at("designs"), {**FORM, "logo": logo, "logo_words": "Hearth Network"})
    design = ReportDesign.objects.get()
    preview = client.get(kept["Location"])
    pdf, large = client.get(at("design_pdf", design.pk)), client.get(at("design_pdf", design.pk) + "?large")
    client.post(at("use_design", design.pk))
    page = client.get(at("local", report.pk))

    assert kept["Location"] == at("design", design.pk)
    assert b"Willow Court" in preview.content
    assert pdf.content.startswith(b"%PDF-")
    assert large.content.startswith(b"%PDF-")
    for shown in (preview, page):
        assert at("colours", "2b3f8c-7a1f4d").encode() in shown.content
        assert b"Welcome, all of you." in shown.content
    image = client.get(at("logo", report.pk))
    with Image.open(BytesIO(image.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (600, 200))


def test_a_logo_as_svg_is_written_anew_and_may_do_nothing_by_itself(report: Report, client: Client) -> None:
    report.world.sign_in(client, report.world.cora)
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><path d="M0 0h9v9z"/></svg>'
    logo = SimpleUploadedFile("logo.svg", drawn, "image/svg+xml")

    client.post(at("designs"), {**FORM, "logo": logo, "logo_words": "Hearth Network"})
    design = ReportDesign.objects.get()
    shown, pdf = client.get(at("design_logo", design.pk)), client.get(at("design_pdf", design.pk))

    assert shown["Content-Type"] == "image/svg+xml"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"onload" not in shown.content
    assert b"M0 0h9v9z" in shown.content
    assert pdf.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"main": "#aaaaaa"}, b"Please choose a darker one."),
        ({"logo": SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")}, b"no SVG that we can read"),
        ({"logo": SimpleUploadedFile("a.png", b"GIF89a", "image/png")}, b"neither PNG nor SVG"),
        ({"logo": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nbroken", "image/png")}, b"error"),
        ({"logo": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 600_000, "image/png")}, b"at most 500 kB"),
        ({"logo": SimpleUploadedFile("a.png", PNG, "image/png")}, b"words beside it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    world: World, client: Client, wrong: dict[str, Any], said: bytes
) -> None:
    answer = world.sign_in(client, world.cora).post(at("designs"), {**FORM, **wrong})

    assert answer.status_code == 422
    assert said in answer.content
    assert not ReportDesign.objects.exists()


@pytest.mark.parametrize("pair", ["ffffff-98420c", "1d5148", "1d5148-98420c;}", "1D5148-98420C", "..%2f-x"])
def test_a_style_sheet_is_made_of_two_readable_colours_alone(world: World, client: Client, pair: str) -> None:
    good = client.get(at("colours", "1d5148-98420c"))

    assert good["Content-Type"].startswith("text/css")
    assert client.get(f"/hearth/reports/colours/{pair}.css").status_code == 404


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_of_designs_costs_a_constant_number_of_queries(
    world: World, client: Client, versions: int, django_assert_num_queries: Any
) -> None:
    for _ in range(versions):
        use_design(design=keep(world), by=world.cora, at=NOW)
    world.sign_in(client, world.cora)
    client.get(at("designs"))

    with django_assert_num_queries(8):
        client.get(at("designs"))
