"""What the pages about paper show: plain values, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communitas.kit.codes import Mistyped
from communitas.standards.rules.identity import key_of
from communitas.visits.models import TeamPlace
from communitas.workbooks.models import Keying, Printing, Sheet, Workbook
from communitas.workbooks.queries import paper
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.screens import word_of
from communitas.workbooks.rules.events import NOT_APPLICABLE, Score
from communitas.workbooks.rules.paper import FIELDS, Difference, Entry, Reading, read_code

FIELD_WORDS = {
    "score": gettext_lazy("Mark"),
    "reason": gettext_lazy("Reason"),
    "comment": gettext_lazy("Comment"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to key in. `gone` says why it can no longer stand in the workbook; it is kept with the page."""

    number: int
    place: str
    code: str
    statement: str
    level: int
    is_criterion: bool
    score: Score = None
    reason: str = ""
    comment: str = ""
    printed: str = ""
    gone: str = ""
    problem: str = ""

    @property
    def slot(self) -> str:
        """The number as names of fields carry it."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Line:
    """Some sheets of one print that stand in the same place, in a list."""

    title: str
    pages: str
    state: str
    words: str
    who: str
    token: str  # empty for somebody who may not open the print


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet in the list of its print."""

    pk: int
    number: int
    copy: int
    code: str
    href: str
    criteria: str
    state: str
    words: str
    hand: str
    who: str
    problems: int


@dataclass(frozen=True, slots=True)
class Both:
    """One thing that two people read differently, in words."""

    name: str
    what: str
    field: str
    first: str
    second: str


def found_by_code(typed: str, copy: int = 1) -> tuple[int, str]:
    """The sheet that carries a code, or 0 and the sentence that says what to look at again: at most one query."""
    try:
        token, number = read_code(typed)
    except Mistyped as mistyped:
        return 0, mistyped.sentence
    found = Sheet.objects.filter(printing__token=token, number=number, copy=copy).values_list("pk", flat=True).first()
    return (found, "") if found else (0, unknown_page())


def unknown_page() -> str:
    """What is said of a page that is not known, and of one that the reader may not open: the same."""
    return _("The code is written as printed, but no page with it is known here.")


def team_of(workbook: Workbook) -> list[tuple[int, str]]:
    """The people whose forms may come back: one query."""
    places = TeamPlace.objects.filter(
        visit__enrolment=workbook.review.enrolment_id, state__in=["asked", "accepted", "absent"]
    )
    return list(places.order_by("account__display_name", "pk").values_list("account_id", "account__display_name"))


def places(
    sheet: Sheet, book: Book, read: Reading, problems: dict[str, str] | None = None, *, blind: bool = False
) -> list[Place]:
    """A page's criteria in the order of the paper, with what was read so far; without the marks when `blind`.

    One query for a page that was printed with answers.
    """
    _heads, printed = ({}, {}) if blind else paper.seen_in_print(sheet)
    everything = {key_of(criterion): criterion for criterion in book.edition.criteria()}
    made = []
    for number, place in enumerate(paper.places_of(sheet)):
        entry = read.get(place, Entry())
        criterion = everything.get(place)
        is_criterion = place in sheet.criteria
        title = _found_title(book, place) if not is_criterion else criterion.statement if criterion else place
        made.append(
            Place(
                number=number,
                place=place,
                code=criterion.code if criterion and is_criterion else "",
                statement=title,
                level=int(criterion.level) if criterion else 1,
                is_criterion=is_criterion,
                score=None if blind else entry.score,
                reason=entry.reason,
                comment=entry.comment,
                printed=word_of(book, printed.get(place)),
                gone=_gone(sheet, book, place) if is_criterion else "",
                problem=(problems or {}).get(place, ""),
            )
        )
    return made


def lines(workbook: Workbook, openable: Sequence[int] | None) -> list[Line]:
    """The sheets of a workbook by print, state and holder, newest print first: one query.

    `openable` are the prints that the reader may open; None means all of them.
    """
    groups: dict[tuple[int, str, str], list[Sheet]] = {}
    for sheet in _asked(workbook):
        groups.setdefault((sheet.printing_id, sheet.state, _who(sheet)), []).append(sheet)
    return [
        Line(
            title=title_of(found[0].printing),
            pages=_pages([sheet.number for sheet in found]),
            state=state,
            words=str(found[0].get_state_display()),
            who=who,
            token=found[0].printing.token if openable is None or pk in openable else "",
        )
        for (pk, state, who), found in groups.items()
    ]


