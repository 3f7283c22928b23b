"""From the scores of communities, arranged for counting, to the rows of a facts file."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from communitas.benchmarking.figures import star
from communitas.benchmarking.rules.cohort import KINDS, Cohort
from communitas.benchmarking.rules.freezing import stored


def rows_of(
    cohort: Cohort, round_: star.Round, book: star.Book, enrolled: Sequence[star.Enrolled], lines: Mapping[str, str]
) -> pa.Table:
    """The rows of one edition: for each criterion that applies to a community, its self and its agreed score.

    `enrolled` stand in the order of the cohort's communities; `lines` names the line of each criterion by its key.
    ValueError where the two are not of the same communities.
    """
    if [each.code for each in enrolled] != [community.code for community in cohort.communities]:
        raise ValueError("The enrolments are not those of the cohort")
    asked = [
        star.Asked(criterion.key, criterion.code, section.title, int(criterion.level), lines[criterion.key])
        for section in cohort.edition.sections
        for criterion in section.criteria
    ]
    return star.star_table(round_, book, enrolled, asked, star.answers(_answers(cohort)))


def _answers(cohort: Cohort) -> Iterable[tuple[int, int, int, int]]:
    """Places of community, criterion and kind, and the score."""
    for place, criterion in enumerate(cohort.edition.criteria()):
        for number, kind in enumerate(KINDS):
            given = cohort.scores[kind, criterion.code]
            for i in cohort.applies[criterion.code]:
                score = stored(given[i])
                yield i, place, number, star.NOT_SCORED if score is None else score
