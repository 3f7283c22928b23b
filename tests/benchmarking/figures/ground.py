"""Small networks at random, as the rules know them and as facts files."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from communitas.benchmarking.figures import star, writing
from communitas.benchmarking.rules.cohort import KINDS, Cohort, cohort
from communitas.benchmarking.rules.facts import Fact, Score
from communitas.benchmarking.rules.lineage import Lineage
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import THREE_MARKS, TWO_MARKS, Criterion, Edition, Level, Mark, Scale, Section

FIVE_MARKS = Scale(tuple(Mark(value, f"mark {value}") for value in (4, 3, 2, 1, 0)))
ABSENT = -9  # no fact at all
CODES = ("1.1", "1.2", "1.3", "2.1", "2.2")
LINEAGE = (
    Lineage("unchanged", ("1.1",), ("1.1",), True),
    Lineage("split", ("1.2",), ("1.2", "1.3"), True),
    Lineage("merged", ("1.3", "2.1"), ("2.1",), True),
    Lineage("reworded", ("2.2",), ("2.2",), False),
)


@dataclass(frozen=True, slots=True)
class Played:
    """One cycle of a made-up network: its cohort, its number, and its facts file."""

    cohort: Cohort
    cycle: int
    enrolled: tuple[star.Enrolled, ...]

    def content(self) -> bytes:
        """The facts file; the number of the cycle is that of its edition too."""
        round_ = star.Round("made-up", self.cycle, f"cycle {self.cycle}", f"20{20 + self.cycle}-09-01")
        book = star.Book(self.cycle, "Standards", self.cohort.edition.scale.top)
        lines = {criterion.key: f"1/{criterion.key}" for criterion in self.cohort.edition.criteria()}
        rows = writing.rows_of(self.cohort, round_, book, self.enrolled, lines)
        return star.star_bytes([rows], round_, self.enrolled, code_version="0")


def edition(scale: Scale = THREE_MARKS) -> Edition:
    """Two sections, a supplement for prisons in each."""

    def criterion(code: str) -> Criterion:
        only = ("prison",) if code in {"1.3", "2.2"} else ()
        return Criterion(code, f"Statement {code}", Level.EXPECTED, key=f"key-{code}", applies_to=only)

    titles = {"1": "Care", "2": "Place"}
    sections = tuple(
        Section(title, tuple(criterion(code) for code in CODES if code.startswith(number)))
        for number, title in titles.items()
    )
    return Edition("Standards", 1, sections, scale)


def played(codes: Sequence[str], scores: Sequence[Score], *, cycle: int, scale: Scale = THREE_MARKS) -> Played:
    """A cycle in which the scores are given to the communities one after the other."""
    communities = [
        Community(code, code, "prison" if place % 3 else "", f"Trust {place // 2}", ("", "North", "South")[place % 3])
        for place, code in enumerate(sorted(codes))
    ]
    places = [(community.code, code, kind) for community in communities for code in CODES for kind in KINDS]
    facts = [Fact(*where, score) for where, score in zip(places, scores, strict=False) if score != ABSENT]
    arranged = cohort(edition(scale), communities, facts)
    enrolled = tuple(
        star.Enrolled(
            1000 * cycle + place,
            cycle,
            int(each.code[1:]),
            each.code,
            each.organisation,
            each.service_type,
            each.region,
        )
        for place, each in enumerate(arranged.communities)
    )
    return Played(arranged, cycle, enrolled)


@st.composite
def cycles(draw: st.DrawFn) -> tuple[Played, Played]:
    """Two cycles of a network of up to seven communities, with every state a score can have."""
    names = st.lists(st.integers(0, 8).map(lambda number: f"C{number}"), unique=True, max_size=7)
    rounds = []
    for cycle in (1, 2):
        scale = draw(st.sampled_from((THREE_MARKS, TWO_MARKS, FIVE_MARKS)))
        states: st.SearchStrategy[Score] = st.one_of(
            st.integers(0, scale.top), st.sampled_from(("NA", None, ABSENT, scale.top))
        )
        codes = draw(names)
        size = len(codes) * len(CODES) * len(KINDS)
        scores: list[Score] = draw(st.lists(states, min_size=size, max_size=size))
        rounds.append(played(codes, scores, cycle=cycle, scale=scale))
    return rounds[0], rounds[1]
