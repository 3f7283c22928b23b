"""The declared lists of communities and people."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.members.models import Community, Membership, Network, RoleGrant
from communitas.members.queries import membership_words, place_shown

STANDINGS = [("active", _("active")), ("withdrawn", _("withdrawn")), ("closed", _("closed")), ("merged", _("merged"))]
STATUS_TONES = {"active": "good", "withdrawn": "plain", "closed": "plain", "merged": "plain"}


def network_of(request: HttpRequest) -> Network:
    """The network of the address."""
    network: Network = request.network  # type: ignore[attr-defined]  # set by NetworkMiddleware
    return network


def _types(request: HttpRequest) -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in network_of(request).service_types.all()]


def _regions(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, name) for name in network_of(request).regions]


TYPE = Filter("type", _("Type"), _types, lambda rows, code: rows.filter(service_type__code=code), _("All types"))
REGION = Filter("region", _("Region"), _regions, lambda rows, name: rows.filter(region=name), _("All regions"))
NAME = Column("name", _("Community"), lambda row: row.name, ("name",))
SERVICE = Column("type", _("Type"), lambda row: row.service_type.name, ("service_type__position", "service_type__name"))

COMMUNITIES = ListSpec(
    _("Communities"),
    (
        NAME,
        Column("code", _("Code"), lambda row: row.code, ("code",), nowrap=True),
        SERVICE,
        Column(
            "organisation",
            _("Organisation"),
            lambda row: row.organisation.name if row.organisation else "",
            ("organisation__name",),
        ),
        Column("region", _("Region"), lambda row: row.region, ("region",)),
        Column("membership", _("Membership"), lambda row: membership_words(row.membership_type), ("membership_type",)),
        Column(
            "status",
            _("Standing"),
            lambda row: row.get_status_display(),
            ("status",),
            cell=lambda row: {"tag": row.get_status_display(), "tone": STATUS_TONES[row.status]},
        ),
        Column("town", _("Town"), lambda row: row.town, on_screen=False),
        Column("hidden", _("Address hidden"), lambda row: "yes" if row.hidden_address else "", on_screen=False),
        Column("fee", _("Fee paid on"), lambda row: row.fee_paid_on or "", on_screen=False),
    ),
    search=("name", "code", "organisation__name", "town"),
    filters=(
        TYPE,
        REGION,
        choice_filter("membership", _("Membership"), "membership_type", Membership.Type.choices),
        choice_filter("status", _("Standing"), "status", STANDINGS),
    ),
    order="name",
    link=lambda row: reverse("members:community", args=[row.pk]),
)
OWN = ListSpec(
    _("Communities"),
    (NAME, SERVICE, Column("place", _("Place"), lambda row: place_shown(row, insider=False))),
    search=("name",),
    order="name",
    link=lambda row: reverse("members:community", args=[row.pk]),
    empty=_("The communities you belong to or visit will stand here."),
)
DIRECTORY = ListSpec(
    _("Members of the network"),
    (
        NAME,
        SERVICE,
        Column("membership", _("Membership"), lambda row: membership_words(row.membership_type), ("membership_type",)),
        Column("place", _("Place"), lambda row: place_shown(row, insider=False)),
    ),
    search=("name",),
    filters=(TYPE,),
    order="name",
)


def _by_community(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in Community.objects.filter(network=network_of(request))]


PEOPLE = ListSpec(
    _("People"),
    (
        Column("name", _("Name"), lambda row: row.account.display_name, ("account__display_name",)),
        Column("role", _("Role"), lambda row: row.get_role_display(), ("role",)),
        Column(
            "community",
            _("Community"),
            lambda row: row.community.name if row.community else "",
            ("community__name",),
        ),
        Column("email", _("Address"), lambda row: row.account.email or "", ("account__email",)),
        Column(
            "since",
            _("Since"),
            lambda row: row.since_at.date(),
            ("since_at",),
            cell=lambda row: date_format(row.since_at, "j M Y"),
            nowrap=True,
        ),
        Column("username", _("Username"), lambda row: row.account.username, on_screen=False),
    ),
    search=("account__display_name", "account__email", "account__username", "community__name"),
    filters=(
        choice_filter("role", _("Role"), "role", RoleGrant.Role.choices),
        Filter(
            "community",
            _("Community"),
            _by_community,
            lambda rows, value: rows.filter(community_id=value),
            _("All communities"),
        ),
    ),
    order="name",
    link=lambda row: reverse("members:person", args=[row.account_id]),
)
