"""The statistics behind a national report, for the annex of the office's copy. None of them leaves the office."""

from collections.abc import Iterable, Sequence

from communitas.benchmarking.rules.courses import Course, NetworkCourses, network_courses
from communitas.benchmarking.rules.kept import KeptStatistics
from communitas.benchmarking.rules.paired import ALLOWED_FOR_MANY
from communitas.reports.rules.documents.parts import Note
from communitas.reports.rules.documents.shares import several


def statistics_notes(kept: KeptStatistics, tested: str) -> tuple[Note, ...]:
    """Agreement over the network, what changed since the last cycle, and the course over three and more reviews.

    `tested` says how many criteria were tested for a change.
    """
    return (*_agreement(kept), *([Note("Changes that stand out", tested)] if tested else []), *_courses(kept))


def _agreement(kept: KeptStatistics) -> Iterable[Note]:
    for figure in kept.agreement:
        yield Note(figure.label, figure.words + ("" if figure.reason else f" ({figure.n:,} pairs)"))
    if any(figure.interval for figure in kept.agreement):
        yield Note(
            "What to know of these",
            "The review teams saw the self-review, so this is a match and no measure of who is right. Where most is "
            "met, agreement is high by itself: look at how often both said so where a standard was not fully met. "
            f"{kept.made}",
        )


def _courses(kept: KeptStatistics) -> Iterable[Note]:
    if not kept.courses:
        return
    found = network_courses(kept.courses)
    *first, last = kept.reviews
    words = [
        f"{several(found.tested, 'criterion', 'criteria')} that kept the same meaning could be tested over three or "
        f"more reviews. {ALLOWED_FOR_MANY}",
        *_standing_out(kept.courses, found),
    ]
    yield Note(f"Over the reviews {', '.join(first)} and {last}", " ".join(words))


def _standing_out(courses: Sequence[Course], found: NetworkCourses) -> Iterable[str]:
    named = [
        f"{course.code}: met by {figure.words}."
        for course, figure, out in zip(courses, found.figures, found.stands_out, strict=True)
        if out
    ]
    return named or ["None differs more than chance explains."]
