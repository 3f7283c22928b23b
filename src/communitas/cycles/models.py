"""The year: a cycle of the network, and each community's enrolment with its stages and due dates."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community, Network, Organisation, ServiceType
from communitas.standards.models import Edition


class Cycle(models.Model):
    """One dated round of the network."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cycles")
    name = models.CharField(_("name"), max_length=60)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("edition"))
    windows = models.JSONField(_("windows"), default=dict)  # see cycles.rules.due.Windows
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="following")

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="a_cycle_is_named_once"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("opens_on")), name="a_cycle_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cycles:cockpit", args=[self.pk])


class Enrolment(models.Model):
    """A community in a cycle, on a pathway, with an edition. Type, name and organisation are those of that year."""

    class Pathway(models.TextChoices):
        DEVELOPMENTAL = "developmental", _("developmental")
        PEER_REVIEW = "peer_review", _("peer review")
        ACCREDITATION = "accreditation", _("accreditation")

    class Stage(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        SELF_REVIEW = "self_review", _("Self-review")
        VISIT = "visit", _("Peer-review visit")
        DRAFTING = "drafting", _("Draft report")
        FACT_CHECK = "fact_check", _("Factual check")
        FINAL = "final", _("Final report")
        ACTION_PLAN = "action_plan", _("Action plan")
        COMPLETED = "completed", _("Completed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CLOSED = "closed", _("Closed")
        MERGED = "merged", _("Merged")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="enrolments")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="enrolments")
    pathway = models.CharField(_("pathway"), max_length=14, choices=Pathway, default=Pathway.PEER_REVIEW)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrolments")
    modules = models.JSONField(_("modules"), default=list, blank=True)
    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    community_name = models.CharField(max_length=120)
    region = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.ENROLLED)
    anchor_on = models.DateField(_("visit date"), null=True, blank=True)
    imported = models.BooleanField(_("scores were imported"), default=False)
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["community_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "community"], name="a_community_enrols_once_a_cycle")]
        indexes = [models.Index(fields=["cycle", "stage"], name="enrolment_by_stage")]

    def __str__(self) -> str:
        return f"{self.community_name}, {self.cycle.name}"

    def get_absolute_url(self) -> str:
        return reverse("cycles:enrolment", args=[self.pk])


class DueDate(models.Model):
    """When something of an enrolment is due. An extension moves it and keeps the first date."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="due_dates")
    what = models.CharField(max_length=24)  # a stage
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "what"], name="a_due_date_stands_once")]
        indexes = [models.Index(fields=["due_on"], name="due_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.what}: {self.due_on}"


class Move(models.Model):
    """A move of an enrolment from one stage to another, or another change of it, with who, when and why."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=30)
    from_stage = models.CharField(max_length=12, blank=True)
    to_stage = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.verb


class Reminder(models.Model):
    """A reminder that was sent about an enrolment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reminders")
    what = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    message = models.TextField(blank=True)
    recipients = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"reminder of {self.at:%d %B %Y}"


class ReminderPlan(models.Model):
    """When a network's reminders of due dates leave by themselves. Without a row they leave as rules.reminders says."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="reminder_plan")
    on = models.BooleanField(_("reminders leave by themselves"), default=True)
    before = models.JSONField(_("days before"), default=list, blank=True)
    on_the_day = models.BooleanField(_("on the day"), default=True)
    after = models.JSONField(_("days after"), default=list, blank=True)

    def __str__(self) -> str:
        return f"reminders of {self.network}"


class DueReminder(models.Model):
    """One person was reminded of one due date on one of its days: by mail, or on the home page without an address."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="due_reminders")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=24)
    due_on = models.DateField()
    step = models.SmallIntegerField()  # days counted from the due date; -3 is three days before
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "account", "what", "due_on", "step"], name="nobody_is_reminded_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.due_on} ({self.step})"
