"""The pages about paper: print, type a code, key in, check, settle."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitas.kit.addresses import path_of
from communitas.kit.codes import with_checks
from communitas.workbooks import queries
from communitas.workbooks.models import Keying, Printing, Review, Sheet, Workbook
from communitas.workbooks.queries import paper
from communitas.workbooks.rules.registers import SELF
from tests.cast import World
from tests.workbooks.paper import check, key_in, printed, sheet_of

pytestmark = pytest.mark.django_db
FIELDS = {"score-0": "2", "score-1": "0", "reason-1": "", "comment-1": "Not at weekends.", "score-2": ""}


def address(name: str, *args: object, copy: int = 1) -> str:
    return path_of("hearth", f"workbooks:{name}", *args) + (f"?copy={copy}" if copy > 1 else "")


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def lena(world: World, client: Client) -> Client:
    return world.sign_in(client, world.lena)


@pytest.fixture
def stefan(world: World) -> Client:
    return world.sign_in(Client(), world.stefan)


@pytest.fixture
def sheet(world: World, workbook: Workbook) -> Sheet:
    """The first page of a print of the self-review."""
    return sheet_of(printed(workbook, world.lena))


def test_lead_prints_a_form_and_opens_it(world: World, lena: Client) -> None:
    assert "Nothing was printed yet" in text_of(lena.get(address("paper", world.workbook.pk)))
    assert lena.get(address("print", world.workbook.pk)).status_code == 200

    made = lena.post(address("print", world.workbook.pk), {"size": "large", "sections": ["1"], "plain": "on"})

    found = Printing.objects.get()
    assert made["Location"] == address("printing", found.token)
    assert found.choices | {"large": True, "plain": True, "sections": [1]} == found.choices
    assert "pages to fill in, and a cover. Large print." in text_of(lena.get(made["Location"]))
    form = lena.get(address("printed_form", found.token))
    assert (form["Content-Type"], form["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert form.content.startswith(b"%PDF-")
    assert form.content == lena.get(address("printed_form", found.token)).content


def test_form_that_cannot_be_printed_says_why(world: World) -> None:
    rafi = world.sign_in(Client(), world.rafi)
    given = {"size": "normal", "sections": ["1"], "filled": "on", "reviewer": str(world.ludo.pk)}

    response = rafi.post(address("print", world.peer_workbook.pk), given)

    assert response.status_code == 422
    assert "Only your own form can be printed with your answers in it." in text_of(response)
    assert not Printing.objects.exists()


@pytest.mark.parametrize("url", ["paper", "paper_code"])
def test_code_leads_to_its_page_however_it_is_typed(lena: Client, sheet: Sheet, url: str) -> None:
    args = [sheet.printing.workbook_id] if url == "paper" else []

    for typed in (sheet.code, sheet.code.lower().replace("-", " "), sheet.code.replace("-", "")):
        assert lena.get(address(url, *args), {"code": typed})["Location"] == address("sheet", sheet.code)


def test_wrong_code_is_told_beside_the_field_and_kept(world: World, lena: Client, sheet: Sheet) -> None:
    first, second, third = sheet.code.split("-")
    wrong = "A" if third[3] != "A" else "B"
    here = address("paper", world.workbook.pk)

    mistyped = lena.get(here, {"code": f"{first}-{second}-{third[:3]}{wrong}"})
    unknown = lena.get(here, {"code": with_checks("ZZZZZZ001")})

    assert mistyped.status_code == unknown.status_code == 422
    assert f"The third group, {third[:3]}{wrong}, is not as printed." in text_of(mistyped)
    assert f'value="{first}-{second}-{third[:3]}{wrong}"' in mistyped.content.decode()
    assert "no page with it is known here" in text_of(unknown)
    assert lena.get(address("sheet", "0000-0000-0000")).status_code == 404
    assert lena.get(address("sheet", sheet.code) + "?copy=x").status_code == 404


def test_page_of_another_workbook_is_named_only_to_who_may_know_it(world: World, lena: Client) -> None:
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="scoring")
    other = sheet_of(printed(queries.peer_reviews().get(pk=world.peer_workbook.pk), world.ludo))
    cora = world.sign_in(Client(), world.cora)

    known = cora.get(address("paper", world.workbook.pk), {"code": other.code})
    hidden = lena.get(address("paper", world.workbook.pk), {"code": other.code})

    assert "This page belongs to another workbook. Nothing was changed." in text_of(known)
    assert address("sheet", other.code) in known.content.decode()
    assert "no page with it is known here" in text_of(hidden)


def test_page_is_kept_as_a_draft_and_then_sent(world: World, stefan: Client, sheet: Sheet) -> None:
    here = address("sheet", sheet.code)
    saved = stefan.post(here, {**FIELDS, "send": ""}, headers={"HX-Request": "true"})
    assert "Draft saved" in text_of(saved)
    assert (
        'name="comment-1" rows="1" maxlength="20000" data-comment>Not at weekends.' in stefan.get(here).content.decode()
    )
    assert not queries.all_events(sheet.printing.workbook)

    sent = stefan.post(here, {**FIELDS, "hand": "Mina", "send": "1"})

    assert sent["Location"] == address("sheet", sheet_of(sheet.printing, 3).code)
    state = queries.state_of(sheet.printing.workbook)
    assert [state.answer(f"c1-{n}", SELF).score for n in (1, 2, 3)] == [2, 0, None]
    again = text_of(stefan.get(here))
    assert "You keyed this page in already." in again
    assert "Page 2 is in the workbook." in again


def test_second_person_is_led_to_a_check_that_hides_the_first_marks(
    world: World, lena: Client, stefan: Client, sheet: Sheet
) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})

    led = lena.get(address("sheet", sheet.code))
    shown = lena.get(led["Location"]).content.decode()

    assert led["Location"] == address("check_sheet", sheet.code)
    assert "Not at weekends." in shown
    assert not re.search(r'value="[012]"[^>]* checked', shown)
    done = lena.post(led["Location"], {**FIELDS, "send": "1"})
    assert done["Location"] == address("paper", world.workbook.pk)
    assert sheet_of(sheet.printing).state == "checked"
    assert "Page 2 was keyed in already" in text_of(
        world.sign_in(Client(), world.mina).get(address("sheet", sheet.code))
    )


def test_differences_stand_side_by_side_until_they_are_settled(
    world: World, lena: Client, stefan: Client, sheet: Sheet
) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})
    found = lena.post(address("check_sheet", sheet.code), {**FIELDS, "score-1": "1", "send": "1"})
    assert found["Location"] == address("settle_sheet", sheet.code)
    shown = text_of(lena.get(found["Location"]))
    assert "1.2 · Mark" in shown
    assert "Not met read by Stefan, who keyed it in" in shown
    assert "Partly met read by Lena, who checked it" in shown
    assert stefan.get(found["Location"]).status_code == 403

    assert lena.post(found["Location"], {}).status_code == 422
    assert lena.post(found["Location"], {"d-1-0": "second"}).status_code == 302

    state = queries.state_of(sheet.printing.workbook)
    assert (state.answer("c1-2", SELF).kind, state.answer("c1-2", SELF).score) == ("one", 1)
    assert lena.get(found["Location"])["Location"] == address("sheet", sheet.code)


def test_cover_has_nothing_to_key_in(stefan: Client, sheet: Sheet) -> None:
    cover = sheet_of(sheet.printing, 1)

    response = stefan.get(address("sheet", cover.code), follow=True)

    assert "This is the cover of a form." in text_of(response)


def test_two_who_send_the_same_page_lose_nothing(world: World, lena: Client, stefan: Client, sheet: Sheet) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})

    late = lena.post(address("sheet", sheet.code), {**FIELDS, "score-0": "1", "send": "1"}, follow=True)

    assert late.redirect_chain[-1][0] == address("check_sheet", sheet.code)
    assert "Stefan sent this page in the meantime." in text_of(late)
    draft = Keying.objects.get(sent_at=None)
    assert (draft.by, draft.part, draft.entries["c1-1"]["score"]) == (world.lena, "check", 1)


def test_refused_page_keeps_what_was_keyed_in(world: World, sheet: Sheet) -> None:
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="scoring")
    form = sheet_of(printed(queries.peer_reviews().get(pk=world.peer_workbook.pk), world.ludo))
    cora = world.sign_in(Client(), world.cora)

    for given, sentence in (
        ({"comment-1": "Seen."}, "Please say whose form this is."),
        ({"comment-1": "Seen.", "score-0": "9"}, "A mark is not on the scale."),
        ({"comment-1": "Seen." + "x" * 20_000}, "A text has at most 20,000 characters."),
    ):
        response = cora.post(address("sheet", form.code), {**given, "send": "1"})
        assert response.status_code == 422
        assert sentence in text_of(response)
        assert "Seen." in response.content.decode()


def test_hostile_words_stay_words(world: World, lena: Client, stefan: Client, sheet: Sheet) -> None:
    hostile = '</textarea><script>alert(1)</script>{{ 7|add:"7" }}#panic()'
    given = {**FIELDS, "comment-1": hostile, "hand": hostile, "send": "1"}
    stefan.post(address("sheet", sheet.code), given)
    lena.post(address("check_sheet", sheet.code), {**given, "comment-1": "other"})

    for client, name in ((stefan, "sheet"), (lena, "settle_sheet")):
        page = client.get(address(name, sheet.code)).content.decode()
        assert "<script>alert" not in page
        assert "alert(1)" in page
    again = queries.self_reviews().get(pk=sheet.printing.workbook_id)
    assert lena.get(address("printed_form", printed(again, world.lena, filled=True).token)).status_code == 200


def test_photocopy_is_keyed_in_by_itself(stefan: Client, sheet: Sheet) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})

    made = stefan.post(address("copy_sheet", sheet.code), {"hand": "Kitchen group"})
    twice = stefan.post(address("copy_sheet", sheet.code), {"hand": "Kitchen group"}, follow=True)

    assert made["Location"] == address("sheet", sheet.code, copy=2)
    assert "in Kitchen group’s hand" in text_of(stefan.get(made["Location"]))
    assert "There is a copy of this page in Kitchen group’s hand already." in text_of(twice)


def test_chosen_pages_change_hands_and_are_missing(lena: Client, sheet: Sheet) -> None:
    here = address("printing", sheet.printing.token)

    lena.post(here, {"act": "hand", "sheets": [sheet.pk], "holder": "Garden group"})
    lena.post(here, {"act": "lose", "sheets": [sheet.pk], "reason": "Left on the bus."})

    assert "missing Left on the bus." in text_of(lena.get(here))
    assert lena.post(here, {"act": "lose", "sheets": []}).status_code == 422
    refused = lena.post(here, {"act": "lose", "sheets": [sheet.pk], "reason": "Again."})
    assert "Only a page that was not keyed in yet can be missing." in text_of(refused)
    lena.post(here, {"act": "find", "sheets": [sheet.pk]})
    assert sheet_of(sheet.printing).state == "printed"


def test_reviewers_codes_are_hidden_from_the_team_before_the_discussion(world: World) -> None:
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="scoring")
    found = printed(queries.peer_reviews().get(pk=world.peer_workbook.pk), world.ludo, world.rafi)
    home = address("paper", world.peer_workbook.pk)
    rafi, nadia = (world.sign_in(Client(), one) for one in (world.rafi, world.nadia))

    assert found.token in rafi.get(home).content.decode()
    assert found.token not in nadia.get(home).content.decode()
    assert nadia.get(address("printing", found.token)).status_code == 403
    assert nadia.get(address("printed_form", found.token)).status_code == 403

    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="agreeing")
    assert nadia.get(address("printing", found.token)).status_code == 200


def test_form_with_a_reviewers_answers_is_opened_by_that_reviewer_alone(world: World) -> None:
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="scoring")
    peer = queries.peer_reviews().get(pk=world.peer_workbook.pk)
    found = printed(peer, world.rafi, world.rafi, filled=True)

    assert world.sign_in(Client(), world.rafi).get(address("printed_form", found.token)).status_code == 200
    assert world.sign_in(Client(), world.cora).get(address("printed_form", found.token)).status_code == 403


@pytest.mark.parametrize(("name", "number"), [("paper", 13), ("printing", 18), ("sheet", 24)])
def test_pages_cost_the_same_for_one_print_and_for_three(
    world: World,
    workbook: Workbook,
    lena: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    number: int,
) -> None:
    for prints in (1, 3):
        for _ in range(prints - Printing.objects.count()):
            sheet = sheet_of(printed(workbook, world.lena))
            key_in(sheet, world.stefan, 2, 1, 0)
            check(sheet_of(sheet.printing), world.mina, 2, 1, 1 if prints == 3 else 0)
        sheet = sheet_of(Printing.objects.latest("pk"))
        found = sheet_of(sheet.printing, 3)
        args = {"paper": workbook.pk, "printing": found.printing.token, "sheet": found.code}
        with django_assert_num_queries(number):
            assert lena.get(address(name, args[name])).status_code == 200


def test_twin_network_sees_nothing(world: World, sheet: Sheet) -> None:
    tess = world.sign_in(Client(), world.tess)
    for name, arg in (("paper", world.workbook.pk), ("printing", sheet.printing.token), ("sheet", sheet.code)):
        assert tess.get(path_of("harbour", f"workbooks:{name}", arg)).status_code == 404
    found = tess.get(path_of("harbour", "workbooks:paper_code"), {"code": sheet.code})
    assert (found.status_code, sheet.code in found.content.decode().replace(f'value="{sheet.code}"', "")) == (
        422,
        False,
    )
    assert paper.standing(sheet.printing.workbook).printed == 2


def test_lead_is_told_what_is_still_on_paper_before_sending_and_closing(
    world: World, lena: Client, stefan: Client, sheet: Sheet
) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="agreeing")
    printed(queries.peer_reviews().get(pk=world.peer_workbook.pk), world.ludo, world.rafi)
    ludo = world.sign_in(Client(), world.ludo)

    sending = text_of(lena.get(address("send", world.workbook.pk)))
    closing = text_of(ludo.get(address("close", world.peer_workbook.pk)))

    assert "1 printed page is still on paper." in sending
    assert "1 page was keyed in and not yet checked by a second person." in sending
    assert "printed pages are still on paper." in closing
    for client, name, pk in (
        (lena, "self_review", world.workbook.pk),
        (ludo, "peer_review", world.peer_workbook.pk),
    ):
        assert address("paper", pk) in client.get(address(name, pk)).content.decode()


def test_answer_from_paper_is_marked_until_its_page_is_checked(
    world: World, lena: Client, stefan: Client, sheet: Sheet
) -> None:
    stefan.post(address("sheet", sheet.code), {**FIELDS, "send": "1"})
    section = address("section", world.workbook.pk, 1)
    words = "From paper, not yet checked by a second person."

    assert text_of(stefan.get(section)).count(words) == 2
    lena.post(address("check_sheet", sheet.code), {**FIELDS, "send": "1"})
    assert words not in text_of(stefan.get(section))


def test_reviewers_mark_from_paper_is_marked_in_the_discussion(world: World) -> None:
    Review.objects.filter(pk=world.peer_workbook.review_id).update(state="agreeing")
    peer: Workbook = queries.peer_reviews().get(pk=world.peer_workbook.pk)
    key_in(sheet_of(printed(peer, world.ludo, world.rafi)), world.cora, 2, role="office")

    page = world.sign_in(Client(), world.ludo).get(address("discussion", peer.pk, 1))

    assert "Rafi (from paper, not yet checked)" in text_of(page)
