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

__all__ = [
    "begin",
    "build_national",
    "check_facts",
    "comment",
    "decide",
    "edit",
    "oversee",
    "oversee_nationals",
    "oversee_plans",
    "read",
    "read_action",
    "read_draft",
    "read_exact",
    "read_final",
    "read_national",
    "read_plan",
    "release_national",
    "send_plan",
    "sign",
    "write_action",
    "write_national",
    "write_plan",
]
