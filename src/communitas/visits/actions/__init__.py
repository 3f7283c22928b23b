"""What can be done to visits and their teams; every function takes keywords only."""

from communitas.visits.actions.days import cancel, change_practical, close, hold, plan, plan_again, postpone, set_date
from communitas.visits.actions.interests import declare_interest, withdraw_interest
from communitas.visits.actions.settings import change_settings
from communitas.visits.actions.teams import (
    accept_place,
    appoint_team,
    ask,
    confirm,
    decline_place,
    end_team_access,
    mark_absent,
    remove,
)

__all__ = [
    "accept_place",
    "appoint_team",
    "ask",
    "cancel",
    "change_practical",
    "change_settings",
    "close",
    "confirm",
    "declare_interest",
    "decline_place",
    "end_team_access",
    "hold",
    "mark_absent",
    "plan",
    "plan_again",
    "postpone",
    "remove",
    "set_date",
    "withdraw_interest",
]
