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
from communitas.workbooks.actions.peer_review import (
    begin,
    close,
    open_discussion,
    prepare_peer_review,
    propose_reopening,
    reopen_peer_review,
)
from communitas.workbooks.actions.presence import touch
from communitas.workbooks.actions.recording import record_events, recount
from communitas.workbooks.actions.self_review import (
    end_contributor,
    name_contributor,
    open_self_review,
    reopen_self_review,
    send,
)

__all__ = [
    "Given",
    "Outcome",
    "agree_equal",
    "answer",
    "answer_and_tell",
    "answer_many",
    "begin",
    "close",
    "correct_agreed",
    "end_contributor",
    "name_contributor",
    "open_discussion",
    "open_self_review",
    "prepare_peer_review",
    "propose_reopening",
    "record_events",
    "recount",
    "reopen_peer_review",
    "reopen_self_review",
    "say_finished",
    "score",
    "send",
    "take_back_note",
    "touch",
    "write_note",
]
