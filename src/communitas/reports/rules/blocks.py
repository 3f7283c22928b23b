"""The blocks from which the office builds a national report: an ordered list, changed one step at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

BlockKind = Literal["text", "figure", "table", "theme", "unmet", "outcomes", "plans"]
KINDS: Final[tuple[BlockKind, ...]] = get_args(BlockKind)
FIGURES: Final = (
    *("sections", "marks", "agreement", "types", "regions", "spread", "funnel", "most_met", "least_met", "change"),
    "one",
)
TABLES: Final = ("took_part", "sections_by_type", "sections_by_region", "criteria")
STATES: Final = ("done", "under_way", "not_begun", "given_up")
WHOM: Final = ("network", "type", "region", "size")
MOST_BLOCKS: Final = 60
LONGEST: Final = 6_000
MOST_UNMET: Final = 10
Way = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What the network planned to do; afterwards with how it stands (`state`) and what became of it (`outcome`)."""

    text: str
    state: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `choice` names its figure, table or theme, or says how many standards 'unmet' lists.

    The figure 'one' is of a declared cell: its `subject` is 'overall', 'section:Title' or 'criterion:1.1', and `whom`
    says whether the network's figure stands alone or beside those of its types, regions or size bands. `id` is its own
    for good. `from_last` marks words of last year's report at which nobody has looked yet.
    """

    id: str
    kind: BlockKind
    heading: str = ""
    text: str = ""
    choice: str = ""
    subject: str = ""
    whom: str = "network"
    rows: tuple[PlanRow, ...] = ()
    from_last: bool = False


Blocks = tuple[Block, ...]


def find(blocks: Iterable[Block], block_id: str) -> Block:
    """The block of this id."""
    for block in blocks:
        if block.id == block_id:
            return block
    raise NotAllowed("This block is no longer there. Somebody has removed it meanwhile; it can be brought back.")


def new_id(used: Collection[str]) -> str:
    """An id that no block of any version has had: 'b7'."""
    numbers = [int(each[1:]) for each in used if each[1:].isdecimal()]
    return f"b{max(numbers, default=0) + 1}"


def added(blocks: Blocks, block: Block, *, after: str = "") -> Blocks:
    """The blocks with one more, behind the named one; at the end where that is not named or is gone."""
    refuse_too_many(len(blocks) + 1)
    refuse_incomplete(block)
    places = [place for place, each in enumerate(blocks) if each.id == after]
    place = places[0] + 1 if places else len(blocks)
    return (*blocks[:place], block, *blocks[place:])


def put_first(blocks: Blocks, block: Block) -> Blocks:
    """The blocks with one more before all others."""
    refuse_too_many(len(blocks) + 1)
    refuse_incomplete(block)
    return (block, *blocks)


def changed(blocks: Blocks, block: Block) -> Blocks:
    """The blocks with one of them changed; whoever changes it has looked at it."""
    find(blocks, block.id)
    refuse_incomplete(block)
    return tuple(replace(block, from_last=False) if each.id == block.id else each for each in blocks)


def removed(blocks: Blocks, block_id: str) -> Blocks:
    """The blocks without one."""
    find(blocks, block_id)
    return tuple(each for each in blocks if each.id != block_id)


def moved(blocks: Blocks, block_id: str, way: Way) -> Blocks:
    """The blocks with one of them one place up or down; the first stays first and the last stays last."""
    place = blocks.index(find(blocks, block_id))
    target = place + (-1 if way == "up" else 1)
    if not 0 <= target < len(blocks):
        return blocks
    row = list(blocks)
    row[place], row[target] = row[target], row[place]
    return tuple(row)


@rule
def refuse_too_many(number: int) -> None:
    """A national report has at most 60 blocks."""
    if number > MOST_BLOCKS:
        raise NotAllowed(sentence(refuse_too_many))


@rule
def refuse_incomplete(block: Block) -> None:
    """A block of a report has words, or says which figure, table or theme it shows."""
    fine = {
        "text": bool(block.text.strip()),
        "figure": block.choice in FIGURES and (block.choice != "one" or known_subject(block.subject)),
        "table": block.choice in TABLES,
        "theme": bool(block.choice),
        "unmet": block.choice.isdecimal() and 1 <= int(block.choice) <= MOST_UNMET,
        "outcomes": bool(block.rows),
        "plans": bool(block.rows),
    }
    if not fine[block.kind] or len(block.text) > LONGEST:
        raise NotAllowed(sentence(refuse_incomplete))


@rule
def refuse_overtaken(*, opened: Block | None, found: Block) -> None:
    """A block that somebody else changed since the page was opened is looked at again before it is changed."""
    if opened is not None and opened != found:
        raise NotAllowed(sentence(refuse_overtaken))


@rule
def refuse_unread(blocks: Iterable[Block]) -> None:
    """Words that come from last year's report are looked at before the new one is released."""
    names = [f"'{block.heading or block.text[:40]}'" for block in blocks if block.from_last]
    if names:
        raise NotAllowed(f"{sentence(refuse_unread)} Not looked at yet: {', '.join(names)}.")


