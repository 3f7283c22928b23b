"""Identical posts at the same moment, and one id sent to two workbooks: stored once, nothing undone, nothing lost."""

from functools import partial
from uuid import uuid4

import pytest

from communitas.workbooks import queries
from communitas.workbooks.models import Event, Quarantined
from tests.cast import World
from tests.workbooks.invariants import broken, doubled
from tests.workbooks.racing import at_once, payloads, post

pytestmark = pytest.mark.django_db(transaction=True)


def identical_posts(world: World, *, posts: int, ids: int) -> list[list[str]]:
    """So many parallel posts of the same ids; the statuses that each was told."""
    workbook = queries.workbooks().get(pk=world.workbook.pk)
    sent = payloads(workbook, [str(uuid4()) for _ in range(ids)])
    return at_once([partial(post, workbook, "staff", world.stefan, sent)] * posts)


def test_parallel_identical_posts_store_each_answer_once(world: World) -> None:
    told = identical_posts(world, posts=8, ids=30)

    assert Event.objects.count() == 30
    assert sorted(one for each in told for one in each) == ["duplicate"] * 210 + ["stored"] * 30
    assert [doubled(), broken(), Quarantined.objects.count()] == [[], [], 0]


def test_one_id_in_two_workbooks_is_stored_once_and_waits_once(world: World) -> None:
    mine = queries.workbooks().get(pk=world.workbook.pk)
    theirs = queries.workbooks().get(pk=world.twin.workbook.pk)
    ids = [str(uuid4()) for _ in range(20)]

    both = at_once(
        [
            partial(post, mine, "staff", world.stefan, payloads(mine, ids)),
            partial(post, theirs, "community_lead", world.theo, payloads(theirs, ids)),
        ]
    )

    assert sorted(map(sorted, zip(*both, strict=True))) == [["quarantined", "stored"]] * 20
    assert (Event.objects.count(), Quarantined.objects.filter(reason="id_clash").count()) == (20, 20)
    assert [doubled(), broken()] == [[], []]
