"""What can be done to reports and action plans; every function takes keywords only.

Local report: `begin_draft`, `write_summary`, `deliver`, `raise_point`, `withdraw_point`, `answer`, `go_on`, `decide`,
`decide_again`, `sign_first`, `sign_second`, `return_to_points`, `begin_correction`, `keep_pdf`. Action plan:
`add_action`, `change_action`, `move_action`, `note_progress`, `carry_on`, `send_plan`.
"""

from communitas.reports.actions.certifying import prepare_certificate
from communitas.reports.actions.checking import answer, go_on, raise_point, withdraw_point
from communitas.reports.actions.correcting import begin_correction
from communitas.reports.actions.deciding import decide, decide_again
from communitas.reports.actions.drafting import begin_draft, deliver, write_summary
from communitas.reports.actions.moving import move_action, note_progress, undo_move
from communitas.reports.actions.plans import (
    add_action,
    carry_on,
    change_action,
    send_plan,
)
from communitas.reports.actions.practice import (
    accept_practice,
    offer_again,
    offer_practice,
    return_practice,
    withdraw_practice,
)
from communitas.reports.actions.proofs import add_file, add_link, withdraw_proof
from communitas.reports.actions.reminding import remind_of_actions
from communitas.reports.actions.signing import keep_pdf, return_to_points, sign_first, sign_second

__all__ = [
    "accept_practice",
    "add_action",
    "add_file",
    "add_link",
    "answer",
    "begin_correction",
    "begin_draft",
    "carry_on",
    "change_action",
    "decide",
    "decide_again",
    "deliver",
    "go_on",
    "keep_pdf",
    "move_action",
    "note_progress",
    "offer_again",
    "offer_practice",
    "prepare_certificate",
    "raise_point",
    "remind_of_actions",
    "return_practice",
    "return_to_points",
    "send_plan",
    "sign_first",
    "sign_second",
    "undo_move",
    "withdraw_point",
    "withdraw_practice",
    "withdraw_proof",
    "write_summary",
]
