"""The national report from the first draft to the page that everybody reads."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.benchmarking.models import Release
from communitas.cycles.models import Cycle
from communitas.kit import confirmations, files
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import Job, Proposal, StoredFile
from communitas.reports import policy
from communitas.reports.actions import national as actions
from communitas.reports.models import NationalReport
from communitas.reports.queries import national as queries
from communitas.workbooks.models import Review
from tests import factories
from tests.cast import NOW, World


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    factories.make_scored_cycle(made, factories.make_scored_communities(world.network, 24))
    return made


def freeze(world: World, cycle: Cycle, introduction: str = "A good year.") -> NationalReport:
    return actions.freeze_national(cycle=cycle, introduction=introduction, by=world.cora, at=NOW, say=lambda step: None)


def propose(world: World, report: NationalReport) -> Proposal:
    actions.propose_release(report=report, by=world.cora, at=NOW)
    found = confirmations.waiting(report, policy.release_national)
    assert found is not None
    return found


def release(world: World, cycle: Cycle) -> NationalReport:
    report = freeze(world, cycle)
    confirmations.confirm(proposal=propose(world, report), by=world.cyrus, at=NOW + timedelta(hours=1))
    actions.set_documents(report=report, by=world.cora, at=NOW + timedelta(hours=1), say=lambda step: None)
    return queries.reports().get(pk=report.pk)


def test_freezing_names_its_steps_and_sets_both_pdfs(world: World, cycle: Cycle) -> None:
    steps: list[str] = []

    report = actions.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=steps.append)

    assert steps == [
        "Reading the scores",
        "Counting",
        "Protecting small groups",
        "Keeping the figures",
        "Setting the pages for everybody",
        "Setting the pages for the office",
    ]
    found = queries.reports().get(pk=report.pk)
    assert (queries.pdf_of(found, "public") or b"").startswith(b"%PDF")
    assert (queries.pdf_of(found, "office") or b"").startswith(b"%PDF")


def read(kept: StoredFile | None) -> bytes:
    assert kept is not None
    return files.read(kept)


def test_the_same_figures_give_the_same_files(world: World, cycle: Cycle) -> None:
    report = freeze(world, cycle)
    before = queries.reports().get(pk=report.pk)
    first = [
        read(before.public_pdf),
        queries.figures_csv(before, "public"),
        queries.figures_json(before, "public"),
    ]

    actions.set_documents(report=report, by=world.cora, at=NOW + timedelta(days=1), say=lambda step: None)

    after = queries.reports().get(pk=report.pk)
    assert (after.public_pdf, after.office_pdf) == (before.public_pdf, before.office_pdf)
    assert first == [
        read(after.public_pdf),
        queries.figures_csv(after, "public"),
        queries.figures_json(after, "public"),
    ]


def test_the_office_freezes_in_the_browser(
    world: World, cycle: Cycle, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    world.sign_in(client, world.cora)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path_of("hearth", "reports:national_draft", cycle.pk), {"introduction": "Hello"})

    job = Job.objects.get()
    report = NationalReport.objects.get()
    assert answer.headers["Location"] == path_of("hearth", "web:job", job.pk)
    assert (job.state, job.result_url) == ("done", path_of("hearth", "reports:national", report.pk))
    assert report.introduction == "Hello"


def test_a_second_person_releases_and_then_everybody_reads(world: World, cycle: Cycle, client: Client) -> None:
    report = freeze(world, cycle)
    address = path_of("hearth", "reports:national", report.pk)
    assert client.get(address).status_code == 404
    proposal = propose(world, report)

    with pytest.raises(NotAllowed, match="Nobody confirms their own proposal"):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW + timedelta(hours=1))

    page = client.get(address).content.decode()
    assert "How communities stand" in page
    assert "A good year." in page
    assert "about 25 communities took part" in page.lower()


def test_an_introduction_that_changed_meanwhile_is_not_released(world: World, cycle: Cycle) -> None:
    report = freeze(world, cycle)
    proposal = propose(world, report)
    NationalReport.objects.filter(pk=report.pk).update(introduction="Something else")

    with pytest.raises(NotAllowed, match="exactly the introduction"):
        confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)

    assert Release.objects.get().state == "frozen"


def test_words_and_figures_stay_while_a_second_person_looks(world: World, cycle: Cycle) -> None:
    report = freeze(world, cycle)
    propose(world, report)

    with pytest.raises(NotAllowed, match="until the figures are proposed"):
        actions.write_introduction(report=report, text="New", by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="released or declined before"):
        freeze(world, cycle)


def test_the_database_keeps_the_words_of_released_figures(world: World, cycle: Cycle) -> None:
    report = release(world, cycle)

    with pytest.raises(DatabaseError, match="released_words_never_change"), transaction.atomic():
        NationalReport.objects.filter(pk=report.pk).update(introduction="Better")


def test_nothing_exact_leaves_the_office(world: World, cycle: Cycle, client: Client) -> None:
    report = release(world, cycle)
    public = [
        client.get(path_of("hearth", "reports:national", report.pk)).content.decode(),
        client.get(path_of("hearth", "reports:national_figures", report.pk, "csv")).content.decode(),
        client.get(path_of("hearth", "reports:national_figures", report.pk, "json")).content.decode(),
        client.get(path_of("hearth", "reports:nationals")).content.decode(),
    ]

    page, csv, figures, _list = public
    assert not re.search(r"\b24\b", csv + re.sub(r"<svg.*?</svg>|<head>.*?</head>", "", page, flags=re.DOTALL))
    assert "not scored" not in csv
    assert "Community 3" not in "".join(public)
    assert json.loads(figures)["communities"] == "about 25"
    cells = [json.dumps(row["agreed"]) for row in json.loads(figures)["criteria"]]
    assert all('"n"' not in cell and '"met":' not in cell for cell in cells)


@pytest.mark.parametrize("name", ["national_exact", "national_exact_pdf", "national_introduction"])
def test_exact_pages_are_for_the_office_alone(world: World, cycle: Cycle, client: Client, name: str) -> None:
    report = release(world, cycle)
    address = path_of("hearth", f"reports:{name}", report.pk)

    assert client.get(address).status_code == 302
    for account in (world.lena, world.kit, world.rafi, world.ada):
        assert world.sign_in(client, account).get(address).status_code == 403
    assert world.sign_in(client, world.tess).get(address).status_code == 403
    assert world.sign_in(client, world.cora).get(address).status_code == 200


def test_the_exact_page_holds_counts_and_change(world: World, cycle: Cycle, client: Client) -> None:
    later = factories.make_cycle(world.network, world.edition, name="2026b", opens_on=date(2026, 3, 1), previous=cycle)
    communities = [row.community for row in cycle.enrolments.select_related("community")]
    factories.make_scored_cycle(later, communities, shift=1)
    report = freeze(world, later)
    world.sign_in(client, world.cora)

    exact = client.get(path_of("hearth", "reports:national_exact", report.pk)).content.decode()
    public = client.get(path_of("hearth", "reports:national", report.pk)).content.decode()

    assert "What changed since 2026" in exact
    assert "24 communities took part both times." in exact
    assert "The criteria that changed most" in exact
    assert "Change is left out, because beside the figures of 2026" in public
    assert "took part both times" not in public


def test_a_band_counts_communities_and_is_read_back_from_the_cells(world: World, client: Client) -> None:
    made = factories.make_cycle(
        world.network, world.edition, name="2025", opens_on=date(2024, 9, 1), closes_on=date(2025, 8, 31)
    )
    for community in factories.make_scored_communities(world.network, 24):
        enrolment = factories.make_enrolment(made, community, stage="completed")
        factories.make_facts(enrolment, {("c1-1", "self"): 2, ("c1-1", "agreed"): 2})
    report = release(world, made)

    page = client.get(path_of("hearth", "reports:national", report.pk)).content.decode()

    assert "all but at most 3 communities: met" in page


def test_a_page_is_read_from_stored_cells_in_a_constant_number_of_queries(
    world: World, cycle: Cycle, client: Client
) -> None:
    report = release(world, cycle)
    address = path_of("hearth", "reports:national", report.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    factories.make_scored_cycle(
        factories.make_cycle(world.network, world.edition, name="2020", opens_on=date(2019, 9, 1)),
        [row.community for row in cycle.enrolments.all()[:3]],
    )

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(few) == len(many)
    assert not any("benchmarking_fact" in query["sql"] for query in many)
    assert not any('"benchmarking_release"."exact"' in query["sql"] for query in many)


def test_the_list_needs_the_same_queries_for_any_number_of_cycles(world: World, cycle: Cycle, client: Client) -> None:
    world.sign_in(client, world.cora)
    freeze(world, cycle)
    counts = []
    for number in (0, 3):
        for year in range(number):
            factories.make_cycle(world.network, world.edition, name=f"20{year}", opens_on=date(2010 + year, 9, 1))
        with CaptureQueriesContext(connection) as found:
            client.get(path_of("hearth", "reports:nationals"))
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_a_draft_shows_what_is_signed_so_far(world: World, cycle: Cycle, client: Client) -> None:
    world.sign_in(client, world.cora)
    factories.make_enrolment(cycle, world.elm)

    page = client.get(path_of("hearth", "reports:national_draft", cycle.pk)).content.decode()

    assert "24 of 25 communities have signed or imported scores" in page
    assert "Some communities have no signed scores yet." in page


def test_a_draft_is_counted_again_only_when_something_in_it_has_changed(world: World, cycle: Cycle) -> None:
    today = date(2026, 10, 6)
    first = queries.draft_of(cycle, today)
    enrolment = cycle.enrolments.order_by("community__code").first()
    assert enrolment is not None

    with CaptureQueriesContext(connection) as again:
        assert queries.draft_of(cycle, today).document is first.document
    assert not any('"benchmarking_fact"' in query["sql"] for query in again)

    cycle.enrolments.filter(pk=enrolment.pk).update(region="Far away")
    assert queries.draft_of(cycle, today).document is not first.document

    enrolment.fact_sets.update(current=False)
    less = queries.draft_of(cycle, today)
    assert (less.counted, first.counted) == (23, 24)


def test_a_cycle_without_scores_teaches(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)

    page = client.get(path_of("hearth", "reports:national_draft", world.cycle.pk)).content.decode()

    assert "No scores yet" in page


def test_the_twin_network_sees_its_own_reports_alone(world: World, cycle: Cycle, client: Client) -> None:
    report = release(world, cycle)

    assert client.get(path_of("harbour", "reports:national", report.pk)).status_code == 404
    assert "2026" not in client.get(path_of("harbour", "reports:nationals")).content.decode().split("<main")[1]


def test_the_introduction_can_be_changed_before_the_release(world: World, cycle: Cycle, client: Client) -> None:
    report = freeze(world, cycle)
    world.sign_in(client, world.cora)

    client.post(path_of("hearth", "reports:national_introduction", report.pk), {"introduction": "Two words"})
    client.post(path_of("hearth", "reports:national_release", report.pk))
    late = client.post(path_of("hearth", "reports:national_introduction", report.pk), {"introduction": "Too late"})

    report.refresh_from_db()
    assert report.introduction == "Two words"
    assert late.status_code == 422


def test_downloads_are_files_that_a_browser_saves(world: World, cycle: Cycle, client: Client) -> None:
    report = release(world, cycle)

    answer = client.get(path_of("hearth", "reports:national_pdf", report.pk))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="national-{cycle.pk}-v1-public.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF")


def test_a_release_is_not_proposed_while_a_review_is_reopened(world: World, cycle: Cycle) -> None:
    report = freeze(world, cycle)
    enrolment = cycle.enrolments.order_by("community__code")[0]
    Review.objects.create(enrolment=enrolment, kind="peer", state="reopened")

    with pytest.raises(NotAllowed, match=r"reopened\. Open again: Community 0\."):
        actions.propose_release(report=report, by=world.cora, at=NOW)
