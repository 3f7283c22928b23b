"""The pages that belong to no single app: the front door, home, what waits for a second person, work under way."""

from communitas.web.views.doors import front, healthz, networks
from communitas.web.views.home import home
from communitas.web.views.second import second, settle
from communitas.web.views.texts import accessibility, help_page, privacy
from communitas.web.views.work import job

__all__ = [
    "accessibility",
    "front",
    "healthz",
    "help_page",
    "home",
    "job",
    "networks",
    "privacy",
    "second",
    "settle",
]
