"""The demo network, built of fewer communities: every stage of the year is there."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from communitas.allocation.models import Availability, AvailableDay, Willing
from communitas.benchmarking.models import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.demo.cast import PASSWORD, cast
from communitas.demo.network import build
from communitas.demo.network.current import STORIES
from communitas.demo.network.data import places
from communitas.demo.network.founding import Hearth
from communitas.kit import audit
from communitas.kit.models import OutboxMail, Proposal
from communitas.members.models import Community, CommunityChange, RoleGrant
from communitas.people.models import Account
from communitas.recognition.models import Certificate
from communitas.reports.models import Action, ActionEvidence, LocalReport, Practice
from communitas.standards.models import Edition
from communitas.visits.models import Clearance, Interest, Objection, TeamPlace, Visit
from communitas.workbooks.models import Event, Review
from communitas.workbooks.queries import progress_by_enrolment

TODAY = date(2026, 11, 23)
SOME = {"LARK", "MILL", "QUAY", "SPRI", "WREN", "OXBO", "SALT", "MOUR", "TABM", "BECK", "QUAR", "FELL", "TAFF", "LOCK"}
SOME |= {"RIDG", "TOBA", "SPRB", "STIL", "WEIR", "ELMS", "HOPE", "ORCH", "PAPE", "LANT", "AURO", "OAKT"}


def quiet(text: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def hearth(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hearth]:
    """One network of more than half the communities, taken back at the end of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(today=TODAY, seed=1, say=quiet, codes=frozenset(SOME))
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def enrolment(code: str) -> Enrolment:
    return Enrolment.objects.get(community__code=code, cycle__state="open", cycle__network__tenant__slug="hearth")


def test_every_community_of_the_file_has_its_story_or_is_an_associate() -> None:
    told = set(STORIES) | {place.code for place in places() if place.data["membership"] == "associate"}

    assert told == {place.code for place in places()}


def test_every_stage_of_the_year_is_present(hearth: Hearth) -> None:
    found = set(Enrolment.objects.filter(cycle=hearth.cycles[5]).values_list("stage", flat=True))

    assert found == set(Enrolment.Stage.values) - {"closed"}


def test_plans_have_progress_and_evidence_and_the_library_has_something_in_each_state(hearth: Hearth) -> None:
    assert set(Practice.objects.values_list("state", flat=True)) >= {"shared", "returned", "offered"}
    assert ActionEvidence.objects.count() == 2
    assert set(Action.objects.values_list("percent", flat=True)) == {0, 25, 50}


def test_every_state_of_visits_reviews_reports_and_certificates_is_present(hearth: Hearth) -> None:
    this_year = {"enrolment__cycle": hearth.cycles[5]}

    assert {"planned", "team_appointed", "confirmed", "held", "closed", "postponed"} == set(
        Visit.objects.filter(**this_year).values_list("state", flat=True)
    )
    assert {"open", "sent", "not_started", "scoring", "agreeing", "closed"} == set(
        Review.objects.filter(**this_year).values_list("state", flat=True)
    )
    assert {"drafting", "with_host", "deciding", "waiting", "final"} == set(
        LocalReport.objects.filter(**this_year).values_list("state", flat=True)
    )
    assert set(Certificate.objects.values_list("state", flat=True)) == {"prepared", "issued"}


def test_lark_house_has_answered_four_fifths_and_two_answers_differ(hearth: Hearth) -> None:
    lark = enrolment("LARK")
    progress = progress_by_enrolment([lark.pk])[lark.pk]
    written = Event.objects.filter(workbook__review__enrolment=lark, register="self")

    assert progress.differ == 2
    assert 0.75 < progress.answered / progress.total < 0.85
    assert written.values("author").distinct().count() >= 4


