"""The day of a visit: planned, moved, postponed, held, closed."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.cycles.queries import zone_of
from communitas.cycles.rules.calendar import end_of_day
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.actions.clearance import keep_papers
from communitas.visits.actions.hosting import ask_host
from communitas.visits.actions.objections import keep_objections_in_front
from communitas.visits.actions.places import keep_last_days
from communitas.visits.actions.recording import note, step
from communitas.visits.actions.telling import tell_everybody
from communitas.visits.actions.timetables import copy_timetable
from communitas.visits.events import VisitCancelled, VisitClosed, VisitHeld
from communitas.visits.models import OfferedDate, Visit
from communitas.visits.queries.settings import settings_of
from communitas.visits.rules.dates import link_is_safe
from communitas.visits.rules.visit import EDITABLE_STATES


@transaction.atomic
def plan(*, enrolment: Enrolment, on: date | None, form: str = Visit.Form.ON_SITE, by: Account, at: datetime) -> Visit:
    """Plan the visit of an enrolment. With a date, the enrolment's due dates are counted from it."""
    if Visit.objects.filter(enrolment=enrolment).exists():
        raise NotAllowed(_("This community has its visit in this cycle already."))
    visit = Visit.objects.create(enrolment=enrolment, on=on, form=form)
    copy_timetable(visit=visit, by=by, at=at)
    note(visit=visit, verb="plan", by=by, at=at, on=on.isoformat() if on else None, form=form)
    if on:
        ask_host(visit=visit, by=by, at=at)
        cycles.set_anchor(enrolment=enrolment, on=on, by=by, at=at)
    return visit


@transaction.atomic
def set_date(*, visit: Visit, on: date, reason: str = "", by: Account, at: datetime) -> None:
    """Set the date, or move it with a reason. The enrolment's due dates follow."""
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("The date of a visit moves only until the visit took place."))
    if visit.on and not reason.strip():
        raise NotAllowed(_("Please give a reason: the date was set already."))
    before, visit.on = visit.on, on
    _keep(visit, "on")
    words = {"before": before.isoformat() if before else None, "on": on.isoformat()}
    note(visit=visit, verb="set_date", by=by, at=at, reason=reason, **words)
    ask_host(visit=visit, by=by, at=at)
    cycles.set_anchor(enrolment=visit.enrolment, on=on, reason=reason, by=by, at=at)
    _keep_team_in_time(visit, by=by, at=at)
    if before:
        _free_dates(visit, at)
        subject = _("The visit to %(community)s has a new date")
        tell_everybody(
            visit=visit,
            subject=subject,
            template="visits/mail/moved.txt",
            by=by,
            at=at,
            reason=reason.strip(),
            before=before,
        )


@transaction.atomic
def change_practical(
    *,
    visit: Visit,
    form: str,
    place: str,
    link: str,
    practical: str,
    starts: time | None = None,
    ends: time | None = None,
    by: Account,
    at: datetime,
) -> None:
    """Say in which form the visit is and what the team needs to know; what stood there stays in the history."""
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("What the team needs to know changes only until the visit took place."))
    if not link_is_safe(link):
        raise NotAllowed(sentence(link_is_safe))
    if starts and ends and starts >= ends:
        raise NotAllowed(_("The visit ends after it starts."))
    new = {"form": form, "place": place, "link": link, "practical": practical, "starts": starts, "ends": ends}
    before = {field: _plain(getattr(visit, field)) for field in new if getattr(visit, field) != new[field]}
    if not before:
        return
    for field, value in new.items():
        setattr(visit, field, value)
    if set(before) == {"practical"}:
        visit.save(update_fields=["practical"])
    else:
        _keep(visit, *new)
    note(visit=visit, verb="change_practical", by=by, at=at, before=before)


