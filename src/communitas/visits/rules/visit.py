"""A visit: its forms, states and moves."""

from typing import Final

from communitas.kit.moves import Move, Moves

FORMS: Final = {"on_site": "On site", "virtual": "Virtual", "hybrid": "Hybrid"}

VISIT: Final = Moves(
    "Visit",
    {
        "planned": "Planned",
        "team_appointed": "Team appointed",
        "confirmed": "Confirmed",
        "held": "Held",
        "closed": "Closed",
        "postponed": "Postponed",
        "cancelled": "Cancelled",
    },
    (
        Move(
            "appoint_team",
            "Appoint the team",
            "planned",
            "team_appointed",
            ("office",),
            "the visit has a date and a lead reviewer, and no rule of conflicts is broken",
            "A team is appointed while the visit is planned.",
        ),
        Move(
            "change_team",
            "Change the team",
            ("team_appointed", "confirmed"),
            None,
            ("office",),
            "no rule of conflicts is broken",
            "The team changes only between its appointment and the visit.",
            needs_reason=True,
        ),
        Move(
            "confirm",
            "Confirm the visit",
            "team_appointed",
            "confirmed",
            ("office",),
            "the date is agreed with the host; an empty seat is shown and chased, and does not stop it",
            "A visit is confirmed when its team has been appointed.",
        ),
        Move(
            "hold",
            "Record that the visit took place",
            ("team_appointed", "confirmed"),
            "held",
            ("lead_reviewer", "office"),
            "the day of the visit has come",
            "Only a visit with a team can take place.",
        ),
        Move(
            "close",
            "Close the visit",
            "held",
            "closed",
            ("lead_reviewer", "office"),
            "its peer-review is closed, or it was not scored",
            "A visit closes after it took place.",
        ),
        Move(
            "postpone",
            "Postpone the visit",
            ("planned", "team_appointed", "confirmed"),
            "postponed",
            ("office",),
            sentence="Only a visit that has not taken place yet can be postponed.",
            needs_reason=True,
        ),
        Move(
            "plan_again",
            "Plan the visit again",
            "postponed",
            "planned",
            ("office",),
            "a new date is set",
            "Only a postponed visit is planned again.",
        ),
        Move(
            "cancel",
            "Cancel the visit",
            ("planned", "team_appointed", "confirmed", "postponed"),
            "cancelled",
            ("office",),
            sentence="Only a visit that has not taken place yet can be cancelled.",
            needs_reason=True,
        ),
    ),
)

TEAM_STATES: Final = frozenset({"team_appointed", "confirmed", "held", "closed"})
WITH_A_DAY: Final = frozenset({"planned", "team_appointed", "confirmed"})  # a postponed one has none
EDITABLE_STATES: Final = WITH_A_DAY | {"postponed"}
