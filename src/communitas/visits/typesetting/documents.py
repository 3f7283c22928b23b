"""The timetable and the reviewers' pack as tagged PDFs, and the pack as a ZIP with its files."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import formats
from django.utils.translation import gettext as _

from communitas.kit.typesetting import compile_pdf
from communitas.visits.models import Visit
from communitas.visits.queries.pack import Pack
from communitas.visits.queries.timetables import Line, timetable_of

TEMPLATE: Final = "visits/typesetting/visit.typ"
_HEADINGS: Final = {"access_needs": "Getting around", "diet": "Food", "clearance": "Clearance", "names": "Names"}


def timetable_pdf(visit: Visit) -> bytes:
    """The timetable on one page: the same version gives the same bytes."""
    enrolment = visit.enrolment
    timetable = timetable_of(visit)
    data = _head(enrolment.community_name, enrolment.cycle.name, enrolment.cycle.network.name, visit.on)
    data |= {
        "kind": _("Timetable of the visit"),
        "where": [str(visit.get_form_display()), *visit.place.split("\n")],
        "lines": _lines(timetable.lines),
        "pack": None,
        "note": _("Version %(number)d") % {"number": timetable.number} if timetable.number else "",
    }
    return compile_pdf(TEMPLATE, data, timestamp=_stamp(visit.on))


def pack_pdf(pack: Pack, now: datetime) -> bytes:
    """The reviewers' pack as a document to take along."""
    data = _head(pack.community, pack.cycle, pack.network, pack.on)
    data |= {
        "kind": _("Reviewers' pack"),
        "where": [pack.form, *pack.place.split("\n")],
        "lines": _lines(pack.timetable.lines),
        "note": "",
        "pack": {
            "practical": pack.practical,
            "link": pack.link,
            "team": [[member.name or _("Seat to fill"), member.seat_words, member.community] for member in pack.team],
            "participants": [[str(_HEADINGS.get(name, "Who meets you")), words] for name, words in pack.participants],
            "contacts": [[one.name, one.what, one.how] for one in pack.contacts],
            "parts": [{"title": part.title, "lines": list(part.lines)} for part in pack.parts],
        },
    }  # fmt: skip
    return compile_pdf(TEMPLATE, data, timestamp=now.replace(microsecond=0))


def pack_zip(visit: Visit, pack: Pack, now: datetime) -> bytes:
    """The pack, the timetable, and the files of its parts."""
    files: list[tuple[str, bytes]] = [
        ("reviewers-pack.pdf", pack_pdf(pack, now)),
        ("timetable.pdf", timetable_pdf(visit)),
    ]
    for part in pack.parts:
        files += part.files()
    return _zip(files, now)


def _zip(files: Sequence[tuple[str, bytes]], now: datetime) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            plain = name.replace("\\", "/").rsplit("/", 1)[-1]  # a name from elsewhere never leads out of the folder
            archive.writestr(ZipInfo(plain, now.timetuple()[:6]), content, ZIP_DEFLATED)
    return out.getvalue()


def _head(community: str, cycle: str, network: str, on: date | None) -> dict[str, Any]:
    day = formats.date_format(on, "l j F Y") if on else _("The date is not set yet.")
    return {
        "title": _("Visit to %(name)s") % {"name": community},
        "network": network,
        "cycle": cycle,
        "day": day,
        "lang": "en",
        "region": "gb",
        "words": {
            "time": _("Time"),
            "what": _("What"),
            "who": _("Who"),
            "where": _("Where"),
            "team": _("The team"),
            "meets": _("Who meets you, and what to know"),
            "contacts": _("Whom to ask"),
            "practical": _("Practical notes"),
            "link": _("Link of the meeting"),
            "timetable": _("The day"),
        },
    }


def _lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "times": line.times,
            "what": line.row.what,
            "who": line.row.who,
            "where": line.row.where,
            "notes": line.row.notes,
            "pause": line.row.pause,
        }
        for line in lines
    ]


def _stamp(on: date | None) -> datetime:
    return datetime.combine(on or date(2000, 1, 1), time(12), UTC)
