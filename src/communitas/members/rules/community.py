"""A community as plain data, the same for the database, the files and the command line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """A member service. `code` is unique in its network ignoring case; `service_type` is the code of its type."""

    code: str
    name: str
    service_type: str
    organisation: str = ""
    region: str = ""
    town: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
