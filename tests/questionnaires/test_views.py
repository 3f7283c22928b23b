from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.questionnaires import actions, queries
from communitas.questionnaires.models import Comment, Opening, Participation, Questionnaire, Reply
from communitas.questionnaires.rules.exchange import as_yaml, sheet_from_yaml
from communitas.workbooks.slots import voices
from tests.cast import NOW, World
from tests.questionnaires.conftest import SHEET, Send, open_at_lark, publish

ALWAYS = {"opens_on": date(2020, 1, 1), "closes_on": date(2099, 12, 31)}  # the pages ask the real clock


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"questionnaires:{name}", *args)


@pytest.fixture
def opening(world: World, questionnaire: Questionnaire) -> Opening:
    return open_at_lark(world, questionnaire, **ALWAYS)


@pytest.fixture(autouse=True)
def no_tries_so_far() -> None:
    cache.clear()


def _sheet(response: Any) -> str:
    return str(response.context["sheet"])


def _release(world: World, opening: Opening, send: Send, *marks: str) -> Opening:
    for mark in marks:
        send(opening, safe=mark, change=f"Word {mark}")
    actions.close(opening=opening, by=world.cora, at=NOW)
    return actions.release(opening=opening, by=world.cora, at=NOW)


def test_somebody_with_a_slip_answers_and_takes_it_back_without_signing_in(
    world: World, client: Client, opening: Opening
) -> None:
    (code,) = actions.make_slips(opening=opening, wanted=1, by=world.lena, at=NOW)
    there = at("by_link", opening.link_token)

    assert "code from your slip" in client.get(there).content.decode()
    form = client.post(there, {"code": code})
    assert "I feel safe here." in form.content.decode()
    done = client.post(there, {"code": code, "sheet": _sheet(form), "item-safe": "5", "send": "1"})
    taken = client.post(at("withdraw"), {"code": done.context["kept"].code})

    assert "Your answers have come in" in done.content.decode()
    assert "Your answers are removed" in taken.content.decode()
    assert not Reply.objects.exists()


def test_a_wrong_code_is_refused_and_a_sheet_sent_twice_is_kept_once(
    world: World, client: Client, opening: Opening
) -> None:
    (code,) = actions.make_slips(opening=opening, wanted=1, by=world.lena, at=NOW)
    there = at("by_link", opening.link_token)
    wrong = client.post(there, {"code": "CCCCC-CCCCC"})
    form = client.post(there, {"code": code})
    data = {"code": code, "sheet": _sheet(form), "item-safe": "5", "send": "1"}

    first, again = client.post(there, data), client.post(there, data)

    assert wrong.status_code == 422
    assert "used already" in wrong.content.decode()
    assert first.context["kept"].code == again.context["kept"].code
    assert "They count once" in again.content.decode()
    assert Reply.objects.count() == 1
    assert client.post(there, {"code": code}).status_code == 422


def test_pages_for_people_who_answer_keep_nothing_and_name_nobody(
    world: World, client: Client, opening: Opening
) -> None:
    world.sign_in(client, world.mina)

    for path in (
        at("by_link", opening.link_token),
        at("device", opening.kiosk_token),
        at("on_device", opening.kiosk_token),
        at("withdraw"),
    ):
        response = client.get(path)
        text = response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert "Mina" not in text
        assert "Leave this page now" in text
        assert ("Who can read this?" in text) is (path != at("withdraw"))


def test_an_unknown_address_is_missing_and_a_closed_one_is_kind(world: World, client: Client, opening: Opening) -> None:
    assert client.get(at("by_link", "nothing")).status_code == 404
    assert client.get(path_of("harbour", "questionnaires:by_link", opening.link_token)).status_code == 404
    actions.close(opening=opening, by=world.lena, at=NOW)

    closed = client.get(at("by_link", opening.link_token))

    assert closed.status_code == 403
    assert "Thank you for wanting to answer" in closed.content.decode()


