"""What is printed of a criterion over three and more reviews, and what stands out among many of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.figure import Figure, missing, p_in_words, percent_in_words
from communitas.benchmarking.rules.paired import FALSE_FINDINGS, SHOW_CHANGE_FROM
from communitas.benchmarking.rules.statistics.several import benjamini_hochberg
from communitas.benchmarking.rules.statistics.trends import cochran_armitage, cochran_q_of_totals
from communitas.benchmarking.rules.statistics.values import Undefined, Value
from communitas.kit.rulebook import rule

LABEL: Final = "Change over the reviews"
REVIEWS_FROM: Final = 3


@dataclass(frozen=True, slots=True)
class Course:
    """One criterion in the reviews in which it kept its meaning, oldest first; `years` are those of the reviews.

    `services` scored it and `met` of them met it, each time others; `same` scored it every time. `squares` is the sum,
    over these, of the square of how often each met it.
    """

    code: str
    years: tuple[int, ...]
    services: tuple[int, ...]
    met: tuple[int, ...]
    same: int
    same_met: tuple[int, ...]
    squares: int


@dataclass(frozen=True, slots=True)
class NetworkCourses:
    """One figure for each criterion, whether it stands out after allowing for all, and how many were tested (m)."""

    figures: tuple[Figure, ...]
    stands_out: tuple[bool, ...]
    tested: int


@rule
def network_courses(courses: Sequence[Course]) -> NetworkCourses:
    """A trend over three or more reviews stands out only after allowing for the number of criteria tested.

    It is that of the same communities from 10 of them (Cochran's Q), else of all who scored it, different ones each
    time (Cochran and Armitage), from 10 each time. Exact, for the office.
    """
    adjusted = benjamini_hochberg([_test(each) for each in courses], q=FALSE_FINDINGS)
    stands_out = tuple(each is True for each in adjusted.stands_out)
    figures = tuple(_figure(each, p, out) for each, p, out in zip(courses, adjusted.p, stands_out, strict=True))
    return NetworkCourses(figures, stands_out, adjusted.tested)


def _test(course: Course) -> Value:
    if len(course.years) < REVIEWS_FROM or not _enough(course):
        return Undefined("too_few")
    if course.same >= SHOW_CHANGE_FROM:
        return cochran_q_of_totals(course.same_met, squares=course.squares).p
    return cochran_armitage(course.met, course.services, course.years).p


def _enough(course: Course) -> bool:
    return course.same >= SHOW_CHANGE_FROM or min(course.services) >= SHOW_CHANGE_FROM


def _figure(course: Course, p: Value, stands_out: bool) -> Figure:
    if len(course.years) < REVIEWS_FROM:
        return missing(LABEL, "too_few_to_calculate", len(course.years))
    if not _enough(course):
        return missing(LABEL, "small_group", min(course.services))
    if course.same >= SHOW_CHANGE_FROM:
        n, of = course.same, f"of the same {course.same} communities"
        shares = [met / course.same for met in course.same_met]
    else:
        n, of = min(course.services), "of all communities, different ones each time"
        shares = [met / services for met, services in zip(course.met, course.services, strict=True)]
    words = f"{', '.join(map(percent_in_words, shares))} {of}"
    if not isinstance(p, Undefined):
        words += f" (P after allowing for all tests {p_in_words(p)})"
    if stands_out:
        words += ": differs more than chance explains"
    return Figure(LABEL, words, n, value=100 * (shares[-1] - shares[0]))
