"""What the office says when it has a plan proposed, and whom it names."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communitas.allocation.models import Journey
from communitas.allocation.rules.problem import SEATS
from communitas.kit.uploads import TableField

SEAT_CHOICES = [(seat, seat) for seat in SEATS]


class ProposeForm(forms.Form):
    """How long to look, and whether the newest plan is to change as little as possible."""

    seconds = forms.TypedChoiceField(
        label=_("Time to look"),
        coerce=int,
        initial=60,
        choices=[(20, _("20 seconds")), (60, _("1 minute")), (180, _("3 minutes")), (600, _("10 minutes"))],
    )
    keep = forms.BooleanField(
        label=_("Change the newest plan as little as possible"),
        required=False,
        initial=True,
        help_text=_("What you pinned stands in any case."),
    )


class WhatIfForm(forms.Form):
    """One thing that is otherwise than it is."""

    kind = forms.ChoiceField(
        label=_("What if"),
        widget=forms.RadioSelect,
        choices=[
            ("travel", _("nobody travelled farther than a number of kilometres")),
            ("dates", _("every host offered one date fewer")),
            ("lead", _("one more person led reviews")),
        ],
        initial="travel",
    )
    km = forms.IntegerField(label=_("Kilometres"), min_value=0, max_value=20_100, required=False)
    person = forms.ChoiceField(label=_("Who would lead"), required=False)
    seconds = ProposeForm.base_fields["seconds"]

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["person"]).choices = [("", _("Please choose")), *people]

    def clean(self) -> dict[str, Any]:
        """The answer that the kind asks for must be there."""
        said = super().clean() or {}
        if said.get("kind") == "travel" and said.get("km") is None and "km" not in self.errors:
            self.add_error("km", _("Please say how many kilometres."))
        if said.get("kind") == "lead" and not said.get("person") and "person" not in self.errors:
            self.add_error("person", _("Please choose a person."))
        return said

    def supposed(self) -> dict[str, Any]:
        """What is supposed, in the words of `rules/supposing.py`."""
        said = self.cleaned_data
        more = {"travel": {"km": said["km"]}, "lead": {"reviewer": said["person"]}}
        return {"kind": said["kind"]} | more.get(said["kind"], {})


class SwapForm(forms.Form):
    """A seat, who leaves it (nobody, where it is empty), and who joins: ids as the plan has them."""

    seat = forms.ChoiceField(choices=SEAT_CHOICES)
    leaving = forms.CharField(required=False, max_length=20)
    joining = forms.CharField(max_length=20)


class PinForm(forms.Form):
    """Who is pinned, and in which seat; without a person the date alone."""

    account = forms.IntegerField(required=False)
    seat = forms.ChoiceField(required=False, choices=SEAT_CHOICES)


class ForbidForm(forms.Form):
    """Who is kept off a visit, and why."""

    account = forms.IntegerField()
    reason = forms.CharField(max_length=1000)


class OverrideForm(ForbidForm):
    """Who is to visit in spite of the rules that keep them away, and why."""


class PointForm(forms.Form):
    """A point on the map."""

    latitude = forms.FloatField(
        label=_("Latitude"), min_value=-90, max_value=90, help_text=_("For example 53.8. One decimal is enough.")
    )
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, help_text=_("For example -1.5"))


class DaysForm(forms.Form):
    """On which of the days that hosts offer somebody is free."""

    days = forms.TypedMultipleChoiceField(
        label=_("Free on"), coerce=date.fromisoformat, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedMultipleChoiceField, self.fields["days"])
        field.choices = [(day.isoformat(), date_format(day, "l j F Y")) for day in choices]


class MyDaysForm(DaysForm):
    """What a reviewer says of a cycle: the days, and of the cycle as a whole."""

    none = forms.BooleanField(
        label=_("I cannot review in this cycle"),
        required=False,
        help_text=_("Your days are kept, and count again when you take this back."),
    )
    reason = forms.CharField(
        label=_("Why not this time"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A few words are enough. Only the office reads them."),
    )
    note = forms.CharField(
        label=_("A note for the office"),
        required=False,
        max_length=200,
        help_text=_("For example: not before 10, or only by train."),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most_visits"] = forms.IntegerField(
            label=_("Visits at most in this cycle"),
            required=False,
            min_value=1,
            max_value=most,
            help_text=_("Nobody is asked for more than %(most)s.") % {"most": most},
        )

    def clean(self) -> dict[str, Any]:
        """Whoever cannot come says why."""
        said = super().clean() or {}
        if said.get("none") and not (said.get("reason") or "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please say in a few words why."))
        return said


class MyBaseForm(forms.Form):
    """Where somebody sets out from: their community, or a point near home."""

    start = forms.ChoiceField(label=_("I set out from"), widget=forms.RadioSelect)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        help_text=_("For example 53.8. One decimal is enough."),
    )
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, help_text=_("For example -1.5")
    )

    def __init__(self, *args: Any, community: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = _("my community, %(name)s") % {"name": community}
        nowhere = _("I would rather not say: then no plan can count on me")
        cast(forms.ChoiceField, self.fields["start"]).choices = [
            ("community", mine if community else nowhere),
            ("point", _("a point near my home")),
        ]

    def clean(self) -> dict[str, Any]:
        """A point has both numbers."""
        said = super().clean() or {}
        for name in ("latitude", "longitude") if said.get("start") == "point" else ():
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("Please give both numbers, or choose the other answer."))
        return said


class ComeForm(forms.Form):
    """The day on which somebody could come."""

    on = forms.DateField()


class ReviewersForm(forms.Form):
    """A table of reviewers with their days and home bases."""

    file = TableField(
        label=_("File"),
        help_text=_(
            "CSV or XLSX. The first row names the columns: username, days, latitude, longitude. "
            "A day is written like 2027-03-01; several stand in one cell with commas in between."
        ),
    )


class SettingsForm(forms.Form):
    """How far people travel, how many of one community sit together, and what weighs how much."""

    max_distance_km = forms.IntegerField(
        label=_("Kilometres that nobody travels beyond"), min_value=0, max_value=20_100
    )
    max_same_community = forms.IntegerField(label=_("People of one community in a team"), min_value=0, max_value=20)
    asks_next = forms.BooleanField(
        label=_("When a seat falls empty, ask the next person by itself"),
        required=False,
        help_text=_("From the day a team is appointed. The office is told when nobody is left to ask."),
    )
    stop_asking_days = forms.IntegerField(
        label=_("Days before a visit within which nobody new is asked by itself"),
        min_value=0,
        max_value=90,
        help_text=_("Reserves are called until the day itself."),
    )
    reserves_wished = forms.IntegerField(label=_("Reserves wished for each visit"), min_value=0, max_value=9)
    currency = forms.RegexField(
        label=_("Currency of travel costs"),
        regex="^[A-Z]{3}$",
        help_text=_("Three capital letters, such as GBP or EUR."),
        error_messages={"invalid": _("Please give three capital letters, such as GBP.")},
    )
    mileage_rate = forms.IntegerField(
        label=_("Pence for each mile or kilometre by car"), min_value=0, max_value=1000, help_text=_("Pence or cents.")
    )
    mileage_unit = forms.ChoiceField(label=_("Counted by"), choices=[("mile", _("mile")), ("km", _("kilometre"))])

    def __init__(self, *args: Any, weights: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._weights = weights
        for name, words in weights.items():
            self.fields[name] = forms.FloatField(label=words, min_value=0, max_value=999_999_999)

    def weights(self) -> dict[str, float]:
        """The weights by name."""
        return {name: self.cleaned_data[name] for name in self._weights}


class SeatForm(forms.Form):
    """An empty seat."""

    seat = forms.ChoiceField(choices=SEAT_CHOICES)


class ReserveForm(SeatForm):
    """Somebody who is asked to keep a day free for a seat."""

    account = forms.IntegerField()


class AnswerForm(forms.Form):
    """Whether somebody keeps a day free."""

    answer = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=99_999, decimal_places=2, required=False, **more)


class _MoneyForm(forms.Form):
    """A form with amounts in the network's currency, which their labels name."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DecimalField):
                field.label = f"{field.label} ({currency})"


