"""The data files of the demo, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import yaml

from communitas.demo.cast import DATA
from communitas.standards.rules.edition import Criterion, Edition, Layer, Level, Mark, Scale, Section, Value
from communitas.standards.rules.lineage import Kind, Link

Data = dict[str, Any]
EDITIONS: Final = (1, 2, 3)


@lru_cache(maxsize=16)
def load(name: str) -> Any:
    """The content of a data file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # four times as quick, where libyaml is there
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # both loaders are safe


def edition_of(data: Data) -> Edition:
    """An edition as the rules know it."""
    return Edition(
        title=data["title"],
        number=data["number"],
        summary=data["summary"],
        scale=Scale(tuple(Mark(**mark) for mark in data["scale"])),
        values=tuple(Value(**value) for value in data["values"]),
        layers=tuple(Layer(**layer | {"applies_to": tuple(layer.get("applies_to", ()))}) for layer in data["layers"]),
        sections=tuple(
            Section(section["title"], tuple(_criteria(section)), section["code"], section["introduction"])
            for section in data["sections"]
        ),
    )


def _criteria(section: Data) -> Iterator[Criterion]:
    for standard in section["standards"]:
        for criterion in standard["criteria"]:
            facts = criterion | {"level": Level(criterion["level"]), "applies_to": tuple(criterion["applies_to"])}
            yield Criterion(**facts, standard=standard["title"])


def hearth_edition(number: int) -> Edition:
    """One of the three editions of the Hearth Network."""
    return edition_of(load(f"standards/edition-{number}.yaml"))


def lineage_to(number: int) -> list[Link]:
    """What became of each criterion between the edition before and this one."""
    return [
        Link(Kind(link["kind"]), tuple(link["from"]), tuple(link["to"]), link["same_meaning"])
        for link in load(f"standards/lineage-{number - 1}-{number}.yaml")
    ]


@dataclass(frozen=True)
class Place:
    """One community as the data file tells it, as it was before this year's changes where `former`."""

    data: Data

    @property
    def code(self) -> str:
        return str(self.data["code"])

    @property
    def event(self) -> Data:
        """What happens to the community this year: withdraw, rename, merge or change_type; {} for most."""
        found: Data = self.data.get("event", {})
        return found

    @property
    def former_name(self) -> str:
        names = self.data["former_names"]
        return str(names[-1] if names else self.data["name"])

    @property
    def former_type(self) -> str:
        return str(self.event.get("former_service_type", self.data["service_type"]))


def places() -> list[Place]:
    """Every community of the Hearth Network, Lark House first."""
    return [Place(data) for data in load("communities.yaml")["communities"]]
