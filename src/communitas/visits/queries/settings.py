"""What a network has set for its visits."""

from communitas.members.models import Network
from communitas.visits.models import VisitSettings
from communitas.visits.rules.answering import Asking
from communitas.visits.rules.conflicts import Limits
from communitas.visits.rules.team import CLIENT_MEMBER, LEAD, SPECIALIST, STAFF, TeamShape

SEATS = {
    "developmental": {LEAD: 1, STAFF: 1, CLIENT_MEMBER: 1},
    "peer_review": {LEAD: 1, STAFF: 2, CLIENT_MEMBER: 1},
    "accreditation": {LEAD: 1, SPECIALIST: 1, STAFF: 1, CLIENT_MEMBER: 1},
}


def settings_of(network: Network) -> VisitSettings:
    """The network's settings, or the usual ones, unsaved, where it has set nothing."""
    return VisitSettings.objects.filter(network=network).first() or VisitSettings(network=network)


def shape_for(settings: VisitSettings, pathway: str) -> TeamShape:
    """The seats of a team on this pathway."""
    return TeamShape(settings.seats.get(pathway) or SEATS[pathway])


def asking_of(settings: VisitSettings) -> Asking:
    """How long people have to answer."""
    return Asking(settings.answer_days, settings.short_notice_days, settings.short_answer_days)


def limits_of(settings: VisitSettings) -> Limits:
    """The limits of the conflict rules."""
    return Limits(repeat_after=settings.repeat_after, visits_per_reviewer=settings.visits_per_reviewer)
