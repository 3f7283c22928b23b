"""A questionnaire as a tagged PDF to fill in by hand, in ordinary or large print."""

from datetime import UTC, datetime, time
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit.typesetting import compile_pdf
from communitas.questionnaires.models import Opening
from communitas.questionnaires.queries.openings import settings_of
from communitas.questionnaires.queries.sheets import AskedItem, asked
from communitas.questionnaires.rules.sheet import CASE_NOTE

TEMPLATE: Final = "questionnaires/typesetting/questionnaire.typ"
SIZES: Final = {False: 11.5, True: 18.0}  # points


def questionnaire_pdf(opening: Opening, *, large: bool = False) -> bytes:
    """The questionnaire of an opening as PDF/UA-1: the same opening gives the same bytes.

    Each page says at its foot which opening, which version and which page it is; nothing tells one sheet from another.
    """
    questionnaire, enrolment = opening.questionnaire, opening.enrolment
    stamp = datetime.combine(opening.opens_on, time(12), UTC)
    data = {
        "title": questionnaire.title,
        "network": enrolment.cycle.network.name,
        "community": enrolment.community_name,
        "introduction": questionnaire.introduction,
        "who_reads": _who_reads(opening),
        "until": _("Please give it back by %(day)s.") % {"day": date_format(opening.closes_on, "j F Y")},
        "how": _("Tick one circle for each sentence. You may leave out any of them. Do not write your name."),
        "parts": [
            {
                "title": part.title,
                "introduction": part.introduction,
                "items": [_item(item) for item in part.items],
            }
            for part in asked(questionnaire)
        ],
        "record": _("Number of the record (never a name):") if questionnaire.audience == CASE_NOTE else "",
        "code": f"Q{opening.pk}-{questionnaire.version}-{questionnaire.content_hash[:6]}",
        "page_word": _("page"),
        "of_word": _("of"),
        "size": SIZES[large],
        "lang": "en",
        "region": "gb",
    }
    return compile_pdf(TEMPLATE, data, timestamp=stamp)


def _item(item: AskedItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "text": item.text,
        "help": item.help,
        "kind": item.kind,
        "choices": [choice.words for choice in item.choices],
    }


def _who_reads(opening: Opening) -> str:
    fewest = settings_of(opening.enrolment.cycle.network).threshold
    return _(
        "Nobody will know what you said. Your answers are put together with those of others and shown only as numbers, "
        "and only when at least %(count)d people have answered. They are read by your community, the people who visit "
        "it, and the office of the network."
    ) % {"count": fewest}
