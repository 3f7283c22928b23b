"""A self-review as a spreadsheet, and what an uploaded one would change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit import files
from communitas.kit.tabular import Problem, read_guarded
from communitas.kit.tabular.forms import Form, FormColumn, write_form
from communitas.workbooks.models import Epoch, Spreadsheet, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.facts import SELF_COMMENT, text_of
from communitas.workbooks.queries.pages import last_time
from communitas.workbooks.queries.reading import Reading, all_events, events_named, read, state_of
from communitas.workbooks.queries.screens import moment, registers_of, word_of
from communitas.workbooks.rules import spreadsheets as rules
from communitas.workbooks.rules.events import Event as Said
from communitas.workbooks.rules.fold import State, answer_of, fold
from communitas.workbooks.rules.registers import SELF
from communitas.workbooks.rules.spreadsheets import Difference, Filled, Identity, Standing

SHOWN = registers_of(SELF, SELF_COMMENT)


@dataclass(frozen=True)
class Plan:
    """What an uploaded spreadsheet would do now; with a refusal nothing at all."""

    filled: Filled
    differences: tuple[Difference, ...] = ()
    refusal: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be read, by sheet, row and column."""
        return self.filled.problems


@dataclass(frozen=True, slots=True)
class Row:
    """A difference as the page shows it. `value` is what its tick box sends."""

    value: str
    code: str
    statement: str
    kind: str
    is_score: bool
    now: str
    new: str
    reason: str
    row: int
    who: str


def spreadsheets() -> QuerySet[Spreadsheet]:
    """Uploaded spreadsheets with what permissions and pages ask of them."""
    return Spreadsheet.objects.select_related(
        "file__tenant",
        "by",
        "settled_by",
        "workbook__review__enrolment__cycle__network__tenant",
        "workbook__review__enrolment__community",
        "workbook__review__enrolment__edition",
        "workbook__review__enrolment__service_type",
    )


def uploaded(workbook: Workbook, now: datetime) -> list[dict[str, object]]:
    """The spreadsheets of a workbook, newest first: one query."""
    return [
        {
            "href": one.get_absolute_url(),
            "name": one.name,
            "who": one.by.display_name,
            "when": moment(one.at, now),
            "state": str(one.get_state_display()),
            "waits": one.state == Spreadsheet.State.WAITING,
            "taken": len(one.made),
        }
        for one in Spreadsheet.objects.filter(workbook=workbook).select_related("by")
    ]


def identity_of(workbook: Workbook, now: datetime | None = None) -> Identity:
    """From which review a spreadsheet of this workbook comes: one query."""
    enrolment = workbook.review.enrolment
    epoch = Epoch.objects.first()
    return Identity(
        enrolment.cycle.network.tenant.slug,
        str(workbook.pk),
        workbook.edition_hash,
        enrolment.community_name,
        now.isoformat() if now else "",
        str(epoch.name) if epoch else "",
        workbook.last_seq,
    )


def download(workbook: Workbook, now: datetime) -> bytes:
    """The self-review to be filled in anywhere: its answers as they stand, and what they were, on a hidden sheet."""
    book, identity = book_of(workbook.review.enrolment), identity_of(workbook, now)
    reading = read(workbook, registers=SHOWN)
    last, _voices = last_time(workbook)
    levels = {1: _("essential"), 2: _("expected"), 3: _("desirable")}
    rows: list[list[str]] = []
    standing = standings(book.keys, reading.state)
    for section in book.sections:
        rows.append([section.title])
        for criterion in section.criteria:
            key = criterion.key or criterion.code
            stands, before = standing[key], last.get(key)
            rows.append(
                [
                    criterion.code,
                    criterion.statement,
                    levels.get(int(criterion.level), ""),
                    _last_words(book, before.self_score, before.agreed_score) if before else "",
                    word_of(book, stands.score),
                    rules.in_cell(stands.reason),
                    rules.in_cell(stands.comment),
                    _note(book, reading, key),
                ]
            )
    return write_form(_form(workbook, book, identity, rows, standing, now))


