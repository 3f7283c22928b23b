"""Where and when a questionnaire is answered, and that somebody answered, apart from what they said."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.kit.days import DayOfMonth
from communitas.members.models import Network
from communitas.questionnaires.models.sheets import Questionnaire


class Opening(models.Model):
    """A questionnaire open to the people of one enrolment, for a window of days, with its unguessable addresses."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        RELEASED = "released", _("released")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="openings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="openings")
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"))
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    expected = models.PositiveSmallIntegerField(_("how many people are asked"), null=True, blank=True)
    asks_code = models.BooleanField(_("each person needs a slip with a code"), default=True)
    link_token = models.CharField(max_length=43, unique=True)
    kiosk_token = models.CharField(max_length=43, unique=True)
    codes_made = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    returned = models.PositiveIntegerField(_("sheets that were counted"), null=True, blank=True)  # set by the release
    enough = models.BooleanField(default=False)  # whether the release shows figures
    erased_at = models.DateTimeField(null=True, blank=True)  # when the answers themselves were removed

    class Meta:
        ordering = ["enrolment", "questionnaire__audience", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "enrolment"], name="a_questionnaire_opens_once_for_an_enrolment"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("opens_on")), name="a_window_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(returned__isnull=False, released_at__isnull=False),
                name="a_release_says_how_many_came_back",
            ),
            models.CheckConstraint(
                condition=models.Q(enough=False) | models.Q(returned__gte=5), name="no_figures_of_fewer_than_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.title}: {self.enrolment.community_name}"

    def get_absolute_url(self) -> str:
        return reverse("questionnaires:opening", args=[self.pk])


class Code(models.Model):
    """A printed code that has not been used. Only its hash is kept; using it removes the row."""

    hash = models.CharField(primary_key=True, max_length=64)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="codes")

    def __str__(self) -> str:
        return "a code that has not been used"


class Participation(models.Model):
    """That somebody who signed in has answered. Nothing leads from here to what they said.

    The rows of an opening are written anew in another order whenever one is added, so that no order, number or time
    of theirs can be laid beside that of the replies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="participations")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "account"], name="a_person_answers_a_questionnaire_once"),
            models.CheckConstraint(
                condition=Exact(DayOfMonth("month"), 1), name="a_participation_knows_only_its_month"
            ),
        ]

    def __str__(self) -> str:
        return "somebody has answered"


class QuestionnaireSettings(models.Model):
    """What the network has set for its questionnaires."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="questionnaire_settings")
    threshold = models.PositiveSmallIntegerField(_("fewest answers that are shown"), default=5)
    together = models.PositiveSmallIntegerField(_("people who may put together what they know"), default=1)
    leave_to = models.URLField(_("where 'Leave this page now' leads"), default="https://www.bbc.co.uk/weather")

    class Meta:
        verbose_name_plural = "questionnaire settings"
        constraints = [
            models.CheckConstraint(condition=models.Q(threshold__gte=5), name="fewer_than_five_are_never_shown"),
            models.CheckConstraint(condition=models.Q(together__gte=1), name="everybody_knows_the_own_answer"),
        ]

    def __str__(self) -> str:
        return f"questionnaires of {self.network}"
