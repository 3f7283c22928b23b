"""Lark House after its visit: scored by itself and by the team, the peer-review closed, the draft begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import pytest

from communitas.cycles.models import Enrolment
from communitas.reports import actions, queries
from communitas.reports.models import LocalReport
from communitas.visits.models import Visit
from communitas.workbooks import actions as workbooks
from communitas.workbooks import queries as books
from communitas.workbooks.models import Review, Workbook
from communitas.workbooks.rules import registers
from tests.cast import NOW, Part, World

SELF: dict[str, tuple[int | Literal["NA"] | None, str]] = {
    "c1-1": (2, ""),
    "c1-2": (2, ""),
    "c1-3": (1, ""),
    "c2-1": (2, ""),
    "c2-2": (0, ""),
    "c2-3": ("NA", "none"),
}
AGREED = {**SELF, "c1-2": (1, "The rota was not kept")}
CLOSED_AT = NOW - timedelta(days=20)


def close_review(part: Part, world: World, at: datetime = CLOSED_AT) -> LocalReport:
    """Score both workbooks of the part's Lark House and close its peer-review, as the year would have done."""
    own = books.self_reviews().get(pk=part.workbook.pk)
    workbooks.answer_many(
        workbook=own,
        register=registers.SELF,
        scores=SELF,
        comments={"c1-1": "We meet each morning."},
        role="community_lead",
        by=world.lena,
        at=at,
    )
    Review.objects.filter(pk=own.review_id).update(state=Review.State.SENT, sent_at=at)
    peer = books.peer_reviews().get(pk=part.peer_workbook.pk)
    Review.objects.filter(pk=peer.review_id).update(state=Review.State.AGREEING)
    peer = books.peer_reviews().get(pk=peer.pk)
    workbooks.answer_many(
        workbook=peer,
        register=registers.AGREED,
        scores=AGREED,
        comments={"c1-2": "We saw two gaps in January."},
        role="lead_reviewer",
        by=world.ludo,
        at=at,
    )
    _find(peer, registers.ACHIEVEMENT, "c1-1", "Residents chair the morning meeting.", world, at)
    _find(peer, registers.IMPROVEMENT, "c1-2", "Keep the night rota.", world, at)
    _find(peer, registers.IMPROVEMENT, "c2-2", "Residents sit on the group that appoints staff.", world, at)
    Enrolment.objects.filter(pk=part.enrolment.pk).update(stage="visit", anchor_on=part.visit.on)
    Visit.objects.filter(pk=part.visit.pk).update(state=Visit.State.HELD, on=at.date())
    workbooks.close(workbook=books.peer_reviews().get(pk=peer.pk), by=world.cora, at=at)
    return queries.reports().get(enrolment=part.enrolment)


def _find(peer: Workbook, register: registers.Register, key: str, text: str, world: World, at: datetime) -> None:
    workbooks.write_note(
        workbook=peer,
        criterion_key=key,
        register=register,
        text=text,
        role="lead_reviewer",
        by=world.ludo,
        at=at,
    )


@dataclass
class Report:
    """A report and the ways to move it on, each by the people who would do it."""

    world: World
    pk: int

    @property
    def now(self) -> LocalReport:
        """The report as it stands."""
        return queries.reports().get(pk=self.pk)

    def written(self) -> LocalReport:
        """With a summary by the lead reviewer."""
        actions.write_summary(report=self.now, text="A warm, orderly house.", by=self.world.ludo, at=NOW)
        return self.now

    def delivered(self) -> LocalReport:
        """With the host."""
        actions.deliver(report=self.written(), by=self.world.ludo, at=NOW)
        return self.now

    def checked(self) -> LocalReport:
        """Answered by the host without points."""
        actions.answer(report=self.delivered(), by=self.world.lena, at=NOW)
        return self.now

    def signed_first(self) -> LocalReport:
        """Signed by Cora."""
        actions.sign_first(report=self.checked(), by=self.world.cora, at=NOW)
        return self.now

    def final(self) -> LocalReport:
        """Signed by Cora and Cyrus."""
        from communitas.kit import confirmations
        from communitas.reports import policy

        report = self.signed_first()
        proposal = confirmations.waiting(report, policy.sign)
        assert proposal is not None
        confirmations.confirm(proposal=proposal, by=self.world.cyrus, at=NOW)
        return self.now


@pytest.fixture
def report(world: World) -> Report:
    """The draft of Lark House's report."""
    return Report(world, close_review(world, world).pk)
