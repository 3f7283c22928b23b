"""The local report from the closed peer-review to the signature of a second person, and its corrections."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from communitas.benchmarking.queries import facts_of
from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Access
from communitas.reports import actions, policy, queries
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.rules import stored
from communitas.reports.typesetting.local import local_pdf
from communitas.workbooks import queries as books
from communitas.workbooks.models import Event
from tests.cast import NOW, World
from tests.reports.local.conftest import Report


def raised(report: Report, **fields: str) -> FactPoint:
    given = {"text": "We showed the rota.", "criterion_key": "c1-2", "wanted_score": "2", **fields}
    return actions.raise_point(report=report.now, side="host", by=report.world.lena, at=NOW, **given)


def test_closing_the_peer_review_begins_the_draft(report: Report) -> None:
    assert report.now.state == "drafting"
    assert report.now.version == 1
    assert report.now.enrolment.stage == "drafting"


def test_an_unsigned_report_is_the_same_file_on_a_second_run(report: Report) -> None:
    first, second = (local_pdf(queries.document_of(report.now, at=NOW)) for _ in range(2))

    assert first == second
    assert report.now.document is None


def test_a_draft_is_begun_once(report: Report, world: World) -> None:
    again = actions.begin_draft(enrolment=world.enrolment, by=world.cora, at=NOW)

    assert again.pk == report.pk


def test_no_draft_before_the_peer_review_is_closed(world: World) -> None:
    with pytest.raises(NotAllowed, match="begins when the peer-review is closed"):
        actions.begin_draft(enrolment=world.oak_enrolment, by=world.cora, at=NOW)


def test_what_stood_in_the_summary_before_is_kept(report: Report, world: World) -> None:
    report.written()

    actions.write_summary(report=report.now, text="A warm house.", by=world.cora, at=NOW)

    assert list(report.now.edits.order_by("pk").values_list("before", "after")) == [
        ("", "A warm, orderly house."),
        ("A warm, orderly house.", "A warm house."),
    ]
    assert queries.authors_of(report.now) == {world.ludo.pk, world.cora.pk}


def test_delivering_starts_the_clock_and_tells_host_and_team(report: Report, world: World) -> None:
    delivered = report.delivered()

    assert (delivered.state, delivered.delivered_at) == ("with_host", NOW)
    assert delivered.enrolment.stage == "fact_check"
    told = set(OutboxMail.objects.filter(subject__icontains="draft").values_list("account__username", flat=True))
    assert told == {"lena", "ludo", "rafi", "nadia"}


def test_the_host_answers_with_points_or_with_none(report: Report) -> None:
    assert report.checked().state == "deciding"
    assert report.now.enrolment.stage == "final"


def test_a_late_answer_is_refused_with_its_rule(report: Report, world: World) -> None:
    delivered = report.delivered()

    with pytest.raises(NotAllowed, match="while the time to answer runs"):
        actions.answer(report=delivered, by=world.lena, at=NOW + timedelta(days=60))


def test_the_office_goes_on_only_when_the_time_is_over(report: Report, world: World) -> None:
    delivered = report.delivered()

    with pytest.raises(NotAllowed, match="time to answer is over"):
        actions.go_on(report=delivered, by=world.cora, at=NOW)
    actions.go_on(report=delivered, by=world.cora, at=NOW + timedelta(days=60))

    assert report.now.state == "deciding"


def test_an_accepted_point_changes_the_agreed_score_as_a_new_event(report: Report, world: World) -> None:
    report.delivered()
    point = raised(report)
    actions.answer(report=report.now, by=world.lena, at=NOW)
    events = Event.objects.filter(register="agreed").count()

    actions.decide(point=point, verb="accept", reason="The rota is there.", new_score="2", by=world.cora, at=NOW)

    assert queries.agreed_score(report.now.enrolment, "c1-2") == 2
    assert Event.objects.filter(register="agreed").count() == events + 1
    assert Event.objects.get(origin="factual_check").author == world.cora
    assert (point.state, point.score_before, point.new_score) == ("accepted", "1", "2")


def test_a_point_decided_again_gives_the_score_back(report: Report, world: World) -> None:
    report.delivered()
    point = raised(report)
    actions.answer(report=report.now, by=world.lena, at=NOW)
    actions.decide(point=point, verb="accept", reason="The rota is there.", new_score="2", by=world.cora, at=NOW)

    actions.decide_again(point=point, reason="It is another house's rota.", by=world.cyrus, at=NOW)

    assert point.state == "open"
    assert queries.agreed_score(report.now.enrolment, "c1-2") == 1


def test_somebody_of_the_visit_or_an_author_decides_nothing(report: Report, world: World) -> None:
    actions.write_summary(report=report.now, text="By the office.", by=world.cora, at=NOW)
    report.delivered()
    point = raised(report)
    actions.answer(report=report.now, by=world.lena, at=NOW)

    for person in (world.ludo, world.rafi, world.cora, world.lena):
        with pytest.raises(NotAllowed, match="not on the visit"):
            actions.decide(point=point, verb="decline", reason="No.", by=person, at=NOW)
    actions.decide(point=point, verb="decline", reason="Seen twice.", by=world.cyrus, at=NOW)


def test_a_report_with_open_points_is_not_signed(report: Report, world: World) -> None:
    report.delivered()
    raised(report)
    actions.answer(report=report.now, by=world.lena, at=NOW)

    with pytest.raises(NotAllowed, match="1 point is still open"):
        actions.sign_first(report=report.now, by=world.cora, at=NOW)


def test_neither_an_author_nor_the_same_person_twice_signs(report: Report, world: World) -> None:
    actions.write_summary(report=report.now, text="By the office.", by=world.dee, at=NOW)
    report.checked()

    with pytest.raises(NotAllowed, match="neither of whom wrote it"):
        actions.sign_first(report=report.now, by=world.dee, at=NOW)
    actions.sign_first(report=report.now, by=world.cora, at=NOW)
    proposal = confirmations.waiting(report.now, policy.sign)
    assert proposal is not None
    with pytest.raises(NotAllowed, match="own proposal"):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="neither of whom wrote it"):
        confirmations.confirm(proposal=proposal, by=world.dee, at=NOW)


def test_signing_makes_the_report_final(report: Report, world: World) -> None:
    final = report.final()

    document = queries.document_of(final, at=NOW)
    assert (final.state, final.signed_by, final.enrolment.stage) == ("final", world.cyrus, "action_plan")
    assert final.document_hash == stored.document_hash(final.document or {})
    assert [each.name for each in document.signatures] == ["Cora", "Cyrus"]
    assert document.summary.introduction == "A warm, orderly house."
    assert not Access.objects.filter(relation="team", scope=final.enrolment_id, until_at=None).exists()
    assert {fact.criterion: fact.score for fact in facts_of(final.enrolment) if fact.kind == "agreed"} == {
        "c1-1": 2,
        "c1-2": 1,
        "c1-3": 1,
        "c2-1": 2,
        "c2-2": 0,
        "c2-3": "NA",
    }


def test_the_second_person_signs_exactly_what_the_first_signed(report: Report, world: World) -> None:
    first = report.signed_first()
    LocalReport.objects.filter(pk=first.pk).update(document={**(first.document or {}), "feedback": "Changed meanwhile"})
    proposal = confirmations.waiting(first, policy.sign)
    assert proposal is not None

    with pytest.raises(NotAllowed, match="exactly what the first one signed"):
        confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)


def test_a_first_signature_is_taken_back_with_a_reason(report: Report, world: World) -> None:
    first = report.signed_first()

    with pytest.raises(NotAllowed, match="reason"):
        actions.return_to_points(report=first, reason=" ", by=world.cyrus, at=NOW)
    actions.return_to_points(report=first, reason="A name is wrong.", by=world.cyrus, at=NOW)

    assert (report.now.state, report.now.document, report.now.first_signed_by) == ("deciding", None, None)
    assert confirmations.waiting(first, policy.sign) is None


def signatures() -> list[tuple[str, str]]:
    """Who got mail about signatures, and its subject."""
    rows = OutboxMail.objects.filter(kind="signatures", account__isnull=False).order_by("pk")
    return list(rows.values_list("account__username", "subject"))


def test_those_who_may_sign_second_hear_that_a_report_waits(report: Report, world: World) -> None:
    actions.write_summary(report=report.now, text="By the office.", by=world.dee, at=NOW)

    report.signed_first()

    assert signatures() == [("cyrus", "A local report waits for your signature")]
    assert "Cora has signed the local report of Hearth Lark House" in OutboxMail.objects.get(kind="signatures").text


def test_who_signed_first_hears_when_the_report_is_final(report: Report, world: World) -> None:
    report.final()

    assert signatures()[-1] == ("cora", "The report that you signed is final")


def test_who_signed_first_hears_why_the_signature_was_taken_back(report: Report, world: World) -> None:
    actions.return_to_points(report=report.signed_first(), reason="A name is wrong.", by=world.cyrus, at=NOW)

    assert signatures()[-1] == ("cora", "Your signature was taken back")
    assert "The reason: A name is wrong." in OutboxMail.objects.filter(kind="signatures").latest("pk").text


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "Other words"},
        {"document": {}},
        {"document": None},
        {"document_hash": "0" * 64},
        {"state": "drafting"},
        {"signed_by": None},
    ],
)
def test_the_database_refuses_to_change_a_final_report(report: Report, change: dict[str, object]) -> None:
    final = report.final()

    with pytest.raises(IntegrityError), transaction.atomic():
        LocalReport.objects.filter(pk=final.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactPoint.objects.create(report=final, side="host", text="Late", made_by=report.world.lena, made_at=NOW)


def test_a_correction_is_a_new_version_and_both_stay(report: Report, world: World) -> None:
    final = report.final()
    second = actions.begin_correction(report=final, reason="The rota was overlooked.", by=world.cora, at=NOW)
    point = actions.raise_point(
        report=second, side="off", text="The rota exists.", criterion_key="c1-2", by=world.cora, at=NOW
    )
    actions.decide(point=point, verb="accept", reason="Seen.", new_score="2", by=world.cyrus, at=NOW)
    actions.sign_first(report=queries.reports().get(pk=second.pk), by=world.cora, at=NOW)
    proposal = confirmations.waiting(second, policy.sign)
    assert proposal is not None

    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)

    states = LocalReport.objects.filter(enrolment=final.enrolment).order_by("version").values_list("version", "state")
    assert list(states) == [(1, "superseded"), (2, "final")]
    assert {fact.criterion: fact.score for fact in facts_of(final.enrolment) if fact.kind == "agreed"}["c1-2"] == 2
    assert queries.document_of(report.now, at=NOW).overall.counts.met == 2
    assert books.findings(final.enrolment).improvements


def test_a_correction_that_changes_nothing_is_not_signed(report: Report, world: World) -> None:
    second = actions.begin_correction(report=report.final(), reason="A thought.", by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="changes something"):
        actions.sign_first(report=queries.reports().get(pk=second.pk), by=world.cora, at=NOW)


def test_every_step_leaves_a_line_in_the_audit_trail(report: Report) -> None:
    report.final()

    verbs = AuditLine.objects.filter(verb__startswith="report.").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [
        "report.begin",
        "report.edit",
        "report.deliver",
        "report.answer",
        "report.finish",
        "report.sign:propose",
        "report.sign:confirm",
        "report.sign",
    ]
