from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.questionnaires import actions, queries, ticking
from communitas.questionnaires.filling import kept_of
from communitas.questionnaires.models import (
    Code,
    Comment,
    Item,
    Opening,
    Participation,
    Questionnaire,
    Released,
    Reply,
    Withdrawal,
)
from tests.cast import NOW, World
from tests.questionnaires.conftest import Send, open_at_lark, publish

LATER = NOW + timedelta(days=60)


def _answers(send: Send, opening: Opening, *safe: str) -> None:
    for mark in safe:
        send(opening, safe=mark)


def _release(world: World, opening: Opening, at: datetime = LATER) -> Opening:
    actions.release(opening=queries.openings().get(pk=opening.pk), by=world.cora, at=at)
    return queries.openings().get(pk=opening.pk)


def test_a_published_questionnaire_refuses_every_change(world: World, questionnaire: Questionnaire) -> None:
    part = questionnaire.parts.first()
    assert part is not None

    with pytest.raises(NotAllowed, match="never changes"):
        actions.add_item(part=part, kind="agree", text="One more.", by=world.cora, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Item.objects.filter(questionnaire=questionnaire).update(text="Something else.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Questionnaire.objects.filter(pk=questionnaire.pk).update(title="Something else.")


def test_a_copy_is_a_new_version_and_publishing_it_supersedes_the_old(
    world: World, questionnaire: Questionnaire
) -> None:
    copied = actions.copy(questionnaire=questionnaire, edition=world.edition, by=world.cora, at=NOW)
    actions.publish(questionnaire=copied, by=world.cora, at=NOW)

    questionnaire.refresh_from_db()
    assert (questionnaire.state, copied.version, copied.copied_from) == ("superseded", 2, questionnaire)
    assert copied.content_hash == questionnaire.content_hash
    assert queries.sheet_of(copied) == queries.sheet_of(questionnaire)


def test_a_draft_is_written_item_by_item_and_moved(world: World) -> None:
    made = actions.begin(edition=world.edition, audience="staff", title="Working here", by=world.cora, at=NOW)
    part = actions.add_part(questionnaire=made, title="All", by=world.cora, at=NOW)
    first = actions.add_item(part=part, kind="agree", text="First.", by=world.cora, at=NOW)
    actions.add_item(part=part, kind="yes_no", text="Second.", criteria=["c1-1"], by=world.cora, at=NOW)

    actions.move_item(item=first, down=True, by=world.cora, at=NOW)

    assert [item.text for item in made.items.all()] == ["Second.", "First."]
    with pytest.raises(NotAllowed, match="c9-9"):
        actions.add_item(part=part, kind="agree", text="Third.", criteria=["c9-9"], by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="rising numbers"):
        actions.add_item(part=part, kind="number", text="Third.", bands=[6, 3], by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="first"):
        actions.remove_part(part=part, by=world.cora, at=NOW)


def test_translations_stand_beside_the_words(world: World) -> None:
    made = actions.begin(edition=world.edition, audience="staff", title="Working here", by=world.cora, at=NOW)
    part = actions.add_part(questionnaire=made, title="All", by=world.cora, at=NOW)
    item = actions.add_item(part=part, kind="agree", text="I feel safe.", by=world.cora, at=NOW)
    words = {
        "title": "Gweithio yma",
        f"item-{item.pk}-text": "Rwy'n teimlo'n ddiogel.",
        "option-agree-5": "Cytuno'n gryf",
    }

    actions.translate(questionnaire=made, language="cy", name="Cymraeg", words=words, by=world.cora, at=NOW)

    made.refresh_from_db()
    asked = queries.asked(made, language="cy")[0].items[0]
    assert (asked.text, asked.choices[0].words, asked.choices[1].words) == (
        "Rwy'n teimlo'n ddiogel.",
        "Cytuno'n gryf",
        "Agree",
    )
    actions.translate(questionnaire=made, language="cy", name="Cymraeg", words={}, by=world.cora, at=NOW)
    made.refresh_from_db()
    assert made.translations == {}


def test_it_opens_once_for_an_enrolment_and_only_with_its_edition(world: World, questionnaire: Questionnaire) -> None:
    opened = actions.open_for_all(
        questionnaires=[questionnaire],
        cycle=world.cycle,
        opens_on=date(2027, 1, 4),
        closes_on=date(2027, 2, 28),
        by=world.cora,
        at=NOW,
    )
    again = actions.open_for_all(
        questionnaires=[questionnaire],
        cycle=world.cycle,
        opens_on=date(2027, 1, 4),
        closes_on=date(2027, 2, 28),
        by=world.cora,
        at=NOW,
    )

    assert (opened, again) == (2, 0)
    with pytest.raises(NotAllowed, match="already"):
        open_at_lark(world, questionnaire)


def test_a_code_lets_one_sheet_in(world: World, opening: Opening) -> None:
    code, other = actions.make_slips(opening=opening, wanted=2, by=world.lena, at=NOW)
    sheet = uuid4()

    first = actions.answer_by_link(
        opening=opening, answers={"safe": "5"}, sheet=sheet, typed=code.lower().replace("-", " "), at=NOW
    )
    again = actions.answer_by_link(opening=opening, answers={"safe": "5"}, sheet=sheet, typed=code, at=NOW)

    assert (again.code, again.again, first.again) == (first.code, True, False)
    assert Reply.objects.count() == 1
    assert Code.objects.count() == 1
    assert other not in {row.hash for row in Code.objects.all()}
    with pytest.raises(NotAllowed, match="used already"):
        actions.answer_by_link(opening=opening, answers={"safe": "5"}, sheet=uuid4(), typed=code, at=NOW)


def test_a_plain_link_asks_for_no_code(world: World, questionnaire: Questionnaire) -> None:
    opening = open_at_lark(world, questionnaire, asks_code=False)

    actions.answer_by_link(opening=opening, answers={"safe": "5"}, sheet=uuid4(), at=NOW)

    assert Reply.objects.get().way == "link"


def test_refused_answers_leave_the_code_unused(world: World, opening: Opening) -> None:
    (code,) = actions.make_slips(opening=opening, wanted=1, by=world.lena, at=NOW)

    with pytest.raises(NotAllowed, match="at least one"):
        actions.answer_by_link(opening=opening, answers={"safe": " "}, sheet=uuid4(), typed=code, at=NOW)

    assert Code.objects.count() == 1


def test_nothing_of_a_reply_says_who_or_when_it_came(world: World, opening: Opening) -> None:
    lines, mails = AuditLine.objects.count(), OutboxMail.objects.count()
    for account in (world.mina, world.nadia, world.stefan):
        actions.answer_signed_in(opening=opening, answers={"safe": "4"}, by=account, at=NOW)

    replies = list(Reply.objects.values())
    fields = {field.name for field in Reply._meta.get_fields()}
    assert fields == {"id", "opening", "month", "way", "answers", "record", "withdrawal"}
    assert {reply["month"] for reply in replies} == {date(2027, 1, 1)}
    assert {row.month for row in Participation.objects.all()} == {date(2027, 1, 1)}
    assert not {reply["id"] for reply in replies} & set(Participation.objects.values_list("id", flat=True))
    assert (AuditLine.objects.count(), OutboxMail.objects.count()) == (lines, mails)


def test_participations_are_written_anew_with_each_answer(world: World, opening: Opening) -> None:
    actions.answer_signed_in(opening=opening, answers={"safe": "4"}, by=world.mina, at=NOW)
    before = set(Participation.objects.values_list("id", flat=True))
    actions.answer_signed_in(opening=opening, answers={"safe": "2"}, by=world.nadia, at=NOW)

    rows = Participation.objects.filter(opening=opening)
    assert {row.account for row in rows} == {world.mina, world.nadia}
    assert not before & {row.pk for row in rows}


def test_a_person_reads_that_and_when_they_answered_and_nothing_of_what_they_said(
    world: World, opening: Opening
) -> None:
    actions.answer_signed_in(opening=opening, answers={"safe": "4"}, by=world.mina, at=NOW)

    (kept,) = kept_of([world.mina.pk])[world.mina.pk]

    assert kept.rows == ({"Questionnaire": "Living here", "Month": "2027-01"},)


def test_a_person_who_signed_in_answers_once(world: World, opening: Opening) -> None:
    actions.answer_signed_in(opening=opening, answers={"safe": "4"}, by=world.mina, at=NOW)

    with pytest.raises(NotAllowed, match="already"):
        actions.answer_signed_in(opening=opening, answers={"safe": "1"}, by=world.mina, at=NOW)


def test_the_database_keeps_no_day_of_a_reply_or_a_participation(world: World, opening: Opening) -> None:
    with pytest.raises(IntegrityError, match="a_reply_knows_only_its_month"), transaction.atomic():
        Reply.objects.create(opening=opening, month=date(2027, 3, 11), way="paper", answers={"safe": "5"})
    with pytest.raises(IntegrityError, match="a_participation_knows_only_its_month"), transaction.atomic():
        Participation.objects.create(opening=opening, account=world.mina, month=date(2027, 3, 31))
    Reply.objects.create(opening=opening, month=date(2027, 3, 1), way="paper", answers={"safe": "5"})

    assert Reply.objects.get().month == date(2027, 3, 1)


def test_a_reply_never_changes_and_none_follows_the_release(world: World, opening: Opening, send: Send) -> None:
    _answers(send, opening, "5", "4", "3", "2", "1")

    with pytest.raises(DatabaseError), transaction.atomic():
        Reply.objects.update(answers={"safe": "5"})
    _release(world, opening)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reply.objects.create(opening=opening, month=date(2027, 3, 1), way="paper", answers={"safe": "5"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Reply.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(returned=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Released.objects.update(counts={})


def test_answers_are_taken_back_with_the_code_until_the_release(world: World, opening: Opening, send: Send) -> None:
    code = send(opening, safe="1")
    _answers(send, opening, "5", "4", "3", "2", "5")

    actions.withdraw(network=world.network, typed=code.lower(), at=NOW)

    assert Reply.objects.filter(opening=opening).count() == 5
    last = send(opening, safe="2")
    _release(world, opening)
    assert not Withdrawal.objects.exists()
    with pytest.raises(NotAllowed, match="released"):
        actions.withdraw(network=world.network, typed=last, at=NOW)


def test_a_code_of_one_network_takes_nothing_back_in_another(world: World, opening: Opening, send: Send) -> None:
    code = send(opening, safe="1")

    with pytest.raises(NotAllowed, match="No answers belong"):
        actions.withdraw(network=world.twin.network, typed=code, at=NOW)

    assert Reply.objects.count() == 1


def test_taking_the_own_answers_back_lets_the_person_answer_again(world: World, opening: Opening) -> None:
    kept = actions.answer_signed_in(opening=opening, answers={"safe": "1"}, by=world.mina, at=NOW)
    participation = Participation.objects.get(account=world.mina)

    actions.withdraw_own(participation=participation, typed=kept.code, by=world.mina, at=NOW)

    assert not Reply.objects.exists()
    actions.answer_signed_in(opening=opening, answers={"safe": "2"}, by=world.mina, at=NOW)


def test_a_release_freezes_counts_and_hides_what_would_tell(world: World, opening: Opening, send: Send) -> None:
    for safe, asked in (("5", "yes"), ("4", "yes"), ("2", "yes"), ("2", "yes"), ("1", "yes")):
        send(opening, safe=safe, asked=asked)

    released = _release(world, opening)

    assert (released.state, released.returned, released.enough) == ("released", 5, True)
    figures = {row.item.key: row for row in Released.objects.filter(opening=opening)}
    assert figures["safe"].counts == {"5": 1, "4": 1, "3": 0, "2": 2, "1": 1, "na": 0}
    assert (figures["asked"].outcome, figures["asked"].leading, figures["asked"].counts) == ("most", "yes", {})
    assert (figures["months"].outcome, figures["months"].answered) == ("too_few", None)


def test_four_answers_are_released_as_too_few_and_show_nothing(world: World, opening: Opening, send: Send) -> None:
    _answers(send, opening, "5", "4", "3", "2")

    released = _release(world, opening)

    assert (released.returned, released.enough) == (4, False)
    assert not Released.objects.exists()
    said = queries.said_about([world.enrolment.pk])[world.enrolment.pk]["c1-1"]
    assert [(each.text, each.opening) for each in said] == [("Client members: Too few answers to show", None)]


def test_the_network_may_ask_for_more_than_five(world: World, opening: Opening, send: Send) -> None:
    actions.change_settings(
        network=world.network, threshold=6, together=1, leave_to="https://weather.example", by=world.dee, at=NOW
    )
    _answers(send, opening, "5", "4", "3", "2", "1")

    assert _release(world, opening).enough is False
    with pytest.raises(NotAllowed, match="never below 5"):
        actions.change_settings(
            network=world.network, threshold=4, together=1, leave_to="https://weather.example", by=world.dee, at=NOW
        )


def test_answers_are_released_once_and_not_while_the_window_is_open(world: World, opening: Opening) -> None:
    with pytest.raises(NotAllowed, match="close it first"):
        _release(world, opening, at=NOW)

    actions.close(opening=opening, by=world.lena, at=NOW)
    _release(world, opening, at=NOW)

    with pytest.raises(NotAllowed, match="already"):
        _release(world, opening, at=NOW)


def test_late_paper_is_refused_kindly_and_the_office_may_type_it_in_until_the_release(
    world: World, opening: Opening
) -> None:
    sheets = [{"safe": "5"}, {"safe": "2"}]
    with pytest.raises(NotAllowed, match="closed"):
        actions.enter_paper(opening=opening, sheets=sheets, by=world.lena, at=LATER)

    typed = actions.enter_paper(opening=opening, sheets=sheets, by_office=True, by=world.cora, at=LATER)

    assert typed == 2
    _release(world, opening)
    with pytest.raises(NotAllowed, match="keep the paper out"):
        actions.enter_paper(opening=opening, sheets=sheets, by_office=True, by=world.cora, at=LATER)


def test_a_record_is_audited_once_under_its_own_number(world: World) -> None:
    opening = open_at_lark(world, publish(world, "case_note"))

    actions.audit_case_note(opening=opening, answers={"asked": "yes"}, record="R-17", by=world.lena, at=NOW)

    with pytest.raises(NotAllowed, match="audited already"):
        actions.audit_case_note(opening=opening, answers={"asked": "no"}, record="R-17", by=world.lena, at=NOW)


def test_comments_wait_for_the_moderator_and_a_year_later_only_the_figures_are_left(
    world: World, opening: Opening, send: Send
) -> None:
    for place in range(5):
        send(opening, safe=str(place + 1), change=f"More of {place}")
    released = _release(world, opening)
    comments = list(Comment.objects.filter(opening=opening))
    assert {comment.state for comment in comments} == {"waiting"}
    assert all(not item.comments for item in queries.results_of(released))

    actions.show_comment(comment=comments[0], text="More of it", by=world.dee, at=LATER)
    actions.keep_out(comment=comments[1], by=world.dee, at=LATER)

    shown = [text for item in queries.results_of(released) for text in item.comments]
    assert shown == ["More of it"]
    assert actions.erase_old(network=world.network, by=world.dee, at=LATER + timedelta(days=300)) == 0
    assert ticking.erase(LATER + timedelta(days=366)) == "the answers to 1 questionnaires removed"
    assert ticking.erase(LATER + timedelta(days=366)) == ""
    assert not Reply.objects.exists()
    assert {comment.text for comment in Comment.objects.all()} == {""}
    assert len(queries.results_of(released)) == 4


def test_building_opening_and_releasing_leave_a_line_in_the_trail(world: World, opening: Opening) -> None:
    _release(world, opening)

    verbs = list(
        AuditLine.objects.filter(tenant=world.network.tenant, verb__startswith="questionnaire").values_list(
            "verb", flat=True
        )
    )
    assert verbs == ["questionnaire.begin", "questionnaire.publish", "questionnaire.open", "questionnaire.release"]


def test_what_is_said_about_criteria_takes_as_many_queries_for_three_communities_as_for_one(
    world: World, opening: Opening, send: Send, django_assert_num_queries: object
) -> None:
    _answers(send, opening, "5", "4", "3", "2", "1")
    _release(world, opening)

    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        said = queries.said_about([world.enrolment.pk, world.oak_enrolment.pk])

    assert [each.text for each in said[world.enrolment.pk]["c1-1"]] == [
        "Client members on “I feel safe here.”: 2 of 5 agree",
        "Client members on “Somebody asked me what I need.”: Too few answers to show",
    ]
