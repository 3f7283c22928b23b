"""Roles of people, access granted to people, and invitations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.members.models.communities import Community
from communitas.members.models.networks import Network


class RoleGrant(models.Model):
    """A role that a person holds: in a community, or in the network as a whole. Half-open period."""

    class Role(models.TextChoices):
        STAFF = "staff", _("staff")
        CLIENT_MEMBER = "client_member", _("client member")
        COMMUNITY_LEAD = "community_lead", _("community lead")
        REVIEWER = "reviewer", _("reviewer")
        LEAD_REVIEWER = "lead_reviewer", _("lead reviewer")
        OFFICE = "office", _("office")
        COMMITTEE = "committee", _("committee member")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="role_grants")
    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants"
    )
    role = models.CharField(max_length=16, choices=Role)
    duties = models.JSONField(default=list, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["staff", "client_member", "community_lead"], community__isnull=False)
                | models.Q(role__in=["office", "committee"], community__isnull=True)
                | models.Q(role__in=["reviewer", "lead_reviewer"]),
                name="community_roles_name_a_community",
            ),
            models.UniqueConstraint(
                fields=["account", "network", "community", "role"],
                condition=models.Q(until_at__isnull=True, community__isnull=False),
                name="a_community_role_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["account", "network", "role"],
                condition=models.Q(until_at__isnull=True, community__isnull=True),
                name="a_network_role_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"


class Access(models.Model):
    """Access that a higher app grants to one person: on a visit team, on a panel, named as a contributor.

    `scope` is the id of what the access is for within its source: the enrolment for `team` and `contributor`.
    A declared interest is a row too, and wins over every grant.
    """

    class Relation(models.TextChoices):
        TEAM = "team", _("visit team")
        CONTRIBUTOR = "contributor", _("named contributor")
        PANEL = "panel", _("panel")
        LINK = "link", _("shared link")
        INTEREST = "interest", _("declared interest")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accesses")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="accesses")
    relation = models.CharField(max_length=12, choices=Relation)
    source = models.CharField(max_length=40)
    scope = models.PositiveBigIntegerField(null=True, blank=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    lingers = models.BooleanField(default=True)  # thirty days of reading evidence follow its end

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["account", "relation"], name="access_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "community", "relation", "source", "scope"],
                condition=models.Q(until_at__isnull=True),
                name="an_access_is_granted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_relation_display()} of {self.community}"


class Invitation(models.Model):
    """An invitation by e-mail into a role. The link holds a secret of which only the hash is kept."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="invitations")
    community = models.ForeignKey(
        Community, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=16, choices=RoleGrant.Role)
    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("display name"), max_length=80)
    duties = models.JSONField(default=list, blank=True)
    waiting = models.BooleanField(default=False)  # for the second person; nothing is sent until then
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"
