"""The peer-review day: its date, form and team, and the interests that people declare."""

from datetime import time

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.members.models import Community, Network, Organisation


class Visit(models.Model):
    """The visit of one enrolment."""

    class Form(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("hybrid")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        TEAM_APPOINTED = "team_appointed", _("team appointed")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        CLOSED = "closed", _("closed")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="visit")
    on = models.DateField(_("date"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.ON_SITE)
    state = models.CharField(max_length=14, choices=State, default=State.PLANNED)
    place = models.TextField(_("where to come"), blank=True)
    link = models.URLField(_("link of the meeting"), blank=True)
    practical = models.TextField(_("what the team needs to know"), blank=True)
    starts = models.TimeField(_("starts"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)  # grows with every change that a calendar must learn of
    host_asked_at = models.DateTimeField(null=True, blank=True)  # whether the day will do; anew for each day
    host_reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    feedback_closes_at = models.DateTimeField(null=True, blank=True)  # set when it took place; feedback is shown then

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(starts__lt=models.F("ends")),
                name="a_visit_starts_before_it_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "postponed", "cancelled"]) | models.Q(on__isnull=False),
                name="a_confirmed_visit_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"visit to {self.enrolment.community_name}"

    def get_absolute_url(self) -> str:
        return reverse("visits:visit", args=[self.pk])


class TeamPlace(models.Model):
    """A person's place on a visit team."""

    class Seat(models.TextChoices):
        LEAD = "lead", _("lead reviewer")
        SPECIALIST = "specialist", _("specialist")
        STAFF = "staff", _("staff")
        CLIENT_MEMBER = "client_member", _("client member")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("no answer in time")
        WITHDREW = "withdrew", _("withdrew")
        REMOVED = "removed", _("taken off the team")
        ABSENT = "absent", _("could not come")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="places")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_places")
    from_community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.CharField(_("seat"), max_length=14, choices=Seat)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.TextField(blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    appointed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)  # the last day for an answer; places of old have none
    reminded_at = models.DateTimeField(null=True, blank=True)
    object_until = models.DateTimeField(null=True, blank=True)  # set when the host was told of this person

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "account"],
                condition=models.Q(state__in=["asked", "accepted", "absent"]),
                name="a_person_fills_one_seat_a_visit",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(seat="lead", state__in=["asked", "accepted"]),
                name="a_visit_has_one_lead_reviewer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_seat_display()}"


class VisitSettings(models.Model):
    """What the network has set for its visits: the seats of a team by pathway, and the limits of its conflict rules."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="visit_settings")
    seats = models.JSONField(_("seats by pathway"), default=dict)  # {"peer_review": {"lead": 1, "staff": 2, ...}, ...}
    repeat_after = models.PositiveSmallIntegerField(_("cycles before a pair may meet again"), default=3)
    visits_per_reviewer = models.PositiveSmallIntegerField(_("visits of a reviewer in a cycle"), default=3)
    dates_asked = models.PositiveSmallIntegerField(_("dates that a host offers"), default=3)
    weekdays_asked = models.PositiveSmallIntegerField(_("different weekdays among them"), default=2)
    dates_from_weeks = models.PositiveSmallIntegerField(_("weeks of notice of a visit"), default=4)
    dates_until_weeks = models.PositiveSmallIntegerField(_("weeks ahead that dates are offered"), default=52)
    link_days_before = models.PositiveSmallIntegerField(_("days before the visit that its link is shown"), default=7)
    answer_days = models.PositiveSmallIntegerField(_("days to answer when asked onto a team"), default=7)
    short_notice_days = models.PositiveSmallIntegerField(
        _("last days before a visit that are short notice"), default=14
    )
    short_answer_days = models.PositiveSmallIntegerField(_("days to answer on short notice"), default=2)
    lapses = models.BooleanField(_("places without an answer are free again"), default=True)
    object_days = models.PositiveSmallIntegerField(_("working days for a host's objection"), default=5)
    former_years = models.PositiveSmallIntegerField(_("years that a role that ended keeps off reviews"), default=5)
    feedback_days = models.PositiveSmallIntegerField(_("days for feedback after a visit"), default=14)
    day_starts = models.TimeField(_("a visit starts"), default=time(9, 30))
    day_ends = models.TimeField(_("a visit ends"), default=time(16, 30))

    class Meta:
        verbose_name_plural = "visit settings"

    def __str__(self) -> str:
        return f"visits of {self.network}"


class Interest(models.Model):
    """An interest that a person declared about a community; it keeps them off its reviews until withdrawn.

    One about an organisation, by an appointment there, covers each of its communities, also those it takes on later.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("family")
        WORKED = "worked", _("worked or lived there")
        APPOINTMENT = "appointment", _("an appointment: trustee, consultant, applied for a post")
        FRIENDSHIP = "friendship", _("a close friendship")
        OTHER = "other", _("something else")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, null=True, blank=True, related_name="interests")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.OTHER)
    nature = models.TextField(_("what the interest is"))
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "community"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="an_interest_is_declared_once",
            ),
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=models.Q(withdrawn_at__isnull=True, organisation__isnull=False),
                name="an_interest_in_an_organisation_is_declared_once",
            ),
            models.CheckConstraint(
                condition=models.Q(community__isnull=False) | models.Q(organisation__isnull=False),
                name="an_interest_names_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) | models.Q(kind="appointment"),
                name="an_organisation_is_named_for_an_appointment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.about}"

    @property
    def about(self) -> str:
        """What it is about, by name."""
        return ", ".join(str(one) for one in (self.community, self.organisation) if one)

    @property
    def network(self) -> Network:
        """The network of the community or organisation."""
        if self.community:
            return self.community.network
        if self.organisation:
            return self.organisation.network
        raise ValueError("an interest names what it is about")


class VisitMove(models.Model):
    """What happened to a visit, with who, when and why."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.verb