def standings(keys: Collection[str], state: State) -> dict[str, Standing]:
    """How each criterion stands in a state."""
    return {
        key: _standing(
            state.heads_of(key, SELF),
            [event for event in state.heads_of(key, SELF_COMMENT) if event.kind in ("comment", "resolve")],
            text_of(state, key, SELF_COMMENT),
        )
        for key in keys
    }


def read_file(workbook: Workbook, content: bytes, name: str) -> Filled:
    """What a file says. It is read in a process of its own, so ask outside of a transaction. No query."""
    book = book_of(workbook.review.enrolment)
    return rules.read_filled(read_guarded(content, file=name), book.edition, list(book.criteria), file=name)


def filled_of(spreadsheet: Spreadsheet) -> Filled:
    """What a kept spreadsheet says."""
    return read_file(spreadsheet.workbook, files.read(spreadsheet.file), spreadsheet.name)


def plan(workbook: Workbook, filled: Filled) -> Plan:
    """What a file would change in a workbook now, or why it is not taken: four queries."""
    book, here = book_of(workbook.review.enrolment), identity_of(workbook)
    if filled.problems and not filled.lines:
        return Plan(filled, refusal=str(filled.problems[0].reason))
    if refusal := rules.refusal(filled, here):
        return Plan(filled, refusal=refusal)
    now = standings(book.keys, state_of(workbook, registers=SHOWN))
    return Plan(filled, rules.differences(filled.lines, _seen(workbook, book, filled, here), now))


def rows_of(workbook: Workbook, found: Sequence[Difference]) -> list[Row]:
    """Differences as a page shows them, with what stands there now and who said it: two queries."""
    book = book_of(workbook.review.enrolment)
    reading = read(workbook, criteria={one.key for one in found}, registers=SHOWN)
    return [_row(book, reading, one) for one in found]


def token(one: Difference) -> str:
    """A difference as its tick box names it: if what stands there changes, the name does not fit any more."""
    return f"{one.key}|{one.what}|{'.'.join(part[:8] for part in sorted(one.stands))}"


def _seen(workbook: Workbook, book: Book, filled: Filled, here: Identity) -> Mapping[str, Standing]:
    """What the spreadsheet showed when it was downloaded: by its hidden sheet, or by its line of reference."""
    if filled.seen:
        ids = {one for pair in filled.seen.values() for part in pair for one in part}
        known = {event.event_id: event for event in events_named(workbook, ids)}
        return {key: _of_ids(key, pair, known) for key, pair in filled.seen.items()}
    if filled.identity.last_seq and filled.identity.epoch == here.epoch:
        earlier = [event for event in all_events(workbook) if (event.server_seq or 0) <= filled.identity.last_seq]
        return standings(book.keys, fold(earlier))
    return {}


def _of_ids(key: str, pair: tuple[tuple[str, ...], tuple[str, ...]], known: Mapping[str, Said]) -> Standing:
    """Only events of this criterion count, whatever a changed file may name."""
    scores = [known[one] for one in pair[0] if one in known and known[one].key == (key, str(SELF))]
    comments = [known[one] for one in pair[1] if one in known and known[one].key == (key, str(SELF_COMMENT))]
    ordered = sorted(comments, key=lambda event: (event.made_at, event.event_id))
    return _standing(scores, ordered, "\n\n".join(event.text for event in ordered))


def _standing(scores: Sequence[Said], comments: Sequence[Said], text: str) -> Standing:
    answer = answer_of(scores)
    return Standing(
        answer.score,
        answer.reason,
        text,
        answer.kind != "none",
        tuple(sorted(event.event_id for event in scores)),
        tuple(sorted(event.event_id for event in comments)),
    )


