"""Mailings in the background."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communitas.cycles import actions
from communitas.cycles.models import Cycle
from communitas.kit import tasks
from communitas.kit.addresses import path_of
from communitas.people.models import Account

AT_A_TIME = 25


@tasks.task("cycles.remind")
def remind(
    cycle_id: int, enrolment_ids: list[int], subject: str, message: str, by_id: int, *, progress: tasks.Progress
) -> None:
    """Send reminders, a few at a time, so that progress is seen and a stop loses nothing."""
    cycle = Cycle.objects.select_related("network__tenant").get(pk=cycle_id)
    by = Account.objects.get(pk=by_id)
    sent = 0
    for start in range(0, len(enrolment_ids), AT_A_TIME):
        progress.step(_("Writing reminders"), start, len(enrolment_ids))
        some = enrolment_ids[start : start + AT_A_TIME]
        sent += actions.remind(
            cycle=cycle, enrolment_ids=some, subject=subject, message=message, by=by, at=timezone.now()
        ).messages
    progress.step(_("%(count)s reminders sent") % {"count": sent}, len(enrolment_ids), len(enrolment_ids))
    progress.result(path_of(cycle.network.slug, "cycles:cockpit", cycle.pk))
