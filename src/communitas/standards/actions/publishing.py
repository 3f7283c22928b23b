"""A draft is proposed by one person and published by another; then it never changes again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, confirmations, events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.people.models import Account
from communitas.standards import policy, queries, slots
from communitas.standards.events import EditionPublished
from communitas.standards.models import Edition
from communitas.standards.rules import identity, publication


@transaction.atomic
def propose_publication(*, edition: Edition, url: str = "", by: Account, at: datetime) -> Proposal:
    """Ask a second person to publish a complete draft. Until they answer it is not edited."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    publication.PUBLICATION.move(queries.state_of(edition), "propose")
    _refuse_incomplete(edition)
    return confirmations.propose(
        permission=policy.publish,
        obj=edition,
        tenant=edition.standard_set.network.tenant,
        title=_("Publish %(edition)s") % {"edition": edition},
        by=by,
        at=at,
        url=url,
        payload={"hash": identity.hash_of(queries.edition_data(edition))},
    )


def return_to_draft(*, edition: Edition, reason: str, by: Account, at: datetime) -> None:
    """Take the proposal back, or decline it, so that the draft can be edited again."""
    publication.PUBLICATION.move(queries.state_of(edition), "return", reason=reason)
    waiting = confirmations.waiting(edition, policy.publish)
    if waiting:
        confirmations.decline(proposal=waiting, by=by, at=at, reason=reason)


def confirm_publication(
    *, obj: Edition, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime
) -> None:
    """What confirming a proposal does. The content must be what was proposed."""
    if payload.get("hash") != identity.hash_of(queries.edition_data(obj)):
        raise NotAllowed(_("The draft has changed since it was proposed. Propose it again."))
    publish(edition=obj, proposed_by=proposed_by, by=by, at=at)


@transaction.atomic
def publish(*, edition: Edition, proposed_by: Account, by: Account, at: datetime) -> None:
    """Publish a complete edition as the second person; earlier editions of the set are superseded."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    edition.refresh_from_db()
    publication.refuse_edit(edition.state)
    publication.refuse_own_publication(proposed_by=proposed_by.pk, by=by.pk)
    before = _refuse_incomplete(edition)
    edition.changes.all().delete()
    edition.predecessor = before
    edition.content_hash = identity.hash_of(queries.edition_data(edition))
    edition.state = Edition.State.PUBLISHED
    edition.published_at, edition.published_by = at, by
    edition.save()
    earlier = Edition.objects.filter(standard_set=edition.standard_set_id, state=Edition.State.PUBLISHED)
    earlier.filter(number__lt=edition.number).update(state=Edition.State.SUPERSEDED)
    audit.record(
        tenant=edition.standard_set.network.tenant,
        verb="edition.publish",
        obj=edition,
        by=by,
        at=at,
        detail={"hash": edition.content_hash},
    )
    events.publish(EditionPublished(edition.pk, at))


@transaction.atomic
def withdraw(*, edition: Edition, reason: str, by: Account, at: datetime) -> None:
    """Withdraw a published edition with a reason. It stays readable and says so; no running cycle may use it."""
    state = publication.PUBLICATION.move(edition.state, "withdraw", reason=reason)
    publication.refuse_withdrawal(
        used_by_running_cycles=sum(slots.running_cycles.ask([edition.pk]).get(edition.pk, []))
    )
    edition.state = state
    edition.save(update_fields=["state"])
    tenant = edition.standard_set.network.tenant
    audit.record(tenant=tenant, verb="edition.withdraw", obj=edition, by=by, at=at, reason=reason)


def _refuse_incomplete(edition: Edition) -> Edition | None:
    before = queries.predecessor_of(edition)
    publication.refuse_incomplete(
        queries.edition_data(edition),
        queries.edition_data(before) if before else None,
        queries.confirmed_links(edition.pk) if before else None,
    )
    return before
