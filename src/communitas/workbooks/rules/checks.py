"""Whether an event is in place. What is not goes to quarantine with a sentence; it is never lost."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from communitas.kit.rulebook import sentence
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.identity import key_of
from communitas.workbooks.rules.access import Writer, Writing, refusal
from communitas.workbooks.rules.events import KINDS, NOT_APPLICABLE, ORIGINS, TEXT_LIMIT, Event, register_of
from communitas.workbooks.rules.fold import superseded_by
from communitas.workbooks.rules.registers import AGREED, Register
from communitas.workbooks.rules.review import Review, agreed_score_is_explained


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an event waits in quarantine: a code for machines and the sentence for people."""

    code: str
    sentence: str


def check(event: Event, edition: Edition, review: Review, writer: Writer) -> Problem | None:
    """The first thing out of place, or None. `writer` is the event's author in the role they act in."""
    try:
        register = register_of(event)
    except ValueError as unknown:
        return Problem("unknown_register", str(unknown))
    return (
        _check_shape(event)
        or _check_place(event, edition, review, register)
        or _check_writing(event, review, writer, register)
        or _check_value(event, edition, review, register)
    )


def check_supersedes(event: Event, of_register: Iterable[Event], elsewhere: Iterable[str] = ()) -> Problem | None:
    """Whether the event may supersede what it names.

    `of_register` are the stored events of its criterion and register, `elsewhere` those of the named ids that
    are stored under another. An id that nobody has seen yet is in order: it may still be on its way.
    """
    known = {stored.event_id: stored for stored in of_register}
    if event.event_id in event.supersedes:
        return Problem("supersedes_itself", "An answer cannot replace itself.")
    if set(elsewhere) & set(event.supersedes):
        return Problem("supersedes_elsewhere", "An answer replaces only answers that stand in the same place.")
    if event.register == "private_note":
        named = (known[earlier] for earlier in event.supersedes if earlier in known)
        if any(earlier.author != event.author for earlier in named):
            return Problem("not_your_note", "A private note is changed only by its author.")
    if event.value.get("withdraws") == "file":
        named = (known[earlier] for earlier in event.supersedes if earlier in known)
        if any(earlier.kind != "attach" for earlier in named):
            return Problem("not_a_file", "This withdraws something that is not a file or a link.")
    if _closes_ring(event, known):
        return Problem("ring", "These answers replace each other in a ring.")
    return None


def _check_shape(event: Event) -> Problem | None:
    if not _is_uuid4(event.event_id):
        return Problem("event_id", "The answer's own number is not a valid one.")
    if event.kind not in KINDS:
        return Problem("unknown_kind", f"'{event.kind}' is not something that can be entered.")
    if event.origin not in ORIGINS:
        return Problem("unknown_origin", f"'{event.origin}' is not a way in which answers come.")
    if len(event.device_id) > DEVICE_LENGTH or len(event.register) > REGISTER_LENGTH:
        return Problem("too_long_a_name", "The name of the device or of the place is too long to be a real one.")
    return None


def _check_place(event: Event, edition: Edition, review: Review, register: Register) -> Problem | None:
    if event.workbook != review.workbook:
        return Problem("other_workbook", "This answer belongs to another workbook.")
    if event.edition_hash != review.edition_hash:
        return Problem("other_edition", "This answer was given to another edition of the standards.")
    criterion = event.criterion_key
    if criterion is None:
        needs_one = register.name in {"self", "agreed", "after_evidence"} or (
            register.name == "reviewer" and event.kind not in {"complete", "retract"}
        )
        return Problem("no_criterion", "A score belongs to a criterion.") if needs_one else None
    if criterion in review.applicable:
        return None
    if all(key_of(known) != criterion for known in edition.criteria()):
        return Problem("unknown_criterion", "This edition has no such criterion.")
    return Problem("not_applicable_criterion", "This criterion does not apply to this community.")


def _check_writing(event: Event, review: Review, writer: Writer, register: Register) -> Problem | None:
    withdraws_file = event.value.get("withdraws") == "file"
    refused = refusal(Writing(writer, register, event.kind, event.origin, review, withdraws_file))
    return Problem(*refused) if refused else None