def test_words_that_could_tell_who_somebody_is_are_pointed_out_once(client: Client, opening: Opening) -> None:
    there = at("on_device", opening.kiosk_token)
    data = {"sheet": str(uuid4()), "item-change": "Ask jo@trust.example", "send": "1"}

    warned = client.post(there, data)
    kept = client.post(there, data | {"checked": "1"})

    assert warned.status_code == 422
    assert "This looks like an e-mail address." in warned.content.decode()
    assert "Ask jo@trust.example" in warned.content.decode()
    assert "Thank you" in kept.content.decode()


def test_an_empty_sheet_is_not_sent(client: Client, opening: Opening) -> None:
    response = client.post(at("on_device", opening.kiosk_token), {"send": "1"})

    assert response.status_code == 422
    assert "at least one" in response.content.decode()


def test_anonymous_answers_are_limited_in_number(client: Client, opening: Opening, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "answer_questionnaire": "2/m/ip"}
    there = at("on_device", opening.kiosk_token)

    codes = [client.post(there, {"item-safe": "5", "send": "1"}).status_code for _again in range(3)]

    assert codes == [200, 200, 429]


def test_a_member_answers_signed_in_once_and_reads_it_only_with_the_code(
    world: World, client: Client, opening: Opening
) -> None:
    world.sign_in(client, world.mina)
    assert "Living here" in client.get(at("mine")).content.decode()
    done = client.post(at("as_client_member", opening.pk), {"item-safe": "2", "item-change": "Tea", "send": "1"})
    own = Participation.objects.get(account=world.mina)

    without = client.post(at("participation", own.pk), {"code": "CCCCC-CCCCC"})
    read = client.post(at("participation", own.pk), {"code": done.context["kept"].code})
    back = client.post(at("withdraw_own", own.pk), {"code": done.context["kept"].code}, follow=True)

    assert client.get(at("as_client_member", opening.pk)).status_code == 200
    assert without.status_code == 422
    assert "Tea" in read.content.decode()
    assert "You may answer again" in back.content.decode()
    assert not Reply.objects.exists()


def test_paper_is_typed_in_and_counted(world: World, client: Client, opening: Opening) -> None:
    world.sign_in(client, world.lena)
    for _sheet_of_paper in range(2):
        client.post(at("enter", opening.pk), {"item-safe": "4", "send": "1"})

    text = client.get(at("enter", opening.pk)).content.decode()

    assert "2 sheets typed in so far." in text
    assert {reply.way for reply in Reply.objects.all()} == {"paper"}


def test_a_case_note_is_audited_under_a_number_and_a_name_like_number_is_pointed_out(
    world: World, client: Client
) -> None:
    opening = open_at_lark(world, publish(world, "case_note"), **ALWAYS)
    world.sign_in(client, world.stefan)
    there = at("audit", opening.pk)

    warned = client.post(there, {"record": "943 476 5919", "item-asked": "yes", "send": "1"})
    without = client.post(there, {"item-asked": "yes", "send": "1"})
    kept = client.post(there, {"record": "7", "item-asked": "yes", "send": "1"})

    assert "This looks like an NHS number." in warned.content.decode()
    assert without.status_code == 422
    assert "can be taken back" in kept.content.decode()
    assert Reply.objects.get().record == "7"


def test_the_community_prints_slips_once_and_a_poster(world: World, client: Client, opening: Opening) -> None:
    world.sign_in(client, world.lena)

    slips = client.post(at("slips", opening.pk), {"wanted": "3"})
    poster = client.get(at("poster", opening.pk))
    refused = client.post(at("slips", opening.pk), {"wanted": "201"})

    assert len(slips.context["codes"]) == 3
    assert all("data-print>" in page.content.decode() for page in (slips, poster))
    assert "no-store" in slips.headers["Cache-Control"]
    assert opening.link_token in poster.content.decode()
    assert refused.status_code == 422
    assert "3 slips have not been used yet" in client.get(at("opening", opening.pk)).content.decode()


