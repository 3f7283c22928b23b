"""The settings of the network, kept by its office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members import actions, policy
from communitas.members.forms import HolidayForm, OrganisationForm, SettingsForm, TypeForm
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Holiday, Network, Organisation, ServiceType
from communitas.members.views.answers import form_page


@for_members
def settings(request: MemberRequest) -> HttpResponse:
    """Words, calendar, windows, thresholds, wording."""
    policy.configure.require(request.actor, request.network)
    fresh = Network.objects.select_related("tenant").get(pk=request.network.pk)  # the form fills the one it is given
    form = SettingsForm(request.POST or None, instance=fresh)
    if request.method == "POST" and form.is_valid():
        try:
            actions.configure_network(network=request.network, settings=form.settings, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("members:settings")
    return page(request, "members/settings.html", {"form": form})


@for_members
def holidays(request: MemberRequest) -> HttpResponse:
    """The days on which the office does not work."""
    policy.configure.require(request.actor, request.network)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_holiday(network=request.network, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error("on", refused.why)
        else:
            messages.success(request, _("The day is in the list."))
            return redirect("members:holidays")
    return page(request, "members/holidays.html", {"form": form, "holidays": list(request.network.holidays.all())})


@for_members
@require_POST
def holiday_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a day off the list."""
    policy.configure.require(request.actor, request.network)
    holiday = get_object_or_404(Holiday.objects.select_related("network__tenant"), pk=pk, network=request.network)
    actions.remove_holiday(holiday=holiday, by=request.user, at=request.now)
    messages.success(request, _("The day is off the list."))
    return redirect("members:holidays")


@for_members
def kinds(request: MemberRequest) -> HttpResponse:
    """Service types and organisations, with how many communities each has."""
    policy.configure.require(request.actor, request.network)
    return page(
        request,
        "members/kinds.html",
        {
            "types": list(request.network.service_types.all()),
            "organisations": list(request.network.organisations.all()),
        },
    )


@for_members
def type_save(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Add or rename a service type."""
    policy.configure.require(request.actor, request.network)
    edited = get_object_or_404(ServiceType, pk=pk, network=request.network) if pk else None
    form = TypeForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.save_service_type(
                network=request.network, service_type=edited, **values, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The type is saved."))
            return redirect("members:kinds")
    back = reverse("members:kinds")
    return form_page(request, form, title=_("Service type"), label=_("Save the type"), back=back)


@for_members
def organisation_save(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Add or rename an organisation."""
    policy.configure.require(request.actor, request.network)
    edited = get_object_or_404(Organisation, pk=pk, network=request.network) if pk else None
    form = OrganisationForm(request.POST or None, instance=edited)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.save_organisation(
                network=request.network, organisation=edited, **values, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error("name", refused.why)
        else:
            messages.success(request, _("The organisation is saved."))
            return redirect("members:kinds")
    back = reverse("members:kinds")
    return form_page(request, form, title=_("Organisation"), label=_("Save the organisation"), back=back)
