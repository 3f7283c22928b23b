"""The lead reviewer's sheet for the feedback of the day, version by version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from communitas.people.models import Account
from communitas.visits.actions.recording import note
from communitas.visits.models import SpeakingSheet, Visit
from communitas.visits.rules.speaking import refuse_sheet


@transaction.atomic
def keep_sheet(*, visit: Visit, words: Mapping[str, str], by: Account, at: datetime) -> SpeakingSheet:
    """Keep what the lead reviewer wants to say; what stood there before stays as an earlier version."""
    said = {prompt: text.strip() for prompt, text in words.items() if text.strip()}
    refuse_sheet(said)
    Visit.objects.select_for_update().get(pk=visit.pk)
    newest = visit.speaking.first()
    if newest and newest.words == said:
        return newest
    number = newest.number + 1 if newest else 1
    note(visit=visit, verb="keep_sheet", by=by, at=at, number=number)
    return SpeakingSheet.objects.create(visit=visit, number=number, words=said, by=by, at=at)
