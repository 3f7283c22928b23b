"""Devices: one's own, those on which answers wait, and answers that were brought back in a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import MineForm, OutboxForm
from communitas.workbooks.models import Device
from communitas.workbooks.queries import devices as reads
from communitas.workbooks.queries import offline
from communitas.workbooks.queries.quarantine import in_short, own_waiting
from communitas.workbooks.rules.sealed import MOST_BYTES, read_envelope
from communitas.workbooks.rules.sync import Malformed, TooMuch


@for_members
def my_devices(request: MemberRequest) -> HttpResponse:
    """One's own devices, what waits on them, what waits at the office, and what others brought back."""
    mine = reads.devices_of(request.network, request.user.pk)
    context = {
        "devices": [_line(device) for device in mine],
        "waiting": [(row, in_short(row, request.actor)) for row in own_waiting(request.network, request.user.pk)],
        "sealed": reads.sealed_for(request.network, request.user.pk),
    }
    return page(request, "workbooks/my_devices.html", context)


@for_members
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop a device that was lost or is no longer one's own."""
    device = load(reads.devices(), pk, actor=request.actor, may=policy.stop_device)
    actions.stop_device(device=device, by=request.user, at=request.now)
    messages.success(request, _("Stopped. When it goes online next, it erases what can be read on it."))
    return redirect("workbooks:my_devices" if device.account_id == request.user.pk else "workbooks:unsent")


@for_members
def unsent(request: MemberRequest) -> HttpResponse:
    """Who has answers that did not arrive yet."""
    rows = reads.unsent(request.network, request.actor)
    columns = [
        {"label": _("Who")},
        {"label": _("Device")},
        {"label": _("Review of")},
        {"label": _("Not sent yet"), "kind": "number"},
        {"label": _("Since")},
        {"label": _("Last heard of")},
    ]
    closed = reads.sealed_of_closed(request.network, request.actor)
    context = {"columns": columns, "rows": [_row(row) for row in rows], "closed": closed}
    return page(request, "workbooks/unsent.html", context)


@for_members
def bring_back(request: MemberRequest) -> HttpResponse:
    """Upload a sealed copy from a device that could not send."""
    form = OutboxForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read(MOST_BYTES + 1)
            envelope = read_envelope(content)
            place = reads.place_of_outbox(request.network, request.actor, envelope)
            actions.bring_outbox(
                workbook=place.workbook,
                author=place.author,
                envelope=envelope,
                content=content,
                is_last=place.is_last,
                by=request.user,
                at=request.now,
            )
        except (Malformed, TooMuch, NotAllowed) as refused:
            form.add_error("file", str(refused))
        else:
            asks = _("Kept. Its author is asked at the next sign-in whether these answers are theirs.")
            messages.success(request, _("Kept. The lead or the office decides about it.") if place.is_last else asks)
            return redirect("workbooks:bring_back")
    return page(request, "workbooks/bring_back.html", {"form": form}, status=422 if form.errors else 200)


@for_members
@require_POST
def settle_outbox(request: MemberRequest, pk: int) -> HttpResponse:
    """Yes, these answers are mine: add them. Or no."""
    outbox = load(reads.sealed(), pk, actor=request.actor, may=policy.confirm_outbox)
    workbook = queries.workbooks().get(pk=outbox.workbook_id)
    form = MineForm(request.POST)
    try:
        if form.is_valid() and form.cleaned_data["mine"] == "yes":
            receipts = actions.add_outbox(
                outbox=outbox,
                workbook=workbook,
                readable=offline.readable(workbook, request.actor),
                role=queries.writer_of(workbook, request.actor).role,
                by=request.user,
                at=request.now,
            )
            messages.success(request, _told(receipts))
        elif form.is_valid():
            actions.refuse_outbox(outbox=outbox, workbook=workbook, by=request.user, at=request.now)
            messages.success(request, _("Thank you. They were not added."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("workbooks:my_devices")


@for_members
@require_POST
def hand_in_outbox(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a copy whose author's account is closed, so that its answers wait for a decision."""
    outbox = load(reads.sealed(), pk, actor=request.actor, may=policy.hand_in_outbox)
    workbook = queries.workbooks().get(pk=outbox.workbook_id)
    try:
        actions.hand_in_outbox(outbox=outbox, workbook=workbook, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("workbooks:unsent")
    messages.success(request, _("Handed in. Each answer is put aside here until somebody decides about it."))
    return redirect("workbooks:quarantine")


def _told(receipts: list[actions.Receipt]) -> str:
    results = [result for receipt in receipts for result in receipt.results]
    waits = sum(result.status == "quarantined" for result in results)
    words = ngettext("%(count)d answer was added.", "%(count)d answers were added.", len(results) - waits)
    told = words % {"count": len(results) - waits}
    if waits:
        more = ngettext("%(count)d needs a decision first.", "%(count)d need a decision first.", waits)
        told = f"{told} {more % {'count': waits}}"
    return told


def _line(device: Device) -> dict[str, Any]:
    waits = sum(one.count for one in device.unsent.all())
    return {
        "pk": device.pk,
        "name": device.name or _("A device without a name"),
        "seen": _moment(device.last_seen_at),
        "waits": waits,
        "stopped": _moment(device.revoked_at) if device.revoked_at else "",
    }


def _row(row: reads.Waiting) -> dict[str, Any]:
    notes = []
    if row.missing:
        notes.append(
            ngettext("%(count)d answer never came", "%(count)d answers never came", row.missing)
            % {"count": row.missing}
        )
    if row.cloned:
        notes.append(_("its store was copied or put back"))
    cells = [
        row.who,
        {"text": row.device or _("without a name"), "sub": "; ".join(notes)},
        {"text": row.community, "href": row.workbook.get_absolute_url()},
        row.count,
        _moment(row.since) if row.since else "",
        _moment(row.said_at),
    ]
    return {"cells": cells}


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")
