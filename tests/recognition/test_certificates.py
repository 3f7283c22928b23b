from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from communitas.kit import confirmations, files
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail, Proposal
from communitas.recognition import actions, queries
from communitas.recognition.models import Certificate
from communitas.recognition.typesetting.certificate import certificate_pdf
from tests.cast import Part, World

NOW = datetime(2026, 3, 4, 14, 2, tzinfo=UTC)  # the pages ask the real clock, so this lies behind


def prepare(part: Part, by: Any, reference: str = "enrolment:1") -> Certificate:
    return actions.prepare(
        community=part.lark,
        reference=reference,
        membership="full",
        community_name=part.lark.name,
        cycle_name="2027",
        edition_name="Hearth standards, edition 1",
        by=by,
        at=NOW,
        random_bytes=b"a fixed seed",
    )


def issue(world: World, certificate: Certificate) -> Certificate:
    proposal = actions.propose_issue(certificate=certificate, by=world.cora, at=NOW)
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)
    return queries.certificates().get(pk=certificate.pk)


@pytest.fixture
def certificate(world: World, django_capture_on_commit_callbacks: Any) -> Certificate:
    with django_capture_on_commit_callbacks(execute=True):
        issued = issue(world, prepare(world, world.cora))
    return queries.certificates().get(pk=issued.pk)


def test_a_certificate_is_prepared_once_for_each_reference(world: World) -> None:
    assert prepare(world, world.cora) == prepare(world, world.cora)


def test_issuing_takes_two_people(world: World) -> None:
    prepared = prepare(world, world.cora)

    proposal = actions.propose_issue(certificate=prepared, by=world.cora, at=NOW)

    prepared.refresh_from_db()
    assert prepared.state == "prepared"
    with pytest.raises(NotAllowed, match="ask a colleague"):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Certificate.objects.filter(pk=prepared.pk).update(issued_by=world.cora, confirmed_by=world.cora)


def test_an_issued_certificate_has_its_pdf_and_its_lead_is_told(world: World, certificate: Certificate) -> None:
    assert certificate.file is not None
    text = PdfReader(BytesIO(files.read(certificate.file))).pages[0].extract_text()
    assert certificate.code in text
    assert OutboxMail.objects.get(to="lena@people.example").subject == "Your certificate of 2027"


def test_the_same_certificate_gives_the_same_bytes(certificate: Certificate) -> None:
    document = queries.document_of(certificate)

    assert certificate_pdf(document) == certificate_pdf(document)


def test_anybody_verifies_a_certificate_by_its_code_however_it_is_typed(
    client: Client, certificate: Certificate
) -> None:
    typed = certificate.code.lower().replace("-", " ")

    response = client.get("/verify/", {"code": typed}, follow=True)

    text = response.content.decode()
    assert "This certificate holds" in text
    assert "Hearth Lark House is a full member of Hearth and took part in the peer reviews of 2027." in text
    assert "not an accreditation" in text


def test_a_code_that_cannot_be_one_says_so_beside_the_field(client: Client, db: None) -> None:
    response = client.get("/verify/", {"code": "AAAA-AAAA-B"})

    assert response.status_code == 422
    assert "a letter is wrong or missing" in response.content.decode()


def test_a_code_that_was_never_given_is_not_found(client: Client, world: World) -> None:
    prepared = prepare(world, world.cora)

    assert client.get(f"/verify/{prepared.code}/").status_code == 404
    assert client.get("/verify/nonsense/").status_code == 404


def test_a_revoked_certificate_says_so_and_never_why(client: Client, world: World, certificate: Certificate) -> None:
    proposal = actions.propose_revocation(certificate=certificate, reason="Private matter.", by=world.cyrus, at=NOW)
    assert "This certificate holds" in client.get(f"/verify/{certificate.code}/").content.decode()

    confirmations.confirm(proposal=proposal, by=world.dee, at=NOW)

    text = client.get(f"/verify/{certificate.code}/").content.decode()
    assert "does not hold" in text
    assert "withdrawn by the network" in text
    assert "Private matter" not in text


def test_a_revocation_needs_a_reason(world: World, certificate: Certificate) -> None:
    with pytest.raises(NotAllowed, match="with a reason"):
        actions.propose_revocation(certificate=certificate, reason=" ", by=world.cyrus, at=NOW)


def test_a_newer_certificate_takes_the_place_of_the_older(world: World, certificate: Certificate) -> None:
    newer = issue(world, prepare(world, world.cora, "enrolment:2"))

    certificate.refresh_from_db()
    assert certificate.superseded_by == newer
    assert newer.code != certificate.code


def test_only_the_secretary_may_revoke(client: Client, world: World, certificate: Certificate) -> None:
    found = {}
    for account in (world.cora, world.cyrus, world.lena):
        world.sign_in(client, account)
        address = path_of("hearth", "recognition:revoke", certificate.pk)
        found[account.username] = client.post(address, {"reason": "x"}).status_code

    assert found == {"cora": 403, "cyrus": 302, "lena": 404}


def test_the_pdf_is_for_the_community_and_the_office(client: Client, world: World, certificate: Certificate) -> None:
    found = {}
    for account in (world.mina, world.cora, world.otto, world.tess):
        world.sign_in(client, account)
        found[account.username] = client.get(path_of("hearth", "recognition:download", certificate.pk)).status_code

    assert found == {"mina": 200, "cora": 200, "otto": 404, "tess": 404}


def test_the_office_proposes_all_that_wait_at_once(client: Client, world: World) -> None:
    prepare(world, world.cora)
    prepare(world, world.cora, "enrolment:2")
    world.sign_in(client, world.cora)

    client.post(path_of("hearth", "recognition:propose_all"))
    client.post(path_of("hearth", "recognition:propose_all"))

    assert Proposal.objects.filter(action="certificate.issue", state="waiting").count() == 2


def test_the_communitys_own_page_shows_only_its_certificates(
    client: Client, world: World, certificate: Certificate
) -> None:
    world.sign_in(client, world.lena)
    assert certificate.wording in client.get(path_of("hearth", "recognition:own")).content.decode()

    world.sign_in(client, world.otto)
    assert "No certificate yet" in client.get(path_of("hearth", "recognition:own")).content.decode()


def test_the_offices_page_shows_the_code(client: Client, world: World, certificate: Certificate) -> None:
    world.sign_in(client, world.cora)
    text = client.get(path_of("hearth", "recognition:certificate", certificate.pk)).content.decode()

    assert f">{certificate.code}<" in text
