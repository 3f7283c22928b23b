"""What can be done to reviews and their workbooks; every function takes keywords only.

Reviews: `open_self_review`, `prepare_peer_review`, `send`, `reopen_self_review`, `begin`, `open_discussion`, `close`,
`propose_reopening`. Answers: `answer` (one criterion, as a page does), `answer_and_tell` (the same, and how it stands
afterwards), `score`, `answer_many` (a batch), `write_note`, `say_finished`, `agree_equal`, `correct_agreed` (from a
factual-accuracy point). All of them end in `record_events`.
"""

from communitas.workbooks.actions.agreeing import agree_equal
from communitas.workbooks.actions.answering import (
    Given,
    answer,
    answer_and_tell,
    answer_many,
    correct_agreed,
    say_finished,
    score,
    take_back_note,
    write_note,
)
from communitas.workbooks.actions.batch import Outcome
from communitas.workbooks.actions.devices import say_unsent, stop_device, touch_device
from communitas.workbooks.actions.evidence import (
    attach,
    begin_upload,
    finish_upload,
    give_up_upload,
    keep_chunk,
    keep_file,
    withdraw,
)
from communitas.workbooks.actions.installation import epoch, renew_epoch, renew_server_key, server_key
from communitas.workbooks.actions.peer_review import (
    begin,
    close,
    open_discussion,
    prepare_peer_review,
    propose_reopening,
    reopen_peer_review,
)
from communitas.workbooks.actions.presence import touch
from communitas.workbooks.actions.quarantine import decline, keep, place, undo_decision
from communitas.workbooks.actions.receiving import Receipt, Result, receive
from communitas.workbooks.actions.recording import record_events, recount
from communitas.workbooks.actions.redacting import redact, redact_quarantined
from communitas.workbooks.actions.sealed import add_outbox, bring_outbox, hand_in_outbox, refuse_outbox
from communitas.workbooks.actions.self_review import (
    end_contributor,
    name_contributor,
    open_self_review,
    reopen_self_review,
    send,
)
from communitas.workbooks.actions.spreadsheets import (
    leave_spreadsheet,
    take_over,
    undo_spreadsheet,
    upload_spreadsheet,
)

__all__ = [
    "Given",
    "Outcome",
    "Receipt",
    "Result",
    "add_outbox",
    "agree_equal",
    "answer",
    "answer_and_tell",
    "answer_many",
    "attach",
    "begin",
    "begin_upload",
    "bring_outbox",
    "close",
    "correct_agreed",
    "decline",
    "end_contributor",
    "epoch",
    "finish_upload",
    "give_up_upload",
    "hand_in_outbox",
    "keep",
    "keep_chunk",
    "keep_file",
    "leave_spreadsheet",
    "name_contributor",
    "open_discussion",
    "open_self_review",
    "place",
    "prepare_peer_review",
    "propose_reopening",
    "receive",
    "record_events",
    "recount",
    "redact",
    "redact_quarantined",
    "refuse_outbox",
    "renew_epoch",
    "renew_server_key",
    "reopen_peer_review",
    "reopen_self_review",
    "say_finished",
    "say_unsent",
    "score",
    "send",
    "server_key",
    "stop_device",
    "take_back_note",
    "take_over",
    "touch",
    "touch_device",
    "undo_decision",
    "undo_spreadsheet",
    "upload_spreadsheet",
    "withdraw",
    "write_note",
]
