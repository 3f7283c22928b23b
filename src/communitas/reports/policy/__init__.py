"""Who may do what with reports and action plans."""

from communitas.reports.policy.local import (
    begin,
    check_facts,
    comment,
    decide,
    edit,
    oversee,
    read,
    read_draft,
    read_final,
    sign,
)
from communitas.reports.policy.national import (
    build_national,
    oversee_nationals,
    read_exact,
    read_national,
    release_national,
    write_national,
)
from communitas.reports.policy.plan import (
    oversee_plans,
    read_action,
    read_plan,
    send_plan,
    write_action,
    write_plan,
)
from communitas.reports.policy.practice import (
    decide_practice,
    offer_achievements,
    offer_practice,
    oversee_practices,
    read_practice,
    withdraw_practice,
)

__all__ = [
    "begin",
    "build_national",
    "check_facts",
    "comment",
    "decide",
    "decide_practice",
    "edit",
    "offer_achievements",
    "offer_practice",
    "oversee",
    "oversee_nationals",
    "oversee_plans",
    "oversee_practices",
    "read",
    "read_action",
    "read_draft",
    "read_exact",
    "read_final",
    "read_national",
    "read_plan",
    "read_practice",
    "release_national",
    "send_plan",
    "sign",
    "withdraw_practice",
    "write_action",
    "write_national",
    "write_plan",
]
