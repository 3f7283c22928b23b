"""How people on teams answered: some have longer, one ran out of time, one withdraws; objections and papers."""

from datetime import timedelta
from typing import Final

from communitas.cycles.queries import today_in
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.current import Year
from communitas.demo.network.founding import Hearth
from communitas.demo.network.reviews import Round
from communitas.visits import actions as visits
from communitas.visits.actions.answers import lapse
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.rules.visit import WITH_A_DAY

SECURE: Final = "HOPE"  # a prison that wants papers six weeks before a visit
LAPSED: Final = "AURO"
LATE: Final = "SPRB"  # a visit in less than a fortnight, from whose team somebody withdraws
OBJECTING: Final = {
    "QUAY": "",
    "ORCH": "Thank you for telling us. That was nine years ago, and you have not met since.",
}
SILENT: Final = "SPRI"  # has not said whether its day will do
CANNOT: Final = {"WEIR": "The boiler is replaced in that week, and the house will be cold. The week after would do."}
OF_THE_CAST: Final = ("ludo", "rafi", "nadia")


def ask_for_papers(hearth: Hearth) -> None:
    """One prison lets nobody in whose papers it has not had for six weeks."""
    if SECURE in hearth.communities:
        visits.change_site_clearance(
            community=hearth.communities[SECURE],
            weeks=6,
            words="Send a copy of your passport and the form of the gate to our community lead.",
            by=hearth.cora,
            at=hearth.now - timedelta(days=200),
        )


def answer_late(hearth: Hearth, year: Year) -> None:
    """What hosts said of their day, and what became of teams since people were asked."""
    for code, round_ in year.rounds.items():
        _say_of_the_day(code, round_)
    _give_longer(hearth)
    if LAPSED in year.rounds:
        _let_one_lapse(year.rounds[LAPSED])
    if LATE in year.rounds:
        _withdraw_late(year.rounds[LATE])
    if SECURE in year.rounds:
        _send_papers(year.rounds[SECURE])
    for code, words in OBJECTING.items():
        if code in year.rounds:
            _object(year.rounds[code], words)


def _say_of_the_day(code: str, round_: Round) -> None:
    """Most communities have said that their day will do; one has not answered, and one cannot after all."""
    found = Visit.objects.filter(enrolment=round_.enrolment, state__in=sorted(WITH_A_DAY), host_asked_at__isnull=False)
    visit, lead = found.filter(on__gt=round_.hearth.calendar.today).first(), round_.house.lead
    if visit is None or visit.host_asked_at is None or code == SILENT:
        return
    at = min(visit.host_asked_at + timedelta(days=2), round_.hearth.now - timedelta(hours=3))
    visits.accept_day(visit=visit, by=lead, at=at)
    if code in CANNOT:
        visits.decline_day(visit=visit, reason=CANNOT[code], by=lead, at=round_.hearth.now - timedelta(hours=2))


def _give_longer(hearth: Hearth) -> None:
    """Most who have not answered in time asked for a few days more."""
    today = today_in(hearth.network, hearth.now)
    late = TeamPlace.objects.filter(
        state="asked", answer_by__lt=today, visit__state="planned", visit__enrolment__cycle=hearth.cycles[YEARS]
    )
    found = late.select_related("account", "visit__enrolment__cycle__network__tenant").order_by("pk")
    kept = found.filter(visit__enrolment__community__code=LAPSED).values_list("pk", flat=True).first()
    for place in found:
        if place.pk != kept:
            visits.extend_answer(
                place=place,
                until=today + timedelta(days=3),
                reason="They asked for a few days more.",
                by=hearth.cora,
                at=hearth.now - timedelta(days=1),
            )


def _let_one_lapse(round_: Round) -> None:
    for place in round_.visit.places.filter(state="asked", answer_by__lt=round_.hearth.calendar.today)[:1]:
        lapse(place=place, by=None, at=round_.hearth.now - timedelta(hours=5))


def _withdraw_late(round_: Round) -> None:
    accepted = round_.visit.places.filter(state="accepted", seat="staff").select_related("account")
    for place in accepted.exclude(account__username__in=OF_THE_CAST)[:1]:
        reason = "My father has gone into hospital, and I cannot leave him."
        visits.withdraw(place=place, reason=reason, by=place.account, at=round_.hearth.now - timedelta(hours=20))


def _send_papers(round_: Round) -> None:
    """The first two have sent theirs, and the first may come."""
    places = round_.visit.places.filter(state__in=["asked", "accepted"], clearance__isnull=False)
    for number, place in enumerate(places.order_by("pk")[:2]):
        at = round_.hearth.now - timedelta(days=9 - number)
        visits.record_clearance(place=place, state="sent", by=round_.house.lead, at=at)
        if number == 0:
            until = round_.anchor + timedelta(days=365)
            later = at + timedelta(days=4)
            visits.record_clearance(place=place, state="given", valid_until=until, by=round_.house.lead, at=later)


def _object(round_: Round, words: str) -> None:
    """One community waits for a decision about its objection; to the other the office has answered."""
    at = round_.hearth.now - timedelta(days=2)
    for place in round_.visit.places.filter(state__in=["asked", "accepted"], seat="staff").select_related("account")[
        :1
    ]:
        reason = "We know each other from another house, and did not part as friends."
        objection = visits.raise_objection(place=place, reason=reason, by=round_.house.lead, at=at)
        if words:
            later = at + timedelta(days=1)
            visits.decide_objection(objection=objection, upheld=False, words=words, by=round_.cora, at=later)
