"""What may happen to a community, and when."""

from enum import StrEnum
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves

REASON = "Please give a reason."


class Change(StrEnum):
    """A change of a community; each is recorded with a reason and the day from which it holds."""

    RENAME = "rename"
    CHANGE_TYPE = "change_type"
    CLOSE = "close"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    REJOIN = "rejoin"


STANDING: Final = Moves(
    "community",
    {
        "active": "active",
        "withdrawn": "withdrawn",
        "closed": "closed",
        "merged": "merged into another community",
    },
    (
        Move("rename", "Rename", ("active", "withdrawn"), None, ("office",), needs_reason=True),
        Move("change_type", "Change the type", "active", None, ("office",), needs_reason=True),
        Move("withdraw", "Withdraw from the network", "active", "withdrawn", ("office",), needs_reason=True),
        Move("close", "Close", ("active", "withdrawn"), "closed", ("office",), needs_reason=True),
        Move(
            "merge", "Merge into another community", ("active", "withdrawn"), "merged", ("office",), needs_reason=True
        ),
        Move("rejoin", "Take back into the network", ("withdrawn", "closed"), "active", ("office",), needs_reason=True),
    ),
)


def refuse_merging(*, into_itself: bool, other_status: str) -> None:
    """A community merges into another one that is active."""
    if into_itself or other_status != "active":
        raise NotAllowed("A community merges into another one that is active.")
