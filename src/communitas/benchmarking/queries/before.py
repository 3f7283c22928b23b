"""Last cycle's marks beside each criterion of the workbook."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from communitas.benchmarking.queries.facts import Earlier, earlier
from communitas.cycles.models import Enrolment
from communitas.standards import queries as standards
from communitas.standards.rules.descent import Ancestor
from communitas.standards.rules.lineage import Kind
from communitas.workbooks.slots import Before


def before(enrolment_ids: list[int]) -> dict[int, Mapping[str, Before]]:
    """What stood at each criterion in the community's last cycle, by the key of today's criterion."""
    found: dict[int, Mapping[str, Before]] = {}
    for enrolment in Enrolment.objects.filter(pk__in=enrolment_ids).select_related("cycle", "edition__predecessor"):
        last = earlier(enrolment)
        if last is not None:
            found[enrolment.pk] = _beside(enrolment, last)
    return found


def _beside(enrolment: Enrolment, last: Earlier) -> dict[str, Before]:
    found = {key: _compared(last, older) for key, older in last.same.items()}
    if enrolment.edition_id == last.enrolment.edition_id or not last.ancestors:
        return found
    codes = {key: row.code for key, row in standards.by_key(last.enrolment.edition_id).items()}
    for key in standards.by_key(enrolment.edition_id):
        if key not in found:
            found[key] = Before(cycle=last.cycle, note=_why_not(last.ancestors.get(key, ()), codes))
    return found


def _compared(last: Earlier, key: str) -> Before:
    own, agreed = last.facts.get((key, "self")), last.facts.get((key, "agreed"))
    return Before(
        cycle=last.cycle,
        self_score=own.score if own else None,
        agreed_score=agreed.score if agreed else None,
        self_comment=own.comment if own else "",
        agreed_comment=agreed.comment if agreed else "",
        top=standards.scale_of(last.enrolment.edition).top,
    )


def _why_not(ancestors: tuple[Ancestor, ...], codes: Mapping[str, str]) -> str:
    """Why nothing stands here to compare with."""
    names = ", ".join(codes[each.key] for each in ancestors)
    if not ancestors:
        return _("New in this edition")
    if len(ancestors) > 1:
        return _("Made of several criteria of the last edition: %(codes)s") % {"codes": names}
    if ancestors[0].kind == Kind.SPLIT:
        return _("Part of criterion %(codes)s in the last edition") % {"codes": names}
    return _("The meaning has changed since the last edition (%(codes)s there)") % {"codes": names}
