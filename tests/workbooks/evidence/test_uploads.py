"""Files that come piece by piece: cut, repeated, out of order, changed, given up."""

import hashlib
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import StoredFile
from communitas.workbooks import actions
from communitas.workbooks.models import Chunk, Evidence, Upload, Workbook
from tests.cast import NOW, World

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024
LETTERS = b"abcdefghijklmnopqrstuvwxyz\n"
CONTENT = bytes(random.Random(7).choices(LETTERS, k=2 * MIB + 700))
DIGEST = hashlib.sha256(CONTENT).hexdigest()
PARTS = [CONTENT[place : place + MIB] for place in range(0, len(CONTENT), MIB)]


def address(workbook: Workbook, number: int | None = None, digest: str = DIGEST) -> str:
    name, more = ("evidence_upload", ()) if number is None else ("evidence_piece", (number,))
    return path_of("hearth", f"workbooks:{name}", workbook.pk, digest, *more)


def begin(client: Client, workbook: Workbook, **given: Any) -> Any:
    return client.post(
        address(workbook, digest=given.pop("digest", DIGEST)), {"size": len(CONTENT), "name": "a.txt"} | given
    )


def put(client: Client, workbook: Workbook, number: int, content: bytes | None = None) -> Any:
    body = PARTS[number] if content is None else content
    return client.put(address(workbook, number), body, content_type="application/octet-stream")


def test_pieces_in_any_order_and_repeated_make_the_file(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan)

    told = [begin(client, workbook), *(put(client, workbook, number) for number in (2, 0, 2, 0, 1))]

    assert [(one.status_code, one.json()["state"], one.json()["have"]) for one in told] == [
        (200, "coming", []),
        (200, "coming", [2]),
        (200, "coming", [0, 2]),
        (200, "coming", [0, 2]),
        (200, "coming", [0, 2]),
        (200, "kept", []),
    ]
    evidence = Evidence.objects.get()
    assert (evidence.sha256, evidence.size, evidence.kind, evidence.file.name) == (
        DIGEST,
        len(CONTENT),
        "text",
        "a.txt",
    )
    assert (Upload.objects.count(), Chunk.objects.count()) == (0, 0)


def test_file_is_taken_up_where_it_was_cut(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)
    put(client, workbook, 0)

    later = world.sign_in(Client(), world.stefan)
    have = later.get(address(workbook)).json()
    again = begin(later, workbook).json()
    for number in (1, 2):
        put(later, workbook, number)

    assert have == {"state": "coming", "sha256": DIGEST, "have": [0], "piece": MIB}
    assert again["have"] == [0]
    assert later.get(address(workbook)).json()["state"] == "kept"
    assert put(later, workbook, 1).json()["state"] == "kept"


def test_nobody_sees_anothers_file_on_its_way(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)

    assert world.sign_in(client, world.mina).get(address(workbook)).json()["state"] == "new"


def test_another_piece_in_the_place_of_one_is_refused(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)
    put(client, workbook, 0)

    other = put(client, workbook, 0, b"x" * MIB)

    assert other.status_code == 409
    assert "written once" in other.json()["sentence"]
    assert client.get(address(workbook)).json()["have"] == [0]


@pytest.mark.parametrize(
    ("number", "content", "status"),
    [(0, b"short", 409), (3, b"x", 409), (2, b"x" * 701, 409), (0, b"x" * (MIB + 1), 413)],
)
def test_pieces_of_a_wrong_size_are_refused(
    number: int, content: bytes, status: int, world: World, workbook: Workbook, client: Client
) -> None:
    begin(world.sign_in(client, world.stefan), workbook)

    assert put(client, workbook, number, content).status_code == status
    assert Chunk.objects.count() == 0


