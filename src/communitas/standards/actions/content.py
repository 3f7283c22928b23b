"""Sections, standards and criteria of a draft."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.standards.actions.arranging import Arrangement
from communitas.standards.actions.undoing import changing
from communitas.standards.actions.writing import Content
from communitas.standards.models import Criterion, Edition, Layer, Section, Standard
from communitas.standards.rules import edition as rules
from communitas.standards.rules import order


def save_section(
    *,
    edition: Edition,
    section: Section | None,
    code: str,
    title: str,
    introduction: str,
    by: Account,
    at: datetime,
) -> Section:
    """Change a section, or add one at the end when `section` is None."""
    what = _("the section '%(title)s'") % {"title": section.title if section else title}
    with changing(edition=edition, what=what, by=by, at=at):
        last = Section.objects.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
        section = section or Section(edition=edition, position=last + 1)
        section.code, section.title, section.introduction = code, title, introduction
        section.save()
    return section


def remove_section(*, edition: Edition, section: Section, by: Account, at: datetime) -> None:
    """Take a section with all its criteria out of a draft."""
    with changing(edition=edition, what=_("the removal of '%(title)s'") % {"title": section.title}, by=by, at=at):
        section.delete()
        arrangement = Arrangement(edition)
        arrangement.take(arrangement.places)


def rename_standard(*, edition: Edition, standard: Standard, title: str, by: Account, at: datetime) -> None:
    """Give a standard another title, where its criteria stand."""
    if Standard.objects.filter(section=standard.section_id, title=title).exclude(pk=standard.pk).exists():
        raise NotAllowed(_("Another standard of this section has this title."))
    with changing(edition=edition, what=_("the title of '%(title)s'") % {"title": standard.title}, by=by, at=at):
        standard.title = title
        standard.save(update_fields=["title"])


def save_criterion(
    *, edition: Edition, criterion: Criterion | None, section: Section, data: rules.Criterion, by: Account, at: datetime
) -> Criterion:
    """Change a criterion, or add one behind its standard when `criterion` is None.

    Without a key in `data`, a new criterion is named by its code, and one that is there keeps its key.
    """
    what = _("criterion %(code)s") % {"code": criterion.code if criterion else data.code}
    with changing(edition=edition, what=what, by=by, at=at):
        others = Criterion.objects.filter(edition=edition).exclude(pk=criterion.pk if criterion else 0)
        if others.filter(code__iexact=data.code).exists():
            raise NotAllowed(_("Another criterion has the code %(code)s.") % {"code": data.code})
        layer = Layer.objects.filter(edition=edition, code=data.layer).first()
        if layer is None:
            raise NotAllowed(_("Choose a layer of this edition."))
        data = replace(data, key=data.key or (criterion.key if criterion else _free_key(data.code, edition)))
        if others.filter(key=data.key).exists():
            raise NotAllowed(_("Another criterion has the key %(key)s.") % {"key": data.key})
        row = criterion or Criterion(edition=edition, section=section, position=0)
        row.layer = layer
        for name, value in Content.own_fields(data).items():
            setattr(row, name, value)
        row.save()
        arrangement = Arrangement(edition)
        own = order.Place(row.pk, section.pk, data.standard)
        places = arrangement.places if criterion else tuple(p for p in arrangement.places if p.criterion != row.pk)
        arrangement.take(order.put(places, arrangement.sections, own))
    return row


def remove_criterion(*, edition: Edition, criterion: Criterion, by: Account, at: datetime) -> None:
    """Take a criterion out of a draft."""
    with changing(edition=edition, what=_("the removal of %(code)s") % {"code": criterion.code}, by=by, at=at):
        criterion.delete()
        arrangement = Arrangement(edition)
        arrangement.take(arrangement.places)


def _free_key(code: str, edition: Edition) -> str:
    taken = set(Criterion.objects.filter(edition=edition).values_list("key", flat=True))
    number, key = 2, code
    while key in taken:
        key, number = f"{code}-{number}", number + 1
    return key