def _form(
    workbook: Workbook,
    book: Book,
    identity: Identity,
    rows: Sequence[Sequence[str]],
    standing: Mapping[str, Standing],
    now: datetime,
) -> Form:
    enrolment = workbook.review.enrolment
    words = [*(word_of(book, mark.value) for mark in book.edition.scale.marks), _("Not applicable")]
    made = date_format(timezone.localtime(now), "j F Y, H:i")
    return Form(
        _("Self-review"),
        _("Self-review of %(community)s, %(cycle)s")
        % {"community": enrolment.community_name, "cycle": enrolment.cycle.name},
        [
            str(enrolment.edition),
            _("As it stood on %(when)s. Fill in the light columns: choose a mark, and say what shows it.")
            % {"when": made},
            _("An empty cell changes nothing. Upload it where you found it: every change is shown before it counts."),
            rules.reference(identity),
        ],
        [
            FormColumn(_("Code"), 8),
            FormColumn(_("Statement"), 56),
            FormColumn(_("Level"), 11),
            FormColumn(_("Last cycle"), 16),
            FormColumn(
                _("Our score"), 16, is_open=True, choices=words, hint=_("Choose one of: %s.") % ", ".join(words)
            ),
            FormColumn(_("Reason"), 28, is_open=True),
            FormColumn(_("Comment"), 56, is_open=True),
            FormColumn(_("To note"), 26),
        ],
        rows,
        rules.HIDDEN_SHEET,
        [
            ["network", identity.network],
            ["workbook", identity.workbook],
            ["edition", identity.edition_hash],
            ["community", identity.community],
            ["exported_at", identity.exported_at],
            ["epoch", identity.epoch],
            ["last_seq", str(identity.last_seq)],
            *(
                ["seen", key, ",".join(stands.scores), ",".join(stands.comments)]
                for key, stands in standing.items()
                if stands.scores or stands.comments
            ),
        ],
    )


def _last_words(book: Book, own: object, agreed: object) -> str:
    words = [_word(book, own), _word(book, agreed)]
    if not any(words):
        return ""
    return _("self: %(own)s, agreed: %(agreed)s") % {"own": words[0] or "–", "agreed": words[1] or "–"}


def _word(book: Book, score: object) -> str:
    if score == "NA":
        return _("not applicable")
    known = isinstance(score, int) and book.edition.scale.holds(score)
    return book.edition.scale.word(int(score)) if known and isinstance(score, int) else ""


def _note(book: Book, reading: Reading, key: str) -> str:
    answer = reading.state.answer(key, SELF)
    if answer.kind != "differ":
        return ""
    said = [f"{reading.name(head.author)}: {word_of(book, head.score)}" for head in answer.heads if not head.redacted]
    return _("Two answers differ: %(said)s") % {"said": "; ".join(said)}


def _row(book: Book, reading: Reading, one: Difference) -> Row:
    criterion = book.criteria[one.key]
    if one.what == "score":
        answer = reading.state.answer(one.key, SELF)
        speaking = [head for head in answer.heads if head.score is not None and not head.redacted]
        now = "; ".join(dict.fromkeys(word_of(book, head.score) for head in speaking))
        new = word_of(book, one.score)
    else:
        speaking = list(reading.state.comments(one.key, SELF_COMMENT))
        now, new = text_of(reading.state, one.key, SELF_COMMENT), one.text
    who = ", ".join(dict.fromkeys(reading.name(head.author) for head in speaking))
    is_score = one.what == "score"
    return Row(token(one), criterion.code, criterion.statement, one.kind, is_score, now, new, one.reason, one.row, who)


def named(found: Sequence[Difference], wanted: Collection[str]) -> tuple[list[Difference], int]:
    """The differences that somebody ticked, and how many of those ticked have changed since they looked."""
    known = {token(one): one for one in found}
    return [known[one] for one in wanted if one in known], sum(one not in known for one in wanted)
