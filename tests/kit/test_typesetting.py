from datetime import UTC, datetime

import pytest

from communitas.kit.typesetting import FAMILIES, TypesettingError, compile_pdf, fonts, showable

NOON = datetime(2027, 4, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["plain", "naïve café – “quoted”", "Ελλάδα Москва", "שלום", "مرحبا", "●◐○", ""])
def test_what_the_families_can_draw_is_left_alone(text: str) -> None:
    assert showable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("well 🙂", "well [slightly smiling face]"),
        ("👩‍👩‍👧", "[woman, woman, girl]"),
        ("漢字 and 漢", "[text in Chinese letters] and [text in Chinese letters]"),
        ("คน", "[text in Thai letters]"),
        ("a\x00b\x07c\x1b", "abc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("half \ud83d of one", "half  of one"),
        ("\U000f0000", "[a sign]"),
    ],
)
def test_what_no_family_can_draw_is_named(text: str, shown: str) -> None:
    assert showable(text) == shown


def test_fonts_come_with_the_product_and_not_from_the_machine() -> None:
    assert set(FAMILIES) <= set(fonts().families())
    assert len(fonts().families()) == 5


def test_template_that_fails_names_itself() -> None:
    with pytest.raises(TypesettingError, match=r"kit/typst/absent\.typ"):
        compile_pdf("kit/typst/absent.typ", {}, timestamp=NOON)


def test_template_outside_the_package_is_refused() -> None:
    with pytest.raises(TypesettingError, match="passwd"):
        compile_pdf("/etc/passwd", {}, timestamp=NOON)