def test_file_that_changed_on_its_way_begins_anew(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)
    told = [put(client, workbook, number, part) for number, part in enumerate([b"y" * MIB, *PARTS[1:]])]

    assert told[-1].status_code == 422
    assert "changed on its way" in told[-1].json()["sentence"]
    assert (Upload.objects.count(), Evidence.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_lost_piece_is_asked_for_again(world: World, workbook: Workbook, client: Client, tmp_path: Path) -> None:
    begin(world.sign_in(client, world.stefan), workbook)
    put(client, workbook, 0)
    put(client, workbook, 1)
    [lost] = (tmp_path / "hearth" / "incoming").rglob("1-*")
    lost.unlink()

    told = put(client, workbook, 2).json()
    put(client, workbook, 1)

    assert (told["state"], told["have"]) == ("coming", [0, 2])
    assert Evidence.objects.count() == 1


def test_refused_file_says_why_and_leaves_nothing(
    world: World, workbook: Workbook, client: Client, tmp_path: Path
) -> None:
    content = b"<html><script>alert(1)</script>"
    digest = hashlib.sha256(content).hexdigest()
    world.sign_in(client, world.stefan).post(address(workbook, digest=digest), {"size": len(content), "name": "a.pdf"})

    told = client.put(address(workbook, 0, digest), content, content_type="application/octet-stream")

    assert told.status_code == 422
    assert "web page" in told.json()["sentence"]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"size": 26 * MIB}, 422),
        ({"size": "x"}, 400),
        ({"size": 0}, 400),
        ({"digest": "a-b"}, 422),
        ({"digest": "F" * 64}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    given: dict[str, Any], status: int, world: World, workbook: Workbook, client: Client
) -> None:
    assert begin(world.sign_in(client, world.stefan), workbook, **given).status_code == status
    assert Upload.objects.count() == 0


def test_piece_of_a_file_that_nobody_announced_is_refused(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.stefan)

    assert put(client, workbook, 0).status_code == 409


def test_same_hash_with_another_size_is_refused(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)

    assert begin(client, workbook, size=5).status_code == 422


def test_file_on_its_way_can_be_given_up(world: World, workbook: Workbook, client: Client) -> None:
    begin(world.sign_in(client, world.stefan), workbook)
    put(client, workbook, 0)

    answer = client.post(address(workbook), {"give_up": "1"})

    assert answer.status_code == 302
    assert Upload.objects.count() == 0


def test_uploads_of_last_week_make_room_for_new_ones(world: World, workbook: Workbook) -> None:
    def one(letter: str, days: int) -> Upload:
        return actions.begin_upload(
            workbook=workbook, sha256=letter * 64, size=5, name="a", by=world.stefan, at=NOW + timedelta(days=days)
        )

    old = [one(letter, 0) for letter in "0123456789"]
    with pytest.raises(NotAllowed, match="ten files"):
        one("a", 1)
    one("b", 8)

    assert len(old) == 10
    assert list(Upload.objects.values_list("sha256", flat=True)) == ["b" * 64]


def test_room_of_the_community_is_counted_with_what_is_on_its_way(world: World, workbook: Workbook) -> None:
    network = workbook.review.enrolment.cycle.network
    network.evidence_megabytes = 30
    network.save()
    actions.begin_upload(workbook=workbook, sha256="1" * 64, size=20 * MIB, name="a", by=world.mina, at=NOW)

    with pytest.raises(NotAllowed, match=r"20.0 MB of the 30 MB"):
        actions.begin_upload(workbook=workbook, sha256="2" * 64, size=11 * MIB, name="b", by=world.stefan, at=NOW)


def test_virus_scanner_is_asked_when_one_is_set(
    world: World, workbook: Workbook, settings: Any, tmp_path: Path
) -> None:
    scanner = tmp_path / "scan"
    scanner.write_text('#!/bin/sh\ngrep -q EICAR "$1" && exit 1; exit 0\n')
    scanner.chmod(0o755)
    settings.FILE_SCAN_COMMAND = [str(scanner)]

    def keep(words: bytes) -> Evidence:
        return actions.keep_file(workbook=workbook, pieces=[words], name="a.txt", by=world.mina, at=NOW)

    assert keep(b"clean").kind == "text"
    with pytest.raises(NotAllowed, match="virus scanner found"):
        keep(b"EICAR")
    settings.FILE_SCAN_COMMAND = [str(tmp_path / "none")]
    with pytest.raises(NotAllowed, match="did not answer"):
        keep(b"other")
