"""Reads for certificates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from communitas.kit.addresses import address_of
from communitas.members.models import Network
from communitas.recognition.models import Certificate
from communitas.recognition.rules import certificate as rules
from communitas.recognition.rules.document import CertificateDocument, Signatory


def certificates() -> QuerySet[Certificate]:
    """Certificates with what their pages show."""
    return Certificate.objects.select_related(
        "network__tenant", "community", "superseded_by", "issued_by", "confirmed_by"
    )


def by_code(typed: str) -> Certificate | None:
    """The certificate of a code as somebody typed it; None for a code that was never given or is not issued yet."""
    code = rules.normalised(typed)
    if code is None:
        return None
    return certificates().filter(code=code).exclude(state=Certificate.State.PREPARED).first()


def facts_of(certificate: Certificate) -> rules.Certificate:
    """The certificate as the rules see it."""
    newer = certificate.superseded_by
    return rules.Certificate(
        community=certificate.community_name,
        network=certificate.network_name,
        membership=certificate.membership,
        cycle=certificate.cycle_name,
        issued_on=certificate.issued_on or date.max,
        ends_on=certificate.expires_on,
        revoked_on=day_in(certificate.network, certificate.revoked_at) if certificate.revoked_at else None,
        superseded_on=newer.issued_on if newer else None,
        superseded_by=newer.code if newer else "",
    )


def document_of(certificate: Certificate) -> CertificateDocument:
    """What is printed; everything comes from the row, so that the same certificate gives the same bytes for ever."""
    people = (certificate.issued_by, certificate.confirmed_by)
    return CertificateDocument(
        network=certificate.network_name,
        community=certificate.community_name,
        organisation=certificate.organisation_name,
        wording=certificate.wording,
        cycle=certificate.cycle_name,
        edition=certificate.edition_name,
        issued_on=certificate.issued_on or date.max,
        code=certificate.code,
        address=address_of("", "recognition:verify", certificate.code),
        note=rules.NOT_ACCREDITATION,
        signatories=tuple(
            Signatory(person.display_name, certificate.network.office_name) for person in people if person
        ),
        ends_on=certificate.expires_on,
    )


def day_in(network: Network, moment: datetime) -> date:
    """The day of a moment in the network's time zone."""
    return moment.astimezone(ZoneInfo(network.time_zone)).date()
