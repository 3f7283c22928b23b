"""Each reviewer scores alone, the team agrees, the peer-review closes; two of the office open it again."""

import pytest
from django.test import Client

from communitas.cycles.models import Enrolment
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.models import Proposal
from communitas.visits.models import Visit
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Review, Workbook
from communitas.workbooks.rules.registers import AGREED, reviewer
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db
ALL = ("c1-1", "c1-2", "c1-3", "c2-1", "c2-2", "c2-3")
HTMX = {"HX-Request": "true"}


def address(name: str, peer: Workbook, *args: object) -> str:
    return path_of("hearth", f"workbooks:{name}", peer.pk, *args)


@pytest.fixture
def sent(world: World, workbook: Workbook, put: Answer) -> Workbook:
    """The self-review, met throughout and sent."""
    for key in ALL:
        put(workbook, world.stefan, key, 2, comment="We do this.")
    actions.send(workbook=workbook, by=world.lena, at=NOW)
    return workbook


@pytest.fixture
def scoring(world: World, sent: Workbook, peer: Workbook) -> Workbook:
    """The peer-review, with its scoring begun."""
    actions.begin(workbook=peer, by=world.ludo, at=NOW)
    return peer


def test_scoring_starts_only_with_a_reason_while_the_self_review_was_not_sent(
    world: World, peer: Workbook, client: Client
) -> None:
    world.sign_in(client, world.rafi)

    client.post(address("begin", peer), {})
    before = Review.objects.get(pk=peer.review_id).state
    client.post(address("begin", peer), {"reason": "The visit is today."})

    assert (before, Review.objects.get(pk=peer.review_id).state) == ("not_started", "scoring")


def test_reviewer_scores_alone_beside_the_self_review(world: World, scoring: Workbook, client: Client) -> None:
    world.sign_in(client, world.rafi)

    response = client.post(address("peer_answer", scoring, "c1-1"), {"score": "1", "comment": "Some nights."})
    page = client.get(address("peer_section", scoring, 1))

    state = queries.state_of(scoring)
    assert response.status_code == 302
    assert state.answer("c1-1", reviewer(str(world.rafi.pk))).score == 1
    assert [(one.who, one.score, one.text) for one in page.context["items"][0].beside] == [
        ("Hearth Lark House", 2, "We do this.")
    ]


def test_others_scores_are_hidden_until_they_finish_or_the_discussion_opens(
    world: World, scoring: Workbook, client: Client
) -> None:
    world.sign_in(client, world.rafi).post(address("peer_answer", scoring, "c1-1"), {"score": "1"})

    def seen() -> list[str]:
        entries = world.sign_in(client, world.nadia).get(address("peer_history", scoring, "c1-1")).context["entries"]
        return [entry["what"] for entry in entries]

    hidden, discussion = seen(), client.get(address("discussion", scoring, 1)).status_code
    world.sign_in(client, world.rafi).post(address("finish", scoring), {})

    assert (hidden, discussion) == ([], 403)
    assert seen() == ["Scored: Partly met (a reviewer’s own score)"]


def test_finished_reviewer_goes_on(world: World, scoring: Workbook, client: Client) -> None:
    world.sign_in(client, world.rafi).post(address("finish", scoring), {})
    finished = queries.state_of(scoring).finished_reviewers()
    client.post(address("finish", scoring), {"undo": "1"})

    assert finished == {str(world.rafi.pk)}
    assert queries.state_of(scoring).finished_reviewers() == frozenset()


def test_discussion_shows_all_sides_and_suggests_where_all_are_equal(
    world: World, scoring: Workbook, put: Answer, client: Client
) -> None:
    for account in (world.rafi, world.nadia):
        put(scoring, account, "c1-1", 2, register=reviewer(str(account.pk)), role="reviewer")
    put(scoring, world.rafi, "c1-2", 0, register=reviewer(str(world.rafi.pk)), role="reviewer")
    put(scoring, world.nadia, "c1-2", 1, register=reviewer(str(world.nadia.pk)), role="reviewer")
    put(scoring, world.nadia, "c1-3", 1, register=reviewer(str(world.nadia.pk)), role="reviewer")
    world.sign_in(client, world.ludo).post(address("open_discussion", scoring), {})

    items = client.get(address("discussion", scoring, 1)).context["items"]
    client.post(address("agree_equal", scoring), {})

    assert [(one.who, one.score) for one in items[1].beside] == [("Hearth Lark House", 2), ("Nadia", 1), ("Rafi", 0)]
    assert [item.suggested for item in items] == [True, False, True]
    state = queries.state_of(scoring)
    assert [state.answer(key, AGREED).score for key in ALL[:3]] == [2, None, None]


def test_agreed_score_that_differs_needs_a_reason(world: World, scoring: Workbook, client: Client) -> None:
    actions.open_discussion(workbook=scoring, by=world.ludo, at=NOW)
    world.sign_in(client, world.ludo)

    refused = client.post(address("agree", scoring, "c1-1"), {"score": "1", "reason": ""}, headers=HTMX)
    client.post(address("agree", scoring, "c1-1"), {"score": "1", "reason": "Not on Sundays."}, headers=HTMX)

    assert refused.status_code == 422
    assert "differs from the self-score needs a reason" in refused.content.decode()
    answer = queries.state_of(scoring).answer("c1-1", AGREED)
    assert (answer.score, answer.reason) == (1, "Not on Sundays.")