def test_a_team_has_an_empty_client_members_seat_and_somebody_who_has_not_answered(hearth: Hearth) -> None:
    places_ = TeamPlace.objects.filter(visit__enrolment=enrolment("RIDG"))

    assert not places_.filter(seat="client_member").exists()
    assert set(places_.values_list("state", flat=True)) == {"asked", "accepted"}


def test_places_lapsed_and_somebody_withdrew_late_and_communities_objected(hearth: Hearth) -> None:
    states = set(TeamPlace.objects.filter(visit__enrolment=enrolment("AURO")).values_list("state", flat=True))
    late = enrolment("SPRB").visit

    assert "lapsed" in states
    assert [move.detail["late"] for move in late.moves.filter(verb="withdraw")] == [True]
    assert sorted(Objection.objects.values_list("decision", flat=True)) == ["", "dismissed"]
    assert set(Clearance.objects.values_list("state", flat=True)) == {"to_send", "sent", "given"}


def test_communities_were_renamed_merged_and_changed_their_type(hearth: Hearth) -> None:
    kinds = set(CommunityChange.objects.filter(community__network=hearth.network).values_list("kind", flat=True))

    assert {"rename", "change_type", "merge"} <= kinds
    assert Community.objects.get(network=hearth.network, code="WEIR").merged_into is not None


def test_two_people_stand_behind_each_edition_and_the_next_is_a_draft(hearth: Hearth) -> None:
    editions = Edition.objects.filter(standard_set__network=hearth.network).order_by("number")

    assert [edition.state for edition in editions] == ["superseded", "superseded", "published", "draft"]
    assert all(edition.created_by != edition.published_by for edition in editions[:3])
    assert not editions[2].lineage.filter(confirmed_at=None).exists()


def test_five_years_have_facts(hearth: Hearth) -> None:
    cycles = Cycle.objects.filter(network=hearth.network).order_by("opens_on")

    assert [cycle.state for cycle in cycles] == ["closed", "closed", "closed", "closed", "open"]
    assert all(Fact.objects.filter(fact_set__enrolment__cycle=cycle).exists() for cycle in cycles)
    assert [cycle.previous for cycle in cycles] == [None, *cycles[:4]]


def test_the_office_finds_proposals_and_mail(hearth: Hearth) -> None:
    waiting = set(Proposal.objects.filter(state="waiting").values_list("action", flat=True))

    assert {"report.sign", "certificate.issue", "role.grant_office_or_committee"} <= waiting
    assert OutboxMail.objects.filter(subject="A friendly reminder").exists()


def test_everybody_of_the_cast_can_sign_in_and_has_a_role(hearth: Hearth) -> None:
    here = [person for person in cast() if person["community"] in SOME | {None}]

    for person in here:
        account = Account.objects.get(username=person["username"])
        assert account.check_password(PASSWORD)
        assert account.is_administrator or RoleGrant.objects.filter(account=account, until_at=None).exists()


def test_the_twin_network_is_alive(hearth: Hearth) -> None:
    assert Enrolment.objects.filter(cycle__network__tenant__slug="harbour", stage="self_review").count() >= 2


def test_the_audit_trails_hold(hearth: Hearth) -> None:
    assert audit.first_broken_line(hearth.network.tenant) is None


def test_nothing_lies_in_the_future(hearth: Hearth) -> None:
    now = hearth.calendar.now

    assert not OutboxMail.objects.filter(queued_at__gt=now).exists()
    assert not hearth.network.tenant.audit_lines.filter(at__gt=now).exists()


def test_reviewers_have_spoken_for_themselves(hearth: Hearth) -> None:
    words = {day.said_by for day in AvailableDay.objects.filter(network=hearth.network)}

    assert words == {"own", "office"}
    assert Availability.objects.filter(none=True).count() == 1
    assert Willing.objects.filter(taken_back_at=None).count() > 1
    assert set(Interest.objects.values_list("kind", flat=True)) == {"worked", "friendship"}
    assert RoleGrant.objects.filter(account=hearth.accounts["ludo"], until_at__isnull=False).count() == 1
