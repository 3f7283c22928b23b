"""The sets of a network, and how a set or an edition begins."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.standards import actions, policy, queries
from communitas.standards.forms import EditionForm, SetForm
from communitas.standards.models import Edition, StandardSet
from communitas.standards.views.asking import form_page, tried


@of_network
def sets(request: NetworkRequest) -> HttpResponse:
    """The sets and editions of the network; drafts and what to do with them for the office."""
    office = policy.begin.allows(request.actor, request.network)
    rows = queries.sets_of(request.network, drafts=office)
    return page(request, "standards/sets.html", {"sets": rows, "office": office})


@for_members
def set_add(request: MemberRequest) -> HttpResponse:
    """Begin a set of standards."""
    policy.begin.require(request.actor, request.network)
    form = SetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        if tried(form, actions.add_set, network=request.network, **clean, by=request.user, at=request.now):
            messages.success(request, _("The set '%(name)s' is there. Begin its first edition.") % clean)
            return redirect("standards:sets")
    back = reverse("standards:sets")
    return form_page(request, form, title=_("A new set of standards"), label=_("Add the set"), back=back)


@for_members
def edition_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin an edition: empty, or as a copy."""
    found = load(
        StandardSet.objects.select_related("network__tenant"), pk, actor=request.actor, may=policy.begin_in_set
    )
    editions = {str(edition.pk): edition for edition in found.editions.order_by("-number")}
    latest = next(iter(editions.values()), None)
    initial = {
        "number": latest.number + 1 if latest else 1,
        "title": latest.title if latest else found.name,
        "copy_of": str(latest.pk) if latest else "",
    }
    choices = [(key, _("A copy of %(edition)s") % {"edition": edition}) for key, edition in editions.items()]
    form = EditionForm(request.POST or None, initial=initial, editions=choices)
    if request.method == "POST" and form.is_valid():
        clean = {**form.cleaned_data, "copy_of": editions.get(form.cleaned_data["copy_of"])}
        made = tried(form, actions.begin_edition, standard_set=found, **clean, by=request.user, at=request.now)
        if isinstance(made, Edition):
            return redirect("standards:draft", made.pk)
    title = _("A new edition of '%(name)s'") % {"name": found.name}
    return form_page(request, form, title=title, label=_("Begin the edition"), back=reverse("standards:sets"))