def _check_value(event: Event, edition: Edition, review: Review, register: Register) -> Problem | None:
    if len(event.reason) > TEXT_LIMIT:
        return Problem("too_long", _TOO_LONG)
    is_score = event.kind == "score" or (event.kind == "resolve" and register.holds_score)
    if is_score:
        return _check_score(event, edition, review, register)
    return _VALUE_CHECKS[event.kind](event, register)


def _check_score(event: Event, edition: Edition, review: Review, register: Register) -> Problem | None:
    score, reason = event.score, event.score_reason
    if not register.holds_score:
        return Problem("wrong_register", "A score does not stand among the comments.")
    if score is None or (score != NOT_APPLICABLE and not edition.scale.holds(score)):
        return Problem("off_the_scale", f"The scale of this edition has only: {_words(edition)}.")
    if len(reason) > TEXT_LIMIT:
        return Problem("too_long", _TOO_LONG)
    if score == NOT_APPLICABLE and not reason.strip():
        return Problem("no_reason", "'Not applicable' needs a reason.")
    self_score = review.self_scores.get(event.criterion_key or "")
    if register == AGREED and not agreed_score_is_explained(score, self_score, reason):
        return Problem("no_reason", sentence(agreed_score_is_explained))
    if register.name == "after_evidence" and not reason.strip():
        return Problem("no_reason", "A score that follows new evidence needs a reason.")
    if event.origin == "factual_check" and not (reason.strip() and event.value.get("point")):
        return Problem("no_reason", "A score that follows a factual-accuracy point names it and the reason.")
    return None


def _check_text(event: Event, register: Register) -> Problem | None:
    if register.holds_score:
        return Problem("wrong_register", "A comment does not stand among the scores.")
    if not event.text.strip():
        return Problem("empty", "An empty comment is not kept; take the comment back instead.")
    return Problem("too_long", _TOO_LONG) if len(event.text) > TEXT_LIMIT else None


def _check_attachment(event: Event, register: Register) -> Problem | None:
    if register.holds_score:
        return Problem("wrong_register", "A file or a link stands among the comments.")
    file, link = event.value.get("file"), event.value.get("link")
    if isinstance(file, str) and link is None and _SHA256.fullmatch(file):
        return None
    if isinstance(link, str) and file is None and link.startswith(("https://", "http://")):
        return None
    return Problem("not_a_file", "This names neither a file nor a web address.")


def _check_retract(event: Event, register: Register) -> Problem | None:
    return None if event.supersedes else Problem("nothing_to_retract", "This takes nothing back.")


def _check_complete(event: Event, register: Register) -> Problem | None:
    if register.name != "reviewer" or event.criterion_key is not None:
        return Problem("wrong_register", "Only a reviewer says that their own scoring is done.")
    return None


DEVICE_LENGTH: Final = 40
REGISTER_LENGTH: Final = 60
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_TOO_LONG: Final = f"A text has at most {TEXT_LIMIT:,} characters."
_VALUE_CHECKS: Final[Mapping[str, Callable[[Event, Register], Problem | None]]] = {
    "comment": _check_text,
    "resolve": _check_text,
    "attach": _check_attachment,
    "retract": _check_retract,
    "complete": _check_complete,
}


def _words(edition: Edition) -> str:
    return ", ".join([*(mark.word for mark in edition.scale.marks), "not applicable"])


def _is_uuid4(text: str) -> bool:
    try:
        parsed = UUID(text)
    except ValueError:
        return False
    return parsed.version == 4 and str(parsed) == text


def _closes_ring(event: Event, known: Mapping[str, Event]) -> bool:
    waiting, seen = list(superseded_by(event)), set[str]()
    while waiting:
        earlier = waiting.pop()
        if earlier == event.event_id:
            return True
        if earlier not in seen and earlier in known:
            seen.add(earlier)
            waiting.extend(superseded_by(known[earlier]))
    return False
