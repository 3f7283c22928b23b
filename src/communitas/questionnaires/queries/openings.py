"""Openings, how many sheets came back, and what the network has set."""

from datetime import date, datetime

from django.db.models import Count, QuerySet

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.members.models import Network
from communitas.questionnaires.models import Opening, QuestionnaireSettings


def openings() -> QuerySet[Opening]:
    """Every opening with what its pages and permissions ask of it."""
    return Opening.objects.select_related(
        "questionnaire__edition", "enrolment__community", "enrolment__cycle__network__tenant"
    )


def came_back(rows: QuerySet[Opening]) -> QuerySet[Opening]:
    """The openings with `came_back`, the number of sheets that came back."""
    return rows.annotate(came_back=Count("replies"))


def of_enrolment(enrolment: Enrolment) -> QuerySet[Opening]:
    """The openings of an enrolment, with how many sheets came back: one query."""
    return came_back(openings().filter(enrolment=enrolment)).order_by("questionnaire__audience", "pk")


def today_of(opening: Opening, at: datetime) -> date:
    """The day that the network's calendar shows."""
    return today_in(opening.enrolment.cycle.network, at)


def settings_of(network: Network) -> QuestionnaireSettings:
    """The network's settings, or the usual ones, unsaved, where it has set nothing."""
    return QuestionnaireSettings.objects.filter(network=network).first() or QuestionnaireSettings(network=network)
