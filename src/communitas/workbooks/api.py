"""The sync protocol: how devices bring answers and take along what they may read. `docs/develop/sync.md` describes it.

Every reply is JSON that nobody may keep, and names the protocol. A reply to answers leaves after their commit; where
the database cannot be written nothing is acknowledged, and the device keeps what it has and tries again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from communitas.kit import limits
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import LONGEST
from communitas.members.http import MemberRequest
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import devices, offline
from communitas.workbooks.rules import sync
from communitas.workbooks.rules.sealed import MOST_BYTES, read_envelope

Fields = dict[str, Any]
View = Callable[..., HttpResponse]
WAIT = {503: 5, 429: 20}  # seconds
AWAY = (OperationalError, InterfaceError, InternalError)  # busy, full, read-only or gone


class _Check(CsrfViewMiddleware):
    """Django's own check, which here answers in JSON."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reply({"error": "csrf", "sentence": _("Please renew your token and send it again.")}, status=403)


def reply(said: Fields, *, status: int = 200) -> JsonResponse:
    """An answer of this protocol."""
    response = JsonResponse({"protocol": sync.PROTOCOL} | said, status=status)
    response["X-Protocol"] = str(sync.PROTOCOL)
    response["Cache-Control"] = "no-store"
    if status in WAIT:
        response["Retry-After"] = str(WAIT[status])
    return response


def problem(status: int, code: str, sentence: str) -> JsonResponse:
    """A refusal, with a word for machines and a sentence for people."""
    return reply({"error": code, "sentence": sentence}, status=status)


