"""Communities after their visit, both reviews scored and the draft begun. Import it inside an installation only."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Community
from communitas.people.models import Account
from communitas.reports.models import LocalReport
from communitas.standards.models import Edition
from communitas.standards.queries import edition_data
from communitas.standards.rules.identity import hash_of
from communitas.visits.models import Visit
from communitas.workbooks import actions as workbooks
from communitas.workbooks import queries as books
from communitas.workbooks.models import Review
from communitas.workbooks.rules import registers
from tests import factories

SECTIONS: Final = 6
CRITERIA: Final = 25
AT: Final = datetime(2027, 3, 29, 9, 0, tzinfo=UTC)
OWN_WORDS: Final = (
    "We talk about this every week in the community meeting, and new members hear about it in their first days.",
    "This works on most days. At weekends there are fewer of us, and then it is sometimes forgotten.",
    "",
)
TEAM_WORDS: Final = (
    "Residents showed us the minutes; three of them told us, without being asked, what had changed because of it.",
    "We saw the rota, but two weeks of it were empty. Staff said that this was the time of the holidays.",
    "",
    "",
)
FINDINGS: Final = (
    "Residents chair the morning meeting, and its minutes are read out to whoever was not there.",
    "Everybody we met could say whom to ask when something is broken, and how long it takes.",
    "Not everybody who works at night knows what was agreed during the day.",
    "The group that appoints staff has met once this year without a resident.",
)
Score = int | Literal["NA"] | None


def make(number: int, *, seed: int = 1) -> list[int]:
    """So many communities of 150 criteria with last year's marks; the keys of their reports."""
    chance = random.Random(seed)  # repeatable figures, not secrets
    network = factories.make_network("hearth", "Hearth Network")
    edition = _edition(factories.make_edition(network, sections=SECTIONS, criteria=CRITERIA, published=False))
    opened = {"opens_on": date(2025, 9, 1), "closes_on": date(2026, 8, 31)}
    before = factories.make_cycle(network, edition, name="2026", **opened)
    cycle = factories.make_cycle(network, edition, previous=before)
    lead, reviewer = (factories.make_account(name, name.capitalize()) for name in ("lena", "ludo"))
    keys = list(edition.criteria.order_by("position").values_list("key", flat=True))
    reports = []
    for place in range(number):
        community = factories.make_community(network, f"C{place:04}", f"House {place}")
        _last_year(before, community, keys, chance)
        enrolment = factories.make_enrolment(cycle, community, stage="drafting", anchor_on=AT.date())
        Visit.objects.create(enrolment=enrolment, on=AT.date() - timedelta(days=18), state=Visit.State.HELD)
        _review(enrolment, keys, lead, reviewer, chance)
        words = "A warm and orderly house, in which residents are asked first."
        reports.append(LocalReport.objects.create(enrolment=enrolment, begun_at=AT, summary=words).pk)
    return reports


def _edition(edition: Edition) -> Edition:
    """Published under the hash of its content, as reading it wants."""
    content_hash = hash_of(edition_data(edition))
    Edition.objects.filter(pk=edition.pk).update(state="published", content_hash=content_hash, published_at=AT)
    edition.refresh_from_db()
    return edition


def _last_year(cycle: Cycle, community: Community, keys: list[str], chance: random.Random) -> None:
    enrolment = factories.make_enrolment(cycle, community, stage="completed")
    scores: dict[tuple[str, str], int | None] = {}
    for key in keys:
        scores[key, "self"] = chance.choice((2, 2, 2, 1, 0))
        scores[key, "agreed"] = chance.choice((2, 2, 1, 0, -1))
    factories.make_facts(enrolment, scores)


def _review(enrolment: Enrolment, keys: list[str], lead: Account, reviewer: Account, chance: random.Random) -> None:
    own: dict[str, tuple[Score, str]] = {key: (chance.choice((2, 2, 2, 2, 1, 0)), "") for key in keys}
    agreed = {
        key: (max(0, int(score or 0) - 1), "The evidence was not there yet.") if chance.random() < 0.1 else (score, "")
        for key, (score, _reason) in own.items()
    }
    factories.make_review(enrolment, "self")
    factories.make_review(enrolment, "peer", state=Review.State.AGREEING)
    workbooks.answer_many(
        workbook=books.self_reviews().get(review__enrolment=enrolment),
        register=registers.SELF,
        scores=own,
        comments={key: chance.choice(OWN_WORDS) for key in keys},
        role="community_lead",
        by=lead,
        at=AT,
    )
    Review.objects.filter(enrolment=enrolment, kind=Review.Kind.SELF).update(state=Review.State.SENT)
    peer = books.peer_reviews().get(review__enrolment=enrolment)
    workbooks.answer_many(
        workbook=peer,
        register=registers.AGREED,
        scores=agreed,
        comments={key: chance.choice(TEAM_WORDS) for key in keys},
        role="lead_reviewer",
        by=reviewer,
        at=AT,
    )
    for place, text in enumerate(FINDINGS * 2):
        workbooks.write_note(
            workbook=peer,
            criterion_key=chance.choice(keys),
            register=registers.ACHIEVEMENT if place % 4 < 2 else registers.IMPROVEMENT,
            text=text,
            role="lead_reviewer",
            by=reviewer,
            at=AT,
        )
    Review.objects.filter(enrolment=enrolment, kind=Review.Kind.PEER).update(state=Review.State.CLOSED)
