"""The request as our middlewares leave it, for the annotations of views."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request with the moment it came, who asks, the network it is about, and what htmx said."""

    now: datetime
    actor: Any
    network: Any
    htmx: HtmxDetails
