"""What every page of a workbook has: where it stands, its sections with their progress, what is saved."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.kit.loading import LONGEST
from communitas.kit.ui.around import section_line
from communitas.members.http import MemberRequest
from communitas.standards.rules.edition import Criterion, Section
from communitas.workbooks.actions import Outcome
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import Book, book_of, sections_progress
from communitas.workbooks.queries.screens import Item
from communitas.workbooks.rules.progress import Progress, whole

MOST_NAMED = 3  # answers of others that are announced one by one


def frame(workbook: Workbook) -> dict[str, Any]:
    """The review as templates name it. No query."""
    enrolment, book = workbook.review.enrolment, book_of(workbook.review.enrolment)
    return {
        "workbook": workbook,
        "enrolment": enrolment,
        "community": enrolment.community_name,
        "cycle": enrolment.cycle,
        "edition": enrolment.edition,
        "state": workbook.review.get_state_display(),
        "state_code": workbook.review.state,
        "scale": book.scale,
        "top": book.top,
        "whole": whole(sections_progress(workbook, book)),
    }


def section_at(book: Book, number: int) -> Section:
    """The section of that number, from 1; 404 when there is none."""
    if not 1 <= number <= len(book.sections):
        raise Http404
    return book.sections[number - 1]


def wishes(request: MemberRequest, url: str) -> dict[str, Any]:
    """What the address asks of a page of criteria: plain words, only open ones, only mine; and links to change it."""
    plain, show = request.GET.get("plain") == "1", request.GET.get("show", "")

    def link(*, plain: bool, show: str) -> str:
        asked = [*(["plain=1"] if plain else []), *([f"show={show}"] if show in {"open", "mine"} else [])]
        return f"{url}?{'&'.join(asked)}" if asked else url

    return {
        "plain": plain,
        "still_open": show == "open",
        "mine": show == "mine",
        "plain_href": link(plain=not plain, show=show),
        "open_href": link(plain=plain, show="" if show == "open" else "open"),
        "mine_href": link(plain=plain, show="" if show == "mine" else "mine"),
        "all_href": link(plain=plain, show=""),
        "suffix": link(plain=plain, show=show).removeprefix(url),
    }


def wanted(items: Sequence[Item], wished: dict[str, Any]) -> list[Item]:
    """The items that the address asks for."""
    if wished["mine"]:
        return [item for item in items if item.given and item.given.mine]
    if wished["still_open"]:
        return [item for item in items if item.suggested or not item.is_answered]
    return list(items)


def since(request: MemberRequest, workbook: Workbook) -> int:
    """The last number of the server that the page knows."""
    after = request.POST.get("after", "")
    return int(after) if after.isdecimal() and len(after) < LONGEST else workbook.last_seq


def announcing(
    response: HttpResponse, book: Book, criteria: Sequence[Criterion], changed: Mapping[str, Sequence[str]]
) -> HttpResponse:
    """The response, telling a screen reader who has changed which of these criteria."""
    words = [
        _("%(who)s: %(code)s has a new answer.") % {"who": ", ".join(changed[one.key or one.code]), "code": one.code}
        for one in criteria
    ]
    if len(words) > MOST_NAMED:
        words = [ngettext("%(count)d new answer.", "%(count)d new answers.", len(words)) % {"count": len(words)}]
    if words:
        response["HX-Trigger"] = json.dumps({"announce": " ".join(words)})
    return response


def navigation(
    lines: Sequence[Progress], url_name: str, pk: int, current: int = 0, suffix: str = ""
) -> list[dict[str, Any]]:
    """The sections with how much of each is done, for the component."""
    address = reverse(f"workbooks:{url_name}", args=[pk, 0]).removesuffix("0/")  # they differ in their number alone
    return [_link(line, f"{address}{number}/{suffix}", number, current) for number, line in enumerate(lines, start=1)]


def new_section_line(line: Progress, url_name: str, pk: int, number: int) -> SafeString:
    """The navigation's line of the section that is open, in place of the one that stands on the page."""
    return section_line(_link(line, reverse(f"workbooks:{url_name}", args=[pk, number]), number, number), swapped=True)


def _link(line: Progress, href: str, number: int, current: int) -> dict[str, Any]:
    return {
        "label": line.title,
        "href": href,
        "current": number == current,
        "done": line.scored,
        "total": line.applicable,
        "id": f"section-{number}",
    }


def around(lines: Sequence[Progress], url_name: str, pk: int, number: int, suffix: str) -> dict[str, Any]:
    """The sections before and after this one."""
    items = navigation(lines, url_name, pk, suffix=suffix)
    return {
        "previous": items[number - 2] if number > 1 else None,
        "following": items[number] if number < len(items) else None,
    }


def saved_words(line: Progress, now: Any = None) -> str:
    """What the bar at the foot says: when it was saved, if just now, and how much is answered."""
    words = ngettext(
        "%(scored)d of %(total)d criterion answered.", "%(scored)d of %(total)d criteria answered.", line.applicable
    ) % {"scored": line.scored, "total": line.applicable}
    if now is None:
        return _("Everything is saved. %(words)s") % {"words": words}
    return _("Saved %(time)s. %(words)s") % {"time": f"{timezone.localtime(now):%H:%M}", "words": words}


def as_seen(item: Item, given: dict[str, Any], written: Iterable[Outcome]) -> Item:
    """A saved item whose next edit replaces only what its writer has seen.

    The page still shows what it showed before, with what was just entered. What others entered meanwhile comes with the
    next pulse; until then it is not seen, and an edit must not replace it. Marks that differ are named, so they are.
    """
    known = {outcome.event_id for outcome in written} | {one.event_id for one in item.differ}
    known |= {*given.get("seen", ()), *given.get("seen_comments", ())}

    def kept(ids: str) -> str:
        return ",".join(one for one in ids.split(",") if one in known)

    seen, seen_comments = kept(item.seen), kept(item.seen_comments)
    if (seen, seen_comments) == (item.seen, item.seen_comments):
        return item
    return replace(item, seen=seen, seen_comments=seen_comments)


def with_error(items: Sequence[Item], key: str, error: str, given: dict[str, Any]) -> list[Item]:
    """The items of a page with what was entered for one of them, and why it was not saved."""
    kept = {name: given[name] for name in ("score", "reason", "comment") if given.get(name) is not None}
    return [replace(item, error=error, **kept) if item.key == key else item for item in items]
