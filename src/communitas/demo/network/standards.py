"""Three editions, each published by two people, with the lineage that the office confirmed."""

from datetime import timedelta

from communitas.demo.network.calendar import moment
from communitas.demo.network.data import EDITIONS, hearth_edition, lineage_to
from communitas.demo.network.founding import Hearth
from communitas.kit import confirmations
from communitas.standards import actions as standards
from communitas.standards.models import StandardSet

FIRST_YEAR = {1: 1, 2: 3, 3: 5}  # the cycle for which each edition was published


def begin_set(hearth: Hearth) -> StandardSet:
    """The set of standards that has the editions."""
    at = moment(hearth.calendar.opens(1) - timedelta(days=100))
    return standards.add_set(
        network=hearth.network,
        name="Living and Learning Communities",
        slug="living-and-learning",
        by=hearth.cora,
        at=at,
    )


def publish(hearth: Hearth, standard_set: StandardSet, number: int) -> None:
    """One edition: written by Cora, its lineage confirmed, published by Cyrus two months before its first cycle."""
    day = hearth.calendar.opens(FIRST_YEAR[number]) - timedelta(days=70)
    edition = standards.create_edition_from(
        data=hearth_edition(number), standard_set=standard_set, by=hearth.cora, at=moment(day)
    )
    if number > EDITIONS[0]:
        links = lineage_to(number)
        standards.record_lineage(edition=edition, links=links, by=hearth.cora, at=moment(day + timedelta(days=4)))
    at = moment(day + timedelta(days=8), 11)
    proposal = standards.propose_publication(edition=edition, by=hearth.cora, at=at)
    confirmations.confirm(proposal=proposal, by=hearth.cyrus, at=at + timedelta(days=1))
    edition.refresh_from_db()
    hearth.editions[number] = edition


def draft_next(hearth: Hearth, standard_set: StandardSet) -> None:
    """The fourth edition has been begun; its lineage is proposed and not yet confirmed."""
    day = hearth.calendar.today - timedelta(days=20)
    last = hearth.editions[EDITIONS[-1]]
    edition = standards.begin_edition(
        standard_set=standard_set,
        number=last.number + 1,
        title=last.title,
        copy_of=last,
        by=hearth.dee,
        at=moment(day),
    )
    standards.propose_lineage(edition=edition, by=hearth.dee, at=moment(day, 15))
