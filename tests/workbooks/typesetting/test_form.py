"""The printed workbook: tagged, repeatable, readable, and made fast."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from time import perf_counter

from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject

from communitas.kit.codes import with_checks
from communitas.workbooks.rules.paper_form import Box, Earlier, Form, FormCriterion, FormSection, SheetPlan
from communitas.workbooks.typesetting.form import Codes, form_pdf, plan_sheets

AT = datetime(2027, 1, 20, 14, 2, tzinfo=UTC)
HOSTILE = '#panic("boom") $x^2$ #sys.inputs <place> = Heading *bold* \\u{202e} </svg> #let d = 1'


def boxes(ticked: int | None = None) -> tuple[Box, ...]:
    words = (("met", "Met"), ("partly", "Partly met"), ("unmet", "Not met"), ("na", "Not applicable"))
    return tuple(Box(mark, word, number == ticked) for number, (mark, word) in enumerate(words))  # type: ignore[arg-type]


def criterion(section: int, number: int, **given: str) -> FormCriterion:
    code = f"{section}.{number}"
    said = f"Everybody in the house knows what was decided in matter {code}."
    return FormCriterion(f"c{section}-{number}", code, said, 1, "essential", boxes(), **given)  # type: ignore[arg-type]


def form(sections: int = 2, criteria: int = 5, kind: str = "self", *, large: bool = False) -> Form:
    made = tuple(
        FormSection(one, f"Section {one}", "", tuple(criterion(one, number) for number in range(1, criteria + 1)))
        for one in range(1, sections + 1)
    )
    return Form(kind, "Hearth", "Lark House", "2027", "Standards, edition 3", "Printed by Cora", made, large=large)  # type: ignore[arg-type]


def codes(sheets: tuple[SheetPlan, ...]) -> Codes:
    made = [with_checks(f"7KQM2T{sheet.number:03d}") for sheet in sheets]
    return [(code, f"https://hearth.example.org/hearth/paper/{code}/") for code in made]


def printed(one: Form) -> PdfReader:
    sheets = plan_sheets(one)
    return PdfReader(BytesIO(form_pdf(one, sheets, codes(sheets), at=AT)))


def words(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def letter_sizes(reader: PdfReader) -> set[float]:
    found: set[float] = set()

    def hear(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(tm[3]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=hear)
    return found


def test_form_is_tagged_and_each_page_has_its_code_and_its_criteria() -> None:
    one = form()
    sheets = plan_sheets(one)
    reader = printed(one)
    pages = words(reader)
    marks = reader.root_object["/MarkInfo"]

    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in reader.root_object
    assert len(pages) == len(sheets)
    statements = {each.key: each.statement for section in one.sections for each in section.criteria}
    for page, sheet, (code, _address) in zip(pages, sheets, codes(sheets), strict=True):
        assert code in page
        assert [key for key in statements if statements[key] in page] == list(sheet.criteria)
    assert [key for sheet in sheets for key in sheet.criteria] == list(statements)
    for word in ("Met", "Partly met", "Not met", "Not applicable"):
        assert word in pages[1]


def test_same_form_gives_the_same_bytes() -> None:
    one = form(kind="peer")
    sheets = plan_sheets(one)

    assert form_pdf(one, sheets, codes(sheets), at=AT) == form_pdf(one, sheets, codes(sheets), at=AT)


def test_large_print_has_no_small_letters() -> None:
    normal, large = letter_sizes(printed(form())), letter_sizes(printed(form(large=True, kind="peer")))

    assert min(large) >= 16
    assert 18 in large
    assert 11 in normal


def test_reviewers_form_asks_for_name_and_findings_at_the_end_of_each_section() -> None:
    one = form(kind="peer")
    sheets = plan_sheets(one)
    pages = words(printed(one))

    assert "My name" in pages[0]
    assert [sheet.findings for sheet in sheets if sheet.findings] == [(1,), (2,)]
    for page, sheet in zip(pages, sheets, strict=True):
        assert ("What could be better" in page) == bool(sheet.findings)


def test_what_was_chosen_is_printed_beside_the_criterion() -> None:
    extra = {"plain": "We all know.", "guidance": "Ask three residents.", "comment": "Since spring.", "note": "Differ."}
    rich = replace(criterion(1, 1, **extra), earlier=(Earlier("2025, agreed", "partly", "Partly met"),), boxes=boxes(0))
    one = replace(form(), sections=(FormSection(1, "Section 1", "How we live.", (rich,)),))
    page = words(printed(one))[1]

    for text in (*extra.values(), "2025, agreed:", "How we live.", "✗"):
        assert text in page


def test_hostile_words_stay_words() -> None:
    rich = replace(criterion(1, 1, comment=HOSTILE, reason=HOSTILE), statement=HOSTILE)
    one = replace(form(), community=HOSTILE, sections=(FormSection(1, HOSTILE, HOSTILE, (rich,)),))

    page = words(printed(one))[1]

    assert page.count('#panic("boom") $x^2$ #sys.inputs <place> = Heading *bold*') >= 4
    assert [sheet.criteria for sheet in plan_sheets(one)] == [(), ("c1-1",)]


def test_what_runs_over_the_end_of_a_page_keeps_its_code() -> None:
    long = replace(criterion(1, 1), comment="We talked about this for a long time. " * 300)
    one = replace(form(), sections=(FormSection(1, "Section 1", "", (long, criterion(1, 2))),))
    sheets = plan_sheets(one)
    pages = words(printed(one))
    first = codes(sheets)[1][0]

    assert [sheet.criteria for sheet in sheets][:2] == [(), ("c1-1",)]
    assert sum(first in page for page in pages) >= 2


def test_workbook_of_150_criteria_is_printed_within_a_second() -> None:
    one, took = form(10, 15), []

    for _ in range(3):  # the machine may be busy with something else
        started = perf_counter()
        sheets = plan_sheets(one)
        form_pdf(one, sheets, codes(sheets), at=AT)
        took.append(perf_counter() - started)

    assert min(took) < 1
