"""Certificates are prepared when a cycle is completed, issued by two people of the office, and may be revoked."""

import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communitas.kit import audit, confirmations, files, mail, tasks
from communitas.kit.addresses import address_of, path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Proposal
from communitas.members.models import Community, RoleGrant
from communitas.people.models import Account
from communitas.recognition import policy, queries
from communitas.recognition.models import Certificate
from communitas.recognition.rules import certificate as rules


@transaction.atomic
def prepare(
    *,
    community: Community,
    reference: str,
    membership: str,
    community_name: str,
    cycle_name: str,
    edition_name: str,
    by: Account,
    at: datetime,
    wording: str = "",
    random_bytes: bytes | None = None,
) -> Certificate:
    """Prepare a certificate of participation, once for each reference; the text is copied and never changes again.

    `wording` is the network's own for the membership type; without it the usual one stands. The same `random_bytes`
    give the same code, for networks that must come out alike.
    """
    there = Certificate.objects.filter(network=community.network, reference=reference).first()
    if there:
        return there
    network = community.network
    rules.refuse_issue(completed=True, membership=membership, issued_on=queries.day_in(network, at), ends_on=None)
    facts = rules.Certificate(community_name, network.name, membership, cycle_name, queries.day_in(network, at))
    certificate = Certificate.objects.create(
        network=network,
        community=community,
        reference=reference,
        code=_free_code(random_bytes),
        community_name=community_name,
        network_name=network.name,
        organisation_name=str(community.organisation or ""),
        membership=membership,
        cycle_name=cycle_name,
        edition_name=edition_name,
        wording=wording or rules.wording(facts),
        prepared_at=at,
    )
    audit.record(tenant=network.tenant, verb="certificate.prepare", obj=certificate, by=by, at=at)
    return certificate


def propose_issue(*, certificate: Certificate, by: Account, at: datetime) -> Proposal:
    """Issue a prepared certificate, as the first of two people."""
    if certificate.state != Certificate.State.PREPARED:
        raise NotAllowed(_("This certificate is issued already."))
    return confirmations.propose(
        permission=policy.issue,
        obj=certificate,
        tenant=certificate.network.tenant,
        title=_("Issue the certificate of %(name)s") % {"name": certificate.community_name},
        url=path_of(certificate.network.slug, "recognition:list"),
        by=by,
        at=at,
    )


@transaction.atomic
def issue(*, obj: Certificate, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime) -> None:
    """Issue it: called when the second person confirms. The PDF is set in the background."""
    if obj.state != Certificate.State.PREPARED:
        raise NotAllowed(_("This certificate is issued already."))
    obj.state, obj.issued_on = Certificate.State.ISSUED, queries.day_in(obj.network, at)
    obj.issued_by, obj.confirmed_by = proposed_by, by
    obj.save(update_fields=["state", "issued_on", "issued_by", "confirmed_by"])
    _supersede_older(obj)
    audit.record(tenant=obj.network.tenant, verb="certificate.issue", obj=obj, by=by, at=at, detail={"code": obj.code})
    _tell_leads(obj, at)
    tasks.enqueue("recognition.set_certificate", obj.pk, at.isoformat())


def keep_pdf(*, certificate: Certificate, content: bytes, by: Account | None, at: datetime) -> None:
    """Keep the certificate's PDF; `by` is who issued it."""
    certificate.file = files.put(
        tenant=certificate.network.tenant,
        content=content,
        name=f"certificate-{certificate.code}.pdf",
        media_type="application/pdf",
        at=at,
    )
    certificate.save(update_fields=["file"])


def propose_revocation(*, certificate: Certificate, reason: str, by: Account, at: datetime) -> Proposal:
    """Revoke a certificate, as the first of two people, with a reason that is not shown to the public."""
    rules.refuse_revocation(queries.facts_of(certificate), on=queries.day_in(certificate.network, at), reason=reason)
    return confirmations.propose(
        permission=policy.revoke,
        obj=certificate,
        tenant=certificate.network.tenant,
        title=_("Revoke the certificate of %(name)s") % {"name": certificate.community_name},
        url=path_of(certificate.network.slug, "recognition:list"),
        payload={"reason": reason.strip()},
        reason=reason.strip(),
        by=by,
        at=at,
    )


@transaction.atomic
def revoke(*, obj: Certificate, payload: dict[str, Any], proposed_by: Account, by: Account, at: datetime) -> None:
    """Revoke it: called when the second person confirms. The public page says so from now on."""
    rules.refuse_revocation(queries.facts_of(obj), on=queries.day_in(obj.network, at), reason=payload["reason"])
    obj.state, obj.revoked_at, obj.revoked_by = Certificate.State.REVOKED, at, by
    obj.revoked_reason = payload["reason"]
    obj.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    words = {"proposed_by": proposed_by.pk, "code": obj.code}
    audit.record(
        tenant=obj.network.tenant,
        verb="certificate.revoke",
        obj=obj,
        by=by,
        at=at,
        reason=payload["reason"],
        detail=words,
    )


def _supersede_older(certificate: Certificate) -> None:
    older = Certificate.objects.filter(
        network=certificate.network,
        community=certificate.community,
        state=Certificate.State.ISSUED,
        superseded_by=None,
        issued_on__lte=certificate.issued_on,
    )
    older.exclude(pk=certificate.pk).update(superseded_by=certificate)


def _free_code(random_bytes: bytes | None) -> str:
    for _attempt in range(10):
        code = rules.make_code(random_bytes or secrets.token_bytes(16))
        if not Certificate.objects.filter(code=code).exists():
            return code
        random_bytes = None
    raise IntegrityError("no free certificate code was found in ten attempts")


def _tell_leads(certificate: Certificate, at: datetime) -> None:
    network = certificate.network
    leads = RoleGrant.objects.filter(community=certificate.community, role="community_lead", until_at=None)
    for grant in leads.select_related("account"):
        mail.queue(
            tenant=network.tenant,
            to=grant.account.email or "",
            subject=_("Your certificate of %(cycle)s") % {"cycle": certificate.cycle_name},
            template="recognition/mail/issued.txt",
            context={
                "name": grant.account.display_name,
                "certificate": certificate,
                "address": address_of(network.slug, "recognition:own"),
                "public": address_of("", "recognition:verify", certificate.code),
                "network": network,
            },
            at=at,
            account_id=grant.account_id,
        )
