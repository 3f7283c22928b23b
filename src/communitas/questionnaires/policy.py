"""Who may do what with questionnaires. Nearly all is asked of the opening: a questionnaire open to one enrolment."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from communitas.kit.permissions import Condition, Permission, every, where
from communitas.members.policy import allow

of_opening = partial(
    allow,
    network="enrolment__cycle__network",
    community="enrolment__community",
    scope="enrolment",
)


def _in_window(actor: Any, role: str) -> Q:
    today = localdate(actor.now)
    return Q(state="open", opens_on__lte=today, closes_on__gte=today)


def of_audience(audience: str) -> Condition:
    """The opening is for these people, and its window is open."""
    return every(where(questionnaire__audience=audience), _in_window)


RELEASED = where(state="released")
LARGE_ENOUGH = where(state="released", enough=True)

read_counters = of_opening(
    "questionnaire.read_counters",
    why="Only people of the community, the team's lead reviewer and the office see how many answers came back.",
)
counters_of_enrolment = allow(
    "questionnaire.read_counters",
    why="Only people of the community, the team's lead reviewer and the office see how many answers came back.",
    network="cycle__network",
    community="community",
    scope="pk",
)
answer_staff = of_opening(
    "questionnaire.answer_staff",
    why="This questionnaire is for the staff of the community, while its window is open.",
    atoms={"W": of_audience("staff")},
)
answer_client_member = of_opening(
    "questionnaire.answer_client_member",
    why="This questionnaire is for the client members of the community, while its window is open.",
    atoms={"W": of_audience("client_member")},
)
enter_paper = of_opening(
    "questionnaire.enter_paper",
    why="Only the community lead and named staff, while the window is open, and the office type in answers on paper.",
    atoms={"W": _in_window},
    sees=read_counters,
)
audit_case_notes = of_opening(
    "questionnaire.audit_case_notes",
    why="Only the community lead and named staff audit case notes, while the window is open.",
    atoms={"W": of_audience("case_note")},
    sees=read_counters,
)
hand_out = of_opening(
    "questionnaire.hand_out",
    why="Only the community lead and the office hand out links and slips.",
    sees=read_counters,
)
change_window = of_opening(
    "questionnaire.release", why="Only the office changes the window of a questionnaire.", sees=read_counters
)
release = of_opening("questionnaire.release", why="Only the office releases answers.", sees=read_counters)
read_aggregate = of_opening(
    "questionnaire.read_aggregate",
    why="Released figures are read by the community, its visit team and the office.",
    atoms={"F": RELEASED, "G": LARGE_ENOUGH},
)
read_raw = of_opening(
    "questionnaire.read_raw",
    why="Only the moderator of the office reads what people wrote before it is shown.",
)

moderate = allow(
    "questionnaire.read_raw",
    why="Only the moderator of the office reads what people wrote before it is shown.",
    network="pk",
)
build = allow("questionnaire.build", why="Only the office builds questionnaires.", network="pk")
configure = allow("network.configure", why="Only the office changes the settings of questionnaires.", network="pk")
edit = allow(
    "questionnaire.build",
    why="Only the office builds questionnaires.",
    network="edition__standard_set__network",
)
open_in_cycle = allow("questionnaire.build", why="Only the office opens questionnaires.", network="network")
open_for_enrolment = allow("questionnaire.build", why="Only the office opens questionnaires.", network="cycle__network")
read_own = allow(
    "questionnaire.read_own",
    why="Only the person who answered, with the code, reads the own answers, until they are released.",
    network="opening__enrolment__cycle__network",
    subject="account",
    atoms={"W": where(opening__state__in=["open", "closed"])},
)
withdraw_own = allow(
    "questionnaire.withdraw_own",
    why="Only the person who answered, with the code, takes the own answers back, until they are released.",
    network="opening__enrolment__cycle__network",
    subject="account",
    atoms={"W": where(opening__state__in=["open", "closed"])},
)


def answer_by_link(token: str) -> Permission:
    """Whoever holds the address of an opening answers, while its window is open."""
    return allow(
        "questionnaire.answer_by_link",
        why="This questionnaire is closed. Thank you for wanting to answer.",
        network="enrolment__cycle__network",
        atoms={"L": where(link_token=token), "W": _in_window},
    )


def answer_on_device(token: str) -> Permission:
    """Whoever stands at a shared device that was given its address answers, while the window is open."""
    return allow(
        "questionnaire.answer_by_link",
        why="This questionnaire is closed. Thank you for wanting to answer.",
        network="enrolment__cycle__network",
        atoms={"L": where(kiosk_token=token), "W": _in_window},
    )
