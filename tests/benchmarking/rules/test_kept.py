"""Rounded numbers of communities in what is kept."""

from communitas.benchmarking.rules.kept import rough
from communitas.reports.rules.documents.national_parts import rough_number


def test_numbers_of_communities_are_kept_as_rough_as_they_are_printed() -> None:
    assert [rough(n) for n in (0, 1, 9, 10, 12, 13, 68)] == [5, 5, 5, 10, 10, 15, 70]
    assert [rough_number(rough(n)) for n in range(200)] == [rough_number(n) for n in range(200)]