def test_the_paper_form_is_a_tagged_pdf_in_two_sizes(world: World, client: Client, opening: Opening) -> None:
    world.sign_in(client, world.lena)

    plain, large = client.get(at("paper", opening.pk)), client.get(at("paper", opening.pk) + "?print=large")

    assert plain.content.startswith(b"%PDF")
    assert large.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in plain.content
    assert plain.content != large.content
    assert client.get(at("paper", opening.pk)).content == plain.content


def test_counters_say_how_many_and_never_what(world: World, client: Client, opening: Opening, send: Send) -> None:
    send(opening, change="A canary in words")
    world.sign_in(client, world.stefan)

    text = client.get(at("counters", world.enrolment.pk)).content.decode()

    assert "<b>1</b>" in text
    assert "canary" not in text


@pytest.mark.parametrize("openings", [1, 3])
def test_counters_take_as_many_queries_for_three_as_for_one(
    world: World, client: Client, opening: Opening, openings: int, django_assert_num_queries: Any
) -> None:
    for audience in ("staff", "family")[: openings - 1]:
        open_at_lark(world, publish(world, audience), **ALWAYS)
    world.sign_in(client, world.lena)
    client.get(at("counters", world.enrolment.pk))

    with django_assert_num_queries(8):
        client.get(at("counters", world.enrolment.pk))


def test_the_team_reads_beside_the_criterion_what_people_said(
    world: World, client: Client, opening: Opening, send: Send
) -> None:
    _release(world, opening, send, "5", "4", "3", "2", "1")
    (beside,) = voices.ask([world.enrolment.pk])[world.enrolment.pk]
    world.sign_in(client, world.rafi)

    page = client.get(at("about", world.enrolment.pk, "c1-1"))
    figures = client.get(at("results", opening.pk)).content.decode()

    assert "2 of 5 agree" in beside["c1-1"].text
    assert beside["c1-1"].href.endswith("/questionnaires/about/c1-1/")
    assert page.status_code == 200
    assert "5 answered" in figures
    assert "Word" not in figures  # nobody has read the comments yet


def test_too_few_answers_say_so_and_lead_nowhere(world: World, client: Client, opening: Opening, send: Send) -> None:
    _release(world, opening, send, "5", "4")
    world.sign_in(client, world.lena)

    text = client.get(at("opening", opening.pk)).content.decode()

    assert "Too few answers to show" in text
    assert "keep late paper out" in text
    assert client.get(at("results", opening.pk)).status_code == 404
    assert client.get(at("about", world.enrolment.pk, "c1-1")).status_code == 404


def test_the_moderator_shows_words_and_nobody_else_reads_them(
    world: World, client: Client, opening: Opening, send: Send
) -> None:
    _release(world, opening, send, "5", "4", "3", "2", "1")
    comment = Comment.objects.filter(opening=opening)[0]
    world.sign_in(client, world.dee)
    assert "Word 3" in client.get(at("opening_comments", opening.pk)).content.decode()

    client.post(at("decide", opening.pk, comment.pk), {"text": "More tea", "show": "1"})

    world.sign_in(client, world.lena)
    text = client.get(at("results", opening.pk)).content.decode()
    assert "More tea" in text
    assert "Word" not in text


def test_the_office_builds_previews_publishes_and_copies(world: World, client: Client) -> None:
    world.sign_in(client, world.cora)
    words = {"edition": world.edition.pk, "audience": "staff", "title": "Working here", "introduction": ""}
    client.post(at("begin"), words)
    made = Questionnaire.objects.get(title="Working here")
    client.post(at("add_part", made.pk), {"title": "Belonging", "introduction": ""})
    part = made.parts.get()
    item = {"part": part.pk, "kind": "agree", "text": "I am heard.", "help": "", "codes": "1.1, 2.1", "groups": ""}

    wrong = client.post(at("add_item", made.pk), item | {"codes": "9.9"})
    client.post(at("add_item", made.pk), item)
    preview = client.get(at("preview", made.pk)).content.decode()
    client.post(at("publish", made.pk))
    client.post(at("copy", made.pk), {"edition": world.edition.pk})

    assert "This edition has no criterion 9.9." in wrong.content.decode()
    assert "I am heard." in preview
    assert made.items.get().criteria == ["c1-1", "c2-1"]
    assert [(row.version, row.state) for row in Questionnaire.objects.order_by("version")] == [
        (1, "published"),
        (2, "draft"),
    ]


