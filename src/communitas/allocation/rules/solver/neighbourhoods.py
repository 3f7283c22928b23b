"""Which hosts to free together: near each other, around one whose team costs more than the bound's prices say."""

import random
from collections.abc import Sequence

import numpy as np

from communitas.allocation.rules.solver.bounding import Bounding, reduced_cost
from communitas.allocation.rules.solver.highs import Floats
from communitas.allocation.rules.solver.instance import Column, Instance

RESERVE = 1.6  # times the size: the nearest hosts of which the group is drawn


class Neighbourhoods:
    """Draws groups with a seed of its own."""

    def __init__(self, instance: Instance, bounding: Bounding, chance: random.Random) -> None:
        self._instance = instance
        self._bounding = bounding
        self._chance = chance
        lat = np.radians([host.lat for host in instance.hosts])
        lon = np.radians([host.lon for host in instance.hosts])
        points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        self._nearness = points @ points.T

    def draw(self, chosen: Sequence[Column | None], size: int, count: int) -> list[list[int]]:
        """`count` groups of `size` hosts that do not share a host; fewer when there are too few hosts."""
        badness = self._badness(chosen)
        groups: list[list[int]] = []
        free = np.array([bool(numbers) for numbers in self._instance.options_of])
        for _ in range(count):
            if not free.any():
                break
            weights = np.where(free, badness, 0.0)
            middle = self._chance.choices(range(len(weights)), weights=weights.tolist())[0]
            order = np.argsort(-np.where(free, self._nearness[middle], -2.0), kind="stable")
            near = [int(host) for host in order[: int(size * RESERVE)] if free[host] and host != middle]
            group = [middle, *self._chance.sample(near, min(size - 1, len(near)))]
            free[group] = False
            groups.append(sorted(group))
        return groups

    def _badness(self, chosen: Sequence[Column | None]) -> Floats:
        """How much each host pays above its share of the bound, and a little for everybody."""
        one, bounding = self._instance, self._bounding
        paid = np.array(
            [
                one.unplaced[host] if column is None else reduced_cost(one, column, bounding.prices)
                for host, column in enumerate(chosen)
            ]
        )
        above = np.maximum(0.0, paid - np.where(np.isfinite(bounding.hosts), bounding.hosts, paid))
        return np.asarray(np.minimum(above, 10_000.0) + 1.0 + 0.1 * above.mean().clip(max=1000.0))
