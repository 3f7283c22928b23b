"""Sections, criteria and values change their place in a draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.people.models import Account
from communitas.standards.actions.undoing import changing
from communitas.standards.models import Criterion, Edition, Section, Standard, Value
from communitas.standards.rules import order

_ASIDE = 10_000  # sections stand in order, each on its own place: they step aside before they take the new ones


class Arrangement:
    """Where the criteria of a draft stand, and how they are put elsewhere."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.sections = list(Section.objects.filter(edition=edition).values_list("pk", flat=True))
        rows = Criterion.objects.filter(edition=edition).select_related("standard")
        self.rows = list(rows.order_by("section__position", "position", "pk"))

    @property
    def places(self) -> tuple[order.Place, ...]:
        return tuple(
            order.Place(row.pk, row.section_id, row.standard.title if row.standard else "") for row in self.rows
        )

    def take(self, places: Sequence[order.Place]) -> None:
        """Give every criterion its place, make the standards that are missing and drop those that hold nothing."""
        known = {
            (standard.section_id, standard.title): standard.pk
            for standard in Standard.objects.filter(section__edition=self.edition).order_by("-position")
        }
        rows = {row.pk: row for row in self.rows}
        changed = []
        for position, place in enumerate(places, start=1):
            row = rows[place.criterion]
            standard = self._standard(known, place)
            if (row.position, row.section_id, row.standard_id) != (position, place.section, standard):
                row.position, row.section_id, row.standard_id = position, place.section, standard
                changed.append(row)
        Criterion.objects.bulk_update(changed, ["position", "section", "standard"])
        Standard.objects.filter(section__edition=self.edition, criteria=None).delete()

    def _standard(self, known: dict[tuple[int, str], int], place: order.Place) -> int | None:
        if not place.standard:
            return None
        key = (place.section, place.standard)
        if key not in known:
            last = Standard.objects.filter(section=place.section).aggregate(last=Max("position"))["last"] or 0
            made = Standard.objects.create(section_id=place.section, position=last + 1, title=place.standard)
            known[key] = made.pk
        return known[key]


def move_criterion(*, edition: Edition, criterion: Criterion, up: bool, by: Account, at: datetime) -> None:
    """Move a criterion one place up or down; at the edge of a standard or section it changes over to the next."""
    with changing(edition=edition, what=_("the place of %(code)s") % {"code": criterion.code}, by=by, at=at):
        arrangement = Arrangement(edition)
        arrangement.take(order.move(arrangement.places, arrangement.sections, criterion.pk, up=up))


def move_section(*, edition: Edition, section: Section, up: bool, by: Account, at: datetime) -> None:
    """Move a section with everything in it one place up or down."""
    with changing(edition=edition, what=_("the place of '%(title)s'") % {"title": section.title}, by=by, at=at):
        rows = {row.pk: row for row in Section.objects.filter(edition=edition)}
        for step in (_ASIDE, 0):
            for place, pk in enumerate(order.swap(list(rows), section.pk, up=up), start=1):
                rows[pk].position = place + step
            Section.objects.bulk_update(rows.values(), ["position"])
        arrangement = Arrangement(edition)
        arrangement.take(arrangement.places)


def move_value(*, edition: Edition, value: Value, up: bool, by: Account, at: datetime) -> None:
    """Move a value one place up or down."""
    with changing(edition=edition, what=_("the place of '%(title)s'") % {"title": value.title}, by=by, at=at):
        rows = {row.pk: row for row in Value.objects.filter(edition=edition)}
        for place, pk in enumerate(order.swap(list(rows), value.pk, up=up), start=1):
            rows[pk].position = place
        Value.objects.bulk_update(rows.values(), ["position"])
