"""A request that names its own cycle or report and somebody else's rows is refused whole: nothing of it is done."""

import pytest
from django.test import Client

from communitas.cycles.models import Enrolment
from communitas.kit.addresses import path_of
from communitas.kit.models import AuditLine, Job, OutboxMail
from communitas.reports.models import FactPoint, LocalReport
from tests.cast import NOW, World

NOWHERE = ("999999999999999999999999", "x", "-1", "\u0661")
LETTER = {"subject": "Hello", "message": "A friendly word.", "send": "1", "some": "1"}


@pytest.mark.parametrize("foreign", ["twin", *NOWHERE])
def test_a_reminder_to_a_foreign_enrolment_reminds_nobody(world: World, client: Client, foreign: str) -> None:
    world.sign_in(client, world.cora)
    other = str(world.twin.enrolment.pk) if foreign == "twin" else foreign
    address = path_of("hearth", "cycles:remind", world.cycle.pk)

    response = client.post(address, {**LETTER, "enrolment": [str(world.enrolment.pk), other]})

    assert response.status_code == 404
    assert not OutboxMail.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize("foreign", ["twin", *NOWHERE])
def test_enrolling_a_foreign_community_enrols_nobody(world: World, client: Client, foreign: str) -> None:
    world.sign_in(client, world.cora)
    other = str(world.twin.elm.pk) if foreign == "twin" else foreign
    before = Enrolment.objects.count(), AuditLine.objects.count()
    address = path_of("hearth", "cycles:enrol", world.cycle.pk)

    response = client.post(address, {"pathway": "peer_review", "community": [str(world.elm.pk), other]})

    assert response.status_code == 404
    assert (Enrolment.objects.count(), AuditLine.objects.count()) == before


def test_a_criterion_of_nobodys_edition_is_not_answered(world: World, client: Client) -> None:
    world.sign_in(client, world.lena)

    response = client.post(path_of("hearth", "workbooks:answer", world.workbook.pk, "c9-9"), {"score": "2"})

    assert response.status_code == 404


def test_a_point_of_another_report_is_neither_decided_nor_taken_back(world: World, client: Client) -> None:
    fields = {"state": "deciding", "begun_at": NOW, "delivered_at": NOW}
    own = LocalReport.objects.create(enrolment=world.enrolment, **fields)
    other = LocalReport.objects.create(enrolment=world.twin.enrolment, **fields)
    point = FactPoint.objects.create(report=other, side="host", text="No", made_by=world.theo, made_at=NOW)
    world.sign_in(client, world.cora)

    answers = [
        client.post(path_of("hearth", f"reports:{name}", own.pk, point.pk), {"decision": "accepted", "reason": "Yes"})
        for name in ("decide", "decide_again", "withdraw_point", "withdraw_comment")
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}
    point.refresh_from_db()
    assert point.state == "open"
