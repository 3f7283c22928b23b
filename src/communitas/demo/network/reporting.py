"""The local report of one round, from its draft to the certificate."""

from datetime import date, timedelta

from communitas.cycles.models import Enrolment
from communitas.demo.network.calendar import weekday
from communitas.demo.network.data import load
from communitas.demo.network.reviews import Round
from communitas.kit import confirmations
from communitas.kit.models import Proposal
from communitas.recognition import actions as recognition
from communitas.recognition.models import Certificate
from communitas.reports import actions as reports
from communitas.reports import policy
from communitas.reports import queries as report_queries
from communitas.reports.models import FactPoint, LocalReport


def report_of(round_: Round) -> LocalReport:
    """The report as it stands now."""
    return LocalReport.objects.select_related("enrolment__cycle__network__tenant", "enrolment__community").get(
        enrolment=round_.enrolment
    )


def draft(round_: Round) -> None:
    """The lead reviewer writes the words that open the report."""
    report = reports.begin_draft(enrolment=_enrolment(round_), by=None, at=round_.at(1, 9, 30))
    strong, weak = (round_.book.sections[number].title.lower() for number in _best_and_worst(round_))
    text = (
        f"{round_.enrolment.community_name} received us warmly and answered every question that we asked.\n\n"
        f"We saw most to learn from in {strong}, and think that the next year is best given to {weak}. "
        "Where our marks differ from the community's own, the reason stands beside them."
    )
    reports.write_summary(report=report, text=text, by=round_.team[0][0], at=round_.at(9, 19))


def deliver(round_: Round, *, after: int = 24) -> None:
    """The draft goes to the host and the team."""
    reports.deliver(report=report_of(round_), by=round_.cora, at=round_.at(after, 11))


def raise_points(round_: Round, number: int, *, after: int = 28) -> None:
    """The community says what is not right."""
    for minute in range(number):
        point = round_.writer.point("accepted", "declined")
        reports.raise_point(
            report=report_of(round_),
            side=FactPoint.Side.HOST,
            text=point["point"],
            by=round_.house.lead,
            at=round_.at(after, 14, minute),
        )


def answer(round_: Round) -> None:
    """The factual check is sent."""
    reports.answer(report=report_of(round_), by=round_.house.lead, at=round_.at(33, 16))


def decide(round_: Round, *, leave: int = 0) -> None:
    """Dee decides each point; the last `leave` ones are still open."""
    texts = {one["point"]: one for one in load("comments.yaml")["factual_accuracy"]}
    points = list(FactPoint.objects.filter(report=report_of(round_), state=FactPoint.State.OPEN))
    for point in points[: len(points) - leave]:
        verb = {"accepted": "accept", "declined": "decline", "noted": "note"}[texts[point.text]["decision"]]
        reports.decide(
            point=point, verb=verb, reason=texts[point.text]["reason"], by=round_.hearth.dee, at=round_.at(38, 10)
        )


def sign_first(round_: Round) -> None:
    """Cora signs."""
    reports.sign_first(report=report_of(round_), by=round_.cora, at=round_.at(45, 10))


def sign_second(round_: Round) -> None:
    """Cyrus signs what Cora signed."""
    proposal = confirmations.waiting(report_of(round_), policy.sign)
    assert proposal is not None  # noqa: S101  # it was made a moment ago
    confirmations.confirm(proposal=proposal, by=round_.hearth.cyrus, at=round_.at(47, 15))


def plan(round_: Round, *, leave: int = 0) -> None:
    """The community answers each area for improvement; the last `leave` ones have no answer yet."""
    enrolment = _enrolment(round_)
    sections = {one["text"]: one["section"] for one in load("comments.yaml")["improvements"]}
    areas = report_queries.areas_of(enrolment)
    for number, area in enumerate(areas[: len(areas) - leave]):
        idea = round_.writer.action(sections[area])
        action = reports.add_action(
            enrolment=enrolment,
            text=idea["text"],
            owner_name=idea["owner"],
            owner=round_.house.lead if number == 0 else None,
            due_on=weekday(_months_after(round_.at(47).date(), idea["month"])),
            improvement=area,
            by=round_.house.lead,
            at=round_.at(60, 10, number),
        )
        if number == 0:
            reports.note_progress(action=action, percent=25, by=round_.house.lead, at=round_.at(75))


def complete(round_: Round) -> None:
    """The plan is sent, which completes the cycle and prepares the certificate."""
    enrolment = _enrolment(round_)
    reports.send_plan(enrolment=enrolment, by=round_.house.lead, at=round_.at(82, 17))
    prepare_certificate(round_)


def prepare_certificate(round_: Round) -> None:
    """The certificate waits for two people."""
    reports.prepare_certificate(enrolment=_enrolment(round_), by=round_.cora, at=round_.at(82, 17, 5))


def finish_actions(round_: Round) -> None:
    """A year later most of what was planned is done, or has been given up with a reason."""
    for number, action in enumerate(_enrolment(round_).actions.all()):
        at = round_.at(200 + 10 * number)
        if number % 3 == 1 and action.state == "planned":
            reports.note_progress(
                action=action,
                text="Half of it is done; the rest waits for the summer.",
                percent=50,
                by=round_.house.lead,
                at=at,
            )
        elif action.state in {"planned", "under_way"}:
            reports.move_action(action=action, verb="finish", by=round_.house.lead, at=at)


def propose_certificate(round_: Round) -> Proposal:
    """Cora proposes to issue it."""
    certificate = Certificate.objects.select_related("network__tenant", "community").get(
        network=round_.hearth.network, reference=f"enrolment:{round_.enrolment.pk}"
    )
    return recognition.propose_issue(certificate=certificate, by=round_.cora, at=round_.at(85, 10))


def issue_certificate(round_: Round) -> None:
    """Cyrus confirms, and the certificate is out."""
    confirmations.confirm(proposal=propose_certificate(round_), by=round_.hearth.cyrus, at=round_.at(86, 9))


def _enrolment(round_: Round) -> Enrolment:
    full = Enrolment.objects.select_related(
        "cycle__network__tenant", "cycle__previous", "community", "edition", "service_type", "organisation"
    )
    return full.get(pk=round_.enrolment.pk)


def _best_and_worst(round_: Round) -> tuple[int, int]:
    def share(place: int) -> float:
        keys = [key for key, where in round_.book.place_of.items() if where == place]
        scored = [round_.agreed[key] for key in keys if round_.agreed[key] != "NA"]
        return sum(score == round_.book.top for score in scored) / max(1, len(scored))

    places = range(len(round_.book.sections))
    return max(places, key=share), min(places, key=share)


def _months_after(day: date, months: int) -> date:
    return day + timedelta(days=30 * months)
