"""Who meets the team and what the team needs: written by the host, and by each person of the team for themselves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.actions.recording import note
from communitas.visits.models import Participants, TeamNeeds, TeamPlace, Visit
from communitas.visits.rules.meeting import refuse_names
from communitas.visits.rules.visit import EDITABLE_STATES


@transaction.atomic
def change_participants(*, visit: Visit, by: Account, at: datetime, **said: Any) -> Participants:
    """Say who meets the team and what the house can offer. What stood there before stays in the history.

    `said`: client_members, staff, others (numbers or None), names, access_needs, diet, clearance.
    """
    if visit.state not in EDITABLE_STATES:
        raise NotAllowed(_("Who meets the team changes only until the visit took place."))
    refuse_names(said.get("names", ""), hidden=visit.enrolment.community.hidden_address)
    before = Participants.objects.filter(visit=visit).first()
    changed = {name: getattr(before, name) for name in said if before and getattr(before, name) != said[name]}
    if before and not changed:
        return before
    kept, _created = Participants.objects.update_or_create(
        visit=visit, defaults={**said, "changed_by": by, "changed_at": at}
    )
    # Names of client members are of no use once they were taken back: the history says that they changed, not how.
    shown = {name: value for name, value in changed.items() if name != "names"}
    note(visit=visit, verb="change_participants", by=by, at=at, before=shown)
    return kept


@transaction.atomic
def change_needs(
    *, place: TeamPlace, access_needs: str, diet: str, clearance: str, by: Account, at: datetime
) -> TeamNeeds:
    """Say what one needs on the day. The host's lead, the lead reviewer and the office read it."""
    if place.account_id != by.pk:
        raise NotAllowed(_("Everybody on the team says for themselves what they need."))
    if place.state not in {TeamPlace.State.ASKED, TeamPlace.State.ACCEPTED}:
        raise NotAllowed(_("You are not on this team any more."))
    needs, _created = TeamNeeds.objects.update_or_create(
        place=place,
        defaults={"access_needs": access_needs, "diet": diet, "clearance": clearance, "changed_at": at},
    )
    note(visit=place.visit, verb="change_needs", by=by, at=at, account=place.account_id)
    return needs
