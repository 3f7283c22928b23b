"""What was released: figures that never change, and words of people once somebody has read them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.questionnaires.models.openings import Opening
from communitas.questionnaires.models.sheets import Item


class Released(models.Model):
    """The frozen figure of one item of one opening, as `rules.release.Figure` gives it."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="figures")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="figures")
    outcome = models.CharField(max_length=7)  # counts, most, alike, too_few
    answered = models.PositiveIntegerField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    leading = models.CharField(max_length=9, blank=True)

    class Meta:
        ordering = ["item__part__position", "item__position"]
        verbose_name_plural = "released figures"
        constraints = [
            models.UniqueConstraint(fields=["opening", "item"], name="an_item_is_released_once"),
            models.CheckConstraint(
                condition=models.Q(answered__isnull=True) | models.Q(answered__gte=5),
                name="no_figure_of_fewer_than_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.outcome}"


class Comment(models.Model):
    """Somebody's own words, out of order and apart from their other answers. Shown only once moderated."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        SHOWN = "shown", _("shown")
        KEPT_OUT = "kept_out", _("kept out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="comments")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    shown_text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return "a comment"
