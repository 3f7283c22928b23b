"""The list of certificates."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from communitas.kit.lists import Column, ListSpec, choice_filter
from communitas.recognition.models import Certificate

TONES = {"issued": "good", "prepared": "warn", "revoked": "bad"}


def _day(on: date | None) -> str:
    return formats.date_format(on, "j F Y") if on else ""


CERTIFICATES = ListSpec(
    name=_("Certificates"),
    columns=(
        Column("community", _("Community"), lambda one: one.community_name, ("community_name", "-issued_on")),
        Column("cycle", _("Cycle"), lambda one: one.cycle_name, ("cycle_name",), nowrap=True),
        Column(
            "state",
            _("State"),
            lambda one: one.get_state_display(),
            ("state",),
            cell=lambda one: {"tag": one.get_state_display(), "tone": TONES[one.state]},
        ),
        Column("issued", _("Issued"), lambda one: _day(one.issued_on), ("issued_on",), nowrap=True),
        Column("code", _("Code"), lambda one: one.code, ("code",), nowrap=True),
        Column("membership", _("Membership"), lambda one: one.membership),
    ),
    search=("community_name", "code", "cycle_name"),
    filters=(choice_filter("state", _("State"), "state", Certificate.State.choices),),
    order="community",
    link=lambda one: f"{one.pk}/",
    empty=_("No certificate yet. One is prepared when a community completes its cycle."),
)
