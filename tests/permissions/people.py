from tests.cast import Part, World
from tests.permissions.cases import ANYBODY, SIGNED_IN, Case, Target


def token(world: World, part: Part) -> Target:
    return Target("a-token")


CASES = [
    Case("people:profile", row=SIGNED_IN, methods=("GET", "POST")),
    Case("people:address", row=SIGNED_IN, methods=("GET", "POST")),
    Case("people:confirm_address", row=SIGNED_IN, of=[token], methods=("GET", "POST")),
    Case("people:consent", row=SIGNED_IN, methods=("POST",)),
    Case("people:kept", row=SIGNED_IN),
    Case("people:code", row=ANYBODY, public=True),
]
