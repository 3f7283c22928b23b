"""Small parts of the pages of this app: the crumbs above them and a note in a table."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.slots import Note

register = template.Library()


@register.inclusion_tag("cycles/_crumbs.html")
def crumbs(cycle: Cycle | str | None = None, *, enrolment: Enrolment | None = None, here: str = "") -> dict[str, Any]:
    """The way up: cycles, the cycle, the enrolment; what stands last is not a link."""
    items: list[dict[str, str]] = [{"label": _("Cycles"), "href": reverse("cycles:cycles")}]
    if isinstance(cycle, Cycle):
        items.append({"label": cycle.name, "href": cycle.get_absolute_url()})
    if enrolment:
        items.append({"label": enrolment.community_name, "href": enrolment.get_absolute_url()})
    if here:
        items.append({"label": here})
    return {"items": items}


@register.inclusion_tag("cycles/_note.html")
def note(value: Note | None) -> dict[str, Any]:
    """A note that a higher app gave for a row, or nothing."""
    return {"note": value}
