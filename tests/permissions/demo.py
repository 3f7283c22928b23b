"""The mail that the demo sent: anybody may read it, because its people are invented."""

from communitas.kit.models import OutboxMail
from tests.cast import NOW, Part, World
from tests.permissions.cases import ANYBODY, Case, Target


def message(world: World, part: Part) -> Target:
    found = OutboxMail.objects.create(
        tenant=part.network.tenant, to="somebody@people.example", subject="A reminder", text="Hello.", queued_at=NOW
    )
    return Target(found.pk)


CASES = [
    Case("demo:mail", row=ANYBODY, public=True, slug=False),
    Case("demo:message", row=ANYBODY, of=[message], public=True, slug=False),
]
