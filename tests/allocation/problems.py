"""Small problems for tests, as the file says them."""

from typing import Any

Json = dict[str, Any]

MONDAY, TUESDAY, WEDNESDAY = "2027-10-04", "2027-10-05", "2027-10-06"
DAYS = [MONDAY, TUESDAY, WEDNESDAY]


def host(name: str, **changes: Any) -> Json:
    """A host of its own organisation, offering three days."""
    return {
        "id": name,
        "organisation": f"Trust {name}",
        "type": "adult",
        "lat": 51.5,
        "lon": 0.0,
        "pathway": "peer_review",
        "dates": list(DAYS),
        **changes,
    }


def reviewer(name: str, **changes: Any) -> Json:
    """An experienced, independent member of staff who is always free."""
    return {
        "id": name,
        "community": None,
        "organisation": None,
        "kind": "staff",
        "levels": ["reviewer"],
        "types": ["adult"],
        "experience": 3,
        "available": list(DAYS),
        "max_visits": 1,
        "lat": 51.5,
        "lon": 0.0,
        **changes,
    }


def team(prefix: str = "", **changes: Any) -> list[Json]:
    """A lead, two of the staff and a client member: one whole team for a peer-review."""
    return [
        reviewer(f"{prefix}Ludo", levels=["lead"], **changes),
        reviewer(f"{prefix}Rafi", **changes),
        reviewer(f"{prefix}Stefan", **changes),
        reviewer(f"{prefix}Nadia", kind="client_member", **changes),
    ]


def problem(hosts: list[Json], reviewers: list[Json], **changes: Any) -> Json:
    """A problem of this year with default settings."""
    return {
        "schema": 1,
        "cycle": 2027,
        "settings": {},
        "hosts": hosts,
        "reviewers": reviewers,
        "conflicts": [],
        "history": [],
        "ledger": {},
        "pinned": [],
        "previous": [],
        **changes,
    }
