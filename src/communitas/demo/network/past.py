"""The oldest cycles ran before this installation: their scores came from a file."""

from datetime import timedelta

from communitas.benchmarking import actions as benchmarking
from communitas.benchmarking.rules.facts import Fact
from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.demo.network.calendar import moment
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.demo.network.reviews import scorer_of
from communitas.workbooks.queries import book_of

EDITION_OF_YEAR = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
IMPORTED_YEARS = (1, 2, 3)
SCORED = {"full", "accredited"}
ABSENT = 0.06  # communities that missed a year


def import_year(hearth: Hearth, year: int) -> None:
    """Write down one past cycle and bring in what the communities scored."""
    calendar, edition = hearth.calendar, hearth.editions[EDITION_OF_YEAR[year]]
    at = moment(calendar.opens(4) - timedelta(days=30))
    cycle = cycles.record_past_cycle(
        network=hearth.network,
        name=calendar.name(year),
        opens_on=calendar.opens(year),
        closes_on=calendar.closes(year),
        edition=edition,
        by=hearth.cyrus,
        at=at,
    )
    hearth.cycles[year] = cycle
    took_part = [
        hearth.communities[place.code]
        for place in hearth.chosen
        if place.data["membership"] in SCORED
        and place.data["joined_on"] <= calendar.opens(year)
        and (place.code == "LARK" or luck(hearth.seed, "took", "part", place.code, year).random() > ABSENT)
    ]
    made = cycles.enrol_imported(cycle=cycle, communities=took_part, by=hearth.cyrus, at=at)
    for enrolment in Enrolment.objects.filter(pk__in=[one.pk for one in made]).select_related(
        "community", "service_type", "edition"
    ):
        benchmarking.freeze_facts(
            enrolment=enrolment, facts=facts_of(hearth, enrolment, year), source="import", by=hearth.cyrus, at=at
        )


def facts_of(hearth: Hearth, enrolment: Enrolment, year: int) -> list[Fact]:
    """Self and agreed scores of one community in one year, as a file of scores has them."""
    scorer, code = scorer_of(hearth, enrolment.community.code), enrolment.community.code
    agreed = scorer.agreed(book_of(enrolment).criteria.values(), year=year)
    own = scorer.own(agreed, year=year)
    facts = [Fact(code, key, "self", score) for key, score in own.items()]
    return facts + [Fact(code, key, "agreed", score) for key, score in agreed.items()]
