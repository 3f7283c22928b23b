"""The printed workbook as PDF/UA-1: forms to fill in by hand, a page code on every sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

import segno

from communitas.kit.typesetting import compile_pdf, find_places
from communitas.workbooks.rules.paper_form import Form, SheetPlan, one_sheet_a_section, plan, section_starts
from communitas.workbooks.typesetting.words import words_of

TEMPLATE: Final = "workbooks/typesetting/form.typ"
NO_CODE: Final = "0000-0000-0000"
Codes = Sequence[tuple[str, str]]  # of each sheet: the page code, and the address that its QR code opens


def plan_sheets(form: Form, *, lang: str = "en", region: str = "gb") -> tuple[SheetPlan, ...]:
    """Which criteria come to stand on which sheet."""
    sheets = one_sheet_a_section(form)
    data = _data(form, sheets, [(NO_CODE, NO_CODE)] * len(sheets), lang, region)
    places = find_places(TEMPLATE, data, label="place")
    return plan((place["page"], place["key"], place["section"]) for place in places)


def form_pdf(
    form: Form, sheets: Sequence[SheetPlan], codes: Codes, *, at: datetime, lang: str = "en", region: str = "gb"
) -> bytes:
    """The form on the sheets that `plan_sheets` gave: the same form, codes and moment give the same bytes."""
    return compile_pdf(TEMPLATE, _data(form, sheets, codes, lang, region), timestamp=at)


def qr_svg(address: str) -> str:
    """The QR code of a sheet, in black, strong enough for a photocopier. The mask is fixed: choosing one takes long."""
    out = BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False, mask=4).save(
        out, kind="svg", border=0, dark="#000", xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def _data(form: Form, sheets: Sequence[SheetPlan], codes: Codes, lang: str, region: str) -> dict[str, Any]:
    qr = cache(qr_svg)
    criteria = {criterion.key: criterion for section in form.sections for criterion in section.criteria}
    titles = {section.number: section.title for section in form.sections}
    starts = section_starts(form)
    home = {criterion.key: section.title for section in form.sections for criterion in section.criteria}

    def parts(sheet: SheetPlan) -> list[Mapping[str, Any]]:
        made: list[Mapping[str, Any]] = []
        for key in sheet.criteria:
            if start := starts.get(key):
                made.append({"is": "section", "title": start.title, "introduction": start.introduction})
            made.append({"is": "criterion", "long": criteria[key].is_long, **asdict(criteria[key])})
        made += [{"is": "found", "section": number, "title": titles[number]} for number in sheet.findings]
        return made

    return {
        "kind": form.kind,
        "network": form.network,
        "community": form.community,
        "cycle": form.cycle,
        "edition": form.edition,
        "printed": form.printed,
        "reviewer": form.reviewer,
        "large": form.large,
        "title": f"{words_of(form.kind)['title']}: {form.community}, {form.cycle}",
        "words": words_of(form.kind),
        "boxes": [asdict(box) for box in next(iter(criteria.values())).boxes] if criteria else [],
        "sheets": [
            {
                "number": sheet.number,
                "section": home[sheet.criteria[0]] if sheet.criteria else "".join(titles[n] for n in sheet.findings),
                "code": code,
                "qr": qr(address),
                "parts": parts(sheet),
            }
            for sheet, (code, address) in zip(sheets, codes, strict=True)
        ],
        "lang": lang,
        "region": region,
    }
