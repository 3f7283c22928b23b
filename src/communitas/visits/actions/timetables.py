"""The timetable of a visit and the office's templates: kept version by version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.actions.recording import note
from communitas.visits.models import TimetableLook, TimetableTemplate, TimetableVersion, Visit
from communitas.visits.queries.timetables import rows_of_template, version_of
from communitas.visits.rules.timetable import Row, refuse_rows, with_ids, write_rows
from communitas.visits.rules.visit import EDITABLE_STATES


@transaction.atomic
def copy_timetable(*, visit: Visit, by: Account | None, at: datetime) -> TimetableVersion:
    """Give a visit its own copy of the office's template: the first version, or one more to start again from."""
    rows = rows_of_template(visit.enrolment.cycle.network_id, visit.enrolment.pathway, visit.form)
    return _keep(visit, rows, by=by, at=at, fresh=True)


@transaction.atomic
def change_timetable(
    *, visit: Visit, rows: Sequence[Row], seen: int, by: Account, at: datetime
) -> TimetableVersion | None:
    """Keep a new version. None where nothing is new.

    `seen` is the number of the version that the person had before them: NotAllowed where there is a newer one by now.
    """
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("The timetable changes only until the visit took place."))
    refuse_rows(rows)
    Visit.objects.select_for_update().get(pk=visit.pk)
    newest = version_of(visit)
    if newest and newest.number != seen:
        who = newest.by.display_name if newest.by else _("Somebody")
        raise NotAllowed(
            _("%(name)s changed the timetable while you were writing. Nothing of yours is lost: look at it, then save.")
            % {"name": who}
        )
    if newest and write_rows(rows) == newest.rows:
        return None
    version = _keep(visit, rows, by=by, at=at)
    note(visit=visit, verb="change_timetable", by=by, at=at, number=version.number)
    note_looked(visit=visit, number=version.number, by=by, at=at)
    return version


@transaction.atomic
def restart_timetable(*, visit: Visit, by: Account, at: datetime) -> TimetableVersion:
    """Start again from the office's template; the versions before stay."""
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("The timetable changes only until the visit took place."))
    Visit.objects.select_for_update().get(pk=visit.pk)
    version = copy_timetable(visit=visit, by=by, at=at)
    note(visit=visit, verb="change_timetable", by=by, at=at, number=version.number)
    note_looked(visit=visit, number=version.number, by=by, at=at)
    return version


@transaction.atomic
def note_looked(*, visit: Visit, number: int, by: Account, at: datetime) -> None:
    """Somebody has read a version: from now on only what is newer is marked for them."""
    TimetableLook.objects.update_or_create(visit=visit, account=by, defaults={"number": number, "at": at})


@transaction.atomic
def change_template(
    *, network: Network, pathway: str, form: str, rows: Sequence[Row], seen: int, by: Account, at: datetime
) -> TimetableTemplate:
    """Keep the office's proposal for a pathway and a form. Timetables that exist stay as they are."""
    refuse_rows(rows)
    Network.objects.select_for_update().get(pk=network.pk)
    before = TimetableTemplate.objects.filter(network=network, pathway=pathway, form=form).first()
    if before and before.version != seen:
        raise NotAllowed(_("A colleague changed this template while you were writing. Look at it, then save."))
    template, _created = TimetableTemplate.objects.update_or_create(
        network=network,
        pathway=pathway,
        form=form,
        defaults={
            "rows": write_rows(with_ids(rows, seen + 1)),
            "version": seen + 1,
            "changed_by": by,
            "changed_at": at,
        },
    )
    detail = {"rows": template.rows}
    audit.record(tenant=network.tenant, verb="visits.template", obj=template, by=by, at=at, detail=detail)
    return template


def _keep(
    visit: Visit, rows: Sequence[Row], *, by: Account | None, at: datetime, fresh: bool = False
) -> TimetableVersion:
    newest = version_of(visit)
    number = newest.number + 1 if newest else 1
    if fresh:
        rows = [replace(row, id="") for row in rows]
    kept = write_rows(with_ids(rows, number))
    return TimetableVersion.objects.create(visit=visit, number=number, rows=kept, by=by, at=at)
