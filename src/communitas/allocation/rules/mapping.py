"""Where the points of a plan lie in a drawing: no map behind them, only places and ways to scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

Json = dict[str, Any]
WIDTH: Final = 600.0
TALLEST: Final = 900.0
MARGIN: Final = 24.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A community in the drawing; `placed` when the plan visits it."""

    host: str
    x: float
    y: float
    placed: bool


@dataclass(frozen=True, slots=True)
class Way:
    """From where a person sets out to whom they visit."""

    reviewer: str
    host: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Dots and ways in a box of this width and height, north up."""

    width: float
    height: float
    dots: tuple[Dot, ...]
    ways: tuple[Way, ...]


def draw(problem: Json, plan: Json) -> Drawing:
    """The plan to scale: degrees of longitude are narrowed as at the middle latitude, and nothing is stretched."""
    hosts = {one["id"]: one for one in problem["hosts"]}
    people = {one["id"]: one for one in problem["reviewers"]}
    teams = {row["host"]: [one["reviewer"] for one in row["team"]] for row in plan["visits"]}
    travelling = [people[name] for team in teams.values() for name in team]
    place, height = _projection([*hosts.values(), *travelling])
    ways = [Way(name, host, *place(people[name]), *place(hosts[host])) for host, team in teams.items() for name in team]
    dots = [Dot(host, *place(row), host in teams) for host, row in hosts.items()]
    return Drawing(WIDTH, height, tuple(dots), tuple(ways))


class _Place:
    def __init__(self, west: float, north: float, narrowing: float, scale: float, aside: float) -> None:
        self._west, self._north, self._narrowing, self._scale, self._aside = west, north, narrowing, scale, aside

    def __call__(self, row: Mapping[str, Any]) -> tuple[float, float]:
        x = self._aside + MARGIN + (row["lon"] - self._west) * self._narrowing * self._scale
        return round(x, 1), round(MARGIN + (self._north - row["lat"]) * self._scale, 1)


def _projection(rows: Sequence[Mapping[str, Any]]) -> tuple[_Place, float]:
    """How a point becomes x and y, and the height of the drawing."""
    lats, lons = [row["lat"] for row in rows] or [0.0], [row["lon"] for row in rows] or [0.0]
    narrowing = max(0.1, cos(radians((max(lats) + min(lats)) / 2)))
    wide, tall = (max(lons) - min(lons)) * narrowing, max(lats) - min(lats)
    room = WIDTH - 2 * MARGIN
    scale = min(room / max(wide, 0.01), (TALLEST - 2 * MARGIN) / max(tall, 0.01))
    aside = (room - wide * scale) / 2
    return _Place(min(lons), max(lats), narrowing, scale, aside), round(tall * scale + 2 * MARGIN, 1)
