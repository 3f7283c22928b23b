"""Two people set rules aside for one reviewer at one visit: proposed by one, confirmed by another, kept for ever."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation import policy
from communitas.allocation.models import Override
from communitas.allocation.queries import in_words, rules_in_the_way
from communitas.kit import audit, confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.models import Visit


@transaction.atomic
def propose_override(*, visit: Visit, account: Account, reason: str, by: Account, at: datetime) -> Override:
    """Ask a second person to let somebody visit in spite of the rules that keep them away now. Until then they hold.

    NotAllowed when no such rule is in the way, or one that is never set aside.
    """
    if not reason.strip():
        raise NotAllowed(_("Please give a reason: the second person reads it, and it is kept."))
    if Override.objects.filter(visit=visit, account=account, lifted_at=None).exists():
        raise NotAllowed(_("For this person at this visit it is proposed or decided already."))
    rules, cycle = rules_in_the_way(visit, account, at=at), visit.enrolment.cycle
    new = Override.objects.create(
        visit=visit, account=account, rules=rules, reason=reason.strip(), proposed_by=by, proposed_at=at
    )
    said = {"name": account.display_name, "host": visit.enrolment.community_name, "rules": in_words(rules)}
    confirmations.propose(
        permission=policy.override,
        obj=new,
        tenant=cycle.network.tenant,
        title=_("Let %(name)s visit %(host)s all the same (%(rules)s)") % said,
        by=by,
        at=at,
        url=path_of(cycle.network.slug, "allocation:cycle", cycle.pk),
        reason=new.reason,
    )
    return new


@transaction.atomic
def confirm_override(
    *, obj: Override, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime
) -> None:
    """What confirming does: plans may put the person there. The rules in the way must be those that were proposed."""
    if set(rules_in_the_way(obj.visit, obj.account, at=at)) != set(obj.rules):
        raise NotAllowed(_("Other rules are in the way now than when it was proposed. Propose it again."))
    if not Override.objects.filter(pk=obj.pk, lifted_at=None, confirmed_at=None).update(
        confirmed_by=by, confirmed_at=at
    ):
        raise NotAllowed(_("Somebody else has settled this meanwhile."))
    _note("allocation.override_rule", obj, by, at, proposed_by=proposed_by.pk)


@transaction.atomic
def decline_override(*, obj: Override, reason: str, by: Account, at: datetime) -> None:
    """What declining does, or taking one's own proposal back: the rules hold. Who declines says why."""
    if obj.proposed_by_id != by.pk and not reason.strip():
        raise NotAllowed(_("Please give a reason: your colleague reads it."))
    _lift(obj, reason, by, at)


@transaction.atomic
def lift_override(*, override: Override, by: Account, at: datetime) -> None:
    """Let the rules hold again. Who was asked already stays; that the rules were set aside stays as history."""
    if override.confirmed_at is None and override.lifted_at is None:
        raise NotAllowed(_("This waits for a second person: it is settled there."))
    _lift(override, "", by, at)
    _note("allocation.lift_override", override, by, at)


def _lift(override: Override, reason: str, by: Account, at: datetime) -> None:
    standing = Override.objects.filter(pk=override.pk, lifted_at=None)
    if not standing.update(lifted_by=by, lifted_at=at, lifted_reason=reason.strip()):
        raise NotAllowed(_("This was taken back already."))


def _note(verb: str, override: Override, by: Account, at: datetime, **more: int) -> None:
    tenant = override.visit.enrolment.cycle.network.tenant
    detail = {"account": override.account_id, "rules": override.rules} | more
    audit.record(tenant=tenant, verb=verb, obj=override.visit, by=by, at=at, reason=override.reason, detail=detail)
