"""What the pages about themes and comments show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.benchmarking import queries as benchmarking
from communitas.cycles.models import Cycle
from communitas.kit.lists import Column, Filter, ListSpec, choice_filter
from communitas.members.http import MemberRequest
from communitas.reports.forms.themes import CodingForm, QuoteForm, SettlingForm
from communitas.reports.models import Quote, QuoteStep, Remark, Settling
from communitas.reports.queries import quotes as quoting
from communitas.reports.queries import themes as queries
from communitas.reports.queries.themes import Coverage
from communitas.reports.rules.documents.shares import whole
from communitas.reports.rules.quotes import LONGEST, QUOTE
from communitas.reports.rules.themes import Agreement, Codes
from communitas.reports.views.built import crumbs

KINDS = [("self", gettext_lazy("the community's own")), ("agreed", gettext_lazy("the review team's"))]
VERBS = {
    "propose": gettext_lazy("Redacted, and the community was asked"),
    "consent": gettext_lazy("The community agreed"),
    "refuse": gettext_lazy("The community did not agree"),
    "pass": gettext_lazy("Read: it names nobody"),
    "turn_down": gettext_lazy("Read: not to be quoted"),
    "withdraw": gettext_lazy("Withdrawn"),
}


def themes_page(request: MemberRequest, cycle: Cycle) -> dict[str, Any]:
    """Progress, the themes with who spoke of them, agreement, and quotations."""
    book = queries.codebook_of(cycle)
    codes = queries.codes_of(book)
    progress = queries.progress_of(cycle)
    asked = quoting.quotes().filter(remark__cycle=cycle)
    return {
        "cycle": cycle,
        "book": book,
        "progress": progress,
        "standings": [
            {"label": words, "number": progress.by_standing.get(key, 0), "href": _narrowed(cycle, standing=key)}
            for key, words in Remark.Standing.choices
        ],
        "percent": whole(100 * progress.counted / progress.total) if progress.total else 0,
        "themes": _themes(cycle, codes),
        "agreement": _agreement(queries.agreements_of(cycle, codes)),
        "quotes": _listed(asked),
        "crumbs": crumbs(cycle, _("Themes of the comments")),
    }


def _themes(cycle: Cycle, codes: Codes) -> dict[str, Any]:
    """Each theme with who spoke of it, and whether enough communities did for it to stand in the report."""
    threshold = benchmarking.parameters_of(cycle.network).communities

    def row(spoken: Coverage) -> dict[str, Any]:
        enough = spoken.spoken.communities >= threshold
        theme = {"text": spoken.code.name, "sub": spoken.code.definition}
        told = _("too few: needs %(n)s communities") % {"n": threshold}
        if enough:
            told = _("mostly of one organisation: needs others")
        if queries.may_be_told(cycle, spoken.spoken):
            told = _("may stand there")
        cells = [theme, spoken.comments, spoken.spoken.communities, told]
        return {"cells": cells, "href": _narrowed(cycle, theme=spoken.code.key)}

    numbers = [{"label": label, "kind": "number"} for label in (_("Comments"), _("Communities"))]
    return {
        "columns": [{"label": _("Theme")}, *numbers, {"label": _("In the report")}],
        "rows": [row(spoken) for spoken in queries.coverage_of(cycle, codes)],
    }


def remark_page(request: MemberRequest, remark: Remark) -> dict[str, Any]:
    """One comment with what this person may see of its coding, and the forms that are open."""
    codes = queries.codes_of(queries.codebook_of(remark.cycle))
    full = remark.second_coder_id is not None
    own = queries.own_codes(remark, request.user)
    return {
        "remark": remark,
        "own_words": remark.kind == "self",
        "community": remark.enrolment.community_name,
        "codes": codes,
        "form": None if full or not codes else CodingForm(codes=codes, chosen=sorted(own or ())),
        "mine": request.user.pk in (remark.first_coder_id, remark.second_coder_id),
        "standing": remark.get_standing_display(),
        "differs": remark.standing == Remark.Standing.DIFFERS,
        **(_both_coded(remark, codes) if full else {}),
        "quoting": QuoteForm(codes=codes, text=remark.text[:LONGEST]) if remark.themes and not remark.gone else None,
        "quotes": _listed(remark.quotes.all()),
        "crumbs": _crumbs(remark),
    }


def _both_coded(remark: Remark, codes: Codes) -> dict[str, Any]:
    """What both coders chose, how it was settled, and the form to settle it: hidden until both have coded."""
    first, second, settled = queries.coded(remark)
    found = settled if settled is not None else (first or frozenset()) | (second or frozenset())
    settles = remark.standing in {Remark.Standing.DIFFERS, Remark.Standing.SETTLED}
    return {
        "codings": [
            {"by": who.display_name, "words": _chosen(keys or (), codes)}
            for who, keys in ((remark.first_coder, first), (remark.second_coder, second))
            if who is not None
        ],
        "settling": SettlingForm(codes=codes, chosen=sorted(found)) if settles else None,
        "settlings": [_settled(row, codes) for row in remark.settlings.select_related("by").order_by("-pk")],
    }


def _settled(row: Settling, codes: Codes) -> dict[str, Any]:
    when = date_format(row.at, "j F Y, H:i")
    return {"what": _chosen(row.codes, codes), "reason": row.reason, "by": row.by.display_name, "when": when}


def _chosen(keys: Iterable[str], codes: Codes) -> str:
    return queries.names_of(keys, codes) or _("no theme")


def _listed(asked: Iterable[Quote]) -> list[dict[str, Any]]:
    return [{"text": each.text, "state": each.get_state_display(), "href": each.get_absolute_url()} for each in asked]


def _crumbs(remark: Remark) -> list[dict[str, str]]:
    way = crumbs(remark.cycle, _("Comment"))
    themes = {"label": _("Themes of the comments"), "href": reverse("reports:themes", args=[remark.cycle_id])}
    comments = {"label": _("Comments"), "href": reverse("reports:remarks", args=[remark.cycle_id])}
    return [*way[:-1], themes, comments, way[-1]]


def quote_page(request: MemberRequest, quote: Quote) -> dict[str, Any]:
    """A quotation for the office: which reading of it is open to this person, and what happened to it."""
    remark = quote.remark
    verbs = {move.verb for move in QUOTE.allowed(quote.state, by="office")}
    reader, redactor = request.user.pk, quote.redacted_by_id
    readers = (quote.first_reader_id, quote.second_reader_id)
    return {
        "quote": quote,
        "community": remark.enrolment.community_name,
        "theme": queries.names_of([quote.code], queries.codes_of(queries.codebook_of(remark.cycle))),
        "reads": "pass" in verbs and reader not in (redactor, *readers),
        "own": "pass" in verbs and reader == redactor,
        "read": reader in readers,
        "withdraws": "withdraw" in verbs,
        "history": _entries(quote),
    }


def _entries(quote: Quote) -> list[dict[str, Any]]:
    """What happened to a quotation, newest first."""
    return [_entry(step) for step in quote.steps.select_related("by")]


def _entry(step: QuoteStep) -> dict[str, Any]:
    when = date_format(step.at, "j F Y, H:i")
    return {"what": VERBS[step.verb], "reason": step.reason, "by": step.by.display_name, "when": when}


def remarks_list(cycle: Cycle) -> ListSpec:
    """The comments of a cycle as a list. Downloads name no community: they are for reading and counting themes."""
    codes = queries.codes_of(queries.codebook_of(cycle))
    sections = queries.live(cycle).order_by("section").values_list("section", flat=True).distinct()
    themes = [(each.key, each.name) for each in codes]
    return ListSpec(
        name=gettext_lazy("Comments"),
        columns=(
            Column("text", gettext_lazy("Comment"), lambda r: r.text, cell=_words),
            Column("section", gettext_lazy("Section"), lambda r: r.section, ("section", "criterion_code")),
            Column("code", gettext_lazy("Criterion"), lambda r: r.criterion_code, nowrap=True),
            Column("kind", gettext_lazy("Whose"), lambda r: str(dict(KINDS)[r.kind])),
            Column("standing", gettext_lazy("Coding"), lambda r: r.get_standing_display(), ("standing",)),
            Column("themes", gettext_lazy("Themes"), lambda r: queries.names_of(queries.keys_of(r.themes), codes)),
        ),
        search=("text",),
        filters=(
            Filter("section", gettext_lazy("Section"), lambda request: [(s, s) for s in sections], _by_section),
            choice_filter("kind", gettext_lazy("Whose"), "kind", KINDS),
            choice_filter("standing", gettext_lazy("Coding"), "standing", Remark.Standing.choices),
            Filter("theme", gettext_lazy("Theme"), lambda request: themes, _by_theme),
        ),
        order_by=("section", "criterion_code", "pk"),
        empty=gettext_lazy("No comment fits. Comments are taken in from signed reports on the page of themes."),
    )


def _by_section(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(section=value)


def _by_theme(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(themes__contains=f"|{value}|")


def _words(remark: Remark) -> dict[str, Any]:
    text = remark.text if len(remark.text) <= 160 else f"{remark.text[:160]}…"
    return {"text": text, "href": remark.get_absolute_url()}


def _narrowed(cycle: Cycle, **query: str) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('reports:remarks', args=[cycle.pk])}?{words}"


def _agreement(rows: tuple[Agreement, ...]) -> dict[str, Any]:
    numbers = [{"label": label, "kind": "number"} for label in (_("Both used it"), _("Only one"), _("Neither"))]
    return {
        "columns": [{"label": _("Theme")}, *numbers, {"label": _("The same")}, {"label": _("Beyond luck (kappa)")}],
        "rows": [[row.name, row.both, row.one, row.neither, row.same, row.beyond] for row in rows],
    }
