"""A small network to make reports of: one edition, one community and its marks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from communitas.benchmarking.rules.facts import Fact, Score, ScoreKind
from communitas.members.rules.community import Community
from communitas.reports.rules.documents.local import LocalReport, build_local
from communitas.reports.rules.documents.parts import Band, LastCycle, Peers
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

LARK = Community("LARK", "Lark House", "adult", "Calder Vale NHS Trust", town="Halifax")
HOSTILE = (
    '#panic("no") $x^2$ *bold* _low_ `raw` <b>tag</b> &amp; {{ 7*7 }} {% if %} \\n // and @ref <label> [a](b)',
    "= Not a heading",
    "'; DROP TABLE reports; --",
)


def is_tagged(reader: PdfReader) -> bool:
    """Whether a PDF says that it is tagged, and has the tags."""
    marks = reader.root_object["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    return bool(marks["/Marked"]) and "/StructTreeRoot" in reader.root_object


def edition(sections: int = 2, criteria: int = 6) -> Edition:
    """Sections 'Section 1' ...; criteria 1.1 ... with levels in turn."""
    return Edition(
        "Standards for Communities",
        3,
        tuple(
            Section(
                f"Section {s}",
                tuple(
                    Criterion(f"{s}.{c}", f"Statement {s}.{c} about the life of the house.", Level(1 + c % 3))
                    for c in range(1, criteria + 1)
                ),
                code=str(s),
            )
            for s in range(1, sections + 1)
        ),
    )


def codes(of: Edition) -> list[str]:
    """The codes of an edition in the order of the book."""
    return [criterion.code for criterion in of.criteria()]


def facts(
    kind: ScoreKind, scores: Mapping[str, Score], comments: Mapping[str, str] | None = None, community: str = "LARK"
) -> list[Fact]:
    """Scores by code as facts of a community."""
    said = comments or {}
    return [Fact(community, code, kind, score, said.get(code, "")) for code, score in scores.items()]


def peers(of: Edition) -> Peers:
    """Bands of 27 communities for every section."""
    band = Band(27, 78, 70, 85)
    return Peers("adult communities", band, {section.title: band for section in of.sections})


def local(of: Edition | None = None, **changes: Any) -> LocalReport:
    """A final report in which everything is met but the last criterion of each section, which is partly met."""
    book = of or edition()
    last_codes = {section.criteria[-1].code for section in book.sections}
    scores: dict[str, Score] = {code: 1 if code in last_codes else 2 for code in codes(book)}
    given: dict[str, Any] = {
        "network": "Hearth Network",
        "cycle": "2027",
        "edition": book,
        "community": LARK,
        "self_scores": facts("self", dict.fromkeys(scores, 2)),
        "agreed_scores": facts("agreed", scores),
        "dated_on": date(2027, 4, 29),
        "last": LastCycle("2026", dict.fromkeys(scores, 1), dict.fromkeys(scores, 1)),
        "peers": peers(book),
    }
    return build_local(**(given | changes))
