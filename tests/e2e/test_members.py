"""The pages of people, communities and settings: usable by everybody, in both themes and on a telephone."""

import pytest

from communitas.kit.addresses import path_of
from tests.cast import World
from tests.e2e.pages import WatchedPage
from tests.e2e.test_doors import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = ["members:communities", "members:community_add", "members:people", "members:invite", "members:settings"]
OFFICE += ["members:holidays", "members:kinds", "members:import_start", "members:directory"]


def test_the_office_keeps_communities_and_people(open_page: WatchedPage, world: World) -> None:
    sign_in(open_page, "cora")

    lark = world.lark.pk
    addresses: list[tuple[str, tuple[object, ...]]] = [(name, ()) for name in OFFICE]
    addresses += [(f"members:{name}", (lark,)) for name in ("community", "community_edit", "community_people")]
    addresses += [("members:community_change", (lark, "merge")), ("members:person", (world.rafi.pk,))]
    for name, args in addresses:
        open_page.open(path_of("hearth", name, *args), axe=False)
        open_page.check_everywhere()


def test_a_client_member_keeps_the_own_profile(open_page: WatchedPage, world: World) -> None:
    sign_in(open_page, "mina")

    for name in ("people:profile", "people:address", "people:kept", "mfa_index", "account_change_password"):
        open_page.open(path_of("hearth", name), axe=False, expect=200)
        open_page.check_everywhere()
