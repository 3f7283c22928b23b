"""Who follows when a seat falls empty: two days kept free, one seat offered on, and how one team travels."""

from datetime import datetime, time, timedelta
from typing import Final

from communitas.allocation import actions as allocation
from communitas.allocation.models import Reserve
from communitas.allocation.queries import following
from communitas.cycles.models import Cycle
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import visits as all_visits

RESERVES: Final = 2  # visits that have one
TRAVELLERS: Final = "SPRB"  # the next visit that is confirmed
WAYS: Final = ("car", "transit", "car", "lift")


def follow(hearth: Hearth) -> None:
    """In the last days the office asked two reserves, somebody declined, and a team said how it travels."""
    _reserve(hearth, hearth.now - timedelta(days=3))
    _offer_on(hearth, hearth.now - timedelta(days=2))
    _travel(hearth, hearth.now - timedelta(days=1, hours=5))


def _ahead(hearth: Hearth) -> list[Visit]:
    """Visits whose team is appointed and that are not near yet, the latest first."""
    cycle: Cycle = hearth.cycles[YEARS]
    later = hearth.calendar.today + timedelta(days=10)
    found = all_visits().filter(enrolment__cycle=cycle, state__in=["team_appointed", "confirmed"], on__gt=later)
    return list(found.order_by("-on", "pk"))


def _reserve(hearth: Hearth, at: datetime) -> None:
    asked = 0
    for visit in _ahead(hearth)[1:]:
        standing = following.standing_of(visit, on=hearth.calendar.today, at=at)
        away = following.gone_from(visit) | following.waiting_on(visit)
        ranked = standing.ranked("staff") if standing else []
        best = next((one.reviewer for one in ranked if not one.broken and one.reviewer not in away), None)
        if best is None or asked == RESERVES:
            continue
        account = Account.objects.get(pk=int(best[1:]))
        reserve: Reserve = allocation.ask_reserve(visit=visit, account=account, seat="staff", by=hearth.cora, at=at)
        allocation.answer_reserve(reserve=reserve, ready=True, by=account, at=at + timedelta(hours=5))
        asked += 1


def _offer_on(hearth: Hearth, at: datetime) -> None:
    """Somebody who was asked by the plan cannot come, and whoever follows is asked; no reserve waits for that seat."""
    for visit in _ahead(hearth)[:1]:
        waiting = visit.places.filter(state=TeamPlace.State.ASKED, seat="staff")
        place = waiting.exclude(account__username__in=hearth.accounts).select_related("account").order_by("pk").first()
        if place is not None:
            place.visit = visit
            reason = "I start a new post that week and cannot have the day off."
            visits.decline_place(place=place, reason=reason, by=place.account, at=at)
            allocation.offer_on(place=place, by=None, at=at + timedelta(minutes=1))


def _travel(hearth: Hearth, at: datetime) -> None:
    """Everybody on one team says how they travel; the office agrees to one amount."""
    cycle: Cycle = hearth.cycles[YEARS]
    places = TeamPlace.objects.filter(
        visit__enrolment__cycle=cycle, visit__enrolment__community__code=TRAVELLERS, state=TeamPlace.State.ACCEPTED
    ).select_related("account", "from_community", "visit__enrolment__cycle__network__tenant")
    driver = ""
    for number, place in enumerate(places.order_by("pk")):
        mode, chance = WAYS[number % len(WAYS)], luck(hearth.seed, "travel", place.account.username)
        driver = driver or (place.account.display_name if mode == "car" else "")
        allocation.enter_journey(
            place=place,
            mode=mode,
            lift_with=driver if mode == "lift" else "",
            overnight=number == 0,
            arrives=time(9, chance.choice((0, 10, 20))),
            estimate=chance.randint(30, 70) * 100 if mode == "transit" else None,
            by=place.account,
            at=at + timedelta(minutes=20 * number),
        )
        if number == 1:
            allocation.settle_journey(place=place, agreed=4500, by=hearth.cora, at=at + timedelta(hours=4))
