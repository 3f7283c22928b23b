"""The lists of visits, of concerns and of feedback."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.visits import queries
from communitas.visits.models import Concern, TeamPlace, Visit
from communitas.visits.rules.feedback import HOST, QUESTIONS, SIDES, TEAM
from communitas.visits.rules.team import SEATS
from communitas.visits.rules.visit import EDITABLE_STATES

WAITS = {
    "short": _("Short of people"),
    "overdue": _("An answer is overdue"),
    "objecting": _("An objection waits"),
    "declined": _("The day will not do"),
    "unanswered": _("The community has not said whether the day will do"),
}
_COMMUNITY = ("visit__enrolment__community_name",)


def _when(moment: datetime, form: str) -> str:
    """A moment in the time zone of the request, in words."""
    return formats.date_format(timezone.localtime(moment), form)


def _day(visit: Visit) -> str:
    return formats.date_format(visit.on, "j F Y") if visit.on else str(_("to be set"))


def _team(visit: Visit) -> str:
    taken = [place for place in visit.places.all() if place.state in {"asked", "accepted"}]
    waiting = sum(place.state == "asked" for place in taken) if visit.state in EDITABLE_STATES else 0
    words = _("%(taken)d on the team, %(waiting)d to answer") if waiting else _("%(taken)d on the team")
    return str(words) % {"taken": len(taken), "waiting": waiting}


VISITS = ListSpec(
    name=_("Visits"),
    columns=(
        Column(
            "community", _("Community"), lambda visit: visit.enrolment.community_name, ("enrolment__community_name",)
        ),
        Column("on", _("Date"), _day, ("on",), nowrap=True),
        Column("form", _("Form"), lambda visit: visit.get_form_display(), ("form",)),
        Column("state", _("State"), lambda visit: visit.get_state_display(), ("state",)),
        Column("team", _("Team"), _team),
        Column(
            "cycle", _("Cycle"), lambda visit: visit.enrolment.cycle.name, ("enrolment__cycle__opens_on",), nowrap=True
        ),
    ),
    search=("enrolment__community_name", "enrolment__community__code", "places__account__display_name"),
    filters=(
        choice_filter("state", _("State"), "state", Visit.State.choices),
        choice_filter("form", _("Form"), "form", Visit.Form.choices),
        Filter(
            "cycle",
            _("Cycle"),
            lambda request: [(str(cycle.pk), cycle.name) for cycle in Cycle.objects.filter(network=request.network)],  # type: ignore[attr-defined]  # set by NetworkMiddleware
            lambda rows, value: rows.filter(enrolment__cycle_id=value),
        ),
        Filter(
            "seat",
            _("Empty seat"),
            lambda request: list(SEATS.items()),
            lambda rows, value: rows.exclude(places__in=_holding(value)),
        ),
        Filter(
            "waits", _("What waits"), lambda request: list(WAITS.items()), lambda rows, value: _waiting(rows, value)
        ),
    ),
    order_by=queries.NEXT_FIRST,
    link=lambda visit: reverse("visits:visit", args=[visit.pk]),
    empty=_("No visit fits these filters. Visits are planned from an enrolment's page."),
)


def _waiting(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """The visits that wait for something; the rows come from `queries.in_time`."""
    if value == "short":
        return queries.short_of_people(rows)
    if value == "overdue":
        return rows.filter(overdue=True, state__in=sorted(EDITABLE_STATES))
    if value in _OF_THE_DAY:
        return _OF_THE_DAY[value](rows, timezone.localdate())
    return rows.filter(objecting=True) if value == "objecting" else rows


_OF_THE_DAY = {"declined": queries.declined, "unanswered": queries.unanswered}


def _holding(seat: str) -> QuerySet[TeamPlace]:
    return TeamPlace.objects.filter(seat=seat, state__in=["asked", "accepted"])


def _concern_about(concern: Concern) -> str:
    return concern.visit.enrolment.community_name if concern.visit else str(_("no visit"))


CONCERNS = ListSpec(
    name=_("Serious concerns"),
    columns=(
        Column("raised", _("Raised"), lambda one: _when(one.raised_at, "j F Y, H:i"), ("raised_at",)),
        Column("about", _("Visit"), _concern_about),
        Column("state", _("State"), lambda one: one.get_state_display(), ("state",)),
        Column("until", _("Answer by"), lambda one: _when(one.acknowledge_by, "j F Y, H:i"), ("acknowledge_by",)),
    ),
    search=("visit__enrolment__community_name",),
    filters=(choice_filter("state", _("State"), "state", Concern.State.choices),),
    order="-raised",
    link=lambda one: one.get_absolute_url(),
    empty=_("No concern has been raised."),
)


def _score(key: str) -> Column:
    words = {**QUESTIONS[HOST], **QUESTIONS[TEAM]}[key]
    return Column(key, words, lambda row: row.answers.get(key), number=True, on_screen=False)


FEEDBACK = ListSpec(
    name=_("Feedback on visits"),
    columns=(
        Column("community", _("Visit to"), lambda row: row.visit.enrolment.community_name, _COMMUNITY),
        Column("cycle", _("Cycle"), lambda row: row.visit.enrolment.cycle.name, nowrap=True),
        Column("side", _("From"), lambda row: SIDES[row.side], ("side",)),
        *(_score(key) for key in (*QUESTIONS[HOST], *QUESTIONS[TEAM])),
        Column("good", _("What was good"), lambda row: row.good),
        Column("better", _("What should be different"), lambda row: row.better),
        Column("at", _("Sent on"), lambda row: _when(row.at, "j F Y"), ("at",), nowrap=True),
    ),
    search=("visit__enrolment__community_name", "good", "better"),
    filters=(
        choice_filter("side", _("From"), "side", list(SIDES.items())),
        Filter(
            "cycle",
            _("Cycle"),
            lambda request: [(str(cycle.pk), cycle.name) for cycle in Cycle.objects.filter(network=request.network)],  # type: ignore[attr-defined]  # set by NetworkMiddleware
            lambda rows, value: rows.filter(visit__enrolment__cycle_id=value),
        ),
    ),
    order="-at",
    link=lambda row: reverse("visits:team_feedback", args=[row.visit_id]),
    empty=_("Nobody has given feedback yet. It opens when a visit took place."),
)