@rule
def refuse_open_outcomes(blocks: Iterable[Block]) -> None:
    """A national report says of each action of last year what became of it."""
    rows = [row for block in blocks if block.kind == "outcomes" for row in block.rows]
    without = [f"'{row.text[:60]}'" for row in rows if row.state not in STATES or not row.outcome.strip()]
    if without:
        raise NotAllowed(f"{sentence(refuse_open_outcomes)} Not said yet: {', '.join(without)}.")


@rule
def refuse_change_of_released(*, released: bool, waiting: bool) -> None:
    """A report is built until its release is proposed; what is released stays as it is."""
    if released or waiting:
        raise NotAllowed(sentence(refuse_change_of_released))


@rule
def refuse_nothing_to_undo(target: int | None) -> None:
    """There is a step to take back only where something was changed."""
    if target is None:
        raise NotAllowed("There is nothing to take back: this is how the report began.")


def known_subject(subject: str) -> bool:
    """Whether this names a subject as blocks do."""
    level, _, name = subject.partition(":")
    return subject == "overall" or (level in {"section", "criterion"} and bool(name))


def standing_for(number: int, restores: int | None) -> int:
    """The version whose blocks a version shows: its own, or those of the one it went back to."""
    return restores or number


def before(number: int, restored: Sequence[tuple[int, int | None]]) -> int | None:
    """The version to go back to when the step of a version is taken back; None before the first.

    `restored` holds number and `restores` of every version. Taking back again goes one step further.
    """
    by_number = dict(restored)
    base = standing_for(number, by_number.get(number))
    earlier = [each for each in by_number if each < base]
    if not earlier:
        return None
    last = max(earlier)
    return standing_for(last, by_number[last])


def starting(last: Blocks) -> Blocks:
    """The first blocks of a report: those of last year's, or the usual ones.

    Last year's plans become this year's actions, whose outcome is still to be told. Words of last year stay until
    somebody has looked at them; what became of the actions before is not told twice.
    """
    if not last:
        return USUAL
    begun: list[Block] = []
    for block in last:
        if block.kind == "outcomes":
            continue
        if block.kind == "plans":
            rows = tuple(PlanRow(row.text) for row in block.rows)
            begun.append(Block("", "outcomes", "What became of last year's actions", rows=rows))
            continue
        begun.append(replace(block, from_last=block.kind in {"text", "theme"} and bool(block.text.strip())))
    return tuple(replace(block, id=f"b{number}") for number, block in enumerate(begun, start=1))


USUAL: Final[Blocks] = (
    Block("b1", "table", "Who took part", choice="took_part"),
    Block("b2", "figure", "Results by section", choice="sections"),
    Block("b3", "figure", "How the marks are spread", choice="marks"),
    Block("b4", "figure", "How the communities are spread", choice="spread"),
    Block("b5", "figure", "Own marks and agreed marks", choice="agreement"),
    Block("b6", "figure", "By type of service", choice="types"),
    Block("b7", "figure", "By region", choice="regions"),
    Block("b8", "figure", "Most often met", choice="most_met"),
    Block("b9", "unmet", "What is met least often, and what helped others", choice="5"),
    Block("b10", "figure", "What changed", choice="change"),
    Block("b11", "table", "Every criterion", choice="criteria"),
)
