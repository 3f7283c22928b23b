"""Serious concerns: raised by anybody who takes part, in somebody's hands the same day."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries import zone_of
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.models import Concern, ConcernStep, SafeguardingSettings, Visit
from communitas.visits.queries.concerns import people_named, safeguarding_of
from communitas.visits.rules import concern as rules


@transaction.atomic
def raise_concern(
    *, network: Network, visit: Visit | None, seen: str, at_risk: str = "", told: str = "", by: Account, at: datetime
) -> Concern:
    """Raise a concern. The named person is told at once, by a letter that says nothing of it."""
    if not rules.says_what_was_seen(seen):
        raise NotAllowed(sentence(rules.says_what_was_seen))
    hours, zone = safeguarding_of(network).acknowledge_hours, zone_of(network)
    concern = Concern.objects.create(
        network=network,
        visit=visit,
        seen=seen.strip(),
        at_risk=at_risk.strip(),
        told=told.strip(),
        raised_by=by,
        raised_at=at,
        acknowledge_by=rules.acknowledge_by(at, hours=hours, zone=zone),
        escalates_at=rules.escalates_at(at, zone=zone),
    )
    _note(concern, "raise", by=by, at=at)
    _tell(concern, people_named(network, now=at)[0], "visits/mail/concern_raised.txt", at)
    return concern


@transaction.atomic
def acknowledge_concern(*, concern: Concern, by: Account, at: datetime) -> None:
    """Say that it is in hand. Whoever raised it is told."""
    _step(concern, "acknowledge", by=by, at=at)
    _tell(concern, [concern.raised_by], "visits/mail/concern_acknowledged.txt", at)


@transaction.atomic
def add_concern_step(*, concern: Concern, words: str, by: Account, at: datetime) -> None:
    """Write down what was done."""
    _step(concern, "add_step", words=words, by=by, at=at)


@transaction.atomic
def close_concern(*, concern: Concern, outcome: str, by: Account, at: datetime) -> None:
    """Close it with what came of it."""
    _step(concern, "close", words=outcome, by=by, at=at)


@transaction.atomic
def reopen_concern(*, concern: Concern, words: str, by: Account, at: datetime) -> None:
    """Open a closed concern again, with the reason."""
    _step(concern, "reopen", words=words, by=by, at=at)


@transaction.atomic
def escalate_concern(*, concern: Concern, by: Account | None, at: datetime) -> bool:
    """Pass a concern on that nobody has acknowledged by the end of its day; False where that is not so."""
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())
    if not rules.is_due_for_escalation(concern.state, concern.escalates_at, at):
        return False
    _step(concern, "escalate", by=by, at=at)
    named, second = people_named(concern.network, now=at)
    _tell(concern, [*second, *(one for one in named if one not in second)], "visits/mail/concern_escalated.txt", at)
    return True


def escalate_due_concerns(*, by: Account | None, at: datetime) -> int:
    """Pass on every concern whose day is over, in all networks; how many there were. Safe to call often."""
    due = Concern.objects.filter(state=Concern.State.RAISED, escalates_at__lte=at).order_by("pk")
    found = list(due.select_related("network__tenant"))
    return sum(escalate_concern(concern=concern, by=by, at=at) for concern in found)


@transaction.atomic
def change_safeguarding(
    *,
    network: Network,
    named: Account | None,
    second: Account | None,
    danger: str,
    acknowledge_hours: int,
    by: Account,
    at: datetime,
) -> SafeguardingSettings:
    """Set who answers concerns, how soon, and what stands on the form for somebody in danger."""
    if named and named == second:
        raise NotAllowed(_("The second person is somebody else than the first."))
    kept, _created = SafeguardingSettings.objects.update_or_create(
        network=network,
        defaults={"named": named, "second": second, "danger": danger, "acknowledge_hours": acknowledge_hours},
    )
    detail = {
        "named": named.pk if named else None,
        "second": second.pk if second else None,
        "acknowledge_hours": acknowledge_hours,
    }
    audit.record(tenant=network.tenant, verb="safeguarding.settings", obj=kept, by=by, at=at, detail=detail)
    return kept


def _step(concern: Concern, verb: str, *, words: str = "", by: Account | None, at: datetime) -> None:
    concern.refresh_from_db(from_queryset=Concern.objects.select_for_update())
    concern.state = rules.CONCERN.move(concern.state, verb, reason=words)
    concern.save(update_fields=["state"])
    _note(concern, verb, words=words, by=by, at=at)


def _note(concern: Concern, verb: str, *, words: str = "", by: Account | None, at: datetime) -> None:
    # The audit trail is read by more people than the concern: it says that something was done, and nothing of what.
    audit.record(tenant=concern.network.tenant, verb=f"concern.{verb}", obj=concern, by=by, at=at)
    ConcernStep.objects.create(concern=concern, verb=verb, words=words.strip(), by=by, at=at)


def _tell(concern: Concern, accounts: Iterable[Account], template: str, at: datetime) -> None:
    network = concern.network
    for account in accounts:
        mail.queue(
            tenant=network.tenant,
            to=account.email or "",
            subject=_("Please look at %(network)s today") % {"network": network.name},
            template=template,
            context={
                "name": account.display_name,
                "network": network,
                "address": address_of(network.slug, "visits:concern", concern.pk),
                "by": concern.acknowledge_by,
            },
            at=at,
            account_id=account.pk,
        )