def spoken(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """The view answers these methods in the protocol, to people who signed in."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt  # checked below, so that the answer is JSON
        @wraps(view)
        def answer(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return _refused(request, methods) or view(request, *args, **kwargs)
            except AWAY:
                return problem(503, "busy", _("The office cannot store anything at this moment. Nothing is lost."))
            except sync.TooMuch as much:
                return problem(413, "too_much", str(much))
            except sync.Malformed as wrong:
                return problem(400, "malformed", str(wrong))
            except Http404:
                return problem(404, "missing", _("There is nothing here for you."))
            except (NotAllowed, PermissionDenied) as refused:
                return problem(403, "refused", str(refused))

        return answer

    return decorate


@spoken("GET")
def token(request: MemberRequest) -> HttpResponse:
    """Who is signed in, the token for sending, and the key to which an outbox is sealed."""
    key = actions.server_key(at=request.now)
    return reply(
        {
            "csrf": get_token(request),
            "account": str(request.user.pk),
            "name": request.user.display_name,
            "initials": request.user.initials,
            "at": request.now.isoformat(),
            "epoch": actions.epoch(at=request.now),
            "key": {"id": key.key_id, "spki": key.spki},
        }
    )


@spoken("GET")
def book(request: MemberRequest, named: str) -> HttpResponse:
    """The book of a workbook with what this person may do in it; 304 when the device has it."""
    workbook = _open(request, named)
    found = offline.book(workbook, request.actor)
    etag = f'"{found["etag"]}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponse(status=304)
    else:
        response = reply(found | {"epoch": actions.epoch(at=request.now), "last_seq": workbook.last_seq})
    response["ETag"], response["Cache-Control"] = etag, "no-store"
    return response


@spoken("GET", "POST")
def events(request: MemberRequest, named: str) -> HttpResponse:
    """Take along what others answered; bring what was answered here."""
    return _bring(request, named) if request.method == "POST" else _take(request, named)


@spoken("POST")
def heartbeat(request: MemberRequest, named: str) -> HttpResponse:
    """A device tells what waits on it, and hears whether it was stopped. A stopped one is signed out."""
    body = sync.read_object(_body(request))
    device_id = sync.device_of(body)
    if slow := _too_often(request, device_id):
        return slow
    workbook = offline.in_network(request.network, named)
    readable = offline.readable(workbook, request.actor)
    device = actions.touch_device(
        network=request.network, device_id=device_id, name=sync.name_of(body), by=request.user, at=request.now
    )
    if workbook and readable:
        since = _moment(body.get("since"))
        actions.say_unsent(
            device=device,
            workbook=workbook,
            count=sync.count_of(body),
            since=since or request.now,
            by=request.user,
            at=request.now,
        )
    said = {
        "epoch": actions.epoch(at=request.now),
        "last_seq": workbook.last_seq if workbook and readable else 0,
        "stop": device.revoked_at is not None or not readable,
    }
    if device.revoked_at is not None:
        logout(request)
    return reply(said)


@spoken("POST")
def sealed(request: MemberRequest) -> HttpResponse:
    """Bring back what a device could not send, in a sealed file. It waits until its author agrees.

    What somebody without access hands over of their own goes to quarantine instead.
    """
    file = request.FILES.get("file")
    if file is None:
        raise sync.Malformed("The file is missing.")
    if slow := _too_often(request, "sealed"):
        return slow
    content = file.read(MOST_BYTES + 1)
    envelope = read_envelope(content)
    place = devices.place_of_outbox(request.network, request.actor, envelope)
    kept = actions.bring_outbox(
        workbook=place.workbook,
        author=place.author,
        envelope=envelope,
        content=content,
        is_last=place.is_last,
        by=request.user,
        at=request.now,
    )
    status = "quarantined" if place.is_last else "kept"
    return reply({"status": status, "count": kept.count, "sha256": kept.sha256})


def _bring(request: MemberRequest, named: str) -> HttpResponse:
    posted = sync.read_posted(_body(request))
    if slow := _too_often(request, posted.device):
        return slow
    workbook = offline.in_network(request.network, named)
    readable = offline.readable(workbook, request.actor)
    receipt = actions.receive(
        network=request.network,
        workbook=workbook,
        readable=readable,
        named=named,
        posted=posted,
        role=queries.writer_of(workbook, request.actor).role if workbook and readable else "",
        by=request.user,
        at=request.now,
    )
    results = [
        {
            "event_id": result.event_id,
            "status": result.status,
            "reason": result.reason,
            "sentence": result.sentence,
            "hash": result.hash,
            "salt": result.salt,
            "server_seq": result.server_seq,
        }
        | ({"flag": result.flag} if result.flag else {})
        for result in receipt.results
    ]
    return reply({"epoch": receipt.epoch, "results": results, "last_seq": receipt.last_seq})


def _take(request: MemberRequest, named: str) -> HttpResponse:
    workbook, epoch = _open(request, named), actions.epoch(at=request.now)
    view, after = request.GET.get("view", ""), _number(request.GET.get("after", ""))
    page = offline.events_after(workbook, request.actor, after if request.GET.get("epoch") == epoch else 0)
    if after and view and view != page.view:
        page = offline.events_after(workbook, request.actor, 0)
    return reply(
        {
            "epoch": epoch,
            "view": page.view,
            "last_seq": page.last_seq,
            "more": page.more,
            "names": page.names,
            "redacted": page.redacted,
            "events": page.events,
        }
    )


def _refused(request: Any, methods: tuple[str, ...]) -> HttpResponseBase | None:
    """What keeps a request from its view, the same for every one of them."""
    if request.network is None:
        raise Http404
    if request.method not in methods:
        return problem(405, "method", _("This address does not do that."))
    if not sync.protocol_is_known(request.headers.get("X-Protocol", str(sync.PROTOCOL))):
        return problem(426, "protocol", _("This app is too old or too new for the office. Please open it online once."))
    if not request.user.is_authenticated:
        return problem(401, "signed_out", _("Please sign in again. Everything you wrote is still on this device."))
    if request.actor.lacks_second_factor:  # without it their roles do not count
        return problem(401, "signed_out", _("Please give your second step. Everything is still on this device."))
    if request.method == "GET":
        who, most = str(request.user.pk), settings.SYNC_READS_A_MINUTE
        return _slowed(limits.is_within(what="sync_read", who=who, most=most, now=request.now))
    if request.method == "POST":
        check = _Check(lambda _: HttpResponse())
        check.process_request(request)
        return check.process_view(request, lambda _: HttpResponse(), (), {})
    return None


def _too_often(request: MemberRequest, device_id: str) -> HttpResponse | None:
    return _slowed(ratelimit.consume(request, action="sync", key=f"{request.user.pk} {device_id}"))


def _slowed(is_within: bool) -> HttpResponse | None:
    if is_within:
        return None
    return problem(429, "too_often", _("This device asks very often. It goes on by itself in a moment."))


def _body(request: MemberRequest) -> bytes:
    """The body, when it is no longer than is taken at once."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > sync.MOST_BYTES:
        raise sync.TooMuch("At most one mebibyte is taken at once.")
    return request.body


def _open(request: MemberRequest, named: str) -> Workbook:
    """The workbook, when this person may open it; 404 otherwise, as for one that is not there."""
    workbook = offline.in_network(request.network, named)
    if workbook is None or not offline.readable(workbook, request.actor):
        raise Http404
    return workbook


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def _moment(said: object) -> Any:
    """A moment that a device told, None where it is none: only ever shown."""
    try:
        found = parse_datetime(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return found if found is not None and is_aware(found) and 1970 < found.year < 3000 else None
