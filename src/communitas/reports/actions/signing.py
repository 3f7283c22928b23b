"""Two people sign a report. Then it is final: kept with its hash, its facts frozen, the team's access ended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking.rules.facts import Fact
from communitas.cycles import actions as cycles
from communitas.cycles.queries import today_in
from communitas.kit import confirmations, files, tasks
from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.reports import policy, queries
from communitas.reports.actions.recording import step
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.rules import stored
from communitas.reports.rules.documents.parts import Signature
from communitas.reports.rules.report import (
    LOCAL_REPORT,
    refuse_empty_correction,
    refuse_finish,
    refuse_other_words,
    refuse_signature,
)
from communitas.reports.telling import leads_of, second_signers_of, tell
from communitas.visits import actions as visits


@transaction.atomic
def sign_first(*, report: LocalReport, by: Account, at: datetime) -> None:
    """Sign as the first person. The document is set down word by word, and waits for the second."""
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "finish")
    refuse_finish(open_points=report.points.filter(state=FactPoint.State.OPEN).count())
    refuse_signature(by=by.pk, proposed_by=None, authors=queries.authors_of(report))
    if report.version > 1:
        accepted = report.points.filter(state=FactPoint.State.ACCEPTED).count()
        refuse_empty_correction(accepted=accepted, rewritten=report.edits.exists())
    enrolment = report.enrolment
    today = today_in(enrolment.cycle.network, at)
    document = stored.as_json(queries.build(report, dated_on=today, final=True))
    facts = [[fact.criterion, fact.kind, fact.score, fact.comment] for fact in queries.facts_of(enrolment)]
    words = stored.words_hash(document)
    step(
        report=report,
        verb="finish",
        by=by,
        at=at,
        detail={"words": words},
        document=document,
        first_signed_by=by,
        first_signed_at=at,
    )
    confirmations.propose(
        permission=policy.sign,
        obj=report,
        tenant=queries.tenant_of(report),
        title=_("Sign the local report of %(name)s, version %(version)s")
        % {"name": enrolment.community_name, "version": report.version},
        by=by,
        at=at,
        url=path_of(enrolment.cycle.network.slug, "reports:local", report.pk),
        payload={"words": words, "facts": facts},
        reason=report.version_reason,
    )
    others = second_signers_of(enrolment, at, but={by.pk, *queries.authors_of(report)})
    _tell(report, others, _("A local report waits for your signature"), "sign", at, who=by.display_name)


@transaction.atomic
def sign_second(*, obj: LocalReport, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime) -> None:
    """Sign as the second person: called when they confirm. From here on nobody changes this version."""
    report = obj
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "sign")
    refuse_signature(by=by.pk, proposed_by=proposed_by.pk, authors=queries.authors_of(report))
    document = dict(report.document or {})
    refuse_other_words(signed_first=payload["words"], found=stored.words_hash(document))
    network = report.enrolment.cycle.network
    first_at = report.first_signed_at or at
    signatures = (
        Signature(proposed_by.display_name, _("office"), today_in(network, first_at)),
        Signature(by.display_name, _("office"), today_in(network, at)),
    )
    document |= {"signatures": stored.as_json(signatures), "dated_on": today_in(network, at).isoformat()}
    _supersede(report, by, at)
    digest = stored.document_hash(document)
    step(
        report=report,
        verb="sign",
        by=by,
        at=at,
        detail={"document": digest},
        document=document,
        document_hash=digest,
        signed_by=by,
        signed_at=at,
        pdf=None,
    )
    _freeze(report, payload["facts"], by, at)
    if report.version == 1:
        visits.end_team_access(enrolment=report.enrolment, by=by, at=at)
        cycles.report_final(enrolment=report.enrolment, by=by, at=at)
    tasks.enqueue("reports.local_pdf", report.pk, at.isoformat())
    tell(
        leads_of(report.enrolment, at),
        report.enrolment,
        subject=_("Your local report is final"),
        template="reports/mail/final.txt",
        url_name="reports:local",
        pk=report.pk,
        at=at,
        version=report.version,
        reason=report.version_reason,
    )
    _tell(report, [proposed_by], _("The report that you signed is final"), "sign_final", at, who=by.display_name)


@transaction.atomic
def return_to_points(*, report: LocalReport, reason: str, by: Account, at: datetime) -> None:
    """Take the first signature back, with a reason: the points can be decided again."""
    queries.hold(report)
    signed = report.first_signed_by
    LOCAL_REPORT.move(report.state, "return", reason=reason)
    waiting = confirmations.waiting(report, policy.sign)
    if waiting:
        confirmations.decline(proposal=waiting, by=by, at=at, reason=reason)
    step(
        report=report,
        verb="return",
        by=by,
        at=at,
        reason=reason,
        document=None,
        first_signed_by=None,
        first_signed_at=None,
    )
    if signed and signed != by:
        title = _("Your signature was taken back")
        _tell(report, [signed], title, "sign_back", at, who=by.display_name, reason=reason)


@transaction.atomic
def keep_pdf(*, report: LocalReport, content: bytes, by: Account | None, at: datetime) -> None:
    """Keep the PDF of a report; that of a signed version is kept once, and the database refuses another."""
    queries.hold(report)
    name = f"{report.enrolment.community.code}-{report.enrolment.cycle.name}-v{report.version}.pdf"
    kept = files.put(tenant=queries.tenant_of(report), content=content, name=name, media_type="application/pdf", at=at)
    if report.pdf_id != kept.pk:
        report.pdf = kept
        report.save(update_fields=["pdf"])


def _supersede(report: LocalReport, by: Account, at: datetime) -> None:
    """The version that was final until now stays, marked as superseded."""
    before = LocalReport.objects.filter(enrolment=report.enrolment, state=LocalReport.State.FINAL).exclude(pk=report.pk)
    for older in before.select_related("enrolment__cycle__network__tenant"):
        step(report=older, verb="supersede", by=by, at=at, reason=report.version_reason)


def _tell(report: LocalReport, people: list[Account], subject: str, template: str, at: datetime, **words: str) -> None:
    name, words = f"reports/mail/{template}.txt", {"version": str(report.version), **words}
    tell(
        people, report.enrolment, subject=subject, template=name, url_name="reports:local", pk=report.pk, at=at, **words
    )


def _freeze(report: LocalReport, rows: list[list[Any]], by: Account, at: datetime) -> None:
    code = report.enrolment.community.code
    facts = [Fact(code, key, kind, score, comment) for key, kind, score, comment in rows]
    benchmarking.freeze_facts(enrolment=report.enrolment, facts=facts, source="report", by=by, at=at)
    benchmarking.keep_facts_soon(cycle=report.enrolment.cycle, by=by, at=at)
