"""What reviewers say themselves: whose word their days are, who cannot come this time, and who has offered to come."""

from datetime import date, timedelta
from typing import Final

from communitas.allocation import actions as allocation
from communitas.allocation.models import AvailableDay
from communitas.allocation.queries import needed, preparing, saying
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.founding import Hearth
from communitas.members import actions as members
from communitas.people.models import Account
from communitas.visits.queries import visits

OWN_WORD: Final = 3  # one in so many says their days themselves
OFFERS: Final = 4  # people who have offered to come somewhere
NOTES: Final = ("Not before 10: I come by train.", "", "Fridays only if it is near.", "")


def leave_a_community(hearth: Hearth) -> None:
    """The lead reviewer of the cast worked elsewhere until two years ago: that keeps them off by itself."""
    if "ludo" not in hearth.accounts or "TAFF" not in hearth.communities:
        return
    ended = hearth.now - timedelta(days=2 * 365)
    grant = members.grant_role(
        account=hearth.accounts["ludo"],
        network=hearth.network,
        role="staff",
        community=hearth.communities["TAFF"],
        by=hearth.cora,
        at=ended - timedelta(days=1500),
    )
    members.end_role(grant=grant, reason="Moved to another house.", by=hearth.cora, at=ended)


def speak_for_themselves(hearth: Hearth) -> None:
    """Yesterday some reviewers looked at their days and kept them, one said no, and a few offered to come.

    Nothing of that changes the plan which waits to be read.
    """
    at, cycle = hearth.now - timedelta(hours=20), hearth.cycles[YEARS]
    asked = preparing.days_wanted(cycle, on=hearth.calendar.today)
    silent = saying.silent(cycle, today=hearth.calendar.today, at=at).first()
    for number, who in enumerate(preparing.people(cycle, at=at).order_by("pk")):
        days = AvailableDay.objects.filter(network=hearth.network, account=who, on__in=asked)
        mine = set(days.values_list("on", flat=True))
        if mine and number % OWN_WORD == 0:
            _say(hearth, who, days=mine, asked=asked, note=NOTES[number // OWN_WORD % len(NOTES)])
    if silent is not None:
        _say(hearth, silent, days=set(), asked=asked, reason="I look after my mother this year.")
    _offer(hearth)


def _say(hearth: Hearth, who: Account, *, days: set[date], asked: list[date], note: str = "", reason: str = "") -> None:
    allocation.say_availability(
        cycle=hearth.cycles[YEARS],
        days=days,
        asked=asked,
        none=bool(reason),
        reason=reason,
        note=note,
        most_visits=None,
        by=who,
        at=hearth.now - timedelta(hours=20),
    )


def _offer(hearth: Hearth) -> None:
    at, left = hearth.now - timedelta(hours=6), OFFERS
    for who in preparing.people(hearth.cycles[YEARS], at=at).order_by("-pk")[: 10 * OFFERS]:
        found = needed.where_needed(hearth.network, who, today=hearth.calendar.today, at=at)
        day = next((one for one in found if one.is_free), None)
        if day is not None and left:
            left -= 1
            allocation.offer_to_come(visit=visits().get(pk=day.visit_id), on=day.on, by=who, at=at)
