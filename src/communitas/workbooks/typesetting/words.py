"""The words of the printed workbook."""

from collections.abc import Mapping
from typing import Any

COMMON: Mapping[str, Any] = {
    "code": "Page code",
    "qr": "QR code that opens this page on the screen, for page code",
    "filled_by": "Filled in by",
    "date": "Date",
    "page": "Page",
    "of": "of",
    "how": "How to fill it in",
    "marks": "The marks",
    "same": "as printed",
    "name": "My name",
    "printed_answers": "Marks with a cross are the answers of the day it was printed. To change one, strike it out and "
    "tick another.",
    "lost": "If you find this form, please hand it to a member of staff. "
    "It belongs to the community and its review team.",
    "back": "When it is filled in",
}
SELF: Mapping[str, Any] = {
    "title": "Self-review on paper",
    "lead": "Talk each criterion through together. Tick the mark you agree on, and say what shows it.",
    "comment": "What shows this? A sentence is enough.",
    "reason": "If it does not apply: why?",
    "steps": [
        "Use a dark pen. Tick one box for each criterion. Leave it empty if you cannot say yet.",
        "Changed your mind? Strike the box out and tick another. Put a ring around the one that counts.",
        "If a criterion does not apply to your community, tick that and say why.",
        "Write on the lines in your own words. If they are not enough, go on overleaf and write the number beside it.",
        "Write at the foot of each page who filled it in. Different groups can take different pages.",
        "Keep the page code readable: it says where the answers belong.",
    ],
    "then": "One person keys the pages in, and a second person checks every mark against the paper. "
    "Keep the pages until both have finished.",
}
PEER: Mapping[str, Any] = {
    "title": "Reviewer’s form",
    "lead": "Score what you saw and heard yourself, before you talk it over with the team.",
    "comment": "What did you see and hear?",
    "reason": "Reason",
    "achievement": "What is done well here",
    "improvement": "What could be better",
    "found": "What I found in",
    "steps": [
        "Use a dark pen. Tick one box for each criterion. Leave it empty if you saw nothing that tells.",
        "Changed your mind? Strike the box out and tick another. Put a ring around the one that counts.",
        "Give a reason where your mark is not the community’s own, or where a criterion does not apply.",
        "At the end of each section there is room for what is done well and what could be better.",
        "Write no names of residents or staff. Tell the lead reviewer of serious concerns at once, not here.",
        "Keep the page code readable: it says where your scores belong.",
    ],
    "then": "After the visit one person of the team keys the pages in, and a second person checks every mark "
    "against the paper. Hand the form to your lead reviewer; it is not left behind.",
}


def words_of(kind: str) -> Mapping[str, Any]:
    """The words of the self-review's form or of a reviewer's."""
    return {**COMMON, **(SELF if kind == "self" else PEER)}
