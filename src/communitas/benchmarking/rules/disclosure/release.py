"""A protected release: the only figures that leave the office."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Hidden, Percent, Protected

ALGORITHM = "1"  # raised with every change that could alter a published cell


@dataclass(frozen=True, slots=True)
class Audit:
    """What the last check of a release found. For the office: the counts by step would help an attacker."""

    cells: int
    shown: int
    banded: int
    hidden_by_rule: int
    hidden_by_differencing: int
    failures: tuple[str, ...]  # empty in every release that `protect` gives

    @property
    def passed(self) -> bool:
        """Whether nothing that is published determines anyone's mark."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Shown:
    """A value to show for a wanted cell, and the group it really is of: the parent's when the cell is hidden."""

    value: Protected
    group: Group


@dataclass(frozen=True, slots=True)
class ProtectedRelease:
    """The frozen cells of one cycle. The same input gives the same release, byte for byte."""

    values: Mapping[CellKey, Protected]
    parents: Mapping[Group, Group | None]
    parameters: Parameters
    audit: Audit
    algorithm: str = ALGORITHM

    def value(self, key: CellKey) -> Protected:
        """The value of a declared cell; KeyError for any other, so that nobody can ask freely."""
        return self.values[key]

    def shown(self, key: CellKey) -> Shown:
        """The value of a cell or, when it is hidden, of the nearest declared parent that is not."""
        group: Group | None = key.group
        while group is not None:
            value = self.values[CellKey(key.kind, key.subject, group)]
            if not isinstance(value, Hidden):
                return Shown(value, group)
            group = self.parents[group]
        return Shown(HIDDEN, key.group)

    def to_bytes(self) -> bytes:
        """The release as canonical JSON, to be stored and signed. The audit stays with the office."""
        cells = [
            [
                key.kind,
                key.subject.level,
                key.subject.name,
                key.group.dimension,
                key.group.name,
                as_plain(value),
            ]
            for key, value in self.values.items()
        ]
        document = {"algorithm": self.algorithm, "parameters": asdict(self.parameters), "cells": cells}
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """The hash that the second person signs."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def as_plain(value: Protected) -> dict[str, int | str | bool]:
    """A protected value for JSON: hidden is one common mark without a reason."""
    match value:
        case Percent(met, partly_met, not_met, rounded_to):
            return {
                "percent_met": met,
                "percent_partly_met": partly_met,
                "percent_not_met": not_met,
                "rounded_to": rounded_to,
            }
        case AlmostAll(mark, at_most):
            return {"almost_all": mark, "all_but_at_most": at_most}
        case Hidden():
            return {"hidden": True}
