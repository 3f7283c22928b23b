"""Action plans: what is planned, what was noted about it, what shows it, and who was reminded of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.kit.models import StoredFile


class Action(models.Model):
    """One action of a community's plan, or 'no action' with its reason. Changes are kept as notes of progress."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")
        NO_ACTION = "no_action", _("no action")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="actions")
    criterion_key = models.CharField(max_length=60, blank=True)
    improvement = models.TextField(blank=True)
    text = models.TextField(_("action"), blank=True)
    owner_name = models.CharField(_("who"), max_length=120, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    percent = models.PositiveSmallIntegerField(_("how far it has come"), default=0)
    reason = models.TextField(_("reason"), blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="no_action") | ~models.Q(reason=""),
                name="no_action_gives_its_reason",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="an_action_is_done_to_the_hundredth"),
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("reports:action", args=[self.pk])


class ActionNote(models.Model):
    """A note of progress on an action, or what was changed in it. `undoes` names the move that this one takes back."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(blank=True)
    change = models.JSONField(default=dict, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["undoes"], condition=models.Q(undoes__isnull=False), name="a_move_is_taken_back_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ActionEvidence(models.Model):
    """A file or a link that shows how an action went. What is withdrawn stays in the history, and nobody opens it.

    `shown` is what people get instead of a picture: the same, drawn anew, without what a camera adds.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=200)
    link = models.URLField(max_length=1000, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    size = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(file__isnull=True) & ~models.Q(link="")) | models.Q(file__isnull=False, link=""),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="whoever_withdraws_evidence_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActionReminder(models.Model):
    """Somebody was reminded of an action. A new day of the action begins new reminders."""

    class Step(models.TextChoices):
        SOON = "soon", _("a week before")
        LATE = "late", _("after its day")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="reminders")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    step = models.CharField(max_length=4, choices=Step)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "account", "due_on", "step"], name="a_person_is_reminded_of_an_action_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.action}, {self.get_step_display()}"
