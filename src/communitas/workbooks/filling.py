"""What workbooks tell the cockpit and the home page, through the slots of cycles."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.cycles.models import DueDate, Enrolment
from communitas.cycles.slots import Link, News, Note, SectionRow, Step
from communitas.workbooks import queries
from communitas.workbooks.models import ReviewMove
from communitas.workbooks.queries.pages import MOVE_WORDS
from communitas.workbooks.queries.progress import ReviewProgress
from communitas.workbooks.queries.sections import section_rows
from communitas.workbooks.queries.shares import loads_of
from communitas.workbooks.rules.delegation import Load

MEMBERS, LEAD = frozenset({"staff", "client_member"}), frozenset({"community_lead"})
HOST = MEMBERS | LEAD
TEAM = frozenset({"reviewer", "lead_reviewer"})
OFFICE = frozenset({"office"})


def answers_here(request: Any) -> bool:
    """Whether the person belongs to a community of the network and may answer for it."""
    return any(request.actor.holds(role, request.network.pk) for role in HOST)


def is_ours(request: Any, shown: Mapping[str, Any]) -> bool:
    """Whether a page is about a review of a community to which the person belongs."""
    enrolment = shown.get("enrolment") if request.resolver_match.app_name == "workbooks" else None
    return isinstance(enrolment, Enrolment) and any(
        enrolment.community_id in request.actor.communities_as(role) for role in HOST
    )


def self_review_progress(ids: list[int]) -> dict[int, Note]:
    """How far each self-review is."""
    return {pk: _note(found) for pk, found in queries.progress_by_enrolment(ids).items()}


def links(ids: list[int]) -> dict[int, list[Link]]:
    """The ways to both workbooks."""
    found: dict[int, list[Link]] = {}
    for workbook in queries.workbooks().filter(review__enrolment__in=ids):
        own = workbook.review.kind == "self"
        roles = HOST | TEAM | OFFICE if own else TEAM | OFFICE
        if own and workbook.review.state == "open":
            roles = HOST | OFFICE  # the team reads it once it was sent
        label = _("Self-review") if own else _("Peer-review")
        state = str(workbook.review.get_state_display())
        order = 20 if own else 35
        link = Link(label, workbook.get_absolute_url(), state, order, roles, queries.readers_of(workbook))
        found.setdefault(workbook.review.enrolment_id, []).append(link)
    return found


def next_steps(ids: list[int]) -> dict[int, list[Step]]:
    """What communities and visit teams do next in their workbooks."""
    steps: dict[int, list[Step]] = {}
    due = dict(DueDate.objects.filter(enrolment__in=ids, what="self_review").values_list("enrolment", "due_on"))
    for pk, own in queries.progress_by_enrolment(ids).items():
        steps.setdefault(pk, []).extend(_own_steps(own, due.get(pk)))
    for pk, team in queries.progress_by_enrolment(ids, "peer").items():
        steps.setdefault(pk, []).extend(_team_steps(team))
    return steps


def given_steps(ids: list[int]) -> dict[int, list[Step]]:
    """What single people were asked to answer: each sees their own, before what is left for everybody."""
    steps: dict[int, list[Step]] = {}
    for workbook, load in loads_of(ids):
        if load.left:
            steps.setdefault(workbook.review.enrolment_id, []).append(_given(load))
    return steps


def sections(ids: list[int]) -> dict[int, list[SectionRow]]:
    """How the sections of each self-review stand."""
    return section_rows(ids)


def news(ids: list[int]) -> dict[int, list[News]]:
    """What happened to both reviews."""
    shown = ["send", "reopen", "begin", "open_discussion", "close"]
    books = {workbook.review_id: workbook for workbook in queries.self_reviews().filter(review__enrolment__in=ids)}
    moves = ReviewMove.objects.filter(review__enrolment__in=ids, verb__in=shown).select_related("review")
    found: dict[int, list[News]] = {}
    for move in moves:
        pk, own = move.review.enrolment_id, move.review.kind == "self"
        if own and len(found.setdefault(pk, [])) < 20:
            words = _("The self-review: %(what)s") % {"what": MOVE_WORDS[move.verb]}
            book = books[move.review_id]
            found[pk].append(News(words, move.at, book.get_absolute_url(), move.by_id, queries.readers_of(book)))
        elif move.verb in {"begin", "close", "reopen"} and len(found.setdefault(pk, [])) < 20:
            found[pk].append(News(str(MOVE_WORDS[move.verb]), move.at, by_id=move.by_id))
    return found


def _note(found: ReviewProgress) -> Note:
    href = reverse("workbooks:self_review", args=[found.workbook_id])
    if found.state == "sent":
        return Note(_("sent"), "m2", href)
    words = _("%(answered)d of %(total)d scored") % {"answered": found.answered, "total": found.total}
    if found.differ:
        words += ", " + _("%(count)d to be decided") % {"count": found.differ}
    return Note(words, "m1" if found.answered else "m0", href)


def _own_steps(found: ReviewProgress, due_on: date | None) -> list[Step]:
    """What comes next in a self-review; people of the community who are not named for it are told who names them."""
    if found.state == "sent":
        return []
    href, may = found.workbook.get_absolute_url(), queries.readers_of(found.workbook)
    left = found.total - found.answered
    if not left:
        title, action, roles = _("Every criterion has an answer"), _("Send self-review"), LEAD
    else:
        title = ngettext(
            "%(left)d of %(total)d criteria is still to be scored",
            "%(left)d of %(total)d criteria are still to be scored",
            left,
        ) % {"left": left, "total": found.total}
        action, roles = _("Continue the self-review"), HOST
    told = Step(
        _("Your community is answering its self-review"),
        "",
        "",
        MEMBERS,
        text=_("Would you like to take part? Your community lead can name you as a contributor."),
        order=90,
        may=lambda actor: not may(actor),
    )
    return [Step(title, action, href, roles, due_on, order=10, may=may), *_deciding(found), told]


def _given(load: Load) -> Step:
    title = ngettext(
        "%(left)d criterion given to you waits for an answer",
        "%(left)d criteria given to you wait for an answer",
        load.left,
    ) % {"left": load.left}
    return Step(
        title,
        _("See what is given to you"),
        reverse("workbooks:given_to_me"),
        HOST,
        load.next_on,
        order=11,
        may=lambda actor: str(actor.account_id) == load.person,
    )


def _deciding(found: ReviewProgress) -> list[Step]:
    if not found.differ:
        return []
    title = ngettext(
        "%(count)d criterion has answers that differ: you decide",
        "%(count)d criteria have answers that differ: you decide",
        found.differ,
    ) % {"count": found.differ}
    href = reverse("workbooks:deciding", args=[found.workbook_id])
    return [Step(title, _("Look at them side by side"), href, LEAD, order=12)]


def _team_steps(found: ReviewProgress) -> list[Step]:
    href = reverse("workbooks:peer_review", args=[found.workbook_id])
    if found.state in {"not_started", "scoring"}:
        return [Step(_("Score alone before the team talks"), _("Open the workbook"), href, TEAM, order=20)]
    if found.state in {"agreeing", "reopened"}:
        words = _("%(agreed)d of %(total)d scores are agreed") % {"agreed": found.answered, "total": found.total}
        return [Step(words, _("Go to the agreed scores"), href, frozenset({"lead_reviewer"}), order=15)]
    return []
