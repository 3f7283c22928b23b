"""The settings of a network are data that its office keeps."""

from datetime import date

import pytest
from django.test import Client

from communitas.benchmarking.rules.disclosure import parameters
from communitas.cycles.rules.due import Windows
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.members import actions, queries
from communitas.members.forms.network import WINDOWS, SettingsForm
from communitas.members.models import Network
from communitas.members.rules import thresholds
from tests.cast import NOW, World


def values(network: Network, **changes: object) -> dict[str, object]:
    form = SettingsForm(instance=network)
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in {**initial, **changes}.items() if value not in (None, False)}


def test_the_office_saves_words_calendar_windows_and_thresholds(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)
    changes = {"strapline": "Together", "regions": "North\nSouth\nNorth", "weekend": [5, 6], "window_draft": 5}

    response = client.post(path_of("hearth", "members:settings"), values(world.network, **changes))

    network = Network.objects.get(pk=world.network.pk)
    assert response.status_code == 302
    assert (network.strapline, network.regions, network.weekend) == ("Together", ["North", "South"], [5, 6])
    assert network.windows["draft"] == 5
    assert Windows(**network.windows).draft == 5
    assert parameters.Parameters(**network.thresholds).people == 10
    assert Network.objects.get(pk=world.twin.network.pk).strapline == ""


def test_a_threshold_below_its_floor_is_refused_by_form_and_action(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)

    response = client.post(path_of("hearth", "members:settings"), values(world.network, limit_people=3))

    assert response.status_code == 200
    with pytest.raises(NotAllowed, match="never laxer"):
        actions.configure_network(network=world.network, settings={"thresholds": {"people": 3}}, by=world.cora, at=NOW)


def test_floors_and_windows_are_those_of_the_rules_that_use_them() -> None:
    floors = {
        name: getattr(parameters, f"{rule}_FLOOR")
        for name, rule in {
            "people": "PERSON",
            "communities": "ORGANISATION",
            "colluders": "COLLUDERS",
            "rounding": "ROUNDING",
            "criterion": "CRITERION",
            "whole_numbers": "WHOLE_NUMBER",
        }.items()
    }

    assert floors == thresholds.FLOORS
    assert parameters.DOMINANCE_CEILING == thresholds.DOMINANCE_CEILING
    assert {name: usual for name, (_label, usual) in WINDOWS.items()} == {
        name: getattr(Windows(), name) for name in Windows.__dataclass_fields__
    }


def test_days_off_are_added_once_and_removed(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)
    path = path_of("hearth", "members:holidays")
    for _ in range(2):
        client.post(path, {"on": "2027-12-25", "name": "Christmas Day"})

    before = queries.working_calendar(world.network)
    client.post(path_of("hearth", "members:holiday_remove", world.network.holidays.get().pk))

    assert before == (frozenset(), frozenset({date(2027, 12, 25)}))
    assert not world.network.holidays.exists()


def test_a_type_keeps_its_code_when_it_is_renamed(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)
    kind = world.network.service_types.get(code="prison")

    client.post(path_of("hearth", "members:type_edit", kind.pk), {"name": "Prisons", "plural": "", "code": "gaol"})

    kind.refresh_from_db()
    assert (kind.code, kind.name) == ("prison", "Prisons")


def test_an_organisation_is_named_once_in_any_case(client: Client, world: World) -> None:
    world.sign_in(client, world.cora)
    name = world.lark.organisation.name if world.lark.organisation else ""

    response = client.post(path_of("hearth", "members:organisation_add"), {"name": name.upper()})

    assert "Another organisation has this name" in response.content.decode()


def test_a_network_has_its_own_address(world: World) -> None:
    made = actions.create_network(slug="haven", name="Haven", settings={"weekend": [5, 6]}, by=None, at=NOW)

    assert (made.slug, made.weekend) == ("haven", [5, 6])
    with pytest.raises(NotAllowed, match="this address"):
        actions.create_network(slug="haven", name="Haven again", by=None, at=NOW)
