"""Evidence on pages: added, listed, opened with safe headers, withdrawn; each sees what is theirs to see."""

import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communitas.kit import files
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Evidence, Review, Workbook
from communitas.workbooks.rules import registers
from tests.cast import NOW, World
from tests.workbooks.evidence import makers
from tests.workbooks.evidence.conftest import Tie

pytestmark = pytest.mark.django_db


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"workbooks:{name}", *args)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def _pieces(response: Any) -> Iterator[bytes]:
    yield from response.streaming_content


def state(workbook: Workbook, state: str) -> None:
    Review.objects.filter(pk=workbook.review_id).update(state=state)


def add(client: Client, workbook: Workbook, **given: Any) -> Any:
    return client.post(at("evidence_add", workbook.pk, "c1-1"), given)


def test_form_without_script_keeps_the_file_and_leads_back(world: World, workbook: Workbook, client: Client) -> None:
    sent = SimpleUploadedFile("..\\minutes.pdf", makers.PDF)

    answer = add(world.sign_in(client, world.mina), workbook, file=sent)
    page = client.get(at("section", workbook.pk, 1)).content.decode()

    assert answer["Location"] == at("section", workbook.pk, 1) + "#c0"
    assert "minutes.pdf</a>" in page
    assert "PDF, " in page
    assert Evidence.objects.get().file.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({}, "Choose a file, or paste a link."),
        ({"link": "https://example.org", "sha256": "a" * 64}, "one after the other"),
        ({"link": "javascript:alert(1)"}, "valid URL"),
        ({"link": "ftp://example.org/x"}, "Only web addresses"),
        ({"sha256": "zz"}, "names neither a file nor a web address"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")}, "web page"),
    ],
)
def test_what_cannot_be_added_says_why(
    given: dict[str, Any], part: str, world: World, workbook: Workbook, client: Client
) -> None:
    answer = add(world.sign_in(client, world.mina), workbook, **given)

    assert answer.status_code == 422
    assert part in answer.content.decode()
    assert Event.objects.count() == 0


def test_link_stands_beside_the_criterion_and_not_twice(world: World, workbook: Workbook, client: Client) -> None:
    link = {"link": "https://example.org/rota?a=1&b=2", "name": "Our <b>rota</b>"}
    add(world.sign_in(client, world.mina), workbook, **link)

    again = add(client, workbook, **link)
    page = client.get(at("section", workbook.pk, 1)).content.decode()

    assert "beside the criterion already" in again.content.decode()
    assert 'href="https://example.org/rota?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in page
    assert "<b>rota" not in page


def test_file_is_given_out_as_an_attachment_that_nothing_runs(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan, b"We cook.", name='Minutes "May".html')

    answer = world.sign_in(client, world.mina).get(at("evidence_file", event.event_id))

    assert body(answer) == b"We cook."
    assert answer["Content-Disposition"] == 'attachment; filename="Minutes May .html.txt"'
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Length"] == "8"


