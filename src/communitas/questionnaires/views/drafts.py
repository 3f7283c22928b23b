"""The office's list of questionnaires, and what becomes of one: begun, previewed, published, copied, a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.forms import BeginForm, CopyForm, ImportForm, SettingsForm
from communitas.questionnaires.lists import QUESTIONNAIRES
from communitas.questionnaires.models import Questionnaire
from communitas.questionnaires.queries.building import (
    build_view,
    cycles_of,
    editions_of,
    for_building,
    questionnaires_of,
)
from communitas.questionnaires.rules.exchange import as_yaml
from communitas.questionnaires.views.forming import do, form_page

FOR_BUILDING = Finder(for_building)


@for_members
def questionnaires(request: MemberRequest) -> HttpResponse:
    """Every questionnaire of the network."""
    policy.build.require(request.actor, request.network)
    rows = questionnaires_of(request.network)
    if QUESTIONNAIRES.wants_download(request):
        return QUESTIONNAIRES.download(rows, request)
    context = {"listing": QUESTIONNAIRES.read(rows, request), "cycles": cycles_of(request.network)}
    return page(request, "questionnaires/list.html", context, partial="list")


@for_members
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a questionnaire."""
    policy.build.require(request.actor, request.network)
    form = BeginForm(request.POST or None, editions=editions_of(request.network))

    def act() -> str:
        return actions.begin(by=request.user, at=request.now, **form.cleaned_data).get_absolute_url()

    return form_page(
        request,
        form,
        title=_("A new questionnaire"),
        label=_("Begin"),
        back=reverse("questionnaires:list"),
        act=act,
        done=_("The draft is begun. Now add its parts and items."),
    )


@for_members
def bring_in(request: MemberRequest) -> HttpResponse:
    """Begin a questionnaire from a file."""
    policy.build.require(request.actor, request.network)
    form = ImportForm(request.POST or None, request.FILES or None, editions=editions_of(request.network))

    def act() -> str:
        made = actions.begin_from(
            edition=form.cleaned_data["edition"], sheet=form.sheet(), by=request.user, at=request.now
        )
        return made.get_absolute_url()

    return form_page(
        request,
        form,
        title=_("A questionnaire from a file"),
        label=_("Bring it in"),
        back=reverse("questionnaires:list"),
        act=act,
        done=_("The draft is made from the file. Read it before you publish it."),
        note=_("A YAML file, as another questionnaire's page gives it. Nothing is published by bringing it in."),
    )


@for_members
def questionnaire(request: MemberRequest, pk: int) -> HttpResponse:
    """One questionnaire: the builder of a draft, or the pages of a published one."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    return page(request, "questionnaires/questionnaire.html", build_view(found))


@for_members
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The questionnaire as people see it. Nothing can be sent from here."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    language = request.GET.get("lang", "")
    title, introduction = queries.titles(found, language)
    context = {
        "questionnaire": found,
        "title": title,
        "introduction": introduction,
        "parts": queries.asked(found, language=language),
        "languages": [("", "English"), *queries.languages(found)],
        "language": language,
    }
    return page(request, "questionnaires/preview.html", context)


@for_members
@require_POST
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    return do(
        request,
        found.get_absolute_url(),
        lambda: actions.publish(questionnaire=found, by=request.user, at=request.now),
        _("Published. From now on it never changes; open it in a cycle next."),
    )


@for_members
def copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Copy to a new version."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    form = CopyForm(request.POST or None, editions=editions_of(request.network), initial={"edition": found.edition_id})

    def act() -> str:
        edition = form.cleaned_data["edition"]
        return actions.copy(questionnaire=found, edition=edition, by=request.user, at=request.now).get_absolute_url()

    return form_page(
        request,
        form,
        title=_("Copy to a new version"),
        label=_("Copy"),
        back=found.get_absolute_url(),
        eyebrow=str(found),
        act=act,
        done=_("This is the new draft."),
    )


@for_members
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask before a draft is thrown away, and throw it away."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    if request.method != "POST":
        return page(request, "questionnaires/discard.html", {"questionnaire": found})
    try:
        actions.discard(questionnaire=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect(found.get_absolute_url())
    messages.success(request, _("The draft is thrown away."))
    return redirect("questionnaires:list")


@for_members
def take_out(request: MemberRequest, pk: int) -> HttpResponse:
    """The questionnaire as a YAML file."""
    found = load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)
    response = HttpResponse(as_yaml(queries.sheet_of(found)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    return response


def _file_name(questionnaire: Questionnaire) -> str:
    return f"questionnaire-{questionnaire.audience}-{questionnaire.version}.yaml"


@for_members
def settings(request: MemberRequest) -> HttpResponse:
    """The settings of questionnaires."""
    policy.configure.require(request.actor, request.network)
    now = queries.settings_of(request.network)
    initial = {"threshold": now.threshold, "together": now.together, "leave_to": now.leave_to}
    form = SettingsForm(request.POST or None, initial=initial)

    def act() -> None:
        actions.change_settings(network=request.network, by=request.user, at=request.now, **form.cleaned_data)

    return form_page(
        request,
        form,
        title=_("Settings of questionnaires"),
        label=_("Save"),
        back=reverse("questionnaires:list"),
        act=act,
        done=_("Saved. They count for every release from now on."),
    )
