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
from communitas.reports.policy.plan import (
    oversee_plans,
    read_action,
    read_plan,
    send_plan,
    write_action,
    write_plan,
)

__all__ = [
    "begin",
    "check_facts",
    "comment",
    "decide",
    "edit",
    "oversee",
    "oversee_plans",
    "read",
    "read_action",
    "read_draft",
    "read_final",
    "read_plan",
    "send_plan",
    "sign",
    "write_action",
    "write_plan",
]
