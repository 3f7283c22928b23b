"""What the office's page of the seats of one visit shows, as plain values."""

from datetime import date, datetime
from typing import Any

from communitas.allocation.models import Reserve
from communitas.allocation.queries import following as queries
from communitas.allocation.queries.facts import travel_of
from communitas.allocation.queries.naming import named
from communitas.allocation.rules import following as rules
from communitas.allocation.rules.problem import SEATS
from communitas.visits.models import Visit
from communitas.visits.queries import settings_of, shape_for
from communitas.visits.rules.team import SEATS as SEAT_WORDS

MOST = 20  # people who are listed for a seat


def seats_of(visit: Visit, chosen: str, *, on: date, at: datetime) -> dict[str, Any]:
    """The empty seats with their reason, what was offered, reserves, and who could be one for the `chosen` seat."""
    network, moment = visit.enrolment.cycle.network, queries.moment_of(visit, on=on)
    empty, standing = queries.empty_in(visit), queries.standing_of(visit, on=on, at=at)
    travel, reserves = travel_of(network), _reserves(visit)
    ready = sum(one.state == Reserve.State.READY for one in reserves)
    kinds = [seat for seat in SEATS if shape_for(settings_of(network), visit.enrolment.pathway).seats.get(seat)]
    seat = chosen if chosen in kinds else ""
    return {
        "obstacle": rules.obstacle(moment),
        "empty": [(one, SEAT_WORDS[one], standing.reason(one) if standing else "") for one in empty],
        "offers": [(one, SEAT_WORDS[one.seat], queries.in_words(one)) for one in queries.offers_of(visit)],
        "stop": queries.stop_of(visit),
        "asks_next": travel.asks_next,
        "stop_days": travel.stop_asking_days,
        "reserves": [(one, SEAT_WORDS[one.seat], one.state in queries.KEEPING) for one in reserves],
        "missing": max(0, travel.reserves_wished - ready),
        "kinds": [(one, SEAT_WORDS[one]) for one in kinds],
        "seat": seat,
        "seat_words": SEAT_WORDS.get(seat, ""),
        "known": standing is not None,
        "people": _people(visit, standing, seat, reserves) if standing and seat else [],
    }


def _reserves(visit: Visit) -> list[Reserve]:
    return list(Reserve.objects.filter(visit=visit).select_related("account", "asked_by").order_by("pk"))


def _people(
    visit: Visit, standing: queries.Standing, seat: str, reserves: list[Reserve]
) -> list[tuple[int, str, str, int]]:
    """Who could keep the day free for a seat, the best first: account, name, community, kilometres."""
    away = queries.gone_from(visit) | queries.waiting_on(visit)
    away |= {f"p{one.account_id}" for one in reserves if one.state in queries.KEEPING}
    homes = {one.id: one.community for one in standing.problem.reviewers}
    found = [one for one in standing.ranked(seat) if not one.broken and one.reviewer not in away]
    return [
        (
            int(one.reviewer[1:]),
            named(one.reviewer, standing.names),
            standing.names.get(homes[one.reviewer] or "", ""),
            round(one.km),
        )
        for one in found[:MOST]
    ]
