"""What tests of standards stand on: the editions of the demo network in the first network of the cast."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitas import demo
from communitas.kit.tabular import read_yaml
from communitas.standards import actions
from communitas.standards.models import Edition, StandardSet
from communitas.standards.rules import edition as rules
from communitas.standards.rules.importing_yaml import edition_from_yaml
from communitas.standards.rules.lineage import Kind, Link
from tests.cast import NOW, World

FOLDER = Path(demo.__path__[0]) / "data" / "standards"


def edition_data(number: int) -> rules.Edition:
    """One of the demo network's editions."""
    name = f"edition-{number}.yaml"
    found = edition_from_yaml(read_yaml((FOLDER / name).read_bytes(), file=name), file=name).value
    assert found is not None
    return found


def links(number: int) -> tuple[Link, ...]:
    """The demo network's lineage from the edition before to this one."""
    data: Any = yaml.safe_load((FOLDER / f"lineage-{number - 1}-{number}.yaml").read_text("utf-8"))
    return tuple(Link(Kind(row["kind"]), tuple(row["from"]), tuple(row["to"]), row.get("same_meaning")) for row in data)


@pytest.fixture
def hearth_set(world: World) -> StandardSet:
    """A set of its own in the first network."""
    return actions.add_set(network=world.network, name="Living", slug="living", by=world.cora, at=NOW)


@pytest.fixture
def first(world: World, hearth_set: StandardSet) -> Edition:
    """Edition 1, published."""
    edition = actions.create_edition_from(data=edition_data(1), standard_set=hearth_set, by=world.cora, at=NOW)
    actions.publish(edition=edition, proposed_by=world.cora, by=world.cyrus, at=NOW + timedelta(hours=1))
    return edition


@pytest.fixture
def second(world: World, first: Edition) -> Edition:
    """Edition 2, a draft that still has to be compared with edition 1."""
    return actions.create_edition_from(
        data=edition_data(2), standard_set=first.standard_set, by=world.cora, at=NOW + timedelta(hours=2)
    )


@pytest.fixture
def small(world: World, hearth_set: StandardSet) -> Edition:
    """A draft with two sections of three criteria."""

    def criterion(code: str, standard: str) -> rules.Criterion:
        return rules.Criterion(code, f"People agree on matter {code}.", rules.Level.EXPECTED, standard=standard)

    data = rules.Edition(
        "Small standards",
        1,
        (
            rules.Section(
                "Belonging", tuple(criterion(c, s) for c, s in (("1.1", "A"), ("1.2", "A"), ("1.3", "B"))), "1"
            ),
            rules.Section("Safety", tuple(criterion(c, "C") for c in ("2.1", "2.2", "2.3")), "2"),
        ),
        values=(rules.Value("Hope", "Change is possible."), rules.Value("Trust", "")),
    )
    return actions.create_edition_from(data=data, standard_set=hearth_set, by=world.cora, at=NOW)
