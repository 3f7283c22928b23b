"""The pages of visits."""

from communitas.visits.views.interests import all_interests, interests, withdraw_interest
from communitas.visits.views.lists import mine, visit_list, visit_settings
from communitas.visits.views.team import appoint, ask, candidates, confirm, mark_absent, remove
from communitas.visits.views.visit import cancel, hold, plan, postpone, practical, set_date, visit
from communitas.visits.views.yours import accept, decline

__all__ = [
    "accept",
    "all_interests",
    "appoint",
    "ask",
    "cancel",
    "candidates",
    "confirm",
    "decline",
    "hold",
    "interests",
    "mark_absent",
    "mine",
    "plan",
    "postpone",
    "practical",
    "remove",
    "set_date",
    "visit",
    "visit_list",
    "visit_settings",
    "withdraw_interest",
]
