"""Sets and editions begin, and a draft is given its facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.standards import queries
from communitas.standards.actions.undoing import changing
from communitas.standards.actions.writing import Content
from communitas.standards.models import Edition, StandardSet
from communitas.standards.rules import edition as rules
from communitas.standards.rules import fitting, publication


@transaction.atomic
def add_set(*, network: Network, name: str, slug: str, by: Account, at: datetime) -> StandardSet:
    """Begin a set of standards. Its address is its own within the network."""
    if StandardSet.objects.filter(network=network, slug=slug).exists():
        raise NotAllowed(_("Another set has this address. Choose another one."))
    made = StandardSet.objects.create(network=network, name=name, slug=slug)
    audit.record(tenant=network.tenant, verb="standards.add_set", obj=made, by=by, at=at)
    return made


@transaction.atomic
def create_edition_from(*, data: rules.Edition, standard_set: StandardSet, by: Account | None, at: datetime) -> Edition:
    """A draft edition with this content. The published edition numbered below it is the one before."""
    if StandardSet.objects.select_for_update().get(pk=standard_set.pk).editions.filter(number=data.number).exists():
        raise NotAllowed(_("Edition %(number)s exists already. Choose another number.") % {"number": data.number})
    for _text, why in fitting.too_long(data):
        raise NotAllowed(why)
    edition = Edition(
        standard_set=standard_set,
        number=data.number,
        title=data.title,
        summary=data.summary,
        scale=Content.scale(data),
        level_words={str(level.value): level.name.lower() for level in rules.Level},
        created_by=by,
    )
    edition.predecessor = queries.predecessor_of(edition)
    edition.save()
    Content(edition).fill(data)
    audit.record(tenant=standard_set.network.tenant, verb="edition.create", obj=edition, by=by, at=at)
    return edition


def begin_edition(
    *, standard_set: StandardSet, number: int, title: str, copy_of: Edition | None, by: Account, at: datetime
) -> Edition:
    """A new draft: empty, or a copy of an edition of the same set that is then changed."""
    if copy_of is None:
        data = rules.Edition(title, number, ())
    else:
        data = replace(queries.edition_data(copy_of), title=title, number=number)
    return create_edition_from(data=data, standard_set=standard_set, by=by, at=at)


def edit_facts(
    *,
    edition: Edition,
    title: str,
    number: int,
    summary: str,
    level_words: Mapping[int, str],
    by: Account,
    at: datetime,
) -> None:
    """Change title, number, summary and the words of the levels of a draft."""
    with changing(edition=edition, what=_("title and summary"), by=by, at=at):
        if Edition.objects.filter(standard_set=edition.standard_set_id, number=number).exclude(pk=edition.pk).exists():
            raise NotAllowed(_("Edition %(number)s exists already. Choose another number.") % {"number": number})
        edition.title, edition.number, edition.summary = title, number, summary
        edition.level_words = {str(level): word for level, word in level_words.items()}
        edition.save(update_fields=["title", "number", "summary", "level_words"])


def edit_scale(*, edition: Edition, words: tuple[str, ...], by: Account, at: datetime) -> None:
    """Give a draft its scale: the words of the marks from the highest to the lowest, which counts 0."""
    if len(words) < publication.FEWEST_MARKS or len({word.casefold() for word in words}) < len(words):
        raise NotAllowed(_("A scale needs at least two marks, each with a word of its own."))
    with changing(edition=edition, what=_("the scale"), by=by, at=at):
        top = len(words) - 1
        edition.scale = [{"value": top - place, "word": word} for place, word in enumerate(words)]
        edition.save(update_fields=["scale"])


@transaction.atomic
def delete_draft(*, edition: Edition, by: Account, at: datetime) -> None:
    """Delete a draft with everything in it. A published edition is kept for ever."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    publication.refuse_edit(edition.state)
    publication.PUBLICATION.move(queries.state_of(edition), "edit")
    audit.record(tenant=edition.standard_set.network.tenant, verb="edition.delete_draft", obj=edition, by=by, at=at)
    Content(edition).clear()
    edition.delete()