def test_reviewer_does_not_write_agreed_scores(world: World, scoring: Workbook, client: Client) -> None:
    actions.open_discussion(workbook=scoring, by=world.ludo, at=NOW)

    assert world.sign_in(client, world.rafi).post(address("agree", scoring, "c1-1"), {"score": "2"}).status_code == 403


def test_findings_are_tied_to_criteria_and_can_be_taken_back(world: World, scoring: Workbook, client: Client) -> None:
    page = address("findings", scoring)
    world.sign_in(client, world.nadia)
    client.post(page, {"list": "achievement", "criterion": "c1-2", "text": "The morning meeting is alive."})
    client.post(page, {"list": "feedback", "text": "Thank you for the soup."})
    client.post(page, {"list": "improvement", "text": "A mistake."})

    wrong = queries.findings(scoring.review.enrolment).improvements[0]
    client.post(page, {"take_back": wrong.event_id})

    found = queries.findings(scoring.review.enrolment)
    assert [(one.code, one.text, one.author) for one in found.achievements] == [
        ("1.2", "The morning meeting is alive.", "Nadia")
    ]
    assert [one.text for one in found.feedback] == ["Thank you for the soup."]
    assert found.improvements == ()


def test_close_refuses_while_an_agreed_score_is_missing(world: World, scoring: Workbook, client: Client) -> None:
    actions.open_discussion(workbook=scoring, by=world.ludo, at=NOW)

    response = world.sign_in(client, world.ludo).post(address("close", scoring), {})

    assert response.status_code == 422
    assert "every criterion has an agreed score" in response.content.decode()


@pytest.fixture
def closed(world: World, scoring: Workbook, put: Answer, client: Client) -> Workbook:
    """The peer-review, closed with one differing score although Nadia never scored."""
    Visit.objects.filter(pk=world.visit.pk).update(state="held")
    actions.open_discussion(workbook=scoring, by=world.ludo, at=NOW)
    for key in ALL:
        score, reason = (1, "Not yet.") if key == "c1-1" else (2, "")
        put(scoring, world.ludo, key, score, reason=reason, register=AGREED, role="lead_reviewer")
    assert world.sign_in(client, world.ludo).post(address("close", scoring), {}).status_code == 302
    scoring.review.refresh_from_db()
    return scoring


def test_close_closes_the_visit_and_moves_the_enrolment(world: World, closed: Workbook) -> None:
    assert closed.review.state == "closed"
    assert Visit.objects.get(pk=world.visit.pk).state == "closed"
    assert Enrolment.objects.get(pk=world.enrolment.pk).stage == "drafting"


def test_scores_and_reasons_are_told_to_other_apps(world: World, closed: Workbook) -> None:
    enrolment = closed.review.enrolment

    first, *others = queries.self_and_agreed(enrolment)
    facts = list(queries.score_facts([enrolment]))

    assert (first.self_score, first.agreed_score, first.agreed_reason, first.self_comment) == (
        *(2, 1),
        "Not yet.",
        "We do this.",
    )
    assert {line.agreed_score for line in others} == {2}
    assert facts[1] == (enrolment.pk, "c1-1", "agreed", 1, "Not yet.")
    assert len(facts) == 12


def test_two_of_the_office_reopen_it(world: World, closed: Workbook, client: Client) -> None:
    world.sign_in(client, world.cora).post(address("reopen_peer", closed), {"reason": "A page was lost."})
    still = Review.objects.get(pk=closed.review_id).state

    confirmations.confirm(proposal=Proposal.objects.get(), by=world.cyrus, at=NOW)

    assert (still, Review.objects.get(pk=closed.review_id).state) == ("closed", "reopened")
    assert Enrolment.objects.get(pk=world.enrolment.pk).stage == "visit"
    again = queries.peer_reviews().get(pk=closed.pk)
    actions.close(workbook=again, by=world.ludo, at=NOW)
    assert Enrolment.objects.get(pk=world.enrolment.pk).stage == "drafting"


def test_accepted_point_writes_a_new_agreed_score_and_reopens_nothing(world: World, closed: Workbook) -> None:
    enrolment = closed.review.enrolment

    actions.correct_agreed(
        enrolment=enrolment, criterion_key="c1-1", value=2, reason="The rota shows it.", point="7", by=world.dee, at=NOW
    )

    answer = queries.state_of(closed).answer("c1-1", AGREED)
    assert (answer.score, answer.heads[0].origin) == (2, "factual_check")
    assert Review.objects.get(pk=closed.review_id).state == "closed"


def test_every_page_of_the_team_opens(world: World, closed: Workbook, client: Client) -> None:
    world.sign_in(client, world.rafi)

    pages = [address("peer_review", closed), address("peer_section", closed, 2), address("discussion", closed, 2)]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
