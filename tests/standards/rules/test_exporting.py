"""What is exported is imported again as it was."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from communitas.kit.tabular import read, read_yaml, tidy
from communitas.standards.rules.edition import (
    CORE,
    THREE_MARKS,
    TWO_MARKS,
    Criterion,
    Edition,
    Layer,
    Level,
    Mark,
    Scale,
    Section,
    Value,
)
from communitas.standards.rules.exporting import edition_csv, edition_xlsx, edition_yaml
from communitas.standards.rules.importing import edition_from_tables
from communitas.standards.rules.importing_yaml import edition_from_yaml

WORDS = st.text(st.sampled_from("abc é=+-@'\";,0.\n"), max_size=20).map(tidy)
NAMED = WORDS.map(lambda text: f"x{' '.join(text.split())}")
LAYERS = (CORE, Layer("prison", "Prison", "supplement", ("prison",)), Layer("outreach", "Outreach", "module"))


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    used: dict[str, Layer] = {}
    sections = []
    for number, size in enumerate(sizes):
        criteria = []
        for place in range(size):
            layer = draw(st.sampled_from(LAYERS))
            used[layer.code] = layer
            criteria.append(
                Criterion(
                    code=f"{number}.{place}0",
                    statement=draw(NAMED),
                    level=draw(st.sampled_from(Level)),
                    key=draw(st.sampled_from(["", f"key-{number}-{place}"])),
                    standard=draw(WORDS),
                    guidance=draw(WORDS),
                    evidence=draw(WORDS),
                    references=draw(WORDS),
                    plain_text=draw(WORDS),
                    applies_to=draw(st.sampled_from([(), ("prison",), ("Adult NHS", "prison")])),
                    layer=layer.code,
                )
            )
        sections.append(
            Section(f"{number} {draw(NAMED)}", tuple(criteria), draw(st.sampled_from(["", "A"])), draw(WORDS))
        )
    return Edition(
        title=draw(NAMED),
        number=draw(st.integers(1, 99)),
        sections=tuple(sections),
        scale=draw(
            st.sampled_from([THREE_MARKS, TWO_MARKS, Scale((Mark(4, "fully"), Mark(2, "half"), Mark(0, "no")))])
        ),
        values=tuple(Value(title, text) for title, text in draw(st.lists(st.tuples(NAMED, WORDS), max_size=2))),
        layers=tuple(used.values()),
        summary=draw(WORDS),
    )


@settings(max_examples=60)
@given(editions())
def test_yaml_gives_the_same_edition_back(edition: Edition) -> None:
    result = edition_from_yaml(read_yaml(edition_yaml(edition), file="e.yaml"), file="e.yaml")

    assert result.problems == ()
    assert result.value == edition


@settings(max_examples=60)
@given(editions())
def test_a_workbook_gives_the_same_edition_back(edition: Edition) -> None:
    result = edition_from_tables(read(edition_xlsx(edition), file="e.xlsx"), file="e.xlsx")

    assert result.problems == ()
    assert result.value == edition


@settings(max_examples=60)
@given(editions())
def test_csv_gives_the_same_criteria_back(edition: Edition) -> None:
    result = edition_from_tables(
        read(edition_csv(edition), file="e.csv"), file="e.csv", title=edition.title, number=edition.number
    )

    assert result.problems == ()
    assert result.value == replace(edition, scale=THREE_MARKS, values=(), summary="")


def test_the_same_edition_gives_the_same_bytes() -> None:
    edition = Edition("T", 1, (Section("S", (Criterion("1", "a", Level.ESSENTIAL),)),))

    assert edition_xlsx(edition) == edition_xlsx(edition)
    assert edition_yaml(edition) == edition_yaml(edition)
