from django.test import Client

from communitas.kit.addresses import path_of
from tests.cast import World


def test_a_member_of_the_network_reaches_home(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)

    response = client.get(path_of("hearth", "web:home"))

    assert response.status_code == 200
    assert "Lark House · community lead" in response.content.decode()


def test_pages_of_plain_text_need_no_sign_in(client: Client, world: World) -> None:
    for name in ("web:help", "web:accessibility", "web:privacy", "web:front"):
        assert client.get(path_of("hearth", name)).status_code == 200
