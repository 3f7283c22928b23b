"""`communitas manage check_audit` finds a line that somebody changed behind the application's back."""

import io

import pytest
from django.core.management import CommandError, call_command

from communitas.kit import audit
from communitas.kit.models import AuditLine
from tests.cast import NOW, World
from tests.locks import open_every_lock


def test_whole_trails_are_told_with_their_length(world: World) -> None:
    for verb in ("community.rename", "community.close"):
        audit.record(tenant=world.network.tenant, verb=verb, obj=world.lark, by=world.cora, at=NOW)
    said = io.StringIO()

    call_command("check_audit", stdout=said)

    assert "hearth: 2 lines, all in place" in said.getvalue()


@pytest.mark.parametrize(
    "change", [{"reason": "another"}, {"by": None}, {"detail": {"a": 2}}, {"hash": "0" * 64}, {"number": 9}]
)
def test_a_changed_line_ends_the_check_with_its_number(world: World, change: dict[str, object]) -> None:
    for verb in ("a.one", "a.two", "a.three"):
        audit.record(tenant=world.network.tenant, verb=verb, obj=world.lark, by=world.cora, at=NOW)
    audit.record(tenant=world.twin.network.tenant, verb="a.b", obj=world.twin.lark, by=world.tess, at=NOW)
    open_every_lock()
    AuditLine.objects.filter(tenant=world.network.tenant, number=2).update(**change)
    said = io.StringIO()

    with pytest.raises(CommandError, match="hearth: line 2 does not fit") as refused:
        call_command("check_audit", stdout=said)

    assert refused.value.returncode == 1
    assert "harbour: 1 lines, all in place" in said.getvalue()
