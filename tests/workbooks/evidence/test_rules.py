"""Names, pieces and room of files."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.workbooks.rules import evidence as rules
from communitas.workbooks.rules.evidence import MIB


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mina\\plan.docx", "plan.docx"),
        ("rota\u202efdp.exe", "rotafdp.exe"),
        ('a<b>"c|d?.pdf', "a b c d .pdf"),
        ("  many   spaces .txt", "many spaces .txt"),
        ("line\r\nSet-Cookie: x", "line Set-Cookie x"),
        ("\0", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_lose_what_no_screen_shows_and_no_disk_takes(name: str, expected: str) -> None:
    assert rules.clean_name(name.replace("\r\n", " ")) == expected


@pytest.mark.parametrize(
    ("name", "ending", "expected"),
    [
        ("photo.JPEG", ".jpg", "photo.JPEG"),
        ("photo.html", ".jpg", "photo.html.jpg"),
        ("list.csv", ".txt", "list.csv"),
        ("Minutes of May", ".pdf", "Minutes of May.pdf"),
    ],
)
def test_ending_says_what_the_file_is(name: str, ending: str, expected: str) -> None:
    assert rules.name_as(name, ending) == expected


def test_pieces_of_a_file() -> None:
    size = 2 * MIB + 5

    assert rules.pieces(size) == 3
    assert [rules.piece_length(size, number) for number in range(3)] == [MIB, MIB, 5]
    assert rules.missing_pieces(size, {1}) == [0, 2]
    assert [rules.piece_fits(size, *asked) for asked in ((0, MIB), (2, 5), (2, 6), (3, 5), (-1, MIB))] == [
        True, True, False, False, False
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"size": 0}, "at least one byte"),
        ({"size": 25 * MIB + 1}, "at most 25 MB"),
        ({"others": 10}, "ten files"),
        ({"used": 999 * MIB + MIB // 2}, "999.5 MB of the 1,000 MB"),
    ],
)
def test_refusals_say_what_is_in_the_way(given: dict[str, int], part: str) -> None:
    asked = {"size": MIB, "used": 0, "room_megabytes": 1000, "others": 0} | given

    with pytest.raises(NotAllowed) as refused:
        rules.refuse_upload(**asked)

    assert part in refused.value.why


def test_file_that_fits_exactly_is_taken() -> None:
    rules.refuse_upload(size=25 * MIB, used=975 * MIB, room_megabytes=1000, others=9)


@pytest.mark.parametrize(("size", "words"), [(5, "5 bytes"), (3 * 1024, "3 KB"), (int(1.25 * MIB), "1.2 MB")])
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert rules.size_words(size) == words
