"""Acts that need a second person: proposed by one holder of a right, done when another holder confirms."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, mail
from communitas.kit.addresses import whole
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal, Tenant
from communitas.kit.permissions import Actor, Permission

Act = Callable[..., Any]
_acts: dict[str, tuple[type[models.Model], Permission, Act]] = {}
_declined: dict[str, Act] = {}


def register(permission: Permission, model: type[models.Model], act: Act, *, declined: Act | None = None) -> None:
    """Say what confirming does: `act(obj=..., payload=..., proposed_by=..., by=..., at=...)`. Call it in `apps.py`.

    `declined(obj=..., reason=..., by=..., at=...)` does what must be done when it is declined or taken back.
    """
    _acts[permission.action] = (model, permission, act)
    _declined.pop(permission.action, None)
    if declined is not None:
        _declined[permission.action] = declined


def object_of(proposal: Proposal) -> models.Model:
    """What the proposal is about."""
    return _acts[proposal.action][0]._default_manager.get(pk=proposal.object_id)


def open_to(actor: Actor, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals, in their order, whose act this person has the right to: one query for each kind of act."""
    listed = list(proposals)
    rights: set[tuple[str, str]] = set()
    for action in {proposal.action for proposal in listed}:
        model, permission, _act = _acts[action]
        ids = [proposal.object_id for proposal in listed if proposal.action == action]
        allowed = permission.visible(model._default_manager.filter(pk__in=ids), actor)
        rights |= {(action, str(pk)) for pk in allowed.values_list("pk", flat=True)}
    return [proposal for proposal in listed if (proposal.action, proposal.object_id) in rights]


@transaction.atomic
def propose(
    *,
    permission: Permission,
    obj: models.Model,
    tenant: Tenant,
    title: str,
    by: AbstractBaseUser,
    at: datetime,
    url: str = "",
    payload: dict[str, Any] | None = None,
    reason: str = "",
) -> Proposal:
    """Ask for a second person. One proposal for the same act on the same object waits at a time."""
    mine = {
        "tenant": tenant,
        "action": permission.action,
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk),
    }
    if Proposal.objects.filter(**mine, state=Proposal.State.WAITING).exists():
        raise NotAllowed(_("This already waits for a second person."))
    proposal = Proposal.objects.create(
        **mine, title=title[:200], url=url, payload=payload or {}, reason=reason, proposed_by_id=by.pk, proposed_at=at
    )
    audit.record(tenant=tenant, verb=f"{permission.action}:propose", obj=obj, by=by, at=at, reason=reason)
    return proposal


@transaction.atomic
def confirm(*, proposal: Proposal, by: AbstractBaseUser, at: datetime) -> None:
    """Confirm as the second person, which carries the act out. The one who proposed it cannot."""
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("Nobody confirms their own proposal: ask a colleague."))
    _settle(proposal, Proposal.State.CONFIRMED, by=by, at=at, reason="")
    _model, permission, act = _acts[proposal.action]
    obj = object_of(proposal)
    audit.record(tenant=proposal.tenant, verb=f"{permission.action}:confirm", obj=obj, by=by, at=at)
    act(obj=obj, payload=proposal.payload, proposed_by=proposal.proposed_by, by=by, at=at)


@transaction.atomic
def decline(*, proposal: Proposal, by: AbstractBaseUser, at: datetime, reason: str) -> None:
    """Say no with a reason, or take back one's own proposal. Whoever proposed what a colleague declines gets mail."""
    own = proposal.proposed_by_id == by.pk
    _settle(proposal, Proposal.State.WITHDRAWN if own else Proposal.State.DECLINED, by=by, at=at, reason=reason)
    obj, declined = object_of(proposal), _declined.get(proposal.action)
    audit.record(tenant=proposal.tenant, verb=f"{proposal.action}:decline", obj=obj, by=by, at=at, reason=reason)
    if declined is not None:
        declined(obj=obj, reason=reason, by=by, at=at)
    if not own:
        _tell(proposal, reason, by, at)


def waiting(obj: models.Model, permission: Permission) -> Proposal | None:
    """The proposal for this act on this object that waits now."""
    return Proposal.objects.filter(
        action=permission.action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        state=Proposal.State.WAITING,
    ).first()


def _tell(proposal: Proposal, reason: str, by: AbstractBaseUser, at: datetime) -> None:
    asked = proposal.proposed_by
    address = whole(proposal.url) if proposal.url else ""
    said = {"asked": asked, "by": by, "title": proposal.title, "reason": reason.strip(), "address": address}
    mail.queue(
        tenant=proposal.tenant,
        to=asked.email or "",
        subject=_("Not confirmed: %(title)s") % {"title": proposal.title},
        template="kit/mail/declined.txt",
        context=said,
        at=at,
        account_id=asked.pk,
    )


def _settle(proposal: Proposal, state: str, *, by: AbstractBaseUser, at: datetime, reason: str) -> None:
    changed = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING).update(
        state=state, settled_by_id=by.pk, settled_at=at, settled_reason=reason
    )
    if not changed:
        raise NotAllowed(_("Somebody else has settled this meanwhile."))
