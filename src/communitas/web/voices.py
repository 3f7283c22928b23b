"""What questionnaires say beside a criterion of the workbook: two apps that do not see each other."""

from collections.abc import Mapping

from django.urls import reverse

from communitas.questionnaires import queries
from communitas.questionnaires.queries.results import Said
from communitas.workbooks.slots import Voice


def voices(ids: list[int]) -> dict[int, Mapping[str, Voice]]:
    """One line for each criterion of each enrolment about which a released questionnaire says something."""
    return {
        enrolment: {key: _voice(enrolment, key, said) for key, said in by_key.items()}
        for enrolment, by_key in queries.said_about(ids).items()
    }


def _voice(enrolment: int, key: str, said: list[Said]) -> Voice:
    shown = any(each.opening for each in said)
    href = reverse("questionnaires:about", args=[enrolment, key]) if shown else ""
    return Voice(" · ".join(each.text for each in said), href)
