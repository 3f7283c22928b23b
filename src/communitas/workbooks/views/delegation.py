"""Who does what: criteria given to people with a day, taken back, undone; reminders; one's own list."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.people.models import Account
from communitas.workbooks import policy, queries
from communitas.workbooks.actions import delegation as acts
from communitas.workbooks.forms import GiveForm
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries import book_of, pages, shares
from communitas.workbooks.queries.delegation import Answerer, account_of, answerers, held_now
from communitas.workbooks.queries.given import delegations
from communitas.workbooks.views.frame import frame


@for_members
def who(request: MemberRequest, pk: int) -> HttpResponse:
    """What is missing and who has it, by person and by section; the community lead gives from here."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_delegation)
    return _who(request, workbook)


@for_members
@require_POST
def give(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the ticked sections and criteria to a person."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.delegate)
    people, held = answerers(workbook, request.now), held_now(workbook)
    form = GiveForm(request.POST, people, book_of(workbook.review.enrolment))
    if not form.is_valid():
        return _who(request, workbook, form)
    person, due_on = form.cleaned_data["account"], form.cleaned_data["due_on"]
    found = shares.shares(workbook, held, request.now)
    criteria = form.criteria(found)
    try:
        act = acts.give(
            workbook=workbook, criteria=criteria, account=account_of(person), due_on=due_on,
            by=request.user, at=request.now,
        )  # fmt: skip
    except NotAllowed as refused:
        form.add_error(None, refused.why)
        return _who(request, workbook, form)
    messages.success(request, _given(people, person, len(criteria)) if act else _("They have all of this already."))
    return redirect("workbooks:who", pk)


@for_members
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the ticked criteria back from whoever has them."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.delegate)
    form = GiveForm(request.POST, answerers(workbook, request.now), book_of(workbook.review.enrolment))
    criteria = form.ticked(held_now(workbook))
    try:
        act = acts.take_back(workbook=workbook, criteria=criteria, by=request.user, at=request.now)
        messages.success(request, _("Taken back.") if act else _("Nobody had any of these. Tick what you take back."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("workbooks:who", pk)


@for_members
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo one giving or taking back."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.delegate)
    try:
        act = UUID(request.POST.get("act", ""))
        acts.undo(workbook=workbook, act=act, by=request.user, at=request.now)
        messages.success(request, _("Undone. Everything is with whom it was before."))
    except ValueError:
        messages.error(request, _("This cannot be undone: it is not known here."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("workbooks:who", pk)


@for_members
@require_POST
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to a person what still waits for them."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.delegate)
    held = Delegation.objects.filter(workbook=workbook, ended_at=None)
    sent = request.POST.get("account", "")
    account = Account.objects.filter(pk__in=held.values("account"), pk=int(sent)).first() if sent.isdecimal() else None
    try:
        if account is None:
            raise NotAllowed(_("This person has nothing here any more."))
        count = acts.remind(workbook=workbook, account=account, by=request.user, at=request.now)
        words = ngettext("Reminded of %(count)d criterion.", "Reminded of %(count)d criteria.", count)
        messages.success(request, words % {"count": count})
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("workbooks:who", pk)


@for_members
def given_list(request: MemberRequest, pk: int) -> HttpResponse:
    """All that was given and what became of it, to search, filter and download."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.read_delegation)
    spec, rows = delegations(workbook, request.now), Delegation.objects.filter(workbook=workbook)
    rows = rows.select_related("account", "given_by")
    if spec.wants_download(request):
        return spec.download(rows, request)
    context = frame(workbook) | {"listing": spec.read(rows, request)}
    return page(request, "workbooks/given_list.html", context, partial="list")


@for_members
def given_to_me(request: MemberRequest) -> HttpResponse:
    """What this person was asked to answer, in every self-review that is open to them."""
    open_to = policy.answer_self.visible(queries.self_reviews(), request.actor)
    own = shares.given_to(request.user.pk, open_to, request.now)
    return page(request, "workbooks/given_to_me.html", {"own": own})


def _who(request: MemberRequest, workbook: Workbook, form: GiveForm | None = None) -> HttpResponse:
    may_give = policy.delegate.allows(request.actor, workbook)
    held, people = held_now(workbook), answerers(workbook, request.now)
    found = shares.shares(workbook, held, request.now)
    due, today = pages.due_on(workbook), today_in(request.network, request.now)
    lines = [line for section in found for line in section.lines]
    context = frame(workbook) | {
        "may_give": may_give,
        "sections": found,
        "people": shares.people_shares(found, people, held, reader=request.user.pk, today=today, now=request.now),
        "free": sum(line.holder is None and line.standing == "waits" for line in lines),
        "form": form or GiveForm(None, people, book_of(workbook.review.enrolment), due_on=max(due or today, today)),
        "ticked": form.kept() if form else frozenset(),
        "last": shares.last_act(workbook, request.user.pk) if may_give else None,
        "due_on": due,
        "any_given": bool(held),
    }
    return page(request, "workbooks/who.html", context, status=422 if form else 200)


def _given(people: Sequence[Answerer], person: int, count: int) -> str:
    found = next(one for one in people if one.pk == person)
    words = ngettext("Given to %(name)s: %(count)d criterion.", "Given to %(name)s: %(count)d criteria.", count)
    sentence = words % {"name": found.name, "count": count}
    if found.has_address:
        return sentence
    return f"{sentence} " + _("They have no e-mail address: please tell them. It stands on their home page.")
