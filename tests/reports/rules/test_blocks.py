from dataclasses import replace

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import blocks as rules
from communitas.reports.rules.blocks import Block, PlanRow

ONE = Block("b1", "text", "Welcome", "A good year.")
TWO = Block("b2", "figure", choice="sections")
THREE = Block("b3", "plans", "Next", rows=(PlanRow("Train more leads."),))
ALL = (ONE, TWO, THREE)


def ids(blocks: rules.Blocks) -> list[str]:
    return [block.id for block in blocks]


def test_a_block_is_added_behind_another_or_at_the_end_or_first() -> None:
    new = Block("b4", "text", text="More")

    assert ids(rules.added(ALL, new, after="b1")) == ["b1", "b4", "b2", "b3"]
    assert ids(rules.added(ALL, new, after="gone")) == ["b1", "b2", "b3", "b4"]
    assert ids(rules.put_first(ALL, new)) == ["b4", "b1", "b2", "b3"]


def test_a_block_is_moved_one_place_and_stays_at_the_ends() -> None:
    assert ids(rules.moved(ALL, "b2", "up")) == ["b2", "b1", "b3"]
    assert ids(rules.moved(ALL, "b2", "down")) == ["b1", "b3", "b2"]
    assert rules.moved(ALL, "b1", "up") == ALL
    assert rules.moved(ALL, "b3", "down") == ALL


def test_whoever_changes_words_of_last_year_has_looked_at_them() -> None:
    old = replace(ONE, from_last=True)

    changed = rules.changed((old, TWO), replace(old, text="Another year."))

    assert changed[0] == replace(ONE, text="Another year.")


def test_a_block_that_is_gone_is_said_to_be_gone() -> None:
    with pytest.raises(NotAllowed, match="no longer there"):
        rules.removed(ALL, "b9")


@pytest.mark.parametrize(
    "block",
    [
        Block("b", "text", "Only a heading"),
        Block("b", "figure", choice="pie"),
        Block("b", "figure", choice="one", subject="criterion:"),
        Block("b", "table", choice="league"),
        Block("b", "theme"),
        Block("b", "unmet", choice="11"),
        Block("b", "outcomes"),
        Block("b", "text", text="x" * 6001),
    ],
)
def test_a_block_without_what_it_shows_is_refused(block: Block) -> None:
    with pytest.raises(NotAllowed, match="says which figure"):
        rules.refuse_incomplete(block)


def test_there_are_at_most_sixty_blocks() -> None:
    with pytest.raises(NotAllowed, match="60 blocks"):
        rules.added(tuple(Block(f"b{n}", "text", text="x") for n in range(60)), ONE)


def test_words_of_last_year_and_open_outcomes_keep_a_report_back() -> None:
    with pytest.raises(NotAllowed, match="Not looked at yet: 'Welcome'"):
        rules.refuse_unread([replace(ONE, from_last=True), TWO])
    with pytest.raises(NotAllowed, match=r"Not said yet: 'Train more leads\."):
        rules.refuse_open_outcomes([Block("b", "outcomes", rows=(PlanRow("Train more leads.", "done", " "),))])
    rules.refuse_open_outcomes([Block("b", "outcomes", rows=(PlanRow("Train more leads.", "done", "Twelve came."),))])


def test_a_block_that_changed_meanwhile_is_looked_at_again() -> None:
    with pytest.raises(NotAllowed, match="looked at again"):
        rules.refuse_overtaken(opened=ONE, found=replace(ONE, text="Changed"))


def test_a_new_report_begins_with_last_years_blocks() -> None:
    outcomes = Block("b9", "outcomes", rows=(PlanRow("Old", "done", "Well"),))

    begun = rules.starting((ONE, outcomes, TWO, THREE))

    assert [(block.id, block.kind, block.from_last) for block in begun] == [
        ("b1", "text", True),
        ("b2", "figure", False),
        ("b3", "outcomes", False),
    ]
    assert begun[2].rows == (PlanRow("Train more leads."),)
    assert rules.starting(()) == rules.USUAL


def test_the_usual_blocks_are_complete() -> None:
    for block in rules.USUAL:
        rules.refuse_incomplete(block)


def test_taking_back_again_goes_one_step_further() -> None:
    versions: list[tuple[int, int | None]] = [(1, None), (2, None), (3, None)]
    assert rules.before(3, versions) == 2
    versions.append((4, 2))
    assert rules.before(4, versions) == 1
    versions.append((5, 1))
    assert rules.before(5, versions) is None
    versions.append((6, None))
    assert rules.before(6, versions) == 1


def test_ids_are_never_used_twice() -> None:
    assert rules.new_id(["b1", "b12", "b3"]) == "b13"
    assert rules.new_id([]) == "b1"
