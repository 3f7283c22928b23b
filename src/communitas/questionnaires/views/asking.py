"""How every page that asks a questionnaire reads what was sent, warns, keeps it, and says thank you."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.questionnaires import queries
from communitas.questionnaires.actions.replying import Kept
from communitas.questionnaires.forms import answers_from
from communitas.questionnaires.models import Opening
from communitas.questionnaires.queries.sheets import items_of, languages, titles
from communitas.questionnaires.rules.privacy import warnings
from communitas.questionnaires.rules.sheet import TEXT

Answers = dict[str, str]


@dataclass(frozen=True)
class Asking:
    """One page that asks: its template, the template of the thanks, what keeps the answers, and what both show."""

    template: str
    thanks: str
    keep: Callable[[Answers], Kept]
    context: dict[str, Any] = field(default_factory=dict)
    also_check: str = ""  # other words of the form that are looked at for names and numbers


def ask(request: HttpRequest, opening: Opening, asking: Asking, *, sent: bool) -> HttpResponse:
    """Show the questionnaire; when it was sent, keep it and show the thanks with the code. Errors keep every word."""
    items = items_of(opening.questionnaire)
    given = answers_from(request.POST, [item.key for item in items]) if request.method == "POST" else {}
    said = [given.get(item.key, "") for item in items if item.kind == TEXT]
    found = list(dict.fromkeys(warning for words in [*said, asking.also_check] for warning in warnings(words)))
    problem = ""
    if sent and (not found or request.POST.get("checked")):
        try:
            kept = asking.keep(given)
        except NotAllowed as refused:
            problem = refused.why
        else:
            return page(request, asking.thanks, {**everyones(opening), **asking.context, "kept": kept})
    shown = {"given": given, "problem": problem, "warnings": found if sent and not problem else []}
    context = sheet_context(request, opening, shown) | asking.context
    return page(request, asking.template, context, status=422 if sent else 200)


def sheet_context(request: HttpRequest, opening: Opening, shown: dict[str, Any]) -> dict[str, Any]:
    """What a page that asks shows: the parts in the chosen language, what was typed, and what is wrong with it."""
    language = request.POST.get("language") or request.GET.get("lang", "")
    title, introduction = titles(opening.questionnaire, language)
    return everyones(opening) | {
        "parts": queries.asked(opening.questionnaire, language=language, given=shown["given"]),
        "title": title,
        "introduction": introduction,
        "language": language,
        "languages": [
            {"code": code, "name": name, "current": code == language}
            for code, name in [("", "English"), *languages(opening.questionnaire)]
        ],
        "problem": shown["problem"],
        "warnings": shown["warnings"],
        "sheet": request.POST.get("sheet") or str(uuid4()),
    }


def everyones(opening: Opening) -> dict[str, Any]:
    """What every page for people who answer says: for whom, until when, who reads it, and the ways out."""
    settings = queries.settings_of(opening.enrolment.cycle.network)
    return {
        "opening": opening,
        "questionnaire": opening.questionnaire,
        "community": opening.enrolment.community_name,
        "threshold": settings.threshold,
        "leave_to": settings.leave_to,
        "withdraw_url": reverse("questionnaires:withdraw"),
    }
