"""Openings, how many sheets came back, and what the network has set."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.queries import today_in
from communitas.kit.prepared import Finder
from communitas.members.models import Network
from communitas.questionnaires.models import Opening, Questionnaire, QuestionnaireSettings


def openings() -> QuerySet[Opening]:
    """Every opening with what its pages and permissions ask of it."""
    return Opening.objects.select_related(
        "questionnaire__edition", "enrolment__community", "enrolment__cycle__network__tenant"
    )


opening = Finder(openings)


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


def today_in_cycle(cycle: Cycle, at: datetime) -> date:
    """The day that the calendar of the cycle's network shows."""
    return today_in(cycle.network, at)


def in_cycle(cycle: Cycle) -> QuerySet[Opening]:
    """Every opening of a cycle, with how many sheets came back."""
    return came_back(openings().filter(enrolment__cycle=cycle))


def ready_to_release(cycle: Cycle, at: datetime) -> list[Opening]:
    """The openings of a cycle whose window has ended and that are not released: one query."""
    ended = Q(state=Opening.State.CLOSED) | Q(state=Opening.State.OPEN, closes_on__lt=today_in(cycle.network, at))
    return list(openings().filter(ended, enrolment__cycle=cycle).order_by("pk"))


def can_be_opened(cycle: Cycle) -> QuerySet[Questionnaire]:
    """The published questionnaires of the editions by which the cycle's communities are reviewed."""
    editions = cycle.enrolments.values("edition")
    return Questionnaire.objects.filter(state=Questionnaire.State.PUBLISHED, edition__in=editions).order_by(
        "audience", "-version"
    )
