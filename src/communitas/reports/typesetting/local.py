"""The local report as a tagged PDF."""

from typing import Any, Final

from communitas.kit.typesetting import Order, compile_pdf
from communitas.reports.rules.documents.easy import easy_page
from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.local_charts import leading, local_charts, section_chart
from communitas.reports.rules.documents.parts import PlannedAction
from communitas.reports.rules.documents.results import CriterionResult, SectionResult
from communitas.reports.rules.documents.shares import day, several
from communitas.reports.typesetting.plain import drawing, plain, stamp

TEMPLATE: Final = "reports/typesetting/local.typ"
LARGE: Final = "reports/typesetting/large.typ"
WORDS: Final = {
    "draft": "Draft",
    "draft_long": "Draft: please check the facts. Not for passing on.",
    "one_page": "This report on one page",
    "done_well": "Done well",
    "work_on": "To work on",
    "next": "What happens next",
    "nothing_written": "Nothing has been written here.",
    "results": "Results by section",
    "in_words": "The figures in words",
    "section": "Section",
    "your_marks": "Your own marks",
    "agreed_marks": "Agreed with the team",
    "agreement": "How your marks and the agreed marks compare",
    "change": "What changed since",
    "went_up": "Went up",
    "went_down": "Went down",
    "findings": "What the review team found",
    "achievements": "Achievements",
    "improvements": "Areas for improvement",
    "feedback": "Feedback on the day",
    "criteria": "Criteria",
    "shared": "Shared with the network",
    "every": "Every criterion",
    "code": "No.",
    "criterion": "Criterion and comments",
    "your_mark": "Your mark",
    "agreed_mark": "Agreed",
    "you_wrote": "You:",
    "team_wrote": "Review team:",
    "why": "Why the marks differ:",
    "action": "Action",
    "no_action": "No action",
    "plan": "Action plan",
    "plan_lead": "What the community has decided to do, who does it, and by when.",
    "earlier": "What became of last time's actions",
    "earlier_lead": "What the community planned after the last review, and how far it has come.",
    "became": "How it stands",
    "who": "Who",
    "by_when": "By when",
    "about": "About this report",
    "team": "The review team",
    "name": "Name",
    "role": "Role",
    "community": "Community",
    "corrections": "Points raised on the draft",
    "corrections_lead": "The community checked the draft. Someone who was not on the visit decided each point.",
    "point": "Point",
    "decision": "Decision",
    "answer": "Answer",
    "method": "How this report was made",
    "signed": "Signed",
    "how_to_read": "How to read this report",
    "contact": "Whom to ask",
    "marks": "The marks",
    "technical": "Figures for those who want to check",
}


def local_pdf(report: LocalReport, *, logo: bytes = b"", lang: str = "en", region: str = "gb") -> bytes:
    """The report as PDF/UA-1: the same report gives the same bytes. `logo` is the picture that its design names."""
    order = local_order(report, logo=logo, lang=lang, region=region)
    return compile_pdf(order.template, order.data, timestamp=order.timestamp, images=order.images)


def local_order(report: LocalReport, *, logo: bytes = b"", lang: str = "en", region: str = "gb") -> Order:
    """What a process that sets many reports needs for this one; see `kit.typesetting.compile_many`."""
    return Order(TEMPLATE, _data(report, lang, region), stamp(report.dated_on), images_of(logo))


def large_pdf(report: LocalReport, *, lang: str = "en", region: str = "gb") -> bytes:
    """The short version in large print, 18 points, as PDF/UA-1: the same report gives the same bytes."""
    data = {
        "words": WORDS,
        "lang": lang,
        "region": region,
        "title": f"{report.title}, in large print",
        "network": report.network,
        "kind": f"Local report {report.cycle}",
        "name": report.community.name,
        "draft": report.state == "draft",
        "design": plain(report.design),
        "easy": plain(easy_page(report)),
    }
    return compile_pdf(LARGE, data, timestamp=stamp(report.dated_on))


def images_of(logo: bytes) -> dict[str, bytes]:
    """The pictures of a document; none where the design has no logo."""
    return {"logo": logo} if logo else {}


def _data(report: LocalReport, lang: str, region: str) -> dict[str, Any]:
    data: dict[str, Any] = plain(report)
    charts = local_charts(report)
    data |= {
        "words": WORDS,
        "lang": lang,
        "region": region,
        "title": report.title,
        "kind": f"Local report {report.cycle}" + ("" if report.tells_criteria else ", reduced edition"),
        "under": " · ".join(part for part in (report.type_name, report.community.organisation) if part),
        "facts": _facts(report),
        "version_words": f"Version {report.version}",
        "charts": {
            "sections": drawing(charts.sections),
            "marks": drawing(charts.marks),
            "agreement": drawing(charts.agreement),
            "change": drawing(charts.change),
        },
        "peers_note": report.overall_peers.reason,
        "change_note": _change_note(report),
    }
    for section, row in zip(report.sections, data["sections"], strict=True):
        row |= _section_words(section, report) | {"chart": drawing(section_chart(section, report))}
        for criterion, line in zip(section.criteria, row["criteria"], strict=True):
            line["last_mark"] = plain(_last_mark(criterion, report))
            for action, item in zip(criterion.actions, line["actions"], strict=True):
                item["owner_due"] = _owner_due(action)
    return data


def _facts(report: LocalReport) -> list[tuple[str, str]]:
    facts = [("Standards", f"{report.edition_title}, edition {report.edition_number}")]
    if report.visit_on:
        form = f", {report.visit_form}" if report.visit_form else ""
        facts.append(("Visit", day(report.visit_on) + form))
    facts.append(("This report", f"{report.state}, version {report.version}, {day(report.dated_on)}"))
    if report.signatures:
        names = [each.name + (f", {day(each.on)}" if each.on else "") for each in report.signatures]
        facts.append(("Signed by", "; ".join(names)))
    return facts


def _section_words(section: SectionResult, report: LocalReport) -> dict[str, str]:
    share = leading(section, report)
    who = "Agreed" if report.basis == "agreed" else "Your own marks"
    compared = section.peers.median is not None
    return {
        "heading": f"{section.code} {section.title}".strip(),
        "lead": f"{who}: {share.words}.",
        "peers_sentence": section.peers_sentence if compared else "",
    }


def _change_note(report: LocalReport) -> str:
    if not report.change:
        return ""
    left_out = several(report.change.left_out, "criterion is", "criteria are")
    return f"{left_out} new, or changed in meaning or in whether they apply, and cannot be compared."


def _last_mark(criterion: CriterionResult, report: LocalReport) -> Any:
    return criterion.last_agreed if report.basis == "agreed" else criterion.last_self


def _owner_due(action: PlannedAction) -> str:
    return ", ".join(part for part in (action.owner, day(action.due_on) if action.due_on else "") if part)
