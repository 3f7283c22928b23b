"""A draft is written: its words, parts, items and languages."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy
from communitas.questionnaires.forms import ItemForm, LanguageForm, SheetForm
from communitas.questionnaires.models import Item, Part, Questionnaire
from communitas.questionnaires.queries.building import codes_of, for_building, words_to_translate
from communitas.questionnaires.views.forming import do, form_page

FOR_BUILDING = Finder(for_building)


def _load(request: MemberRequest, pk: int) -> Questionnaire:
    return load(FOR_BUILDING, pk, actor=request.actor, may=policy.edit)


def _part(questionnaire: Questionnaire, pk: int) -> Part:
    return get_object_or_404(questionnaire.parts.select_related("questionnaire"), pk=pk)


def _item(questionnaire: Questionnaire, pk: int) -> Item:
    return get_object_or_404(questionnaire.items.select_related("questionnaire", "part"), pk=pk)


def _writing(
    request: MemberRequest,
    found: Questionnaire,
    form: Form,
    *,
    title: str,
    act: Callable[[], None],
    label: str = "",
    done: str = "",
) -> HttpResponse:
    """One form about a questionnaire, which leads back to it."""
    return form_page(
        request,
        form,
        title=title,
        label=label or _("Save"),
        back=found.get_absolute_url(),
        act=act,
        done=done or _("Saved."),
        eyebrow=str(found),
    )


@for_members
def words(request: MemberRequest, pk: int) -> HttpResponse:
    """Title and introduction."""
    found = _load(request, pk)
    form = SheetForm(request.POST or None, initial={"title": found.title, "introduction": found.introduction})

    def act() -> None:
        actions.change_sheet(questionnaire=found, by=request.user, at=request.now, **form.cleaned_data)

    return _writing(
        request,
        found,
        form,
        title=_("Title and introduction"),
        act=act,
    )


@for_members
def add_part(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a part."""
    found = _load(request, pk)
    form = SheetForm(request.POST or None)

    def act() -> None:
        actions.add_part(questionnaire=found, by=request.user, at=request.now, **form.cleaned_data)

    return _writing(
        request,
        found,
        form,
        title=_("A new part"),
        label=_("Add the part"),
        act=act,
        done=_("The part is added."),
    )


@for_members
def part(request: MemberRequest, pk: int, part: int) -> HttpResponse:
    """Change a part."""
    found = _load(request, pk)
    row = _part(found, part)
    form = SheetForm(request.POST or None, initial={"title": row.title, "introduction": row.introduction})

    def act() -> None:
        actions.change_part(part=row, by=request.user, at=request.now, **form.cleaned_data)

    return _writing(
        request,
        found,
        form,
        title=_("Change this part"),
        act=act,
    )


@for_members
@require_POST
def remove_part(request: MemberRequest, pk: int, part: int) -> HttpResponse:
    """Remove a part that holds no items."""
    found = _load(request, pk)
    row = _part(found, part)

    def act() -> None:
        actions.remove_part(part=row, by=request.user, at=request.now)

    return do(request, found.get_absolute_url(), act, _("The part is removed."))


@for_members
def add_item(request: MemberRequest, pk: int) -> HttpResponse:
    """Add an item."""
    found = _load(request, pk)
    initial = {"part": request.GET.get("part") or found.parts.values_list("pk", flat=True).last()}
    form = ItemForm(request.POST or None, questionnaire=found, initial=initial)

    def act() -> None:
        actions.add_item(by=request.user, at=request.now, **form.values())

    return _writing(
        request,
        found,
        form,
        title=_("A new item"),
        label=_("Add the item"),
        act=act,
        done=_("The item is added."),
    )


@for_members
def item(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """Change an item."""
    found = _load(request, pk)
    row = _item(found, item)
    initial = {"part": row.part_id, "kind": row.kind, "text": row.text, "help": row.help}
    initial |= {"codes": codes_of(row), "groups": ", ".join(map(str, row.bands))}
    form = ItemForm(request.POST or None, questionnaire=found, initial=initial)

    def act() -> None:
        actions.change_item(item=row, by=request.user, at=request.now, **form.values())

    return _writing(
        request,
        found,
        form,
        title=_("Change this item"),
        act=act,
    )


@for_members
@require_POST
def remove_item(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """Remove an item."""
    found = _load(request, pk)
    row = _item(found, item)

    def act() -> None:
        actions.remove_item(item=row, by=request.user, at=request.now)

    return do(request, found.get_absolute_url(), act, _("The item is removed."))


@for_members
@require_POST
def move_item(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    """Move an item up or down."""
    found = _load(request, pk)
    row = _item(found, item)
    down = request.POST.get("way") == "down"

    def act() -> None:
        actions.move_item(item=row, down=down, by=request.user, at=request.now)

    return do(request, found.get_absolute_url() + f"#{row.key}", act, _("The item is moved."))


@for_members
def languages(request: MemberRequest, pk: int) -> HttpResponse:
    """The languages into which a questionnaire is put."""
    found = _load(request, pk)
    form = LanguageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        there = reverse("questionnaires:language", args=[found.pk, form.cleaned_data["language"]])
        return redirect(f"{there}?name={form.cleaned_data['name']}")
    there_are = [(code, words["name"]) for code, words in sorted(found.translations.items())]
    context = {"questionnaire": found, "languages": there_are, "form": form}
    return page(request, "questionnaires/languages.html", context, status=422 if form.errors else 200)


@for_members
def language(request: MemberRequest, pk: int, language: str) -> HttpResponse:
    """Every text of the questionnaire with a field for its words in one language."""
    found = _load(request, pk)
    name = request.POST.get("name") or request.GET.get("name") or found.translations.get(language, {}).get("name", "")
    if request.method == "POST":
        said = {key: request.POST[key] for key in request.POST if key not in {"csrfmiddlewaretoken", "name"}}

        def act() -> None:
            actions.translate(
                questionnaire=found, language=language, name=name, words=said, by=request.user, at=request.now
            )

        return do(request, reverse("questionnaires:languages", args=[found.pk]), act, _("Saved."))
    texts = words_to_translate(found, language)
    context = {"questionnaire": found, "language": language, "name": name or language, "texts": texts}
    return page(request, "questionnaires/language.html", context)
