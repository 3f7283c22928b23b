"""Plans with the problems they answer, the runs that look for them, and what the office decided beforehand."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle
from communitas.kit.models import Job
from communitas.visits.models import TeamPlace, Visit


class StatedProblem(models.Model):
    """A problem as it was put: everything a plan was made from. Written once."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="stated_problems")
    content = models.JSONField()  # see docs/operate/allocate.md
    hash = models.CharField(max_length=64)  # of all of it
    facts_hash = models.CharField(max_length=64)  # of what the database said, without settings and the plan before
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "hash"], name="a_problem_is_stated_once")]

    def __str__(self) -> str:
        return self.hash[:12]


class Run(models.Model):
    """One search for a plan, in the background."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to begin")
        RUNNING = "running", _("under way")
        STOPPING = "stopping", _("about to stop")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="allocation_runs")
    problem = models.ForeignKey(StatedProblem, on_delete=models.PROTECT, related_name="runs")
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    seed = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=200, blank=True)
    supposed = models.JSONField(null=True)  # what is not so, in a question of what would be: see rules/supposing.py
    begun_at = models.DateTimeField(null=True)
    cost = models.FloatField(null=True)  # of the best plan so far
    bound = models.FloatField(null=True)  # under the cost of any plan, as far as is known
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle"],
                condition=models.Q(state__in=["waiting", "running", "stopping"]),
                name="one_search_for_a_plan_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"search of {self.at:%d %B %Y}"


class Plan(models.Model):
    """A plan, written once: found by a run, or made by somebody who changed another one by hand."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    problem = models.ForeignKey(StatedProblem, on_delete=models.PROTECT, related_name="plans")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="plan")
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    supposed = models.JSONField(null=True)  # as the run's; such a plan is compared and never accepted
    content = models.JSONField()  # see docs/operate/allocate.md
    cost = models.FloatField()
    bound = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="a_plan_is_numbered_once")]

    def __str__(self) -> str:
        return f"plan {self.number} of {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("allocation:plan", args=[self.pk])


class Acceptance(models.Model):
    """A plan was accepted: its dates were locked and its people asked. Written once."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="acceptance")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="+")  # of a large plan
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"acceptance of {self.plan}"


class Pin(models.Model):
    """Decided beforehand: the date of a visit and, it may be, a person and the seat. Lifted, it stays as history."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="pins")
    on = models.DateField(_("date"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.CharField(_("seat"), max_length=14, choices=TeamPlace.Seat, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "account"],
                condition=models.Q(lifted_at__isnull=True, account__isnull=False),
                name="a_person_is_pinned_once",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(lifted_at__isnull=True, account__isnull=True),
                name="a_date_is_pinned_once",
            ),
            models.CheckConstraint(
                condition=models.Q(seat="") | models.Q(account__isnull=False), name="a_seat_is_pinned_with_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.account or self.on}"


class Forbidden(models.Model):
    """Somebody is kept off a visit by the office, with a reason. Lifted, it stays as history."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="forbidden")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "forbidden"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "account"], condition=models.Q(lifted_at__isnull=True), name="a_pair_is_forbidden_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit}: not {self.account}"
