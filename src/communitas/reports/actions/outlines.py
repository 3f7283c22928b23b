"""Building a national report from blocks: every step is a new version, so that any can be taken back."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from communitas.cycles.models import Cycle
from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports.models import Outline
from communitas.reports.queries import outlines as queries
from communitas.reports.rules import blocks as rules
from communitas.reports.rules.blocks import Block, Blocks, Way


@transaction.atomic
def begin_outline(*, cycle: Cycle, by: Account, at: datetime) -> Outline:
    """Begin with the blocks of last year's report, or with the usual ones. What was begun already goes on."""
    current = _open(cycle)
    if current is not None:
        return current
    return _keep(cycle, None, rules.starting(queries.last_blocks(cycle)), Outline.Verb.BEGIN, "", by, at)


@transaction.atomic
def add_block(*, cycle: Cycle, block: Block, after: str = "", by: Account, at: datetime) -> Block:
    """Add a block behind another one, or at the end; before all others where `after` is 'top'. It gets its own id."""
    current = _begun(cycle, by, at)
    used = {each["id"] for row in Outline.objects.filter(cycle=cycle) for each in row.blocks}
    made = replace(block, id=rules.new_id(used))
    now = queries.blocks_of(current)
    blocks = rules.put_first(now, made) if after == "top" else rules.added(now, made, after=after)
    _keep(cycle, current, blocks, Outline.Verb.ADD, _about(made), by, at)
    return made


@transaction.atomic
def change_block(*, cycle: Cycle, block: Block, opened: Block | None = None, by: Account, at: datetime) -> None:
    """Change a block. `opened` is how it stood when the page was opened; refused where it stands otherwise now."""
    current = _begun(cycle, by, at)
    blocks = queries.blocks_of(current)
    rules.refuse_overtaken(opened=opened, found=rules.find(blocks, block.id))
    _keep(cycle, current, rules.changed(blocks, block), Outline.Verb.CHANGE, _about(block), by, at)


@transaction.atomic
def move_block(*, cycle: Cycle, block_id: str, way: Way, by: Account, at: datetime) -> None:
    """Move a block one place up or down."""
    current = _begun(cycle, by, at)
    blocks = queries.blocks_of(current)
    about = _about(rules.find(blocks, block_id))
    _keep(cycle, current, rules.moved(blocks, block_id, way), Outline.Verb.MOVE, about, by, at)


@transaction.atomic
def remove_block(*, cycle: Cycle, block_id: str, by: Account, at: datetime) -> None:
    """Remove a block; the version before keeps it."""
    current = _begun(cycle, by, at)
    blocks = queries.blocks_of(current)
    about = _about(rules.find(blocks, block_id))
    _keep(cycle, current, rules.removed(blocks, block_id), Outline.Verb.REMOVE, about, by, at)


@transaction.atomic
def undo_step(*, cycle: Cycle, by: Account, at: datetime) -> Outline:
    """Take the last step back; once more takes the one before it back."""
    current = _begun(cycle, by, at)
    target = queries.undo_target(cycle)
    rules.refuse_nothing_to_undo(target)
    return _restore(cycle, current, target or current.number, by, at)


@transaction.atomic
def restore_outline(*, cycle: Cycle, number: int, by: Account, at: datetime) -> Outline:
    """Go back to the blocks of an earlier version; nothing is lost, for this makes a new one."""
    return _restore(cycle, _begun(cycle, by, at), number, by, at)


def _restore(cycle: Cycle, current: Outline, number: int, by: Account, at: datetime) -> Outline:
    earlier = Outline.objects.get(cycle=cycle, number=number)
    stands_for = rules.standing_for(earlier.number, earlier.restores)
    blocks = queries.blocks_of(earlier)
    return _keep(cycle, current, blocks, Outline.Verb.RESTORE, "", by, at, restores=stands_for)


def _begun(cycle: Cycle, by: Account, at: datetime) -> Outline:
    return _open(cycle) or begin_outline(cycle=cycle, by=by, at=at)


def _open(cycle: Cycle) -> Outline | None:
    """The blocks as they stand, with the cycle locked; refused where the report is proposed or released."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    released, waiting = queries.is_closed(queries.report_of(cycle))
    rules.refuse_change_of_released(released=released, waiting=waiting)
    return queries.outline_of(cycle)


def _keep(
    cycle: Cycle,
    current: Outline | None,
    blocks: Blocks,
    verb: Outline.Verb,
    about: str,
    by: Account,
    at: datetime,
    *,
    restores: int | None = None,
) -> Outline:
    if current is not None and restores is None and blocks == queries.blocks_of(current):
        return current
    made = Outline.objects.create(
        cycle=cycle,
        number=current.number + 1 if current else 1,
        blocks=queries.kept_blocks(blocks),
        verb=verb,
        about=about,
        restores=restores,
        by=by,
        at=at,
    )
    detail = {"version": made.number}
    audit.record(tenant=cycle.network.tenant, verb=f"outline.{verb}", obj=made, by=by, at=at, detail=detail)
    return made


def _about(block: Block) -> str:
    return (block.heading or block.text)[:120]
