"""What communities and teams show: minutes, pictures, links; one file that is still on its way, one withdrawn."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from communitas.demo.network.reviews import Round
from communitas.people.models import Account
from communitas.workbooks import actions as workbooks
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.rules.registers import Register, comment, reviewer_comment


@dataclass(frozen=True)
class Piece:
    """One file or link: the place of its criterion in the book, its name, its ending or address, what it says."""

    criterion: int
    name: str
    ending: str
    words: tuple[str, ...] = ()


MEETING: Final = (
    "Community meeting",
    "Present: eleven residents and three staff.",
    "We agreed that the kitchen closes at ten, and who unlocks it for the early shift.",
    "Two people spoke about last week's disagreement. It is settled; we look at it again in a fortnight.",
)
ROTA: Final = ("Kitchen and garden rota", "Cooking: four people a day, by turns.", "Garden: whoever is up first.")
OF_A_COMMUNITY: Final = (
    Piece(0, "Kitchen and garden rota", "pdf", ROTA),
    Piece(0, "Our circle in the garden room", "png"),
    Piece(1, "Minutes of the community meeting", "pdf", MEETING),
    Piece(4, "Our house handbook", "https://lark-house.example/handbook"),
    Piece(
        6, "What we agreed about visitors", "txt", ("Visitors come on Sundays from two.", "Nobody visits a bedroom.")
    ),
)
ON_ITS_WAY: Final = Piece(8, "Fire drill log.pdf", "waiting")
WITHDRAWN: Final = Piece(2, "Rota with surnames", "pdf", ("Rota of the week",))


def show(round_: Round) -> None:
    """The community's own evidence; only Lark House has a file that waits and one that it withdrew."""
    book, lead, at = round_.workbook("self"), round_.house.lead, round_.hearth.now - timedelta(days=3, hours=1)
    is_lark = round_.place.code == "LARK"
    for piece in OF_A_COMMUNITY if is_lark else OF_A_COMMUNITY[:3]:
        _tie(round_, book, piece, comment("self"), "community_lead", lead, at)
    if is_lark:
        _tie(round_, book, ON_ITS_WAY, comment("self"), "community_lead", lead, at + timedelta(minutes=5))
        event = _tie(round_, book, WITHDRAWN, comment("self"), "community_lead", lead, at + timedelta(minutes=9))
        workbooks.withdraw(
            workbook=book,
            attached=event,
            reason="It names people who live here.",
            role="community_lead",
            by=lead,
            at=at + timedelta(minutes=20),
        )


def show_of_reviewer(round_: Round) -> None:
    """What one reviewer keeps beside a score while the team still scores alone."""
    who, _seat = round_.team[-1]
    piece = Piece(
        3, "Notes from the morning meeting", "txt", ("Everybody spoke.", "The chair asked the quiet ones first.")
    )
    register, at = reviewer_comment(str(who.pk)), round_.at(-1, 19)
    _tie(round_, round_.workbook("peer"), piece, register, "reviewer", who, at)


def _tie(
    round_: Round, book: Workbook, piece: Piece, register: Register, role: str, by: Account, at: datetime
) -> Event:
    digest, link = "", ""
    if piece.ending in MAKERS:
        kept = workbooks.keep_file(
            workbook=book,
            pieces=[MAKERS[piece.ending](piece)],
            name=f"{piece.name}.{piece.ending}",
            by=by,
            at=at,
        )
        digest = kept.sha256
    elif piece.ending == "waiting":
        digest = hashlib.sha256(piece.name.encode()).hexdigest()
    else:
        link = piece.ending
    [outcome] = workbooks.attach(
        workbook=book,
        criterion_key=list(round_.book.criteria)[piece.criterion],
        register=register,
        sha256=digest,
        link=link,
        name=piece.name,
        role=role,
        by=by,
        at=at,
    )
    return Event.objects.get(event_id=outcome.event_id)


def _pdf(piece: Piece) -> bytes:
    """One plain page with the words of the piece."""
    lines = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -22 Td " for line in piece.words)
    text = f"BT /F1 13 Tf 60 760 Td {lines}ET".encode("latin-1")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )
    return bytes(out)


def _picture(piece: Piece) -> bytes:
    """A circle of chairs from above."""
    drawn = Image.new("RGB", (960, 640), "#f5efe4")
    brush, chairs = ImageDraw.Draw(drawn), 12
    brush.ellipse((330, 170, 630, 470), fill="#e8dcc6")
    for number in range(chairs):
        angle = 2 * math.pi * number / chairs
        across, down = 480 + 230 * math.cos(angle), 320 + 230 * math.sin(angle)
        brush.rounded_rectangle((across - 30, down - 30, across + 30, down + 30), 12, fill="#17473f")
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def _text(piece: Piece) -> bytes:
    return "\n".join(piece.words).encode()


MAKERS: Final[dict[str, Callable[[Piece], bytes]]] = {"pdf": _pdf, "png": _picture, "txt": _text}
