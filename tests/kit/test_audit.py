from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from communitas.kit import audit
from communitas.kit.models import AuditLine
from tests.cast import NOW, World


def record(world: World, verb: str) -> AuditLine:
    return audit.record(
        tenant=world.network.tenant, verb=verb, obj=world.lark, by=world.cora, at=NOW, reason="a reason"
    )


def test_lines_of_a_tenant_are_numbered_and_chained(world: World) -> None:
    first, second = record(world, "community.rename"), record(world, "community.close")

    assert (first.number, second.number) == (1, 2)
    assert second.hash_before == first.hash
    assert audit.first_broken_line(world.network.tenant) is None


def test_a_moment_in_another_zone_keeps_the_chain_whole(world: World) -> None:
    summer = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    audit.record(tenant=world.network.tenant, verb="a.b", obj=world.lark, by=world.cora, at=summer)

    assert audit.first_broken_line(world.network.tenant) is None


def test_each_tenant_has_its_own_chain(world: World) -> None:
    record(world, "community.rename")

    line = audit.record(tenant=world.twin.network.tenant, verb="x.y", obj=world.twin.lark, by=world.tess, at=NOW)

    assert (line.number, line.hash_before) == (1, "")


@pytest.mark.parametrize("verb", ["UPDATE kit_auditline SET reason = 'another'", "DELETE FROM kit_auditline"])
def test_the_database_refuses_to_change_or_delete_a_line(world: World, verb: str) -> None:
    record(world, "community.rename")

    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_a_line_that_was_written_outside_the_chain_shows(world: World) -> None:
    record(world, "a.one")
    forged = AuditLine(
        tenant=world.network.tenant,
        number=2,
        at=NOW,
        verb="a.two",
        object_type="x",
        object_id="1",
        hash_before="0" * 64,
    )
    forged.hash = audit.line_hash(forged)
    forged.save()

    assert audit.first_broken_line(world.network.tenant) == 2


def test_a_line_whose_text_does_not_fit_its_hash_shows(world: World) -> None:
    last = record(world, "a.one")
    AuditLine.objects.create(
        tenant=world.network.tenant,
        number=2,
        at=NOW,
        verb="a.two",
        object_type="x",
        object_id="1",
        hash_before=last.hash,
        hash="0" * 64,
    )

    assert audit.first_broken_line(world.network.tenant) == 2
