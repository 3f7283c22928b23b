"""Home: where my community is in the cycle, what I do next and by when, what changed since I was last here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.cycles import slots
from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.queries import current_cycle, enrolments, today_in
from communitas.cycles.rules.calendar import in_words
from communitas.cycles.rules.due import Due, what_comes_next
from communitas.cycles.rules.stages import ENDED, Pathway, Stage
from communitas.members.actors import Actor
from communitas.members.models import Community, Network, RoleGrant
from communitas.visits import queries as visits
from communitas.visits.models import TeamPlace, Visit
from communitas.web.queries.news import Told, news_of

OWN = ("client_member", "staff", "community_lead")
ROLES = dict(RoleGrant.Role.choices)


@dataclass(frozen=True, slots=True)
class Next:
    """The component next_step, as plain values. Without an action nothing waits for this person."""

    title: str
    text: str = ""
    when: str = ""
    action: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several communities of a person."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Place:
    """A community of the person, and where it stands."""

    community: Community
    roles: str
    enrolment: Enrolment | None = None
    stations: list[dict[str, Any]] = field(default_factory=list)
    next: Next | None = None
    later: list[Next] = field(default_factory=list)
    sections: dict[str, Any] | None = None
    news: list[Told] = field(default_factory=list)
    links: list[slots.Link] = field(default_factory=list)
    gives: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MyVisit:
    """A place on a visit team."""

    title: str
    when: str
    text: str
    href: str
    asked: bool
    next: Next | None = None


def communities_of(actor: Actor, network: Network) -> list[Community]:
    """The communities in which the person is at home, by name."""
    ids = {pk for role in OWN for pk in actor.communities_as(role)}
    return list(Community.objects.filter(pk__in=ids, network=network).select_related("service_type").order_by("name"))


def choices(communities: Iterable[Community], current: Community) -> list[Choice]:
    """Ways to each of several communities."""
    return [
        Choice(each.name, f"{reverse('web:home')}?community={each.pk}", each.pk == current.pk) for each in communities
    ]


def place_of(actor: Actor, community: Community, *, since: datetime, now: datetime) -> Place:
    """Everything that home says about one community: a constant number of queries and those of the slots."""
    network = community.network
    roles = frozenset(role for role in OWN if community.pk in actor.communities_as(role))
    words = ", ".join(str(ROLES[role]) for role in sorted(roles))
    enrolment = _enrolment(community)
    today = today_in(network, now)
    if enrolment is None:
        return Place(community, words, gives=_gives(community, None, today))
    dues = enrolments.due_rows(enrolment, today)
    steps = [_next(step, today) for step in enrolments.steps_of(enrolment, roles, actor)]
    present = next((due.due_on for due in dues if due.stage == enrolment.stage), None)
    return Place(
        community,
        words,
        enrolment,
        enrolments.path_of_stages(enrolment, dues, today),
        steps[0] if steps else _waiting(enrolment, present),
        [step for step in steps[1:] if step.action][:2],
        _sections(enrolment, actor),
        news_of(enrolment, since=since, actor=actor),
        enrolments.links_of(enrolment, roles, actor),
        _gives(community, enrolment, today),
    )


def my_visits(actor: Actor, network: Network, now: datetime) -> list[MyVisit]:
    """The visits for which the person was asked or is on the team, until they are closed, soonest first."""
    if actor.account is None:
        return []
    today = today_in(network, now)
    places = list(
        visits.my_places(actor.account, network.pk)
        .filter(state__in=[TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED])
        .exclude(visit__state__in=[Visit.State.CLOSED, Visit.State.CANCELLED])
    )
    steps = slots.next_steps.ask([place.visit.enrolment_id for place in places])
    places.sort(key=lambda place: (place.visit.on or date.max, place.pk))
    return [_visit(place, steps.get(place.visit.enrolment_id, []), today) for place in places]


def _enrolment(community: Community) -> Enrolment | None:
    cycle = current_cycle(community.network)
    found = Enrolment.objects.filter(community=community, cycle__state=Cycle.State.OPEN)
    found = found if found.exists() else Enrolment.objects.filter(community=community, cycle=cycle)
    return found.select_related("cycle__network", "service_type").order_by("-cycle__opens_on").first()


def _next(step: slots.Step, today: date) -> Next:
    return Next(step.title, step.text, enrolments.by_words(step.due_on, today), step.action, step.href)


def _waiting(enrolment: Enrolment, due_on: date | None) -> Next:
    stage = Stage(enrolment.stage)
    if stage == Stage.COMPLETED:
        return Next(_("You have completed this cycle"), _("Thank you. The next cycle begins when the office opens it."))
    if stage in ENDED:
        return Next(_("This enrolment has come to an end"), _("What you entered is kept and can be read as before."))
    dues: dict[Stage, Due] = {stage: Due(due_on, due_on)} if due_on else {}
    sentence = what_comes_next(Pathway(enrolment.pathway), stage, dues)
    return Next(_("Nothing waits for you"), sentence)


def _sections(enrolment: Enrolment, actor: Actor) -> dict[str, Any] | None:
    found = slots.sections.ask([enrolment.pk]).get(enrolment.pk, [])
    rows = [row for part in found for row in part]
    if not rows:
        return None
    before = any(row.before for row in rows)
    columns: list[dict[str, Any]] = [{"label": _("Section")}, {"label": _("Scored")}, {"label": _("Met so far")}]
    columns += [{"label": _("Last time")}] if before else []
    columns.append({"label": _("Left"), "kind": "number"})
    return {"columns": columns, "rows": [_section(row, before, actor) for row in rows]}


def _section(row: slots.SectionRow, before: bool, actor: Actor) -> dict[str, Any]:
    whole = row.scored >= row.total
    words = _("all %(total)s") if whole else _("%(scored)s of %(total)s")
    mark = "m2" if whole else "m1" if row.scored else "m0"
    numbers = {"scored": row.scored, "total": row.total}
    met = _("%(met)s of %(of)s") % {"met": row.met, "of": row.applicable} if row.applicable else "–"
    cells: list[Any] = [row.title, {"mark": mark, "text": words % numbers}, met]
    cells += [row.before or "–"] if before else []
    return {"cells": [*cells, row.total - row.scored], "href": row.href if row.href and row.may(actor) else None}


def _gives(community: Community, enrolment: Enrolment | None, today: date) -> list[str]:
    """What the community gives and receives this year, as sentences; people by their display names."""
    notes = [note.text for found in slots.gives.ask([community.pk]).get(community.pk, []) for note in found]
    cycle = enrolment.cycle if enrolment else current_cycle(community.network)
    going = (
        TeamPlace.objects.filter(
            from_community=community, state=TeamPlace.State.ACCEPTED, visit__enrolment__cycle=cycle
        )
        .exclude(visit__state=Visit.State.CANCELLED)
        .select_related("account", "visit__enrolment")
        .order_by("visit__on", "pk")
    )
    by_visit: dict[int, list[TeamPlace]] = {}
    for place in going:
        by_visit.setdefault(place.visit_id, []).append(place)
    sentences = [_visit_words(places, today) for places in by_visit.values()]
    came = TeamPlace.objects.filter(visit__enrolment=enrolment, state=TeamPlace.State.ACCEPTED)
    states = list(came.values_list("visit__state", "visit__on"))
    if enrolment and (received := len(states)):
        if any(_took_place(state, on, today) for state, on in states):
            words = ngettext("%(count)s person visited %(name)s.", "%(count)s people visited %(name)s.", received)
        else:
            words = ngettext("%(count)s person visits %(name)s.", "%(count)s people visit %(name)s.", received)
        sentences.insert(0, words % {"name": community.name, "count": received})
    return sentences[:4] or notes


def _took_place(state: str, on: date | None, today: date) -> bool:
    return state in {Visit.State.HELD, Visit.State.CLOSED} or (on is not None and on < today)


def _visit_words(places: list[TeamPlace], today: date) -> str:
    names = [place.account.display_name for place in places]
    who = (
        names[0] if len(names) == 1 else _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
    )
    visit = places[0].visit
    where = {"who": who, "where": visit.enrolment.community_name, "day": in_words(visit.on) if visit.on else ""}
    if visit.on and _took_place(visit.state, visit.on, today):
        return _("%(who)s visited %(where)s on %(day)s.") % where
    if len(names) == 1:
        return (_("%(who)s visits %(where)s on %(day)s.") if visit.on else _("%(who)s visits %(where)s.")) % where
    return (_("%(who)s visit %(where)s on %(day)s.") if visit.on else _("%(who)s visit %(where)s.")) % where


def _visit(place: TeamPlace, found: list[list[slots.Step]], today: date) -> MyVisit:
    visit = place.visit
    when = date_format(visit.on, "l j F Y") if visit.on else _("date to be set")
    asked = place.state == TeamPlace.State.ASKED
    text = _("You are asked to come as %(seat)s.") if asked else _("You come as %(seat)s.")
    if asked and place.answer_by:
        text = _("You are asked to come as %(seat)s. Please answer until %(day)s.")
    roles = {"reviewer", "lead_reviewer"} if place.seat == TeamPlace.Seat.LEAD else {"reviewer"}
    steps = sorted((step for part in found for step in part if step.roles & roles), key=lambda step: step.order)
    return MyVisit(
        visit.enrolment.community_name,
        when,
        text % {"seat": place.get_seat_display(), "day": in_words(place.answer_by or today)},
        reverse("visits:visit", args=[visit.pk]),
        asked,
        _next(steps[0], today) if steps and not asked else None,
    )


def greeting(now: datetime, name: str) -> str:
    """'Good afternoon, Lena', by the clock of the network."""
    hour, first = localtime(now).hour, (name.split() or [""])[0]
    words = _("Good morning, %(name)s") if hour < 12 else _("Good afternoon, %(name)s")
    if hour >= 18 or hour < 5:
        words = _("Good evening, %(name)s")
    return words % {"name": first}
