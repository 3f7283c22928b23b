"""Single places on teams, read for an action."""

from communitas.visits.models import TeamPlace


def lock(place: TeamPlace) -> None:
    """Read the place anew and hold its row, so that an answer and the end of its time cannot both win."""
    fields = ["state", "seat", "answer_by", "reminded_at", "object_until"]
    place.refresh_from_db(fields=fields, from_queryset=TeamPlace.objects.select_for_update())
