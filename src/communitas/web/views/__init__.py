"""The pages that belong to no single app: the front door, home, what waits for a second person, work under way."""

from communitas.web.views.calendar import calendar, feed, mail_choices
from communitas.web.views.doors import front, healthz, networks
from communitas.web.views.home import home
from communitas.web.views.second import second, settle
from communitas.web.views.texts import accessibility, help_page, privacy
from communitas.web.views.work import job

__all__ = [
    "accessibility",
    "calendar",
    "feed",
    "front",
    "healthz",
    "help_page",
    "home",
    "job",
    "mail_choices",
    "networks",
    "privacy",
    "second",
    "settle",
]
