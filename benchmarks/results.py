"""What a benchmark answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One measured figure.

    `limit` is None for a figure that is only for information; then `ok` is None too.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    ok: bool | None = None
    note: str = ""

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return f"{self.value:.3g} {self.unit}" if abs(self.value) < 100 else f"{self.value:,.0f} {self.unit}"

    @property
    def limit_shown(self) -> str:
        """The limit with its unit, or a dash."""
        return "–" if self.limit is None else f"{self.limit:,.6g} {self.unit}"

    @property
    def verdict(self) -> str:
        """Ok, FAIL, or a dash for a figure without a limit."""
        return {None: "–", True: "ok", False: "FAIL"}[self.ok]


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Result:
    """A figure that must not be above its limit, such as a time."""
    return Result(name, value, unit, limit, value <= limit, note)


def at_least(name: str, value: float, unit: str, limit: float, note: str = "") -> Result:
    """A figure that must not be below its limit, such as a rate."""
    return Result(name, value, unit, limit, value >= limit, note)


def for_information(name: str, value: float, unit: str, note: str = "") -> Result:
    """A figure that stands beside others and is not judged."""
    return Result(name, value, unit, note=note)
