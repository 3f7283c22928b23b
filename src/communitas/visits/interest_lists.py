"""The office's two lists of interests: those that people declared, and those that follow from their roles."""

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.members.models import RoleGrant
from communitas.visits import queries
from communitas.visits.models import Interest

DERIVED = "roles"


def _same(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows


WHICH = Filter(
    "from",
    gettext_lazy("Which"),
    lambda request: [(DERIVED, gettext_lazy("following from roles"))],
    _same,
    all_label=gettext_lazy("Declared"),
)

INTERESTS = ListSpec(
    name=gettext_lazy("Declared interests"),
    columns=(
        Column(
            "person", gettext_lazy("Person"), lambda interest: interest.account.display_name, ("account__display_name",)
        ),
        Column(
            "community",
            gettext_lazy("Community or organisation"),
            lambda interest: interest.about,
            ("community__name", "organisation__name"),
        ),
        Column("kind", gettext_lazy("Kind"), lambda interest: interest.get_kind_display(), ("kind",)),
        Column("nature", gettext_lazy("Interest"), lambda interest: interest.nature),
        Column(
            "declared",
            gettext_lazy("Declared"),
            lambda interest: f"{interest.declared_at:%d %B %Y}",
            ("declared_at",),
            nowrap=True,
        ),
        Column(
            "withdrawn",
            gettext_lazy("Withdrawn"),
            lambda interest: f"{interest.withdrawn_at:%d %B %Y}" if interest.withdrawn_at else "",
            ("withdrawn_at",),
            nowrap=True,
        ),
    ),
    search=("account__display_name", "community__name", "organisation__name", "nature"),
    filters=(WHICH, choice_filter("kind", gettext_lazy("Kind"), "kind", Interest.Kind.choices)),
    order="-declared",
    empty=gettext_lazy("Nobody has declared an interest."),
)


def derived_list(years: int) -> ListSpec:
    """What follows from roles, with until when. `years` is how long a role that ended keeps somebody off."""

    def until(grant: RoleGrant) -> str:
        day = queries.free_on(grant, years)
        return date_format(day, "j F Y") if day else _("while the role is held")

    return ListSpec(
        name=gettext_lazy("Interests that follow from roles"),
        columns=(
            Column("person", gettext_lazy("Person"), lambda one: one.account.display_name, ("account__display_name",)),
            Column("community", gettext_lazy("Community"), lambda grant: grant.community.name, ("community__name",)),
            Column(
                "organisation",
                gettext_lazy("And others of"),
                lambda grant: grant.community.organisation.name if grant.community.organisation else "",
                ("community__organisation__name",),
            ),
            Column("why", gettext_lazy("Why"), _why, ("ends",)),
            Column("until", gettext_lazy("Not before"), until, ("ends",), nowrap=True),
        ),
        search=("account__display_name", "community__name", "community__organisation__name"),
        filters=(
            WHICH,
            Filter(
                "held",
                gettext_lazy("Role"),
                lambda request: [("now", gettext_lazy("held now")), ("ended", gettext_lazy("ended"))],
                lambda rows, value: rows.filter(until_at__isnull=value == "now"),
            ),
        ),
        order="person",
        empty=gettext_lazy("Nothing follows from roles that fits these filters."),
    )


def _why(grant: RoleGrant) -> str:
    words = {"role": grant.get_role_display()}
    if grant.until_at is None:
        return _("%(role)s now") % words
    return _("%(role)s until %(day)s") % {**words, "day": date_format(grant.until_at, "j F Y")}
