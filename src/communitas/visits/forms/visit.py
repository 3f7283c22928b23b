"""Input of visits into clean values."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community, Organisation
from communitas.people.models import Account
from communitas.visits.models import Interest, Visit
from communitas.visits.rules.team import SEATS


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PlanForm(forms.Form):
    """A first plan: a date, if there is one already, and a form."""

    on = forms.DateField(label=_("Date"), required=False, widget=_day(), help_text=_("You can set it later."))
    form = forms.ChoiceField(label=_("Form"), choices=Visit.Form.choices, widget=forms.RadioSelect, initial="on_site")


class DateForm(forms.Form):
    """A date, with a reason where one was set before."""

    on = forms.DateField(label=_("Date"), widget=_day())
    reason = forms.CharField(label=_("Reason for the new date"), required=False, max_length=1000)


class PracticalForm(forms.Form):
    """What the team needs to know."""

    form = forms.ChoiceField(label=_("Form"), choices=Visit.Form.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Where to come"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts = forms.TimeField(
        label=_("Starts at"), required=False, widget=_time(), help_text=_("Empty: the usual time of the network.")
    )
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=_time())
    link = forms.URLField(
        label=_("Link of the meeting"),
        required=False,
        assume_scheme="https",
        help_text=_("It begins with https:// and is shown to those who take part, some days before the visit."),
    )
    practical = forms.CharField(
        label=_("What the team needs to know"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Gate times, what may not be brought in, food, quiet rooms, who meets the team."),
    )


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ExtendForm(forms.Form):
    """Until when somebody may answer."""

    until = forms.DateField(label=_("Last day for an answer"), widget=_day())
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


class SeatForm(forms.Form):
    """Another seat for somebody who is coming."""

    seat = forms.ChoiceField(label=_("Seat"), choices=list(SEATS.items()))
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SearchForm(forms.Form):
    """For which seat somebody is looked for, and words to search by."""

    seat = forms.ChoiceField(label=_("Seat"), choices=list(SEATS.items()))
    q = forms.CharField(label=_("Search people and communities"), required=False, max_length=80)


class AskForm(forms.Form):
    """Somebody asked onto a seat."""

    seat = forms.ChoiceField(choices=list(SEATS.items()), widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason for changing the team"), required=False, max_length=1000)

    def __init__(self, *args: Any, people: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = forms.ModelChoiceField(queryset=people, widget=forms.HiddenInput)


class InterestForm(forms.Form):
    """A declared interest."""

    kind = forms.ChoiceField(
        label=_("What kind of interest"),
        required=False,
        choices=Interest.Kind.choices,
        widget=forms.RadioSelect,
        initial=Interest.Kind.OTHER,
    )
    nature = forms.CharField(
        label=_("What the interest is"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence is enough: you worked there, a relative lives there. Only the office reads it."),
    )

    def __init__(
        self, *args: Any, communities: QuerySet[Community], organisations: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"] = forms.ModelChoiceField(
            label=_("Community"), queryset=communities, required=False, empty_label=_("Please choose")
        )
        self.fields["organisation"] = forms.ModelChoiceField(
            label=_("Organisation"),
            queryset=organisations,
            required=False,
            empty_label=_("None"),
            help_text=_("For an appointment alone: it covers every community of the organisation."),
        )
        self.order_fields(["kind", "community", "organisation", "nature"])

    def clean_kind(self) -> str:
        """Without a kind it is something else."""
        return self.cleaned_data["kind"] or Interest.Kind.OTHER

    def clean(self) -> dict[str, Any]:
        """It is about a community, or by an appointment about an organisation."""
        said = super().clean() or {}
        if not said.get("community") and not said.get("organisation") and "community" not in self.errors:
            self.add_error("community", _("Please choose the community that the interest is about."))
        if said.get("organisation") and said.get("kind") != Interest.Kind.APPOINTMENT:
            self.add_error("organisation", _("An organisation is chosen for an appointment alone."))
        return said


class SettingsForm(forms.Form):
    """What the network sets for its visits."""

    repeat_after = forms.IntegerField(
        label=_("Cycles before a community may review the same host again"),
        min_value=0,
        max_value=20,
        help_text=_("0 switches the rule off."),
    )
    visits_per_reviewer = forms.IntegerField(label=_("Visits of a reviewer in a cycle"), min_value=1, max_value=20)
    dates_asked = forms.IntegerField(label=_("Dates that a host offers"), min_value=1, max_value=10)
    weekdays_asked = forms.IntegerField(label=_("Different weekdays among them"), min_value=1, max_value=5)
    dates_from_weeks = forms.IntegerField(label=_("Weeks of notice before a visit"), min_value=0, max_value=52)
    dates_until_weeks = forms.IntegerField(
        label=_("How many weeks ahead dates are offered"), min_value=1, max_value=104
    )
    answer_days = forms.IntegerField(
        label=_("Days to answer when somebody is asked onto a team"), min_value=1, max_value=60
    )
    short_notice_days = forms.IntegerField(
        label=_("Last days before a visit that are short notice"), min_value=0, max_value=90
    )
    short_answer_days = forms.IntegerField(label=_("Days to answer on short notice"), min_value=1, max_value=60)
    lapses = forms.BooleanField(
        label=_("Places without an answer are free again when the time is over"),
        required=False,
        help_text=_("Without it they stay, and the office sees that the answer is overdue."),
    )
    object_days = forms.IntegerField(
        label=_("Working days in which a community may object to a person on its team"), min_value=1, max_value=60
    )
    day_starts = forms.TimeField(label=_("A visit usually starts at"), widget=_time())
    day_ends = forms.TimeField(label=_("A visit usually ends at"), widget=_time())
    link_days_before = forms.IntegerField(
        label=_("Days before the visit that the link of the meeting is shown"), min_value=0, max_value=90
    )
    former_years = forms.IntegerField(
        label=_("Years that a former role keeps somebody off a community"),
        min_value=0,
        max_value=50,
        help_text=_("0 switches the rule off."),
    )
    feedback_days = forms.IntegerField(label=_("Days for feedback after a visit"), min_value=1, max_value=90)

    def __init__(self, *args: Any, seats: dict[str, dict[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pathway, numbers in seats.items():
            for seat, words in SEATS.items():
                self.fields[f"{pathway}-{seat}"] = forms.IntegerField(
                    label=f"{_PATHWAYS[pathway]}: {words}", min_value=0, max_value=9, initial=numbers.get(seat, 0)
                )

    def clean(self) -> dict[str, Any]:
        """A day ends after it starts, and there are no more weekdays than dates."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("day_starts") and found.get("day_ends") and found["day_starts"] >= found["day_ends"]:
            self.add_error("day_ends", _("A visit ends after it starts."))
        if (found.get("short_answer_days") or 0) > (found.get("answer_days") or 1000):
            self.add_error("short_answer_days", _("On short notice there are not more days than usual."))
        if (found.get("weekdays_asked") or 0) > (found.get("dates_asked") or 0):
            self.add_error("weekdays_asked", _("There cannot be more weekdays than dates."))
        if (found.get("dates_from_weeks") or 0) >= (found.get("dates_until_weeks") or 1000):
            self.add_error("dates_until_weeks", _("This is more than the weeks of notice."))
        return found

    def seats(self) -> dict[str, dict[str, int]]:
        """The seats by pathway; a kind of seat without places is left out."""
        found: dict[str, dict[str, int]] = {}
        for name, number in self.cleaned_data.items():
            pathway, dash, seat = name.partition("-")
            if dash and number:
                found.setdefault(pathway, {})[seat] = number
        return found


_PATHWAYS = {
    "developmental": _("Developmental visit"),
    "peer_review": _("Peer review"),
    "accreditation": _("Accreditation"),
}
