"""Which bytes of a file are asked for."""

import pytest

from communitas.kit.ranges import NotThere, wanted


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-3", range(4)),
        ("bytes=4-", range(4, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=8-99", range(8, 10)),
        ("Bytes = 2 - 2", range(2, 3)),
    ],
)
def test_one_range_is_cut_to_the_file(header: str, expected: range) -> None:
    assert wanted(header, "", size=10, etag='"a"') == expected


@pytest.mark.parametrize("header", ["", "bytes=", "bytes=-", "bytes=0-1,4-5", "bytes=5-2", "lines=0-3", "bytes=a-b"])
def test_what_is_no_single_range_asks_for_the_whole_file(header: str) -> None:
    assert wanted(header, "", size=10, etag='"a"') is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_beyond_the_end_there_is_nothing(header: str) -> None:
    with pytest.raises(NotThere):
        wanted(header, "", size=10, etag='"a"')


def test_an_empty_file_has_no_range() -> None:
    with pytest.raises(NotThere):
        wanted("bytes=0-", "", size=0, etag='"a"')


@pytest.mark.parametrize(
    ("if_range", "expected"),
    [('"a"', range(4)), ('"b"', None), ('W/"a"', None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)],
)
def test_a_range_of_another_file_gives_the_whole_of_this_one(if_range: str, expected: range | None) -> None:
    assert wanted("bytes=0-3", if_range, size=10, etag='"a"') == expected
