"""An edition is published complete, by a second person, and never changes afterwards."""

from dataclasses import replace

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.standards.rules import publication
from communitas.standards.rules.edition import Criterion, Edition, Level, Mark, Scale, Section
from communitas.standards.rules.lineage import Kind, Link
from communitas.standards.rules.publication import PUBLICATION

FIRST = Criterion("1.1", "Everyone has a voice.", Level.ESSENTIAL, key="voice")
SECOND = Criterion("1.2", "Meals are shared.", Level.DESIRABLE, key="meals")
SECTION = Section("Culture", (FIRST, SECOND))
EDITION = Edition("Standards", 2, (SECTION,))
PREVIOUS = replace(EDITION, number=1)
SAME = tuple(Link(Kind.UNCHANGED, (key,), (key,), True) for key in ("voice", "meals"))


def with_second(**changes: str) -> Edition:
    return replace(EDITION, sections=(replace(SECTION, criteria=(FIRST, replace(SECOND, **changes))),))  # type: ignore[arg-type]  # only texts are changed


def test_a_complete_edition_can_be_published() -> None:
    publication.refuse_incomplete(EDITION, None, None)
    publication.refuse_incomplete(EDITION, PREVIOUS, SAME)


@pytest.mark.parametrize(
    ("edition", "found"),
    [
        (replace(EDITION, title=" "), ("The edition needs a title.",)),
        (replace(EDITION, sections=()), ("The edition needs at least one criterion.",)),
        (
            replace(EDITION, sections=(SECTION, Section("Empty", ()))),
            ("Section 'Empty' has no criteria.",),
        ),
        (replace(EDITION, sections=(replace(SECTION, title=""),)), ("Every section needs a title.",)),
        (with_second(statement=" "), ("1.2 has no statement.",)),
        (with_second(code=" "), ("Every criterion needs a code.",)),
        (with_second(code="1.1"), ("The code 1.1 stands 2 times.",)),
        (with_second(key="voice"), ("The key voice stands 2 times.",)),
        (with_second(layer="prison"), ("1.2 belongs to 'prison', which the edition does not have.",)),
        (replace(EDITION, scale=Scale((Mark(0, "met"),))), ("The scale needs at least two marks.",)),
        (
            replace(EDITION, scale=Scale((Mark(2, "met"), Mark(0, "not met")))),
            ("The marks of the scale count up from 0 without gaps.",),
        ),
        (
            replace(EDITION, scale=Scale((Mark(1, "met"), Mark(0, "Met ")))),
            ("Every mark needs a word of its own.",),
        ),
    ],
)
def test_what_is_missing_is_said(edition: Edition, found: tuple[str, ...]) -> None:
    assert publication.what_is_missing(edition) == found


@pytest.mark.parametrize(
    ("previous", "lineage", "found"),
    [
        (PREVIOUS, None, ("The lineage to edition 1 has not been confirmed.",)),
        (
            PREVIOUS,
            SAME[:1],
            ("1.2 of the earlier edition is missing.", "1.2 of the new edition is missing."),
        ),
        (EDITION, SAME, ("The number of the edition must be higher than 2.",)),
    ],
)
def test_the_past_is_confirmed_first(
    previous: Edition, lineage: tuple[Link, ...] | None, found: tuple[str, ...]
) -> None:
    assert publication.what_is_missing(EDITION, previous, lineage) == found


def test_an_incomplete_edition_is_refused_with_the_rule_and_the_reasons() -> None:
    with pytest.raises(NotAllowed) as caught:
        publication.refuse_incomplete(replace(EDITION, title=""), None, None)

    assert caught.value.why == (
        "An edition is published only when it is complete and its lineage to the earlier edition is confirmed. "
        "The edition needs a title."
    )


def test_publication_takes_two_people() -> None:
    publication.refuse_own_publication(proposed_by=1, by=2)

    with pytest.raises(NotAllowed, match="second person"):
        publication.refuse_own_publication(proposed_by=1, by=1)
    assert PUBLICATION.find("proposed", "publish").second_person


def test_the_moves_lead_from_draft_to_published_and_never_back() -> None:
    state = PUBLICATION.move(PUBLICATION.move(PUBLICATION.start, "propose"), "publish")

    assert state == "published"
    assert [move.verb for move in PUBLICATION.allowed("published")] == ["supersede", "withdraw"]
    assert [move.verb for move in PUBLICATION.allowed("withdrawn")] == []


@pytest.mark.parametrize("state", ["published", "superseded", "withdrawn"])
def test_what_was_published_never_changes(state: str) -> None:
    publication.refuse_edit("draft")

    with pytest.raises(NotAllowed, match="never changes"):
        publication.refuse_edit(state)
    with pytest.raises(NotAllowed, match="only while it is a draft"):
        PUBLICATION.move(state, "edit")


def test_an_edition_in_use_is_not_withdrawn() -> None:
    publication.refuse_withdrawal(used_by_running_cycles=0)

    with pytest.raises(NotAllowed, match="running cycle"):
        publication.refuse_withdrawal(used_by_running_cycles=1)
