from django.core import signing

from communitas.kit import mailing
from tests.cast import Part, World
from tests.permissions.cases import ANYBODY, Case, Target


def stop(world: World, part: Part) -> Target:
    """The link that ends a kind of mail: whoever has it may use it, without signing in."""
    by = world.lena if part.network == world.network else world.theo
    return Target(signing.dumps([part.network.tenant_id, by.pk, "reminders"], salt=mailing.SALT))


CASES = [
    Case("kit:styleguide", row=ANYBODY, public=True),
    Case("kit:stop_mail", row=ANYBODY, of=[stop], public=True),
]
