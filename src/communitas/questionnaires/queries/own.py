"""What waits for a person who signed in, and what the person has answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.questionnaires import policy
from communitas.questionnaires.models import Opening, Participation
from communitas.questionnaires.queries.openings import openings

OWN = Participation.objects.select_related(
    "opening__questionnaire", "opening__enrolment__community", "opening__enrolment__cycle__network__tenant"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A questionnaire that a person may answer now."""

    title: str
    community: str
    closes_on: date
    href: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire that a person has answered, by its month; `open` while the answers can be taken back."""

    pk: UUID
    opening: int
    title: str
    when: str
    open: bool


def waiting_for(actor: Actor, *, but_not: set[int]) -> list[Waiting]:
    """The openings that this person may answer and has not: two queries."""
    found = []
    for name, may in (("as_staff", policy.answer_staff), ("as_client_member", policy.answer_client_member)):
        for opening in may.visible(openings(), actor).order_by("closes_on", "pk"):
            if opening.pk not in but_not:
                found.append(_waiting(opening, name))
    return found


def _waiting(opening: Opening, name: str) -> Waiting:
    href = reverse(f"questionnaires:{name}", args=[opening.pk])
    return Waiting(opening.questionnaire.title, opening.enrolment.community_name, opening.closes_on, href)


def answered_by(account: Account, network: Network) -> list[Answered]:
    """What the person has answered in this network, newest month first: one query."""
    rows = OWN.filter(account=account, opening__enrolment__cycle__network=network).order_by("-month", "pk")
    return [
        Answered(
            row.pk,
            row.opening_id,
            row.opening.questionnaire.title,
            _("in %(month)s") % {"month": date_format(row.month, "F Y")},
            row.opening.state != Opening.State.RELEASED,
        )
        for row in rows
    ]