def test_a_download_that_broke_off_goes_on_where_it_was(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    address = at("evidence_file", tie(workbook, world.stefan, b"We cook.").event_id)
    world.sign_in(client, world.mina)
    whole = client.get(address)
    etag = whole["ETag"]

    rest = client.get(address, headers={"Range": "bytes=3-", "If-Range": etag})
    other = client.get(address, headers={"Range": "bytes=3-", "If-Range": '"another"'})
    beyond = client.get(address, headers={"Range": "bytes=8-"})

    assert (whole["Accept-Ranges"], etag) == ("bytes", f'"{hashlib.sha256(b"We cook.").hexdigest()}"')
    assert (rest.status_code, body(rest), rest["Content-Range"], rest["Content-Length"]) == (
        206, b"cook.", "bytes 3-7/8", "5",
    )  # fmt: skip
    assert (other.status_code, body(other)) == (200, b"We cook.")
    assert (beyond.status_code, beyond["Content-Range"], beyond.content) == (416, "bytes */8", b"")
    for answer in (rest, beyond):
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"].startswith("attachment;")
    assert Client().get(address, headers={"Range": "bytes=3-"}).status_code == 302


def test_photo_is_given_out_without_what_the_camera_added(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan, makers.photo_with_place(), name="garden.jpg")

    answer = world.sign_in(client, world.mina).get(at("evidence_file", event.event_id))

    assert b"Secret Camera" not in body(answer)
    assert answer["Content-Type"] == "image/jpeg"


def test_team_sees_the_communitys_evidence_once_it_was_sent(
    world: World, workbook: Workbook, peer: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan)
    state(peer, "scoring")
    world.sign_in(client, world.rafi)

    before, listed = client.get(at("evidence_file", event.event_id)), client.get(at("evidence", workbook.pk))
    state(workbook, "sent")
    after = client.get(at("evidence_file", event.event_id))
    beside = client.get(at("peer_section", peer.pk, 1)).content.decode()

    assert before.status_code == 404
    assert (body(after), "Minutes" in beside, "from the self-review" in beside) == (b"We cook.", True, True)
    assert "Minutes" not in listed.content.decode()


def test_reviewers_file_is_hidden_until_the_discussion_opens(
    world: World, peer: Workbook, client: Client, tie: Tie
) -> None:
    state(peer, "scoring")
    own = registers.reviewer_comment(str(world.rafi.pk))
    event = tie(peer, world.rafi, register=own, role="reviewer")
    address = at("evidence_file", event.event_id)
    world.sign_in(client, world.nadia)

    hidden = client.get(address).status_code
    listed = "Minutes" in client.get(at("evidence", peer.pk)).content.decode()
    state(peer, "agreeing")

    assert (hidden, listed) == (404, False)
    assert client.get(address).status_code == 200
    assert world.sign_in(client, world.lena).get(address).status_code == 404


def test_team_reads_evidence_for_thirty_days_after_the_visit(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan)
    state(workbook, "sent")
    team = Access.objects.filter(relation="team", account=world.rafi)
    world.sign_in(client, world.rafi)

    answers = []
    for days in (29, 31):
        team.update(until_at=timezone.now() - timedelta(days=days))
        answers.append(client.get(at("evidence_file", event.event_id)).status_code)

    assert answers == [200, 404]


def test_withdrawn_file_stays_in_the_history_and_opens_no_more(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan)
    withdraw = at("evidence_withdraw", event.event_id)
    others = world.sign_in(client, world.mina).get(withdraw).status_code
    asked = world.sign_in(client, world.stefan).get(withdraw)

    answer = client.post(withdraw, {"reason": "It named a resident."})
    history = client.get(at("history", workbook.pk, "c1-1")).content.decode()

    assert (others, asked.status_code) == (403, 200)
    assert answer["Location"] == at("evidence", workbook.pk)
    assert client.get(at("evidence_file", event.event_id)).status_code == 404
    assert client.get(withdraw).status_code == 404
    assert "Minutes" in history
    assert "Minutes" not in client.get(at("section", workbook.pk, 1)).content.decode()
    assert Evidence.objects.count() == 1


def test_office_withdraws_from_a_review_that_was_sent(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    event = tie(workbook, world.stefan)
    state(workbook, "sent")

    refused = world.sign_in(client, world.stefan).post(at("evidence_withdraw", event.event_id), {}).status_code
    answer = world.sign_in(client, world.cora).post(at("evidence_withdraw", event.event_id), {"reason": "A name."})

    assert (refused, answer.status_code) == (403, 302)
    assert queries.state_of(workbook).attachments("c1-1", registers.comment("self")) == ()


def test_office_takes_back_nothing_but_files(world: World, workbook: Workbook, put: Any) -> None:
    put(workbook, world.stefan, "c1-1", 2, comment="Two rotas.")
    comment = Event.objects.get(kind="comment")

    with pytest.raises(NotAllowed, match="not a file or a link"):
        actions.withdraw(workbook=workbook, attached=comment, role="office", by=world.cora, at=NOW)


def test_file_may_come_after_its_event(world: World, workbook: Workbook, client: Client) -> None:
    digest = hashlib.sha256(b"We cook.").hexdigest()
    add(world.sign_in(client, world.stefan), workbook, sha256=digest, called="late.txt")
    [event] = Event.objects.all()

    waiting = client.get(at("section", workbook.pk, 1)).content.decode()
    refused = client.get(at("evidence_file", event.event_id)).status_code
    actions.keep_file(workbook=workbook, pieces=[b"We cook."], name="late.txt", by=world.mina, at=NOW)

    assert ("file waiting" in waiting, refused) == (True, 404)
    assert body(client.get(at("evidence_file", event.event_id))) == b"We cook."


def test_hash_of_anothers_file_opens_nothing(world: World, workbook: Workbook, client: Client, tie: Tie) -> None:
    twin = queries.self_reviews().get(pk=world.twin.workbook.pk)
    kept = actions.keep_file(workbook=twin, pieces=[b"Secret plan"], name="a.txt", by=world.theo, at=NOW)

    add(world.sign_in(client, world.stefan), workbook, sha256=kept.sha256, called="x.txt")

    [event] = Event.objects.filter(workbook=workbook)
    assert client.get(at("evidence_file", event.event_id)).status_code == 404


def test_list_is_searched_counted_and_downloaded(world: World, workbook: Workbook, client: Client, tie: Tie) -> None:
    tie(workbook, world.stefan, name="Minutes of May")
    tie(workbook, world.mina, b"Other", name="=cmd(1)", key="c1-2")
    tie(workbook, world.mina, link="https://example.org/a", name="Our house", key="c2-1")

    page = world.sign_in(client, world.lena).get(at("evidence", workbook.pk) + "?q=may+stefan")
    table = client.get(at("evidence", workbook.pk) + "?format=csv").content.decode()

    assert [one.name for one in page.context["shown"]] == ["Minutes of May"]
    assert page.context["counts"] == {"files": 2, "links": 1, "waiting": 0, "criteria": 3, "all": 6}
    assert "'=cmd" in table


def test_all_files_in_one_archive_under_safe_names_of_their_own(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    tie(workbook, world.stefan, b"One", name="../../plan")
    tie(workbook, world.mina, b"Two", name="plan")
    tie(workbook, world.mina, link="https://example.org/a")

    answer = world.sign_in(client, world.lena).get(at("evidence_zip", workbook.pk))

    with zipfile.ZipFile(io.BytesIO(body(answer))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "1.1 plan.txt": b"One",
            "1.1 plan 2.txt": b"Two",
        }
    assert answer["Content-Disposition"].startswith("attachment")


def test_large_file_never_stands_in_memory(world: World, workbook: Workbook, client: Client, tie: Tie) -> None:
    event = tie(workbook, world.stefan, b"0123456789abcde\n" * (20 * 65536), name="large.txt")
    world.sign_in(client, world.mina)

    tracemalloc.start()
    size = sum(
        len(piece)
        for address in (at("evidence_file", event.event_id), at("evidence_zip", workbook.pk))
        for piece in _pieces(client.get(address))
    )
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 40 * 1024 * 1024
    assert most < 8 * 1024 * 1024


def test_number_of_queries_does_not_grow_with_the_files(
    world: World, workbook: Workbook, client: Client, tie: Tie
) -> None:
    world.sign_in(client, world.mina)
    counted = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            tie(workbook, world.stefan, name.encode(), name=name, key="c1-1" if name != "c" else "c1-2")
        for address in (at("evidence", workbook.pk), at("section", workbook.pk, 1)):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counted.append(len(seen))

    assert counted[:2] == counted[2:]


def test_file_that_changed_on_the_disk_is_not_given_out(
    world: World, workbook: Workbook, tie: Tie, tmp_path: Any
) -> None:
    event = tie(workbook, world.stefan)
    stored = Evidence.objects.get().file
    (tmp_path / "hearth" / stored.sha256[:2] / stored.sha256).write_bytes(b"Changed!")

    with pytest.raises(ValueError, match="no longer matches"):
        files.pieces(stored)
    assert event.kind == "attach"


def test_half_a_file_left_by_a_machine_that_stopped_is_written_anew(
    world: World, workbook: Workbook, tie: Tie, tmp_path: Any
) -> None:
    digest = hashlib.sha256(b"We cook.").hexdigest()
    place = tmp_path / "hearth" / digest[:2] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(b"We")

    tie(workbook, world.stefan)

    assert place.read_bytes() == b"We cook."


def test_evidence_is_never_changed_in_the_database(world: World, workbook: Workbook, tie: Tie) -> None:
    tie(workbook, world.stefan)

    with pytest.raises(IntegrityError, match="insert_only"), transaction.atomic():
        Evidence.objects.update(size=1)
