"""Building a national report from blocks, and what becomes of it when it is released."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.reports import policy
from communitas.reports.actions import designs
from communitas.reports.actions import national as actions
from communitas.reports.actions import outlines as building
from communitas.reports.models import NationalReport, Outline
from communitas.reports.queries import national as queries
from communitas.reports.queries import outlines
from communitas.reports.rules.blocks import Block, PlanRow
from tests import factories
from tests.cast import NOW, World


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    factories.make_scored_cycle(made, factories.make_scored_communities(world.network, 24))
    return made


def add(world: World, cycle: Cycle, block: Block, after: str = "") -> Block:
    return building.add_block(cycle=cycle, block=block, after=after, by=world.cora, at=NOW)


def begin(world: World, cycle: Cycle) -> None:
    building.begin_outline(cycle=cycle, by=world.cora, at=NOW)


def freeze(world: World, cycle: Cycle) -> NationalReport:
    return actions.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=lambda step: None)


def release(world: World, report: NationalReport) -> NationalReport:
    actions.propose_release(report=report, by=world.cora, at=NOW)
    waiting = confirmations.waiting(report, policy.release_national)
    assert waiting is not None
    confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1))
    return queries.reports().get(pk=report.pk)


def headings(cycle: Cycle) -> list[str]:
    return [block.heading for block in outlines.blocks_of(outlines.outline_of(cycle))]


def test_every_step_is_a_version_and_can_be_taken_back(world: World, cycle: Cycle) -> None:
    begin(world, cycle)
    usual = headings(cycle)
    made = add(world, cycle, Block("", "text", "Welcome", "A good year."), after="top")
    building.move_block(cycle=cycle, block_id=made.id, way="down", by=world.cora, at=NOW)
    building.remove_block(cycle=cycle, block_id=made.id, by=world.cyrus, at=NOW)
    assert headings(cycle) == usual

    for expected in (1, 0, None):
        building.undo_step(cycle=cycle, by=world.cora, at=NOW)
        assert [place for place, each in enumerate(headings(cycle)) if each == "Welcome"] == (
            [] if expected is None else [expected]
        )

    with pytest.raises(NotAllowed, match="nothing to take back"):
        building.undo_step(cycle=cycle, by=world.cora, at=NOW)
    building.restore_outline(cycle=cycle, number=2, by=world.cora, at=NOW)
    assert headings(cycle) == ["Welcome", *usual]


def test_an_id_that_was_removed_is_not_used_again(world: World, cycle: Cycle) -> None:
    first = add(world, cycle, Block("", "text", text="One"))
    building.remove_block(cycle=cycle, block_id=first.id, by=world.cora, at=NOW)

    assert add(world, cycle, Block("", "text", text="Two")).id != first.id


def test_a_block_that_somebody_else_changed_is_not_overwritten(world: World, cycle: Cycle, client: Client) -> None:
    made = add(world, cycle, Block("", "text", "Welcome", "A good year."))
    number = Outline.objects.filter(cycle=cycle).latest("number").number
    building.change_block(cycle=cycle, block=Block(made.id, "text", "Welcome", "Other words."), by=world.cyrus, at=NOW)
    world.sign_in(client, world.cora)

    answer = client.post(
        path_of("hearth", "reports:change_block", cycle.pk, made.id),
        {"heading": "Welcome", "text": "My words.", "version": number},
    )

    assert answer.status_code == 422
    assert "looked at again" in answer.content.decode()
    assert outlines.blocks_of(outlines.outline_of(cycle))[-1].text == "Other words."


def test_the_office_builds_in_the_browser(world: World, cycle: Cycle, client: Client) -> None:
    world.sign_in(client, world.cora)
    page = path_of("hearth", "reports:build", cycle.pk)
    assert "Begin with the usual blocks" in client.get(page).content.decode()

    client.post(path_of("hearth", "reports:begin_build", cycle.pk))
    answer = client.post(
        path_of("hearth", "reports:add_block", cycle.pk, "text") + "?after=b1",
        {"heading": "In short", "text": "A <b>good</b> year."},
    )
    block = next(b for b in outlines.blocks_of(outlines.outline_of(cycle)) if b.heading == "In short")
    assert answer.headers["Location"] == f"{page}#{block.id}"
    client.post(path_of("hearth", "reports:move_block", cycle.pk, block.id), {"way": "up"})
    assert headings(cycle)[0] == "In short"
    client.post(
        path_of("hearth", "reports:add_block", cycle.pk, "figure"),
        {"heading": "One", "choice": "one", "subject": "criterion:1.1", "whom": "type"},
    )
    client.post(
        path_of("hearth", "reports:add_block", cycle.pk, "outcomes"),
        {"heading": "Last year", "action_0": "Train", "state_0": "done", "outcome_0": "Twelve came."},
    )

    preview = client.get(path_of("hearth", "reports:preview", cycle.pk)).content.decode()

    assert "A &lt;b&gt;good&lt;/b&gt; year." in preview
    assert "exact figures of this moment" in preview
    assert "Twelve came." in preview
    client.post(path_of("hearth", "reports:remove_block", cycle.pk, block.id))
    client.post(path_of("hearth", "reports:undo_build", cycle.pk))
    assert headings(cycle)[0] == "In short"
    assert "Went back to version" in client.get(path_of("hearth", "reports:build_steps", cycle.pk)).content.decode()


def test_a_form_that_lacks_something_says_so_and_keeps_what_was_typed(
    world: World, cycle: Cycle, client: Client
) -> None:
    world.sign_in(client, world.cora)
    address = path_of("hearth", "reports:add_block", cycle.pk, "figure")

    answer = client.post(address, {"heading": "Mine", "choice": "one", "subject": ""})

    assert answer.status_code == 422
    assert 'value="Mine"' in answer.content.decode()
    assert client.get(path_of("hearth", "reports:add_block", cycle.pk, "league")).status_code == 404


def test_figures_follow_until_they_are_frozen_and_then_stand(world: World, cycle: Cycle, client: Client) -> None:
    begin(world, cycle)
    world.sign_in(client, world.cora)
    address = path_of("hearth", "reports:preview", cycle.pk)
    report = freeze(world, cycle)
    before = client.get(address).content.decode()
    factories.make_facts(factories.make_enrolment(cycle, world.elm, stage="completed"), {("c1-1", "agreed"): 0})

    after = client.get(address).content.decode()

    assert "The figures are frozen and protected." in before
    assert before.split("<main")[1] == after.split("<main")[1]
    assert "Results by section" in client.get(path_of("hearth", "reports:national", report.pk)).content.decode()


def test_what_is_released_stays_in_words_blocks_and_design(world: World, cycle: Cycle, client: Client) -> None:
    begin(world, cycle)
    add(world, cycle, Block("", "text", "In short", "A good year."), after="top")
    report = release(world, freeze(world, cycle))
    address = path_of("hearth", "reports:national", report.pk)
    page = client.get(address).content.decode()
    design = designs.keep_design(network=world.network, main="#1f4f63", accent="#8a3b12", by=world.cora, at=NOW)
    designs.use_design(design=design, by=world.cora, at=NOW)

    assert "A good year." in page
    assert "1f4f63" not in client.get(address).content.decode()
    with pytest.raises(NotAllowed, match="what is released stays"):
        add(world, cycle, Block("", "text", text="Too late"))
    outline = Outline.objects.filter(cycle=cycle).latest("number")
    with pytest.raises(DatabaseError, match="a_released_report_is_built_no_more"), transaction.atomic():
        Outline.objects.create(cycle=cycle, number=99, blocks=[], verb="add", by=world.cora, at=NOW)
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Outline.objects.filter(pk=outline.pk).update(blocks=[])
    changes: list[dict[str, Any]] = [{"content": {"blocks": []}}, {"outline": None}]
    for change in changes:
        with pytest.raises(DatabaseError, match="what_was_released_never_changes"), transaction.atomic():
            NationalReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError, match="a_released_national_report_stays"), transaction.atomic():
        NationalReport.objects.filter(pk=report.pk).delete()


def test_a_report_takes_the_design_of_the_network(world: World, cycle: Cycle, client: Client) -> None:
    design = designs.keep_design(network=world.network, main="#1f4f63", accent="#8a3b12", by=world.cora, at=NOW)
    designs.use_design(design=design, by=world.cora, at=NOW)
    report = release(world, freeze(world, cycle))

    assert "1f4f63-8a3b12.css" in client.get(path_of("hearth", "reports:national", report.pk)).content.decode()
    assert (queries.pdf_of(report, "public") or b"").startswith(b"%PDF")


def test_nothing_is_changed_while_a_second_person_looks(world: World, cycle: Cycle) -> None:
    begin(world, cycle)
    report = freeze(world, cycle)
    actions.propose_release(report=report, by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="until its release is proposed"):
        add(world, cycle, Block("", "text", text="Meanwhile"))


def test_blocks_that_changed_after_the_proposal_are_not_released(world: World, cycle: Cycle) -> None:
    begin(world, cycle)
    report = freeze(world, cycle)
    actions.propose_release(report=report, by=world.cora, at=NOW)
    NationalReport.objects.filter(pk=report.pk).update(content={"blocks": [], "told": {}, "design": {}})
    waiting = confirmations.waiting(report, policy.release_national)
    assert waiting is not None

    with pytest.raises(NotAllowed, match="blocks that the first one proposed"):
        confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW)


def test_the_next_report_begins_with_the_blocks_of_the_last(world: World, cycle: Cycle) -> None:
    add(world, cycle, Block("", "text", "In short", "A good year."), after="top")
    add(world, cycle, Block("", "plans", "Next year", rows=(PlanRow("Train more leads."),)))
    release(world, freeze(world, cycle))
    later = factories.make_cycle(world.network, world.edition, name="2027b", opens_on=date(2026, 9, 1), previous=cycle)
    factories.make_scored_cycle(later, [row.community for row in cycle.enrolments.select_related("community")])

    begin(world, later)

    blocks = outlines.blocks_of(outlines.outline_of(later))
    assert (blocks[0].text, blocks[0].from_last) == ("A good year.", True)
    assert (blocks[-1].kind, blocks[-1].rows) == ("outcomes", (PlanRow("Train more leads."),))
    report = freeze(world, later)
    with pytest.raises(NotAllowed, match="Not looked at yet: 'In short'"):
        actions.propose_release(report=report, by=world.cora, at=NOW)


def test_the_page_of_a_built_report_needs_the_same_queries_for_any_number_of_blocks(
    world: World, cycle: Cycle, client: Client
) -> None:
    begin(world, cycle)
    report = freeze(world, cycle)
    world.sign_in(client, world.cora)
    counts = []
    for number in (1, 3):
        for each in range(number):
            add(world, cycle, Block("", "text", f"Words {each}", "A good year."))
        found: dict[str, int] = {}
        for name, args in (("national", report.pk), ("build", cycle.pk), ("preview", cycle.pk)):
            with CaptureQueriesContext(connection) as captured:
                client.get(path_of("hearth", f"reports:{name}", args))
            found[name] = len(captured)
        counts.append(found)

    assert counts[0] == counts[1]


def test_a_built_report_is_the_same_bytes_again(world: World, cycle: Cycle) -> None:
    begin(world, cycle)
    add(world, cycle, Block("", "text", "عنوان", "#set page() <b> $x$ 😀 שלום"), after="top")
    report = freeze(world, cycle)
    first = queries.reports().get(pk=report.pk).public_pdf

    actions.set_documents(report=report, by=world.cora, at=NOW + timedelta(days=1), say=lambda step: None)

    assert queries.reports().get(pk=report.pk).public_pdf == first


def test_building_is_for_the_office_of_this_network(world: World, cycle: Cycle, client: Client) -> None:
    address = path_of("hearth", "reports:build", cycle.pk)
    answers: dict[str, Any] = {
        name: world.sign_in(client, getattr(world, name)).get(address).status_code
        for name in ("lena", "kit", "tess", "cora")
    }

    assert answers == {"lena": 404, "kit": 404, "tess": 404, "cora": 200}


def test_nothing_exact_stands_in_what_everybody_reads_of_the_blocks(world: World, cycle: Cycle, client: Client) -> None:
    begin(world, cycle)
    for subject, whom in (("overall", "region"), ("section:Belonging", "type"), ("criterion:1.1", "type")):
        add(world, cycle, Block("", "figure", choice="one", subject=subject, whom=whom))
    for choice in ("funnel", "least_met", "change"):
        add(world, cycle, Block("", "figure", choice=choice))
    for choice in ("sections_by_type", "sections_by_region"):
        add(world, cycle, Block("", "table", choice=choice))
    report = release(world, freeze(world, cycle))
    exact = queries.figures_json(report, "office").decode()

    page = client.get(path_of("hearth", "reports:national", report.pk)).content.decode()

    words = re.sub(r"<head>.*?</head>|<svg.*?>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert '"n": 24' in exact
    assert not re.search(r"\b24\b", words)
    assert "likely range" not in page
    assert " of 24" not in page
    assert "Community 3" not in page
