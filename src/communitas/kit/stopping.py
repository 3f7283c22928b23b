"""The page behind 'stop this kind of mail': it works without signing in, and only its button changes anything."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from communitas.kit import mailing
from communitas.kit.http import Request
from communitas.kit.pages import page


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed link is the whole right
@never_cache
def stop_mail(request: Request, token: str) -> HttpResponse:
    """Show which kind the link ends; end it when the button was pressed, or a mail program pressed its own."""
    tenant = request.network.tenant if request.network else None
    found = mailing.named_by(token, tenant) if tenant else None
    if tenant is None or found is None:
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        mailing.stop(tenant=tenant, token=token, at=request.now)
    return page(request, "kit/stop_mail.html", {"kinds": found[1], "stopped": stopped})
