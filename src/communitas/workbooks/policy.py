"""Who may do what in self-reviews and peer-reviews. All are asked of the workbook."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Q

from communitas.kit.permissions import Condition, Permission, every, some, where
from communitas.members.policy import NEVER, allow
from communitas.workbooks.rules.review import DISCUSSED_STATES, OPEN_STATES

of_workbook = partial(
    allow,
    network="review__enrolment__cycle__network",
    community="review__enrolment__community",
    scope="review__enrolment",
)
OF_SELF = where(review__kind="self")
OF_PEER = where(review__kind="peer")
SELF_IS_OPEN: Condition = every(OF_SELF, where(review__state__in=sorted(OPEN_STATES["self_review"])))
SELF_WAS_SENT: Condition = every(OF_SELF, where(review__state__in=["sent", "reopened"]))
# Scoring begins with the first answer, so a peer-review that nobody has started has its window open too.
PEER_IS_OPEN: Condition = every(OF_PEER, where(review__state__in=sorted({"not_started", *OPEN_STATES["peer_review"]})))
PEER_IS_DISCUSSED: Condition = every(OF_PEER, where(review__state__in=sorted(DISCUSSED_STATES)))

SELF = {"W": SELF_IS_OPEN, "F": SELF_WAS_SENT}
PEER = {"W": PEER_IS_OPEN, "F": PEER_IS_DISCUSSED}

read_self = of_workbook(
    "selfreview.read",
    why="A self-review is read by the people named for it, and by the visit team once it was sent.",
    atoms=SELF,
)
answer_self = of_workbook(
    "selfreview.answer",
    why="Only the community lead and the people named for it answer, while the self-review is open.",
    atoms=SELF,
    sees=read_self,
)
send_self = of_workbook(
    "selfreview.send",
    why="Only the community lead sends the self-review, while it is open.",
    atoms=SELF,
    sees=read_self,
)
reopen_self = of_workbook("selfreview.reopen", why="Only the office reopens a self-review.", atoms=SELF, sees=read_self)
read_self_history = of_workbook(
    "selfreview.read_history",
    why="The history is read by whoever may read the self-review.",
    atoms=SELF,
    sees=read_self,
)
delegate = of_workbook(
    "selfreview.delegate",
    why="Only the community lead names the people who answer, while the self-review is open.",
    atoms=SELF,
    sees=read_self,
)
read_delegation = of_workbook(
    "selfreview.read_delegation",
    why="Who does what is read by the community lead and the people named for the self-review.",
    atoms=SELF,
    sees=read_self,
)
resolve_self = of_workbook(
    "selfreview.resolve",
    why="Only the community lead settles answers that differ, while the self-review is open.",
    atoms=SELF,
    sees=read_self,
)

read_peer = of_workbook("workbook.read", why="Only the visit team and the office read the team's workbook.", atoms=PEER)
read_others = of_workbook(
    "workbook.read_other_reviewer",
    why="A reviewer's scores are hidden until that reviewer finishes or the lead reviewer opens the discussion.",
    atoms=PEER,
    sees=read_peer,
)
answer_peer = of_workbook(
    "workbook.answer",
    why="Only the visit team answers, while the peer-review is open.",
    atoms=PEER,
    sees=read_peer,
)
agree = of_workbook(
    "workbook.agree",
    why="Only the lead reviewer writes agreed scores, while the peer-review is open.",
    atoms=PEER,
    sees=read_peer,
)
read_peer_history = of_workbook(
    "workbook.read_history",
    why="The history is read by the visit team and the office.",
    atoms=PEER,
    sees=read_peer,
)
resolve_peer = of_workbook(
    "workbook.resolve",
    why="Only the lead reviewer settles agreed scores that differ, while the peer-review is open.",
    atoms=PEER,
    sees=read_peer,
)
keep_note = of_workbook(
    "workbook.keep_note", why="Only the visit team keeps private notes.", atoms=PEER, sees=read_peer
)
prepare_feedback = of_workbook(
    "workbook.prepare_feedback",
    why="Only the lead reviewer prepares the feedback of the day, while the peer-review is open.",
    atoms=PEER,
    sees=read_peer,
)
close_peer = of_workbook(
    "workbook.close",
    why="Only the lead reviewer, while it is open, and the office close a peer-review.",
    atoms=PEER,
    sees=read_peer,
)
reopen_peer = of_workbook(
    "workbook.reopen", why="Only two people of the office reopen a peer-review.", atoms=PEER, sees=read_peer
)

_event = partial(
    allow,
    network="workbook__review__enrolment__cycle__network",
    community="workbook__review__enrolment__community",
    scope="workbook__review__enrolment",
    subject="author",
)
_TEAMS_OWN: dict[str, Condition] = {"O": NEVER, "K": NEVER}  # the community reads the team's workbook in the report


def _of_both(of_self: Permission, of_peer: Permission, path: str = "") -> Permission:
    """One permission about both kinds of workbook, each by its own conditions; `path` leads to the review."""
    both = (where(**{f"{path}review__kind": "self"}), of_self), (where(**{f"{path}review__kind": "peer"}), of_peer)
    cells = {
        role: some(*(every(kind, each.cells[role]) for kind, each in both if role in each.cells))
        for role in {*of_self.cells, *of_peer.cells}
    }
    return Permission(of_self.action, of_self.why, cells)


def _when(condition: Condition) -> Condition:
    """A condition on a workbook, asked of one of its events."""
    return lambda actor, role: _below(condition(actor, role))


def _below(asked: Q) -> Q:
    held: list[Any] = asked.children
    children = [_below(child) if isinstance(child, Q) else (f"workbook__{child[0]}", child[1]) for child in held]
    return Q(*children, _connector=asked.connector, _negated=asked.negated)


read_either = _of_both(read_self, read_peer)
_WHY_UPLOAD = "Files and links are added by the people who answer, while the review is open."
upload_evidence = replace(
    _of_both(
        of_workbook("evidence.upload", why=_WHY_UPLOAD, atoms=SELF | {"T": NEVER}),  # the team adds to its own workbook
        of_workbook("evidence.upload", why=_WHY_UPLOAD, atoms=PEER | _TEAMS_OWN),
    ),
    sees=read_either,
)
_WHY_DOWNLOAD = (
    "Evidence is opened by the people who answer, the office, and the visit team until 30 days after the visit."
)
list_evidence = _of_both(
    of_workbook("evidence.download", why=_WHY_DOWNLOAD, atoms=SELF | {"S": NEVER}),
    of_workbook("evidence.download", why=_WHY_DOWNLOAD, atoms=PEER | _TEAMS_OWN | {"S": NEVER}),
)
download_evidence = _of_both(
    _event("evidence.download", why=_WHY_DOWNLOAD, atoms={"F": _when(SELF_WAS_SENT)}),
    _event("evidence.download", why=_WHY_DOWNLOAD, atoms={"F": _when(PEER_IS_DISCUSSED)} | _TEAMS_OWN),
    "workbook__",
)
_WHY_WITHDRAW = (
    "A file is withdrawn by whoever added it and by the community lead, while the review is open, and by the office."
)
withdraw_evidence = replace(
    _of_both(
        _event("evidence.withdraw", why=_WHY_WITHDRAW, atoms={"W": _when(SELF_IS_OPEN)}),
        _event("evidence.withdraw", why=_WHY_WITHDRAW, atoms={"W": _when(PEER_IS_OPEN)} | _TEAMS_OWN),
        "workbook__",
    ),
    sees=download_evidence,
)


def _led(path: str) -> dict[str, Condition]:
    """The community lead of a self-review and the lead reviewer of a peer-review; `path` leads to the review."""
    enrolment = f"{path}review__enrolment"
    return {
        "O": lambda actor, role: Q(
            **{f"{path}review__kind": "self", f"{enrolment}__community__in": actor.communities_as(role)}
        ),
        "T": lambda actor, role: Q(**{f"{path}review__kind": "peer", f"{enrolment}__in": actor.scopes("team")}),
        "W": where(
            **{f"{path}review__state__in": sorted({state for open_in in OPEN_STATES.values() for state in open_in})}
        ),
    }


_led_from_it = partial(
    allow,
    community="workbook__review__enrolment__community",
    scope="workbook__review__enrolment",
    atoms=_led("workbook__"),
)
read_quarantine = _led_from_it(
    "quarantine.read",
    why="Answers that came out of place are read by their author, whoever leads the review, and the office.",
    network="network",
    subject="author",
)
place_quarantined = _led_from_it(
    "quarantine.place",
    why="Whoever leads the review decides about answers that came out of place, and the office.",
    network="network",
    subject="author",
    sees=read_quarantine,
)
_WHY_REDACT = "Only the contact for data protection removes what was written."
redact = of_workbook("answer.redact", why=_WHY_REDACT)
redact_quarantined = allow("answer.redact", why=_WHY_REDACT, network="network")
read_unsent = _led_from_it(
    "device.read_unsent",
    why="Whoever leads the review, and the office, see on which devices answers still wait.",
    network="workbook__review__enrolment__cycle__network",
)
stop_device = allow(
    "device.stop", why="A device is stopped by its owner or by the office.", network="network", subject="account"
)
confirm_outbox = allow(
    "outbox.confirm",
    why="Answers that were brought back are added by their author alone.",
    network="workbook__review__enrolment__cycle__network",
    subject="author",
)
hand_in_outbox = _led_from_it(
    "quarantine.place",
    why="Whoever leads the review, and the office, hand in what was brought back for a closed account.",
    network="workbook__review__enrolment__cycle__network",
    subject="author",
)
upload_outbox = of_workbook(
    "workbook.upload_outbox", why="The visit team and the office bring back what a device could not send.", atoms=PEER
)

import_xlsx = of_workbook(
    "selfreview.import_xlsx",
    why="Only the community lead and staff who are named for it upload a spreadsheet, while the self-review is open.",
    atoms=SELF,
    sees=read_self,
)
read_spreadsheet = _event(
    "selfreview.read", why=read_self.why, atoms={"W": _when(SELF_IS_OPEN), "F": _when(SELF_WAS_SENT)}
)
decide_spreadsheet = _event(
    "selfreview.import_xlsx", why=import_xlsx.why, atoms={"W": _when(SELF_IS_OPEN)}, sees=read_spreadsheet
)
