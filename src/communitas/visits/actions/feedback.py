"""Feedback on a visit: sent once by each person, shown to the other side when its time has come."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits.actions.recording import note
from communitas.visits.models import Feedback, TeamPlace, Visit
from communitas.visits.rules import feedback as rules


@transaction.atomic
def send_feedback(
    *,
    visit: Visit,
    side: str,
    answers: Mapping[str, int],
    good: str = "",
    better: str = "",
    by: Account,
    at: datetime,
) -> Feedback:
    """Keep what one person answered. When everybody has answered, both sides read it at once."""
    visit.refresh_from_db(from_queryset=Visit.objects.select_for_update(of=("self",)).select_related("enrolment"))
    rules.FEEDBACK.move(rules.state_of(closes_at=visit.feedback_closes_at, now=at), "answer")
    rules.refuse_answers(side, answers)
    if visit.feedback.filter(account=by).exists():
        raise NotAllowed(_("You have sent your feedback already. Thank you."))
    sent = Feedback.objects.create(
        visit=visit, side=side, account=by, answers=dict(answers), good=good.strip(), better=better.strip(), at=at
    )
    note(visit=visit, verb="send_feedback", by=by, at=at, side=side)
    if _all_have_answered(visit):
        visit.feedback_closes_at = at
        visit.save(update_fields=["feedback_closes_at"])
        note(visit=visit, verb="release_feedback", by=by, at=at)
    return sent


def _all_have_answered(visit: Visit) -> bool:
    rows = list(visit.feedback.values_list("side", "account_id"))
    team = visit.places.filter(state=TeamPlace.State.ACCEPTED).values_list("account_id", flat=True)
    host = sum(side == rules.HOST for side, _account in rows)
    return rules.both_have_answered(host=host, team=set(team), answered={account for _side, account in rows})
