"""The reviewers' pack: what the team needs to know, gathered from here and from the apps above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communitas.cycles.queries import today_in
from communitas.cycles.queries.leads import leads_of
from communitas.members.actors import Actor
from communitas.people.models import Account
from communitas.visits import slots
from communitas.visits.models import Participants, TeamNeeds, Visit
from communitas.visits.queries.dates import shown_link
from communitas.visits.queries.screens import TeamMember, team_of
from communitas.visits.queries.timetables import Timetable, timetable_of
from communitas.visits.slots import PackPart


@dataclass(frozen=True)
class Contact:
    """Somebody to reach, and how."""

    name: str
    what: str
    email: str = ""
    phone: str = ""

    @property
    def how(self) -> str:
        """Address and telephone in one line."""
        return " · ".join(filter(None, (self.email, self.phone)))


@dataclass(frozen=True)
class Pack:
    """All that a team needs on one page."""

    community: str
    cycle: str
    network: str
    on: Any
    form: str
    place: str
    link: str
    practical: str
    timetable: Timetable
    team: tuple[TeamMember, ...]
    participants: tuple[tuple[str, str], ...]
    contacts: tuple[Contact, ...]
    parts: tuple[PackPart, ...]


def pack_of(visit: Visit, actor: Actor, reader: Account, now: datetime) -> Pack:
    """The pack as one person reads it. The number of queries does not depend on the size of the team."""
    enrolment = visit.enrolment
    network = enrolment.cycle.network
    found = slots.pack.ask([enrolment.pk]).get(enrolment.pk, [])
    parts = [part for filled in found for part in filled if part.may(actor)]
    return Pack(
        community=enrolment.community_name,
        cycle=enrolment.cycle.name,
        network=network.name,
        on=visit.on,
        form=str(visit.get_form_display()),
        place=visit.place,
        link=shown_link(visit, today_in(network, now)),
        practical=visit.practical,
        timetable=timetable_of(visit, reader),
        team=tuple(team_of(visit)),
        participants=participant_lines(visit),
        contacts=_contacts(visit, now),
        parts=tuple(sorted(parts, key=lambda part: (part.order, part.title))),
    )


def participant_lines(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Who meets the team and what the house can offer, as pairs of a heading and words: one query."""
    kept = Participants.objects.filter(visit=visit).first()
    if kept is None:
        return ()
    names = "" if visit.enrolment.community.hidden_address else kept.names
    field = Participants._meta.get_field
    numbers = [
        f"{value} {field(name).verbose_name!s}"  # type: ignore[union-attr]  # a plain field has a name
        for name in ("client_members", "staff", "others")
        if (value := getattr(kept, name)) is not None
    ]
    lines = [("people", ", ".join(numbers)), ("names", names)]
    lines += [(name, getattr(kept, name)) for name in ("access_needs", "diet", "clearance")]
    return tuple((name, words) for name, words in lines if words)


def _contacts(visit: Visit, now: datetime) -> tuple[Contact, ...]:
    community, network = visit.enrolment.community, visit.enrolment.cycle.network
    leads: Sequence[Account] = leads_of([community.pk], now).get(community.pk, [])
    found = [Contact(lead.display_name, "community lead", lead.email or "", community.phone) for lead in leads]
    return (*found, Contact(network.office_name or network.name, "office", network.office_email))


def needs_of(visit: Visit) -> list[tuple[str, str]]:
    """What people on the team need, as pairs of a name and words: one query."""
    found = TeamNeeds.objects.filter(place__visit=visit, place__state__in=["asked", "accepted"])
    rows = found.select_related("place__account").order_by("place")
    words = [
        (row.place.account.display_name, "; ".join(filter(None, (row.access_needs, row.diet, row.clearance))))
        for row in rows
    ]
    return [(name, said) for name, said in words if said]
