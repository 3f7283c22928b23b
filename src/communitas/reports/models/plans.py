"""Action plans: what is planned, and what was noted about it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment


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
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
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
            )
        ]

    def __str__(self) -> str:
        return self.text[:80] or self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("reports:action", args=[self.pk])


class ActionNote(models.Model):
    """A note of progress on an action, or what was changed in it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(blank=True)
    change = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]
