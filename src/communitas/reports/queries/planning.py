"""What the plan's actions ask: who writes it, the last move of an action, and what has become of its criterion."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from communitas.benchmarking import queries as benchmarking
from communitas.cycles.models import Enrolment
from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.reports.models import Action, ActionEvidence, ActionNote
from communitas.reports.rules.actionplan import UNDO_HOURS
from communitas.workbooks.models import Evidence, Upload

MOVES = {"state", "done_at", "percent"}  # a note that changed more than this is no move, but another plan


def writers_of(enrolment: Enrolment, at: datetime) -> list[Account]:
    """The people of the community who may write the plan: its leads and those named to help. One query."""
    roles = RoleGrant.objects.filter(community=enrolment.community_id, since_at__lte=at).exclude(until_at__lte=at)
    named = Access.objects.filter(
        community=enrolment.community_id,
        relation=Access.Relation.CONTRIBUTOR,
        scope=enrolment.pk,
        since_at__lte=at,
    ).exclude(until_at__lte=at)
    leads = roles.filter(role=RoleGrant.Role.COMMUNITY_LEAD)
    helpers = roles.filter(
        role__in=[RoleGrant.Role.STAFF, RoleGrant.Role.CLIENT_MEMBER], account__in=named.values("account")
    )
    chosen = Q(pk__in=leads.values("account")) | Q(pk__in=helpers.values("account"))
    return list(Account.objects.filter(chosen, is_active=True).order_by("display_name", "pk"))


def hold_action(action: Action) -> None:
    """Read the action anew and keep others from changing it until this transaction is done."""
    action.refresh_from_db(
        from_queryset=Action.objects.select_for_update(of=("self",)).select_related("enrolment__cycle__network__tenant")
    )


def last_move(action: Action) -> ActionNote | None:
    """The last note that moved the action, also when it takes one back; None when its plan was changed after."""
    return next(iter(_moves(action.notes.all())), None)


def undoable(enrolment: Enrolment, at: datetime) -> set[int]:
    """The actions of a plan whose last move can be taken back. One query."""
    recent = ActionNote.objects.filter(
        action__enrolment=enrolment, at__gte=at - timedelta(hours=UNDO_HOURS)
    ).select_related("action")
    found: dict[int, bool] = {}
    for note in _moves(recent, each=True):
        standing = note.change["state"][1] == note.action.state
        found.setdefault(note.action_id, note.undoes_id is None and standing and not set(note.change) - MOVES)
    return {pk for pk, yes in found.items() if yes}


def key_now(action: Action, enrolment: Enrolment) -> str:
    """The key that an earlier action's criterion has in this enrolment's edition; '' where none compares."""
    last = benchmarking.earlier(enrolment) if action.criterion_key else None
    if last is None or last.enrolment.pk != action.enrolment_id:
        return ""
    return next((key for key, older in last.same.items() if older == action.criterion_key), "")


def room_taken(community: int) -> int:
    """How many bytes the files of a community take: those of its workbooks and those of its plans."""
    of_books = "workbook__review__enrolment__community"
    sizes = [
        Evidence.objects.filter(**{of_books: community}).aggregate(all=Sum("size"))["all"],
        Upload.objects.filter(**{of_books: community}).aggregate(all=Sum("size"))["all"],
        ActionEvidence.objects.filter(action__enrolment__community=community).aggregate(all=Sum("size"))["all"],
    ]
    return sum(size or 0 for size in sizes)


def proofs() -> QuerySet[ActionEvidence]:
    """Evidence of actions with what pages show."""
    return ActionEvidence.objects.select_related(
        "action__enrolment__cycle__network__tenant",
        "action__enrolment__community",
        "file__tenant",
        "shown__tenant",
        "by",
    )


def _moves(notes: Iterable[ActionNote], *, each: bool = False) -> Iterable[ActionNote]:
    for note in notes:
        if "state" in note.change:
            if not each and set(note.change) - MOVES:
                return
            yield note
