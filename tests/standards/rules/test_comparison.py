"""Two editions compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from communitas.standards.rules import comparison
from communitas.standards.rules.comparison import Segment
from communitas.standards.rules.edition import Criterion, Edition, Level, Section
from communitas.standards.rules.lineage import Kind, Link


def criterion(key: str, statement: str, level: Level = Level.EXPECTED, guidance: str = "") -> Criterion:
    return Criterion(key.upper(), statement, level, key=key, guidance=guidance)


def test_words_marks_what_was_deleted_and_inserted() -> None:
    assert comparison.words("Members have a plan.", "Members write a plan.") == (
        Segment("same", "Members "),
        Segment("deleted", "have "),
        Segment("inserted", "write "),
        Segment("same", "a plan."),
    )


sentences = st.lists(st.sampled_from(["a", "plan", "member's", ", ", ".", " ", "\n", "é"]), max_size=15).map("".join)


@given(old=sentences, new=sentences)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    segments = comparison.words(old, new)

    assert "".join(segment.text for segment in segments if segment.kind != "inserted") == old
    assert "".join(segment.text for segment in segments if segment.kind != "deleted") == new


def test_entries_follow_the_new_edition_and_withdrawn_ones_stand_where_they_would_have() -> None:
    old = Edition("S", 1, (Section("One", tuple(criterion(key, key) for key in "abcd")),))
    new = Edition("S", 2, (Section("First", (criterion("d", "d"), criterion("a", "a"), criterion("e", "e"))),))
    links = (
        Link(Kind.WITHDRAWN, ("b",), ()),
        Link(Kind.WITHDRAWN, ("c",), ()),
        Link(Kind.NEW, (), ("e",)),
        Link(Kind.UNCHANGED, ("a",), ("a",), True),
        Link(Kind.UNCHANGED, ("d",), ("d",), True),
    )

    entries = comparison.compare(old, new, links)

    assert [(entry.section, *(item.key for item in (*entry.old[:1], *entry.new[:1]))) for entry in entries] == [
        ("First", "d", "d"),
        ("First", "a", "a"),
        ("One", "b"),
        ("One", "c"),
        ("First", "e"),
    ]
    assert [entry.changed for entry in entries] == [False, False, True, True, True]


def test_a_changed_level_and_changed_guidance_are_differences() -> None:
    old = Edition("S", 1, (Section("One", (criterion("a", "A."), criterion("b", "B.", guidance="Ask."))),))
    new = Edition(
        "S",
        2,
        (Section("One", (criterion("a", "A.", Level.ESSENTIAL), criterion("b", "B.", guidance="Ask twice."))),),
    )
    links = (
        Link(Kind.LEVEL_CHANGED, ("a",), ("a",), True),
        Link(Kind.UNCHANGED, ("b",), ("b",), True),
    )

    level, guidance = comparison.compare(old, new, links)

    assert level.levels == (Level.EXPECTED, Level.ESSENTIAL)
    assert (guidance.levels, guidance.changed) == (None, True)
    assert [(text.name, text.changed) for text in guidance.texts] == [
        ("statement", False),
        ("guidance", True),
    ]


def test_the_parts_of_a_split_are_compared_together() -> None:
    old = Edition("S", 1, (Section("One", (criterion("a", "Meet. Write."),)),))
    new = Edition("S", 2, (Section("One", (criterion("x", "Meet."), criterion("y", "Write."))),))

    (entry,) = comparison.compare(old, new, (Link(Kind.SPLIT, ("a",), ("x", "y"), False),))

    assert "".join(part.text for part in entry.texts[0].segments if part.kind != "deleted") == "Meet.\nWrite."
