"""Reads of reviews and their workbooks.

For other apps: `self_and_agreed(enrolment)`, `findings(enrolment)`, `score_facts(enrolments)`,
`progress_by_enrolment(ids, kind)`, `book_of(enrolment)`.
"""

from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.facts import Finding, Findings, ScoreLine, findings, score_facts, self_and_agreed
from communitas.workbooks.queries.progress import (
    ReviewProgress,
    missing_in,
    progress_by_enrolment,
    sections_progress,
)
from communitas.workbooks.queries.reading import (
    all_events,
    answering,
    peer_review,
    peer_reviews,
    read,
    readers_of,
    self_review,
    self_reviews,
    state_of,
    workbook,
    workbooks,
    writer_of,
)

__all__ = [
    "Book",
    "Finding",
    "Findings",
    "ReviewProgress",
    "ScoreLine",
    "all_events",
    "answering",
    "book_of",
    "findings",
    "missing_in",
    "peer_review",
    "peer_reviews",
    "progress_by_enrolment",
    "read",
    "readers_of",
    "score_facts",
    "sections_progress",
    "self_and_agreed",
    "self_review",
    "self_reviews",
    "state_of",
    "workbook",
    "workbooks",
    "writer_of",
]