def test_a_language_is_chosen_at_the_top_of_the_questionnaire(world: World, client: Client) -> None:
    made = actions.begin_from(edition=world.edition, sheet=SHEET, by=world.cora, at=NOW)
    item = made.items.get(key="safe")
    world.sign_in(client, world.cora)
    client.post(
        at("language", made.pk, "cy"), {"name": "Cymraeg", "title": "Byw yma", f"item-{item.pk}-text": "Diogel."}
    )
    made.refresh_from_db()
    actions.publish(questionnaire=made, by=world.cora, at=NOW)
    opening = open_at_lark(world, made, **ALWAYS)

    text = Client().get(at("on_device", opening.kiosk_token) + "?lang=cy").content.decode()

    assert "Byw yma" in text
    assert "Diogel." in text
    assert "Somebody asked me what I need." in text


def test_a_questionnaire_goes_out_as_a_file_and_comes_back_the_same(world: World, client: Client) -> None:
    made = actions.begin_from(edition=world.edition, sheet=SHEET, by=world.cora, at=NOW)
    world.sign_in(client, world.cora)

    content = client.get(at("export", made.pk)).content

    assert content == as_yaml(queries.sheet_of(made))
    assert sheet_from_yaml(content, file="it.yaml") == SHEET


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ""),
        (b"schema: 2\n", "schema: 1"),
        (b"schema: 1\naudience: everybody\n", "audience"),
        (b"schema: 1\naudience: staff\ntitle: T\nparts:\n- title: P\n", "has a title and items"),
        (
            b"schema: 1\naudience: staff\ntitle: T\nparts:\n- title: P\n  items:\n  - text: A\n    kind: dance\n",
            "kind is",
        ),
        (b"!!python/object:os.system {}\n", ""),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_with_its_reason(
    world: World, client: Client, content: bytes, said: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    world.sign_in(client, world.cora)

    response = client.post(at("import"), {"edition": world.edition.pk, "file": SimpleUploadedFile("it.yaml", content)})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Questionnaire.objects.exists()


def test_the_office_opens_for_all_counts_and_releases_what_has_ended(
    world: World, client: Client, questionnaire: Questionnaire
) -> None:
    world.sign_in(client, world.cora)
    window = {"opens_on": "2020-01-01", "closes_on": "2020-02-01", "asks_code": "on"}
    client.post(at("open_all", world.cycle.pk), {"questionnaires": [questionnaire.pk], **window})
    rates = client.get(at("rates", world.cycle.pk) + "?few=few").content.decode()

    client.post(at("release_many", world.cycle.pk))

    assert "Hearth Lark House" in rates
    assert {opening.state for opening in Opening.objects.all()} == {"released"}
    assert client.get(at("rates", world.cycle.pk) + "?format=csv").status_code == 200


def test_the_office_changes_the_window_and_the_community_closes_early(
    world: World, client: Client, opening: Opening
) -> None:
    world.sign_in(client, world.lena)
    client.post(at("close", opening.pk))
    client.post(at("expected", opening.pk), {"expected": "12"})
    opening.refresh_from_db()
    closed = opening.state

    world.sign_in(client, world.cora)
    client.post(at("window", opening.pk), {"opens_on": "2020-01-01", "closes_on": "2098-01-01"})

    opening.refresh_from_db()
    assert (closed, opening.state, opening.closes_on, opening.asks_code, opening.expected) == (
        "closed",
        "open",
        date(2098, 1, 1),
        False,
        12,
    )


def test_a_lost_device_gets_a_new_address(world: World, client: Client, opening: Opening) -> None:
    world.sign_in(client, world.lena)

    client.post(at("renew_device", opening.pk))

    assert Client().get(at("device", opening.kiosk_token)).status_code == 404
    opening.refresh_from_db()
    assert Client().get(at("device", opening.kiosk_token)).status_code == 200
