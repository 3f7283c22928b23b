"""The self-review: opened, its contributors named, sent, reopened."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.kit import mail
from communitas.kit.addresses import address_of
from communitas.kit.events import publish
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.workbooks.actions.moving import note
from communitas.workbooks.events import SelfReviewSent
from communitas.workbooks.models import Delegation, Review, Workbook
from communitas.workbooks.queries.progress import missing_in
from communitas.workbooks.queries.reading import hold, workbooks
from communitas.workbooks.rules import review as rules

SCORED = ("peer_review", "accreditation")


@transaction.atomic
def open_self_review(*, enrolment: Enrolment, by: Account | None, at: datetime) -> Workbook | None:
    """Make the self-review of an enrolment, open for answers; once it is there, this changes nothing.

    None for the developmental pathway, which has no scored review. Called when the enrolment moves to its
    self-review, whoever moved it.
    """
    if enrolment.pathway not in SCORED:
        return None
    existing = workbooks().filter(review__enrolment=enrolment, review__kind="self").first()
    if existing:
        return existing
    workbook = _create(enrolment, Review.Kind.SELF, Review.State.OPEN, at)
    note(workbook=workbook, verb="open", by=by, at=at)
    return workbook


@transaction.atomic
def send(*, workbook: Workbook, reason: str = "", by: Account, at: datetime) -> None:
    """Send the self-review: it is locked, the visit team may read it, the office gets a message.

    NotAllowed when criteria lack an answer and no reason is given, or when it was sent already.
    """
    hold(workbook)
    review, enrolment = workbook.review, workbook.review.enrolment
    missing = missing_in(workbook)
    state = rules.send(review.state, missing=missing, reason=reason)
    review.sent_at, review.sent_by = at, by
    note(
        workbook=workbook,
        verb="send",
        state=state,
        by=by,
        at=at,
        reason=reason,
        detail={"missing": [gap.criterion_key for gap in missing]},
    )
    cycles.self_review_sent(enrolment=enrolment, by=by, at=at)
    publish(SelfReviewSent(enrolment.pk, by.pk, at))
    network = enrolment.cycle.network
    mail.queue(
        tenant=network.tenant,
        to=network.office_email,
        subject=_("%(community)s has sent its self-review") % {"community": enrolment.community_name},
        template="workbooks/mail/sent.txt",
        context={
            "enrolment": enrolment,
            "by": by.display_name,
            "reason": reason.strip(),
            "missing": [gap.sentence for gap in missing],
            "address": address_of(network.slug, "workbooks:self_review", workbook.pk),
        },
        at=at,
    )


@transaction.atomic
def reopen_self_review(*, workbook: Workbook, reason: str, by: Account | None, at: datetime) -> None:
    """Give a sent self-review back to the community, with a reason; the community leads get a message.

    The enrolment moves back too, unless it was that move which led here.
    """
    hold(workbook)
    enrolment = workbook.review.enrolment
    state = rules.SELF_REVIEW.move(workbook.review.state, "reopen", reason=reason)
    note(workbook=workbook, verb="reopen", state=state, by=by, at=at, reason=reason)
    enrolment.refresh_from_db(fields=["stage"])
    if by is not None and enrolment.stage != Enrolment.Stage.SELF_REVIEW:
        cycles.reopen_self_review(enrolment=enrolment, reason=reason, by=by, at=at)
    network = enrolment.cycle.network
    for lead in _leads(enrolment, at):
        mail.queue(
            tenant=network.tenant,
            to=lead.email or "",
            account_id=lead.pk,
            subject=_("Your self-review is open again"),
            template="workbooks/mail/reopened.txt",
            context={
                "enrolment": enrolment,
                "reason": reason.strip(),
                "address": address_of(network.slug, "workbooks:self_review", workbook.pk),
            },
            at=at,
        )


@transaction.atomic
def name_contributor(*, workbook: Workbook, account: Account, by: Account, at: datetime) -> None:
    """Let a staff or client member of the community read and answer this self-review."""
    enrolment = workbook.review.enrolment
    held = RoleGrant.objects.filter(
        account=account, community=enrolment.community, role__in=["staff", "client_member"], since_at__lte=at
    ).exclude(until_at__lte=at)
    if not held.exists():
        raise NotAllowed(_("Only staff and client members of the community can be named."))
    named = _named(enrolment, account)
    if named.exists():
        return
    Access.objects.create(
        account=account,
        community=enrolment.community,
        relation=Access.Relation.CONTRIBUTOR,
        source=f"enrolment:{enrolment.pk}",
        scope=enrolment.pk,
        since_at=at,
    )
    note(workbook=workbook, verb="name_contributor", by=by, at=at, detail={"account": account.pk})


@transaction.atomic
def end_contributor(*, workbook: Workbook, account: Account, by: Account, at: datetime) -> None:
    """Take a person off the list of contributors. What they entered stays; what they were given is free again."""
    if _named(workbook.review.enrolment, account).update(until_at=at):
        held = Delegation.objects.filter(workbook=workbook, account=account, ended_at=None)
        held.update(ended_at=at, ended_by=by, ended_as=Delegation.Ended.LEFT)
        note(workbook=workbook, verb="end_contributor", by=by, at=at, detail={"account": account.pk})


def _named(enrolment: Enrolment, account: Account) -> QuerySet[Access]:
    return Access.objects.filter(
        account=account,
        community=enrolment.community_id,
        relation=Access.Relation.CONTRIBUTOR,
        scope=enrolment.pk,
        until_at__isnull=True,
    )


def _leads(enrolment: Enrolment, at: datetime) -> list[Account]:
    grants = (
        RoleGrant.objects.filter(community=enrolment.community_id, role="community_lead", since_at__lte=at)
        .exclude(until_at__lte=at)
        .select_related("account")
    )
    return [grant.account for grant in grants if grant.account.is_active]


def _create(enrolment: Enrolment, kind: str, state: str, at: datetime) -> Workbook:
    review = Review.objects.create(enrolment=enrolment, kind=kind, state=state, opened_at=at)
    return Workbook.objects.create(review=review, edition_hash=enrolment.edition.content_hash)
