import random
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from communitas.benchmarking.rules.cohort import NETWORK, Group, cohort
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.lattice import declare
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Percent
from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.figures import national_figures
from communitas.members.rules.community import Community
from communitas.reports.rules.documents.national import build_office, build_public
from communitas.reports.rules.documents.national_charts import national_charts
from communitas.reports.rules.documents.national_parts import (
    ChangeRow,
    NationalChange,
    NationalReport,
    exact,
    protected,
    rough_number,
)
from communitas.reports.rules.documents.parts import Note
from communitas.reports.typesetting.national import national_pdf
from tests.reports.documents import samples

EDITION = samples.edition(2, 5)
COMMUNITIES = [
    Community(f"C{i:02}", f"Community {i}", "adult" if i < 22 else "prison", f"Trust {i}") for i in range(26)
]


def scores() -> list[Fact]:
    dice = random.Random(3)
    return [
        Fact(community.code, code, kind, dice.choice([2, 2, 2, 1, 0]))
        for community in COMMUNITIES
        for code in samples.codes(EDITION)
        for kind in ("self", "agreed")
    ]


COHORT = cohort(EDITION, COMMUNITIES, scores())


def office(**changes: object) -> NationalReport:
    given: dict[str, object] = {"type_names": {"adult": "Adult NHS", "prison": "Prison"}}
    return build_office(
        network="Hearth Network",
        cycle="2027",
        edition=EDITION,
        figures=national_figures(COHORT),
        dated_on=date(2027, 11, 30),
        **(given | changes),  # type: ignore[arg-type]  # any of the optional parts
    )


def public() -> NationalReport:
    return build_public(
        network="Hearth Network",
        cycle="2027",
        edition=EDITION,
        release=protect(declare(COHORT)),
        took_part={NETWORK: 26, Group("type", "adult"): 22, Group("type", "prison"): 4},
        dated_on=date(2027, 11, 30),
        type_names={"adult": "Adult NHS", "prison": "Prison"},
    )


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(
    ("value", "printed", "percent"),
    [
        (Percent(81, 12, 7), "81% met, 12% partly met, 7% not met", 81),
        (AlmostAll("met", 3), "all but at most 3 communities: met", None),
        (HIDDEN, "hidden to protect small groups", None),
    ],
)
def test_protected_values_have_their_words(value: Percent | AlmostAll, printed: str, percent: int | None) -> None:
    figure = protected(value)

    assert (figure.words, figure.percent, figure.counts) == (printed, percent, None)


def test_exact_figure_below_five_is_counts_alone() -> None:
    assert exact(Counts(met=3, not_met=1)).percent is None


def test_numbers_of_communities_are_rough_for_the_public() -> None:
    assert [rough_number(n) for n in (0, 4, 9, 10, 12, 13, 68)] == [
        "fewer than 10",
        "fewer than 10",
        "fewer than 10",
        "about 10",
        "about 10",
        "about 15",
        "about 70",
    ]


def test_public_report_holds_no_counts() -> None:
    report = public()

    assert "Counts(" not in repr(report)
    assert report.took_part == (("Adult NHS", "about 20"), ("Prison", "fewer than 10"))
    assert [group.overall.words for group in report.groups][1] == "hidden to protect small groups"


def test_office_report_is_exact() -> None:
    report = office()

    expected = national_figures(COHORT).network.overall.agreed

    assert report.overall_agreed.counts == expected
    assert report.took_part_total == "26"
    assert report.headline.startswith("26 communities took part.")
    assert len(report.criteria) == 10


def test_lists_stand_in_order_of_what_is_printed() -> None:
    report = office()

    least = [row.agreed.percent or 0 for row in report.least_met]
    most = [row.agreed.percent or 0 for row in report.most_met]

    assert least == sorted(least)
    assert most == sorted(most, reverse=True)


def test_both_reports_are_tagged_and_repeatable() -> None:
    for report in (office(), public()):
        pdf = national_pdf(report)

        assert samples.is_tagged(PdfReader(BytesIO(pdf)))
        assert national_pdf(report) == pdf


def test_office_copy_says_whom_it_is_for_on_every_page() -> None:
    pages = PdfReader(BytesIO(national_pdf(office()))).pages

    assert all("For the office only" in page.extract_text() for page in pages)
    assert "office only" not in words(national_pdf(public()))


def test_breaks_of_lineage_are_said() -> None:
    figure, other = exact(Counts(met=9, not_met=1)), exact(Counts(met=5, not_met=5))
    change = NationalChange(
        "2026",
        (ChangeRow("Section 1", figure, other), ChangeRow("Section 2", figure, figure, "new in this edition")),
        "3 criteria changed their meaning.",
    )
    report = office(change=change, texts=[Note("What stayed with us", "#panic() *The kitchens*")])

    printed = words(national_pdf(report))

    assert "3 criteria changed their meaning." in printed
    assert "#panic() *The kitchens*" in printed
    chart = national_charts(report).change
    assert chart is not None
    assert chart.rows == (
        ("Section 1", "90%", "50%", "−40 points"),
        ("Section 2", "90%", "90%", "new in this edition"),
    )


def test_network_in_which_nothing_may_be_shown_still_has_a_report() -> None:
    few = COMMUNITIES[:3]
    facts = [fact for fact in scores() if fact.community in {member.code for member in few}]
    report = build_public(
        network="Hearth Network",
        cycle="2027",
        edition=EDITION,
        release=protect(declare(cohort(EDITION, few, facts))),
        took_part={NETWORK: 3, Group("type", "adult"): 3},
        dated_on=date(2027, 11, 30),
    )

    assert report.headline == "Fewer than 10 communities took part."
    assert "%" not in words(national_pdf(report)).replace("100%", "")