@transaction.atomic
def postpone(*, visit: Visit, reason: str, by: Account, at: datetime) -> None:
    """Postpone the visit. Its date is taken away, and the enrolment waits for a new one."""
    before = visit.on
    step(visit=visit, verb="postpone", by=by, at=at, reason=reason, before=before.isoformat() if before else None)
    visit.on = None
    _keep(visit, "on")
    cycles.set_anchor(enrolment=visit.enrolment, on=None, reason=reason, by=by, at=at)
    _free_dates(visit, at)
    subject = _("The visit to %(community)s is postponed")
    tell_everybody(
        visit=visit,
        subject=subject,
        template="visits/mail/postponed.txt",
        by=by,
        at=at,
        reason=reason.strip(),
        before=before,
    )


@transaction.atomic
def plan_again(*, visit: Visit, on: date, by: Account, at: datetime) -> None:
    """Give a postponed visit a new date. The team stays and is asked again by the office where needed."""
    step(visit=visit, verb="plan_again", by=by, at=at, on=on.isoformat())
    visit.on = on
    _keep(visit, "on")
    ask_host(visit=visit, by=by, at=at)
    _keep_team_in_time(visit, anew=True, by=by, at=at)
    cycles.set_anchor(enrolment=visit.enrolment, on=on, by=by, at=at)
    tell_everybody(
        visit=visit,
        subject=_("The date of the visit to %(community)s is set"),
        template="visits/mail/date_set.txt",
        by=by,
        at=at,
    )


@transaction.atomic
def cancel(*, visit: Visit, reason: str, by: Account, at: datetime) -> None:
    """Cancel the visit. What the team wrote stays."""
    step(visit=visit, verb="cancel", by=by, at=at, reason=reason)
    _keep(visit)
    _free_dates(visit, at)
    events.publish(VisitCancelled(visit.pk, visit.enrolment_id, by.pk, at))
    subject = _("The visit to %(community)s is cancelled")
    tell_everybody(
        visit=visit, subject=subject, template="visits/mail/cancelled.txt", by=by, at=at, reason=reason.strip()
    )


@transaction.atomic
def hold(*, visit: Visit, by: Account, at: datetime, today: date) -> None:
    """Record that the visit took place; `today` is the day in the network's time zone."""
    if visit.on is None or visit.on > today:
        raise NotAllowed(_("A visit took place only once its day has come."))
    step(visit=visit, verb="hold", by=by, at=at)
    network = visit.enrolment.cycle.network
    last_day = today + timedelta(days=settings_of(network).feedback_days)
    visit.feedback_closes_at = end_of_day(last_day, zone_of(network))
    visit.save(update_fields=["feedback_closes_at"])
    events.publish(VisitHeld(visit.pk, visit.enrolment_id, by.pk, at))


@transaction.atomic
def close(*, visit: Visit, by: Account, at: datetime) -> None:
    """Close the visit after its peer-review. `workbooks` calls this; the office does for a developmental visit."""
    step(visit=visit, verb="close", by=by, at=at)
    visit.closed_at = at
    visit.save(update_fields=["closed_at"])
    events.publish(VisitClosed(visit.pk, visit.enrolment_id, by.pk, at))
    cycles.visit_closed(enrolment=visit.enrolment, by=by, at=at)


def _keep(visit: Visit, *fields: str) -> None:
    """Save what changed and count the change, so that calendars that hold the visit replace it."""
    visit.revision = F("revision") + 1
    visit.save(update_fields=[*fields, "revision"])
    visit.refresh_from_db(fields=["revision"])


def _keep_team_in_time(visit: Visit, *, anew: bool = False, by: Account, at: datetime) -> None:
    """What people on the team, and their host, do by some day is counted from the new date."""
    keep_papers(visit=visit, by=by, at=at)
    keep_last_days(visit=visit, anew=anew, by=by, at=at)
    keep_objections_in_front(visit=visit, by=by, at=at)


def _free_dates(visit: Visit, at: datetime) -> None:
    """Dates that were offered or locked are the host's own again."""
    open_ones = [OfferedDate.State.OFFERED, OfferedDate.State.LOCKED]
    visit.offered.filter(state__in=open_ones).update(state=OfferedDate.State.RELEASED, settled_at=at)


def _plain(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, time) else value
