"""Due dates of an enrolment, counted from its visit date and from what has happened since."""

from datetime import date

from communitas.cycles.models import Enrolment, Move
from communitas.cycles.queries.calendars import calendar_of, today_in, windows_of_cycle
from communitas.cycles.rules.due import Due, Extension, due_dates, with_extensions
from communitas.cycles.rules.stages import Pathway, Stage

COUNTED = ("deliver_draft", "sign_report", "extend", "reinstate")


def counted(enrolment: Enrolment) -> dict[Stage, Due]:
    """The due date of each stage as the rules count it now, with what was extended. Two queries."""
    moves = list(enrolment.moves.filter(verb__in=COUNTED).order_by("pk"))
    begun = max((number for number, move in enumerate(moves, start=1) if move.verb == "reinstate"), default=0)
    moves = moves[begun:]
    dates = due_dates(
        Pathway(enrolment.pathway),
        windows_of_cycle(enrolment.cycle),
        enrolment.anchor_on,
        calendar_of(enrolment.cycle.network),
        delivered=_day_of("deliver_draft", moves, enrolment),
        signed=_day_of("sign_report", moves, enrolment),
    )
    return with_extensions(dates, tuple(_extension(move) for move in moves if move.verb == "extend"))


def hold(enrolment: Enrolment) -> None:
    """Lock the enrolment's row until the end of the transaction, and read it anew."""
    enrolment.refresh_from_db(
        from_queryset=Enrolment.objects.select_for_update(of=("self",)).select_related(
            "cycle__network__tenant", "community"
        )
    )


def _day_of(verb: str, moves: list[Move], enrolment: Enrolment) -> date | None:
    days = [today_in(enrolment.cycle.network, move.at) for move in moves if move.verb == verb]
    return days[-1] if days else None


def _extension(move: Move) -> Extension:
    return Extension(Stage(move.detail["stage"]), date.fromisoformat(move.detail["until"]), move.reason)
