"""The oldest cycles ran before this installation: the office imports their scores from files."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

from communitas.benchmarking import actions as benchmarking
from communitas.cycles.models import Cycle
from communitas.demo.network.calendar import moment
from communitas.demo.network.data import Place
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.demo.network.reviews import scorer_of
from communitas.standards.queries import edition_data
from communitas.standards.rules.identity import key_of

EDITION_OF_YEAR = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
IMPORTED_YEARS = (1, 2, 3)
SCORED = {"full", "accredited"}
ABSENT = 0.06  # communities that missed a year
HEADERS = ("Community", "Criterion", "Self", "Agreed")


def import_year(hearth: Hearth, year: int) -> None:
    """Write down one past cycle from a file of scores, as the office does in the browser."""
    calendar = hearth.calendar
    at = moment(calendar.opens(4), 8)  # the day on which the first cycle in the browser opens
    took_part = [
        place
        for place in hearth.chosen
        if place.data["membership"] in SCORED
        and place.data["joined_on"] <= calendar.opens(year)
        and (place.code == "LARK" or luck(hearth.seed, "took part", place.code, year).random() > ABSENT)
    ]
    run = benchmarking.start_import(
        network=hearth.network,
        cycle=None,
        name=calendar.name(year),
        opens_on=calendar.opens(year),
        closes_on=calendar.closes(year),
        edition=hearth.editions[EDITION_OF_YEAR[year]],
        content=file_of(hearth, took_part, year),
        file_name=f"scores-{calendar.opens(year).year}.csv",
        by=hearth.cyrus,
        at=at,
    )
    cycle: Cycle = benchmarking.finish_import(run=run, by=hearth.cyrus, at=at + timedelta(minutes=20))
    hearth.cycles[year] = cycle


def file_of(hearth: Hearth, places: list[Place], year: int) -> bytes:
    """Self and agreed scores of one year as the old spreadsheet held them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for place in places:
        writer.writerows(_rows(hearth, place, year))
    return text.getvalue().encode()


def _rows(hearth: Hearth, place: Place, year: int) -> Iterator[tuple[str, str, object, object]]:
    scorer, data = scorer_of(hearth, place.code), edition_data(hearth.editions[EDITION_OF_YEAR[year]])
    criteria = list(data.applicable(place.former_type, frozenset()))
    agreed = scorer.agreed(criteria, year=year)
    own = scorer.own(agreed, year=year)
    for criterion in criteria:
        key = key_of(criterion)
        yield place.code, criterion.code, own[key], agreed[key]
