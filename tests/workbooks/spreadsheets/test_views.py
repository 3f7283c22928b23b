"""The pages of the spreadsheet: download, upload, differences, taking over, undo."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.workbooks.models import Review, Spreadsheet, Workbook
from tests.cast import World
from tests.workbooks.spreadsheets.conftest import Standing, downloaded, filled

pytestmark = pytest.mark.django_db


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


def send(client: Client, workbook: Workbook, content: bytes, name: str = "ours.xlsx") -> Any:
    return client.post(at("spreadsheets", workbook.pk), {"file": SimpleUploadedFile(name, content)})


def test_downloaded_uploaded_looked_through_and_taken_over(
    world: World, workbook: Workbook, client: Client, stands: Standing
) -> None:
    world.sign_in(client, world.stefan)
    got = client.get(at("spreadsheet_download", workbook.pk))

    sent = send(client, workbook, filled(got.content, {"1.1": {"score": "Met", "comment": "<b>Two</b> rotas."}}))
    page = client.get(sent["Location"])
    ticks = [row.value for row in page.context["rows"]]
    done = client.post(sent["Location"], {"row": ticks}, follow=True)

    assert got["Content-Disposition"] == 'attachment; filename="Hearth Lark House 2027 self-review.xlsx"'
    assert "It would change 2 answers. Nothing counts yet." in page.content.decode()
    assert "&lt;b&gt;Two&lt;/b&gt; rotas." in page.content.decode()
    assert "2 answers were taken over." in done.content.decode()
    assert stands(workbook) == ("one", 2, ["<b>Two</b> rotas."])


def test_undo_and_the_history_of_uploads(world: World, workbook: Workbook, client: Client, stands: Standing) -> None:
    world.sign_in(client, world.lena)
    content = filled(downloaded(workbook), {"1.1": {"score": "Met"}})
    address = send(client, workbook, content)["Location"]
    client.post(address, {"row": [row.value for row in client.get(address).context["rows"]]})

    listed = client.get(at("spreadsheets", workbook.pk)).content.decode()
    undone = client.post(address + "undo/", follow=True).content.decode()
    kept: Any = client.get(address + "file/")

    assert ("ours.xlsx" in listed, "1 answer taken over" in listed) == (True, True)
    assert "1 answer is as it was before." in undone
    assert stands(workbook)[0] == "none"
    assert b"".join(kept.streaming_content) == content
    assert kept["Content-Disposition"] == 'attachment; filename="ours.xlsx"'


def test_left_alone_it_changes_nothing_and_is_found_again(
    world: World, workbook: Workbook, client: Client, stands: Standing
) -> None:
    world.sign_in(client, world.stefan)
    address = send(client, workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}}))["Location"]

    client.post(address, {"leave": "1"})

    assert Spreadsheet.objects.get().state == "left"
    assert "left as it is" in client.get(address).content.decode()
    assert stands(workbook)[0] == "none"


@pytest.mark.parametrize(
    ("content", "name", "part"),
    [
        (b"Code,Score\n1.1,Met\n", "x.csv", ""),
        (b"hello", "x.csv", "missing"),
        (b"hello", "x.xlsx", "not a workbook"),
        (b"", "x.xlsx", "empty"),
    ],
)
def test_upload_says_what_is_wrong(
    content: bytes, name: str, part: str, world: World, workbook: Workbook, client: Client
) -> None:
    answer = send(world.sign_in(client, world.stefan), workbook, content, name)

    assert answer.status_code == (422 if part else 302)
    assert not part or part in answer.content.decode()


def test_client_member_reads_along_and_uploads_nothing(world: World, workbook: Workbook, client: Client) -> None:
    address = send(
        world.sign_in(client, world.stefan), workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}})
    )["Location"]
    world.sign_in(client, world.mina)

    page = client.get(address).content.decode()
    answers = [client.post(address, {}), send(client, workbook, b"x"), client.get(at("spreadsheets", workbook.pk))]

    assert "Take over" not in page
    assert [answer.status_code for answer in answers] == [403, 403, 200]


def test_sent_self_review_shows_what_was_uploaded_and_takes_nothing(
    world: World, workbook: Workbook, client: Client
) -> None:
    address = send(
        world.sign_in(client, world.stefan), workbook, filled(downloaded(workbook), {"1.1": {"score": "Met"}})
    )["Location"]
    Review.objects.filter(pk=workbook.review_id).update(state="sent")

    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 403


def test_number_of_queries_is_the_same_for_one_and_for_three_changes(
    world: World, workbook: Workbook, client: Client
) -> None:
    world.sign_in(client, world.stefan)
    counts = []
    for codes in (["1.1"], ["1.1", "1.2", "2.1"]):
        content = filled(downloaded(workbook), {code: {"score": "Met"} for code in codes})
        address = send(client, workbook, content)["Location"]
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))

    assert counts[0] == counts[1]
