"""A person's calendar and what they chose about their mail, and the feed that calendar programs read."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit import agenda, mail_kinds, mailing
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import MailChoice
from communitas.kit.pages import page
from communitas.members.actors import actor_for
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.web import actions, policy
from communitas.web.feeds import addresses, writing
from communitas.web.models import Feed


@for_members
def calendar(request: MemberRequest) -> HttpResponse:
    """What lies ahead, and the secret address by which the person's own calendar reads it: make, show, renew, end."""
    if request.method == "POST":
        if "end" in request.POST:
            actions.end_feed(network=request.network, by=request.user, at=request.now)
            messages.success(request, _("The address has ended. Calendars that read it find nothing there."))
            return redirect("web:calendar")
        actions.make_feed(network=request.network, by=request.user, at=request.now)
        messages.success(request, _("Here is your address. Keep it to yourself."))
        return redirect("web:calendar")
    feed = policy.read_feed.visible(Feed.objects.select_related("network__tenant"), request.actor)
    found = feed.filter(network=request.network, ended_at=None).first()
    items = agenda.items_of(request.actor, request.network, request.now)
    ahead = [item for item in items if item.on >= request.now.date() and not item.cancelled]
    context = {"feed": found, "address": addresses.address(found) if found else "", "items": ahead[:30]}
    return page(request, "web/calendar.html", {**context, "more": max(len(ahead) - 30, 0)})


@of_network
def feed(request: NetworkRequest, token: str) -> HttpResponse:
    """The feed itself: whoever has the address reads it, while neither it nor the person's account has ended."""
    found = addresses.feed_at(token)
    if found is None or found.network_id != request.network.pk:
        raise Http404
    # The second step was shown where the address was made; a calendar program has none to show.
    actor = actor_for(
        found.account,
        now=request.now,
        second_factor_given=False,
        second_factor_demanded=False,
        network=request.network,
    )
    items = agenda.items_of(actor, request.network, request.now)
    zone = ZoneInfo(request.network.time_zone)
    content = writing.feed(items, name=request.network.name, zone=zone, site=settings.SITE_ADDRESS)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="communitas.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@for_members
def mail_choices(request: MemberRequest) -> HttpResponse:
    """Each kind of mail of the network: at once, once a day, once a week, or not at all."""
    tenant = request.network.tenant
    if request.method == "POST":
        names = [kind.name for kind in mail_kinds.kinds() if not kind.compulsory]
        chosen = {name: request.POST[name] for name in names if name in request.POST}
        try:
            mailing.choose(tenant=tenant, account_id=request.user.pk, choices=chosen, at=request.now)
            messages.success(request, _("Your choice is saved."))
        except NotAllowed as refused:
            messages.error(request, refused.why)
        return redirect("web:mail_choices")
    choices = mailing.choices_of(tenant=tenant, account_id=request.user.pk)
    return page(request, "web/mail_choices.html", {"choices": choices, "hows": MailChoice.How.choices})
