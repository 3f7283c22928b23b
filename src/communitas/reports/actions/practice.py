"""The library of good practice: offered by a community lead, taken in by the office, withdrawn at any time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import hold
from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.models import Practice, PracticeStep
from communitas.reports.queries import practices
from communitas.reports.rules import practice as rules
from communitas.reports.telling import leads_of, tell, tell_office


@transaction.atomic
def offer_practice(*, enrolment: Enrolment, number: int, text: str, by: Account, at: datetime) -> Practice:
    """Offer the achievement of this number (from 1) of the final report to the library, in words that name nobody."""
    hold(enrolment)
    found = {each.number: each for each in practices.achievements_of(enrolment)}.get(number)
    signed = queries.final_report(enrolment) is not None
    rules.refuse_offer(signed=signed, known=found is not None, words=text)
    rules.refuse_names(text, practices.names_around(enrolment))
    rules.refuse_second_offer(offered=found is not None and found.practice is not None)
    place = found or practices.Achievement(number, text)
    alike = practices.communities_alike(enrolment)
    practice = Practice.objects.create(
        network=enrolment.cycle.network,
        enrolment=enrolment,
        achievement=place.text,
        criterion_code=place.code,
        section=place.section,
        service_type=enrolment.service_type if rules.shows_type(alike) else None,
        text=text.strip(),
        offered_by=by,
        offered_at=at,
    )
    _keep_step(practice, "offer", "", by, at)
    _tell_office(practice, at)
    return practice


@transaction.atomic
def offer_again(*, practice: Practice, text: str, by: Account, at: datetime) -> None:
    """Offer it again, in other words if one likes. The words before stay in the history."""
    _hold(practice)
    practice.state = rules.LIBRARY.move(practice.state, "offer")
    rules.refuse_offer(signed=True, known=True, words=text)
    rules.refuse_names(text, practices.names_around(practice.enrolment))
    practice.text, practice.offered_by, practice.offered_at = text.strip(), by, at
    practice.decided_by = practice.decided_at = None
    practice.save()
    _keep_step(practice, "offer", "", by, at)
    _tell_office(practice, at)


@transaction.atomic
def accept_practice(*, practice: Practice, by: Account, at: datetime) -> None:
    """Take it into the library, where every member of the network reads it."""
    rules.refuse_names(practice.text, practices.names_around(practice.enrolment))
    _decide(practice, "accept", "", by, at)
    _tell_leads(practice, _("Your good practice is in the library"), at)


@transaction.atomic
def return_practice(*, practice: Practice, reason: str, by: Account, at: datetime) -> None:
    """Give it back with a reason; the community lead can change its words and offer it again."""
    _decide(practice, "return", reason, by, at)
    _tell_leads(practice, _("Your good practice came back"), at, reason=reason.strip())


@transaction.atomic
def withdraw_practice(*, practice: Practice, reason: str = "", by: Account, at: datetime) -> None:
    """Take it out of the library, or take the offer back. It can be offered again."""
    _hold(practice)
    practice.state = rules.LIBRARY.move(practice.state, "withdraw", reason=reason)
    practice.save(update_fields=["state"])
    _keep_step(practice, "withdraw", reason, by, at)


def _decide(practice: Practice, verb: str, reason: str, by: Account, at: datetime) -> None:
    _hold(practice)
    rules.refuse_own_decision(offered_by=practice.offered_by_id, by=by.pk)
    practice.state = rules.LIBRARY.move(practice.state, verb, reason=reason)
    practice.decided_by, practice.decided_at = by, at
    practice.save(update_fields=["state", "decided_by", "decided_at"])
    _keep_step(practice, verb, reason, by, at)


def _hold(practice: Practice) -> None:
    practice.refresh_from_db(from_queryset=practices.practices().select_for_update(of=("self",)))


def _keep_step(practice: Practice, verb: str, reason: str, by: Account, at: datetime) -> None:
    PracticeStep.objects.create(practice=practice, verb=verb, text=practice.text, reason=reason.strip(), by=by, at=at)
    tenant = practice.network.tenant
    audit.record(tenant=tenant, verb=f"practice.{verb}", obj=practice, by=by, at=at, reason=reason.strip())


def _tell_office(practice: Practice, at: datetime) -> None:
    tell_office(
        practice.enrolment,
        subject=_("A good practice is offered to the library"),
        template="reports/mail/practice_offered.txt",
        url_name="reports:practice",
        pk=practice.pk,
        at=at,
    )


def _tell_leads(practice: Practice, subject: str, at: datetime, **context: Any) -> None:
    tell(
        leads_of(practice.enrolment, at),
        practice.enrolment,
        subject=subject,
        template="reports/mail/practice_decided.txt",
        url_name="reports:practice",
        pk=practice.pk,
        at=at,
        **context,
    )