def rows(printing: Printing, book: Book) -> list[Row]:
    """The sheets of one print: two queries."""
    found = list(
        Sheet.objects.filter(printing=printing)
        .exclude(criteria=[], findings=[])
        .select_related("printing", "keyed_by", "checked_by")
        .order_by("number", "copy")
    )
    sent = Keying.objects.filter(sheet__in=found).exclude(sent_at=None).exclude(part=Keying.Part.CHECK).order_by("pk")
    problems = {keying.sheet_id: len(keying.problems) for keying in sent}
    codes = {key: criterion.code for key, criterion in book.criteria.items()}
    return [
        Row(
            pk=sheet.pk,
            number=sheet.number,
            copy=sheet.copy,
            code=sheet.code,
            href=sheet.get_absolute_url(),
            criteria=_span([codes.get(key, key) for key in sheet.criteria]),
            state=sheet.state,
            words=str(sheet.get_state_display()),
            hand=sheet.hand,
            who=_who(sheet),
            problems=problems.get(sheet.pk, 0),
        )
        for sheet in found
    ]


def both(sheet: Sheet, book: Book, found: Sequence[Difference]) -> list[Both]:
    """The differences of two readings in words. No query."""
    order = paper.places_of(sheet)
    made = []
    for each in found:
        criterion = book.criteria.get(each.key)
        what = each.key if each.key in sheet.criteria else _found_title(book, each.key)
        what = criterion.code if criterion else what
        first, second = (_side_words(book, each.field, side) for side in (each.first, each.second))
        name = f"d-{order.index(each.key)}-{FIELDS.index(each.field)}"
        made.append(Both(name, what, str(FIELD_WORDS[each.field]), first, second))
    return made


def title_of(printing: Printing) -> str:
    """A print as people tell it from others."""
    when = date_format(timezone.localtime(printing.printed_at), "j F Y")
    if printing.reviewer:
        return _("%(name)s’s form of %(when)s") % {"name": printing.reviewer.display_name, "when": when}
    return _("Printed on %(when)s by %(name)s") % {"when": when, "name": printing.printed_by.display_name}


def still_on_paper(workbook: Workbook) -> list[str]:
    """What a lead should know before sending or closing, one sentence each; nothing when all is done: one query."""
    found = paper.standing(workbook)
    said = []
    if found.on_paper:
        words = ngettext(
            "%(count)d printed page is still on paper.", "%(count)d printed pages are still on paper.", found.on_paper
        )
        said.append(words % {"count": found.on_paper})
    if found.unchecked:
        words = ngettext(
            "%(count)d page was keyed in and not yet checked by a second person.",
            "%(count)d pages were keyed in and not yet checked by a second person.",
            found.unchecked,
        )
        said.append(words % {"count": found.unchecked})
    return said


def _asked(workbook: Workbook) -> list[Sheet]:
    related = ("printing__printed_by", "printing__reviewer", "keyed_by", "checked_by")
    found = Sheet.objects.filter(printing__workbook=workbook).exclude(criteria=[], findings=[])
    return list(found.select_related(*related).order_by("-printing__printed_at", "-printing", "number", "copy"))


def _who(sheet: Sheet) -> str:
    if sheet.state == Sheet.State.CHECKED and sheet.keyed_by and sheet.checked_by:
        return _("%(first)s, checked by %(second)s") % {
            "first": sheet.keyed_by.display_name,
            "second": sheet.checked_by.display_name,
        }
    if sheet.state in (Sheet.State.KEYED, Sheet.State.DIFFERS) and sheet.keyed_by:
        return _("keyed in by %(name)s") % {"name": sheet.keyed_by.display_name}
    if sheet.state == Sheet.State.MISSING:
        return sheet.note
    return _("with %(name)s") % {"name": sheet.holder}


def _found_title(book: Book, place: str) -> str:
    _name, number, which = place.split(":")
    section = book.edition.sections
    titles = [one.title for one in book.sections]
    title = titles[int(number) - 1] if int(number) <= len(titles) else section[0].title
    words = _("Done well in “%(title)s”") if which == "achievement" else _("Could be better in “%(title)s”")
    return words % {"title": title}


def _gone(sheet: Sheet, book: Book, place: str) -> str:
    if sheet.printing.edition_hash != sheet.printing.workbook.edition_hash:
        return _("This page was printed for another edition. What it says here is kept with the page.")
    if place not in book.keys:
        return _("This criterion no longer applies to the community. What it says here is kept with the page.")
    return ""


def _side_words(book: Book, field: str, side: Score | str) -> str:
    if field != "score":
        return str(side or _("nothing is written"))
    score: Score = NOT_APPLICABLE if isinstance(side, str) else side
    return word_of(book, score) or _("no box is ticked")


def _span(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{codes[0]} – {codes[-1]}" if codes else ""


def _pages(numbers: Sequence[int]) -> str:
    """Page numbers with runs drawn together: '2–5, 7'."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
