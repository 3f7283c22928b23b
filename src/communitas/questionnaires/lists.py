"""The lists of questionnaires, as their screens and downloads show them."""

from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.questionnaires.models import Opening, Questionnaire


def _day(day: Any) -> str:
    return formats.date_format(day, "j F Y")


QUESTIONNAIRES = ListSpec(
    name=_("Questionnaires"),
    columns=(
        Column("title", _("Questionnaire"), lambda row: row.title, ("title",)),
        Column("audience", _("Who is asked"), lambda row: row.get_audience_display(), ("audience",)),
        Column("edition", _("Edition"), lambda row: str(row.edition), ("edition__number",)),
        Column("version", _("Version"), lambda row: row.version, ("version",), number=True),
        Column(
            "state",
            _("State"),
            lambda row: row.get_state_display(),
            ("state",),
            cell=lambda row: {
                "tag": row.get_state_display(),
                "tone": "good" if row.state == Questionnaire.State.PUBLISHED else "plain",
            },
        ),
        Column("items", _("Items"), lambda row: row.item_count, ("item_count",), number=True),
        Column("openings", _("Communities asked"), lambda row: row.opening_count, ("opening_count",), number=True),
    ),
    search=("title", "edition__title"),
    filters=(
        choice_filter("audience", _("Who is asked"), "audience", Questionnaire.Audience.choices),
        choice_filter("state", _("State"), "state", Questionnaire.State.choices),
    ),
    order_by=("-edition__number", "audience", "-version"),
    link=lambda row: reverse("questionnaires:questionnaire", args=[row.pk]),
    empty=_("No questionnaire yet. Begin one, or bring one in from a file."),
)


def _share(row: Any) -> str:
    return f"{round(100 * row.came_back / row.expected)} %" if row.expected else ""


def _state(row: Any) -> dict[str, str]:
    if row.state == Opening.State.RELEASED:
        if row.enough:
            return {"tag": str(_("released")), "tone": "good"}
        return {"tag": str(_("released: too few to show")), "tone": "plain"}
    return {"tag": str(row.get_state_display()), "tone": "plain"}


RATES = ListSpec(
    name=_("Answers that came back"),
    columns=(
        Column(
            "community",
            _("Community"),
            lambda row: row.enrolment.community_name,
            ("enrolment__community_name", "questionnaire__audience"),
        ),
        Column(
            "audience",
            _("Who is asked"),
            lambda row: row.questionnaire.get_audience_display(),
            ("questionnaire__audience",),
        ),
        Column("state", _("State"), lambda row: _state(row)["tag"], ("state",), cell=_state),
        Column("opens", _("First day"), lambda row: _day(row.opens_on), on_screen=False),
        Column("closes", _("Last day"), lambda row: _day(row.closes_on), ("closes_on",), nowrap=True),
        Column("back", _("Came back"), lambda row: row.came_back, ("came_back",), number=True),
        Column("expected", _("Asked"), lambda row: row.expected or "", ("expected",), number=True),
        Column("share", _("Share"), _share, number=True),
    ),
    search=("enrolment__community_name", "enrolment__community__code", "questionnaire__title"),
    filters=(
        choice_filter("audience", _("Who is asked"), "questionnaire__audience", Questionnaire.Audience.choices),
        choice_filter("state", _("State"), "state", Opening.State.choices),
        Filter(
            "few",
            _("Came back"),
            lambda request: [("few", _("fewer than 5")), ("enough", _("5 or more"))],
            lambda rows, value: rows.filter(came_back__lt=5) if value == "few" else rows.filter(came_back__gte=5),
        ),
    ),
    order="community",
    link=lambda row: reverse("questionnaires:opening", args=[row.pk]),
    empty=_("Nothing is open yet. Open the questionnaires for all communities of the cycle."),
)
