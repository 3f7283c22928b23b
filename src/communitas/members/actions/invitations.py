"""Invitations by e-mail into a role."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, confirmations, mail
from communitas.kit.addresses import address_of, path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.members import policy
from communitas.members.actions.roles import grant_role
from communitas.members.models import Community, Invitation, Network, RoleGrant
from communitas.members.rules import granting, invitations, roles
from communitas.people import actions as people
from communitas.people.models import Account
from communitas.people.rules import display_names

SECRET_BYTES = 32


@transaction.atomic
def invite(
    *,
    network: Network,
    email: str,
    display_name: str,
    role: str,
    community: Community | None = None,
    by: Account,
    at: datetime,
) -> Invitation:
    """Invite an address into a role; the link works for 14 days. Office and committee need two persons instead."""
    if roles.Role(role) in granting.TWO_PERSON_ROLES:
        raise NotAllowed(_("Two people of the office stand behind this role: propose it."))
    invitation = _invitation(network, email, display_name, role, community, by=by, at=at)
    _send(invitation, at=at)
    audit.record(tenant=network.tenant, verb="invitation.send", obj=invitation, by=by, at=at, detail={"role": role})
    return invitation


@transaction.atomic
def propose_invitation(
    *,
    network: Network,
    email: str,
    display_name: str,
    role: str,
    duties: Iterable[str] = (),
    by: Account,
    at: datetime,
) -> Proposal:
    """Propose somebody for office or committee. Nothing is sent and no right is given until a colleague confirms."""
    for duty in duties:
        granting.refuse_duty(roles.Duty(duty), frozenset({roles.Role(role)}))
    invitation = _invitation(network, email, display_name, role, None, by=by, at=at)
    invitation.waiting, invitation.duties = True, sorted(duties)
    invitation.save(update_fields=["waiting", "duties"])
    title = _("%(name)s as %(role)s") % {"name": invitation.display_name, "role": invitation.get_role_display()}
    return confirmations.propose(
        permission=policy.grant_office,
        obj=invitation,
        tenant=network.tenant,
        title=title,
        by=by,
        at=at,
        url=path_of(network.slug, "members:people"),
    )


@transaction.atomic
def send_confirmed_invitation(
    *, obj: Invitation, payload: dict[str, object], proposed_by: Account, by: Account, at: datetime
) -> None:
    """What the second person's confirmation does: an account of this address gets the role, others get the link."""
    known = Account.objects.filter(email__iexact=obj.email).first()
    granting.refuse_own_confirmation(proposer=proposed_by.pk, confirmer=by.pk, subject=known.pk if known else None)
    obj.waiting = False
    obj.save(update_fields=["waiting"])
    if known is not None:
        grant_role(account=known, network=obj.network, role=obj.role, duties=obj.duties, by=proposed_by, at=at)
        obj.accepted_at, obj.accepted_by = at, known
        obj.save(update_fields=["accepted_at", "accepted_by"])
    else:
        _send(obj, at=at)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Account, at: datetime) -> None:
    """Send a new link, which works for another 14 days; the old one stops working."""
    invitations.refuse_change(_as_rule(invitation))
    if invitation.waiting:
        raise NotAllowed(_("This still waits for a second person."))
    _send(invitation, at=at)
    audit.record(tenant=invitation.network.tenant, verb="invitation.resend", obj=invitation, by=by, at=at)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Account, at: datetime) -> None:
    """Take the invitation back; its link stops working."""
    invitations.refuse_change(_as_rule(invitation))
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(tenant=invitation.network.tenant, verb="invitation.withdraw", obj=invitation, by=by, at=at)


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, display_name: str = "", password: str = "", by: Account | None, at: datetime
) -> Account:
    """Accept: `by` is the signed-in account of the invited person, or None for somebody who gets an account now."""
    invitations.refuse_acceptance(_as_rule(invitation), at=at)
    known = Account.objects.filter(email__iexact=invitation.email).first()
    if by is None and known is not None:
        raise NotAllowed(_("This address has an account. Please sign in with it to accept."))
    if by is not None and known is not None and by != known:
        raise NotAllowed(_("This invitation is for another account. Please sign in with the invited address."))
    account = by or people.create_account(
        username=_free_username(invitation.email),
        display_name=display_name,
        email=invitation.email,
        password=password,
        by=None,
        at=at,
    )
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=at, accepted_by=account)
    if not changed:
        invitations.refuse_acceptance(invitations.Invitation(invitation.expires_at, accepted=True), at=at)
    grant_role(
        account=account,
        network=invitation.network,
        community=invitation.community,
        role=invitation.role,
        duties=invitation.duties,
        by=invitation.invited_by,
        at=at,
    )
    audit.record(tenant=invitation.network.tenant, verb="invitation.accept", obj=invitation, by=account, at=at)
    return account


def _invitation(
    network: Network,
    email: str,
    display_name: str,
    role: str,
    community: Community | None,
    *,
    by: Account,
    at: datetime,
) -> Invitation:
    display_names.refuse_display_name(display_name)
    granting.refuse_misplaced_role(roles.Role(role), in_community=community is not None)
    known = Account.objects.filter(email__iexact=email).first()
    if known is not None:
        granting.refuse_own_grant(granter=by.pk, receiver=known.pk)
        held = RoleGrant.objects.filter(account=known, network=network, community=community, role=role)
        if role not in granting.TWO_PERSON_ROLES and held.exclude(until_at__lte=at).exists():
            raise NotAllowed(_("This person holds the role already."))
    open_ones = Invitation.objects.filter(
        network=network, community=community, role=role, email__iexact=email, accepted_at=None, withdrawn_at=None
    )
    if open_ones.filter(expires_at__gt=at).exists():
        raise NotAllowed(_("This address is invited into this role already. You can send the link again."))
    return Invitation.objects.create(
        network=network,
        community=community,
        role=role,
        email=email,
        display_name=display_names.normalised(display_name),
        secret_hash=invitations.hashed(secrets.token_urlsafe(SECRET_BYTES)),
        invited_by=by,
        invited_at=at,
        expires_at=at + invitations.VALID_FOR,
    )


def _send(invitation: Invitation, *, at: datetime) -> None:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation.secret_hash = invitations.hashed(secret)
    invitation.expires_at = at + invitations.VALID_FOR
    invitation.save(update_fields=["secret_hash", "expires_at"])
    network = invitation.network
    mail.queue(
        tenant=network.tenant,
        to=invitation.email,
        subject=_("Your invitation to %(network)s") % {"network": network.name},
        template="members/mail/invitation.txt",
        context={
            "name": invitation.display_name,
            "inviter": invitation.invited_by.display_name,
            "network": network.name,
            "role": invitation.get_role_display(),
            "community": invitation.community.name if invitation.community else "",
            "link": address_of(network.slug, "members:accept", secret),
        },
        at=at,
        secret=True,
    )


def _as_rule(invitation: Invitation) -> invitations.Invitation:
    return invitations.Invitation(
        expires_at=invitation.expires_at,
        accepted=invitation.accepted_at is not None,
        withdrawn=invitation.withdrawn_at is not None,
        waiting=invitation.waiting,
    )


def _free_username(email: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", ".", email.partition("@")[0].casefold()).strip(".")[:24] or "person"
    stem = stem if len(stem) >= 3 else f"{stem}.member"
    taken = {
        name.casefold()
        for name in Account.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    return next(
        name for number in range(1, len(taken) + 2) if (name := stem if number == 1 else f"{stem}{number}") not in taken
    )
