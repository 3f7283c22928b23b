"""A community that completed its cycle gets a certificate, which two people of the office then issue."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.members.models import Membership
from communitas.people.models import Account
from communitas.recognition import actions as recognition


@transaction.atomic
def prepare_certificate(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """Prepare the certificate of a completed cycle, once; its wording follows the membership of the day.

    Without a membership there is no wording, and so no certificate.
    """
    today = today_in(enrolment.cycle.network, at)
    memberships = Membership.objects.filter(community=enrolment.community, since__lte=today)
    membership = memberships.filter(Q(until=None) | Q(until__gt=today)).first()
    if membership is None:
        return
    recognition.prepare(
        community=enrolment.community,
        reference=f"enrolment:{enrolment.pk}",
        membership=membership.type,
        community_name=enrolment.community_name,
        cycle_name=enrolment.cycle.name,
        edition_name=str(enrolment.edition),
        wording=str(enrolment.cycle.network.wording.get(membership.type, "")),
        by=by,
        at=at,
    )