class JourneyForm(_MoneyForm):
    """How somebody travels, and what it costs."""

    mode = forms.ChoiceField(label=_("How do you travel?"), choices=Journey.Mode.choices, widget=forms.RadioSelect)
    lift_with = forms.CharField(label=_("With whom, if somebody takes you along"), max_length=120, required=False)
    arrives = forms.TimeField(
        label=_("When you expect to arrive"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    overnight = forms.BooleanField(label=_("I stay overnight"), required=False)
    estimate = _money(
        _("What it will cost, as far as you know"),
        help_text=_("Leave it empty when you drive: it is estimated from the way."),
    )
    actual = _money(_("What it cost"), help_text=_("After the visit. Keep your receipts for the office."))

    def said(self) -> dict[str, Any]:
        """What was said, with amounts in pence."""
        return self.cleaned_data | {name: _pence(self.cleaned_data[name]) for name in ("estimate", "actual")}


class SettleForm(_MoneyForm):
    """What the office agrees, and when it was paid."""

    agreed = _money(_("Agreed"))
    paid_on = forms.DateField(label=_("Paid on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def said(self) -> dict[str, Any]:
        """What was said, with the amount in pence."""
        return self.cleaned_data | {"agreed": _pence(self.cleaned_data["agreed"])}


def _pence(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)
