"""Who follows when a seat falls empty: people asked next, visits for which the office asks itself, and reserves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communitas.visits.models import TeamPlace, Visit


class Offer(models.Model):
    """A seat that fell empty was offered on, or nobody could be asked, and why. Written once."""

    class How(models.TextChoices):
        RESERVE = "reserve", _("a reserve was called")
        RANKED = "ranked", _("the next person was asked")
        NOBODY = "nobody", _("nobody was asked")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="offers")
    seat = models.CharField(_("seat"), max_length=14, choices=TeamPlace.Seat)
    instead_of = models.ForeignKey(TeamPlace, on_delete=models.PROTECT, null=True, related_name="offers_after")
    place = models.OneToOneField(TeamPlace, on_delete=models.PROTECT, null=True, related_name="offer")
    how = models.CharField(max_length=7, choices=How)
    rank = models.PositiveIntegerField(null=True)  # among all whom no rule keeps away, the best one first
    of_how_many = models.PositiveIntegerField(null=True)
    difference = models.FloatField(null=True)  # to the cost of the visit, the weight of an empty seat left aside
    km = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True)  # why nobody was asked, and whom a rule of visits refused meanwhile
    by_itself = models.BooleanField()  # and not because somebody of the office pressed a button
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")  # in whose name
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["instead_of"], condition=Q(by_itself=True), name="a_freed_seat_is_offered_on_once_by_itself"
            ),
            models.CheckConstraint(
                condition=Q(how="nobody", place__isnull=True) | (~Q(how="nobody") & Q(place__isnull=False)),
                name="an_offer_names_whom_it_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.get_seat_display()}"


class AskingStop(models.Model):
    """For this visit nobody is asked by itself: the office does so. Lifted, it stays as history."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="asking_stops")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(lifted_at__isnull=True), name="asking_is_stopped_once_a_visit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit}: the office asks"


class Reserve(models.Model):
    """Somebody who keeps the day of a visit free, and comes if a seat falls empty. It stays, whatever became of it."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        READY = "ready", _("keeps the day free")
        DECLINED = "declined", _("cannot")
        CALLED = "called", _("called onto the team")
        RELEASED = "released", _("free again")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="reserves")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reserved_days")
    seat = models.CharField(_("seat"), max_length=14, choices=TeamPlace.Seat)
    on = models.DateField(_("day"))  # which they keep free; the visit may move, and then they are free again
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # when they were called or released

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="a_person_is_a_reserve_once_a_visit")]

    def __str__(self) -> str:
        return f"{self.account} in reserve: {self.visit}"
