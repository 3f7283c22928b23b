"""Themes of the comments: taken in, coded by two, settled, told from five communities on, quoted with consent."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from communitas.benchmarking.models import Fact
from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import policy
from communitas.reports.actions import national
from communitas.reports.actions import outlines as building
from communitas.reports.actions import quotes as quoting
from communitas.reports.actions import themes as actions
from communitas.reports.models import Codebook, Coding, Quote, Remark
from communitas.reports.queries import filling, telling
from communitas.reports.queries import national as reports
from communitas.reports.queries import themes as queries
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.themes import Code
from tests import factories
from tests.cast import NOW, World
from tests.reports.documents.samples import HOSTILE

THEME = (Block("b1", "theme", choice="t1"),)
WORDS = "We wrote to Ben for a year after he left."


def sign(enrolment: Enrolment, comment: str, version: int = 1) -> None:
    """The facts of a signed report with one comment."""
    enrolment.fact_sets.update(current=False)
    made = factories.make_facts(enrolment, {("c1-1", "agreed"): 2, ("c1-2", "agreed"): 1}, version=version)
    Fact.objects.create(fact_set=made, criterion_key="c1-1", kind="self", score=2, comment=comment)


@pytest.fixture
def cycle(world: World) -> Cycle:
    made = factories.make_cycle(
        world.network, world.edition, name="2026", opens_on=date(2025, 9, 1), closes_on=date(2026, 8, 31)
    )
    communities = [*factories.make_scored_communities(world.network, 5), world.lark]
    for community in communities:
        sign(factories.make_enrolment(made, community, stage="completed"), WORDS)
    actions.take_in_remarks(cycle=made, by=world.cora, at=NOW)
    actions.put_code(cycle=made, code=Code("", "Leaving well", "Goodbyes."), by=world.cora, at=NOW)
    actions.put_code(cycle=made, code=Code("", "Staffing", "Too few staff."), by=world.cora, at=NOW)
    return made


def code(remark: Remark, by: Account, *codes: str) -> None:
    actions.code_remark(remark=remark, codes=codes, by=by, at=NOW)


def code_all(world: World, cycle: Cycle, number: int = 6) -> list[Remark]:
    rows = list(queries.remarks().filter(cycle=cycle).order_by("-pk")[:number])
    for remark in rows:
        code(remark, world.cora, "t1")
        code(remark, world.cyrus, "t1")
    return rows


def quote(world: World, remark: Remark, text: str = "We wrote to [a member] for a year after he left.") -> Quote:
    return quoting.propose_quote(remark=remark, code="t1", text=text, by=world.cora, at=NOW)


def agreed(world: World, remark: Remark) -> Quote:
    made = quote(world, remark)
    quoting.consent_to_quote(quote=made, by=world.lena, at=NOW)
    quoting.pass_quote(quote=made, by=world.cyrus, at=NOW)
    quoting.pass_quote(quote=made, by=world.dee, at=NOW)
    return Quote.objects.get(pk=made.pk)


def of_lark(world: World, cycle: Cycle) -> Remark:
    return queries.remarks().get(cycle=cycle, enrolment__community=world.lark)


def test_comments_are_taken_in_once_and_go_with_a_correction(world: World, cycle: Cycle) -> None:
    assert Remark.objects.filter(cycle=cycle).count() == 6
    assert actions.take_in_remarks(cycle=cycle, by=world.cora, at=NOW) == 0

    sign(cycle.enrolments.get(community=world.lark), "Other words.", version=2)

    assert actions.take_in_remarks(cycle=cycle, by=world.cora, at=NOW) == 1
    assert Remark.objects.filter(cycle=cycle, gone=True).count() == 1


def test_comments_of_every_script_and_length_are_read_as_they_were_written(
    world: World, cycle: Cycle, client: Client
) -> None:
    written = ["word " * 3_999 + "done.", "مرحبا " * 400 + "نهاية", "🙂 good 👩‍👩‍👧", *HOSTILE]
    for enrolment, text in zip(cycle.enrolments.order_by("pk"), written, strict=True):
        sign(enrolment, text, version=2)
    actions.take_in_remarks(cycle=cycle, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)

    for remark in queries.remarks().filter(cycle=cycle, gone=False):
        page = client.get(path_of("hearth", "reports:remark", remark.pk)).content.decode()
        assert f'<blockquote class="said opening">{escape(remark.text)}</blockquote>' in page
    assert {each.text for each in queries.remarks().filter(cycle=cycle, gone=False)} == set(written)
    assert client.get(path_of("hearth", "reports:remarks", cycle.pk)).status_code == 200


def test_two_people_code_and_a_difference_is_settled(world: World, cycle: Cycle) -> None:
    remark = of_lark(world, cycle)
    code(remark, world.cora, "t1")
    code(remark, world.cora, "t1", "t2")
    code(remark, world.cyrus, "t1")
    assert Remark.objects.get(pk=remark.pk).standing == "differs"

    with pytest.raises(NotAllowed, match="Two people code"):
        code(remark, world.dee, "t1")
    with pytest.raises(NotAllowed, match="Two people code"):
        code(remark, world.cora, "t1")
    actions.settle_remark(remark=remark, codes=["t1"], reason="It is about leaving.", by=world.dee, at=NOW)

    found = Remark.objects.get(pk=remark.pk)
    assert (found.standing, found.themes) == ("settled", "|t1|")
    assert Coding.objects.filter(remark=remark).count() == 3
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Coding.objects.update(codes=[])
    with pytest.raises(IntegrityError, match="two_different_people_code"), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(second_coder=world.cora)


def test_a_theme_mostly_of_one_operator_is_not_told(world: World, cycle: Cycle, client: Client) -> None:
    code_all(world, cycle)
    operator = cycle.enrolments.get(community=world.lark).organisation
    assert [each.communities for each in telling.told_now(cycle, THEME).themes] == ["fewer than 10"]

    for enrolment in cycle.enrolments.all()[:4]:
        Enrolment.objects.filter(pk=enrolment.pk).update(organisation=operator)

    assert [each.communities for each in telling.told_now(cycle, THEME).themes] == [""]
    page = world.sign_in(client, world.cora).get(path_of("hearth", "reports:themes", cycle.pk)).content.decode()
    assert "mostly of one organisation" in page


def test_nobody_sees_what_the_other_found_before_both_have_coded(world: World, cycle: Cycle, client: Client) -> None:
    remark = of_lark(world, cycle)
    code(remark, world.cora, "t2")
    address = path_of("hearth", "reports:remark", remark.pk)
    world.sign_in(client, world.cyrus)
    before = client.get(address).content.decode()

    client.post(address, {"codes": ["t1"]})
    after = client.get(address).content.decode()

    assert "checked" not in before
    assert "Cora</dt>" not in before
    assert "Cora</dt><dd>Staffing</dd>" in after.replace("\n", "")
    assert "Settle the difference" in after


def test_a_theme_is_told_from_five_communities_on(world: World, cycle: Cycle) -> None:
    blocks = (Block("b1", "theme", choice="t1"),)
    code_all(world, cycle, 4)
    (few,) = telling.told_now(cycle, blocks).themes
    assert (few.name, few.definition, few.communities, few.quotes) == ("Leaving well", "", "", ())

    for remark in queries.remarks().filter(cycle=cycle, standing="open")[:1]:
        code(remark, world.cora, "t1")
        code(remark, world.cyrus, "t1")

    (theme,) = telling.told_now(cycle, blocks).themes
    assert (theme.name, theme.communities) == ("Leaving well", "fewer than 10")


def test_a_quotation_needs_consent_redaction_and_two_readers(world: World, cycle: Cycle) -> None:
    code_all(world, cycle)
    remark = of_lark(world, cycle)
    with pytest.raises(NotAllowed, match="square brackets"):
        quote(world, remark, "We wrote to a member for a year.")
    Account.objects.filter(pk=world.mina.pk).update(display_name="Ben")
    with pytest.raises(NotAllowed, match="without: Ben"):
        quote(world, remark, WORDS)

    made = quote(world, remark)
    with pytest.raises(NotAllowed, match="consented"):
        quoting.pass_quote(quote=made, by=world.cyrus, at=NOW)
    quoting.consent_to_quote(quote=made, by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="Two different people"):
        quoting.pass_quote(quote=made, by=world.cora, at=NOW)
    quoting.pass_quote(quote=made, by=world.cyrus, at=NOW)
    with pytest.raises(NotAllowed, match="Two different people"):
        quoting.pass_quote(quote=made, by=world.cyrus, at=NOW)
    assert telling.told_now(cycle, (Block("b1", "theme", choice="t1"),)).themes[0].quotes == ()
    quoting.pass_quote(quote=made, by=world.dee, at=NOW)

    (told,) = telling.told_now(cycle, (Block("b1", "theme", choice="t1"),)).themes[0].quotes
    assert told.text == made.text
    with pytest.raises(IntegrityError, match="a_quotation_has_consent"), transaction.atomic():
        Quote.objects.filter(pk=made.pk).update(consented_by=None)


def test_words_that_are_withdrawn_go_from_a_released_report(
    world: World, cycle: Cycle, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    code_all(world, cycle)
    made = agreed(world, of_lark(world, cycle))
    building.add_block(cycle=cycle, block=Block("", "theme", choice="t1"), by=world.cora, at=NOW)
    report = national.freeze_national(cycle=cycle, introduction="", by=world.cora, at=NOW, say=lambda step: None)
    national.propose_release(report=report, by=world.cora, at=NOW)
    waiting = confirmations.waiting(report, policy.release_national)
    assert waiting is not None
    confirmations.confirm(proposal=waiting, by=world.cyrus, at=NOW + timedelta(hours=1))
    address = path_of("hearth", "reports:national", report.pk)
    assert "We wrote to [a member]" in client.get(address).content.decode()
    before = reports.reports().get(pk=report.pk).public_pdf

    with django_capture_on_commit_callbacks(execute=True):
        quoting.withdraw_quote(quote=made, by=world.lena, at=NOW + timedelta(days=1))

    page = client.get(address).content.decode()
    assert "We wrote to [a member]" not in page
    assert "Leaving well" in page
    assert reports.reports().get(pk=report.pk).public_pdf != before


def test_the_community_lead_is_asked_and_answers_in_the_browser(
    world: World, cycle: Cycle, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    Account.objects.filter(pk=world.lena.pk).update(email="lena@example.org")
    code_all(world, cycle)
    world.sign_in(client, world.cora)
    remark = of_lark(world, cycle)
    address = path_of("hearth", "reports:propose_quote", remark.pk)
    assert client.post(address, {"code": "t1", "text": "Not there"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"code": "t1", "text": "[…] for a year"})
    made = Quote.objects.get()
    assert [message.subject for message in mail.outbox] == ["May we quote these words?"]

    world.sign_in(client, world.lena)
    page = path_of("hearth", "reports:quote_consent", made.pk)
    (step,) = filling.next_steps([remark.enrolment_id])[remark.enrolment_id]
    assert (step.title, step.roles) == ("May words from your report be quoted?", frozenset({"community_lead"}))
    assert "Yes, you may quote them" in client.get(page).content.decode()
    client.post(page, {"verb": "consent"})
    assert "for a year" in client.get(path_of("hearth", "reports:quotes")).content.decode()
    for reader in (world.cyrus, world.dee):
        world.sign_in(client, reader).post(path_of("hearth", "reports:quote", made.pk), {"verb": "pass"})

    made.refresh_from_db()
    assert (made.state, made.consented_by, made.first_reader, made.second_reader) == (
        "agreed",
        world.lena,
        world.cyrus,
        world.dee,
    )
    world.sign_in(client, world.theo)
    assert client.get(path_of("harbour", "reports:quote_consent", made.pk)).status_code == 404


def test_the_office_codes_one_comment_after_another(world: World, cycle: Cycle, client: Client) -> None:
    world.sign_in(client, world.cora)
    following = client.get(path_of("hearth", "reports:next_remark", cycle.pk)).headers["Location"]
    for _turn in range(6):
        following = client.post(following, {"codes": ["t1"]}).headers["Location"]

    assert following == path_of("hearth", "reports:themes", cycle.pk)
    page = client.get(following).content.decode()
    assert "One person has coded it</a>: 6" in page
    assert "too few: needs 5 communities" in page


def test_comments_are_searched_filtered_and_downloaded(world: World, cycle: Cycle, client: Client) -> None:
    code(of_lark(world, cycle), world.cora, "t1")
    world.sign_in(client, world.cora)
    address = path_of("hearth", "reports:remarks", cycle.pk)

    assert "1 found" in client.get(address, {"standing": "once", "q": "Ben"}).content.decode()
    assert "0 found" in client.get(address, {"theme": "t1"}).content.decode()
    csv = client.get(address, {"format": "csv"}).content.decode()
    assert csv.count(WORDS) == 6
    assert "Lark" not in csv


def test_the_codebook_has_versions_and_the_next_cycle_begins_with_it(
    world: World, cycle: Cycle, client: Client
) -> None:
    world.sign_in(client, world.cora)
    later = factories.make_cycle(world.network, world.edition, name="2027b", opens_on=date(2026, 9, 1), previous=cycle)
    address = path_of("hearth", "reports:codebook", later.pk)
    assert "Begin with these themes" in client.get(address).content.decode()

    client.post(address, {"begin": "1"})
    client.post(
        path_of("hearth", "reports:change_code", later.pk, "t1"),
        {"name": "Leaving", "definition": "x", "retired": "on"},
    )
    refused = client.post(address, {"name": "Leaving", "definition": "Twice"})

    assert refused.status_code == 422
    assert [row.number for row in Codebook.objects.filter(cycle=later)] == [2, 1]
    assert "no longer used" in client.get(address).content.decode()
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Codebook.objects.update(codes=[])


def test_pages_of_themes_need_the_same_queries_for_any_number_of_comments(
    world: World, cycle: Cycle, client: Client
) -> None:
    world.sign_in(client, world.cora)
    counts = []
    for number in (1, 3):
        code_all(world, cycle, number) if number == 1 else None
        for remark in queries.remarks().filter(cycle=cycle, standing="open")[: number - 1]:
            code(remark, world.cora, "t1")
            code(remark, world.cyrus, "t2")
        found = []
        for name in ("themes", "remarks", "codebook"):
            with CaptureQueriesContext(connection) as captured:
                client.get(path_of("hearth", f"reports:{name}", cycle.pk))
            found.append(len(captured))
        counts.append(found)

    assert counts[0] == counts[1]


def test_a_comment_that_two_have_coded_is_only_settled(world: World, cycle: Cycle, client: Client) -> None:
    remark = of_lark(world, cycle)
    code(remark, world.cora, "t1")
    code(remark, world.cyrus, "t2")
    world.sign_in(client, world.cora)
    address = path_of("hearth", "reports:remark", remark.pk)

    page = client.get(address).content.decode()
    refused = client.post(address, {"codes": ["t2"]})

    assert "Save and go on" not in page
    assert page.count('id="id_codes_0"') == 1
    assert refused.status_code == 422
