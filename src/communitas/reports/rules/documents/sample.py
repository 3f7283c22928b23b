"""A report of a community that does not exist, in which the office sees its design before anybody else does."""

from datetime import date
from typing import Final

from communitas.benchmarking.rules.facts import Fact, Score
from communitas.members.rules.community import Community
from communitas.reports.rules.design import Design
from communitas.reports.rules.documents.local import LocalReport, build_local
from communitas.reports.rules.documents.parts import Band, Finding, LastCycle, Peers, PlannedAction
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

_HOUSE: Final = Community("SAMPLE", "Willow Court", "sample", "An organisation that does not exist")
_SECTIONS: Final = {
    "Belonging": ("New members have a buddy before they arrive.", "Everybody can say what the community is for."),
    "Living together": ("Residents chair the morning meeting.", "Meals are cooked and eaten together."),
}
_AGREED: Final[tuple[Score, ...]] = (2, 1, 2, 2, 0, 2, 2, "NA", 2, 2, 1, 2)


def sample_report(design: Design, *, network: str, on: date) -> LocalReport:
    """The sample in a design. Nothing in it is anybody's."""
    edition = Edition(
        "Sample standards",
        1,
        tuple(
            Section(
                title,
                tuple(
                    Criterion(f"{place}.{number}", words[number % 2], Level(1 + number % 3)) for number in range(1, 7)
                ),
                code=str(place),
            )
            for place, (title, words) in enumerate(_SECTIONS.items(), start=1)
        ),
    )
    codes = [criterion.code for criterion in edition.criteria()]
    agreed = dict(zip(codes, _AGREED, strict=True))
    own: dict[str, Score] = dict.fromkeys(codes, 2)
    band = Band(24, 78, 68, 88)
    return build_local(
        network=network,
        cycle="Sample",
        edition=edition,
        community=_HOUSE,
        type_name="Sample",
        self_scores=[Fact("SAMPLE", code, "self", score, "") for code, score in own.items()],
        agreed_scores=[Fact("SAMPLE", code, "agreed", score, "We saw it.") for code, score in agreed.items()],
        dated_on=on,
        last=LastCycle("the year before", own, {**agreed, "1.5": 1, "2.1": 1}),
        peers=Peers("communities", band, dict.fromkeys(_SECTIONS, band)),
        achievements=[Finding("Residents chair the morning meeting and its minutes are read.", ("2.1",))],
        improvements=[Finding("Not everybody knows who to ask when something is broken.", ("1.5",))],
        actions=[PlannedAction("Put the names on the board by the door.", "Stefan", None, ("1.5",))],
        introduction="This is a sample. The community, its marks and its words are made up.",
        design=design,
    )
