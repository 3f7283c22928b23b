"""Who may do what in self-reviews and peer-reviews. All are asked of the workbook."""

from functools import partial

from communitas.kit.permissions import Condition, every, where
from communitas.members.policy import allow
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
close_peer = of_workbook(
    "workbook.close",
    why="Only the lead reviewer, while it is open, and the office close a peer-review.",
    atoms=PEER,
    sees=read_peer,
)
reopen_peer = of_workbook(
    "workbook.reopen", why="Only two people of the office reopen a peer-review.", atoms=PEER, sees=read_peer
)
