from collections.abc import Mapping

from communitas.benchmarking.rules.disclosure.lattice import Subject
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Percent, Protected
from communitas.benchmarking.rules.lineage import Lineage, LineageKind
from communitas.reports.rules.documents.national_parts import HIDDEN_WORDS
from communitas.reports.rules.documents.since import BROKEN, NEW_WORDS, OTHER_WORDS, Read, since
from communitas.reports.rules.documents.told import Before
from communitas.standards.rules.edition import Criterion, Edition, Level, Section


def edition(number: int, sections: Mapping[str, str]) -> Edition:
    return Edition(
        "Standards",
        number,
        tuple(
            Section(title, tuple(Criterion(code, f"Statement {code}", Level(1)) for code in codes.split()))
            for title, codes in sections.items()
        ),
    )


def cells(values: Mapping[str, Protected]) -> Read:
    def read(subject: Subject) -> Protected:
        return values.get(subject.name or "overall", HIDDEN)

    return read


def met(percent: int) -> Percent:
    return Percent(percent, 0, 100 - percent)


def link(kind: LineageKind, earlier: str, later: str, same: bool = False) -> Lineage:
    return Lineage(kind, tuple(earlier.split()), tuple(later.split()), same)


def test_a_section_of_the_same_criteria_is_compared_also_under_another_name() -> None:
    now, then = edition(3, {"Home": "1.1 1.2"}), edition(2, {"Belonging": "1.1 1.3"})
    lineage = [link("unchanged", "1.1", "1.1"), link("level changed", "1.3", "1.2")]

    told = since(
        "2026",
        now=now,
        then=then,
        lineage=lineage,
        now_cell=cells({"Home": met(82), "overall": met(82)}),
        then_cell=cells({"Belonging": met(75), "overall": met(75)}),
    )

    assert told.rows == (Before("Home", 75, 82), Before("All sections", 75, 82))
    assert told.breaks == ""


def test_the_line_breaks_where_criteria_are_new_or_mean_something_else() -> None:
    now, then = edition(3, {"Home": "1.1 1.2 1.3", "Safety": "2.1"}), edition(2, {"Home": "1.1 1.2", "Safety": "2.1"})
    lineage = [
        link("unchanged", "1.1", "1.1"),
        link("reworded", "1.2", "1.2"),
        link("new", "", "1.3"),
        link("unchanged", "2.1", "2.1"),
    ]
    shown = {"1.1": met(60), "Safety": met(90), "overall": met(80)}

    told = since("2026", now=now, then=then, lineage=lineage, now_cell=cells(shown), then_cell=cells(shown))

    assert told.rows == (
        Before("Home", instead=BROKEN),
        Before("1.1 Statement 1.1", 60, 60),
        Before("Safety", 90, 90),
        Before("All sections", instead=BROKEN),
    )
    assert told.lost == (
        Before("1.2 Statement 1.2", instead=OTHER_WORDS),
        Before("1.3 Statement 1.3", instead=NEW_WORDS),
    )
    assert told.breaks == "2 criteria are new or changed in meaning, and not compared."


def test_what_may_not_be_shown_in_either_report_is_not_compared() -> None:
    book = edition(3, {"Home": "1.1", "Safety": "2.1"})
    lineage = [link("unchanged", "1.1", "1.1"), link("unchanged", "2.1", "2.1")]

    told = since(
        "2026",
        now=book,
        then=book,
        lineage=lineage,
        now_cell=cells({"Home": met(70), "Safety": AlmostAll("met", 3)}),
        then_cell=cells({"Safety": met(90)}),
    )

    assert {row.instead for row in told.rows} == {HIDDEN_WORDS}


def test_a_section_that_lost_a_criterion_is_broken() -> None:
    now, then = edition(3, {"Home": "1.1"}), edition(2, {"Home": "1.1 1.2"})
    lineage = [link("unchanged", "1.1", "1.1"), link("withdrawn", "1.2", "")]
    shown = {"Home": met(70), "overall": met(70)}

    told = since("2026", now=now, then=then, lineage=lineage, now_cell=cells(shown), then_cell=cells(shown))

    assert [row.instead for row in told.rows] == [BROKEN, BROKEN]
